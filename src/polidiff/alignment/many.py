"""Aligning more than two documents: every pair of them, both ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from polidiff.alignment.pairs import Alignment, align_both
from polidiff.alignment.sides import CodedDocument
from polidiff.encode import Encoder
from polidiff.errors import InputError

MOST_DOCUMENTS = 50


def align_all(
    sides: Sequence[CodedDocument],
    encoder: Encoder,
    top: int = 5,
    *,
    related: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> dict[tuple[str, str], Alignment]:
    """Return the alignment of every ordered pair of sides, by their ids, in the order of the sides.

    ``related`` as in :func:`polidiff.alignment.align_both`. Raises :class:`InputError` for fewer than two documents,
    more than fifty, or two with the same id.
    """
    ids = [side.document.id for side in sides]
    if not 2 <= len(sides) <= MOST_DOCUMENTS:
        raise InputError("documents", f"{len(sides)} were given", f"give 2 to {MOST_DOCUMENTS}")
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise InputError(twice, "two documents have this id", "set another with --id")
    both: dict[tuple[str, str], Alignment] = {}
    for i, a in enumerate(sides):
        for b in sides[i + 1 :]:
            there, back = align_both(a, b, encoder, top, related=related)
            both[a.document.id, b.document.id], both[b.document.id, a.document.id] = there, back
            if progress is not None:
                progress("aligning", len(both), len(sides) * (len(sides) - 1))
    return {(a, b): both[a, b] for a in ids for b in ids if a != b}

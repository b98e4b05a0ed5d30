"""Aligning more than two documents: every pair of them, both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from polidiff.alignment.pairs import Alignment, align_both
from polidiff.alignment.sides import CodedDocument
from polidiff.encode import Encoder
from polidiff.errors import InputError
from polidiff.executors import Executor, Local

MOST_DOCUMENTS = 50
"""Documents that are compared with one another at the most; of more, ask ``against`` and ``who``."""

MANY = 8
"""Documents over which pairs are aligned for what they have in common alone (:func:`align_both`), and a finding lists
no more than the passages that were weighed of each."""


def is_many(sides: Sequence[CodedDocument]) -> bool:
    """Whether these are more than :data:`MANY` documents."""
    return len(sides) > MANY


@dataclass(frozen=True)
class _Pair:
    a: CodedDocument
    b: CodedDocument
    encoder: Encoder
    top: int
    related: bool
    many: bool


def align_all(
    sides: Sequence[CodedDocument],
    encoder: Encoder,
    top: int = 5,
    *,
    related: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    executor: Executor | None = None,
) -> dict[tuple[str, str], Alignment]:
    """Return the alignment of every ordered pair of sides, by their ids, in the order of the sides.

    ``related`` as in :func:`polidiff.alignment.align_both`. ``executor`` says where pairs are aligned: where none is
    given, in this process; for others the encoder must be picklable. Raises :class:`InputError` for fewer than two
    documents, more than :data:`MOST_DOCUMENTS`, or two with the same id.
    """
    ids = [side.document.id for side in sides]
    if not 2 <= len(sides) <= MOST_DOCUMENTS:
        raise InputError("documents", f"{len(sides)} were given", f"give 2 to {MOST_DOCUMENTS}")
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise InputError(twice, "two documents have this id", "set another with --id")
    both: dict[tuple[str, str], Alignment] = {}
    many = related and is_many(sides)
    for made in align_pairs(combinations(sides, 2), encoder, top, related=related, executor=executor, many=many):
        both.update(((one.a.document.id, one.b.document.id), one) for one in made)
        if progress is not None:
            progress("aligning", len(both), len(sides) * (len(sides) - 1))
    return {(a, b): both[a, b] for a in ids for b in ids if a != b}


def align_pairs(
    pairs: Iterable[tuple[CodedDocument, CodedDocument]],
    encoder: Encoder,
    top: int = 5,
    *,
    related: bool = False,
    executor: Executor | None = None,
    many: bool = False,
) -> Iterator[tuple[Alignment, Alignment]]:
    """Yield the alignments of each pair, one each way, as they are done; arguments as of :func:`align_all`."""
    orders = (_Pair(a, b, encoder, top, related, many) for a, b in pairs)
    for pair, done in (executor or Local()).spread(_aligned, orders):
        there, back = done.result()
        yield replace(there, a=pair.a, b=pair.b), replace(back, a=pair.b, b=pair.a)


def _aligned(pair: _Pair) -> tuple[Alignment, Alignment]:
    """Align a pair both ways, in whichever process."""
    return align_both(pair.a, pair.b, pair.encoder, pair.top, related=pair.related, many=pair.many)

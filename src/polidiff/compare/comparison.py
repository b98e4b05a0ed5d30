"""The comparison: every pair of documents aligned, every theme's finding, and what it was made with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from polidiff.align import Alignment, Side, align_both
from polidiff.compare.consistent import one_verdict_a_pair
from polidiff.compare.findings import findings
from polidiff.encode import Encoder
from polidiff.errors import InputError
from polidiff.model import Codebook, Comparison, Match, Unique
from polidiff.version import __version__

MOST_DOCUMENTS = 50


def compare(
    sides: Sequence[Side],
    codebook: Codebook,
    encoder: Encoder,
    progress: Callable[[str, int, int], None] | None = None,
) -> Comparison:
    """Compare two documents or more.

    Every pair is aligned both ways, so that "only here" is said of each side against each other one. Raises
    :class:`InputError` for fewer than two documents, more than fifty, or two with the same id.
    """
    ids = [side.document.id for side in sides]
    if not 2 <= len(sides) <= MOST_DOCUMENTS:
        raise InputError("compare", f"{len(sides)} documents were given", f"give 2 to {MOST_DOCUMENTS}")
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise InputError(twice, "two documents have this id", "set another with --id")
    alignments: dict[tuple[str, str], Alignment] = {}
    total = len(sides) * (len(sides) - 1)
    both = {}
    for i, a in enumerate(sides):
        for b in sides[i + 1 :]:
            both[a.document.id, b.document.id], both[b.document.id, a.document.id] = align_both(a, b, encoder)
            if progress is not None:
                progress("aligning", len(both), total)
    for a in sides:
        for b in sides:
            if a is not b:
                alignments[a.document.id, b.document.id] = both[a.document.id, b.document.id]
    matches: list[Match] = []
    uniques: list[Unique] = []
    for alignment in alignments.values():
        uniques.extend(alignment.uniques)
        for best in alignment.matches:
            matches.extend(match for match in best if match.relation != "no_relationship")
    found = one_verdict_a_pair(findings(sides, alignments, codebook, encoder))
    return Comparison(
        documents=tuple(side.document for side in sides),
        provisions=tuple(side.provisions for side in sides),
        codings=tuple(side.codings for side in sides),
        codebook=codebook,
        matches=tuple(matches),
        uniques=tuple(uniques),
        findings=found,
        method=(
            ("polidiff", __version__),
            ("encoder", encoder.identity),
            ("codebook", f"{codebook.id} {codebook.version}"),
        ),
    )

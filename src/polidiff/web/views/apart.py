"""Which words of two passages differ: all where the two are nearly alike, else those that carry a difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polidiff.comparison.again import Again
from polidiff.comparison.versions.words import edits, likeness, tokens
from polidiff.model import Coding, DifferenceKind, Provision, Span
from polidiff.report.passages import ReportContext

ALIKE = 0.5
"""Share of words in common, in the same order, from which every other word is marked."""


_found: Again[tuple[tuple[Span, ...], tuple[Span, ...]]] = Again(4000)


def apart(
    bench: ReportContext, one: Provision, other: Provision, kinds: Sequence[DifferenceKind]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the places in each of two provisions that hold what differs; ``kinds`` are the respects that are named."""
    left, right = bench.documents[one.document], bench.documents[other.document]
    key = left.text_sha256, one.span, right.text_sha256, other.span, tuple(kinds)
    return _found.get(key, lambda: _apart(bench, one, other, kinds))


def _apart(
    bench: ReportContext, one: Provision, other: Provision, kinds: Sequence[DifferenceKind]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    left, right = bench.documents[one.document], bench.documents[other.document]
    if one.language == other.language:
        a, b = tokens(left, one.span), tokens(right, other.span)
        if likeness(a, b) >= ALIKE:
            found = [edit for edit in edits((left, a), (right, b)) if edit.matters != "typography"]
            return (
                tuple(edit.old for edit in found if edit.old.start < edit.old.end),
                tuple(edit.new for edit in found if edit.new.start < edit.new.end),
            )
    return (
        tuple(_carrying(bench.codings.get((one.document, one.id)), kinds)),
        tuple(_carrying(bench.codings.get((other.document, other.id)), kinds)),
    )


def _carrying(coding: Coding | None, kinds: Sequence[DifferenceKind]) -> Iterator[Span]:
    """The words that say what a provision's coding says in these respects."""
    if coding is None:
        return
    if "strength" in kinds:
        yield from coding.strength.cues
    if "actor" in kinds:
        yield from (actor.span for actor in coding.lead)
    if "forum" in kinds:
        yield from coding.forum.cues
    if "direction" in kinds:
        yield from coding.posture.cues
        yield from (cue for code in coding.positions for cue in code.cues)
    if "instrument" in kinds and coding.instruments:
        yield from coding.instruments[0].cues

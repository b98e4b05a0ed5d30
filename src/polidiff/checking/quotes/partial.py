"""The verdict on a quotation that no document holds as it stands: altered, spliced, or not found."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from polidiff.checking.quotes.edits import Comparison, compare, tokens
from polidiff.checking.quotes.ellipses import has_marks, patterns
from polidiff.checking.quotes.folding import Key, is_han
from polidiff.checking.quotes.fragments import EDIT, Piece, chain
from polidiff.checking.quotes.index import Hit, QuoteIndex, Run
from polidiff.model import Edit, Span

ALTERED = 0.6
"""Likeness (Dice, in words) from which a passage counts as the one that a quotation altered."""
SPLICED = 0.85
"""Share of a quotation's words that its fragments must hold to be called a splice."""
FRAGMENT = 3
"""Words (Chinese: five characters) in a row that a fragment must have to be no accident."""
SLACK = 48
"""Bytes of key beside a passage in which changed words are looked for."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of the quotation and the passage that it follows."""

    part: Span
    hit: Hit
    comparison: Comparison
    solid: bool

    def document_is(self, number: int | None) -> bool:
        """Return whether the passage stands in document ``number`` of the library."""
        return self.hit.document == number


@dataclass(frozen=True, slots=True)
class Partial:
    """What was found: ``kind``, the fragments in the quotation's order, and the share of its words that they hold."""

    kind: str
    fragments: tuple[Fragment, ...]
    share: float

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of all fragments."""
        return tuple(edit for fragment in self.fragments for edit in fragment.comparison.edits)


def punctuated(quote: str, key: Key, library: QuoteIndex, cited: int | None) -> Partial | None:
    """Return a passage with the same letters and digits but other signs ("1.5", "15"; a full stop more), or None."""
    places = library.places(key.data, cited) if cited is not None else library.places(key.data)
    if not places:
        return None
    hits = [library.span(place, place + len(key.data)) for place in places]
    hit = min(hits, key=lambda h: library.in_contents(h.document, h.span.start))
    whole = Span(0, len(quote))
    comparison = compare(quote, whole, library.documents[hit.document], hit.span)
    return Partial("altered", (Fragment(whole, hit, comparison, True),), 1.0)


def partial(quote: str, key: Key, library: QuoteIndex, cited: int | None) -> Partial | None:
    """Return how ``quote`` follows the library in part, or None when no passage is like it."""
    pieces = [*_filled(chain(quote, key, library, cited), key, library, cited)]
    if not pieces:
        return None
    fragments = [_fragment(quote, key, library, piece, pieces) for piece in pieces]
    words = len(tokens(quote))
    alone = _alone(quote, key, library, pieces)
    held = sum(f.comparison.same for f in fragments)
    share = held / words if words else 0.0
    solid = len(fragments) > 1 and all(f.solid for f in fragments)
    if alone is not None and alone.comparison.likeness >= ALTERED:
        more = sum(f.comparison.firm for f in fragments) - alone.comparison.firm
        jumps = any(len(Key.of(edit.source).data) > EDIT for edit in alone.comparison.edits if edit.kind != "insert")
        if not (solid and (more >= _least(quote) or jumps)):
            return Partial("altered", (alone,), alone.comparison.same / words)
    if solid and share >= SPLICED:
        if _marked(quote, fragments):
            return Partial("altered", tuple(fragments), share)
        return Partial("spliced", tuple(fragments), share)
    return None


def _least(quote: str) -> int:
    """How many words more than one passage the fragments must explain to make a splice likelier than an alteration."""
    return FRAGMENT if sum(is_han(c) for c in quote) * 2 < len(quote) else FRAGMENT + 1


def _fragment(quote: str, key: Key, library: QuoteIndex, piece: Piece, pieces: list[Piece]) -> Fragment:
    part = Span(int(key.at[piece.start]), int(key.at[piece.end - 1]) + 1)
    hit = library.span(piece.at, piece.to)
    comparison = compare(quote, part, library.documents[hit.document], hit.span)
    return Fragment(part, hit, comparison, _solid(quote, part, comparison))


def _solid(quote: str, part: Span, comparison: Comparison) -> bool:
    words = tokens(quote, part.start, part.end)
    han = sum(len(t.fold) == 3 and t.span.end - t.span.start == 1 and t.fold[0] >= 0xE3 for t in words)
    weight = (len(words) - han) + 0.6 * han
    return comparison.longest >= FRAGMENT and weight >= FRAGMENT and comparison.likeness >= 0.8


def _alone(quote: str, key: Key, library: QuoteIndex, pieces: list[Piece]) -> Fragment | None:
    """The whole quotation beside the one passage that holds most of it."""
    piece = max(pieces, key=lambda p: (p.covered, -p.start))
    low, high = library.limits(piece.at)
    before = piece.start + SLACK
    after = len(key.data) - piece.end + SLACK
    start = max(low, piece.at - before)
    end = min(high, piece.to + after)
    window = library.span(start, end)
    comparison = compare(quote, Span(0, len(quote)), library.documents[piece.document], window.span)
    if not comparison.same:
        return None
    return Fragment(Span(0, len(quote)), Hit(piece.document, comparison.span), comparison, True)


def _filled(pieces: list[Piece], key: Key, library: QuoteIndex, cited: int | None) -> list[Piece]:
    """Add pieces for stretches that no run covers but that stand word for word in a document already in play."""
    if not pieces:
        return []
    numbers = sorted({p.document for p in pieces} | ({cited} if cited is not None else set()))
    out: list[Piece] = []
    at = 0
    for piece in [*pieces, None]:
        until = piece.start if piece is not None else len(key.data)
        if until - at >= 12:
            everywhere = [None] if until - at >= library.sure else []
            for number in [*numbers, *everywhere]:
                found = library.places(key.data[at:until], number)
                if found:
                    there = library.document_at(found[0])
                    out.append(Piece(at, until, there, (Run(at, until, found[0], there),)))
                    break
        if piece is not None:
            out.append(piece)
            at = piece.end
    return out


def _marked(quote: str, fragments: list[Fragment]) -> bool:
    """Whether every joint between fragments is a marked omission that goes forward in one document."""
    if not has_marks(quote):
        return False
    pattern = patterns(quote)[0]
    marks = [j.span for joints in pattern.joints for j in joints if j.kind == "omission"]
    for left, right in pairwise(fragments):
        if left.hit.document != right.hit.document or left.hit.span.end > right.hit.span.start:
            return False
        if not any(left.part.end <= mark.start and mark.end <= right.part.start for mark in marks):
            return False
    return True

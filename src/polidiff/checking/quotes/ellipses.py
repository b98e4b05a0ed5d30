"""Quotations with marked changes: omissions (``…``, ``[...]``) and words in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from polidiff.checking.quotes.exact import core, grade
from polidiff.checking.quotes.folding import Key, is_han
from polidiff.checking.quotes.index import QuoteIndex
from polidiff.model import Span

_OPEN, _SHUT = r"[\[［【〔]", r"[\]］】〕]"
_DOTS = r"(?:…+|⋯+|\.{3,}|\.(?:[ \u00a0]\.){2,})"
_EDITOR = (
    r"(?i:(?:the\s+)?(?:emphasis|italics|bold|underlining|highlighting)(?:\s+\w+){1,3}|my emphasis|our emphasis|sic)|"
    r"(?:着重号|重点|粗体|斜体|强调)[^()（）\[\]]{0,12}"
)
_MARK = re.compile(
    rf"(?P<dots>[\[［【〔(（]\s*(?:{_DOTS}|\.\.)\s*[\]］】〕)）]|{_DOTS})"
    rf"|(?P<note>[\[［【〔(（]\s*(?:{_EDITOR})\s*[\]］】〕)）])|{_OPEN}(?P<words>[^\[\]［］【】〔〕]{{1,90}}){_SHUT}"
)
REPLACED = 90
"""Bytes of key that words in brackets may stand for (about fifteen English words, thirty Chinese characters)."""
FAR = 900
"""Bytes of key left out between two parts above which a reader is warned."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a quotation that claims to be the document's own words, with its key.

    ``left`` and ``right`` say whether a word ends there; not so beside a bracket inside of a word.
    """

    span: Span
    data: bytes
    left: bool = True
    right: bool = True


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between two parts (or before the first, after the last): an omission mark or words in brackets."""

    kind: Literal["omission", "insertion"]
    span: Span


@dataclass(frozen=True, slots=True)
class Pattern:
    """A quotation with marked changes: ``joints[i]`` stand before ``parts[i]``; ``joints[-1]`` after the last."""

    parts: tuple[Part, ...]
    joints: tuple[tuple[Joint, ...], ...]


@dataclass(frozen=True, slots=True)
class Trim:
    """Where the parts of a pattern stand in one document, in order: spans of its text."""

    document: int
    spans: tuple[Span, ...]
    distance: int
    exact: bool


def has_marks(quote: str) -> bool:
    """Return whether ``quote`` has an omission mark or words in brackets."""
    return _MARK.search(quote) is not None


def patterns(quote: str) -> tuple[Pattern, ...]:
    """Read the marks of ``quote``. Two readings where a bracket changes part of a word: its letters, or any ending."""
    soft = _pattern(quote, letters=True)
    hard = _pattern(quote, letters=False)
    return (soft,) if soft == hard else (soft, hard)


def _within_word(quote: str, match: re.Match[str]) -> bool:
    words = match.group("words")
    before, after = quote[match.start() - 1 : match.start()], quote[match.end() : match.end() + 1]
    touches = any(c.isalpha() and not is_han(c) for c in before + after)
    return touches and words.isalpha() and not any(is_han(c) for c in words)


def _latin(char: str) -> bool:
    return char.isalpha() and not is_han(char)


def _pattern(quote: str, letters: bool) -> Pattern:
    parts: list[Part] = []
    joints: list[list[Joint]] = [[]]
    at = 0

    def close(end: int) -> None:
        inner = core(quote[at:end])
        if inner.end > inner.start:
            span = Span(at + inner.start, at + inner.end)
            left = not (at > 0 and inner.start == 0 and _latin(quote[at]) and _latin(quote[at - 2]))
            right = not (inner.end == end - at < len(quote) - at and _latin(quote[end - 1]) and _latin(quote[end + 1]))
            parts.append(Part(span, Key.of(quote[span.start : span.end]).data, left, right))
            joints.append([])

    for match in _MARK.finditer(quote):
        words = match.group("words")
        if words is not None and letters and _within_word(quote, match):
            continue
        close(match.start())
        kind: Literal["omission", "insertion"] = "omission" if match["dots"] is not None else "insertion"
        joints[-1].append(Joint(kind, Span(match.start(), match.end())))
        at = match.end()
    close(len(quote))
    return Pattern(tuple(parts), tuple(tuple(j) for j in joints))


def fit(quote: str, pattern: Pattern, library: QuoteIndex, number: int | None) -> list[Trim]:
    """Return the places where all parts of ``pattern`` stand in order, nearest together first.

    ``number`` keeps to one document. Words in brackets stand for nothing or for a few words; an omission for any
    number. A part keeps to whole words, except next to a bracket inside a word.
    """
    if not pattern.parts:
        return []
    anchor = max(range(len(pattern.parts)), key=lambda i: len(pattern.parts[i].data))
    part = pattern.parts[anchor]
    found = []
    for place in library.places(part.data, number, part.left, part.right):
        trim = _around(quote, pattern, library, anchor, place)
        if trim is not None:
            found.append(trim)
    return sorted(found, key=lambda t: (not t.exact, t.distance, t.document, t.spans))


def _around(quote: str, pattern: Pattern, library: QuoteIndex, anchor: int, place: int) -> Trim | None:
    number = library.document_at(place)
    low, high = library.limits(place)
    places = {anchor: place}
    for i in range(anchor + 1, len(pattern.parts)):
        after = places[i - 1] + len(pattern.parts[i - 1].data)
        limit = high if _omits(pattern.joints[i]) else min(high, after + REPLACED + len(pattern.parts[i].data))
        at = _next(library, pattern.parts[i], after, limit)
        if at is None:
            return None
        places[i] = at
    for i in range(anchor - 1, -1, -1):
        before = places[i + 1]
        limit = low if _omits(pattern.joints[i + 1]) else max(low, before - REPLACED - len(pattern.parts[i].data))
        at = _previous(library, pattern.parts[i], limit, before)
        if at is None:
            return None
        places[i] = at
    document = library.documents[number]
    spans = []
    exact = True
    for i, part in enumerate(pattern.parts):
        hit = library.span(places[i], places[i] + len(part.data))
        judged = grade(quote[part.span.start : part.span.end], document, hit.span)
        if judged.same == "marks":
            return None
        exact = exact and judged.same == "verbatim"
        spans.append(_whole_words(document.text, part, hit.span))
    last = len(pattern.parts) - 1
    distance = places[last] + len(pattern.parts[last].data) - places[0] - sum(len(p.data) for p in pattern.parts)
    return Trim(number, tuple(spans), distance, exact)


def _whole_words(text: str, part: Part, span: Span) -> Span:
    """The place of a part with the letters for which a bracket beside it stands (“[T]he” of “the”)."""
    start, end = span
    while not part.left and start > 0 and _latin(text[start - 1]):
        start -= 1
    while not part.right and end < len(text) and _latin(text[end]):
        end += 1
    return Span(start, end)


def _omits(joints: tuple[Joint, ...]) -> bool:
    return any(joint.kind == "omission" for joint in joints)


def _next(library: QuoteIndex, part: Part, start: int, end: int) -> int | None:
    at = library.buffer.find(part.data, start, end)
    while at >= 0:
        if library.whole_words(at, at + len(part.data), part.left, part.right):
            return at
        at = library.buffer.find(part.data, at + 1, end)
    return None


def _previous(library: QuoteIndex, part: Part, start: int, end: int) -> int | None:
    at = library.buffer.rfind(part.data, start, end)
    while at >= 0:
        if library.whole_words(at, at + len(part.data), part.left, part.right):
            return at
        at = library.buffer.rfind(part.data, start, at + len(part.data) - 1)
    return None

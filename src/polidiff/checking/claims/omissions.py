"""What an article leaves out: the rest of a list that it quotes from, and the other document that says the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from polidiff.checking.article.kinds import KINDS
from polidiff.checking.claims.polarity import polarity
from polidiff.checking.claims.retrieval import Candidate, Search, SentenceIndex
from polidiff.lang.terms import SMALL
from polidiff.model import Span

__all__ = ["left_out", "said_too", "without_subject"]

ITEM_WORDS = 5
"""Words of an item of a list; a longer stretch between two commas is a clause."""

USED = 2
"""Items of a list that a claim must use before the others count as left out."""

TOO = 0.8
"""The score from which on another document is said to say the same: more than is asked of the one that is named."""

_SUBJECT = re.compile(rf"^(?:[\w.’'-]+\s+){{0,9}}?(?:{'|'.join(KINDS)})s?\s+(?=[a-z]+\b)", re.IGNORECASE)
_BETWEEN = re.compile(r",\s+(?:and\s+|or\s+|as well as\s+)?|\s+(?:and|or)\s+")
_LAST = re.compile(r"^\W*(?:\w[\w’'-]*\W+){0,3}?\w[\w’'-]*")
_FIRST = re.compile(
    r"(?:\b(?:to|of|in|on|for|from|with|by|including|such as|like|as|the|these|are|is|references)\s+)+(?=[^,]*$)"
)


def left_out(search: Search, candidate: Candidate) -> tuple[Span, ...]:
    """Return the items of the passage's list that the claim leaves out while it uses at least two of the others."""
    sentence = candidate.sentence
    used = {
        sentence.words.words[place].start
        for place, value in zip(candidate.by, candidate.own, strict=True)
        if place >= 0 and value >= 0.75
    }
    found: list[Span] = []
    for run in _lists(sentence.text):
        hits = [any(span.start <= start < span.end for start in used) for span in run]
        if sum(hits) < USED:
            continue
        first, last = hits.index(True), len(hits) - 1 - hits[::-1].index(True)
        for n, (span, hit) in enumerate(zip(run, hits, strict=True)):
            words = re.findall(r"\w+", span.cut(sentence.text).lower())
            telling = [word for word in words if word not in SMALL and len(word) > 2]
            if not hit and telling and first - 1 <= n <= last + 2:
                found.append(Span(sentence.span.start + span.start, sentence.span.start + span.end))
    return tuple(found)


def _lists(text: str) -> list[list[Span]]:
    """The lists of three short items or more in a sentence, each item as a span of it."""
    cuts = [(0, 0), *((m.start(), m.end()) for m in _BETWEEN.finditer(text)), (len(text), len(text))]
    pieces = [Span(a[1], b[0]) for a, b in pairwise(cuts)]
    lists: list[list[Span]] = []
    run: list[Span] = []
    for piece in pieces:
        words = piece.cut(text).split()
        if words and len(words) <= ITEM_WORDS:
            run.append(_end(piece, text))
            continue
        if run and words and re.search(r"\b(?:and|or)\s+$", text[: piece.start]):
            run.append(_tail(piece, text, first=False))
        if len(run) >= 3:
            lists.append(run)
        run = [_tail(piece, text, first=True)] if words else []
    if len(run) >= 3:
        lists.append(run)
    return lists


def _end(piece: Span, text: str) -> Span:
    stripped = piece.cut(text).rstrip(" .;:!?")
    return Span(piece.start, piece.start + len(stripped))


def _tail(piece: Span, text: str, first: bool) -> Span:
    """The item in a long piece: its last words where a list begins, its first where it ends."""
    words = piece.cut(text)
    if first:
        cue = None
        for match in _FIRST.finditer(words):
            cue = match
        if cue is not None and len(words[cue.end() :].split()) <= ITEM_WORDS:
            return Span(piece.start + cue.end(), piece.end)
        last = words.split()[-1]
        return Span(piece.end - len(last), piece.end)
    opening = _LAST.match(words)
    return Span(piece.start, piece.start + (opening.end() if opening else len(words)))


def without_subject(part: str) -> str:
    """A part without the document that it opens with (“The … Plan requires operators to …”)."""
    return _SUBJECT.sub("", part)


def said_too(parts: Sequence[str], other: SentenceIndex) -> tuple[tuple[str, Span, float], ...]:
    """Return the parts of a claim that another document bears out as well: (the part, the passage, its score)."""
    found = []
    if len(parts) > 1:  # "coordination on testing, …": the list begins after the words that it hangs on
        parts = [re.sub(r"^.*\b(?:on|of|for)\s+", "", parts[0]), *parts[1:]]
    for part in map(without_subject, parts):
        search = other.search(part, 4)
        telling = [term for term in search.terms if term.key != "ai"]
        if len(telling) < 2:
            continue
        best = next((c for c in search.candidates if _bears_out(search, c)), None)
        if best is None:
            continue
        reading = polarity(part, search.terms, best) if other.manner(part) == "english" else None
        if reading is None or (reading.turned <= 0.5 and reading.opposite is None):
            found.append((part, best.sentence.span, best.score))
    return tuple(found)


def _bears_out(search: Search, candidate: Candidate) -> bool:
    """Whether a sentence surely speaks to the words searched for and leaves none of the telling ones open."""
    left = any(v < 0.5 and t.weight >= 0.45 for t, v in zip(search.terms, candidate.covered, strict=True))
    return candidate.score >= TOO and not left

"""How closely a quotation follows the words at one place: the test that decides between the faithful verdicts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from polidiff.checking.quotes.folding import QUOTE_MARKS, lighten, powers, strict, typographic
from polidiff.model import Document, Span

Sameness = Literal["verbatim", "typographic", "marks"]
_CLOSING = frozenset(".,;:!?。，；：！？、．｡､")
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W_]|[$€£¥+<=>~^|°]")
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200d\ufeff]+")


@dataclass(frozen=True, slots=True)
class Grade:
    """``same`` says how the words at ``span`` follow the quotation; ``own`` is punctuation that is the article's.

    ``marks`` means that letters and digits agree but punctuation that carries meaning does not.
    """

    same: Sameness
    span: Span
    own: str = ""
    paced: bool = False

    @property
    def rank(self) -> int:
        """0 for the same characters, 1 for typesetting, 2 for other marks: lower is closer."""
        return ("verbatim", "typographic", "marks").index(self.same)


def core(text: str) -> Span:
    """Return the span of ``text`` from its first letter, digit or symbol to its last; empty when it has none."""
    found = [match.start() for match in _LETTER.finditer(text)]
    return Span(found[0], found[-1] + 1) if found else Span(0, 0)


def numbers(text: str) -> list[str]:
    """Return the digit runs of ``text`` in order; spaces and invisible characters inside a number don't count."""
    return _DIGITS.findall(_INVISIBLE.sub("", unicodedata.normalize("NFKC", powers(text))))


def grade(quote: str, document: Document, span: Span) -> Grade:
    """Say how ``quote`` follows ``document`` at ``span``, which holds the same letters and digits in the same order.

    Punctuation at either end of the quotation is looked for in the document next to the span, which grows to hold it.
    """
    inner = core(quote)
    lead, tail = quote[: inner.start], quote[inner.end :]
    text = document.text
    end, tail_kept = _grow(tail, text[span.end : span.end + 2 * len(tail) + 8])
    start, lead_kept = _grow(lead[::-1], text[max(0, span.start - 2 * len(lead) - 8) : span.start][::-1])
    whole = Span(span.start - start, span.end + end)
    own = (lead[: len(lead) - lead_kept] + tail[tail_kept:]).strip()
    rest = quote[len(lead) - lead_kept : inner.end + tail_kept]
    readings = [document.cut(whole), *([document.in_force(whole)] if document.struck_in(whole) else [])]
    grades = [_grade(quote, rest, said, whole, own) for said in readings]
    return min(grades, key=lambda one: one.rank)


def _grade(quote: str, rest: str, said: str, whole: Span, own: str) -> Grade:
    """Say how ``quote``, and ``rest``, which is it without punctuation of the article's, follow the words ``said``."""
    if not own and strict(quote) == strict(said):
        return Grade("verbatim", whole)
    foreign = [c for c in own if c not in _CLOSING and c not in QUOTE_MARKS and not c.isspace()]
    here, there = typographic(rest), typographic(said)
    if not foreign and numbers(rest) == numbers(said):
        if here == there:
            return Grade("typographic", whole, own)
        if lighten(here) == lighten(there):
            return Grade("typographic", whole, own, paced=True)
    return Grade("marks", whole, own)


def _grow(wanted: str, there: str) -> tuple[int, int]:
    """How far the characters ``wanted`` go on in ``there``: characters of ``there``, and of ``wanted``, that agree."""
    taken = kept = 0
    i = j = 0
    while i < len(wanted):
        if wanted[i].isspace():
            i += 1
            continue
        while j < len(there) and there[j].isspace():
            j += 1
        if j >= len(there) or typographic(wanted[i]) != typographic(there[j]):
            break
        if wanted[i] in QUOTE_MARKS and there[j] not in QUOTE_MARKS:
            break
        i += 1
        j += 1
        taken, kept = j, i
    return taken, kept

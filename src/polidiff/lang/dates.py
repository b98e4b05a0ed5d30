"""Dates in English and Chinese, as precise as they are written: a year, a month or a day, and whether they are a limit.

A stretch of time (“within 30 days”) is no date: :mod:`polidiff.lang.amounts` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from polidiff.lang.data import load_list
from polidiff.lang.numerals import ZH_NUMBER, zh_number

__all__ = ["MONTH", "Date", "dates_of", "refers"]

_DATA = load_list("numbers")
_MONTHS: dict[str, int] = (
    _DATA["months"] | {name: n for n, name in enumerate(_DATA["month_names"]["short"], start=1)} | {"sept": 9}
)
MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
"""A pattern for an English month, whole or short; for use with ``re.IGNORECASE``."""


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words``, longest first; a space in a word is any white space."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


_REFERENCE = re.compile(
    rf"(?:(?<![\w])(?:{one_of(_DATA['references']['english'])})\s*\(?|\d/|/|\(|§\s?)$", re.IGNORECASE
)
_YEAR = r"(?:19|20)\d{2}"
_REPUBLIC = 1911
"""The year before the first of the Republic of China, whose years Taiwan's documents count."""
_WRITTEN = (
    re.compile(rf"(?<![\w-])(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?(?![\w-])"),
    re.compile(
        rf"(?:(?<!\w)(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?)?\b(?P<name>{MONTH})"
        rf"(?:\s+(?P<late>[0-3]?\d)(?:st|nd|rd|th)?(?=[,\s]))?,?\s+(?P<year>{_YEAR})(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:民國\s*(?P<republic>\d{{1,3}}|{ZH_NUMBER})|(?P<year>{_YEAR}|[〇零一二三四五六七八九]{{4}}))\s*年"
        rf"(?:\s*(?P<month>\d{{1,2}}|{ZH_NUMBER})\s*月(?:份)?(?:\s*(?P<day>\d{{1,2}}|{ZH_NUMBER})\s*[日号])?)?"
    ),
    re.compile(rf"(?<![\w.,$€£¥])(?P<year>{_YEAR})(?![\w%％]|[.,/]\d|\s?年)"),
)
_PART_OF = r"(?:the\s+)?(?:(?:end|close|start|middle)\s+of\s+|early\s+|late\s+|mid-?)?(?:the\s+)?"
_BY = rf"(?:\b(?:{one_of(_DATA['dated']['by'])})\s+{_PART_OF}|(?:{one_of(_DATA['dated']['by_zh'])}))$"
_LIMITS = (
    ("by", re.compile(_BY, re.IGNORECASE)),
    ("from", re.compile(rf"\b(?:{one_of(_DATA['dated']['from'])})\s+$", re.IGNORECASE)),
)
_LIMITS_AFTER = (
    ("by", re.compile(rf"\s*(?:{one_of(_DATA['dated']['by_after_zh'])})")),
    ("from", re.compile(rf"\s*(?:{one_of(_DATA['dated']['from_after_zh'])})")),
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date at ``start:end``; ``month`` and ``day`` are None where none is written. ``limit`` says what it bounds."""

    year: int
    month: int | None
    day: int | None
    limit: Literal["on", "by", "from"]
    start: int
    end: int

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """How precise it is."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def iso(self) -> str:
        """The date as ISO 8601 writes it: ``2027``, ``2027-03`` or ``2027-03-01``."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)


def refers(text: str, at: int) -> bool:
    """Whether a number at ``at`` only names a part, a document or a page (“Article 12”, “Regulation (EU) 2024/1”)."""
    return _REFERENCE.search(text[max(0, at - 24) : at]) is not None


@lru_cache(maxsize=4096)
def dates_of(text: str) -> tuple[Date, ...]:
    """Return the dates of ``text`` in order; years that name a law or a regulation are none."""
    found: list[Date] = []
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < date.end and date.start < end for date in found):
                continue
            made = _date(text, match)
            if made is not None:
                found.append(made)
    return tuple(sorted(found, key=lambda date: date.start))


def _date(text: str, match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    start, end = match.span()
    if match.re is _WRITTEN[-1] and refers(text, start):
        return None
    name = (parts.get("name") or "").lower().rstrip(".")
    month = _MONTHS[name] if name else zh_number(parts.get("month") or "") or None
    day = zh_number(parts.get("day") or parts.get("late") or "") or None
    republic = parts.get("republic")
    year = _REPUBLIC + zh_number(republic) if republic else zh_number(match["year"])
    if not 1900 <= year < 2200 or not (month is None or month <= 12) or not (day is None or day <= 31):
        return None
    before, after = text[max(0, start - 32) : start], text[end : end + 4]
    limit = next((kind for kind, words in _LIMITS if words.search(before)), None)
    limit = limit or next((kind for kind, words in _LIMITS_AFTER if words.match(after)), "on")
    return Date(year, month, day, "by" if limit == "by" else "from" if limit == "from" else "on", start, end)

"""In which amounts, time limits and years two provisions differ where they speak of one thing, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from polidiff.alignment.common_words import content_keys
from polidiff.lang.amounts import Amount, amounts_of, conflict, hours, same
from polidiff.lang.bilingual import terms
from polidiff.lang.dates import dates_of
from polidiff.lang.sentences import sentences
from polidiff.lang.words import has_cjk
from polidiff.model import DifferenceKind

__all__ = ["Apart", "figures_apart", "figures_differ", "figures_said"]

Figures = Literal["amount", "deadline", "baseline"]

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_BASELINES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}(?:\s+emissions?)?[\s-]+(?:levels?|base(?:line)?s?(?:\s+year)?)\b",
        rf"\bbase(?:line)?(?:\s+year)?(?:\s+(?:of|is|being|was|in|year))*[\s:(]+{_YEAR}\b",
        rf"\b{_YEAR}\s+(?:is|was|as|being|serves?\s+as)\s+(?:the\s+|a\s+)?(?:base|reference)",
        rf"\b(?:compared\s+(?:to|with)|relative\s+to|with\s+respect\s+to|in\s+comparison\s+(?:to|with)|versus|vs\.?|below|above|against)"
        rf"\s+(?:the\s+)?(?:levels?\s+(?:of|in)\s+)?(?:the\s+year\s+|fiscal\s+(?:year\s+)?|FY\s?)?{_YEAR}\b(?!\s*[-–]\s*\d)",
        rf"(?:比|较|相比于?|相对于?|对比)\s*{_YEAR}\s*年",
        rf"以\s*{_YEAR}\s*年(?:的?[^，。；]{{0,8}})?(?:为|作为)(?:基|参)",
        rf"(?:基准年|基期|基年)(?:份|度)?(?:为|是|：|:|（|\()?\s*{_YEAR}",
        rf"{_YEAR}\s*年(?:的)?(?:排放)?(?:水平|基准)",
    )
)
"""How a year is named from which a change is counted: “below 1990 levels”, 比2005年."""
FEW = 2
"""Listed concepts of a sentence under which it may not be asked to share one with a sentence of the other language."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number in a text: what it says (``role``), itself, and the words that its sentence is about."""

    role: Figures
    amount: Amount
    english: frozenset[str]
    chinese: frozenset[str]
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Apart:
    """Two figures that say of one thing different values, as offsets into each of the two texts."""

    kind: Figures
    one: tuple[int, int]
    other: tuple[int, int]


def figures_differ(a: str, b: str) -> tuple[DifferenceKind, ...]:
    """Return in what kinds of figure two texts differ: ``amount``, ``deadline`` (a target year too), ``baseline``."""
    return tuple(figures_said(a, b))


def figures_said(a: str, b: str) -> dict[DifferenceKind, tuple[str, str]]:
    """Return by kind the first figures in which two texts differ, in the words of each."""
    found: dict[DifferenceKind, tuple[str, str]] = {}
    for one in figures_apart(a, b):
        found.setdefault(one.kind, (a[slice(*one.one)], b[slice(*one.other)]))
    return found


@lru_cache(maxsize=4096)
def figures_apart(a: str, b: str) -> tuple[Apart, ...]:
    """Return the figures that two texts set to different values, in the order of ``a``.

    Two figures answer one question where they have one role and unit, and their sentences words in common. A figure
    that stands in both texts differs in neither.
    """
    left, right = _figures(a), _figures(b)
    mine = [one for one in left if not any(_equal(one, other) for other in right)]
    theirs = [one for one in right if not any(_equal(one, other) for other in left)]
    found: list[Apart] = []
    for one in mine:
        near = [(_common(one, other), -other.amount.start, other) for other in theirs if _asked_alike(one, other)]
        best = max(near, key=lambda candidate: candidate[:2], default=None)
        if best is not None and best[0] > 0:
            theirs.remove(best[2])
            found.append(Apart(one.role, _place(one), _place(best[2])))
    return tuple(found)


def _place(one: _Figure) -> tuple[int, int]:
    return one.amount.start, one.amount.end


def _equal(one: _Figure, other: _Figure) -> bool:
    return one.role == other.role and same(one.amount, other.amount)


def _asked_alike(one: _Figure, other: _Figure) -> bool:
    """Whether two figures of one role are counted alike, so that one may be set against the other: no floor against a
    ceiling."""
    if one.role != other.role or one.amount.kind != other.amount.kind:
        return False
    if {one.amount.bound, other.amount.bound} == {"least", "most"}:
        return False
    if one.amount.kind == "time" and one.amount.unit != other.amount.unit:
        (low, high), (least, most) = hours(one.amount), hours(other.amount)
        return high < least or most < low
    return one.amount.kind == "year" or conflict(one.amount, other.amount)


def _common(one: _Figure, other: _Figure) -> int:
    """How many words the sentences of two figures have in common; across languages, listed concepts.

    Where a sentence says too little to be met in the other language, one.
    """
    if bool(one.chinese) == bool(other.chinese):
        return 2 * len(one.english & other.english) + len(one.chinese & other.chinese)
    few = min(len(one.concepts), len(other.concepts)) < FEW
    return max(len(one.concepts & other.concepts), int(few))


@lru_cache(maxsize=4096)
def _figures(text: str) -> tuple[_Figure, ...]:
    bases = _bases(text)
    found: list[tuple[Figures, Amount]] = [
        ("baseline", Amount(year, "year", (), "exact", start, end)) for start, end, year in bases
    ]
    for date in dates_of(text):
        before = [year for start, _, year in bases if _sentence(text, start) == _sentence(text, date.start)]
        target = date.limit == "by" or any(year < date.year for year in before)
        if target and not any(start < date.end and date.start < end for start, end, _ in bases):
            found.append(("deadline", Amount(date.year, "year", (), "within", date.start, date.end)))
    for amount in amounts_of(text):
        role = _role(amount)
        if role is not None:
            found.append((role, amount))
    found.sort(key=lambda one: one[1].start)
    return tuple(_told(text, role, amount) for role, amount in found)


def _role(amount: Amount) -> Figures | None:
    if amount.kind == "time":
        return "deadline" if amount.bound == "within" else "amount"
    return None if amount.kind == "year" else "amount"


def _bases(text: str) -> list[tuple[int, int, int]]:
    """The years from which a change is counted: start, end, year."""
    places = {
        (match.start("year"), match.end("year"), int(match["year"]))
        for pattern in _BASELINES
        for match in pattern.finditer(text)
    }
    return sorted(places)


def _told(text: str, role: Figures, amount: Amount) -> _Figure:
    around = _sentence(text, amount.start)
    chinese = has_cjk(around)
    letters = re.sub(r"[\W\d_A-Za-z零一二三四五六七八九十百千万亿年月日时个小]+", " ", around) if chinese else ""
    return _Figure(
        role=role,
        amount=amount,
        english=frozenset() if chinese else frozenset(key for key in content_keys(around) if not key[0].isdigit()),
        chinese=frozenset(run[at : at + 2] for run in letters.split() for at in range(len(run) - 1)),
        concepts=frozenset(one.concept for one in terms(around, chinese) if not any(map(str.isdigit, one.concept))),
    )


def _sentence(text: str, at: int) -> str:
    return next((part for part in _sentences(text) if part[0] <= at < part[1]), (0, len(text), text))[2]


@lru_cache(maxsize=1024)
def _sentences(text: str) -> Sequence[tuple[int, int, str]]:
    return list(_cut(text))


def _cut(text: str) -> Iterator[tuple[int, int, str]]:
    for part in sentences(text, "zh" if has_cjk(text) else "en"):
        yield part.start, part.end, text[part.start : part.end]

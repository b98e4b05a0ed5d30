"""Amounts in English and Chinese as one kind of record: money, shares, multiples, stretches of time, counts.

``50x``, ``50%``, “half”, 五万元, “24 hours” and 24小时 are read alike, so that a claim can be laid beside a passage and
one version of a provision beside another, whatever their languages and units.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal, cast

from polidiff.lang.data import load_list
from polidiff.lang.dates import MONTH, dates_of, one_of, refers
from polidiff.lang.numerals import ORDINALS, WORD_NUMBER, ZH_NUMBER, word_number, zh_value
from polidiff.lang.words import has_cjk, stem

__all__ = ["Amount", "Bound", "Kind", "amounts_of", "conflict", "deadlines", "hours", "same", "sums"]

Bound = Literal["exact", "least", "most", "within", "about"]
Kind = Literal["money", "share", "factor", "rate", "time", "year", "count"]

_DATA = load_list("numbers")
_POWERS: dict[str, int] = _DATA["scales"]
_POWERS_ZH: dict[str, int] = _DATA["chinese"]["myriads"]
_CURRENCIES = {name: code for code, names in _DATA["currencies"].items() for name in names}
_TIME = {name: (family, size) for family, names in _DATA["time"].items() for name, size in names.items()}
_FRACTIONS: dict[str, float] = _DATA["fractions"]
_TIMES: dict[str, int] = _DATA["times"]
_RATES: dict[str, int] = _DATA["rates"]
_MULTIPLES: dict[str, float] = _DATA["multiples"]
ROUND = 0.12
"""How far a hedged number (“about”, “half”) may be from another, as a share of the larger."""

_MARKS = one_of(
    n for n in _CURRENCIES if not has_cjk(n) and (not n.isalpha() or (len(n) == 3 and n != "won" and n != "yen"))
)
_MONEY = one_of(name for name in _CURRENCIES if name.isalpha() and name.isascii())
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_PART = r"half|(?:a|one|two|three)[-\s](?:half|third|quarter|fifth|tenth)s?|three-quarters|two-thirds"
_NUMBER = re.compile(
    rf"(?P<mark>(?<![a-z])(?:{_MARKS})\s?)?(?<![\w.])(?<![a-z]-)(?P<digits>{_DIGITS})(?!\d|/\d|(?:st|nd|rd|th)\b)"
    r"|\b(?P<multiple>(?:halv|doubl|tripl|quadrupl)(?:e[sd]?|ing))\b(?![-\s](?:check|standard|count|click))"
    rf"|\b(?P<times>{one_of(_TIMES)})\b|\b(?P<rate>{one_of(_RATES)})\s+(?:{one_of(_DATA['meetings']['english'])})s?\b"
    rf"|(?:(?<=by\s)|(?<=in\s))(?P<cut>half)\b(?!\s+an?\b)|\b(?P<part>{_PART})(?=\s+(?:of|the|its|their|all)\b)"
    rf"|\b(?P<words>{WORD_NUMBER[:-2]})(?=-?fold\b|\b)",
    re.IGNORECASE,
)
_TO = re.compile(r"(?:\s?[-–—]\s?|\s+(?:to|and)\s+)", re.IGNORECASE)
_SCALE = re.compile(rf"[\s-]?(?P<scale>{one_of(_POWERS)})\b", re.IGNORECASE)
_UNITS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("share", r"[\s-]?(?:%|％|per\s?cent\b|percentage\s+points?\b)"),
        ("factor", r"[x×](?!\w)|-?fold\b"),
        ("rate", r"(?:\s+times|(?<=[ce]))\s+(?:a|per|each|every)\s+(?:year|annum)\b"),
        ("factor", r"[\s-]+times\b"),
        ("money", rf"\s?(?:(?:us|u\.s\.)\s+)?(?P<money>[€£]|(?:{_MONEY})\b)"),
        ("time", r"[\s-]+(?:(?P<work>working|business)\s+|(?:calendar|full|consecutive)\s+)?"
                 rf"(?P<time>{one_of(_DATA['time_words']['english'])})s?\b"),
    )
)  # fmt: skip
_ONE = re.compile(rf"[\s-]+(?:{one_of(_DATA['ones']['english'])})", re.IGNORECASE)
_MONTH = re.compile(rf"\s+{MONTH}", re.IGNORECASE)
_WORD = re.compile(r"[\s-]*([A-Za-z]+)")
_NTH = re.compile(
    rf"\bthe\s+(?P<nth>{one_of(ORDINALS)}|\d+(?:st|nd|rd|th))\s+(?P<unit>day|week|month)\s+(?:after|following|from|of)\b"
    r"|\bthe\s+(?P<next>day)\s+(?:after|following)\b",
    re.IGNORECASE,
)


def _bounds(section: str, pattern: str) -> tuple[tuple[Bound, re.Pattern[str]], ...]:
    made = ((name, pattern.format(one_of(words))) for name, words in _DATA[section].items())
    return tuple((cast(Bound, name), re.compile(regex, re.IGNORECASE)) for name, regex in made)


_BEFORE = (
    *_bounds("before", r"\b(?<!\bno\s)(?<!\bnot\s)(?:{})\s+(?:the\s+)?(?:next\s+|first\s+)?$"),
    *_bounds("before_zh", r"(?<!不)(?:{})$"),
)
_AFTER = (*_bounds("after", r"(?:\s+\w+){{0,2}}?\s+(?:{})\b"), *_bounds("after_zh", r"\s?(?:{})"))


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: ``value``, what it is (``kind``), the stems of the words it counts, its bound, its place in the text.

    ``unit`` is the currency of money (ISO 4217), or the family in which a time is counted: ``hour`` (hours to weeks),
    ``month`` (months to decades) or ``workday``. A share is 0..1, a rate times a year. ``high`` is the upper end of a
    range, else None. ``within`` bounds a time that is a deadline.
    """

    value: float
    kind: Kind
    of: tuple[str, ...]
    bound: Bound
    start: int
    end: int
    unit: str = ""
    high: float | None = None


@lru_cache(maxsize=8192)
def amounts_of(text: str) -> tuple[Amount, ...]:
    """Return the amounts of ``text`` in order; numbers of articles, sections, pages and orders are none.

    Of a date its year counts. In a Chinese text bare numbers in digits or Latin words count nothing.
    """
    limits: dict[str, Bound] = {"by": "within", "from": "least", "on": "exact"}
    found = [Amount(d.year, "year", (), limits[d.limit], d.start, d.end) for d in dates_of(text)]
    for match in _NTH.finditer(text):
        word = (match["nth"] or "first").lower()
        number = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
        family, size = _TIME[(match["unit"] or match["next"]).lower()]
        found.append(Amount(number * size, "time", (), "exact", match.start(), match.end(), family))
    chinese = has_cjk(text)
    for amount in (*(_chinese(text) if chinese else ()), *_english(text)):
        if not any(amount.start < a.end and a.start < amount.end for a in found) and not (
            chinese and amount.kind == "count" and amount.of != ("zh",)
        ):
            found.append(replace(amount, of=()) if chinese else amount)
    return tuple(sorted(found, key=lambda amount: (amount.start, amount.end)))


def _english(text: str) -> Iterator[Amount]:
    dated = dates_of(text)
    at = 0
    while match := _NUMBER.search(text, at):
        at = max(match.end(), next((d.end for d in dated if d.start <= match.start() < d.end), 0))
        if at > match.end():
            continue
        made = _amount(text, match)
        if made is not None:
            at = max(at, made.end)
            yield made


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    """One English amount with its unit, its words and its bound; None for what counts nothing."""
    start, end = match.span()
    read = _read(text, match)
    if read is None:
        return None
    value, kind, unit = read
    high = None
    to = _TO.match(text, end) if kind == "count" and not match["mark"] else None
    other = _NUMBER.match(text, to.end()) if to is not None else None
    if to is not None and other is not None and (other["digits"] or other["words"]) and not other["mark"]:
        second = _read(text, other)
        between = "and" not in to.group() or re.search(r"\bbetween\s+$", text[:start], re.IGNORECASE)
        if second is not None and second[0] > value and between:
            high, end = second[0], other.end()
    if kind in ("count", "money"):
        scale = _SCALE.match(text, end)
        if scale is not None:
            power = _POWERS[scale["scale"].lower()]
            value, high, end = _scaled(value, power), None if high is None else _scaled(high, power), scale.end()
    amount = _with_unit(text, Amount(value, kind, (), _bound(text, start, end), start, end, unit, high))
    return None if amount.kind == "count" and _MONTH.match(text, end) else amount


def _read(text: str, match: re.Match[str]) -> tuple[float, Kind, str] | None:
    """The value that the number's own words say, its kind and its currency."""
    end = match.end()
    if match["digits"]:
        if refers(text, match.start()) and not match["mark"]:
            return None
        value = float(re.sub(r"[,\u00a0\u202f ]", "", match["digits"]))
        mark = (match["mark"] or "").strip().lower()
        return value, "money" if mark else "count", _CURRENCIES.get(mark, mark)
    if match["words"]:
        number = word_number(match["words"])
        if number is None or (number == 1 and not _ONE.match(text, end)):
            return None
        return number, "count", ""
    if match["multiple"]:
        return next(n for word, n in _MULTIPLES.items() if match["multiple"].lower().startswith(word)), "factor", ""
    if match["part"] or match["cut"]:
        return _fraction(match["part"] or match["cut"]), "share", ""
    if match["rate"]:
        return _RATES[match["rate"].lower()], "rate", ""
    word = match["times"].lower()
    yearly = _UNITS[2][1].match(text, end) is not None
    return None if word == "once" and not yearly else (_TIMES[word], "rate" if yearly else "factor", "")


def _fraction(words: str) -> float:
    parts = re.split(r"[-\s]+", words.lower())
    times = word_number(parts[0]) if len(parts) == 2 else 1
    return (times or 1) * _FRACTIONS[parts[-1].rstrip("s") if parts[-1] != "halfs" else "half"]


def _with_unit(text: str, amount: Amount) -> Amount:
    """The amount with the unit and the words that follow it."""
    if amount.kind in ("share", "factor", "rate"):
        return replace(amount, bound="about") if amount.kind == "share" and amount.bound == "exact" else amount
    found = next(((kind, m) for kind, pattern in _UNITS if (m := pattern.match(text, amount.end))), None)
    kind, unit, size, end = amount.kind, amount.unit, 1.0, amount.end
    if found is not None:
        kind, end = cast(Kind, found[0]), found[1].end()
        size = 0.01 if kind == "share" else 1.0
    if found is not None and kind == "money":
        unit = _CURRENCIES[found[1]["money"].lower()]
    elif found is not None and kind == "time":
        unit, size = _TIME[
            "workday" if found[1]["work"] and found[1]["time"].lower() == "day" else found[1]["time"].lower()
        ]
    made = _sized(replace(amount, kind=kind, unit=unit, end=end), size)
    words: list[str] = []
    at = end
    while len(words) < 4 and (word := _WORD.match(text, at)):
        words.append(stem(word.group(1)))
        at = word.end()
    return replace(made, of=tuple(words), bound=_bound(text, amount.start, end, kind == "time"))


def _sized(amount: Amount, size: float) -> Amount:
    high = None if amount.high is None else _times(amount.high, size)
    return replace(amount, value=_times(amount.value, size), high=high)


def _times(value: float, size: float) -> float:
    return float(Decimal(repr(value)) * Decimal(repr(float(size))))


def _scaled(value: float, power: int) -> float:
    return float(Decimal(repr(value)).scaleb(power))


def _bound(text: str, start: int, end: int, time: bool = False) -> Bound:
    before, after = text[max(0, start - 28) : start], text[end : end + 28]
    bounds = [name for name, words in _BEFORE if words.search(before)]
    bounds += [name for name, words in _AFTER if words.match(after)]
    bound: Bound = bounds[0] if bounds else "exact"
    return "most" if bound == "within" and not time else bound


_SPAN_ZH = rf"(?:\d+(?:[.,]\d+)*|{ZH_NUMBER})"
_MEASURES = "|".join(_DATA["measures"]["chinese"])
_AMOUNT_ZH = re.compile(
    rf"(?P<mark>[$€£¥]\s?)?(?P<number>{_SPAN_ZH}|半)(?:\s?(?:至|到|—|–|-|～|~)\s?(?P<high>{_SPAN_ZH}))?"
    rf"\s*(?P<scale>{one_of(_POWERS_ZH)})?\s*(?P<more>多|余)?"
    rf"(?P<unit>个?(?:{one_of(filter(has_cjk, _TIME))})|个?百分点|[%％]|倍|成(?![为立员果本长功])|"
    rf"{one_of(filter(has_cjk, _CURRENCIES))}|{_MEASURES})"
)
_PARTS_ZH = re.compile(
    rf"百分之(?P<hundredths>{_SPAN_ZH})|(?P<below>{ZH_NUMBER})分之(?P<above>{ZH_NUMBER})|(?P<half>一半|半数)"
)
_DOUBLED_ZH = re.compile(r"翻(?P<times>[一两二三])?番|翻倍|翻一倍|增加一倍")


def _chinese(text: str) -> Iterator[Amount]:
    """The amounts of a Chinese text that have a unit. Counts are marked by ``zh`` in the place of their words."""
    for match in _DOUBLED_ZH.finditer(text):
        yield Amount(2.0 ** (zh_value(match["times"] or "一") or 1), "factor", (), "exact", *match.span())
    parts = [_part_zh(text, match) for match in _PARTS_ZH.finditer(text)]
    yield from parts
    for match in _AMOUNT_ZH.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        dated = re.search(r"[年月]\s*$", before) or (
            match["unit"] == "月" and not text[match.end() : match.end() + 2].endswith("内")
        )
        if dated and match["unit"] in "月日天" and not text.startswith(("内", "以内", "之内"), match.end()):
            continue
        inside = any(part.start < match.end() and match.start() < part.end for part in parts)
        if not inside and not before.endswith(("第", "每")) and not (match["unit"] == "条" and "第" in before):
            yield _amount_zh(text, match)


def _part_zh(text: str, match: re.Match[str]) -> Amount:
    bound = _bound(text, *match.span())
    if match["half"]:
        return Amount(0.5, "share", (), "about" if bound == "exact" else bound, *match.span())
    if match["hundredths"]:
        return Amount(_times(_digits_zh(match["hundredths"]), 0.01), "share", (), bound, *match.span())
    below, above = (zh_value(match[name]) or 1 for name in ("below", "above"))
    return Amount(above / below, "share", (), "about" if bound == "exact" else bound, *match.span())


def _digits_zh(written: str) -> float:
    if written == "半":
        return 0.5
    return float(written.replace(",", "")) if written[0].isdigit() else float(zh_value(written) or 0)


def _amount_zh(text: str, match: re.Match[str]) -> Amount:
    name = match["unit"].removeprefix("个") or "个"
    kind, unit, size = _unit_zh(name, match["mark"])
    power = _POWERS_ZH.get(match["scale"] or "", 0)
    value = _times(_scaled(_digits_zh(match["number"]), power), size)
    high = _times(_scaled(_digits_zh(match["high"]), power), size) if match["high"] else None
    bound = "least" if match["more"] else _bound(text, match.start(), match.end(), kind == "time")
    return Amount(value, kind, ("zh",) if kind == "count" else (), bound, match.start(), match.end(), unit, high)


def _unit_zh(name: str, mark: str | None) -> tuple[Kind, str, float]:
    if name in _TIME:
        return "time", *_TIME[name]
    if name in ("%", "％", "百分点"):
        return "share", "", 0.01
    if name == "成":
        return "share", "", 0.1
    if name == "倍":
        return "factor", "", 1
    if name in _CURRENCIES:
        return "money", _CURRENCIES[(mark or name).strip()], 1
    return "count", "", 1


def same(claim: Amount, passage: Amount) -> bool:
    """Whether the passage's amount is the claim's: a hedged number may be a tenth off, a range holds both its ends.

    Times are the same only where they count exactly into one another: 12 months and a year are, 30 days and a month
    are not. Money in two currencies never is.
    """
    if claim.kind != passage.kind and {claim.kind, passage.kind} != {"count", "factor"}:
        return False
    if claim.kind in ("time", "money") and claim.unit != passage.unit and "¥" not in (claim.unit, passage.unit):
        return False
    if claim.kind == "year":
        return claim.value == passage.value
    loose = ROUND if "about" in (claim.bound, passage.bound) else 0.001
    if claim.high is not None and passage.high is not None:
        return _near(claim.value, passage.value, loose) and _near(claim.high, passage.high, loose)
    return any(_near(a, b, loose) for a in _ends(claim) for b in _ends(passage))


def _ends(amount: Amount) -> Sequence[float]:
    return (amount.value,) if amount.high is None else (amount.value, amount.high)


def _near(a: float, b: float, loose: float) -> bool:
    return abs(a - b) <= loose * max(abs(a), abs(b), 1e-9)


def conflict(claim: Amount, passage: Amount) -> bool:
    """Whether both amounts answer one question with different values.

    Two counts answer one question when they count the same thing (``pillars``), two times when no month or working day
    is so long or so short that they could be equal, two sums of money when they are in one currency.
    """
    if claim.kind != passage.kind or same(claim, passage):
        return False
    if claim.kind == "count":
        return bool(set(claim.of[:3]) & set(passage.of[:3]))
    if claim.kind == "time":
        (low, high), (least, most) = hours(claim), hours(passage)
        return high < least or most < low or claim.unit == passage.unit
    return claim.kind != "money" or claim.unit == passage.unit


def hours(amount: Amount) -> tuple[float, float]:
    """Return the fewest and the most hours that a time may be."""
    low, high = _DATA["hours"][amount.unit]
    return amount.value * low, (amount.high or amount.value) * high


def sums(amounts: Iterable[Amount]) -> dict[str, list[Amount]]:
    """Return the sums of money by currency, and the shares under ``%``, in order."""
    found: dict[str, list[Amount]] = {}
    for amount in amounts:
        if amount.kind in ("money", "share"):
            found.setdefault(amount.unit or "%", []).append(amount)
    return found


def deadlines(amounts: Iterable[Amount]) -> dict[str, list[Amount]]:
    """Return the times within which something is due, by the family in which they are counted."""
    found: dict[str, list[Amount]] = {}
    for amount in amounts:
        if amount.kind == "time" and amount.bound == "within":
            found.setdefault(amount.unit, []).append(amount)
    return found

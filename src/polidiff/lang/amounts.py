"""Numbers in claims and passages: their value, what they count, and whether two of them can both be true."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from polidiff.lang.words import has_cjk, stem

__all__ = ["Amount", "amounts_of", "conflict", "same"]

Bound = Literal["exact", "least", "most", "about"]

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "m": 1e6}
_PARTS = {
    "half": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
    "fifth": 0.2,
    "tenth": 0.1,
    "two-thirds": 2 / 3,
    "thirds": 2 / 3,
}
_MONTHS = "january february march april may june july august september october november december"
_WORD_NUMBER = "|".join(
    sorted([*_UNITS, "single", "once", "twice", "thrice", "annual", "monthly"], key=len, reverse=True)
)
_MULTIPLES = {"doubl": 2.0, "tripl": 3.0, "quadrupl": 4.0}
_FOLD = "|".join(_UNITS)
_NUMBER = re.compile(
    r"(?P<money>[$€£¥]|\b(?:EUR|USD|GBP|RMB)\s?)?(?P<digits>\d+(?:[,\u00a0\u202f ]\d{3})*(?:\.\d+)?)"
    r"(?P<tail>\s?%|x\b|bn\b|m\b)?"
    rf"|\b(?P<fold>{_FOLD})-?fold\b|\b(?P<word>{_WORD_NUMBER})\b"
    r"(?:[-\s](?P<second>one|two|three|four|five|six|seven|eight|nine)\b)?"
    r"|\b(?P<multiple>(?:doubl|tripl|quadrupl)(?:e[sd]?|ing))\b(?![-\s](?:check|standard|count|click))"
    r"|\b(?P<part>half|two-thirds|third|quarter|fifth|tenth)\b(?=\s+of\b)",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\s?(hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"[\s-]*(%|per\s?cent|percent|euros?|dollars?|pounds?|yuan)?[\s-]*((?:[A-Za-z][\w-]*[\s]*){0,4})", re.IGNORECASE
)
_LEAST = re.compile(
    r"(?:at least|no fewer than|not less than|no less than|minimum of|more than|over|or more)\s*$", re.IGNORECASE
)
_MOST = re.compile(
    r"(?:up to|at most|no more than|not more than|not longer than|not exceeding|no later than|not later than|"
    r"within|maximum of|under|fewer than|less than|by)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:about|around|roughly|some|nearly|almost|approximately|only about|an?)\s*$", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:\b(?:articles?|annex|sections?|paragraphs?|points?|recitals?|chapters?|title|orders?|directive|regulation|no\.?|rule|act|pillars?|cp|page|p\.|part|step|phase|figure|table|isbn|\(eu\)|\(ec\))\s*\(?|\d/|/|\(|§\s?)$",
    re.IGNORECASE,
)
_ORDINALS = {
    word: n
    for n, word in enumerate(
        re.findall(
            r"\w+",
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        ),
        start=1,
    )
} | {"thirtieth": 30, "sixtieth": 60, "ninetieth": 90}
_NTH_DAY = re.compile(
    rf"\bthe\s+(?P<nth>{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))\s+(?P<unit>day|week|month)\s+(?:after|following|from|of)\b"
    r"|\bthe\s+(?P<next>day)\s+(?:after|following)\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.0}
_TIME = frozenset({"day", "week", "month", "year", "hour", "decad"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: ``value``, what it is (``kind``), the stems of the words it counts, its bound, its place in the text.

    ``kind`` is ``money``, ``share`` (0..1), ``year``, ``time`` (in days), ``factor``, ``rate`` (times a year) or
    ``count``.
    """

    value: float
    kind: str
    of: tuple[str, ...]
    bound: Bound
    start: int
    end: int


def amounts_of(text: str) -> tuple[Amount, ...]:
    """Return the numbers of ``text`` that count something; numbers of articles, sections and orders are none."""
    found: list[Amount] = []
    if has_cjk(text):
        return tuple(_chinese(text))
    for match in _NTH_DAY.finditer(text):
        word = (match["nth"] or "first").lower()
        count = _ORDINALS.get(word) or int(re.sub(r"\D", "", word))
        days = count * _DAYS[(match["unit"] or match["next"]).lower()]
        found.append(Amount(days, "time", (), "exact", match.start(), match.end()))
    taken = [(amount.start, amount.end) for amount in found]
    for match in _NUMBER.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        before = text[max(0, match.start() - 24) : match.start()]
        made = _amount(text, match, before)
        if made is not None:
            found.append(made)
    return tuple(found)


_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_AMOUNT_ZH = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*|[一二两三四五六七八九十百千]+)\s*(?P<scale>万亿|亿|万)?\s*(?P<more>多|余)?"
    r"(?P<unit>个?工作日|日|天|小时|个?月|年|周|[%％]|倍|(?:欧|美|日)?元|英镑|大|个|项|条|章|名|人|份|处|所|次)"
)
_DOUBLED_ZH = re.compile(r"翻(?P<times>[一两二三])?番|翻倍|翻一倍|增加一倍")
_DAYS_ZH = {"日": 1.0, "天": 1.0, "工作日": 1.0, "小时": 1 / 24, "周": 7.0, "月": 30.0, "年": 365.0}


def _chinese(text: str) -> list[Amount]:
    """The numbers of a Chinese text that have a unit; of a date only its year counts."""
    found = [
        Amount(2.0 ** _numeral(match["times"] or "一"), "factor", (), "exact", match.start(), match.end())
        for match in _DOUBLED_ZH.finditer(text)
    ]
    last = 0
    for match in _AMOUNT_ZH.finditer(text):
        unit = match["unit"].removeprefix("个") or "个"
        raw = match["number"].replace(",", "")
        value = float(raw) if raw[0].isdigit() else _numeral(raw)
        dated = text[last : match.start()].strip() == "" and last and text[last - 1] in "年月"
        before = text[max(0, match.start() - 4) : match.start()]
        last = match.end()
        if dated or before.endswith(("第", "每")) or (unit == "条" and "第" in before):
            continue
        value *= {"万": 1e4, "亿": 1e8, "万亿": 1e12}.get(match["scale"] or "", 1.0)
        kind = "count"
        if unit == "年" and 1900 <= value <= 2100:
            kind = "year"
        elif unit in _DAYS_ZH and not (unit == "月" and not match["unit"].startswith("个")):
            kind, value = "time", value * _DAYS_ZH[unit]
        elif unit in "%％":
            kind, value = "share", value / 100
        elif unit == "倍":
            kind = "factor"
        elif unit.endswith(("元", "英镑")):
            kind = "money"
        more = match["more"] or re.search(r"(?:至少|不少于|超过|逾|多达)$", before)
        bound: Bound = "least" if more else "about" if re.search(r"(?:约|大约|近|将近)$", before) else "exact"
        bound = "most" if re.search(r"(?:至多|不超过|最多|以内)$", before) else bound
        found.append(Amount(value, kind, (), bound, match.start(), match.end()))
    return found


def _numeral(raw: str) -> float:
    total, digit = 0, 0
    for c in raw:
        if c in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[c], 0
        else:
            digit = _DIGITS[c]
    return float(total + digit)


def _amount(text: str, match: re.Match[str], before: str) -> Amount | None:
    end = match.end()
    bound = _bound(before)
    kind, value = "count", 0.0
    if match["digits"]:
        if _REFERENCE.search(before) and not match["money"]:
            return None
        raw = re.sub(r"[,\u00a0\u202f ]", "", match["digits"])
        value = float(raw)
        tail = (match["tail"] or "").strip().lower()
        kind = "money" if match["money"] else "count"
        if tail == "%":
            kind, value = "share", value / 100
        elif tail == "x":
            kind = "factor"
        elif tail in _SCALES:
            value *= _SCALES[tail]
        elif not match["money"] and len(raw) == 4 and 1900 <= value <= 2100 and "," not in match["digits"]:
            return Amount(value, "year", (), bound, match.start(), end)
    elif match["fold"]:
        return Amount(float(_UNITS[match["fold"].lower()]), "factor", (), bound, match.start(), end)
    elif match["multiple"]:
        times = next(n for word, n in _MULTIPLES.items() if match["multiple"].lower().startswith(word))
        return Amount(times, "factor", (), bound, match.start(), end)
    elif match["part"]:
        return Amount(_PARTS[match["part"].lower()], "share", (), "about", match.start(), end)
    else:
        word = match["word"].lower()
        if word in ("once", "twice", "thrice", "annual", "monthly", "single"):
            rate = {"once": 1, "twice": 2, "thrice": 3, "annual": 1, "monthly": 12}
            if word == "single":
                return None
            per = re.match(r"\s+(?:per|a|each|every)\s+(?:year|annum)", text[end:], re.IGNORECASE)
            if word in ("annual", "monthly"):
                if not re.match(r"\s+(?:meeting|gathering|conference|summit|event)s?\b", text[end:], re.IGNORECASE):
                    return None
            elif per is None:
                if word == "once":
                    return None
                return Amount(float(rate[word]), "factor", (), bound, match.start(), end)
            return Amount(float(rate[word]), "rate", (), bound, match.start(), end)
        value = float(_UNITS[word])
        if match["second"] and value >= 20:
            value += _UNITS[match["second"].lower()]
        elif match["second"]:
            end = match.end("word")
        if word == "one" and not re.match(r"[\s-]+(?:day|week|month|year|representative)", text[end:], re.IGNORECASE):
            return None
    scale = _SCALE.match(text, end)
    if scale:
        value *= _SCALES[scale.group(1).lower()]
        end = scale.end()
    after = _AFTER.match(text, end)
    words: tuple[str, ...] = ()
    if after is not None:
        unit = (after.group(1) or "").lower()
        if unit.startswith(("%", "per")):
            kind, value = ("share", value / 100) if kind != "share" else (kind, value)
        elif unit:
            kind = "money"
        words = tuple(stem(word) for word in re.findall(r"[A-Za-z]+", after.group(2)))[:4]
    if words and words[0] == "time" and len(words) > 1 and words[-1] in ("year", "annum") and kind == "count":
        return Amount(value, "rate", (), bound, match.start(), end)
    if words and words[0] == "time" and kind == "count":
        return Amount(value, "factor", (), bound, match.start(), end)
    if words and words[0] in _TIME and kind == "count":
        days = {"day": 1, "week": 7, "month": 30, "year": 365, "hour": 1 / 24, "decad": 3650}
        return Amount(value * days[words[0]], "time", words[1:], bound, match.start(), end)
    if words and words[0] in (stem(m) for m in _MONTHS.split()):
        return None
    return Amount(value, kind, words, bound, match.start(), end)


def _bound(before: str) -> Bound:
    if _LEAST.search(before):
        return "least"
    if _MOST.search(before):
        return "most"
    if _ABOUT.search(before):
        return "about"
    return "exact"


def same(claim: Amount, passage: Amount) -> bool:
    """Whether the passage's number is the claim's: a round or hedged number may be a tenth off."""
    if claim.kind != passage.kind and {claim.kind, passage.kind} != {"count", "factor"}:
        return False
    if claim.kind == "year":
        return claim.value == passage.value
    loose = 0.12 if "about" in (claim.bound, passage.bound) else 0.001
    return abs(claim.value - passage.value) <= loose * max(abs(claim.value), abs(passage.value), 1e-9)


def conflict(claim: Amount, passage: Amount, shared: frozenset[str] = frozenset()) -> bool:
    """Whether both numbers answer one question with different values; ``shared`` are stems that stand in both texts.

    Two counts answer one question when they count the same thing (``pillars``).
    """
    if claim.kind != passage.kind or same(claim, passage):
        return False
    if claim.kind == "count":
        return bool(set(claim.of[:3]) & set(passage.of[:3]))
    return True

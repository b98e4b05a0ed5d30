"""Amounts and deadlines that a provision states, in one form for both languages, so that they can be compared."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from polidiff.model import DifferenceKind

NUMBERS = {
    name: value
    for value, names in (
        (1, "one 一"), (2, "two 二 两"), (3, "three 三"), (4, "four 四"), (5, "five 五"), (6, "six 六"),
        (7, "seven 七"), (8, "eight 八"), (9, "nine 九"), (10, "ten 十"), (12, "twelve 十二"), (15, "fifteen 十五"),
        (20, "twenty 二十"), (30, "thirty 三十"), (45, "forty-five 四十五"), (60, "sixty 六十"), (90, "ninety 九十"),
        (180, "一百八十"),
    )
    for name in names.split()
}  # fmt: skip
"""Numbers written out, as far as deadlines use them."""

SCALES = {
    "thousand": 3,
    "million": 6,
    "m": 6,
    "billion": 9,
    "bn": 9,
    "trillion": 12,
    "千": 3,
    "万": 4,
    "百万": 6,
    "亿": 8,
}
CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "美元": "USD", "€": "EUR", "eur": "EUR",
    "euro": "EUR", "euros": "EUR", "欧元": "EUR", "£": "GBP", "gbp": "GBP", "pounds": "GBP", "英镑": "GBP", "¥": "CNY",
    "rmb": "CNY", "cny": "CNY", "yuan": "CNY", "元": "CNY", "人民币": "CNY",
}  # fmt: skip

DIGITS = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d[\d,]*(?:\.\d+)?)"
"""A number as printed: thousands apart by commas or by spaces."""

SCALE = r"(?:\s?(?P<scale>thousand|million|billion|trillion|bn|m|百万|千|万|亿)(?![a-z]))?"
MONEY = re.compile(rf"(?P<unit>us\$|\$|€|£|¥|usd|eur|gbp|rmb|cny)\s?(?P<number>{DIGITS}){SCALE}", re.IGNORECASE)
MONEY_AFTER = re.compile(
    rf"(?P<number>{DIGITS}){SCALE}\s?(?P<unit>dollars?|euros?|pounds|yuan|美元|欧元|英镑|元|人民币)", re.IGNORECASE
)
SHARE = re.compile(rf"(?P<number>{DIGITS})\s?(?:%|％|per ?cent\b)", re.IGNORECASE)

WRITTEN = "|".join(sorted((name for name in NUMBERS if name.isascii()), key=lambda name: (-len(name), name)))
WRITTEN_ZH = "|".join(sorted((name for name in NUMBERS if not name.isascii()), key=lambda name: (-len(name), name)))
SPAN = re.compile(
    rf"\b(?:within|no later than|not later than|in the next|over the next)\s+(?:the next\s+)?"
    rf"(?P<number>\d+|{WRITTEN})\s+(?:working |business |calendar )?(?P<unit>hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
SPAN_ZH = re.compile(
    rf"(?P<number>\d+|{WRITTEN_ZH})\s?(?:个)?(?:工作)?(?P<unit>小时|日|天|周|星期|月|年)(?:之)?(?:内|以内)"
)
YEAR = re.compile(r"\b(?:by|before|until|no later than)\s+(?:the end of\s+)?(?:[A-Z][a-z]+\s+)?(?P<year>20\d\d)\b")
YEAR_ZH = re.compile(r"(?P<year>20\d\d)年(?:底|末|前|之前|以前)")

UNITS = {
    "hour": ("hours", 1), "小时": ("hours", 1), "day": ("hours", 24), "日": ("hours", 24), "天": ("hours", 24),
    "week": ("hours", 168), "周": ("hours", 168), "星期": ("hours", 168), "month": ("months", 1), "月": ("months", 1),
    "year": ("months", 12), "年": ("months", 12),
}  # fmt: skip


def amounts(text: str) -> dict[str, set[Decimal]]:
    """Return the sums of money by currency, and the shares under ``%``."""
    found: dict[str, set[Decimal]] = {}
    for pattern in (MONEY, MONEY_AFTER):
        for match in pattern.finditer(text):
            value = _decimal(match["number"])
            if value is not None:
                scale = SCALES.get((match["scale"] or "").lower(), 0)
                found.setdefault(CURRENCIES[match["unit"].lower()], set()).add(value.scaleb(scale).normalize())
    for match in SHARE.finditer(text):
        value = _decimal(match["number"])
        if value is not None:
            found.setdefault("%", set()).add(value.normalize())
    return found


def deadlines(text: str) -> dict[str, set[int]]:
    """Return periods in ``hours`` (up to weeks) or ``months``, and the last ``year`` by which something is due."""
    found: dict[str, set[int]] = {}
    for pattern in (SPAN, SPAN_ZH):
        for match in pattern.finditer(text):
            written = match["number"].lower()
            unit, size = UNITS[match["unit"].lower()]
            found.setdefault(unit, set()).add((int(written) if written.isdigit() else NUMBERS[written]) * size)
    for pattern in (YEAR, YEAR_ZH):
        found.setdefault("year", set()).update(int(match["year"]) for match in pattern.finditer(text))
    return {unit: values for unit, values in found.items() if values}


def figures_differ(a: str, b: str) -> tuple[DifferenceKind, ...]:
    """Return ``amount`` or ``deadline`` where both texts state one of a kind and none is the same."""
    found: list[DifferenceKind] = []
    left, right = amounts(a), amounts(b)
    if any(left[unit].isdisjoint(right[unit]) for unit in left.keys() & right.keys()):
        found.append("amount")
    first, second = deadlines(a), deadlines(b)
    if any(first[unit].isdisjoint(second[unit]) for unit in first.keys() & second.keys()):
        found.append("deadline")
    return tuple(found)


def _decimal(written: str) -> Decimal | None:
    try:
        return Decimal("".join(written.replace(",", "").split()))
    except InvalidOperation:
        return None

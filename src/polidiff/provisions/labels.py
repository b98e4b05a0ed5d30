"""Printed labels at the start of a unit: ``(a)``, ``1.``, ``4.1.``, ``（一）``, ``第三条``, and what they may count.

A label is a form and a value; what it counts can be doubtful (``(i)`` is the ninth letter or the first Roman
numeral), so :func:`readings` gives every reading and the sequence decides (:mod:`polidiff.provisions.nest`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ZH_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
ZH_NUMBER = "[零〇一二三四五六七八九十百千两兩]+"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_LABEL = re.compile(
    rf"""(?P<paren>\\?\((?P<pv>\d{{1,3}}[a-z]?|[ivxlc]{{1,7}}|[IVXLC]{{1,7}}|[a-z]{{1,2}}|[A-Z]|(?P<twin>[A-Z])(?P=twin))\\?\))
    |(?P<decimal>(?P<dv>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:\.|\)|(?=[\s\u3000]))(?![\d%]))
    |(?P<dot>(?P<tv>\d{{1,3}}|[a-z]|[A-Z]|[ivx]{{2,5}})\\?[.．](?=[\s\u3000]|(?<=\d[.．])[\u3400-\u9fff“‘《]|$))
    |(?P<close>(?P<cv>\d{{1,3}}|[a-z]|[ivx]{{2,5}})\\?[)）](?=[\s\u3000\u3400-\u9fff]|$))
    |(?P<zhparen>[（(](?P<zv>{ZH_NUMBER}|\d{{1,3}})[）)])
    |(?P<dun>(?P<nv>{ZH_NUMBER}|\d{{1,3}})、)
    |(?P<circled>[{_CIRCLED}])""",
    re.X,
)
_SPACE = re.compile(r"[\s\u3000\xa0|]*")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: ``form`` is how it is set (``()``, ``.``, ``)``, ``1.1``, ``（）``, ``、``, ``①``), ``value`` what it
    says, ``start:end`` where it stands (both equal when no text holds it), ``body`` where the words after it begin.
    """

    form: str
    value: str
    start: int
    end: int
    body: int

    @property
    def printed(self) -> str:
        """The label as a reader would cite it."""
        match self.form:
            case "()":
                return f"({self.value})"
            case "（）":
                return f"（{self.value}）"
            case _:
                return self.value


def label_at(text: str, start: int, end: int) -> Label | None:
    """Return the label with which ``text[start:end]`` begins, or None."""
    match = _LABEL.match(text, start, end)
    if match is None:
        return None
    body = _SPACE.match(text, match.end(), end)
    after = body.end() if body else match.end()
    if match["paren"]:
        return Label("()", match["pv"], start, match.end(), after)
    if match["decimal"]:
        return Label("1.1", match["dv"], start, match.end(), after)
    if match["dot"]:
        return Label(".", match["tv"], start, match.end(), after)
    if match["close"]:
        return Label(")", match["cv"], start, match.end(), after)
    if match["zhparen"]:
        return Label("（）", match["zv"], start, match.end(), after)
    if match["dun"]:
        return Label("、", match["nv"], start, match.end(), after)
    return Label("①", match["circled"], start, match.end(), after)


def label_of_marker(marker: str, start: int) -> Label | None:
    """Return the label that a list's marker says without any text holding it, or None for a bullet."""
    bare = marker.strip()
    found = label_at(f"{bare} ", 0, len(bare) + 1)
    if found is None or found.end != len(bare):
        return None
    return Label(found.form, found.value, start, start, start)


def readings(label: Label) -> list[tuple[str, int]]:
    """Return what the label may count: pairs of a style and an ordinal, likeliest first.

    A style names a kind of count: ``(1)``, ``(a)``, ``(i)``, ``1.``, ``#2`` (decimals of two parts), ``（一）``, …
    """
    value = label.value
    form = label.form
    if form == "1.1":
        parts = value.split(".")
        return [(f"#{len(parts)}", int(parts[-1]))]
    if form == "①":
        return [("①", _CIRCLED.index(value) + 1)]
    if value[0].isdigit():
        return [({"()": "(1)", "（）": "（1）"}.get(form, "1" + form), digits(value))]
    if form in ("（）", "、"):
        return [("一" + form, zh_number(value))]
    out: list[tuple[str, int]] = []
    lower = value.islower()
    wrap = {"()": "({})", ".": "{}.", ")": "{})"}[form]
    ordinal = _letters(value.casefold())
    if ordinal:
        out.append((wrap.format("a" if lower else "A"), ordinal))
    roman = roman_number(value)
    if roman:
        out.append((wrap.format("i" if lower else "I"), roman))
    return out


def digits(value: str) -> int:
    """The leading number of ``value``: 12 for ``12a``."""
    match = re.match(r"\d+", value)
    return int(match.group()) if match else 0


def roman_number(value: str) -> int:
    """The number that Roman numerals say, or 0 when ``value`` is not a well-formed numeral."""
    low = value.casefold()
    if not re.fullmatch(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", low):
        return 0
    total = 0
    for index, char in enumerate(low):
        here = _ROMAN[char]
        after = _ROMAN[low[index + 1]] if index + 1 < len(low) else 0
        total += -here if here < after else here
    return total


def zh_number(value: str) -> int:
    """The number that Chinese numerals (up to thousands) or digits say, 0 when they say none."""
    if value.isdigit():
        return int(value)
    if value and all(c in _ZH_DIGITS for c in value) and len(value) > 1:
        return int("".join(str(_ZH_DIGITS[c]) for c in value))
    total = 0
    current = 0
    for char in value:
        if char in _ZH_DIGITS:
            current = _ZH_DIGITS[char]
        else:
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}.get(char, 0)
            current = 0
    return total + current


def to_zh(number: int) -> str:
    """Write 1..99 in Chinese numerals, larger numbers in digits."""
    if not 0 < number < 100:
        return str(number)
    names = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    out = ("" if tens == 1 else names[tens]) + "十" if tens else ""
    return out + (names[ones] if ones else "")


def _letters(value: str) -> int:
    if not value.isalpha() or not value.isascii():
        return 0
    if len(value) == 1:
        return ord(value) - 96
    if value == value[0] * len(value):
        return 26 * (len(value) - 1) + ord(value[0]) - 96
    if len(value) == 2:
        return 26 * (ord(value[0]) - 96) + ord(value[1]) - 96
    return 0

"""Printed labels at the start of a unit: ``(a)``, ``1.``, ``4.1.``, ``（一）``, ``第三条``, and what they may count.

A label is a form and a value; what it counts can be doubtful (``(i)`` is the ninth letter or the first Roman
numeral), so :func:`readings` gives every reading and the sequence decides (:mod:`polidiff.provisions.nest`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from polidiff.lang.numerals import ZH_NUMBER, letters_number, roman_number, zh_number

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
    if value[0].isdecimal():
        return [({"()": "(1)", "（）": "（1）"}.get(form, "1" + form), digits(value))]
    if form in ("（）", "、"):
        return [("一" + form, zh_number(value))]
    out: list[tuple[str, int]] = []
    lower = value.islower()
    wrap = {"()": "({})", ".": "{}.", ")": "{})"}[form]
    ordinal = letters_number(value.casefold())
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

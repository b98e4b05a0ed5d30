"""Numbers and letters that a list prints although no text holds them."""

from __future__ import annotations

import re

from polidiff.lang.numerals import to_chinese, to_letters, to_roman
from polidiff.readers.html.tree import Element, classes
from polidiff.readers.labels import label_of

_TYPES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
    "cjk-ideographic": "一",
    "simp-chinese-informal": "一",
    "none": "",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")


def counter(number: int, form: str) -> str:
    """Return ``number`` in a list's form: ``1``, ``a``, ``A``, ``i``, ``I`` or ``一``."""
    if number < 1 or number > 100_000:
        return str(number)
    if form in ("a", "A"):
        letters = to_letters(number)
        return letters.upper() if form == "A" else letters
    if form in ("i", "I"):
        letters = to_roman(number)
        return letters.upper() if form == "I" else letters
    return to_chinese(number) if form == "一" else str(number)


def start_of(el: Element) -> int:
    """Return the number of the first item of a list."""
    value = str(el.get("start") or "")
    if re.fullmatch(r"-?\d{1,6}", value):
        return int(value)
    return sum(child.tag == "li" for child in el) if el.get("reversed") is not None else 1


def item_marker(el: Element, item: Element, number: int, words: str) -> str | None:
    """Return what a browser prints before ``item`` of the list ``el``: ``3.``, ``c.``, ``•``.

    Where the item's own words open with a label (lists set without numbers, with the label typed), that label is it.
    """
    style = _STYLE.search(str(item.get("style") or "").lower()) or _STYLE.search(str(el.get("style") or "").lower())
    bare = (style is not None and style.group(1) == "none") or "list-none" in classes(el)
    printed = label_of(words)
    if el.tag != "ol":
        return printed or "•"
    if bare:
        return printed
    if style is not None and style.group(1) in ("disc", "circle", "square"):
        return "•"
    form = str(item.get("type") or el.get("type") or "")
    if style is not None:
        form = _TYPES.get(style.group(1), "1")
    return f"{counter(number, form or '1')}."

"""Running heads, running feet and page numbers: found by repetition across pages, taken out of the body.

A line is a page's furniture when it stands in the outer band of the page, at a height where most pages (or most of the
pages that have a line there) print the same words, digits and roman numbers aside, and nothing stands further out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from polidiff.read.pdf_lines import Line

_BAND = 0.17
"""Share of the page's height, at the top and at the bottom, in which furniture is looked for."""
_ROWS = 5
_SAME = 3.0
"""Points by which the height of the same running head may differ from page to page."""
_ROMAN = re.compile(r"(?i)^m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})$")
_NUMBER_ONLY = re.compile(
    r"(?i)^\W*(?:page|p\.|pg\.?|第)?\s*(\d{1,4}|[ivxlc]{1,7})\s*(?:页|頁)?\s*(?:(?:/|of|\||共)\s*\d{1,4}\s*(?:页|頁)?)?\W*$"
)
_HEADING = re.compile(
    r"(?i)^(?:annex|appendix|schedule|book|part|title|chapter|section|article)\s+[\divxlc]+\W*$|^第.{1,5}[编章节條条部]"
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(slots=True)
class Sheet:
    """One page's lines on their way through the reader. ``label`` is the printed page number once it is found."""

    number: int
    width: float
    height: float
    lines: list[Line]
    label: str | None = None


def remove_furniture(sheets: list[Sheet]) -> None:
    """Take running heads, feet and page numbers out of ``sheets`` and set the pages' printed numbers."""
    gone: dict[int, list[Line]] = defaultdict(list)
    for top in (True, False):
        _edge(sheets, top, gone)
    for sheet in sheets:
        taken = {id(line) for line in gone[sheet.number]}
        if taken:
            sheet.lines = [line for line in sheet.lines if id(line) not in taken]
    _labels(sheets, gone)


def _edge(sheets: list[Sheet], top: bool, gone: dict[int, list[Line]]) -> None:
    bands: dict[int, list[Line]] = {}
    entries: list[tuple[float, int, Line, str]] = []
    for sheet in sheets:
        rows = sorted(sheet.lines, key=lambda line: line.y, reverse=not top)
        limit = _BAND * sheet.height
        band = [line for line in rows[:_ROWS] if (line.y if top else sheet.height - line.y) <= limit]
        bands[sheet.number] = band
        for line in band:
            distance = line.y if top else sheet.height - line.y
            entries.append((distance, sheet.number, line, fold(line.text)))
    entries.sort(key=lambda entry: (entry[0], entry[1]))
    slots: list[list[tuple[float, int, Line, str]]] = []
    for entry in entries:
        if slots and entry[0] - slots[-1][-1][0] <= 0.8 and entry[0] - slots[-1][0][0] <= _SAME:
            slots[-1].append(entry)
        else:
            slots.append([entry])
    entries, slots = _told_apart(slots)
    pages_of: dict[str, set[int]] = defaultdict(set)
    for _, number, _, words in entries:
        pages_of[words].add(number)
    furniture: set[int] = set()
    many = max(3, len(sheets) // 3)
    for slot in slots:
        texts: Counter[str] = Counter()
        for _, _, _, words in slot:
            texts[words] += 1
        repeated = [entry for entry in slot if texts[entry[3]] >= 2]
        pages = {entry[1] for entry in slot}
        if len(repeated) >= 2 and len({entry[1] for entry in repeated}) >= 2 and len(repeated) >= 0.6 * len(slot):
            types = {(round(entry[2].size), entry[2].face) for entry in repeated}
            pure = len(repeated) >= 0.8 * len(slot) and len(pages) >= 4
            for entry in slot:
                same_type = pure and (round(entry[2].size), entry[2].face) in types and len(entry[3]) < 60
                if texts[entry[3]] >= 2 or same_type:
                    furniture.add(id(entry[2]))
    for _, _, line, words in entries:
        if len(pages_of[words]) >= many and 2 * len(pages_of[words]) > len(sheets):
            furniture.add(id(line))
    for sheet in sheets:
        outside = True
        for position, line in enumerate(bands[sheet.number]):
            bare = position == 0 and _bare_number(line.text) == sheet.number
            if outside and (id(line) in furniture or bare):
                gone[sheet.number].append(line)
            elif not _beside(line, bands[sheet.number], gone[sheet.number]):
                outside = False


def _told_apart(
    slots: list[list[tuple[float, int, Line, str]]],
) -> tuple[list[tuple[float, int, Line, str]], list[list[tuple[float, int, Line, str]]]]:
    """Keep folded words only where the number in them counts pages; else words that differ in a number stay apart.

    ``ANNEX I`` and ``ANNEX II`` at the head of two pages are headings, ``page 7`` and ``page 8`` are furniture.
    """
    groups: dict[str, list[tuple[float, int, Line, str]]] = defaultdict(list)
    for slot in slots:
        for entry in slot:
            groups[entry[3]].append(entry)
    counting: set[str] = set()
    for words, group in groups.items():
        if "#" not in words:
            continue
        shifts: Counter[int] = Counter()
        for _, number, line, _ in group:
            shifts.update({value - number for value in _numbers(line.text)})
        label = _HEADING.match(group[0][2].text.strip())
        if shifts and not label and max(shifts.values()) >= max(2, 0.6 * len(group)):
            counting.add(words)
    kept = [
        [(y, number, line, words if words in counting else line.text.casefold()) for y, number, line, words in slot]
        for slot in slots
    ]
    return [entry for slot in kept for entry in slot], kept


def _numbers(text: str) -> set[int]:
    found = {_value(word) for word in re.findall(r"[A-Za-z]+|\d+", text)}
    return {value for value in found if value is not None}


def _beside(line: Line, band: list[Line], taken: list[Line]) -> bool:
    """Whether a line stands on the baseline of one that was taken: it hides nothing further in."""
    return any(abs(line.y - other.y) < 2 and line is not other for other in taken if other in band)


def fold(text: str) -> str:
    """A running head's words with what changes from page to page folded: digits and roman numbers become ``#``."""
    words = ["#" if _ROMAN.match(word) and word else word for word in re.sub(r"\d+", "#", text).split()]
    return " ".join(words).casefold()


def _bare_number(text: str) -> int | None:
    match = _NUMBER_ONLY.match(text.strip())
    return _value(match.group(1)) if match else None


def _value(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    if not _ROMAN.match(word):
        return None
    total = 0
    digits = [_VALUES[c] for c in word.lower()]
    for index, digit in enumerate(digits):
        total += -digit if index + 1 < len(digits) and digits[index + 1] > digit else digit
    return total


def _labels(sheets: list[Sheet], gone: dict[int, list[Line]]) -> None:
    """Find the printed page numbers: the numbers in the furniture that grow by one from page to page."""
    found: dict[int, list[tuple[str, bool, int]]] = {}
    shifts: Counter[tuple[bool, int]] = Counter()
    for sheet in sheets:
        numbers: list[tuple[str, bool, int]] = []
        for line in gone[sheet.number]:
            for word in re.findall(r"[A-Za-z]+|\d+", line.text):
                value = _value(word)
                if value is not None and value < 30_000:
                    numbers.append((word, word.isdigit(), value - sheet.number))
        found[sheet.number] = numbers
        shifts.update({(digit, shift) for _, digit, shift in numbers})
    for sheet in sheets:
        options = [(shifts[(digit, shift)], word) for word, digit, shift in found[sheet.number]]
        if options:
            count, word = max(options, key=lambda option: option[0])
            if count >= 2 or len(sheets) <= 2 or word == str(sheet.number):
                sheet.label = word

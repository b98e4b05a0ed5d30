"""Running heads, running feet and page numbers: found by repetition across pages, taken out of the body.

A line is a page's furniture when it stands in the outer band of the page, at a height where most pages (or most of the
pages that have a line there) print the same words, digits and roman numbers aside, and nothing stands further out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from polidiff.lang.numerals import roman_number
from polidiff.model import Doubt
from polidiff.readers.pdf.line import Line

_BAND = 0.17
"""Share of the page's height, at the top and at the bottom, in which furniture is looked for."""
_ROWS = 5
_HEAD = 24
"""Letters of a heading by which a running head that names it is known."""
_PART = 14
"""Letters that a heading's first line has at least where it is told by that line alone."""
_SAME = 3.0
"""Points by which the height of the same running head may differ from page to page."""
_PAGES = 4
"""Pages from which on rows that print their page's number are running heads whatever else they say."""
_LONGEST = 90
"""Letters that such a row has at most."""
_NUMBER_ONLY = re.compile(
    r"(?i)^\W*(?:page|p\.|pg\.?|第)?\s*(\d{1,4}|[ivxlc]{1,7})\s*(?:页|頁)?\s*(?:(?:/|of|\||共)\s*\d{1,4}\s*(?:页|頁)?)?\W*$"
)
_HEADING = re.compile(
    r"(?i)^(?:annex|appendix|schedule|book|part|title|chapter|section|article)\s+[\divxlc]+\W*$|^第.{1,5}[编章节條条部]"
)


_COUNTED = re.compile(r"^[^\W\d_]{3,}(?: [^\W\d_]+)?\s+(?:\d{1,3}|[IVXL]{1,6})\b|^第.{1,5}[^\W\d_页頁]")
_LARGER = 1.15
"""Times the body's type size from which a counted line is a heading."""


@dataclass(slots=True)
class Sheet:
    """One page's lines on their way through the reader. ``label`` is the printed page number once it is found."""

    number: int
    width: float
    height: float
    lines: list[Line]
    label: str | None = None
    doubt: Doubt = ""
    downwards: bool = False
    """Whether the page is read in columns: width and height are turned then."""
    ours: bool = False
    """Whether we recognised the words on the page's picture ourselves."""
    unseen: list[str] = field(default_factory=list)
    """Words of the text layer that the page does not show, folded."""


@dataclass(slots=True)
class _Row:
    """What stands on one baseline in a page's outer band; ``distance`` is from the page's edge, in points."""

    distance: float
    page: int
    lines: list[Line]
    words: str = ""

    @property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines)


def remove_furniture(sheets: list[Sheet]) -> None:
    """Take running heads, feet and page numbers out of ``sheets`` and set the pages' printed numbers."""
    gone: dict[int, list[Line]] = defaultdict(list)
    large = _large(sheets)
    for top in (True, False):
        _edge(sheets, top, gone, large)
    for sheet in sheets:
        taken = {id(line) for line in gone[sheet.number]}
        if taken:
            sheet.lines = [line for line in sheet.lines if id(line) not in taken]
    _labels(sheets, gone)


def _large(sheets: list[Sheet]) -> tuple[float, set[str]]:
    """The size of running text, and the folded beginnings of all lines in clearly larger type: headings."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size, 1)] += len(line.text)
    body = max(sizes.items(), key=lambda item: (item[1], item[0]))[0] if sizes else 10.0
    heads = {
        _bare(line.text).lstrip("0123456789")[:_HEAD]
        for sheet in sheets
        for line in sheet.lines
        if line.size > 1.15 * body
    }
    return body, {head for head in heads if len(head) >= 4}


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _names_section(row: _Row, inner: _Row | None, body: float, heads: set[str]) -> bool:
    """Whether a page's outermost row prints the name of a section in type no larger than the body's, set apart."""
    line = row.lines[0]
    if line.size > 1.02 * body or len(row.text) > 120:
        return False
    if inner is not None and abs(inner.distance - row.distance) < 1.8 * line.size:
        return False
    words = _bare(row.text)
    words = words.strip("0123456789")
    return words in heads or any(words[:length] in heads for length in range(_PART, min(_HEAD, len(words)) + 1))


def _edge(sheets: list[Sheet], top: bool, gone: dict[int, list[Line]], large: tuple[float, set[str]]) -> None:
    bands = {sheet.number: _band(sheet, top) for sheet in sheets}
    rows = sorted((row for band in bands.values() for row in band), key=lambda row: (row.distance, row.page))
    _name(rows)
    slots: list[list[_Row]] = []
    for row in rows:
        if slots and row.distance - slots[-1][-1].distance <= 0.8 and row.distance - slots[-1][0].distance <= _SAME:
            slots[-1].append(row)
        else:
            slots.append([row])
    pages_of: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        pages_of[row.words].add(row.page)
    furniture = {id(row) for slot in slots for row in _recurring(slot)}
    many = max(3, len(sheets) // 3)
    furniture |= {
        id(row) for row in rows if len(pages_of[row.words]) >= many and 2 * len(pages_of[row.words]) > len(sheets)
    }
    # A title in large type is no running head, though the running head repeats its words.
    least: dict[str, float] = {}
    for row in rows:
        least[row.words] = min(row.lines[0].size, least.get(row.words, 999.0))
    furniture -= {id(row) for row in rows if row.lines[0].size > 1.3 * least[row.words]}
    furniture -= {id(row) for row in rows if _counted_heading(row, large[0])}
    for sheet in sheets:
        band = bands[sheet.number]
        for position, row in enumerate(band):
            bare = position == 0 and _bare_number(row.text) == sheet.number
            if id(row) not in furniture and not bare:
                inner = band[position + 1] if position + 1 < len(band) else None
                if position > 1 or not _names_section(row, inner, *large):
                    break
            gone[sheet.number].extend(row.lines)


def _recurring(slot: list[_Row]) -> list[_Row]:
    """The rows of a slot that come on many pages: the same words, the same type, or the page's number beside a name."""
    found = _half_repeated(slot)
    texts = Counter(row.words for row in slot)
    repeated = [row for row in slot if texts[row.words] >= 2]
    if len({row.page for row in repeated}) < 2 or len(repeated) < 0.6 * len(slot):
        return found
    types = {(round(row.lines[0].size), row.lines[0].face) for row in repeated}
    pure = len(repeated) >= 0.8 * len(slot) and len({row.page for row in slot}) >= 4
    alike = [
        row for row in slot if pure and (round(row.lines[0].size), row.lines[0].face) in types and len(row.words) < 60
    ]
    return [*found, *repeated, *alike, *_numbered(slot)]


def _numbered(slot: list[_Row]) -> list[_Row]:
    """The rows of a slot that print their page's number at one end, where nearly all rows of the slot do.

    A chapter's name stands beside the number, and a short chapter has one page on each side: its words come once.
    """
    shifts: dict[int, set[int]] = {}
    for row in slot:
        ends = re.findall(r"[A-Za-z]+|\d+", row.text)
        values = {_value(word) for word in (ends[:1] + ends[-1:])} if len(row.text) < _LONGEST else set()
        shifts[id(row)] = {value - row.page for value in values if value is not None}
    counts = Counter(shift for found in shifts.values() for shift in found)
    pages = {row.page for row in slot}
    if not counts or len(pages) < _PAGES:
        return []
    shift, most = max(counts.items(), key=lambda item: (item[1], -abs(item[0])))
    if most < max(_PAGES, 0.8 * len(slot)):
        return []
    types = Counter((round(row.lines[0].size), row.lines[0].face) for row in slot)
    usual = max(types.items(), key=lambda item: item[1])[0][0]
    return [row for row in slot if shift in shifts[id(row)] and round(row.lines[0].size) == usual]


def _half_repeated(slot: list[_Row]) -> list[_Row]:
    """The rows of a slot of which one end says the same on nearly all pages: the document's name beside a section's."""
    pages = {row.page for row in slot}
    ends: dict[tuple[str, int], list[_Row]] = defaultdict(list)
    for row in slot:
        cells = [cell for line in row.lines for cell in (line.cells or (line,))]
        if len(cells) == 2 and len(row.text) < _LONGEST:
            for cell in cells:
                if len(_bare(cell.text)) >= _PART:
                    ends[(_bare(cell.text), round(cell.size))].append(row)
    return [row for rows in ends.values() if len(pages) >= _PAGES and len(rows) >= 0.8 * len(slot) for row in rows]


def _counted_heading(row: _Row, body: float) -> bool:
    """Whether a row is a word and a number in type larger than the body's: ``Goal 3`` at the top of its page."""
    return row.lines[0].size > _LARGER * body and bool(_COUNTED.match(row.text)) and not _NUMBER_ONLY.match(row.text)


def _band(sheet: Sheet, top: bool) -> list[_Row]:
    """The outer rows of a page, from its edge inwards."""
    rows: list[_Row] = []
    for line in sorted(sheet.lines, key=lambda line: (line.y, line.x0), reverse=not top):
        distance = line.y if top else sheet.height - line.y
        if distance > _BAND * sheet.height:
            break
        if rows and abs(distance - rows[-1].distance) < 2:
            rows[-1].lines.append(line)
        elif len(rows) == _ROWS:
            break
        else:
            rows.append(_Row(distance, sheet.number, [line]))
    for row in rows:
        row.lines.sort(key=lambda line: line.x0)
    return rows


def _name(rows: list[_Row]) -> None:
    """Give rows the words by which they are compared: folded where the number in them counts pages, else as printed.

    ``ANNEX I`` and ``ANNEX II`` at the head of two pages are headings, ``page 7`` and ``page 8`` are furniture.
    """
    groups: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        # The page's number stands left on one page and right on the next.
        groups[fold(row.text).strip("# |•·–—-") or "#"].append(row)
    for words, group in groups.items():
        shifts: Counter[int] = Counter()
        if "#" in fold(group[0].text) and not _HEADING.match(group[0].text):
            for row in group:
                shifts.update({value - row.page for value in _numbers(row.text)})
        counting = bool(shifts) and max(shifts.values()) >= max(2, 0.6 * len(group))
        for row in group:
            row.words = words if counting else row.text.casefold()


def _numbers(text: str) -> set[int]:
    found = {_value(word) for word in re.findall(r"[A-Za-z]+|\d+", text)}
    return {value for value in found if value is not None}


def fold(text: str) -> str:
    """A running head's words with what changes from page to page folded: digits and roman numbers become ``#``."""
    words = ["#" if roman_number(word) else word for word in re.sub(r"\d+", "#", text).split()]
    return " ".join(words).casefold()


def _bare_number(text: str) -> int | None:
    match = _NUMBER_ONLY.match(text.strip())
    return _value(match.group(1)) if match else None


def _value(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    return roman_number(word) or None


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
                    numbers.append((word, word.isdecimal(), value - sheet.number))
        found[sheet.number] = numbers
        shifts.update({(digit, shift) for _, digit, shift in numbers})
    for sheet in sheets:
        options = [(shifts[(digit, shift)], word) for word, digit, shift in found[sheet.number]]
        if options:
            count, word = max(options, key=lambda option: option[0])
            if count >= 2 or len(sheets) <= 2 or word == str(sheet.number):
                sheet.label = word

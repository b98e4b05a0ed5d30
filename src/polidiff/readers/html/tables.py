"""Tables: which hold data and become rows, and which only place things on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from polidiff.readers.grid import grid_of
from polidiff.readers.html.place import Place
from polidiff.readers.html.tree import Element, words_of
from polidiff.readers.labels import bullet_of, label_of

_HEAVY = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "section", "article")

_TO_THE_END = 1000
"""Rows of a cell that says 0: to the end of its table."""


class TableWalker(Protocol):
    """What files a table's parts: the walk over the page that the table stands on."""

    def caption(self, el: Element, place: Place) -> None:
        """File the table's caption."""

    def row(self, cells: Sequence[Element | None], place: Place) -> None:
        """File one row of data."""

    def labelled(self, label: Element, rest: Sequence[Element], place: Place) -> None:
        """File a row that sets a printed label beside its words."""

    def cell(self, el: Element, place: Place) -> None:
        """File a cell of a table that only places things on the page."""


def walk_table(walker: TableWalker, el: Element, place: Place) -> None:
    """File the table ``el``: caption, then each row as a block of kind ``row``, or the cells of a layout in order."""
    for caption in el.iterchildren("caption"):
        walker.caption(caption, place)
    rows = _rows(el)
    data = _is_data(el, rows)
    grid = grid_of(rows, _span) if data else []
    for index, cells in enumerate(rows):
        filled = [cell for cell in cells if words_of(cell)]
        if not filled:
            continue
        if data:
            walker.row(grid[index], place)
        elif len(filled) >= 2 and _is_label(filled[0]):
            walker.labelled(filled[0], filled[1:], place)
        else:
            for cell in cells:
                walker.cell(cell, place)


def _span(cell: Element) -> tuple[int, int]:
    """Return over how many rows and columns a cell stands."""
    found = [str(cell.get(name) or "") for name in ("rowspan", "colspan")]
    rows, columns = (int(v) if re.fullmatch(r"\d{1,3}", v) else 1 for v in found)
    return rows or _TO_THE_END, columns


def _rows(el: Element) -> list[list[Element]]:
    rows: list[list[Element]] = []
    for part in el:
        if part.tag == "tr":
            rows.append(_cells(part))
        elif part.tag in ("thead", "tbody", "tfoot"):
            rows.extend(_cells(row) for row in part if row.tag == "tr")
    return rows


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _is_label(cell: Element) -> bool:
    words = words_of(cell)
    if not words or len(words) > 16:
        return False
    if bullet_of(f"{words} x") is not None and len(words) <= 2:
        return True
    label = label_of(f"{words} X")
    return label is not None and len(label) >= len(words)


def _is_data(el: Element, rows: list[list[Element]]) -> bool:
    """Whether a table holds data: two columns or more, no tables or headings inside, not only labels."""
    if str(el.get("role") or "") in ("presentation", "none"):
        return False
    width = max((len(cells) for cells in rows), default=0)
    if width < 2:
        return False
    if any(next(cell.iter(*_HEAVY[:7]), None) is not None for cells in rows for cell in cells):
        return False
    if next(el.iter("th"), None) is not None:
        return True
    filled = [[cell for cell in cells if words_of(cell)] for cells in rows]
    filled = [cells for cells in filled if cells]
    labelled = sum(len(cells) >= 2 and _is_label(cells[0]) for cells in filled)
    if width == 2 and labelled == len(filled):
        return False
    if width <= 3 and labelled * 2 > len(filled) and len(filled) <= 2:
        return False
    return len(rows) >= 2

"""Put the pieces of a PDF page into the order of its columns, for a second reading of pages with several columns.

A recursive cut of the page (Nagy and Seth 1984): down a gutter where there is one, else across the widest white band.
No layout code of the pipeline is used.
"""

from __future__ import annotations

from typing import NamedTuple

GUTTER = 8.0
"""Least width of a gutter, in points."""

COLUMN = 0.15
"""Least width of a column, as a share of the page's: narrower ones are labels or numbers beside their lines."""

LINES = 6
"""Least lines in a column."""


class Item(NamedTuple):
    """A piece of text on a page; ``x`` and ``y`` of its top left corner, and its size, in points."""

    x: float
    y: float
    width: float
    height: float
    text: str


def in_columns(items: list[Item], page_width: float) -> list[str]:
    """Return the text of a page's columns in reading order; one text for a page of one column."""
    columns: list[list[Item]] = [[]]
    _cut([item for item in items if item.text.strip()], page_width, columns)
    return ["\n".join(item.text for item in column) for column in columns if column]


def _cut(items: list[Item], page_width: float, out: list[list[Item]]) -> None:
    """Append ``items`` to the last of ``out``, opening a new list at each gutter."""
    stack = [items]
    while stack:
        region = stack.pop()
        if region is _TURN:
            out.append([])
            continue
        gutter = _gutter(region, page_width)
        if gutter is not None:
            left = [item for item in region if item.x < gutter]
            right = [item for item in region if item.x >= gutter]
            stack += [_TURN, right, _TURN, left, _TURN]
            continue
        band = _band(region)
        if band is None:
            out[-1].extend(sorted(region, key=lambda item: (round(item.y), item.x)))
        else:
            stack += [[item for item in region if item.y >= band], [item for item in region if item.y < band]]


_TURN: list[Item] = []


def _gutter(items: list[Item], page_width: float) -> float | None:
    """The x of a white strip from top to bottom with a column on either side, or None."""
    reach = 0.0
    best: tuple[float, float] | None = None
    for index, item in enumerate(sorted(items, key=lambda item: item.x)):
        if index and item.x - reach >= GUTTER:
            left = [one for one in items if one.x < item.x]
            right = [one for one in items if one.x >= item.x]
            if all(_is_column(side, page_width) for side in (left, right)):
                width = item.x - reach
                if best is None or width > best[0]:
                    best = (width, item.x)
        reach = max(reach, item.x + item.width)
    return None if best is None else best[1]


def _is_column(items: list[Item], page_width: float) -> bool:
    wide = max(item.x + item.width for item in items) - min(item.x for item in items)
    return len({round(item.y) for item in items}) >= LINES and wide >= COLUMN * page_width


def _band(items: list[Item]) -> float | None:
    """The y below the widest white band across ``items``, or None where there is none."""
    reach = float("-inf")
    best: tuple[float, float] | None = None
    for index, item in enumerate(sorted(items, key=lambda item: item.y)):
        if index and item.y - reach > 0 and (best is None or item.y - reach > best[0]):
            best = (item.y - reach, item.y)
        reach = max(reach, item.y + item.height)
    return None if best is None else best[1]

"""What else a page draws beside letters: bullets, rules that may strike words through, pictures, coloured ground.

Places are in points from the top left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from polidiff.readers.pdf.calls import address, calls_of, handle_of

Crop = tuple[float, float, float, float]

MOST_OBJECTS = 60_000
"""Drawn objects of one page that are looked at: a map may have more."""

_THIN = 2.2
"""Points that a rule through words may be thick."""


class Rule(NamedTuple):
    """A thin level line: left and right edge, and the height of its middle."""

    x0: float
    x1: float
    y: float


class Upright(NamedTuple):
    """A thin upright line: the place of its middle, upper and lower end."""

    x: float
    y0: float
    y1: float


class Area(NamedTuple):
    """A rectangle that a drawn object takes up: its pdfium ``kind`` and address, and how many come before it."""

    x0: float
    y0: float
    x1: float
    y1: float
    kind: int
    shape: int
    order: int

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(slots=True)
class Drawn:
    """The shapes of one page that matter to its words; ``first`` is how many are drawn before its first words."""

    dots: list[tuple[float, float, float]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    uprights: list[Upright] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    first: int = MOST_OBJECTS


def drawn_on(raw: Any, page: Any, crop: Crop, turn: int, words: Container[int]) -> Drawn:
    """Return the shapes of a pdfium page: small round ones, thin level ones, and areas that could lie behind words.

    ``words`` holds the addresses of its text objects.
    """
    calls = calls_of(raw)
    handle = handle_of(page.raw)
    edges = [ctypes.c_float() for _ in range(4)]
    places = [address(ctypes.addressof(edge)) for edge in edges]
    found = Drawn()
    path, text, page_object = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT, calls.page_object
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)):
        shape = page_object(handle, index)
        if shape in words:
            if index < found.first:
                found.first = index
            continue
        if not shape or (kind := calls.object_type(address(shape))) == text:
            continue
        if not calls.bounds(address(shape), *places):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        (x0, y0), (x1, y1) = placed(left, bottom, crop, turn), placed(right, top, crop, turn)
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        wide, high = x1 - x0, y1 - y0
        if kind == path:
            if 1 < wide < 9 and 0.6 < wide / max(high, 0.1) < 1.6:
                found.dots.append((x0, x1, (y0 + y1) / 2))
            elif high <= _THIN and wide > 2:
                found.rules.append(Rule(x0, x1, (y0 + y1) / 2))
            elif wide <= _THIN and high > 2:
                found.uprights.append(Upright((x0 + x1) / 2, y0, y1))
        if wide > 3 and high > 3:
            found.areas.append(Area(x0, y0, x1, y1, kind, shape, index))
    return found


def order_of(raw: Any, page: Any) -> dict[int, int]:
    """Return how many objects of the page come before each, by its address."""
    page_object = calls_of(raw).page_object
    handle = handle_of(page.raw)
    count = min(raw.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)
    return {shape: index for index in range(count) if (shape := page_object(handle, index))}


def placed(x: float, y: float, crop: Crop, turn: int) -> tuple[float, float]:
    """Turn a place in the page's own space into points from the top left corner as shown."""
    left, bottom, right, top = crop
    if turn == 90:
        return y - bottom, x - left
    if turn == 180:
        return right - x, y - bottom
    if turn == 270:
        return top - y, right - x
    return x - left, top - y


def struck_by_notes(raw: Any, page: Any, crop: Crop, turn: int) -> Iterator[Rule]:
    """Yield a rule for each line of words that a strike-out annotation of the page goes through."""
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(note) != raw.FPDF_ANNOT_STRIKEOUT:
                continue
            quad = raw.FS_QUADPOINTSF()
            for part in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
                if not raw.FPDFAnnot_GetAttachmentPoints(note, part, quad):
                    continue
                corners = ((quad.x1, quad.y1), (quad.x2, quad.y2), (quad.x3, quad.y3), (quad.x4, quad.y4))
                spots = [placed(*corner, crop, turn) for corner in corners]
                across = [x for x, _ in spots]
                down = [y for _, y in spots]
                # the quadrilateral reaches from the descenders to the ascenders: the rule stands a little below half
                yield Rule(min(across), max(across), min(down) + 0.55 * (max(down) - min(down)))
        finally:
            raw.FPDFPage_CloseAnnot(note)


def text_places(raw: Any, page: Any) -> list[tuple[float, float]]:
    """Return the left and lower edge, in the page's own space, of each text object of a page."""
    calls = calls_of(raw)
    handle = handle_of(page.raw)
    edges = [ctypes.c_float() for _ in range(4)]
    places = [address(ctypes.addressof(edge)) for edge in edges]
    found = []
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)):
        shape = calls.page_object(handle, index)
        if (
            shape
            and calls.object_type(address(shape)) == raw.FPDF_PAGEOBJ_TEXT
            and calls.bounds(address(shape), *places)
        ):
            found.append((edges[0].value, edges[1].value))
    return found


def in_columns(places: list[tuple[float, float]]) -> bool:
    """Return whether single letters follow one another downwards: each close below the one drawn before it."""
    below = sum(abs(left - x) < 1 and 4 < y - low < 60 for (x, y), (left, low) in itertools.pairwise(places))
    return len(places) >= 8 and below > 0.6 * (len(places) - 1)

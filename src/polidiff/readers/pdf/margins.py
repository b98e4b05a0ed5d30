"""Notes in the margin, as laws and judgments print them beside a paragraph: parted from the lines beside them."""

from __future__ import annotations

from typing import NamedTuple

from polidiff.readers.pdf.line import Line

_SMALLER = 0.92
"""Share of the body's type size under which words in the margin are notes."""
_FREE = 0.8
"""Type sizes of the body between its edge and a note."""
_FEWEST = 5
"""Lines of the body that a page has at least where its edges can be told."""
_SHARE = 0.25
"""Most letters in the margin, as a share of the body's."""
_LONG = 0.6
"""Share of the body's width from which a line shows where the body ends."""


class Margins(NamedTuple):
    """The lines of a page's body, and those in its margins from top to bottom."""

    body: list[Line]
    notes: list[Line]


def part_margins(segments: list[Line]) -> Margins:
    """Return the segments of a page, those in its margins apart."""
    letters: dict[float, int] = {}
    for line in segments:
        letters[round(line.size, 1)] = letters.get(round(line.size, 1), 0) + len(line.text)
    size = max(letters.items(), key=lambda item: (item[1], item[0]))[0] if letters else 0.0
    body = [line for line in segments if line.size > _SMALLER * size and len(line.text) > 3]
    small = [line for line in segments if line.size <= _SMALLER * size and _worded(line)]
    if len(body) < _FEWEST or not small:
        return Margins(segments, [])
    left, right = min(line.x0 for line in body), max(line.x1 for line in body)
    long = sum(line.x1 - line.x0 > _LONG * (right - left) for line in body)
    if 3 * long < len(body):
        return Margins(segments, [])
    notes = [line for line in small if line.x0 > right + _FREE * size or line.x1 < left - _FREE * size]
    top, foot = min(line.y for line in body), max(line.y for line in body)
    notes = [line for line in notes if top - size < line.y < foot + size]
    if not notes or sum(len(line.text) for line in notes) > _SHARE * sum(len(line.text) for line in body):
        return Margins(segments, [])
    found = {id(line) for line in notes}
    return Margins([line for line in segments if id(line) not in found], sorted(notes, key=lambda line: line.y))


def _worded(line: Line) -> bool:
    return sum(char.isalpha() for char in line.text) >= 3

"""Labels that stand left of a block of text at half its height, as in forms and sheets: read before the block."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from polidiff.readers.labels import label_of
from polidiff.readers.pdf.line import Line

_LONGEST = 40
"""Letters that such a label has at most."""
_FREE = 0.8
"""Type sizes between a label and its block."""
_APART = 1.25
"""Times the closest step between two lines of the block from which a step ends it."""


def part_labels(segments: Sequence[Line]) -> tuple[list[Line], list[tuple[Line, Line]]]:
    """Return a column's segments without the labels beside their blocks, and each label with its block's first line.

    A label on the first line of its block stays where it is: it is read before the block as it stands.
    """
    found = [(line, first) for line in segments if (first := _block_of(line, segments)) is not None]
    labels = {id(line) for line, _ in found}
    return [line for line in segments if id(line) not in labels], found


def _block_of(label: Line, segments: Sequence[Line]) -> Line | None:
    """The first line of the block that ``label`` stands beside, where the block begins above it; else None."""
    words = label.text.strip()
    if len(words) > _LONGEST or not any(char.isalpha() for char in words) or label_of(label.text) is not None:
        return None
    beside = [
        line
        for line in segments
        if line.x0 > label.x1 + _FREE * label.size and abs(line.y - label.y) < 0.75 * line.size and line is not label
    ]
    if not beside:
        return None
    edge = min(beside, key=lambda line: line.x0).x0
    block = sorted((line for line in segments if abs(line.x0 - edge) < 2), key=lambda line: line.y)
    at = min(range(len(block)), key=lambda index: abs(block[index].y - label.y))
    steps = [b.y - a.y for a, b in pairwise(block) if b.y - a.y > 0.5 * a.size]
    if not steps:
        return None
    first, last = at, at
    while first and block[first].y - block[first - 1].y < _APART * min(steps):
        first -= 1
    while last + 1 < len(block) and block[last + 1].y - block[last].y < _APART * min(steps):
        last += 1
    rows = [line.y for line in block[first : last + 1]]
    if not rows[0] + 0.3 * label.size < label.y < rows[-1] + 0.3 * label.size or len(rows) < 3:
        return None
    left = [line for line in segments if line.x1 < edge and rows[0] - label.size < line.y < rows[-1] + label.size]
    if any(abs(line.y - rows[0]) < 0.3 * label.size or line.y < rows[0] for line in left):
        return None
    return block[first] if sum(len(line.text) for line in left) <= 3 * _LONGEST else None

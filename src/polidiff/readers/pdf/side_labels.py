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
_LARGE = 1.5
"""Times the type size of the block from which a number beside it is a label; others number a list or count lines."""
_APART = 1.25
"""Times the closest step between two lines of the block from which a step ends it."""


def part_labels(segments: Sequence[Line]) -> tuple[list[Line], list[tuple[Line, Line]]]:
    """Return a column's segments without the labels beside their blocks, and each label with its block's first line.

    A label on the first line of its block stays where it is, it is read before the block as it stands; a bold one in a
    column of such labels heads its block.
    """
    found = [(line, first) for line in segments if (first := _block_of(line, segments)) is not None]
    found = found or _side_headings(segments)
    labels = {id(line) for line, _ in found}
    return [line for line in segments if id(line) not in labels], found


def _block_of(label: Line, segments: Sequence[Line]) -> Line | None:
    """The first line of the block that ``label`` stands beside, where the block begins above it; else None."""
    number = label.text.strip().isdecimal()
    if not (_worded(label) or number):
        return None
    beside = [
        line
        for line in segments
        if line.x0 > label.x1 + _FREE * min(label.size, line.size)
        and abs(line.y - label.y) < 0.75 * line.size
        and line is not label
    ]
    if not beside:
        return None
    edge = min(beside, key=lambda line: line.x0).x0
    block = sorted((line for line in segments if abs(line.x0 - edge) < 2), key=lambda line: line.y)
    at = min(range(len(block)), key=lambda index: abs(block[index].y - label.y))
    if number and label.size < _LARGE * block[at].size:
        return None
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


def _worded(label: Line) -> bool:
    """Whether a line is short, has words and no number of a list."""
    words = label.text.strip()
    return len(words) <= _LONGEST and any(char.isalpha() for char in words) and label_of(label.text) is None


def _side_headings(segments: Sequence[Line]) -> list[tuple[Line, Line]]:
    """The bold headings in a narrow column left of the paragraphs that they head, each with its paragraph's first line.

    Nothing stands right of the paragraphs, which are not bold and of two lines or more: a table's rows are neither.
    """
    bold = [line for line in segments if line.bold and _worded(line)]
    if len(bold) < 2:
        return []
    left = min(line.x0 for line in bold)
    heads = sorted((line for line in bold if abs(line.x0 - left) < 2), key=lambda line: line.y)
    edge = max(line.x1 for line in heads) + _FREE * heads[0].size
    beside = sorted((line for line in segments if line.x0 > edge), key=lambda line: line.y)
    if not beside or any(abs(line.x0 - beside[0].x0) > 3 * line.size for line in beside if not line.bold):
        return []
    found: list[tuple[Line, Line]] = []
    for head in heads:
        if any(line.x1 < edge and not line.bold and abs(line.y - head.y) < 1 for line in segments):
            return []
        level = [line for line in beside if abs(line.y - head.y) < 0.3 * head.size]
        above = found[-1] if found and head.y - found[-1][0].y < _APART * 1.3 * head.size else None
        if len(level) == 1 and not level[0].bold and above is None:
            found.append((head, level[0]))
        elif above is not None:
            found.append((head, above[1]))
    firsts = {id(first): first for _, first in found}
    if len(firsts) < 2:
        return []
    for first in firsts.values():
        below = [line for line in beside if 0.5 * line.size < line.y - first.y < 2 * line.size]
        if not below or any(id(line) in firsts for line in below):
            return []
    return found

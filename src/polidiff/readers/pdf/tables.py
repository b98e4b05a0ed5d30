"""Tables: which printed lines are a table's, which of them make one row, and what stands in each cell."""

from __future__ import annotations

import re

from polidiff.readers.labels import BULLETS, label_of
from polidiff.readers.pdf.line import Line

_DASH = re.compile(r"^[-–—*o§](?=\s)")
_BARE = re.compile(r"^\d{1,4}[A-Z]{0,2}$")
_ROUND = re.compile(r"^o\s+[A-Z“‘\"]")
_CLOSED = re.compile(r"[.!?:;,]['\"’”)]*\s*$")
_APART = 1.6
"""A gap over this many ems inside a line parts two cells."""
_CLOSE = 2.5
"""Ems by which a cell may stand beside what its column holds so far: a centred head over words set left."""
_LOOSE = 1.22
"""A gap between baselines over this multiple of the table's closest one begins a new row."""


def bullet(line: Line) -> str | None:
    """The bullet glyph that opens a line, as printed, or None."""
    first = line.parts[0]
    glyph = first.text.strip()[:1]
    if not glyph:
        return None
    alone = len(first.text.strip()) == 1 and len(line.parts) > 1
    if alone and first.face.symbol:
        return glyph
    if line.dot:
        return "•"
    if glyph in BULLETS or "\uf000" <= glyph <= "\uf0ff":
        return glyph if len(line.text.strip()) > 1 else None
    if _DASH.match(line.text.lstrip()) and glyph not in "o§*" and len(line.text.strip()) > 3:
        return glyph
    if alone and glyph in "o§*" and line.gaps:
        return glyph
    if _ROUND.match(line.text.lstrip()):
        return glyph
    return None


def table_rows(lines: list[Line], taken: set[int]) -> dict[int, int]:
    """Number the rows of the tables among ``lines`` (all but those in ``taken``): index of a line → its row.

    Two lines that follow one another and are cut by wide gaps (a list's number aside) make a table; the lines above and
    below that fit its columns belong to it.
    """
    rows: dict[int, int] = {}
    count = 0
    index = 0
    while index < len(lines):
        block = _table(lines, index, taken)
        if len(block) < 2:
            index += 1
            continue
        gaps = [lines[at].y - lines[at - 1].y for at in block[1:]]
        closest = min(gaps)
        loose = max(gaps) > _LOOSE * closest
        edge = min(lines[at].x0 for at in block)
        for at in block:
            new = lines[at].y - lines[at - 1].y > _LOOSE * closest if loose else lines[at].x0 < edge + lines[at].size
            new = new and not _goes_on(lines[at - 1], lines[at], lines[block[0]])
            if at == block[0] or new:
                count += 1
            rows[at] = count
        index = block[-1] + 1
    return rows


def _goes_on(above: Line, line: Line, first: Line) -> bool:
    """Whether every cell of ``line`` goes on with the sentence of the one above it, in a table that opens with one."""
    if len(above.cells) != len(line.cells) or not first.text.lstrip()[:1].isupper():
        return False
    return all(
        lower.text.lstrip()[:1].islower() and upper.text.count(" ") >= 2 and not _CLOSED.search(upper.text)
        for upper, lower in zip(above.cells, line.cells, strict=True)
    )


def row_cells(lines: list[Line]) -> list[list[Line]]:
    """The lines of each cell of one row, from left to right."""
    cells: list[list[Line]] = []
    edges: list[tuple[float, float]] = []
    for part in sorted((part for line in lines for part in _parts(line)), key=lambda part: part.x0):
        if edges and part.x0 < edges[-1][1]:
            edges[-1] = (edges[-1][0], max(edges[-1][1], part.x1))
            cells[-1].append(part)
        else:
            edges.append((part.x0, part.x1))
            cells.append([part])
    for cell in cells:
        cell.sort(key=lambda part: part.y)
    return cells


def _parts(line: Line) -> tuple[Line, ...]:
    return line.cells or (line,)


def _numbered(line: Line) -> bool:
    """Whether a line is a bare number and the words that hang beside it: a section's title as often as a row."""
    return len(line.cells) == 2 and bool(_BARE.match(line.cells[0].text.strip()))


def _wide(line: Line) -> bool:
    gaps = line.gaps
    first = line.parts[0].text.strip()
    if gaps and (bullet(line) or label_of(line.text) == first or label_of(first + " ") == first):
        gaps = gaps[1:]
    return len(line.cells) > 1 and any(gap > _APART * line.size for gap in gaps)


def _table(lines: list[Line], start: int, taken: set[int]) -> list[int]:
    """The indices of the table that begins at line ``start``, or fewer than two where there is none."""
    if start in taken or not _wide(lines[start]) or _numbered(lines[start]):
        return []
    spans = [(part.x0, part.x1) for part in lines[start].cells]
    block = [start]
    wide = 1
    for at in range(start + 1, len(lines)):
        line, before = lines[at], lines[at - 1]
        step = line.y - before.y
        near = line.page == before.page and line.column == before.column and 0 < step < 3.5 * line.size
        if at in taken or not near:
            break
        homes = [_home(part, spans) for part in _parts(line)]
        if None in homes or len(set(homes)) < len(homes):
            break
        if len(homes) == 1 and (step > 1.7 * line.size or (not _wide(before) and homes == [0] and _full(line, spans))):
            break
        wide += _wide(line)
        block.append(at)
        for part, home in zip(_parts(line), homes, strict=True):
            if home is not None:
                spans[home] = (min(spans[home][0], part.x0), max(spans[home][1], part.x1))
    return block if wide >= 2 else []


def _home(part: Line, spans: list[tuple[float, float]]) -> int | None:
    """The column that a cell stands in: the only one that it overlaps, or begins close to; else None."""
    over = [index for index, (x0, x1) in enumerate(spans) if part.x0 < x1 and part.x1 > x0]
    if len(over) == 1:
        return over[0]
    if over:
        return None
    apart, nearest = min((max(x0 - part.x1, part.x0 - x1), index) for index, (x0, x1) in enumerate(spans))
    return nearest if apart < _CLOSE * part.size else None


def _full(line: Line, spans: list[tuple[float, float]]) -> bool:
    return line.x1 > spans[0][1] + line.size

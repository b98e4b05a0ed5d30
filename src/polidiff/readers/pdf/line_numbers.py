"""Line numbers in the margin, as bills and drafts for comment print them: found by counting, taken out of the text."""

from __future__ import annotations

from itertools import pairwise

from polidiff.readers.pdf.furniture import Sheet
from polidiff.readers.pdf.line import Line
from polidiff.readers.pdf.lines import joined

_FIVE = 5
"""Lines between two numbers where not all lines are numbered."""
_FEWEST = 8
"""Numbers that a page of numbered lines has at least."""


def take_line_numbers(sheets: list[Sheet]) -> None:
    """Take the numbers of lines out of ``sheets`` where most lines of a page are counted in the margin."""
    found = {sheet.number: numbers for sheet in sheets if (numbers := _numbers(sheet))}
    if not found:
        _take_fives(sheets)
        return
    if 2 * len(found) < sum(len(sheet.lines) >= _FEWEST for sheet in sheets):
        return
    # The last page of a part has fewer lines.
    for sheet in sheets:
        if sheet.number not in found and 0 < len(sheet.lines) < 2 * _FEWEST:
            found[sheet.number] = _numbers(sheet, 1)
    for sheet in sheets:
        numbers = found.get(sheet.number, {})
        lines: list[Line] = []
        for line in sheet.lines:
            if id(line) not in numbers:
                lines.append(line)
            elif len(line.cells) > 1:
                rest = joined(list(line.cells[1:]))
                rest.column, rest.left, rest.right = line.column, rest.x0, line.right
                lines.append(rest)
        sheet.lines = lines


def _take_fives(sheets: list[Sheet]) -> None:
    """Take out the numbers of every fifth line, which stand in the margin beside the lines."""
    found = {sheet.number: numbers for sheet in sheets if (numbers := _fives(sheet))}
    if 2 * len(found) < sum(len(sheet.lines) >= 2 * _FIVE for sheet in sheets):
        return
    for sheet in sheets:
        numbers = found.get(sheet.number, set())
        lines: list[Line] = []
        for line in sheet.lines:
            rest = [cell for cell in line.cells or (line,) if id(cell) not in numbers]
            if len(rest) == len(line.cells or (line,)):
                lines.append(line)
            elif rest:
                kept = joined(rest)
                kept.column, kept.left, kept.right = line.column, line.left, max(cell.x1 for cell in rest)
                lines.append(kept)
        sheet.lines = lines


def _fives(sheet: Sheet) -> set[int]:
    """The cells of a page, by identity, that hold 5, 10, 15 … below one another at equal steps, beside the words."""
    cells = [cell for line in sheet.lines for cell in (line.cells or (line,))]
    numbers = [(cell, int(cell.text)) for cell in cells if cell.text.strip().isdecimal() and len(cell.text) <= 3]
    numbers = sorted((one for one in numbers if one[1] % _FIVE == 0), key=lambda one: one[0].y)
    worded = [cell for cell in cells if any(char.isalpha() for char in cell.text)]
    run = [one for at, one in enumerate(numbers) if one[1] == _FIVE * (at + 1)]
    if len(run) < 2 or len(run) != len(numbers) or not worded:
        return set()
    steps = [after.y - before.y for (before, _), (after, _) in pairwise(run)]
    outside = run[0][0].x0 > max(cell.x1 for cell in worded) or run[0][0].x1 < min(cell.x0 for cell in worded)
    level = max(cell.x0 for cell, _ in run) - min(cell.x0 for cell, _ in run) < 2 * run[0][0].size
    even = max(steps) < 1.4 * min(steps) and min(steps) > 3 * run[0][0].size
    return {id(cell) for cell, _ in run} if outside and level and even else set()


def _numbers(sheet: Sheet, fewest: int = _FEWEST) -> dict[int, int]:
    """The lines of a page that a number in the margin opens, by identity, where they count up and are most of it."""
    marked: list[tuple[Line, int, float]] = []
    for line in sorted(sheet.lines, key=lambda line: line.y):
        first = line.cells[0] if line.cells else line
        words = first.text.strip()
        if words.isdecimal() and len(words) <= 3:
            marked.append((line, int(words), first.x1))
    best: list[tuple[Line, int, float]] = []
    run: list[tuple[Line, int, float]] = []
    for entry in marked:
        if run and entry[1] == run[-1][1] + 1 and abs(entry[2] - run[-1][2]) < 4:
            run.append(entry)
        elif not run or entry[1] != run[-1][1]:
            run = [entry]
        if len(run) > len(best):
            best = list(run)
    if len(best) < fewest or best[0][1] > 2:
        return {}
    edge = max((x1 for _, _, x1 in best), default=0.0)
    worded = [line for line in sheet.lines if any(c.isalpha() for c in line.text)]
    inner = [line for line in worded if (line.cells[1].x0 if len(line.cells) > 1 else line.x0) > edge - 1]
    if len(inner) < 0.8 * len(worded) or 10 * len(best) < 6 * len(worded):
        return {}
    return {id(line): number for line, number, _ in best}

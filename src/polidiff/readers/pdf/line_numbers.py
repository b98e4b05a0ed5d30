"""Line numbers in the margin, as bills and drafts for comment print them: found by counting, taken out of the text."""

from __future__ import annotations

from polidiff.readers.pdf.furniture import Sheet
from polidiff.readers.pdf.line import Line
from polidiff.readers.pdf.lines import joined

_FEWEST = 8
"""Numbers that a page of numbered lines has at least."""


def take_line_numbers(sheets: list[Sheet]) -> None:
    """Take the numbers of lines out of ``sheets`` where most lines of a page are counted in the margin."""
    found = {sheet.number: numbers for sheet in sheets if (numbers := _numbers(sheet))}
    if not found or 2 * len(found) < sum(len(sheet.lines) >= _FEWEST for sheet in sheets):
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

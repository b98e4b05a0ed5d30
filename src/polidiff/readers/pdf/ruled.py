"""Tables whose cells a page rules: from level and upright rules to columns and rows, and the words of each cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from polidiff.readers.pdf.chars import Run
from polidiff.readers.pdf.drawn import Area, Rule, Upright

_NEAR = 2.5
"""Points by which ends and edges of rules may miss one another and still meet."""
_ACROSS = 0.4
"""Share of a table's width that the rules between two rows take up, at least; a cell over two rows lacks its part."""
_CROSSED = 0.05
"""Share of the words inside that may run over an upright rule: over more of them the rules are no cells' borders."""
_WIDE, _HIGH = 100.0, 14.0
"""Points that a table is wide and a row is high, at least."""
_BOXES = 3
_BOX_WIDE, _BOX_WIDEST, _BOX_HIGH, _BOX_HIGHEST = 50.0, 220.0, 25.0, 170.0
"""Points between which the boxes of a graphic are wide and high; larger ones hold columns of text."""
_BOX_LETTERS = 220
"""Letters that such a box may hold."""
_WALL = 0.5
"""Points by which a rule may stand beside the gap between two words and still part them."""
_MOST = 4000
"""Rules of one page that are looked at: a drawing has more."""


class Ruled(NamedTuple):
    """A table: the places of its upright rules from left to right, and of its level rules from top to bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def cell(self, run: Run) -> tuple[int, int] | None:
        """Return the row and the column that a run stands in, or None for one outside of the table."""
        middle = run.y - 0.3 * run.size
        if not (self.ys[0] < middle < self.ys[-1] and self.xs[0] - _NEAR < run.x0 and run.x1 < self.xs[-1] + _NEAR):
            return None
        column = min(max(bisect_right(self.xs, run.x0 + 0.5), 1), len(self.xs) - 1) - 1
        return bisect_right(self.ys, middle) - 1, column


class Walls:
    """The upright rules of a page that may part the words on their two sides, as those between narrow cells do."""

    def __init__(self, uprights: Sequence[Upright]) -> None:
        self._uprights = sorted(uprights) if len(uprights) <= _MOST else []
        self._xs = [one.x for one in self._uprights]

    def __bool__(self) -> bool:
        return bool(self._xs)

    def part(self, left: float, right: float, y: float) -> bool:
        """Return whether an upright rule stands between two places at a height."""
        at = bisect_left(self._xs, left - _WALL)
        return any(one.y0 <= y <= one.y1 for one in self._uprights[at : bisect_right(self._xs, right + _WALL)])


def ruled_tables(rules: Sequence[Rule], uprights: Sequence[Upright], runs: Sequence[Run]) -> list[Ruled]:
    """Return the tables of two columns or more that the rules of a page make, from top to bottom."""
    if not 3 <= len(uprights) <= _MOST or not 2 <= len(rules) <= _MOST:
        return []
    tables = []
    for level, upright in _groups(rules, uprights):
        xs = _places([one.x for one in upright])
        left, right = xs[0], xs[-1]
        if len(xs) < 3 or right - left < _WIDE:
            continue
        ys = []
        for y in _places([one.y for one in level]):
            spans = [(one.x0, one.x1) for one in level if abs(one.y - y) <= _NEAR]
            if _covered(spans) >= _ACROSS * (right - left):
                ys.append(y)
        ys = [y for index, y in enumerate(ys) if not index or y - ys[index - 1] >= _HIGH]
        table = Ruled(tuple(xs), tuple(ys))
        if len(ys) >= 2 and _holds_words(table, runs):
            tables.append(table)
    return sorted(tables, key=lambda table: (table.ys[0], table.xs[0]))


def boxed_rows(areas: Sequence[Area], runs: Sequence[Run]) -> list[Ruled]:
    """Return the rows of three boxes or more that stand side by side, each with a few words, as tables of one row.

    ``areas`` are filled shapes. A graphic's boxes are read one after another, and not line by line across them.
    """
    rows: dict[tuple[int, int], list[Area]] = {}
    for area in sorted(areas, key=lambda area: (area.x0, -area.x1)):
        if not (_BOX_WIDE < area.x1 - area.x0 < _BOX_WIDEST and _BOX_HIGH < area.y1 - area.y0 < _BOX_HIGHEST):
            continue
        row = rows.setdefault((round(area.y0 / _NEAR), round(area.y1 / _NEAR)), [])
        if not row or area.x0 >= row[-1].x1 - _NEAR:
            row.append(area)
    found = []
    for row in rows.values():
        if len(row) < _BOXES:
            continue
        table = Ruled((*(area.x0 for area in row), row[-1].x1), (row[0].y0, row[0].y1))
        if all(0 < letters < _BOX_LETTERS for letters in _letters(row, table, runs)):
            found.append(table)
    return [table for table in found if not any(_heads(table, run, found) for run in runs)]


def _heads(table: Ruled, run: Run, others: Sequence[Ruled]) -> bool:
    """Whether a run stands right below a row of boxes and in no box: the boxes hold but the heads of columns."""
    under = 0 < run.y - table.ys[-1] < 2.2 * run.size and table.xs[0] < run.x0 < table.xs[-1]
    return under and not any(other.cell(run) for other in others)


def _letters(row: Sequence[Area], table: Ruled, runs: Sequence[Run]) -> list[int]:
    """The letters in each box of a row, none where words run over a box's edge."""
    letters = [0] * len(row)
    for run in runs:
        cell = table.cell(run)
        if cell is not None:
            area = row[cell[1]]
            if run.x1 > area.x1 + _NEAR or run.x0 < area.x0 - _NEAR:
                return [0]
            letters[cell[1]] += len(run.text)
    return letters


def _groups(rules: Sequence[Rule], uprights: Sequence[Upright]) -> list[tuple[list[Rule], list[Upright]]]:
    """Part the rules into groups that touch one another."""
    boxes = [(one.x0, one.y, one.x1, one.y) for one in rules] + [(one.x, one.y0, one.x, one.y1) for one in uprights]
    order = sorted(range(len(boxes)), key=lambda index: boxes[index][1])
    home = list(range(len(boxes)))

    def root(index: int) -> int:
        while home[index] != index:
            home[index] = home[home[index]]
            index = home[index]
        return index

    active: list[int] = []
    for index in order:
        x0, y0, x1, _ = boxes[index]
        active = [other for other in active if boxes[other][3] >= y0 - _NEAR]
        for other in active:
            if boxes[other][0] <= x1 + _NEAR and x0 <= boxes[other][2] + _NEAR:
                home[root(index)] = root(other)
        active.append(index)
    found: dict[int, tuple[list[Rule], list[Upright]]] = {}
    for index in range(len(boxes)):
        level, upright = found.setdefault(root(index), ([], []))
        if index < len(rules):
            level.append(rules[index])
        else:
            upright.append(uprights[index - len(rules)])
    return [(level, upright) for level, upright in found.values() if level and len(upright) >= 3]


def _places(values: Sequence[float]) -> list[float]:
    """Return the different places among ``values``, those that are near one another as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _covered(spans: Sequence[tuple[float, float]]) -> float:
    total, reach = 0.0, float("-inf")
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reach))
        reach = max(reach, end)
    return total


def _holds_words(table: Ruled, runs: Sequence[Run]) -> bool:
    """Whether words stand in two columns at least, and hardly any runs over an upright rule inside.

    The end of a row of three columns, on the next page, may have words in one.
    """
    inside = [(run, cell) for run in runs if (cell := table.cell(run)) is not None]
    crossed = sum(
        any(run.x0 + _NEAR < x < run.x1 - _NEAR for x in table.xs[1:-1]) and len(run.text) > 1 for run, _ in inside
    )
    held = len({cell[1] for _, cell in inside})
    return (held >= 2 or (held == 1 and len(table.ys) == 2 and len(table.xs) > 3)) and crossed <= _CROSSED * len(inside)

"""Rows of a table in their columns, where cells stand over several rows or columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Cell = TypeVar("Cell")
_WIDEST = 256


def grid_of(rows: Sequence[Sequence[Cell]], span: Callable[[Cell], tuple[int, int]]) -> list[list[Cell | None]]:
    """Return each row's cells in their columns; None where a cell from above or from the left reaches over.

    ``span`` says over how many rows and columns a cell stands. Nothing is set behind a row's last cell.
    """
    taken: dict[int, int] = {}
    grid: list[list[Cell | None]] = []
    for cells in rows:
        row: list[Cell | None] = []
        after = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in cells:
            while taken.get(len(row), 0) > 0 and len(row) < _WIDEST:
                row.append(None)
            height, width = span(cell)
            for column in range(len(row), min(len(row) + max(width, 1), _WIDEST)):
                if height > 1:
                    after[column] = height - 1
            row.append(cell)
            row.extend([None] * (min(max(width, 1), max(_WIDEST - len(row), 1)) - 1))
        while row and row[-1] is None:
            row.pop()
        taken = after
        grid.append(row)
    return grid

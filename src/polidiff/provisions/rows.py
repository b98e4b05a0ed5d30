"""Rows of tables: where their cells are, and which row is a table's head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polidiff.provisions.units import Unit

_STOP = re.compile(r"[.!?。！？；;:：][”’\"')）\]]*\s*$")
_NUMBER = re.compile(r"\(?[A-Z]{0,3}\d{1,3}(?:\.\d{1,3})*[a-z]?[.)]?")
_NAME = 40
_ABBREVIATION = 5


def is_number(cell: str) -> bool:
    """Whether a cell holds a row's number and nothing else: 7, 1.2, R3, (4)."""
    return bool(_NUMBER.fullmatch(cell.strip()))


def cells_of(text: str, unit: Unit) -> list[tuple[int, int]]:
    """Return where the cells of a row begin and end in ``text``."""
    found: list[tuple[int, int]] = []
    start = unit.start
    for cell in text[unit.start : unit.end].split("\t"):
        found.append((start, start + len(cell)))
        start += len(cell) + 1
    return found


def heads_table(text: str, units: Sequence[Unit], index: int) -> bool:
    """Whether a row is the head of a table: the first of its run, short names in each cell, fuller rows below."""
    if index and units[index - 1].block.kind == "row":
        return False
    words = text[units[index].start : units[index].end]
    below = []
    for unit in units[index + 1 : index + 4]:
        if unit.block.kind != "row":
            break
        row = text[unit.start : unit.end]
        if row != words:
            below.append(row)
    cells = words.split("\t")
    if len(cells) < 2 or not below:
        return False
    if any(len(cell) > _NAME or re.search(r"\d", cell) for cell in cells):
        return False
    if any(_STOP.search(cell) and len(cell) > _ABBREVIATION for cell in cells):
        return False
    return all(len(row) > len(words) or re.search(r"\d", row) for row in below)

"""Rows of tables: where their cells are, and which row is a table's head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from polidiff.lang.data import load_list
from polidiff.model import ProvisionKind
from polidiff.provisions.tree import Node
from polidiff.provisions.units import Unit

_STOP = re.compile(r"[.!?。！？；;:：][”’\"')）\]]*\s*$")
_NUMBER = re.compile(r"\(?[A-Z]{0,3}\d{1,3}(?:\.\d{1,3})*[a-z]?[.)]?")
_YEARS = re.compile(r"\b(?:FY ?)?(?:19|20)\d\d(?:[-–/](?:\d\d){1,2})?\b|\bQ[1-4]\b|(?:19|20)\d\d年")
"""Years and quarters, over columns of amounts."""
_NAME = 40
_ABBREVIATION = 5
OWN_HEAD = re.compile(
    r"(?:Recommendation|RECOMMENDATION|Action|ACTION|Commitment|COMMITMENT|建议|行动)[\s\xa0]*"
    r"(\d{1,3}(?:\.\d{1,2})*|[A-Z]{1,3}[.-]?\d{1,3}(?:[.-]\d{1,2})*[a-z]?|[一二三四五六七八九十]+)(?=$|[\s.:：—–-])[\s\xa0.:：—–-]*"
)
"""The label of a recommendation or an action that stands on a line, or at the head of a cell, of its own."""


def named_row(text: str, cells: Sequence[tuple[int, int]], path: tuple[str, ...]) -> Node | None:
    """Return the recommendation or action that a row of a table is about, with what the other cells say of it.

    One cell opens with its label ("Recommendation 7 …"); a cell beside it that is a sentence is the answer to it.
    """
    opened = ((at, OWN_HEAD.match(text, *cell)) for at, cell in enumerate(cells))
    found = next(((at, m) for at, m in opened if m is not None and m.end() < cells[at][1]), None)
    if found is None:
        return None
    at, match = found
    end = cells[at][1]
    number = match.group(1)
    kind: ProvisionKind = "recommendation" if match.group()[0] in "Rr建" else "action"
    whole = Node(kind, f"{'rec' if kind == 'recommendation' else 'act'}-{number}", number, match.end(), end, path)
    answers = [cell for cell in cells[at + 1 :] if _STOP.search(text[cell[0] : cell[1]])]
    if not answers:
        return whole
    whole.end = cells[-1][1]
    whole.children = [
        Node(kind, "0", number, match.end(), end, path),
        *(Node("prose", str(n), number, *cell, path) for n, cell in enumerate(answers, 1)),
    ]
    return whole


def is_fact(text: str, cells: Sequence[tuple[int, int]]) -> bool:
    """Whether a row says what the document is (its title, date, number), a name and its value once or twice."""
    names = [text[start:end].strip().rstrip(":：") for start, end in cells[::2]]
    return len(cells) in (2, 4) and all(_facts().fullmatch(name) for name in names)


@cache
def _facts() -> re.Pattern[str]:
    return re.compile("|".join(load_list("site_words")["facts"]))


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
    if any(len(cell) > _NAME or re.search(r"\d", _YEARS.sub("", cell)) for cell in cells):
        return False
    if any(_STOP.search(cell) and len(cell) > _ABBREVIATION for cell in cells):
        return False
    return all(len(row) > len(words) or re.search(r"\d", row) for row in below)

"""Decisions that people typed into a report's workbook, found again by the rows that they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from polidiff.errors import InputError
from polidiff.model import Comparison
from polidiff.report.passages import ReportContext
from polidiff.report.xlsx.cells import called
from polidiff.report.xlsx.workbook import DECISIONS
from polidiff.wording import Locale, say

__all__ = ["Typed", "typed"]

WANTED = ("findings", "side_by_side")
"""Sheets with a column for decisions."""

MEANT = {**{name: name for name in DECISIONS}, "接受": "accept", "拒绝": "reject"}


class Typed(NamedTuple):
    """A decision: where it was typed, the name of what it decides (see ``polidiff decide``), what, and why."""

    place: str
    name: str
    verb: str
    why: str


def typed(path: Path, comparison: Comparison) -> tuple[Typed, ...]:
    """Return what was typed into the workbook of a comparison, whatever way its rows are sorted by now.

    Raises InputError for what is no workbook of this comparison, or a decision that means nothing.
    """
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises many kinds for files that are none
        raise InputError(str(path), f"no Excel workbook ({type(error).__name__})", "give the report's .xlsx") from None
    for tongue in ("en", "zh"):
        bench = ReportContext(comparison, tongue)
        names = {key: say(f"sheet.{key}", tongue) for key in WANTED}
        if all(name in book.sheetnames for name in names.values()):
            known = _Names(bench, tongue)
            return tuple(row for name in names.values() for row in _rows(path, name, book[name], known, tongue))
    raise InputError(str(path), "has no sheets of a polidiff report", "give the workbook that compare -o wrote")


class _Names:
    """What the cells of a row name: documents by their labels, themes by their names."""

    def __init__(self, bench: ReportContext, tongue: Locale) -> None:
        self._documents = {called(bench, document.id): document.id for document in bench.comparison.documents}
        themes = bench.comparison.codebook.themes
        self._themes = {(one.name_zh if tongue == "zh" else one.name) or one.name or one.id: one.id for one in themes}

    def target(self, cells: Mapping[str, str], tongue: Locale) -> str | None:
        """The name of what a row stands for (as ``polidiff decide`` takes it), or None."""
        document, provision = say("column.document", tongue), say("column.provision", tongue)
        if f"{document} A" not in cells:
            theme = self._themes.get(cells.get(say("column.theme", tongue), ""))
            return f"theme:{theme}" if theme is not None else None
        ends = [(self._documents.get(cells[f"{document} {s}"]), cells.get(f"{provision} {s}")) for s in ("A", "B")]
        if not all(name and place for name, place in ends):
            return None
        return "--".join(f"{name}#{place}" for name, place in ends)


def _rows(path: Path, name: str, sheet: Any, known: _Names, tongue: Locale) -> Iterator[Typed]:
    rows = (["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
    head = next(rows, [])
    decision, why = say("column.decision", tongue), say("column.why", tongue)
    if decision not in head:
        raise InputError(str(path), f"sheet {name} has no column {decision}", "give the workbook that compare -o wrote")
    for number, row in enumerate(rows, 2):
        cells, place = dict(zip(head, row, strict=False)), f"{name}, row {number}"
        said = cells.get(decision, "").strip()
        if not said:
            continue
        verb, target = MEANT.get(said.lower()), known.target(cells, tongue)
        if verb is None:
            raise InputError(str(path), f"{place}: {said[:40]!r} decides nothing", f"type {' or '.join(DECISIONS)}")
        if target is None:
            raise InputError(str(path), f"{place} is no row of this comparison", "leave the other columns as they are")
        yield Typed(place, target, verb, cells.get(why, "").strip())

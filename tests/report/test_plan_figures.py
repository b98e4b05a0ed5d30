"""Figures of what is to be done: which way, by whom, by when, with what money."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from polidiff import api, report
from polidiff.model import Comparison
from polidiff.report.figures.every import charts
from polidiff.report.passages import ReportContext
from polidiff.report.themes import heads

NORTH = """# The Northern Computing Plan

Establish a national computing centre by 2030. Publish a strategy for open data within 6 months.

Invest 40 million euros in training for teachers of computing. Require all agencies to adopt AI tools by 2028.
"""
SOUTH = """# The Southern Computing Plan

Build two national computing centres by 2030. Invest 1.5 billion dollars in research on artificial intelligence.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder = tmp_path_factory.mktemp("plans")
    for name, text in (("north.md", NORTH), ("south.md", SOUTH)):
        (folder / name).write_text(text, encoding="utf-8")
    return api.compare(folder / "north.md", folder / "south.md")


def shown(made: Comparison, name: str) -> dict[str, tuple[str, ...]]:
    bench = ReportContext(made, "en")
    held = {chart.name: chart for chart in charts(bench, heads(bench))}
    return {row.label: row.shown for _, rows in held[name].groups for row in rows}


def test_deadlines_are_counted_by_year_and_by_time(made: Comparison) -> None:
    rows = shown(made, "deadlines")
    assert rows["2030"] == ("1", "1")
    assert rows["6 months or less"] == ("1", "–")


def test_each_currency_has_a_figure_of_its_own(made: Comparison) -> None:
    sums = {value for name in ("money", "money-usd") for row in shown(made, name).values() for value in row}
    assert {"40 m", "1.5 bn"} <= sums


def test_shares_of_commitments_say_their_number(made: Comparison) -> None:
    for values in shown(made, "directions").values():
        assert all(re.fullmatch(r"–|\d+% \(\d+\)", value) for value in values)


def test_they_are_drawn_and_stand_in_the_workbook(made: Comparison, tmp_path: Path) -> None:
    assert {"directions", "deadlines", "money"} <= set(report.figure_files(made))
    openpyxl = pytest.importorskip("openpyxl")
    (tmp_path / "book.xlsx").write_bytes(report.workbook(made))
    cells = [cell.value for sheet in openpyxl.load_workbook(tmp_path / "book.xlsx") for row in sheet for cell in row]
    assert "1.5 bn" in cells

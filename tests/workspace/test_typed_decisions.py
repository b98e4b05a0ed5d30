"""Decisions typed into a report's workbook come back into the workspace, once, whatever the order of its rows."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from tests.workspace.plans import NORTH, SOUTH, Clock, write_plan

from polidiff.cli import run
from polidiff.workspace import Workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace of two plans and its report. Tests work on copies."""
    folder, clock = tmp_path_factory.mktemp("typed"), Clock()
    with Workspace.init(folder / "w.polidiff", when=clock()) as work:
        for name, lines in (("north", NORTH), ("south", SOUTH)):
            work.add(write_plan(folder, name, lines), when=clock())
    assert run(["compare", "--workspace", str(folder / "w.polidiff"), "-o", str(folder / "report")]) == 0
    return folder


def _type(path: Path, sheet: str, row: int, said: str, why: str = "") -> dict[str, str]:
    """Type a decision into a row and sort the rows the other way round; return the row's cells."""
    book = openpyxl.load_workbook(path)
    table = book[sheet]
    head = [cell.value for cell in table[1]]
    table.cell(row, head.index("Decision") + 1).value = said
    table.cell(row, head.index("Why") + 1).value = why
    cells = {str(name): str(table.cell(row, n + 1).value) for n, name in enumerate(head)}
    rows = [[cell.value for cell in line] for line in table.iter_rows(min_row=2)]
    for place, line in enumerate(reversed(rows), 2):
        for column, value in enumerate(line, 1):
            table.cell(place, column).value = value
    book.save(path)
    return cells


def test_a_typed_decision_is_the_workspaces(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "copy"))
    book = folder / "report" / "comparison.xlsx"
    cells = _type(book, "Side by side", 2, "reject", "other things")
    work = str(folder / "w.polidiff")
    assert run(["import", str(book), "--workspace", work, "--by", "Ada"]) == 0
    assert "1 decision taken in" in capsys.readouterr().out
    assert run(["import", str(book), "--workspace", work, "--by", "Ada"]) == 0
    assert "0 decisions taken in; 1 stood already" in capsys.readouterr().out
    with Workspace.open(Path(work)) as opened:
        (row,) = opened.rows()
    assert (row.by, row.verb, row.why) == ("Ada", "reject", "other things")
    assert row.target.kind == "link"
    assert cells["Provision A"]


def test_the_report_leaves_out_a_finding_that_was_rejected_in_excel(made: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "copy"))
    book = folder / "report" / "comparison.xlsx"
    theme = _type(book, "Findings", 2, "reject")["Theme"]
    assert run(["import", str(book), "--workspace", str(folder / "w.polidiff"), "--by", "Ada"]) == 0
    with Workspace.open(folder / "w.polidiff") as work:
        assert theme not in {one.name for one in work.compare().comparison.findings}


@pytest.mark.parametrize("case", ["word", "other row", "no workbook", "no author"])
def test_what_means_nothing_gets_one_line_and_changes_nothing(
    case: str, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "copy"))
    book = folder / "report" / "comparison.xlsx"
    if case == "no workbook":
        book.write_bytes(b"not a workbook")
    else:
        _type(book, "Findings", 2, "perhaps" if case == "word" else "accept")
    if case == "other row":
        changed = openpyxl.load_workbook(book)
        for line in changed["Findings"].iter_rows(min_row=2):
            line[0].value = "Something else"
        changed.save(book)
    author = [] if case == "no author" else ["--by", "Ada"]
    capsys.readouterr()
    assert run(["import", str(book), "--workspace", str(folder / "w.polidiff"), *author]) == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    with Workspace.open(folder / "w.polidiff") as work:
        assert not list(work.rows())

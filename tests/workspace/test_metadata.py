"""What a table or a person says of documents: read as spreadsheets write it, and told by the line where it can't be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from polidiff.cli import run
from polidiff.cli.show import Pace

HEAD = "file,country,issuer,date,kind,language\n"
ROWS = (
    'bridges.md,United States,"Roads, and Rail",2025-01-23,order,en\ntunnels.md,中国,国务院办公厅,2021/8/20,law,中文\n'
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a workspace, and two documents and a letter in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("bridges", "tunnels"):
        text = f"# On {name}\n\nThe ministry shall mend every one of the {name} within a year.\n"
        (tmp_path / "in" / f"{name}.md").write_text(text, encoding="utf-8")
    (tmp_path / "in" / "letter.doc").write_bytes(b"old")
    run(["init", "w.polidiff"])
    return tmp_path


def _add(place: Path, table: bytes) -> int:
    (place / "in" / "plans.csv").write_bytes(table)
    return run(["add", "w.polidiff", "in", "--metadata", "in/plans.csv"])


def _facts(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, str]]:
    capsys.readouterr()
    assert run(["facts", "w.polidiff", "--format", "jsonl"]) == 0
    return {row["id"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}


def _parted(separator: str) -> str:
    """The table as a program writes it that parts cells by another separator: then a comma needs no quotation marks."""
    return (HEAD + ROWS).replace('"Roads, and Rail"', "Roads| and Rail").replace(",", separator).replace("|", ",")


@pytest.mark.parametrize(
    "table",
    [
        (HEAD + ROWS).encode(),
        (HEAD + ROWS).encode("gb18030"),
        _parted(";").encode("utf-8-sig"),
        ("sep=;\r\n" + _parted(";")).encode(),
        _parted("\t").encode("utf-16"),
        (HEAD + ROWS.replace("2021/8/20", "20.08.2021")).encode(),
    ],
)
def test_a_table_is_read_as_spreadsheets_of_any_country_save_it(
    place: Path, table: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _add(place, table) == 0
    said = capsys.readouterr()
    assert "2 new" in said.out
    assert ".doc 1" in said.err
    found = _facts(capsys)
    assert set(found) == {"bridges", "tunnels"}
    assert found["bridges"]["issuer"] == "Roads, and Rail"
    assert [found["tunnels"][one] for one in ("country", "date", "kind", "language")] == [
        "CN",
        "2021-08-20",
        "law",
        "zh",
    ]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (",en\n", ",Klingon\n", "line 2: 'Klingon' is no language"),
        ("2025-01-23", "01/02/2025", "line 2: '01/02/2025' is no date"),
        ('"Roads, and Rail"', "Roads, and Rail", "line 2: it has 7 cells, and the first line 6"),
        ("tunnels.md", "bridges.md", "line 3: says of bridges.md another thing than line 2"),
        ("file,", "document,", "no column “file”"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_line(
    place: Path, was: str, now: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _add(place, (HEAD + ROWS).replace(was, now).encode()) == 2
    assert said in capsys.readouterr().err
    assert not _facts(capsys)


def test_what_fits_nothing_is_told_and_the_rest_taken(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = HEAD.replace("language", "langauge") + ROWS.replace("tunnels", "tunels") + ",France,,,,\n"
    assert _add(place, table.replace("United States", "Atlantis").encode()) == 0
    said = capsys.readouterr().err
    assert "column “langauge” is not read; did you mean “language”?" in said
    assert "not among the documents: tunels.md (line 3)" in said
    assert "no row of 1 document: tunnels.md" in said
    assert "line 4: names no file" in said
    assert "kept as written: Atlantis" in said


def test_a_document_is_said_to_be_another_thing_without_its_file(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _add(place, (HEAD + ROWS.replace(",en\n", ",French\n")).encode())
    (place / "in" / "bridges.md").unlink()
    assert _facts(capsys)["bridges"]["language"] == "fr"
    assert run(["facts", "w.polidiff", "bridges", "--country", "Spain", "--language", "English", "--issuer", ""]) == 0
    now = _facts(capsys)["bridges"]
    assert [now[one] for one in ("country", "language", "issuer", "date")] == ["ES", "en", "", "2025-01-23"]
    run(["facts", "w.polidiff", "--format", "csv"])
    table = capsys.readouterr().out.replace("2025-01-23", "2024")
    (place / "back.csv").write_text(table, encoding="utf-8")
    assert run(["facts", "w.polidiff", "--metadata", "back.csv"]) == 0
    assert "1 document changed, 1 as they were" in capsys.readouterr().out
    assert _facts(capsys)["bridges"]["date"] == "2024"
    assert run(["facts", "w.polidiff", "bridge", "--country", "Spain"]) == 2
    assert "bridge: is no document of the workspace" in capsys.readouterr().err


def test_what_is_left_is_told_by_the_last_half_minute() -> None:
    pace = Pace()
    assert [pace.left("adding", done, 1000, now) for done, now in ((0, 0.0), (900, 1.0))] == ["", ""]
    for done in range(901, 950):
        said = pace.left("adding", done, 1000, 1.0 + (done - 900) * 10)
    assert said == ", about 8 min left"
    assert pace.left("coding", 1, 10, 600.0) == ""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
def test_a_run_that_is_stopped_says_that_it_goes_on_and_does(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(80):
        text = f"# Plan {number}\n\nThe council shall mend bridge number {number} before the winter.\n"
        (place / "in" / f"plan-{number}.md").write_text(text * 40, encoding="utf-8")
    line = [sys.executable, "-m", "polidiff", "add", "w.polidiff", "in", "--format", "jsonl"]
    begin = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a shell's job in the background ignores it
    started = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=begin)
    assert started.stdout is not None
    assert started.stdout.readline()
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=60)
    assert started.returncode == 130
    assert b"what is done stays, and the same command goes on from there" in said
    assert run(["add", "w.polidiff", "in"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    new, before = (int(part.split()[0]) for part in last.split(", "))
    assert new + before == 82
    assert before >= 1

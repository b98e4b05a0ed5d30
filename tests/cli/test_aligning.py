"""What ``polidiff align`` says to people: who answers, what has no answer, and how many of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polidiff.cli import run

OURS = """id,text
A-1,Keep an inventory of all models in use.
A-2,Incidents shall be reported to the regulator within 72 hours.
A-3,Visitors park their bicycles behind the gate.
A-4,Models shall be validated independently before deployment.
"""
THEIRS = """id,text
B-1,Keep a register of the AI systems in service.
B-2,Report serious incidents to the regulator within 24 hours.
B-3,An independent function reviews every model prior to use.
B-4,Vendors are assessed yearly.
"""


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    for name, text in (("ours", OURS), ("theirs", THEIRS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return [str(tmp_path / "ours.csv"), str(tmp_path / "theirs.csv")]


def test_answers_are_counted_and_say_in_what_they_differ(tables: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["align", *tables]) == 0
    said = capsys.readouterr().out
    assert "4 provisions of ours: 3 answered by theirs (" in said
    assert ", 1 not" in said
    assert "(other deadline)  B-2" in said
    common = next(line for line in said.splitlines() if "words in common: Incidents" in line)
    assert " 2," not in common


def test_gaps_are_only_what_nothing_answers(tables: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["align", *tables, "--gaps", "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["source"] for row in rows] == ["A-3"]

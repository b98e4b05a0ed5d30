"""Faults of articles beside their lines: SARIF and GitHub's form, from the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polidiff.cli import run

PLAN = """# The northern plan

The ministry of work shall fund training for workers in every county by 2030.

Schools should teach digital literacy early.
"""
ARTICLE = """# What the north wants

The plan says that “the ministry of work shall fund training for
*workers* in every city by 2030”. Schools, it adds, “should teach digital literacy early”.
"""
GOOD = "The plan says that “Schools should teach digital literacy early”.\n"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """An article with one altered quotation, a good one, and the plan."""
    for name, text in (("bad.md", ARTICLE), ("good.md", GOOD), ("plan.md", PLAN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in ("bad.md", "good.md", "plan.md")]


def test_sarif_points_at_the_line_and_says_what_is_right(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bad, good, plan = files
    assert run(["check", bad, good, "--against", plan, "--format", "sarif", "--fail-on", "altered"]) == 1
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    (results,) = [one["results"] for one in log["runs"]]
    result = next(one for one in results if one["ruleId"] == "altered")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("bad.md")
    region = place["region"]
    assert (region["startLine"], region["endLine"]) == (3, 4)
    assert ARTICLE.splitlines()[2][region["startColumn"] - 1 :].startswith("the ministry")
    assert "county" in result["message"]["text"]
    assert {one["ruleId"] for one in results} <= {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}


def test_github_shows_a_line_a_fault(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bad, good, plan = files
    run(["check", bad, "--against", plan, "--format", "github"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("::error file=") and "line=3," in line and "county" in line]
    capsys.readouterr()
    assert run(["check", good, "--against", plan, "--format", "github", "--fail-on", "altered,not_found"]) == 0
    assert "::error" not in capsys.readouterr().out


def test_several_articles_are_told_apart(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bad, good, plan = files
    run(["check", bad, good, "--against", plan, "--format", "jsonl"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["article"] for row in rows} == {bad, good}

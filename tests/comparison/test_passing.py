"""A theme that a document only mentions is shared, and said to be touched in passing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polidiff.cli import run

CHIPS = """# Plan of the North

## Chips

- Build three semiconductor factories and fund research on semiconductor manufacturing.
- Train engineers for semiconductor fabrication plants.
"""
PASSING = """# Plan of the South

## Schools

- Teach machine learning in every school, with laptops, teachers, books, visits to farms, museums, harbours, hospitals,
  libraries and the factory built under the Semiconductor Act, and measure each year what pupils have learnt.
  Universities train teachers, schools hire tutors, pupils learn to program, and apprentices study with masters of their
  crafts; colleges offer evening courses in statistics, and every graduate receives a certificate of the skills
  learnt in training. Universities train teachers for colleges too, and schools hire tutors for the evening courses.
"""
THIRD = """# Plan of the West

## Water

- Measure the level of every river twice a day.
"""


@pytest.fixture
def plans(tmp_path: Path) -> list[str]:
    paths = []
    for name, text in (("north", CHIPS), ("south", PASSING), ("west", THIRD)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        paths.append(str(tmp_path / f"{name}.md"))
    return paths


def test_a_mention_is_shared_and_told_as_passing(
    plans: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *plans[:2], "-o", str(tmp_path / "out")]) == 0
    assert "0 shared, 1 more touched in passing by some" in capsys.readouterr().out
    record = json.loads((tmp_path / "out/comparison.json").read_text(encoding="utf-8"))
    (chips,) = [
        finding for finding in record["findings"] if (finding["theme"], finding["matter"]) == ("semiconductors", None)
    ]
    assert (chips["finding"], chips["passing"]) == ("shared", ["south"])
    assert "only touches it in passing" in (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert "顺带提及" in (tmp_path / "out/index.zh.html").read_text(encoding="utf-8")


def test_of_three_documents_the_page_says_how_many_take_up_what_not_all_do(plans: list[str], tmp_path: Path) -> None:
    assert run(["compare", *plans, "-o", str(tmp_path / "out")]) == 0
    page = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert "The others: 1 in Plan of the North and Plan of the South." in page
    assert "Plan of the North和Plan of the South的 1 个" in (tmp_path / "out/index.zh.html").read_text(encoding="utf-8")
    assert "Only in Plan of the West" not in page

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


def test_a_mention_is_not_shared_but_undecided_and_listed_apart(
    plans: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *plans[:2], "-o", str(tmp_path / "out")]) == 0
    assert "0 shared" in capsys.readouterr().out
    record = json.loads((tmp_path / "out/comparison.json").read_text(encoding="utf-8"))
    chips = [one for one in record["findings"] if (one["theme"], one["matter"]) == ("semiconductors", None)]
    assert {one["finding"] for one in chips} <= {"undecided"}

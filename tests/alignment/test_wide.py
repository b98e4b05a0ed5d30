"""Very large tables: only candidates are compared in full, and the best answers stay what they were."""

from __future__ import annotations

import importlib
import json
import random
from pathlib import Path

import pytest

from polidiff.cli import run

PARTS = (
    ("Train", "Fund", "License", "Inspect", "Publish", "Repeal", "Insure", "Audit"),
    ("nurses", "harbours", "drones", "schools", "archives", "reactors", "farms", "courts"),
    ("every year", "in coastal towns", "with public money", "under a written plan", "before the summer", "at night"),
)


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    """Two tables whose rows with the same number say the same in another order of words."""
    rows = [(a, b, c) for a in PARTS[0] for b in PARTS[1] for c in PARTS[2]]
    random.Random(3).shuffle(rows)
    made = []
    for name, text in (("a", "{0} the {1} {2}."), ("b", "{2}, {0} all of the {1}.")):
        path = tmp_path / f"{name}.csv"
        lines = [f'{name}{n},"{text.format(*row)}"' for n, row in enumerate(rows[:150])]
        path.write_text("\n".join(["id,text", *lines]) + "\n", encoding="utf-8")
        made.append(path)
    return made[0], made[1]


def best(tables: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    assert run(["align", *map(str, tables), "--top", "3", "--encoder", "fast", "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {row["source"]: row["targets"][0]["id"] for row in rows}


def test_candidates_alone_give_the_answers_that_all_pairs_give(
    tables: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = best(tables, capsys)
    monkeypatch.setattr(importlib.import_module("polidiff.ranking.engine"), "WIDE", 100)
    wide = best(tables, capsys)
    assert sum(wide[source] == "b" + source[1:] for source in wide) >= 145
    assert sum(wide[source] == whole[source] for source in wide) >= 140


def test_candidates_give_the_same_bytes_twice_and_scores_that_other_commands_can_use(
    tables: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.import_module("polidiff.ranking.engine"), "WIDE", 100)
    said = []
    for _ in range(2):
        assert run(["align", *map(str, tables), "--one-to-one", "--format", "jsonl"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    given = [row["targets"][0]["id"] for row in map(json.loads, said[0].splitlines()) if row["targets"]]
    assert len(given) == len(set(given)) > 100


def test_three_large_tables_are_gathered(
    tables: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    third = tmp_path / "c.csv"
    third.write_text(tables[0].read_text(encoding="utf-8").replace("\na", "\nc"), encoding="utf-8")
    monkeypatch.setattr(importlib.import_module("polidiff.ranking.engine"), "WIDE", 100)
    assert run(["align", *map(str, tables), str(third), "--format", "jsonl"]) == 0
    clusters = [row for row in map(json.loads, capsys.readouterr().out.splitlines()) if "members" in row]
    assert any(len(row["members"]) == 3 for row in clusters)

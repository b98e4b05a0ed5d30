import json
import sys
from pathlib import Path

import numpy as np
import pytest

from polidiff.cli import run
from polidiff.coding.learn import FEWEST, learn
from polidiff.errors import InputError

THEMES = ("water", "wood")
WATER = [f"Dredge basin {n} and mend its sluice." for n in range(15)]
WOOD = [f"Fell the beech stand {n} and haul logs." for n in range(15)]


def labelled() -> tuple[list[str], list[set[str]]]:
    texts = [text for pair in zip(WATER, WOOD, strict=True) for text in pair]
    return texts, [{"water"} if text in WATER else {"wood"} for text in texts]


def test_labels_teach_what_the_codebook_does_not_know() -> None:
    pytest.importorskip("sklearn", reason="the extra “learn” is not installed")
    texts, gold = labelled()
    base = np.zeros((len(texts), 2))
    learner = learn(texts, base, gold, THEMES, 0.5)
    assert learner.alone == 0.0
    assert learner.learnt > 0.9
    scores = learner.scores(["Mend the sluice of the old basin.", "Haul beech logs."], np.zeros((2, 2)))
    assert (scores >= 0.5).tolist() == [[True, False], [False, True]]
    text = "Soon haul beech logs."
    assert {text[cue.start - 7 : cue.end - 7] for cue in learner.cues(text, 7, "wood")} >= {"beech", "logs"}


def test_a_theme_that_nobody_gave_keeps_the_codebooks_score() -> None:
    pytest.importorskip("sklearn", reason="the extra “learn” is not installed")
    texts, gold = labelled()
    base = np.full((len(texts), 3), 0.2)
    learner = learn(texts, base, gold, (*THEMES, "stone"), 0.5)
    low, high = learner.scores(["x", "y"], np.array([[0.2, 0.2, 0.1], [0.2, 0.2, 0.9]]))[:, 2]
    assert low < high


def test_what_few_labels_show_leans_on_what_is_given_together() -> None:
    pytest.importorskip("sklearn", reason="the extra “learn” is not installed")
    texts, gold = labelled()
    both = [given | {"basins"} if "water" in given else given for given in gold]
    both[2] = {"water"}
    learner = learn(texts, np.full((len(texts), 3), 0.2), both, (*THEMES, "basins"), 0.5)
    wet, dry = learner.scores(["Mend the sluice.", "Haul logs."], np.full((2, 3), 0.2))[:, 2]
    assert wet > 0.5 > dry


def test_the_same_labels_teach_the_same() -> None:
    pytest.importorskip("sklearn", reason="the extra “learn” is not installed")
    texts, gold = labelled()
    base = np.zeros((len(texts), 2))
    first, second = (learn(texts, base, gold, THEMES, 0.5).scores(WATER, base[:15]) for _ in range(2))
    assert (first == second).all()


def test_too_few_labels_are_refused_with_one_line() -> None:
    texts, gold = labelled()
    with pytest.raises(InputError, match=f"at least {FEWEST}"):
        learn(texts[:4], np.zeros((4, 2)), gold[:4], THEMES, 0.5)


def test_the_command_learns_from_a_table_and_says_what_was_gained(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sklearn", reason="the extra “learn” is not installed")
    texts, gold = labelled()
    table = tmp_path / "rows.csv"
    table.write_text("id,text\n" + "".join(f"r{n},{text}\n" for n, text in enumerate(texts)), encoding="utf-8")
    assert run(["split", str(table), "--format", "jsonl"]) == 0
    ids = [json.loads(line)["id"] for line in capfd.readouterr().out.splitlines()]
    names = {"water": "environment", "wood": "energy"}
    labels = tmp_path / "labels.csv"
    rows = "".join(f"rows,{i},{names[min(given)]}\n" for i, given in zip(ids, gold, strict=True))
    labels.write_text("document,provision,codes\n" + rows, encoding="utf-8")
    assert run(["code", str(table), "--learn", str(labels), "--format", "jsonl"]) == 0
    said = capfd.readouterr()
    assert "learnt from 30 units" in said.err
    records = [json.loads(line) for line in said.out.splitlines()]
    first = records[0]
    assert first["themes"][0]["id"] == "environment"
    spans = [(first["text"][a - first["start"] : b - first["start"]]) for a, b in first["themes"][0]["cues"]]
    assert "sluice" in spans


def test_labels_of_unknown_codes_get_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "rows.csv"
    table.write_text("id,text\nr1,Dredge it.\n", encoding="utf-8")
    labels = tmp_path / "labels.csv"
    labels.write_text("id,codes\nrows r1,no_such_theme\n", encoding="utf-8")
    assert run(["code", str(table), "--learn", str(labels)]) == 2
    assert "no_such_theme is no theme" in capfd.readouterr().err


def test_learning_without_its_library_is_refused_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert run(["code", str(tmp_path / "not-there.pdf"), "--learn", str(tmp_path / "labels.csv")]) == 2
    assert "scikit-learn is not installed" in capsys.readouterr().err

"""How two provisions relate, from their words and their score."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.made import made_document, made_provisions

from polidiff.alignment.relation import rationale, relation
from polidiff.cli import run
from polidiff.model import Document, Language, Provision


def end(name: str, text: str, language: Language = "en") -> tuple[Document, Provision]:
    document = made_document(name, [text], language)
    return document, made_provisions(document)[0]


SHORT = "Fund research laboratories for semiconductor manufacturing."
LONG = "Fund research laboratories for semiconductor manufacturing, quantum sensing, robotics and clean energy storage."


def test_the_same_words_are_equal_whatever_the_score() -> None:
    assert relation(0.01, end("a", SHORT), end("b", SHORT)) == "equal"


def test_what_says_less_is_a_subset_and_the_other_way_round() -> None:
    assert relation(0.8, end("a", SHORT), end("b", LONG)) == "subset_of"
    assert relation(0.8, end("a", LONG), end("b", SHORT)) == "superset_of"


def test_shared_words_with_a_low_score_are_no_relationship() -> None:
    assert relation(0.05, end("a", SHORT), end("b", LONG)) == "no_relationship"


@pytest.mark.parametrize(("score", "expected"), [(0.9, "equal"), (0.4, "intersects_with")])
def test_a_rendering_is_equal_where_the_score_is_high(score: float, expected: str) -> None:
    english = end("a", "Data security must be assessed regularly in public services.")
    chinese = end("b", "必须定期评估公共服务中的数据安全。", "zh")
    assert relation(score, english, chinese) == expected


def test_the_rationale_says_which_evidence_carried_the_link() -> None:
    short = end("a", "Train nurses in the use of diagnostic software.")
    same = end("b", "Train the nurses in using diagnostic software.")
    other = end("b", "Pay universities that teach machine learning to doctors.")
    assert rationale("equal", short, same, 0.9, True) == "syntactic"
    assert rationale("intersects_with", short, other, 0.7, True) == "semantic"
    assert rationale("intersects_with", short, other, 0.2, True) == "functional"
    assert rationale("intersects_with", short, other, 0.2, False) == "semantic"
    assert rationale("no_relationship", short, other, 0.2, True) is None


def test_the_command_gives_strength_from_0_to_10_and_none_where_nothing_relates(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    for name, text in (("a", "Train nurses in diagnostic software."), ("b", "Train nurses in diagnostic software.")):
        (tmp_path / f"{name}.csv").write_text(f"id,text\n1,{text}\n2,Repair the roofs of barns.\n", encoding="utf-8")
    assert run(["align", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    best, worst = rows[0]["targets"][0], rows[0]["targets"][-1]
    assert (best["relation"], best["rationale"]) == ("equal", "syntactic")
    assert best["strength"] == int(10 * best["score"] + 0.5)
    assert (worst["relation"], worst["rationale"], worst["strength"]) == ("no_relationship", None, None)


def test_the_command_says_how_far_scores_may_be_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, act, notes = (tmp_path / f"{name}.md" for name in ("plan", "act", "notes"))
    plan.write_text("# Harbour Action Plan\n\nThe port should light every quay.\n", encoding="utf-8")
    act.write_text("# Harbour Act 2024\n\nThe port must light every quay.\n", encoding="utf-8")
    notes.write_text("# Lights and quays\n\nThe port will light every quay.\n", encoding="utf-8")
    for other, kind, wider in ((act, "two_kinds", 0.05), (notes, "unknown", 0.1)):
        assert run(["align", str(plan), str(other), "--format", "jsonl"]) == 0
        off = json.loads(capsys.readouterr().out.splitlines()[0])["reliability"]
        assert off["kind"] == kind
        assert off["off"] > wider
    assert run(["align", str(plan), str(notes)]) == 0
    assert "isn't known" in capsys.readouterr().out.splitlines()[-1]

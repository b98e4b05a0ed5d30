"""polidiff search: words, phrases and questions, with the places of what matched."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from polidiff import api
from polidiff.cli import run

PLAN = """# Harbour plan

## Pilots

- The Ministry of Ports should train more harbour pilots.
- Pilots must be licensed every three years.

## Fish

- The Agency will publish catch quotas for herring each spring.
"""

CHINESE = """# 东国计划

- 教育部门应培训教师掌握人工智能。
- 应加强对先进芯片的出口管制。
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_words_in_other_forms_are_found_and_shown_where_they_stand(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", str(plan), "training pilots", "--format", "jsonl"]) == 0
    hits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    text = api.read(plan).text
    assert hits[0]["text"] == "The Ministry of Ports should train more harbour pilots."
    assert text[hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]
    assert [text[start:end] for start, end in hits[0]["matched"]] == ["train", "pilots"]
    assert all(before["score"] >= after["score"] for before, after in itertools.pairwise(hits))


def test_a_phrase_stands_together(plan: Path) -> None:
    assert [hit.text for hit in api.search(plan, words='"catch quotas"')] == [
        "The Agency will publish catch quotas for herring each spring."
    ]
    assert api.search(plan, words='"quotas catch"') == ()


def test_a_question_reaches_the_other_language(tmp_path: Path) -> None:
    path = tmp_path / "dong.md"
    path.write_text(CHINESE, encoding="utf-8")
    assert api.search(path, words="who trains the teachers?")[0].text == "教育部门应培训教师掌握人工智能。"
    assert api.search(path, words="出口管制", how="words")[0].text == "应加强对先进芯片的出口管制。"


@pytest.mark.parametrize("words", ["", "…", "😀"])
def test_words_that_hold_no_word_are_told_in_one_line(
    plan: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", str(plan), words]) == 2
    assert "hold no word" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    ["word", "Ship " * 25_000, "😀 ships 船 and more 港口 ships", "\n".join(["- Ships report by radio."] * 1000)],
    ids=["one", "long", "mixed", "equal"],
)
def test_strange_documents_are_searched_all_the_same(tmp_path: Path, line: str) -> None:
    path = tmp_path / "strange.txt"
    path.write_text(f"{line}\n", encoding="utf-8")
    assert isinstance(api.search(path, words="ships by radio", top=3), tuple)


def test_words_of_ones_own_language_come_before_listed_ones_of_the_other(tmp_path: Path) -> None:
    path = tmp_path / "both.md"
    english = "\n\n".join(f"- Trade in chips of kind {n} is subject to control." for n in range(5))
    path.write_text(f"# Plan\n\n{english}\n\n- 主管机关每年向议会说明芯片出口管制的执行情况。\n", encoding="utf-8")
    asked = "主管机关向谁说明芯片出口管制的执行情况？"
    assert api.search(path, words=asked, how="words")[0].text.startswith("主管机关")
    assert api.search(path, words=asked)[0].text.startswith("主管机关")


def test_where_no_passage_holds_a_phrase_the_words_beside_it_still_find(plan: Path) -> None:
    found = api.search(plan, words='who publishes the "herring catch" quotas each spring?')
    assert found[0].text == "The Agency will publish catch quotas for herring each spring."

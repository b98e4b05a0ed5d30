"""Themes that a judge is asked about: which passages, and what its answers change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from polidiff import api
from polidiff.alignment import CodedDocument
from polidiff.coding import load_codebook
from polidiff.comparison.themed import theme_codes, theme_items, with_themes, without_answers
from polidiff.judges.protocol import FolderJudge, Memory, ask

PLAN = """# Plan for the ports

## Skills

The ministry will train five hundred pilots of machines in the harbour schools by 2030.

The council will publish what every crane has learnt, so that others may use it.

Harbours are wet.
"""


def coded(folder: Path) -> CodedDocument:
    file = folder / "plan.md"
    file.write_text(PLAN, encoding="utf-8")
    return api.coded(file)


def answer(folder: Path, labels: dict[int, list[tuple[str, str]]]) -> None:
    """Answer every item; ``labels`` are, by round, codes and the words that decide, for the passage that has them."""
    rows = [json.loads(line) for line in (folder / "requests.jsonl").read_text(encoding="utf-8").splitlines()]
    with (folder / "answers.jsonl").open("w", encoding="utf-8") as file:
        for request in rows:
            said: list[dict[str, Any]] = []
            for item in request["items"]:
                text = item["passages"][0]["text"]
                found = [(code, words) for code, words in labels[request["round"]] if words in text]
                said += [{"id": item["id"], "label": code, "spans": [[1, words]]} for code, words in found]
                said += [] if found else [{"id": item["id"], "label": "none"}]
            file.write(json.dumps({"id": request["id"], "model": "reader", "answers": said}) + "\n")


def test_what_both_askings_name_is_the_theme_with_its_words(tmp_path: Path) -> None:
    side, book = coded(tmp_path), load_codebook()
    judge = FolderJudge(tmp_path / "judge")
    items = theme_items([side], book)
    assert items, "something is undecided"
    ask(judge, items, theme_codes(book))
    both = ("open_source", "publish what every crane")
    answer(tmp_path / "judge", {1: [both], 2: [both, ("compute", "every crane has learnt")]})
    (made,) = with_themes([side], ask(judge, items, theme_codes(book)), book)
    at = next(i for i, p in enumerate(side.provisions) if "crane" in p.text)
    named = [code for code in made.codings[at].themes if code.by == "model"]
    assert [code.id for code in named] == ["open_source"]
    assert side.document.cut(named[0].cues[0]) == "publish what every crane"
    assert named[0].printed
    assert without_answers(made.codings) == side.codings, "what was there before the asking comes back"


def test_what_the_answers_leave_out_is_no_theme_and_a_head_that_was_sure_is_in_doubt(tmp_path: Path) -> None:
    side, book = coded(tmp_path), load_codebook()
    judge = FolderJudge(tmp_path / "judge")
    items = theme_items([side], book)
    ask(judge, items, theme_codes(book))
    answer(tmp_path / "judge", {1: [], 2: []})
    (made,) = with_themes([side], ask(judge, items, theme_codes(book)), book)
    asked = {item.passages[0].start for item in items}
    for provision, coding in zip(side.provisions, made.codings, strict=True):
        if provision.start in asked:
            assert not [code for code in coding.themes if code.printed]
            assert not {code.id for code in coding.themes} & set(theme_codes(book))


def test_answers_on_another_codebook_change_nothing(tmp_path: Path) -> None:
    side, book = coded(tmp_path), load_codebook()
    judge = FolderJudge(tmp_path / "judge")
    other = load_codebook("oecd-ai-principles")
    items = theme_items([side], other)
    ask(judge, items, theme_codes(other))
    answer(tmp_path / "judge", {1: [("1.1", "crane")], 2: [("1.1", "crane")]})
    memory = ask(judge, items, theme_codes(other))
    assert with_themes([side], memory, book) == [side]
    assert with_themes([side], Memory(), book) == [side]


def test_codes_are_shown_in_the_opposite_order_the_second_time(tmp_path: Path) -> None:
    side, book = coded(tmp_path), load_codebook()
    ask(FolderJudge(tmp_path / "judge"), theme_items([side], book), theme_codes(book))
    first, second = (
        json.loads(line) for line in (tmp_path / "judge" / "requests.jsonl").read_text("utf-8").splitlines()
    )
    assert list(first["codes"]) == list(reversed(second["codes"]))

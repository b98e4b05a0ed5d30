"""Matters of two documents, and the findings on them: by scores alone, and with a judge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import polidiff
from polidiff.cli import run
from polidiff.comparison.phrases import phrases_of
from polidiff.encode.static import chinese_words
from polidiff.judges.protocol import FolderJudge
from polidiff.model import Comparison, Document

NORTH = """# Plan of the North

The Ministry of Harbours will repeal the licence for small boats.

The Ministry of Schools will give every pupil a free lunch.

The Ministry of Lakes will publish the quality of bathing water every week.

The Ministry of Roads will build two bridges over the river Oder.
"""
SOUTH = """# Plan of the South

The government will require that every boat, however small, carries a licence of the coast guard.

The government will pay for a free lunch for all pupils at school.

The government will publish weekly reports on the quality of bathing water.

The government will plant trees along all canals.
"""


@pytest.fixture
def plans(tmp_path: Path) -> list[Document]:
    made = []
    for name, text in (("north", NORTH), ("south", SOUTH)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        made.append(polidiff.read(tmp_path / f"{name}.md"))
    return made


def answer(folder: Path, tasks: tuple[str, ...] = ("finding", "stance")) -> None:
    """Answer as a careful reader would: the licences are opposed, lunches and bathing water are the same."""
    lines = []
    for line in (folder / "requests.jsonl").read_text(encoding="utf-8").splitlines():
        request = json.loads(line)
        answers = [row for item in request["items"] for row in _rows(item)] if request["task"] in tasks else []
        if request["task"] == "stance":
            answers = [{**row, "label": "strength"} for row in answers if row["label"] == "opposed"]
        lines.append(json.dumps({"id": request["id"], "model": "reader", "answers": answers}))
    (folder / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")


def _rows(item: dict[str, Any]) -> list[dict[str, Any]]:
    said = [
        ("opposed", "will repeal the licence", "carries a licence"),
        ("same", "a free lunch", "a free lunch for all pupils"),
        ("same", "quality of bathing water every week", "weekly reports on the quality"),
    ]
    rows = []
    for label, a, b in said:
        spans = [
            [p["number"], words]
            for document, words in (("north", a), ("south", b))
            for p in item["passages"]
            if p["document"] == document and words in p["text"]
        ]
        if len(spans) == 2:
            rows.append({"id": item["id"], "label": label, "spans": spans})
    return rows or [{"id": item["id"], "label": "none"}]


def verdicts(comparison: Comparison) -> dict[str, set[str]]:
    """The words of the passages, by the verdict of the finding on a matter that lists them."""
    found: dict[str, set[str]] = {}
    for one in comparison.matters:
        found.setdefault(one.finding, set()).update(p.text for p in one.passages)
    return found


def test_every_passage_is_on_one_matter_and_the_words_are_the_documents(plans: list[Document]) -> None:
    comparison = polidiff.compare(*plans)
    texts = {document.id: document.text for document in comparison.documents}
    listed = [(p.document, p.start) for one in comparison.matters for p in one.passages]
    assert len(listed) == len(set(listed))
    for one in comparison.matters:
        assert one.by in ("learnt", "rule")
        for passage in one.passages:
            assert texts[passage.document][passage.start : passage.end] == passage.text


def test_without_a_judge_nothing_is_called_divergent_on_a_matter(plans: list[Document]) -> None:
    assert "divergent" not in verdicts(polidiff.compare(*plans))


def test_a_judges_pairs_make_findings_with_its_name(plans: list[Document], tmp_path: Path) -> None:
    judge = FolderJudge(tmp_path / "asked")
    before = polidiff.compare(*plans, judge=judge)
    assert "divergent" not in verdicts(before)
    answer(tmp_path / "asked")
    comparison = polidiff.compare(*plans, judge=judge)
    found = verdicts(comparison)
    assert any("repeal" in text for text in found["divergent"])
    assert any("carries a licence" in text for text in found["divergent"])
    assert {text for text in found["shared"] if "lunch" in text} == {
        "The Ministry of Schools will give every pupil a free lunch.",
        "The government will pay for a free lunch for all pupils at school.",
    }
    divergent = next(one for one in comparison.matters if one.finding == "divergent")
    assert divergent.by == "model"
    assert "reader" in divergent.reasons[0].text


def on_pairs(folder: Path) -> list[str]:
    lines = (folder / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if json.loads(line)["task"] != "theme"]


def test_what_a_judge_said_moves_with_the_words_of_a_text_that_is_read_anew(
    plans: list[Document], tmp_path: Path
) -> None:
    judge = FolderJudge(tmp_path / "asked")
    polidiff.compare(*plans, judge=judge)
    answer(tmp_path / "asked")
    before = polidiff.compare(*plans, judge=judge)
    asked = on_pairs(tmp_path / "asked")
    (tmp_path / "north.md").write_text(NORTH.replace("# Plan of", "# Second edition of the plan of"), encoding="utf-8")
    moved = polidiff.read(tmp_path / "north.md")
    after = polidiff.compare(moved, plans[1], judge=judge)
    assert verdicts(after) == verdicts(before)
    assert on_pairs(tmp_path / "asked") == asked
    (divergent,) = (one for one in after.matters if one.finding == "divergent")
    words = {moved.cut(cue) for p in divergent.passages if p.document == "north" for cue in p.cues}
    assert words == {"will repeal the licence"}
    (tmp_path / "north.md").write_text(NORTH.replace("will repeal the", "will keep the"), encoding="utf-8")
    changed = polidiff.compare(polidiff.read(tmp_path / "north.md"), plans[1], judge=judge)
    assert "divergent" not in verdicts(changed)
    assert any("lunch" in text for text in verdicts(changed)["shared"])
    assert on_pairs(tmp_path / "asked") != asked


def test_where_two_part_on_a_ground_is_asked_and_printed_as_divergent(plans: list[Document], tmp_path: Path) -> None:
    judge = FolderJudge(tmp_path / "asked")
    polidiff.compare(*plans, judge=judge)
    answer(tmp_path / "asked", ("stance",))
    found = verdicts(polidiff.compare(*plans, judge=judge))
    assert any("repeal" in text for text in found["divergent"])
    assert any("carries a licence" in text for text in found["divergent"])


def test_no_pair_stands_under_two_verdicts(plans: list[Document], tmp_path: Path) -> None:
    judge = FolderJudge(tmp_path / "asked")
    polidiff.compare(*plans, judge=judge)
    answer(tmp_path / "asked")
    comparison = polidiff.compare(*plans, judge=judge)
    seen: dict[tuple[tuple[str, str], tuple[str, str]], str] = {}
    for one in (*comparison.findings, *comparison.matters):
        if one.finding not in ("shared", "divergent"):
            continue
        norths = [(p.document, p.provision) for p in one.passages if p.document == "north"]
        souths = [(p.document, p.provision) for p in one.passages if p.document == "south"]
        for north in norths:
            for south in souths:
                assert seen.setdefault((north, south), one.finding) == one.finding


def test_a_budget_asks_the_weightiest_only(tmp_path: Path) -> None:
    goods = [
        "boats",
        "schools",
        "lakes",
        "roads",
        "forests",
        "farms",
        "ports",
        "mines",
        "rivers",
        "towns",
        "wells",
        "mills",
    ]
    made = []
    for name, verb in (("north", "repair"), ("south", "sell")):
        text = "\n\n".join(f"The Ministry of {good.title()} will {verb} all {good} of the land." for good in goods)
        (tmp_path / f"{name}.md").write_text(f"# Plan\n\n{text}\n", encoding="utf-8")
        made.append(polidiff.read(tmp_path / f"{name}.md"))
    asked = {}
    for budget in (None, 2):
        polidiff.compare(*made, judge=FolderJudge(tmp_path / f"asked{budget}"), budget=budget)
        lines = (tmp_path / f"asked{budget}" / "requests.jsonl").read_text(encoding="utf-8").splitlines()
        asked[budget] = {item["id"]: item for line in lines for item in json.loads(line)["items"]}
    assert len(asked[2]) == 2 < len(asked[None])
    assert asked[2].keys() <= asked[None].keys()
    pairs = [item for item in asked[None].values() if "matter" in item.get("facts", {})]
    for item in pairs:
        shown = [p["document"] for p in item["passages"]]
        assert 1 <= shown.count("north") <= 8
        assert 1 <= shown.count("south") <= 8
    together = {(a["text"], b["text"]) for item in pairs for a in item["passages"] for b in item["passages"]}
    for good in goods:
        sold = f"The Ministry of {good.title()} will sell all {good} of the land."
        assert (sold.replace("sell", "repair"), sold) in together


def test_a_point_of_a_passage_stands_alone_beside_another_that_is_answered(tmp_path: Path) -> None:
    north = (
        "# Plan\n\nThe ministry will publish the quality of bathing water every week. It will also mint silver coins.\n"
    )
    plans = []
    for name, text in (("north", north), ("south", SOUTH)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        plans.append(polidiff.read(tmp_path / f"{name}.md"))
    judge = FolderJudge(tmp_path / "asked")
    polidiff.compare(*plans, judge=judge)
    lines = []
    for line in (tmp_path / "asked" / "requests.jsonl").read_text(encoding="utf-8").splitlines():
        request = json.loads(line)
        answers = []
        for item in request["items"] if request["task"] == "finding" else ():
            answers += [one for one in _rows(item) if one["label"] == "same"]
            coins = next(p["number"] for p in item["passages"] if "silver" in p["text"])
            answers.append({"id": item["id"], "label": "only", "spans": [[coins, "mint silver coins"]]})
        lines.append(json.dumps({"id": request["id"], "model": "reader", "answers": answers}))
    (tmp_path / "asked" / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    comparison = polidiff.compare(*plans, judge=judge)
    (alone,) = [one for one in comparison.matters if one.finding == "only" and one.by == "model"]
    assert [p.text for p in alone.passages] == ["It will also mint silver coins."]
    polidiff.write_report(comparison, tmp_path / "report")
    assert run(["verify", str(tmp_path / "report")]) == 0
    (shared,) = [one for one in comparison.matters if one.finding == "shared"]
    assert {p.document for p in shared.passages} == {"north", "south"}


def test_the_commands_make_a_codebook_of_matters_and_settle_a_report(plans: list[Document], tmp_path: Path) -> None:
    north, south = str(tmp_path / "north.md"), str(tmp_path / "south.md")
    book = tmp_path / "matters.toml"
    assert run(["themes", north, south, "-o", str(book)]) == 0
    assert run(["codebook", "check", str(book)]) == 0
    assert run(["themes", north, south, "-o", str(book)]) == 2, "a codebook of the user's is not overwritten"
    report, asked = tmp_path / "report", tmp_path / "questions"
    assert run(["compare", north, south, "-o", str(report)]) == 0
    assert run(["judge", str(report), "--folder", str(asked)]) == 0
    answer(asked)
    assert run(["judge", str(report), "--folder", str(asked)]) == 0
    held = json.loads((report / "comparison.json").read_text(encoding="utf-8"))
    (divergent,) = [one for one in held["findings"] if one["finding"] == "divergent"]
    assert divergent["by"] == "model"
    assert {link["judged"] for link in held["crosswalk"]} >= {"opposed", "same"}
    assert run(["verify", str(report)]) == 0
    asked.rename(tmp_path / "gone")
    assert run(["judge", str(report), "--folder", str(tmp_path / "new")]) == 0
    assert "licence" not in (report / "judge.jsonl").read_text(encoding="utf-8")
    again = json.loads((report / "comparison.json").read_text(encoding="utf-8"))
    assert again["findings"] == held["findings"], "kept answers are enough"


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("开展数据标注", ["开展", "数据", "标注"]),
        ("提供者应当按照法律", ["提供者", "应当", "按照", "法律"]),
        ("采取有效措施防范", ["采取", "有效", "措施", "防范"]),
        ("安全评估和备案", ["安全", "评估", "和", "备案"]),
    ],
)
def test_chinese_names_are_of_whole_words(run: str, words: list[str]) -> None:
    assert chinese_words(run, "的了和与及") == words


def test_a_name_is_cut_neither_within_a_term_nor_at_a_verb() -> None:
    texts = [
        "The processing of personal data shall be fair.",
        "Nobody may penalize a consumer for a request on processing of personal data.",
        "The processing of personal data relates to a contract.",
        "A register of buildings is kept by the city.",
        "The city may penalize owners of buildings.",
    ]
    assert phrases_of(texts).best([0, 1, 2], [0, 0, 1]) == ["processing of personal data"]
    first, second = phrases_of(texts).best([0, 1, 2], [0, 0, 1], ["processing of personal data"])
    assert first == "processing of personal data"
    assert not {"personal", "data", "processing"} & set(second.split())

"""A workspace put to a judge: answers are kept in it, show in its report, and go behind what people decided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.workspace.plans import ENCODER, Clock, made_workspace, named, write_plan

from polidiff.cli import run
from polidiff.judges.protocol import FolderJudge, Recorder
from polidiff.model import Finding
from polidiff.workspace import Compared, Workspace, judge, merge, write_report

TRADE = ("restrict the export of AI technology", "promote exports of AI technology")


def put(work: Workspace, folder: Path) -> tuple[Compared, Recorder]:
    return judge(work, lambda kept: FolderJudge(folder, kept))


def answer(folder: Path) -> None:
    """Answer every request of a folder: the two plans' words on trade are opposed, and nothing else is said."""
    lines = []
    for line in (folder / "requests.jsonl").read_text(encoding="utf-8").splitlines():
        request = json.loads(line)
        answers: list[dict[str, Any]] = []
        for item in request["items"]:
            spans = [[p["number"], words] for p in item["passages"] for words in TRADE if words in p["text"]]
            if request["task"] == "finding" and len(spans) == 2:
                answers.append({"id": item["id"], "label": "opposed", "spans": spans, "probability": 0.9})
            elif request["task"] == "theme" and "restrict the export" in item["passages"][0]["text"]:
                answers.append({"id": item["id"], "label": "national_security", "spans": [[1, TRADE[0]]]})
            else:
                answers.append({"id": item["id"], "label": "none"})
        lines.append(json.dumps({"id": request["id"], "model": "reader", "answers": answers}))
    (folder / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")


def parted(compared: Compared) -> list[Finding]:
    return [one for one in compared.comparison.matters if one.finding == "divergent"]


def test_answers_are_kept_and_show_in_the_report_and_after_a_merge(tmp_path: Path) -> None:
    with made_workspace(tmp_path) as work:
        before, asked = put(work, tmp_path / "judge")
        assert not parted(before)
        assert {item.task for item in asked.items.values()} >= {"finding"}
        answer(tmp_path / "judge")
        after, _ = put(work, tmp_path / "judge")
        (finding,) = parted(after)
        assert finding.by == "model"
    with Workspace.open(tmp_path / "work.polidiff", encoder=ENCODER) as work:
        assert parted(work.compare()) == [finding], "no folder is needed any more"
        _, again = put(work, tmp_path / "other")
        assert not (tmp_path / "other").exists(), "what is answered is not asked again"
        assert again.summary()[0] == again.summary()[2]
        write_report(work, work.compare(), tmp_path / "report")
        assert run(["verify", str(tmp_path / "report")]) == 0
        assert "reader" in (tmp_path / "report" / "judge.jsonl").read_text(encoding="utf-8")
        with made_workspace(tmp_path, "theirs") as theirs:
            merge(theirs, work, when=Clock()())
            assert parted(theirs.compare()) == [finding]


def test_what_a_person_says_of_a_pair_stands_above_the_answers(tmp_path: Path) -> None:
    clock = Clock()
    with made_workspace(tmp_path, clock=clock) as work:
        put(work, tmp_path / "judge")
        answer(tmp_path / "judge")
        put(work, tmp_path / "judge")
        link = "--".join(named(work, words) for words in TRADE)
        work.decide(link, "relation", by="Ada", when=clock(), value="equal")
        compared = work.compare()
        assert not parted(compared)
        assert "person" in {one.by for one in compared.comparison.matters if one.finding == "shared"}


def test_answers_on_a_text_that_was_replaced_do_not_count(tmp_path: Path) -> None:
    clock = Clock()
    with made_workspace(tmp_path, clock=clock) as work:
        put(work, tmp_path / "judge")
        answer(tmp_path / "judge")
        put(work, tmp_path / "judge")
        lines = ("# Southland AI strategy", "## World", "- The Department of State will restrict exports of AI chips.")
        work.add(write_plan(tmp_path, "south", lines), when=clock())
        assert not parted(work.compare())


def test_the_command_asks_a_workspace_within_a_budget(tmp_path: Path) -> None:
    made_workspace(tmp_path, "w").close()
    place, folder = str(tmp_path / "w.polidiff"), str(tmp_path / "asked")
    assert run(["judge", place, "--folder", folder, "--budget", "2"]) == 0
    lines = [json.loads(x) for x in (tmp_path / "asked" / "requests.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({item["id"] for line in lines for item in line["items"]}) == 2
    assert run(["judge", place, "nobody", "--folder", folder]) == 2
    assert run(["judge", place, "--folder", folder, "--task", "theme"]) == 0
    assert run(["judge", place]) == 2

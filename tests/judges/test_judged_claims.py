"""A judge beside the check of claims, by a folder and by a server: proof counts, and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.judges.model_server import command, served

import polidiff
from polidiff.judges.protocol import FolderJudge
from polidiff.model import Document

PLAN = """Plan for the lakes

The Ministry of Lakes should measure the water of each lake every month.

The Boat Office will fund research into quiet engines.
"""
CLAIM = "The plan says that the Ministry of Lakes must measure the water every month."


@pytest.fixture
def lakes(tmp_path: Path) -> Document:
    path = tmp_path / "lakes.txt"
    path.write_text(PLAN, encoding="utf-8")
    return polidiff.read(path)


def rows(request: dict[str, Any], label: str, words: str) -> list[dict[str, Any]]:
    made = []
    for item in request["items"]:
        spans = [[p["number"], words] for p in item["passages"] if words in p["text"]]
        made.append({"id": item["id"], "label": label, "spans": spans})
    return made


def answer(folder: Path, label: str, words: str) -> None:
    requests = [json.loads(line) for line in (folder / "requests.jsonl").read_text(encoding="utf-8").splitlines()]
    answers = [{"id": r["id"], "model": "reader", "answers": rows(r, label, words)} for r in requests]
    (folder / "answers.jsonl").write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")


def test_what_a_judge_proves_twice_is_the_verdict_and_whose_it_is_stands_beside_it(
    lakes: Document, tmp_path: Path
) -> None:
    checker = polidiff.ClaimChecker([lakes], judge=FolderJudge(tmp_path / "asked"))
    own = checker.check(CLAIM, document="lakes")
    assert own.by != "model"
    answer(tmp_path / "asked", "overstated", "should measure")
    found = checker.check(CLAIM, document="lakes")
    assert (found.verdict, found.by, found.unsure) == ("overstated", "model", False)
    assert lakes.cut(found.evidence[0].span) == "should measure"
    assert "reader" in found.reasons[0].text


def test_words_that_do_not_stand_there_change_nothing(lakes: Document, tmp_path: Path) -> None:
    checker = polidiff.ClaimChecker([lakes], judge=FolderJudge(tmp_path / "asked"))
    own = checker.check(CLAIM, document="lakes")
    answer(tmp_path / "asked", "contradicted", "must never measure")
    assert checker.check(CLAIM, document="lakes") == own


def test_not_found_needs_no_words(lakes: Document, tmp_path: Path) -> None:
    checker = polidiff.ClaimChecker([lakes], judge=FolderJudge(tmp_path / "asked"))
    checker.check(CLAIM, document="lakes")
    answer(tmp_path / "asked", "not_found", "no such words")
    found = checker.check(CLAIM, document="lakes")
    assert (found.verdict, found.evidence, found.by) == ("not_found", (), "model")


def test_the_command_asks_a_server_and_a_liar_changes_nothing(lakes: Document, tmp_path: Path) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text(json.dumps({"id": "c", "claim": CLAIM, "document": "lakes"}), encoding="utf-8")
    given = ("check", "--claims", str(claims), "--against", str(tmp_path / "lakes.txt"), "--format", "jsonl")
    alone = command(tmp_path, *given)

    def lie(_: str, text: str) -> str:
        return json.dumps({"answers": [{"id": i["id"], "label": "contradicted", "spans": [[1, "forbids all measuring"]]}
                                       for i in json.loads(text)["items"]]})  # fmt: skip

    with served(lie) as (address, asked):
        told = command(tmp_path, *given, "--judge", address, "--model", "m")
    assert told.returncode == alone.returncode == 0, told.stderr
    assert told.stdout == alone.stdout
    assert len(asked) == 2


def test_an_address_without_a_model_is_told_in_one_line(lakes: Document, tmp_path: Path) -> None:
    told = command(tmp_path, "check", str(tmp_path / "lakes.txt"), "--against", str(tmp_path / "lakes.txt"),
                   "--judge", "https://host/v1")  # fmt: skip
    assert told.returncode == 2
    assert "--model" in told.stderr
    assert "Traceback" not in told.stderr


def test_two_answers_that_differ_leave_a_claim_unsure_and_so_does_a_judge_who_cannot_tell(
    lakes: Document, tmp_path: Path
) -> None:
    folder = tmp_path / "asked"
    checker = polidiff.ClaimChecker([lakes], judge=FolderJudge(folder))
    checker.check(CLAIM, document="lakes")
    for first, second, guess in (("overstated", "contradicted", None), ("unsure", "overstated", "overstated")):
        requests = [json.loads(line) for line in (folder / "requests.jsonl").read_text(encoding="utf-8").splitlines()]
        said = {1: first, 2: second}
        answers = [
            {"id": r["id"], "model": "reader", "answers": rows(r, said[r["round"]], "should measure")} for r in requests
        ]
        (folder / "answers.jsonl").write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")
        found = checker.check(CLAIM, document="lakes")
        assert (found.unsure, found.by) == (True, "model")
        assert found.verdict == guess if guess else found.verdict != "supported"


def test_an_answer_is_carried_over_to_a_longer_text_as_long_as_its_words_stand(lakes: Document, tmp_path: Path) -> None:
    folder = tmp_path / "asked"
    polidiff.ClaimChecker([lakes], judge=FolderJudge(folder)).check(CLAIM, document="lakes")
    answer(folder, "overstated", "should measure")
    longer = tmp_path / "new" / "lakes.txt"
    longer.parent.mkdir()
    longer.write_text(
        PLAN.replace("\n\n", "\n\nIt was written by the water, in a wet spring.\n\n", 1), encoding="utf-8"
    )
    asked = len((folder / "requests.jsonl").read_text(encoding="utf-8").splitlines())
    moved = polidiff.read(longer)
    found = polidiff.ClaimChecker([moved], judge=FolderJudge(folder)).check(CLAIM, document="lakes")
    assert (found.verdict, found.by) == ("overstated", "model")
    assert moved.cut(found.evidence[0].span) == "should measure"
    assert len((folder / "requests.jsonl").read_text(encoding="utf-8").splitlines()) == asked
    longer.write_text(PLAN.replace("should measure", "must measure"), encoding="utf-8")
    changed = polidiff.ClaimChecker([polidiff.read(longer)], judge=FolderJudge(folder)).check(CLAIM, document="lakes")
    assert changed.by != "model"

"""The judge's button: questions go to whom the workbench was started with, and what the answers changed is told."""

from __future__ import annotations

import json
import time
from pathlib import Path

from starlette.testclient import TestClient
from tests.web.conftest import Bench, token_of
from tests.workspace.test_workspace_judging import answer


def _press(browser: TestClient, most: str = "") -> str:
    token = token_of(browser.get("/review").text)
    pressed = browser.post("/review/judge", data={"token": token, "by": "Ada", "most": most})
    assert pressed.headers["location"] == "/review#judge"
    work = browser.app.state.desk.work  # type: ignore[attr-defined]
    until = time.monotonic() + 120
    while work.runs("judge") and time.monotonic() < until:
        time.sleep(0.2)
    return browser.get("/review").text.partition('id="judge"')[2]


def test_without_a_judge_the_page_says_how_to_name_one(browser: TestClient) -> None:
    page = browser.get("/review").text
    assert "polidiff serve --judge" in page
    token = token_of(page)
    assert browser.post("/review/judge", data={"token": token, "by": "Ada"}).status_code == 404


def test_a_folder_is_asked_and_its_answers_change_findings(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "judge"
    browser = bench(judge=str(folder), background=True)
    asked = _press(browser)
    assert "0 answered with proof" in asked
    assert "requests.jsonl" in asked
    answer(folder)
    told = _press(browser)
    assert "findings changed" in told or "finding changed" in told
    assert "Divergent" in told.partition("effects")[2].partition("</ul>")[0], told[:1500]


def test_no_more_questions_than_asked_for(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "judge"
    _press(bench(judge=str(folder), background=True), most="1")
    lines = (folder / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    items = {item["id"] for line in lines for item in json.loads(line)["items"]}
    assert len(items) == 1

"""Two versions of a document in the workbench: what was struck out and what was added, found beside the pages."""

from __future__ import annotations

from pathlib import Path

from lxml import html
from starlette.testclient import TestClient
from tests.workspace.plans import NORTH, Clock, write_plan

from polidiff.web.worker import Order, carry_out
from polidiff.workspace import Workspace
from polidiff.workspace.changes import versions_of


def made_anew(workspace: Path, folder: Path) -> list[str]:
    """Add a second version of the northern plan, in which a duty is weakened; return the versions' hashes."""
    clock = Clock()
    newer = [line.replace("should train", "may train") for line in NORTH]
    with Workspace.open(workspace) as work:
        work.add(write_plan(folder, "north", newer), when=clock())
        return [one.version for one in versions_of(work, "north")]


def test_struck_and_added_words_stand_side_by_side(browser: TestClient, workspace: Path, tmp_path: Path) -> None:
    alone = browser.get("/versions/north")
    assert "Only one version" in alone.text
    old, new = made_anew(workspace, tmp_path)
    making = browser.get("/versions/north")
    assert "being set side by side" in making.text
    carry_out(str(workspace), Order("versions", f"{old}:{new}", "North", "north"), lambda *_: None)
    page = html.fromstring(browser.get("/versions/north").text)
    assert [one.text_content() for one in page.xpath("//del")] == ["should"]
    assert [one.text_content() for one in page.xpath("//ins")] == ["may"]
    assert {one.get("data-document") for one in page.xpath("//blockquote")} == {"north-old", "north-new"}
    assert page.xpath("//select[@name='old']/option[@selected]/@value") == [old]
    listed = html.fromstring(browser.get("/documents").text)
    assert listed.xpath("//td/a[starts-with(@href, '/versions/north')]")[0].text == "2"


def test_versions_that_are_not_held_are_not_found(browser: TestClient) -> None:
    assert browser.get("/versions/north?old=0&new=1").status_code == 404
    assert browser.get("/versions/nowhere").status_code == 404

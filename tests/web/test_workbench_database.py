"""The workbench over a workspace in a database: the same pages, and the password on none of them."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import Bench, item_of, token_of
from tests.workspace.plans import Clock
from tests.workspace.postgres_server import database, place

from polidiff.encode import DefaultEncoder
from polidiff.workspace import Workspace, merge

__all__ = ["database", "place"]


def test_people_decide_in_a_database_as_in_a_file(bench: Bench, workspace: Path, place: str) -> None:
    clock = Clock()
    with (
        Workspace.init(place, when=clock(), title="The team's plans", encoder=DefaultEncoder()) as team,
        Workspace.open(workspace) as own,
    ):
        merge(team, own, when=clock())
        team.compare()
    password = place.partition("@")[0].rpartition(":")[2]
    browser = bench(where=place)
    page = browser.get("/review?kind=links").text
    name = item_of(page)
    assert "The team" in page
    answer = browser.post("/review", data={"token": token_of(page), "at": name, "verb": "reject", "by": "Ada"})
    assert answer.status_code == 303
    for address in ("/", "/review?show=all", "/documents", "/report", "/work", f"/review?at={name}"):
        assert password not in browser.get(address).text
    with Workspace.open(place) as work:
        assert [(row.verb, row.by) for row in work.rows()] == [("reject", "Ada")]

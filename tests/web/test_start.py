"""The way in: an empty workspace asks for files, shows what they were read as, and compares when it is told to."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.web.conftest import Bench, token_of
from tests.workspace.plans import NOON, NORTH, SOUTH, write_plan

from polidiff.errors import InputError
from polidiff.readers.choices import checked_date
from polidiff.web.desk import WorkspaceService
from polidiff.web.server import find_workspace
from polidiff.workspace import Workspace
from polidiff.workspace.corrections import correct


def two(tmp_path: Path) -> Path:
    """A workspace of two plans that nobody has compared."""
    path = tmp_path / "two.polidiff"
    with Workspace.init(path, when=NOON) as work:
        work.add(write_plan(tmp_path, "north", NORTH), when=NOON)
        work.add(write_plan(tmp_path, "south", SOUTH), when=NOON)
    return path


def desk_of(client: TestClient) -> WorkspaceService:
    desk = client.app.state.desk  # type: ignore[attr-defined]
    assert isinstance(desk, WorkspaceService)
    return desk


def empty(tmp_path: Path) -> Path:
    """A workspace as ``polidiff serve`` makes it in a folder that has none."""
    folder = tmp_path / "empty"
    folder.mkdir(exist_ok=True)
    return Path(find_workspace(folder))


def test_a_folder_without_a_workspace_gets_one(bench: Bench, tmp_path: Path) -> None:
    client = bench(empty(tmp_path))
    page = client.get("/").text
    assert "Compare two documents" in page
    assert "Compare the sample" in page
    assert empty(tmp_path) == tmp_path / "empty" / "comparison.polidiff"


def test_what_was_read_is_shown_and_put_right_before_it_is_compared(bench: Bench, tmp_path: Path) -> None:
    path = two(tmp_path)
    client = bench(path)
    desk = desk_of(client)
    desk.hold(True)
    page = html.fromstring(client.get("/").text)
    assert page.xpath("//input[@name='title.north']/@value") == ["Northland AI plan"]
    fields = {one.get("name"): one.get("value") for one in page.xpath("//*[@id='read']//input")}
    fields |= {"title.north": "The plan of the North", "date.north": "2026-02-01", "document": ["north", "south"]}
    answer = client.post("/start/compare", data=fields)
    assert answer.headers["location"] == "/"
    assert not desk.held
    with Workspace.open(path) as work:
        document = work.documents()[0]
        assert (document.title, document.date) == ("The plan of the North", "2026-02-01")
        assert document.text.startswith("Northland AI plan")


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("31 March 2015", "2015-03-31"), ("March 31, 2015", "2015-03-31"), ("2015/3/31", "2015-03-31"),
        ("2015年3月31日", "2015-03-31"), ("March 2015", "2015-03"), ("2015", "2015"),
    ],
)  # fmt: skip
def test_a_date_is_understood_as_people_write_it(typed: str, held: str) -> None:
    assert checked_date("", typed) == held


@pytest.mark.parametrize("typed", ["next spring", "03/04/2015", "31 February 2015", "2015-13", "about March 2015"])
def test_what_is_no_date_is_refused_with_the_form_wanted(typed: str) -> None:
    with pytest.raises(InputError, match="2015-03-31"):
        checked_date("", typed)


def test_a_date_that_is_none_is_told_and_the_other_corrections_stay(bench: Bench, tmp_path: Path) -> None:
    path = two(tmp_path)
    client = bench(path)
    desk_of(client).hold(True)
    token = token_of(client.get("/").text)
    fields = {"token": token, "document": ["north", "south"], "title.north": "The North", "date.north": "soon"}
    answer = client.post("/start/compare", data={**fields, "date.south": "31 March 2015"})
    page = client.get(answer.headers["location"]).text
    assert "<bdi>soon</bdi>” is no date" in page
    assert desk_of(client).held
    with Workspace.open(path) as work:
        facts = {one.id: (one.title, one.date) for one in work.documents()}
    assert facts["north"] == ("The North", None)
    assert facts["south"][1] == "2015-03-31"


def test_one_document_is_too_few_to_compare(bench: Bench, tmp_path: Path) -> None:
    client = bench(two(tmp_path))
    desk_of(client).hold(True)
    token = token_of(client.get("/").text)
    answer = client.post("/start/compare", data={"token": token, "document": "north"})
    assert answer.headers["location"] == "/?problem=choice"
    assert "Tick two documents or more" in client.get("/?problem=choice").text
    assert desk_of(client).held


def test_two_hundred_files_are_taken_and_the_empty_ones_told(bench: Bench, tmp_path: Path) -> None:
    client = bench(empty(tmp_path))
    token = token_of(client.get("/").text)
    files = [("file", (f"plan{n % 199}.md", b"" if n == 7 else b"# Plan %d" % n)) for n in range(200)]
    assert client.post("/start", data={"token": token}, files=files).status_code == 303
    tasks = desk_of(client).work.tasks()
    assert len(tasks) == 200
    assert [task.order.name for task in tasks if task.state == "failed"] == ["plan7.md"]
    assert len({task.order.id for task in tasks}) == 200
    said = html.fromstring(client.get("/?lang=zh").text).xpath("//ul[@class='failed']/li")
    assert [one.text_content() for one in said] == ["plan7.md: 文件为空（0 字节）；请重新保存或下载"]


def test_more_files_than_fit_are_refused_with_what_to_do(bench: Bench, tmp_path: Path) -> None:
    client = bench(empty(tmp_path))
    token = token_of(client.get("/").text)
    files = [("file", (f"plan{n}.md", b"# Plan")) for n in range(301)]
    answer = client.post("/start", data={"token": token}, files=files)
    assert answer.status_code == 400
    assert "Send them in several rounds" in answer.text


def test_a_correction_keeps_decisions_and_provisions(tmp_path: Path) -> None:
    with Workspace.open(two(tmp_path)) as work:
        name = next(f"north#{p.id}" for p in work.places().documents["north"][1] if p.leaf)
        row = work.decide(name, "note", by="Ada", when=NOON, why="see annex")
        before = work.places().documents["north"][1]
        assert correct(work, "north", {"title": "  A plan ", "issuer": ""}, when=NOON)
        assert not correct(work, "north", {"title": "A plan", "kind": ""}, when=NOON)
        assert work.documents()[0].title == "A plan"
        assert work.places().documents["north"][1] == before
        assert row in [one for held in work.standings().values() for one in held.live]

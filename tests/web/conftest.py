"""A compared workspace of two small plans, made once, and browsers without a screen on a copy of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.workspace.plans import EAST, NORTH, SOUTH, Clock, write_plan

from polidiff.web import Settings, make_app
from polidiff.workspace import Workspace
from polidiff.workspace.corpus import open_index, prepare

Bench = Callable[..., TestClient]


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose documents are compared and ready to be searched. Tests work on copies."""
    folder = tmp_path_factory.mktemp("compared")
    path, clock = folder / "work.polidiff", Clock()
    with Workspace.init(path, when=clock(), title="North and South") as work:
        for name, lines in (("north", NORTH), ("south", SOUTH), ("east", EAST)):
            work.add(write_plan(folder, name, lines), when=clock())
        work.compare()
        prepare(work)
        assert open_index(work).ready
    return path


@pytest.fixture
def workspace(compared: Path, tmp_path: Path) -> Path:
    """A copy of the compared workspace."""
    return Path(shutil.copy(compared, tmp_path / "work.polidiff"))


@pytest.fixture
def bench(workspace: Path) -> Iterator[Bench]:
    """Open the workbench of the copy: ``bench(token="…", max_upload=…)`` gives a browser on it."""
    opened: list[TestClient] = []

    def make(where: Path = workspace, **settings: object) -> TestClient:
        made = Settings(str(where), **{"background": False, **settings})  # type: ignore[arg-type]
        client = TestClient(make_app(made), base_url=f"http://127.0.0.1:{made.port}", follow_redirects=False)
        client.__enter__()
        opened.append(client)
        desk = client.app.state.desk  # type: ignore[attr-defined]
        desk.snapshot(60)
        desk.finder.index(60)
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def browser(bench: Bench) -> TestClient:
    """A browser on the workbench, as it is started on this machine."""
    return bench()


def token_of(page: str) -> str:
    """The token in the forms of a page."""
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found is not None
    return found.group(1)


def item_of(page: str) -> str:
    """The proposal that a page of the review shows."""
    found = re.search(r'<form method="post"[^>]*class="decide".*?name="at" value="([^"]+)"', page, re.DOTALL)
    assert found is not None
    return found.group(1)

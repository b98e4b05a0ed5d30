"""The server as it is started: the token in no log, long work that a killed server takes up again, no lost decision."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import item_of, token_of
from tests.workspace.plans import NOON, NORTH, SOUTH, write_plan

from polidiff.workspace import Workspace

PATIENCE = 90.0


class Served:
    """A server of its own, and a browser on it."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.errors = folder / "stderr"
        with self.errors.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "polidiff", "serve", *options, "--port", "0", "--log"],
                stdout=subprocess.PIPE, stderr=errors, text=True, cwd=folder,
            )  # fmt: skip
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        found = re.match(r"(http://[\d.]+:\d+/)(?:\?token=(\S+))?", self.said)
        assert found is not None, self.errors.read_text()
        self.token = found.group(2) or ""
        self.browser = httpx.Client(base_url=found.group(1), timeout=30, trust_env=False)

    def form(self, place: str, **fields: str) -> httpx.Response:
        """Send a form of a page."""
        return self.browser.post(place, data={"token": token_of(self.browser.get("/documents").text), **fields})

    def until(self, met: Callable[[], bool]) -> None:
        """Wait for something."""
        end = time.monotonic() + PATIENCE
        while not met():
            assert time.monotonic() < end, self.errors.read_text()
            time.sleep(0.1)

    def end(self, how: signal.Signals) -> None:
        """Stop the server."""
        self.process.send_signal(how)
        self.process.wait(20)
        self.browser.close()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start servers in the test's folder; they are stopped at its end."""
    started: list[Served] = []

    def start(*options: str) -> Served:
        started.append(Served(tmp_path, *options))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.end(signal.SIGKILL)


def test_the_token_is_printed_once_and_stands_in_no_log(serve: Callable[..., Served], workspace: Path) -> None:
    server = serve(str(workspace), "--host", "0.0.0.0")
    assert server.browser.get("/documents").status_code == 401
    answer = server.browser.get("/documents", params={"token": server.token})
    assert answer.status_code == 303
    assert server.browser.get("/documents").status_code == 200
    server.end(signal.SIGINT)
    log = server.errors.read_text()
    assert "GET /documents 200" in log
    assert server.token not in log
    assert "token=" not in log
    assert "Traceback" not in log


@pytest.mark.slow
def test_a_killed_server_loses_no_decision_and_takes_up_its_work(serve: Callable[..., Served], tmp_path: Path) -> None:
    path = tmp_path / "work.polidiff"
    with Workspace.init(path, when=NOON) as work:
        work.add(write_plan(tmp_path, "north", NORTH), when=NOON)
    server = serve()
    south = write_plan(tmp_path, "south", SOUTH)
    token = token_of(server.browser.get("/documents").text)
    with south.open("rb") as file:
        answer = server.browser.post("/documents", data={"token": token}, files={"file": ("south.md", file)})
    assert answer.status_code == 303
    server.end(signal.SIGKILL)

    server = serve()
    server.until(lambda: server.browser.get("/work.json").json()["ready"])
    assert "Southland AI strategy" in server.browser.get("/documents").text
    made = []
    for _ in range(5):
        page = server.browser.get("/review?kind=links").text
        name = item_of(page)
        assert server.form("/review", at=name, verb="reject", by="Ada").status_code == 303
        made.append(name)
    server.end(signal.SIGKILL)
    with Workspace.open(path) as work:
        assert len(work.rows()) == len(made) == 5
        assert all(held.decided is not None for held in work.standings().values())


@pytest.mark.slow
def test_long_work_can_be_stopped_and_begun_again(serve: Callable[..., Served], tmp_path: Path) -> None:
    path = tmp_path / "work.polidiff"
    with Workspace.init(path, when=NOON) as work:
        work.add(write_plan(tmp_path, "north", NORTH), when=NOON)
        work.add(write_plan(tmp_path, "south", SOUTH), when=NOON)
    server = serve(str(path))

    def comparing() -> str:
        found = re.search(
            r'action="(/work/\d+/cancel)"[^>]*>.*?aria-label="Stop: Comparing',
            server.browser.get("/work").text,
            re.DOTALL,
        )
        return found.group(1) if found else ""

    server.until(lambda: bool(comparing()))
    place = comparing()
    if place:
        assert server.form(place).status_code == 303
    assert "stopped" in server.browser.get("/work").text or server.browser.get("/work.json").json()["ready"]
    assert server.form("/work/compare").status_code == 303
    server.until(lambda: server.browser.get("/work.json").json()["ready"])
    assert "/themes/" in server.browser.get("/").text


def test_two_workspaces_in_a_folder_ask_for_a_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Workspace.init(tmp_path / f"{name}.polidiff", when=NOON).close()
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    made = subprocess.run(
        [sys.executable, "-m", "polidiff", "serve"], cwd=tmp_path, capture_output=True, text=True, env=environment
    )
    assert made.returncode == 2
    assert "several workspaces" in made.stderr
    assert made.stderr.count("\n") == 1


def test_no_address_is_printed_for_what_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "odd.polidiff").write_text("not a workspace")
    made = subprocess.run(
        [sys.executable, "-m", "polidiff", "serve", "odd.polidiff", "--port", "0"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert (made.returncode, made.stdout) == (2, "")


@pytest.mark.slow
def test_a_cut_is_compared_anew_without_being_asked(serve: Callable[..., Served], workspace: Path) -> None:
    server = serve(str(workspace))
    server.until(lambda: server.browser.get("/work.json").json()["fresh"])
    with Workspace.open(workspace) as work:
        found = next(p for p in work.places().documents["north"][1] if p.leaf and "train teachers" in p.text)
    cut = {"document": "north", "at": str(found.start), "what": "split", "words": "in artificial", "by": "Ada"}
    assert server.form("/provision", **cut).status_code == 303
    server.until(lambda: server.browser.get("/work.json").json()["fresh"])
    answer = server.browser.get("/review", params={"show": "all", "document": "north"})
    assert answer.status_code == 200
    with Workspace.open(workspace) as work:
        assert any(item.passages[0].text == "in artificial intelligence." for item in work.queue(make=False))

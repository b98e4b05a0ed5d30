"""The workbench under load, and killed: whether it stays quick, and loses no decision.

::

    python -m benchmarks.serving load WORKSPACE [--seconds 300] [--readers 50] [--reviewers 5]
    python -m benchmarks.serving kill WORKSPACE [--times 100]
    python -m benchmarks.serving pause WORKSPACE [--times 10]

``load`` starts a server on WORKSPACE (a compared one: a path, or the address of a database) and lets readers look at
its pages and reviewers decide, each with a pause of one to three seconds between two pages. It prints how long pages
took, what failed, and whether every decision that was acknowledged stands in the workspace. ``kill`` lets a reviewer
decide as fast as he can and kills the server at a random moment, again and again, and checks the same. Both write
decisions: ``load`` into WORKSPACE (give a copy), ``kill`` into copies of it (a file, on POSIX). ``pause`` decides
(into WORKSPACE), and asks for pages while the snapshot after it is made. It counts processor time of the serving
process from request to answer, so what other programs take of the machine is not in it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import html
import itertools
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from starlette.testclient import TestClient

from polidiff.processes import collect_rarely
from polidiff.web.app import make_app
from polidiff.web.server import SWITCH, listen, run
from polidiff.web.settings import Settings
from polidiff.workspace import Workspace

A_COPY = 5
"""Kills that one copy of a workspace serves: its queue would run dry."""

TOLD = 50
"""Kills between two lines that say how far it is."""

PAGES = ("/", "/?kind=shared", "/review", "/review?kind=codes", "/documents", "/search?q=data+centers", "/work.json")
QUESTIONS = ("computing power", "train teachers", "open models", "芯片出口", "“shall ensure”", "who reports incidents?")


@contextlib.contextmanager
def served(workspace: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server on ``workspace``: its address, and its process."""
    command = [sys.executable, "-m", "polidiff", "serve", workspace, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[0].rstrip("/")
        try:
            yield address, process
        finally:
            process.send_signal(signal.SIGINT)


def ready(address: str) -> None:
    """Wait until the comparison and the index are there."""
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as browser:
        while not browser.get("/work.json").json()["ready"]:
            time.sleep(0.5)
        for page in PAGES:
            browser.get(page)


def form_of(page: str) -> dict[str, str] | None:
    """The fields of the form that decides, or None where nothing is left."""
    found = re.search(r'name="token" value="(\w+)"><input type="hidden" name="at" value="([^"]+)">', page)
    return None if found is None else {"token": found.group(1), "at": html.unescape(found.group(2))}


class Load:
    """Who does what, and how long it took."""

    def __init__(self, address: str, seconds: float) -> None:
        self.address = address
        self.end = time.monotonic() + seconds
        self.taken: dict[str, list[float]] = {}
        self.failed: Counter[str] = Counter()
        self.decided: Counter[str] = Counter()

    async def ask(
        self, browser: httpx.AsyncClient, kind: str, method: str, place: str, **given: Any
    ) -> httpx.Response | None:
        """Ask for a page, and note how long it took."""
        began = time.perf_counter()
        try:
            answer = await browser.request(method, place, **given)
        except httpx.HTTPError as error:
            self.failed[f"{kind}: {type(error).__name__}"] += 1
            return None
        self.taken.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
        if answer.status_code not in (200, 303):
            self.failed[f"{kind}: {answer.status_code}"] += 1
            return None
        return answer

    async def reader(self, number: int) -> None:
        """Look at pages, one after another."""
        chance = random.Random(number)
        async with httpx.AsyncClient(base_url=self.address, timeout=60, trust_env=False) as browser:
            links: list[str] = []
            while time.monotonic() < self.end:
                choice = chance.random()
                if choice < 0.25 and links:
                    kind, place = "a theme", chance.choice(links)
                elif choice < 0.45:
                    kind, place = "search", f"/search?q={chance.choice(QUESTIONS)}"
                else:
                    place = chance.choice(PAGES)
                    kind = place.partition("?")[0]
                answer = await self.ask(browser, kind, "GET", place)
                if answer is not None and place == "/":
                    links = re.findall(r'href="(/themes/[^"#?]+)"', answer.text)
                await asyncio.sleep(chance.uniform(1, 3))

    async def reviewer(self, number: int) -> None:
        """Decide, one proposal after another."""
        chance = random.Random(1000 + number)
        name = f"Reviewer {number}"
        async with httpx.AsyncClient(base_url=self.address, timeout=60, trust_env=False) as browser:
            while time.monotonic() < self.end:
                page = await self.ask(browser, "review", "GET", f"/review?kind={chance.choice(['links', 'codes'])}")
                form = form_of(page.text) if page is not None else None
                if form is not None:
                    form |= {"verb": chance.choice(["accept", "reject"]), "by": name}
                    if await self.ask(browser, "a decision", "POST", "/review", data=form):
                        self.decided[name] += 1
                await asyncio.sleep(chance.uniform(1, 3))

    async def run(self, readers: int, reviewers: int) -> None:
        """Everybody at once."""
        await asyncio.gather(*map(self.reader, range(readers)), *map(self.reviewer, range(reviewers)))


def decisions_of(workspace: str) -> Counter[str]:
    """How many decisions each person has in the workspace."""
    with Workspace.open(workspace) as work:
        return Counter(row.by for row in work.rows())


def load(workspace: str, seconds: float, readers: int, reviewers: int) -> int:
    """Print how long pages took, and whether a decision was lost."""
    before = decisions_of(workspace)
    with served(workspace) as (address, _):
        ready(address)
        made = Load(address, seconds)
        asyncio.run(made.run(readers, reviewers))
    print(f"{'page':<14}{'asked':>8}{'median':>9}{'p95':>9}{'longest':>9}  (ms)")
    every = [one for times in made.taken.values() for one in times]
    for kind, times in [*sorted(made.taken.items()), ("all", every)]:
        print(f"{kind:<14}{len(times):>8}{np.median(times):>9.0f}{np.quantile(times, 0.95):>9.0f}{max(times):>9.0f}")
    found = decisions_of(workspace) - before
    lost = made.decided - found
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"processor time of the server: {used.ru_utime + used.ru_stime:.0f} s; most memory: {used.ru_maxrss >> 10} MB"
    )
    print(f"errors: {dict(made.failed) or 'none'}")
    print(f"decisions acknowledged: {made.decided.total()}, in the workspace: {found.total()}, lost: {lost.total()}")
    return 1 if made.failed or lost else 0


def warm(workspace: str) -> None:
    """Read here, before anything is forked, the code and the tables that each server would read."""
    with TestClient(make_app(Settings(workspace, background=False)), base_url="http://127.0.0.1:8477") as browser:
        desk = browser.app.state.desk  # type: ignore[attr-defined]
        desk.snapshot(60)
        desk.finder.index(60)
        browser.get("/review")


@contextlib.contextmanager
def forked(workspace: str) -> Iterator[tuple[str, int]]:
    """A server on ``workspace`` in a process forked from this one, which has read the code already: address and id."""
    at, port = listen("127.0.0.1", 0)
    settings = Settings(workspace, port=port)
    child = os.fork()
    if child == 0:
        try:
            run(settings, at)
        finally:
            os._exit(3)
    at.close()
    try:
        yield settings.address.rstrip("/"), child
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def one_kill(workspace: str, name: str, seconds: float) -> int:
    """Decide as fast as a server takes it, kill the server after ``seconds``, and return how many it acknowledged."""
    decided = 0
    with (
        forked(workspace) as (address, process),
        httpx.Client(base_url=address, timeout=60, trust_env=False) as browser,
        contextlib.suppress(httpx.HTTPError),
    ):
        while not browser.get("/work.json").json()["ready"]:
            time.sleep(0.02)
        browser.get("/review")
        signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, seconds)
        while form := form_of(browser.get("/review").text):
            fields = {**form, "verb": "reject" if decided % 2 else "accept", "by": name}
            decided += browser.post("/review", data=fields).status_code == 303
        signal.setitimer(signal.ITIMER_REAL, 0)
    return decided


def kill(workspace: str, times: int, longest: float) -> int:
    """Kill the server at random moments while a reviewer decides; print whether a decision was lost.

    A fresh copy of the workspace serves :data:`A_COPY` rounds, then what it holds is counted and checked.
    """
    chance = random.Random(7)
    lost = acknowledged = early = 0
    warm(workspace)
    for begun in range(0, times, A_COPY):
        decided: Counter[str] = Counter()
        with tempfile.TemporaryDirectory() as folder:
            copy = shutil.copy(workspace, Path(folder) / "killed.polidiff")
            for number in range(begun, min(times, begun + A_COPY)):
                name = f"Killed {number}"
                decided[name] = one_kill(str(copy), name, chance.uniform(0.0, longest))
                early += not decided[name]
            lost += (decided - decisions_of(str(copy))).total()
            acknowledged += decided.total()
            with contextlib.closing(sqlite3.connect(copy)) as database:
                answer = database.execute("PRAGMA integrity_check").fetchone()[0]
            lost += answer != "ok"
        done = min(times, begun + A_COPY)
        if done % TOLD == 0 or done == times:
            print(
                f"killed {done} times ({early} before the first decision); acknowledged: {acknowledged}, lost: {lost}",
                flush=True,
            )
    return 1 if lost else 0


class Ticks:
    """A thread that sleeps a millisecond, and how much the process computed meanwhile, in seconds of processor time."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Ticks:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            began = time.process_time()
            time.sleep(0.001)
            self.longest = max(self.longest, time.process_time() - began)


def looked(browser: TestClient, pages: Iterable[str], until: Callable[[], bool]) -> list[float]:
    """Ask for pages until something is so: what this process computed for each, in milliseconds of processor time."""
    taken = []
    for page in pages:
        if until():
            break
        began = time.process_time()
        browser.get(page)
        taken.append((time.process_time() - began) * 1000)
    return taken


def pause(workspace: str, times: int) -> int:
    """Print how much the serving process computes between a request and its answer: at rest, and after a decision.

    Beside it the longest such time between two ticks of a thread that sleeps a millisecond, and what a snapshot takes.
    """
    sys.setswitchinterval(SWITCH)
    collect_rarely()
    app = make_app(Settings(workspace))
    pages = [page for page in PAGES if page != "/work.json"]
    after: list[float] = []
    with TestClient(app, base_url="http://127.0.0.1:8477", follow_redirects=False) as browser:
        desk = app.state.desk
        desk.snapshot(600)
        while not desk.snapshot(0)[1] or any(task.open for task in desk.work.tasks()):
            time.sleep(0.05)
        looked(browser, pages * 2, lambda: False)
        time.sleep(6)
        rest = looked(browser, pages * 3, lambda: False)
        whole, ours = time.monotonic(), time.process_time()
        with Ticks() as ticks:
            for number in range(times):
                form = form_of(browser.get("/review").text)
                assert form is not None, "nothing is left to decide"
                browser.post("/review", data={**form, "verb": "reject" if number % 2 else "accept", "by": "Pause"})
                after += looked(browser, itertools.cycle(pages), lambda: bool(desk.snapshot(0)[1]))
        whole, ours = time.monotonic() - whole, time.process_time() - ours
    for kind, held in (("at rest", rest), ("after a decision", after)):
        print(
            f"{kind}: {len(held)} pages, median {np.median(held):.0f} ms, p95 {np.quantile(held, 0.95):.0f} ms, "
            f"longest {max(held):.0f} ms"
        )
    here, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"longest pause: {ticks.longest * 1000:.0f} ms; a decision with its snapshot: {whole / times:.1f} s")
    print(
        f"processor time: {ours:.1f} s here, {others.ru_utime + others.ru_stime:.1f} s in others, their start included"
    )
    print(f"most memory: {here.ru_maxrss >> 10} MB here, {others.ru_maxrss >> 10} MB in the largest other")
    return 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["load", "kill", "pause"])
    parser.add_argument("workspace")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--reviewers", type=int, default=5)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--longest", type=float, default=1.0, help="seconds that a server lives once it is ready")
    given = parser.parse_args()
    if given.what == "load":
        return load(given.workspace, given.seconds, given.readers, given.reviewers)
    if given.what == "pause":
        return pause(given.workspace, min(given.times, 20))
    return kill(given.workspace, given.times, given.longest)


if __name__ == "__main__":
    sys.exit(main())

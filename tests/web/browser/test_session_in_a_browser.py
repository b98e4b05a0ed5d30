"""A whole session, from ``init`` to a report with twenty decisions, by keyboard alone."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.web.test_workbench_server import PATIENCE, Served
from tests.workspace.plans import EAST, NORTH, SOUTH, write_plan

from polidiff.workspace import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def polidiff(folder: Path, *arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "polidiff", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def follow(tab: Any, words: str) -> None:
    """Go to the link or button of these words with Tab, and press Enter."""
    for _ in range(80):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.innerText").strip() == words:
            tab.evaluate("document.documentElement.dataset.before = 'key'")
            tab.keyboard.press("Enter")
            tab.wait_for_function("!document.documentElement.dataset.before && document.readyState === 'complete'")
            return
    raise AssertionError(f"{words} is not to be reached by Tab")


def press(tab: Any, key: str) -> None:
    """Press a key that sends a form, and wait for the page that answers it, however long that takes."""
    tab.wait_for_load_state("load")
    tab.evaluate("document.documentElement.dataset.before = 'key'")
    with tab.expect_request(lambda request: request.method == "POST"):
        tab.keyboard.press(key)
    tab.wait_for_function("!document.documentElement.dataset.before && document.readyState === 'complete'")


def test_twenty_decisions_by_keyboard_end_in_a_report(chromium: Any, tmp_path: Path) -> None:
    plans = [write_plan(tmp_path, name, lines).name for name, lines in (("n", NORTH), ("s", SOUTH), ("e", EAST))]
    polidiff(tmp_path, "init", "w.polidiff")
    polidiff(tmp_path, "add", "w.polidiff", *plans)
    polidiff(tmp_path, "compare", "--workspace", "w.polidiff")
    server = Served(tmp_path, "w.polidiff")
    server.until(lambda: server.browser.get("/work.json").json()["fresh"])
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE * 1000)
    try:
        tab = context.new_page()
        tab.goto(f"{server.browser.base_url}?lang=en")
        follow(tab, "Side by side")
        tab.locator(".row").first.wait_for()
        follow(tab, "Review")
        tab.keyboard.press("a")
        tab.keyboard.type("Ada")
        press(tab, "Enter")
        for number in range(19):
            press(tab, "ar"[number % 2])
        press(tab, "u")
        press(tab, "r")
        follow(tab, "Report")
        with tab.expect_download() as got:
            for _ in range(40):
                tab.keyboard.press("Tab")
                if tab.evaluate("document.activeElement.innerText").strip() == "comparison.xlsx":
                    tab.keyboard.press("Enter")
                    break
        assert Path(got.value.path()).read_bytes().startswith(b"PK")
    finally:
        context.close()
        server.end(signal.SIGTERM)
    with Workspace.open(tmp_path / "w.polidiff") as work:
        held = [one for one in work.standings().values() if one.decided is not None]
    assert len(held) == 20
    assert {one.decided.by for one in held if one.decided is not None} == {"Ada"}

"""Side by side in a real browser: nothing for axe, nothing too wide, by keyboard alone, one scroll."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.web.browser.conftest import WCAG, workbench
from tests.workspace.plans import Clock, write_plan

from polidiff.workspace import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROWS = 400


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a workbench of two made plans, one of them long."""
    folder, clock = tmp_path_factory.mktemp("side"), Clock()
    lines = [
        one
        for number in range(ROWS)
        for one in ([f"## Part {number // 40 + 1}"] if number % 40 == 0 else [])
        + [f"- The agency should inspect bridge {number} with sensors before winter."]
    ]
    path = folder / "long.polidiff"
    with Workspace.init(path, when=clock(), title="Bridges") as work:
        work.add(write_plan(folder, "long", ["# Long plan", *lines]), when=clock())
        work.add(write_plan(folder, "short", ["# Short plan", *lines[:4]]), when=clock())
        work.compare()
    with workbench(path, background=False) as address:
        yield address


@pytest.mark.parametrize(("width", "scheme", "tongue"), [(1280, "light", "en"), (390, "dark", "zh")])
def test_axe_finds_nothing_and_nothing_runs_off_the_screen(
    chromium: Any, served: str, width: int, scheme: str, tongue: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    try:
        tab = context.new_page()
        tab.goto(f"{served}/side?a=long&b=short&only=all&order=text&lang={tongue}")
        for shown in ("table", "passage"):
            if shown == "passage":
                tab.locator("a.pin").first.click()
                tab.locator("dialog[open] h1").wait_for()
            found = axe.run(tab, options={"runOnly": WCAG})
            assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        context.close()


def test_rows_are_walked_and_opened_by_keyboard(chromium: Any, served: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    try:
        tab = context.new_page()
        tab.goto(f"{served}/side?a=long&b=short&only=all&order=text")
        for _ in range(3):
            tab.keyboard.press("j")
        tab.keyboard.press("k")
        assert tab.locator(".row:has(.pin:focus) blockquote").first.inner_text().find("bridge 1 ") > 0
        tab.keyboard.press("Enter")
        tab.locator("dialog[open] h1").wait_for()
        assert "bridge 1 " in tab.locator("dialog blockquote").first.inner_text()
        tab.keyboard.press("j")
        tab.locator("dialog #passage > figure blockquote", has_text="bridge 2 ").wait_for()
        tab.keyboard.press("Escape")
        assert tab.locator("dialog[open]").count() == 0
        assert tab.locator(".pin:focus").count() == 1
    finally:
        context.close()


def test_the_whole_table_is_one_scroll_and_what_is_far_is_let_go(chromium: Any, served: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    try:
        tab = context.new_page()
        tab.goto(f"{served}/side?a=long&b=short&only=all&order=text")
        assert tab.locator(".row", has_text=f"bridge {ROWS - 1} ").count() == 0
        for _ in range(3):
            tab.keyboard.press("End")
            tab.wait_for_timeout(100)
        tab.locator(".row", has_text=f"bridge {ROWS - 1} ").wait_for()
        tab.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        tab.locator(".row", has_text=f"bridge {ROWS // 2} ").wait_for(state="attached")
    finally:
        context.close()


def test_all_rows_are_reached_without_scripts(chromium: Any, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    try:
        tab = context.new_page()
        tab.goto(f"{served}/side?a=long&b=short&only=all&order=text")
        seen = tab.locator(".row").count()
        while tab.locator("a[rel=next]").count():
            with tab.expect_navigation(wait_until="load"):
                tab.locator("a[rel=next]").first.click()
            seen += tab.locator(".row").count()
        assert seen == ROWS
        tab.locator("a.pin").last.click()
        assert f"bridge {ROWS - 1} " in tab.locator("#passage blockquote").first.inner_text()
    finally:
        context.close()

"""The pages in a real browser: nothing for axe to find, nothing wider than the screen, every verdict by keyboard."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import report_factory as factory
from tests.web.browser.boxes import overlaps

from polidiff.errors import InputError
from polidiff.report import article_page, page
from polidiff.report.printing import QUIET, browser

METHOD = (("polidiff", "0.0"),)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    try:
        program = browser()
    except InputError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    with sync_api.sync_playwright() as play:
        made = play.chromium.launch(executable_path=program, args=[*QUIET[1:], "--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    made = factory.comparison()
    for language, ending in (("en", ""), ("zh", ".zh")):
        (folder / f"index{ending}.html").write_text(
            page(made, factory.check(made), language=language),  # type: ignore[arg-type]
            encoding="utf-8",
        )
        (folder / f"article{ending}.html").write_text(
            article_page(factory.check(made), METHOD, language=language),  # type: ignore[arg-type]
            encoding="utf-8",
        )
    return folder


@pytest.mark.parametrize("name", ["index.html", "index.zh.html", "article.html", "article.zh.html"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (768, "dark"), (640, "light"), (390, "dark")])
def test_axe_finds_nothing_and_nothing_overlaps_or_runs_off(
    chromium: Any, pages: Path, name: str, width: int, scheme: str
) -> None:
    """640 pixels are what a screen of 1280 shows at 200 % zoom."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    try:
        tab = context.new_page()
        tab.goto((pages / name).as_uri())
        tab.add_style_tag(content=".theme{content-visibility:visible!important}")
        found = axe.run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert overlaps(tab) == []
    finally:
        context.close()


@pytest.mark.parametrize("name", ["index.html", "index.zh.html", "article.html"])
def test_a_printed_page_holds_all_words_side_by_side_and_no_controls(chromium: Any, pages: Path, name: str) -> None:
    context = chromium.new_context(viewport={"width": 700, "height": 1000}, color_scheme="dark")
    try:
        tab = context.new_page()
        tab.goto((pages / name).as_uri())
        tab.emulate_media(media="print")
        assert overlaps(tab) == []
        assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert tab.locator("button:visible").count() == 0
        assert tab.pdf().startswith(b"%PDF")
    finally:
        context.close()


def test_a_verdict_is_reached_by_keyboard_without_scripts(chromium: Any, pages: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    try:
        tab = context.new_page()
        tab.goto((pages / "article.html").as_uri())
        for _ in range(60):
            tab.keyboard.press("Tab")
            focused = tab.locator("a.q-tag:focus")
            if focused.count():
                break
        else:
            pytest.fail("no label of a quotation was reached")
        target = focused.get_attribute("href")
        tab.keyboard.press("Enter")
        assert tab.url.endswith(target)
        assert tab.locator(f"{target}.card").is_visible()
    finally:
        context.close()

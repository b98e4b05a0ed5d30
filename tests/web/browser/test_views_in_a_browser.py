"""Each view in a real browser, and an article that is checked without a mouse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.web.browser.boxes import overlaps, strangers, unseen
from tests.web.browser.conftest import WCAG, workbench
from tests.workspace.plans import Clock, write_plan

from polidiff.coding import load_codebook
from polidiff.workspace import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VIEWS = (
    "",
    "side",
    "side?only=all&order=text",
    "side?a=three&b=one&only=all",
    "review",
    "review?show=all&kind=codes",
    "article",
    "search",
    "search?q=bridge",
    "browse?table=provisions",
    "browse?table=findings",
    "documents",
    "documents/three",
    "versions/three",
    "codes",
    "codes/compute",
    "codes/new",
    "provision?document=three&at=8",
    "report",
    "report/brief",
    "work",
    "nowhere",
)
LINES = ["# Bridge plan", "- The agency should inspect each bridge before winter."]
OTHERS = [LINES[0], "- The agency must inspect each bridge before winter.", "- The agency may close old tunnels."]
TITLES = ("桥梁规划", "Bridge plan")
ARTICLE = "The bridge plan says the agency “should inspect each bridge before winter”. <script>window.hurt = 1</script>"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a workbench of two made plans, with its work in processes of its own."""
    folder, clock = tmp_path_factory.mktemp("views"), Clock()
    path = folder / "bridges.polidiff"
    with Workspace.init(path, when=clock(), title="Bridges") as work:
        work.add(write_plan(folder, "one", LINES), when=clock())
        work.add(write_plan(folder, "two", OTHERS), when=clock())
        work.add(write_plan(folder, "three", ["# 桥梁规划", "- 主管部门应当在冬季前检查每座桥梁。"]), when=clock())
        work.compare(codebook=load_codebook("ai-plans"))
    with workbench(path) as address:
        yield address


def test_an_article_is_checked_without_a_mouse(chromium: Any, served: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = chromium.new_context(viewport={"width": 390, "height": 900}, color_scheme="dark", bypass_csp=True)
    try:
        tab = context.new_page()
        tab.goto(f"{served}/article")
        for _ in range(40):
            tab.keyboard.press("Tab")
            if tab.evaluate("document.activeElement.name") == "text":
                break
        tab.keyboard.insert_text(ARTICLE)
        for _ in range(10):
            tab.keyboard.press("Tab")
            if tab.evaluate("document.activeElement.matches('main button.first')"):
                break
        tab.keyboard.press("Enter")
        tab.locator("main .checked").first.wait_for(timeout=60_000)
        assert "should inspect each bridge before winter" in tab.locator("main").inner_text()
        assert tab.evaluate("window.hurt") is None
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        found = axe.run(tab, options={"runOnly": WCAG})
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    finally:
        context.close()


@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (768, "dark"), (390, "light")])
def test_each_view_is_sound(chromium: Any, served: str, width: int, scheme: str, tongue: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    plain = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tested = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    try:
        said: list[str] = []
        tab, other = plain.new_page(), tested.new_page()
        tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        tab.on("request", lambda asked: None if asked.url.startswith(served) else said.append(asked.url))
        wrong = []
        for view in VIEWS:
            address = f"{served}/{view}{'&' if '?' in view else '?'}lang={tongue}"
            tab.goto(address)
            if tab.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append((view, "too wide"))
            wrong += [(view, "over one another", one) for one in overlaps(tab)]
            wrong += [(view, "words that aren't shown", one) for one in unseen(tab)]
            wrong += [
                (view, "in the other language", one) for one in strangers(tab, tongue, ("桥梁规划", "Bridge plan"))
            ]
            other.goto(address)
            found = axe.run(other, options={"runOnly": WCAG})
            wrong += [(view, one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]]
        assert wrong == []
        assert [one for one in said if "404" not in one] == []
    finally:
        plain.close()
        tested.close()


def test_words_that_differ_are_shown_as_they_are_printed(chromium: Any, served: str) -> None:
    context = chromium.new_context()
    try:
        tab = context.new_page()
        tab.goto(f"{served}/side?a=one&b=two&only=all&lang=en")
        assert {"should", "must"} <= set(tab.locator("mark.parts").all_inner_texts())
        assert unseen(tab) == []
    finally:
        context.close()


def test_each_view_shows_its_content_without_scripts(chromium: Any, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    try:
        tab = context.new_page()
        for view in VIEWS:
            answer = tab.goto(f"{served}/{view}")
            assert answer.status == (404 if view == "nowhere" else 200), view
            assert tab.locator("main h1").first.is_visible(), view
    finally:
        context.close()


def test_selected_words_are_quoted_and_copied_with_their_source(chromium: Any, served: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 900})
    try:
        tab = context.new_page()
        tab.goto(f"{served}/documents/three?lang=en")
        tab.evaluate(
            """() => {
              const line = [...document.querySelectorAll(".reading [data-start]")].find((one) =>
                one.textContent.includes("冬季"));
              const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
              const node = walker.nextNode();
              const at = node.data.indexOf("主管部门");
              getSelection().setBaseAndExtent(node, at, node, at + "主管部门应当在冬季前检查每座桥梁".length);
              document.addEventListener("copy", (event) => { window.got = event.clipboardData.getData("text/plain"); });
            }"""
        )
        tab.locator("p.quote-this a.first").wait_for()
        tab.keyboard.press("Control+c")
        assert tab.evaluate("window.got") == "“主管部门应当在冬季前检查每座桥梁” (桥梁规划)"
        tab.locator("p.quote-this a.first").click()
        tab.locator("#f-text").wait_for()
        assert tab.locator("main blockquote").inner_text() == "主管部门应当在冬季前检查每座桥梁"
        assert overlaps(tab) == []
    finally:
        context.close()

"""The first ten minutes in a real browser: from an empty folder to a result that holds one's own decision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.web.browser.boxes import overlaps, strangers
from tests.web.browser.conftest import WCAG, workbench
from tests.workspace.plans import NORTH, SOUTH, write_plan

from polidiff.web.server import find_workspace

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 120_000
NAMES = ("Northland AI plan", "Southland AI strategy", "The plan of the North")


@pytest.mark.parametrize(("width", "tongue"), [(1280, "en"), (390, "zh")])
def test_two_files_become_a_result_that_opens_by_itself(chromium: Any, tmp_path: Path, width: int, tongue: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    plans = [write_plan(tmp_path, "north", NORTH), write_plan(tmp_path, "south", SOUTH)]
    (tmp_path / "fake.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    (tmp_path / "none.md").write_bytes(b"")
    (tmp_path / "here").mkdir()
    with workbench(Path(find_workspace(tmp_path / "here"))) as address:
        context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        try:
            tab = context.new_page()
            tab.goto(f"{address}/?lang={tongue}")
            assert axe.run(tab, options={"runOnly": WCAG}).response["violations"] == []
            files = [str(one) for one in (*plans, tmp_path / "fake.pdf", tmp_path / "none.md")]
            tab.set_input_files("#drop input[type=file]", files)
            tab.locator("#read button.first:not([disabled])").wait_for(timeout=PATIENCE)
            told = tab.locator(".failed li").all_inner_texts()
            assert sorted(one.partition(":")[0] for one in told) == ["fake.pdf", "none.md"]
            assert tab.locator("#read fieldset").count() == 2
            found = axe.run(tab, options={"runOnly": WCAG}).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
            assert overlaps(tab) == []
            assert strangers(tab, tongue, NAMES) == []
            tab.fill("input[name='title.north']", "The plan of the North")
            tab.locator("#read button.first").click()
            tab.locator("#steps").wait_for(timeout=PATIENCE)
            assert strangers(tab, tongue, NAMES) == []
            tab.locator("table.matrix").wait_for(timeout=PATIENCE)
            tab.goto(f"{address}/documents?lang={tongue}")
            assert "The plan of the North" in tab.locator("main").inner_text()
            tab.goto(f"{address}/review?lang={tongue}")
            tab.fill("input[name=by]", "Ada")
            tab.locator("[data-key=a]").click()
            tab.locator("#changed:not([data-awaits])").wait_for(timeout=PATIENCE)
            assert tab.locator("#changed").inner_text().strip()
            assert strangers(tab, tongue, NAMES) == []
        finally:
            context.close()


def test_a_dropped_folder_is_told_and_the_files_go_on(chromium: Any, tmp_path: Path) -> None:
    with workbench(Path(find_workspace(tmp_path))) as address:
        context = chromium.new_context()
        try:
            tab = context.new_page()
            tab.goto(f"{address}/?lang=en")
            tab.evaluate(
                """() => {
                  const held = new DataTransfer();
                  held.items.add(new File(["# A plan\\n\\n- The council should build a bridge."], "plan.md"));
                  const entry = (isDirectory, name, file) => ({
                    kind: "file", getAsFile: () => file, webkitGetAsEntry: () => ({ isDirectory, name }),
                  });
                  const items = [entry(true, "papers", null), entry(false, "plan.md", held.files[0])];
                  document.getElementById("drop").requestSubmit = () => {};
                  const event = new Event("drop", { bubbles: true, cancelable: true });
                  Object.defineProperty(event, "dataTransfer", { value: { items } });
                  document.dispatchEvent(event);
                }"""
            )
            assert tab.locator("#told").inner_text().startswith("papers: is a folder")
            assert tab.evaluate("document.querySelector('#drop input[type=file]').files.length") == 1
            tab.reload()  # as sending the files does
            assert tab.locator("#told").inner_text().startswith("papers: is a folder")
        finally:
            context.close()


def test_what_is_typed_while_files_are_read_stays_and_the_button_opens(chromium: Any, tmp_path: Path) -> None:
    plans = [write_plan(tmp_path, name, lines) for name, lines in (("north", NORTH), ("south", SOUTH))]
    with workbench(Path(find_workspace(tmp_path))) as address:
        context = chromium.new_context()
        try:
            tab = context.new_page()
            tab.goto(f"{address}/?lang=en")
            tab.set_input_files("#drop input[type=file]", str(plans[0]))
            title = tab.locator("input[name='title.north']")
            title.wait_for(timeout=PATIENCE)
            title.fill("The plan of the N")
            other = context.new_page()
            other.goto(f"{address}/?lang=en")
            other.set_input_files("#drop input[type=file]", str(plans[1]))
            tab.bring_to_front()
            tab.locator("#read button.first:not([disabled])").wait_for(timeout=PATIENCE)
            tab.keyboard.type("orth")
            assert title.input_value() == "The plan of the North"
        finally:
            context.close()

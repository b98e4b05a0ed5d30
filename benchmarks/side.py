"""How soon the side-by-side view is painted, and whether scrolling through it stays smooth.

::

    python -m benchmarks.side WORKSPACE [--lead DOCUMENT] [--width 1280] [--step 2000] [--pause 50]
    python -m benchmarks.side --page FILE
    python -m benchmarks.side --make FOLDER

Starts a server on WORKSPACE (a compared one) and opens the view in Chromium without a screen. Prints the first
contentful paint of five loads and the longest task, both by the clock and in processor time of the page's main thread
(what other programs take of the machine is not in that), what the page weighs with all it asks for, the memory of the
tab (resident, of the process that draws it), and the long tasks (over 50 ms, as browsers count them) while the table
is scrolled to its end, ``--step`` pixels every ``--pause`` milliseconds. ``--make`` makes a workspace of 10,000
provisions against 300, all made up, as FOLDER/ten.polidiff; ``--page`` measures a page on disk, a report.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import resource
import statistics
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.serving import ready, served
from polidiff.report.printing import browser
from polidiff.workspace import Workspace

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")

SCROLL = """async ([step, pause]) => {
  const seen = [];
  const watch = new PerformanceObserver((list) => seen.push(...list.getEntries().map((one) => one.duration)));
  watch.observe({type: "longtask"});
  const began = performance.now();
  let last = -1, still = 0, most = 0, blank = 0, steps = 0;
  while (still < 8) {
    scrollBy(0, step);
    await new Promise((go) => setTimeout(go, pause));
    still = scrollY === last ? still + 1 : 0;
    last = scrollY;
    steps += 1;
    blank += document.elementFromPoint(innerWidth / 4, innerHeight / 2)?.closest(".window.away") ? 1 : 0;
    if (steps % 20 === 0) most = Math.max(most, document.getElementsByTagName("*").length);
  }
  await new Promise((go) => setTimeout(go, 500));
  const pins = [...document.querySelectorAll(".pin")];
  return {seconds: (performance.now() - began) / 1000, steps, blank, seen, most, last: pins.at(-1).textContent.trim()};
}"""


TASKS = """() => new Promise((done) => {
  const seen = [];
  new PerformanceObserver((list) => seen.push(...list.getEntries().map((one) => one.duration)))
    .observe({type: "longtask", buffered: true});
  setTimeout(() => done(seen), 50);
})"""

WEIGHT = """() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .reduce((sum, one) => sum + one.decodedBodySize, 0)"""

TRACED = ("devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing", "loading")

VIEWS = ("", "review", "search?q=data", "codes", "report/read/index.html")
"""Other views whose paint is measured, by their addresses."""


def make(folder: Path) -> Path:
    """Make two plans of made sentences, compare them, and return the workspace."""
    chance = random.Random(7)
    who = ("The Ministry of Industry", "The Agency for Health", "Every provider", "The regulator", "Each city")
    do = ("should fund", "shall report on", "will train", "may inspect", "must publish", "should test")
    what = ("a computing centre", "power for data centers", "teachers", "exports of chips", "records of incidents")
    how = ("each year", "before use", "with universities", "with allied countries", "within twelve months")
    path = folder / "ten.polidiff"
    with Workspace.init(path, when=datetime.now(UTC), title="Ten thousand") as work:
        for name, count in (("ten", 10_000), ("small", 300)):
            lines = [f"# A plan of {count}"]
            for number in range(count):
                if number % 50 == 0:
                    lines.append(f"## Part {number // 50 + 1}")
                lines.append(
                    f"- {chance.choice(who)} {chance.choice(do)} {chance.choice(what)} and {chance.choice(what)}, "
                    f"case {number + 1}, {chance.choice(how)} and {chance.choice(how)}."
                )
            file = folder / f"{name}.md"
            file.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
            work.add(file, when=datetime.now(UTC))
        work.compare()
    return path


def processor(trace: bytes) -> tuple[float, float]:
    """Milliseconds of processor time of a page's main thread before its first paint, and in its longest task."""
    events = json.loads(trace)["traceEvents"]
    paint = max((one for one in events if one["name"] == "firstPaint"), key=lambda one: one["ts"])
    thread = paint["pid"], paint["tid"]
    begun = max(
        one["ts"]
        for one in events
        if one["name"] == "navigationStart" and one["pid"] == paint["pid"] and one["ts"] < paint["ts"]
    )
    tasks = [
        (one["ts"], one.get("tdur", 0) / 1000)
        for one in events
        if one["name"] == "RunTask" and (one["pid"], one["tid"]) == thread and one["ts"] >= begun
    ]
    return sum(took for at, took in tasks if at < paint["ts"]), max(took for _, took in tasks)


def paint(chromium: Any, name: str, place: str, width: int) -> None:
    """Print how soon a view is painted in five loads, its long tasks, and what it weighs with all it asks for."""
    painted, tasks, worked, weight, held = [], [], [], 0, 0
    for _ in range(5):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        tab = context.new_page()
        tab.goto("about:blank")
        chromium.start_tracing(page=tab, categories=list(TRACED))
        tab.goto(place)
        tab.wait_for_timeout(1500)
        worked.append(processor(chromium.stop_tracing()))
        painted.append(tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"))
        tasks += tab.evaluate(TASKS)
        weight, held = tab.evaluate(WEIGHT), max(drawing().values())
        context.close()
    said = ", ".join(f"{one:.0f}" for one in painted)
    before, longest = (statistics.median(one) for one in zip(*worked, strict=True))
    print(
        f"{name}: first contentful paint, ms: {said}; median {statistics.median(painted):.0f}; "
        f"longest task {max(tasks, default=0):.0f} ms; of the processor {before:.0f} ms before it, "
        f"longest task {longest:.0f} ms; {weight / 1e6:.2f} MB, tab {held >> 20} MB"
    )


def drawing() -> dict[int, int]:
    """The resident bytes of Chromium's processes that draw pages, by their ids."""
    made = {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"--type=renderer" in (place / "cmdline").read_bytes():
                made[int(place.name)] = int((place / "statm").read_text().split()[1]) * resource.getpagesize()
    return made


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", nargs="?")
    parser.add_argument("--make", type=Path)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--lead", default="")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--step", type=int, default=2000)
    parser.add_argument("--pause", type=int, default=50)
    given = parser.parse_args()
    if given.make is not None:
        print(make(given.make))
        return
    from playwright.sync_api import sync_playwright

    if given.page is not None:
        with sync_playwright() as play:
            chromium = play.chromium.launch(executable_path=browser(), args=list(ARGUMENTS))
            paint(chromium, given.page.name, given.page.resolve().as_uri(), given.width)
            chromium.close()
        return
    with served(given.workspace) as (address, _), sync_playwright() as play:
        ready(address)
        chromium = play.chromium.launch(executable_path=browser(), args=list(ARGUMENTS))
        place = f"{address}/side?only=all&order=text" + (f"&a={given.lead}" if given.lead else "")
        for name, view in {"side by side": place, **{one: f"{address}/{one}" for one in VIEWS}}.items():
            paint(chromium, name, view, given.width)
        tab = chromium.new_context(viewport={"width": given.width, "height": 900}).new_page()
        tab.goto(place)
        tab.wait_for_timeout(1000)
        told = tab.evaluate(SCROLL, [given.step, given.pause])
        long = sorted(told["seen"], reverse=True)
        print(
            f"scrolled to the end ({told['last']}) in {told['seconds']:.0f} s, {told['steps']} steps; "
            f"{told['blank']} steps saw rows that were still loading; at most {told['most']} elements"
        )
        over = sum(one > 100 for one in long)
        print(f"long tasks: {len(long)}, over 100 ms: {over}, longest {long[0] if long else 0:.0f} ms")
        print(f"memory of the tab: {max(drawing().values()) >> 20} MB")
        chromium.close()


if __name__ == "__main__":
    main()

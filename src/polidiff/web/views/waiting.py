"""What a view answers that needs a comparison while there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response

from polidiff.web.pages import Page
from polidiff.web.snapshot import MOST
from polidiff.web.work import Task

STEPS = {"coding": ("provisions", "themes"), "aligning": ("links",), "finding": ()}
"""The steps of a comparison in their order, with what each finds."""


@dataclass(frozen=True)
class Step:
    """A step of the comparison that is being made: how far it is, and what was found so far, in words."""

    name: str
    state: Literal["waiting", "running", "done"]
    done: int
    total: int
    found: str


def waiting(page: Page, view: str) -> Response:
    """The page that says what is missing: documents, or time; then how far it is, and what was found so far."""
    count = len(page.desk.stamp().documents)
    few = count < 2 or page.desk.held
    wait = "few" if few else "many" if count > MOST else "halted" if page.desk.halted else "making"
    task = next((one for one in page.desk.work.tasks() if one.order.kind == "compare"), None)
    changed = wait == "halted" and task is not None and task.state == "done"
    return page.render(
        "wait.html", changed=changed, here_is=view, wait=wait, most=MOST, trouble=page.desk.trouble,
        steps=steps_of(page, task, STEPS), seconds=task.seconds if task is not None else 0,
    )  # fmt: skip


def steps_of(page: Page, task: Task | None, steps: Mapping[str, tuple[str, ...]]) -> list[Step]:
    """The steps of long work: which are done, which is under way, and what was found so far."""
    now = task.step if task is not None else ""
    names = list(steps)
    running = task is not None and task.state == "running"
    at = names.index(now) if now in steps else 0 if running else -1
    if task is not None and task.state == "done":
        at = len(names)
    made = []
    for place, name in enumerate(names):
        counted = [(what, task.found[what]) for what in steps[name] if task is not None and what in task.found]
        found = page.t("gap.list").join(page.t(f"step.found.{what}", n=count) for what, count in counted)
        here = place == at and task is not None
        done, total = (task.done, task.total) if here and task is not None and task.total > 1 else (0, 0)
        made.append(Step(name, "done" if place < at else "running" if here else "waiting", done, total, found))
    return made

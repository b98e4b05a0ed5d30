"""The judge's button: what is undecided is asked of whoever the workbench was started with, and what that changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.web.effects import Effect
from polidiff.web.pages import Page
from polidiff.web.views.deciding import name_of_reader, remember
from polidiff.web.views.work import outcome
from polidiff.web.work import Task


@dataclass(frozen=True)
class Asking:
    """Who can be asked (a model's name, or a folder), and the last asking: as work, how it ended, what it changed."""

    who: str
    folder: str
    task: Task | None
    failed: str
    effects: tuple[Effect, ...]


def asking(page: Page) -> Asking | None:
    """Who can be asked, with the last asking; None where the workbench was started without a judge."""
    settings = page.settings
    if not settings.judge:
        return None
    task = next((one for one in page.desk.work.tasks() if one.order.kind == "judge"), None)
    changed = task.result.get("changed", ()) if task is not None else ()
    failed = outcome(page, task) if task is not None and task.state == "failed" else ""
    folder = "" if settings.model else str(Path(settings.judge))
    return Asking(settings.model or folder, folder, task, failed, tuple(map(Effect.of, changed)))


def ask(page: Page) -> Response:
    """Have the judge asked. Who it is was said when the workbench was started, and by no request."""
    if not page.settings.judge:
        raise HTTPException(404)
    by = name_of_reader(page)
    most = str(page.form.get("most", ""))
    number = int(most) if most.isascii() and most.isdigit() and len(most) < 6 else 0
    page.desk.work.ask(page.settings.judge, page.settings.model, number)
    return remember(page, by, page.go("/review", "judge"))

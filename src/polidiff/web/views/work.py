"""Long work: what is under way, how far it is, and how to stop it."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from polidiff.web.pages import Page, mark_of
from polidiff.web.routing import View, get, post
from polidiff.web.snapshot import chosen_of, inputs_of
from polidiff.web.work import Task
from polidiff.wording.catalogue import known


def show(page: Page) -> Response:
    """The list of tasks."""
    tasks = page.desk.work.tasks()
    return page.render(
        "work.html", here_is="work", tasks=tasks, outcome={task.id: outcome(page, task) for task in tasks}
    )


def outcome(page: Page, task: Task) -> str:
    """How a task ended, in a sentence."""
    if task.state == "failed":
        return _failure(page, task)
    if task.state == "done" and task.order.kind == "add":
        return page.t(f"work.added.{task.result['state']}", **task.result)
    return ""


def _failure(page: Page, task: Task) -> str:
    """What went wrong, and what to do: in Chinese by its kind, as the readers' own lines are English."""
    if task.message == "stopped":
        return page.t("work.stopped")
    if known(f"fault.{task.fault}") and (page.tongue != "en" or not task.message):
        return page.t(f"fault.{task.fault}")
    return task.message.removeprefix(f"{task.order.name or task.order.source}: ")


def state(page: Page) -> Response:
    """What is under way, for the script that keeps a page up to date: the same sentences as on the page."""
    snapshot, fresh = page.desk.snapshot(patience=0)
    mark = mark_of(page.desk.work.tasks())
    tasks = [
        {
            "what": page.t(f"work.{task.order.kind}", name=task.order.name or task.order.source),
            "done": task.done,
            "total": task.total,
            "said": page.t("work.steps", done=task.done, total=task.total)
            if task.total
            else page.t(f"work.state.{task.state}"),
        }
        for task in page.desk.work.tasks()
        if task.open
    ]
    return JSONResponse({"tasks": tasks, "mark": mark, "ready": snapshot is not None, "fresh": fresh})


def cancel(page: Page) -> Response:
    """Stop a task."""
    number = page.request.path_params["number"]
    page.desk.work.cancel(int(number) if number.isascii() and number.isdigit() else 0)
    return page.go("/work")


def compare(page: Page) -> Response:
    """Compare, also where that was stopped before."""
    with page.desk.workspace() as work:
        inputs = inputs_of(work, chosen_of(work))
    page.desk.hold(False)
    page.desk.work.compare(inputs, again=True)
    return page.go("/work")


VIEW = View(
    "work",
    "/work",
    (
        get("/work", show),
        get("/work.json", state),
        post("/work/compare", compare),
        post("/work/{number}/cancel", cancel),
    ),
)

"""Two versions of a document side by side: each provision that changed, its words struck out and added."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.report import diff_body
from polidiff.report.names import title_of
from polidiff.web.pages import Page
from polidiff.web.worker import Order
from polidiff.workspace.changes import held_changes, versions_of


@dataclass(frozen=True)
class Held:
    """A version in the lists: its hash, and how it is told from the others."""

    version: str
    words: str


def show(page: Page) -> Response:
    """What changed from the version ``old`` to ``new`` (hashes; the last two by default), made beside the pages."""
    name = page.request.path_params["document"]
    with page.desk.workspace() as work:
        held = versions_of(work, name)
        read = work.places().documents.get(name)
        if read is None or not held:
            raise HTTPException(404)
        known = [one.version for one in held]
        new = page.query.get("new") or known[-1]
        old = page.query.get("old") or ([one for one in known if one != new] or [new])[-1]
        if not {old, new} <= set(known):
            raise HTTPException(404)
        found = held_changes(work, name, old, new) if old != new else None
    order = Order("versions", f"{old}:{new}", title_of(read[0]), name)
    if found is None and old != new:
        page.desk.work.once(order)
    task = next((one for one in page.desk.work.tasks() if one.order == order), None)
    return page.render(
        "versions.html",
        here_is="documents",
        document=read[0],
        held=[
            Held(one.version, page.t("versions.each", n=place, when=one.when[:16].replace("T", " ")))
            for place, one in enumerate(held, 1)
        ],
        old=old,
        new=new,
        body=Markup(diff_body(found, language=page.tongue)) if found is not None else "",
        failed=task.message if found is None and task is not None and task.state == "failed" else "",
    )

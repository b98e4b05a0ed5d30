"""One document against all others that the workspace holds: what is new in it, borrowed, and missing."""

from __future__ import annotations

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.report import against_body
from polidiff.web.pages import Page
from polidiff.web.worker import Order
from polidiff.workspace.corpus.against import held_against, mark_of


def show(page: Page) -> Response:
    """What became of the document's provisions, made beside the pages and kept."""
    name = page.request.path_params["document"]
    with page.desk.workspace() as work:
        read = work.places().documents.get(name)
        if read is None:
            raise HTTPException(404)
        alone = len(work.library.current()) < 2
        found = None if alone else held_against(work, name)
        order = Order("against", mark_of(work, name), read[0].title, name)
    if found is None and not alone:
        page.desk.work.once(order)
    task = next((one for one in page.desk.work.tasks() if one.order == order), None)
    return page.render(
        "against.html",
        here_is="documents",
        document=read[0],
        alone=alone,
        body=Markup(against_body(found, language=page.tongue)) if found is not None else "",
        failed=task.message if found is None and task is not None and task.state == "failed" else "",
    )

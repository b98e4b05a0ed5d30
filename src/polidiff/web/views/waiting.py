"""What a view answers that needs a comparison while there is none."""

from __future__ import annotations

from starlette.responses import Response

from polidiff.web.pages import Page
from polidiff.web.snapshot import MOST


def waiting(page: Page, view: str) -> Response:
    """The page that says what is missing: documents, or time."""
    count = len(page.desk.stamp().documents)
    wait = "few" if count < 2 else "many" if count > MOST else "halted" if page.desk.halted else "making"
    return page.render("wait.html", here_is=view, wait=wait, most=MOST, trouble=page.desk.trouble)

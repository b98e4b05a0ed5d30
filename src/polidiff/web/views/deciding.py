"""Who decides: a name that the reader gives once and the browser keeps."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from polidiff.errors import InputError
from polidiff.web.pages import NAME, Page
from polidiff.workspace.decisions import author


def name_of_reader(page: Page) -> str:
    """The name under which a form decides: the one in it, else the one that the browser keeps.

    Raises InputError where there is none.
    """
    found = author(str(page.form.get("by", ""))) or page.by
    if not found:
        raise InputError(page.t("by.label"), page.t("by.missing"))
    return found


def remember(page: Page, by: str, answer: Response) -> Response:
    """Have the browser keep the name."""
    if by != page.by:
        answer.set_cookie(NAME, quote(by), max_age=31_536_000, httponly=True, samesite="strict")
    return answer

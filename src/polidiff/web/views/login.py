"""Signing in with the group's password, and out again."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from polidiff.web.pages import Page
from polidiff.web.passwords import Tries, is_password
from polidiff.web.routing import View, get, post
from polidiff.web.sessions import LASTS, new_session

_tries = Tries()


def show(page: Page) -> Response:
    """The form."""
    return page.render("login.html", wrong=False, wait=0, next=_next(page.query.get("next", "")))


def enter(page: Page) -> Response:
    """Open a session where the password is right."""
    client = page.request.client
    address = client.host if client is not None else ""
    onward = _next(str(page.form.get("next", "")))
    wait = _tries.wait(address)
    if wait:
        return page.render("login.html", 429, wrong=False, wait=wait, next=onward)
    if not page.settings.password or not is_password(page.settings.password, str(page.form.get("password", ""))):
        _tries.missed(address)
        return page.render("login.html", 401, wrong=True, wait=0, next=onward)
    answer = RedirectResponse(onward, 303)
    session = new_session(page.settings.secret)
    answer.set_cookie(page.settings.cookie, session, max_age=LASTS, httponly=True, samesite="strict", path="/")
    return answer


def leave(page: Page) -> Response:
    """Close the session."""
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(page.settings.cookie, path="/")
    return answer


def _next(path: str) -> str:
    """Where to go on to: a page of this server, or the first."""
    return path if path.startswith("/") and path[1:2] not in ("/", "\\") and path.isprintable() else "/"


VIEW = View("login", "/login", (get("/login", show), post("/login", enter), post("/logout", leave)))

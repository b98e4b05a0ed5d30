"""How a view meets the application: its routes, and the check of every form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from polidiff.errors import InputError, PolidiffError
from polidiff.web.pages import Page, refusal
from polidiff.web.sessions import is_form_token

MOST_FILES = 300
"""Files of one form."""

Handler = Callable[[Page], Response]
Phrases = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class View:
    """One view: its name (``nav.NAME`` is its phrase in the bar), where it begins, and its routes."""

    name: str
    path: str
    routes: tuple[Route, ...] = field(default=())


def get(path: str, handler: Handler) -> Route:
    """A page that is read. The handler runs in a thread of its own."""

    async def answer(request: Request) -> Response:
        return await _guarded(request, lambda: run_in_threadpool(lambda: handler(Page(request))))

    return Route(path, answer, methods=["GET"])


def post(path: str, handler: Handler) -> Route:
    """A form. It has to carry the token of its session; without, the handler isn't called."""

    async def answer(request: Request) -> Response:
        async with request.form(
            max_files=MOST_FILES, max_fields=400, max_part_size=request.app.state.settings.max_form
        ) as form:
            fields: dict[str, Any] = dict(form.items())
            fields["*"] = form
            token = fields.pop("token", "")
            secret = request.app.state.settings.secret
            if not isinstance(token, str) or not is_form_token(secret, request.scope["polidiff.session"], token):
                return refusal(request.scope, 403, "refused.form")
            return await _guarded(request, lambda: run_in_threadpool(lambda: handler(Page(request, fields))))

    return Route(path, answer, methods=["POST"])


async def _guarded(request: Request, call: Callable[[], Awaitable[Response]]) -> Response:
    """Answer what the reader can put right with a plain page that says so."""
    try:
        return await call()
    except InputError as error:
        return refusal(request.scope, 400, "refused.input", why=str(error))
    except PolidiffError as error:
        return refusal(request.scope, 500, "refused.input", why=str(error))

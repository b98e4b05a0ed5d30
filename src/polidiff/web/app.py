"""The application: views behind the guard."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from polidiff.web.desk import WorkspaceService
from polidiff.web.guard import Guard
from polidiff.web.pages import refusal, static
from polidiff.web.routing import MOST_FILES
from polidiff.web.settings import Settings
from polidiff.web.views import VIEWS


def make_app(settings: Settings) -> Starlette:
    """Return the workbench of a workspace. Raises InputError where there is none.

    Its background begins with the application's lifespan and ends with it.
    """
    desk = WorkspaceService(settings.workspace, background=settings.background)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        desk.start()
        yield
        desk.close()

    app = Starlette(
        routes=[*(route for view in VIEWS for route in view.routes), Route("/static/{name}", _static)],
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={HTTPException: _unanswered},
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.state.settings = settings
    app.state.views = {view.name: view for view in VIEWS}
    return app


async def _static(request: Request) -> Response:
    answer = static(request.path_params["name"], request.query_params.getlist("v"))
    return answer if answer.status_code != 404 else refusal(request.scope, 404, "refused.missing")


async def _unanswered(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    if isinstance(error, HTTPException) and error.detail.startswith("Too many files"):
        return refusal(request.scope, 400, "refused.files", n=MOST_FILES)
    keys = {404: "refused.missing", 405: "refused.method", 413: "refused.large"}
    return refusal(request.scope, status if status in keys else 400, keys.get(status, "refused.method"))

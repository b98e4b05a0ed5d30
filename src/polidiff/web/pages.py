"""What every view has at hand: the request, the language, links that keep their state, and the templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from polidiff.report import templating
from polidiff.report.figures import svg as drawing
from polidiff.report.marks import safe
from polidiff.report.names import title_of
from polidiff.web.sessions import form_token
from polidiff.wording import Locale, say, term

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.types import Scope

    from polidiff.web.desk import WorkspaceService
    from polidiff.web.settings import Settings
    from polidiff.web.work import Task

HOME = files("polidiff.web")
REPORT = files("polidiff.report")

MEDIA = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

LANGUAGE, NAME = "polidiff-lang", "polidiff-by"
"""Cookies: the language that was chosen last, and the name under which this browser decides."""

NAV = ("overview", "side", "review", "article", "search", "documents", "codes", "report")
"""The views of the bar at the top, in its order. One that isn't installed is left out."""


class Page:
    """One request, and how its answer is made. ``form`` holds the fields of a form, for POST."""

    def __init__(self, request: Request, form: Mapping[str, Any] | None = None) -> None:
        self.request = request
        self.form = form or {}
        self.query = request.query_params
        self.tongue: Locale = _tongue(request)

    @property
    def desk(self) -> WorkspaceService:
        """The workspace as the views see it."""
        found: WorkspaceService = self.request.app.state.desk
        return found

    @property
    def settings(self) -> Settings:
        """What the workbench was started with."""
        found: Settings = self.request.app.state.settings
        return found

    @property
    def reader(self) -> bool:
        """Whether this session reads and decides nothing."""
        return self.request.scope.get("polidiff.role") == "reader"

    @property
    def by(self) -> str:
        """The name under which the reader decides; empty where he hasn't said one."""
        from urllib.parse import unquote

        return unquote(self.request.cookies.get(NAME, ""))[:80].strip()

    def number(self, name: str) -> int | None:
        """A number in the address, or None."""
        value = self.query.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None

    def t(self, key: str, /, **fields: object) -> str:
        """A phrase in the reader's language."""
        return say(key, self.tongue, **fields)

    def own(self, key: str, /, **fields: object) -> Markup:
        """A phrase in the reader's language around words of others: each that is a text stands in a ``bdi``."""
        held = {name: value for name, value in fields.items() if isinstance(value, str)}
        marks = {name: f"\ue000{number}\ue001" for number, name in enumerate(held)}
        words = str(escape(say(key, self.tongue, **{**fields, **marks})))
        for name, value in held.items():
            words = words.replace(marks[name], f"<bdi>{safe(value)}</bdi>")
        return Markup(words)

    def url(self, path: str, to: str = "", /, **query: object) -> str:
        """A link to ``path`` with a query; lists give a name several times, None and empty values are left out.

        ``to`` is a place on the page. A language that stands in this page's own address is carried on.
        """
        if "lang" in self.query and "lang" not in query:
            query["lang"] = self.tongue
        pairs: list[tuple[str, str]] = []
        for name, value in query.items():
            values = value if isinstance(value, list | tuple) else [value]
            pairs += [(name, str(one)) for one in values if one is not None and one != ""]
        return quote(path, safe="/") + (f"?{urlencode(pairs)}" if pairs else "") + (f"#{to}" if to else "")

    def here(self, path: str = "", /, **changes: object) -> str:
        """This page's own address (or ``path``) with its query, some of it changed."""
        held: dict[str, object] = {name: self.query.getlist(name) for name in self.query}
        return self.url(path or self.request.url.path, **{**held, **changes})

    def render(self, template: str, /, status: int = 200, **context: object) -> HTMLResponse:
        """Answer with a template. The language that was asked for is remembered."""
        request = self.request
        views = request.app.state.views
        answer = HTMLResponse(
            environment()
            .get_template(template)
            .render(
                page=self,
                t=self.t,
                own=self.own,
                term=lambda kind, value: term(kind, value, self.tongue),
                url=self.url,
                here=self.here,
                asset=asset,
                nav=[(views[name].path, name) for name in NAV if name in views],
                lang=lang_of(self.tongue),
                token=form_token(self.settings.secret, request.scope["polidiff.session"]),
                work=(tasks := self.desk.work.tasks()),
                mark=mark_of(tasks),
                halted=self.desk.halted,
                title=self.desk.title,
                patterns=drawing.patterns(),
                dot=drawing.dot,
                titled=title_of,
                **context,
            ),
            status,
        )
        if request.query_params.get("lang") in ("en", "zh"):
            answer.set_cookie(LANGUAGE, self.tongue, max_age=31_536_000, httponly=True, samesite="strict")
        return answer

    def go(self, path: str, to: str = "", /, **query: object) -> Response:
        """After a form: on to a page (POST, redirect, GET)."""
        return RedirectResponse(self.url(path, to, **query), 303)


def called(page: Page) -> dict[str, str]:
    """What the comparison calls each of its documents; empty before the first."""
    snapshot, _ = page.desk.snapshot(patience=0)
    return {} if snapshot is None else {party.id: party.label for party in snapshot.bench(page.tongue).parties}


def mark_of(tasks: Sequence[Task]) -> str:
    """A word that changes with every step of long work, so that a script sees whether a page is behind."""
    said = [(task.id, task.state, task.step, task.done, task.total, *task.found.items()) for task in tasks]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _tongue(request: Request) -> Locale:
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE, "")
    if asked in ("en", "zh"):
        return "zh" if asked == "zh" else "en"
    return "zh" if request.headers.get("accept-language", "").strip().lower().startswith("zh") else "en"


def lang_of(tongue: Locale) -> str:
    """The value of a ``lang`` attribute."""
    return "zh-Hans" if tongue == "zh" else "en"


def refusal(scope: Scope, status: int, key: str, **fields: object) -> Response:
    """A plain page that needs neither workspace nor session: what was refused, and what to do."""
    tongue = _tongue(Request(scope))
    words = say(key, tongue, **fields)
    page = environment().get_template("refused.html").render(
        lang=lang_of(tongue), heading=say(f"status.{status}", tongue), words=words, back=say("refused.back", tongue),
        asset=asset, home=status not in (401, 421),
    )  # fmt: skip
    return HTMLResponse(page, status)


@cache
def environment() -> Environment:
    """The workbench's templates."""
    from jinja2.utils import Namespace

    def load(name: str) -> str | None:
        found = _templates().get(name)
        return None if found is None else found.read_text(encoding="utf-8")

    made = templating.environment(load)
    made.globals["namespace"] = Namespace
    return made


@cache
def _templates() -> dict[str, Any]:
    return {one.name: one for one in HOME.joinpath("templates").iterdir() if one.name.endswith(".html")}


@cache
def statics() -> dict[str, tuple[bytes, str, str]]:
    """The files that are served, by name: bytes, media type, and a mark of their content. Nothing else is served."""
    found = {one.name: one for one in HOME.joinpath("static").iterdir() if _ending(one.name) in MEDIA}
    found["page.css"] = REPORT.joinpath("static", "page.css")
    made = {}
    for name, place in sorted(found.items()):
        data = place.read_bytes()
        made[name] = data, MEDIA[_ending(name)], hashlib.sha256(data).hexdigest()[:12]
    return made


def asset(name: str) -> str:
    """The address of a served file. It changes with the file, so that a browser may keep it."""
    return f"/static/{name}?v={statics()[name][2]}"


def static(name: str, version: Sequence[str] = ()) -> Response:
    """Answer with a served file, by its name in the table."""
    if name not in statics():
        return Response(status_code=404)
    data, media, mark = statics()[name]
    kept = "private, max-age=31536000, immutable" if mark in version else "no-cache"
    return Response(data, media_type=media, headers={"cache-control": kept, "etag": f'"{mark}"'})


def _ending(name: str) -> str:
    return name[name.rfind(".") :] if "." in name else ""

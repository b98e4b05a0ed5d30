"""What stands before every view: the host's name, the token, the session, where a form comes from, how large it is.

A plain ASGI middleware. It answers what is refused, sets the headers of every answer, and turns a fault into a plain
page. The form's own token is checked where forms are read (:mod:`polidiff.web.routing`).
"""

from __future__ import annotations

import sys
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from polidiff.web.pages import refusal
from polidiff.web.sessions import LASTS, Role, is_token, new_session, role_of
from polidiff.web.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

PATIENCE = 256 * 1024 * 1024
"""Bytes of a body that is too large that are read and thrown away, so that the browser gets to see the answer."""


class TooLarge(Exception):
    """A body went over its bound while it was read."""


class Guard:
    """The middleware. One for an application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        answer = _Answer(send)
        headers = Headers(scope=scope)
        body = _Body(receive, self._bound(scope))
        refused, cookie = self._judge(scope, headers)
        scope["polidiff.session"] = cookie
        scope["polidiff.role"] = role_of(self.settings.secret, cookie)
        if cookie and cookie != _cookie(headers, self.settings.cookie):
            answer.cookie = f"{self.settings.cookie}={cookie}; HttpOnly; SameSite=Strict; Path=/"
        if refused is None and body.too_large(headers):
            await body.drain()
            refused = refusal(scope, 413, "refused.large")
        try:
            await (refused or self.app)(scope, body, answer)
        except TooLarge:
            await body.drain()
            await refusal(scope, 413, "refused.large")(scope, receive, answer)
        except Exception as error:
            _tell(error)
            if not answer.started:
                await refusal(scope, 500, "refused.fault")(scope, receive, answer)
        if self.settings.log:
            taken = (time.perf_counter() - started) * 1000
            print(f"{scope['method']} {_printable(scope['path'])} {answer.status} {taken:.0f} ms", file=sys.stderr)

    def _bound(self, scope: Scope) -> int:
        uploads = ("/start", "/documents", "/article")
        return self.settings.max_upload + 65_536 if scope["path"] in uploads else self.settings.max_form

    def _judge(self, scope: Scope, headers: Headers) -> tuple[Response | None, str]:
        """Return the answer to a request that goes no further, and the session that it belongs to."""
        if not self.settings.knows_host(headers.get("host", "")):
            return refusal(scope, 421, "refused.host"), ""
        cookie = _cookie(headers, self.settings.cookie)
        role = role_of(self.settings.secret, cookie, LASTS if self.settings.password else 0)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        if "token" in query or "read" in query:
            return self._exchanged(scope, query, cookie, role)
        if self.settings.token and role is None:
            return refusal(scope, 401, "refused.token"), ""
        if scope["method"] not in ("GET", "HEAD") and not _is_own(scope, headers):
            return refusal(scope, 403, "refused.origin"), cookie if role else ""
        if self.settings.password and role in (None, "guest"):
            guest = cookie if role else new_session(self.settings.secret, "guest")
            if scope["path"] == "/login" or scope["path"].startswith("/static/"):
                return None, guest
            onward = f"?{urlencode({'next': scope['path']})}" if scope["method"] == "GET" else ""
            return RedirectResponse(f"/login{onward}", 303), guest
        if role == "reader" and scope["method"] not in ("GET", "HEAD") and scope["path"] not in ("/login", "/logout"):
            return refusal(scope, 403, "refused.reader"), cookie
        return None, cookie if role else new_session(self.settings.secret)

    def _exchanged(self, scope: Scope, query: dict[str, str], cookie: str, role: Role | None) -> tuple[Response, str]:
        """What an address brings is exchanged for a session, and leaves the address."""
        token, key = query.pop("token", None), query.pop("read", None)
        rest = f"?{urlencode(query)}" if query else ""
        onward = RedirectResponse("/" + scope["path"].lstrip("/\\") + rest, 303)
        if key is not None:
            if role == "reviewer":
                return onward, cookie
            if not is_token(scope["app"].state.desk.reading_key, key):
                return refusal(scope, 401, "refused.reading"), ""
            return onward, new_session(self.settings.secret, "reader")
        if self.settings.token and not is_token(self.settings.token, token or "") and role is None:
            return refusal(scope, 401, "refused.token"), ""
        if self.settings.password:
            return onward, cookie if role else new_session(self.settings.secret, "guest")
        return onward, cookie if role else new_session(self.settings.secret)


def _is_own(scope: Scope, headers: Headers) -> bool:
    """Whether a form was sent from a page of this server, as far as the browser says.

    A page without referrer sends ``Origin: null``; then ``Sec-Fetch-Site`` has to speak for it.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    if origin == "null":
        return site == "same-origin"
    return origin.lower() == f"{scope['scheme']}://{headers.get('host', '')}".lower()


def _cookie(headers: Headers, name: str) -> str:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def _tell(error: Exception) -> None:
    """One line on standard error about a fault. No words of a request or a document are in it."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f" at {place.tb_frame.f_code.co_filename}:{place.tb_lineno}"
    print(f"polidiff: a fault in the workbench ({type(error).__name__}{where})", file=sys.stderr)


def _printable(path: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in path)[:200]


class _Body:
    """A request's body, counted while it is read."""

    def __init__(self, receive: Receive, bound: int) -> None:
        self._receive = receive
        self._bound = bound
        self._size = 0
        self._more = True

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._size += len(message.get("body", b""))
            self._more = bool(message.get("more_body", False))
            if self._size > self._bound:
                raise TooLarge
        else:
            self._more = False
        return message

    def too_large(self, headers: Headers) -> bool:
        """Whether the sender says that it is too large."""
        said = headers.get("content-length", "0")
        return not (said.isascii() and said.isdigit() and len(said) < 16 and int(said) <= self._bound)

    async def drain(self) -> None:
        """Read the rest and keep nothing."""
        while self._more and self._size < self._bound + PATIENCE:
            message = await self._receive()
            self._size += len(message.get("body", b""))
            self._more = message["type"] == "http.request" and bool(message.get("more_body", False))


class _Answer:
    """An answer on its way out, with the headers of every answer."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False
        self.status = 0
        self.cookie = ""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started, self.status = True, message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
            if self.cookie:
                headers.append("set-cookie", self.cookie)
        await self._send(message)

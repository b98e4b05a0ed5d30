"""Sessions without a memory: a random name, signed; forms carry a token made from it."""

from __future__ import annotations

import hashlib
import hmac
import secrets

SIZE = 32


def new_session(secret: bytes) -> str:
    """Return the value of a fresh session cookie."""
    name = secrets.token_urlsafe(18)
    return f"{name}.{_sign(secret, 'session', name)}"


def is_session(secret: bytes, cookie: str) -> bool:
    """Whether a cookie's value was made by this server."""
    name, dot, sign = cookie.partition(".")
    return bool(dot) and _equal(sign, _sign(secret, "session", name))


def form_token(secret: bytes, cookie: str) -> str:
    """Return the token that the forms of a session carry."""
    return _sign(secret, "form", cookie)


def is_form_token(secret: bytes, cookie: str, token: str) -> bool:
    """Whether a form came from a page of this session."""
    return bool(cookie) and _equal(token, form_token(secret, cookie))


def is_token(wanted: str, given: str) -> bool:
    """Whether the right token was given, in a time that doesn't tell how much of it was right."""
    return bool(wanted) and _equal(given, wanted)


def _sign(secret: bytes, what: str, value: str) -> str:
    return hmac.new(secret, f"{what}\0{value}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:SIZE]


def _equal(a: str, b: str) -> bool:
    return hmac.compare_digest(a.encode("utf-8", "replace"), b.encode("utf-8", "replace"))

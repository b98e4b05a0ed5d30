"""Sessions without a memory: a role, a time and a random name, signed; forms carry a token made from it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from typing import Literal, cast, get_args

SIZE = 32

Role = Literal["guest", "reader", "reviewer"]
"""What a session may do: nothing but sign in, read, or read and decide."""

LASTS = 12 * 3600
"""Seconds for which a session that was opened with a password holds."""


def new_session(secret: bytes, role: Role = "reviewer") -> str:
    """Return the value of a fresh session cookie."""
    name = f"{role}-{int(time.time())}-{secrets.token_urlsafe(18)}"
    return f"{name}.{_sign(secret, 'session', name)}"


def role_of(secret: bytes, cookie: str, lasts: int = 0) -> Role | None:
    """Return what a session may do; None where this server didn't make it, or it is older than ``lasts`` seconds."""
    name, dot, sign = cookie.partition(".")
    if not dot or not _equal(sign, _sign(secret, "session", name)):
        return None
    role, began, _ = name.split("-", 2)
    if lasts and time.time() - int(began) > lasts:
        return None
    return cast(Role, role) if role in get_args(Role) else None


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

"""One request to an address that a user named, in JSON, and its answer."""

from __future__ import annotations

import json
import time
from typing import Any

from polidiff.errors import InputError

KEY = "POLIDIFF_ENDPOINT_KEY"
"""The environment variable that holds the key of an endpoint: it goes into the header, and into no message or file."""

SECONDS = 600.0
"""How long an answer may take: a model on a laptop reads a request of 6,000 words for minutes."""
LARGEST = 64 * 1024 * 1024
PAUSES = (1.0, 3.0, 9.0)
"""Seconds to wait before each further try, when the endpoint says that it is busy (429, 500 to 599)."""


def sendable(address: str) -> str:
    """Return the address's host. Raises InputError for one to which texts would go in the open."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise InputError(address, "not an address", "give one such as https://host/v1") from None
    local = host in ("localhost", "127.0.0.1", "::1")
    if not host or (parts.scheme != "https" and not (parts.scheme == "http" and local)):
        raise InputError(address, "texts would be sent in the open", "give an https address, or one on this machine")
    return host


def post(address: str, body: object, key: str | None, *, pauses: tuple[float, ...] = PAUSES) -> Any:
    """Return what the address answers to ``body``, both JSON. Follows no redirection: the header holds the key.

    A busy endpoint is asked again after each of ``pauses`` (seconds). Raises InputError.
    """
    from urllib.error import HTTPError
    from urllib.request import HTTPRedirectHandler, Request, build_opener

    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            """Go nowhere else."""

    sendable(address)
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = Request(address, data=json.dumps(body).encode(), headers=headers)
    opener = build_opener(Stay)
    for pause in (*pauses, None):
        try:
            with opener.open(request, timeout=SECONDS) as answer:
                data = answer.read(LARGEST + 1)
            break
        except HTTPError as error:
            busy = error.code == 429 or error.code >= 500
            error.close()
            if pause is None or not busy:
                raise InputError(address, f"it answered {error.code}", _remedy(error.code)) from None
            time.sleep(pause)
        except OSError as error:
            raise InputError(address, f"no answer ({error})", "look at the address and the network") from error
    if len(data) > LARGEST:
        raise InputError(address, "the answer is over 64 MiB", "look at the address and the model")
    try:
        return json.loads(data)
    except ValueError:
        raise InputError(address, "the answer is not JSON", "look at the address and the model") from None


def _remedy(code: int) -> str:
    if code in (401, 403):
        return f"put the endpoint's key into the variable {KEY}"
    if code == 404:
        return "look at the address (it usually ends in /v1) and at the model's name"
    return "try again later; what it has answered is kept"

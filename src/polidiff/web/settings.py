"""What a workbench is started with."""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
from dataclasses import dataclass, field

MAX_UPLOAD = 100 * 1024 * 1024
"""Largest document that is taken from a browser, in bytes; as much as is fetched from an address."""

MAX_FORM = 2 * 1024 * 1024
"""Largest other form (a note, a pasted article), in bytes."""

_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\s:\[\]/@]+))(?::\d{1,5})?")

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Settings:
    """What a workbench is started with.

    ``workspace`` is a path, or an address of a database, as :meth:`polidiff.workspace.Workspace.open` takes it.
    ``token`` is empty on loopback: whoever can open a port of this machine may use the workbench. ``password`` is the
    hash of a group's password, or empty. ``secret`` signs sessions and forms; it lives as long as the server.
    ``judge`` and ``model`` name who can be asked what is undecided (:func:`polidiff.judges.named.judge_named`).
    ``background`` is False where nothing is to run by itself (tests of pages).
    """

    workspace: str
    host: str = "127.0.0.1"
    port: int = 8477
    token: str = ""
    password: str = ""
    judge: str = ""
    model: str = ""
    log: bool = False
    max_upload: int = MAX_UPLOAD
    max_form: int = MAX_FORM
    background: bool = True
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def cookie(self) -> str:
        """The session cookie's name: cookies don't tell ports apart, so the name does."""
        return f"polidiff-{self.port}"

    @property
    def address(self) -> str:
        """Where a browser finds the workbench."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def knows_host(self, header: str) -> bool:
        """Whether a ``Host`` header names this server.

        A name that a stranger made to resolve to this machine (DNS rebinding) is refused. On all interfaces
        (``0.0.0.0``) the machine's own name and addresses written as numbers are accepted: no name, no rebinding.
        """
        host = _host_of(header)
        if host in LOOPBACK or host == self.host.lower():
            return True
        if self.host not in ("0.0.0.0", "::"):
            return False
        return host == socket.gethostname().lower() or _is_address(host)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server at ``host``."""
    if host.lower() == "localhost":
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def _host_of(header: str) -> str:
    """The host of a ``Host`` header without its port; empty where the header isn't well formed."""
    found = _HOST.fullmatch(header.strip().lower())
    return (found.group(1) or found.group(2)) if found is not None else ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True

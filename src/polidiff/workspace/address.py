"""Addresses of workspaces in a PostgreSQL database: ``postgresql://USER@HOST/DATABASE?workspace=NAME``.

The form is libpq's (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS), with one
parameter more: ``workspace`` names the schema, so that a database holds several workspaces. A password may stand in
the address; it is never shown, and an address that can't be taken apart is not shown at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from polidiff.errors import InputError

SCHEMES = ("postgresql://", "postgres://")

DEFAULT = "polidiff"
"""The workspace that is meant where an address names none."""

_NAME = re.compile(r"(?!pg_)[a-z0-9][a-z0-9_-]{0,49}")
_HOST = r"(?:\[[0-9A-Fa-f:.%]+\]|[^:,\[\]@/]*)(?::[0-9]*)?"
_HOSTS = re.compile(rf"{_HOST}(?:,{_HOST})*")
_SHOWN = frozenset({"host", "hostaddr", "port", "user", "dbname", "service"})
_FORM = "write it as postgresql://USER@HOST/DATABASE?workspace=NAME (in a password, write @ as %40 and / as %2F)"


@dataclass(frozen=True)
class Address:
    """Where a workspace is: ``name`` is the address without its secrets, ``conninfo`` is for the driver alone."""

    name: str
    workspace: str
    conninfo: str = field(repr=False)
    password: str = field(default="", repr=False)

    def hidden(self, text: str) -> str:
        """Return ``text`` with the password taken out."""
        return text.replace(self.password, "…") if self.password else text


def is_address(place: str | Path) -> bool:
    """Return whether a place of a workspace is an address of a database, not a path."""
    return isinstance(place, str) and place.lower().startswith(SCHEMES)


def parse(place: str) -> Address:
    """Return an address in its parts. Raises InputError, without the words at fault, for what isn't one."""
    bad = InputError("postgresql://…", "is not an address of a database", _FORM)
    try:
        parts = urlsplit(place)
        options = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise bad from None
    who, at, hosts = parts.netloc.rpartition("@")
    user, _, secret = who.partition(":")
    path = parts.path.removeprefix("/")
    if parts.fragment or not _HOSTS.fullmatch(hosts) or set("/@:") & set(path):
        raise bad
    named = [value for key, value in options if key == "workspace"]
    kept = [(key, value) for key, value in options if key != "workspace"]
    workspace = named[-1] if named else DEFAULT
    shown = [*((key, value) for key, value in kept if key in _SHOWN), ("workspace", workspace)]
    name = f"postgresql://{user}{at}{hosts}/{path}?{urlencode(shown, safe='/')}"
    if not _NAME.fullmatch(workspace):
        remedy = "use small letters, digits, - and _, at most 50, for example ?workspace=us-cn"
        raise InputError(name, "the workspace's name can't be used", remedy)
    secret = dict(kept).get("password", unquote(secret))
    query = f"?{urlencode(kept)}" if kept else ""
    return Address(name, workspace, f"postgresql://{parts.netloc}/{path}{query}", secret)

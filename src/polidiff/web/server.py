"""Running the workbench: a socket, uvicorn, and where the workspace is."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from polidiff.errors import InputError, OutputError
from polidiff.web.app import make_app
from polidiff.web.settings import Settings
from polidiff.workspace import Workspace

SWITCH = 0.0005
"""Seconds after which a thread that computes lets others go on (Python's own is 0.005): a page needs several turns."""


KEPT = 75
"""Seconds for which a connection is kept between two pages: at uvicorn's five, a reader's next page met its end."""

FIRST = "comparison.polidiff"
"""The workspace that is made where a folder has none."""


def find_workspace(folder: Path | None = None) -> str:
    """Return the only workspace in a folder (default: this one), making one where there is none.

    Raises InputError where there are several, OutputError where none can be made.
    """
    here = folder or Path()
    found = sorted(here.glob("*.polidiff"))
    if (here / "workspace.db").is_file():
        found.append(here)
    if len(found) == 1:
        return str(found[0])
    if not found:
        Workspace.init(here / FIRST, when=datetime.now(UTC)).close()
        return str(here / FIRST)
    names = ", ".join(str(one) for one in found[:5])
    raise InputError("WORKSPACE", f"there are several workspaces in this folder ({names})", "name one")


def listen(host: str, port: int) -> tuple[socket.socket, int]:
    """Return a socket that listens, and its port. Raises OutputError where it can't be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, proto, _, place = found[0]
        made = socket.socket(family, kind, proto)
    except OSError as error:
        raise InputError(
            "--host", f"{host} is no address of this machine ({error.strerror})", "try 127.0.0.1"
        ) from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(place)
        made.listen(128)
    except OSError as error:
        made.close()
        what = f"{host} port {port} can't be used ({error.strerror})"
        raise OutputError("serve", what, "name another with: --port 0") from error
    return made, int(made.getsockname()[1])


def run(settings: Settings, at: socket.socket, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until Ctrl-C. Raises InputError where the workspace can't be opened.

    ``ready`` is called once the workspace is open and the server answers at ``at``.

    The server's own log is off: its lines would hold addresses with their queries. ``settings.log`` asks for lines of
    ours.
    """
    import logging

    import uvicorn

    sys.setswitchinterval(SWITCH)
    app = make_app(settings)
    config = uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, timeout_graceful_shutdown=3, lifespan="on",
        timeout_keep_alive=KEPT,
    )  # fmt: skip

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Begin to answer, and say so."""
            await super().startup(sockets)
            if self.started:
                ready()

    server = Server(config)
    # A second Ctrl-C cuts the end short, which isn't a fault to be shown.
    logging.getLogger("uvicorn.error").addFilter(lambda _: not server.force_exit)
    server.run(sockets=[at])

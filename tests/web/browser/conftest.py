"""A browser without a screen, and workbenches for it to open."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from polidiff.errors import InputError
from polidiff.report.printing import browser as program
from polidiff.web import Settings, make_app

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The system's Chromium; where there is none the test is skipped, and fails in CI."""
    sync_api = pytest.importorskip("playwright.sync_api")
    try:
        path = program()
    except InputError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    with sync_api.sync_playwright() as play:
        made = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield made
        made.close()


@contextmanager
def workbench(workspace: Path, **settings: Any) -> Iterator[str]:
    """The address of a workbench of ``workspace``, whose comparison is ready, while it runs."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(Settings(str(workspace), port=port, **settings))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    app.state.desk.snapshot(60)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)

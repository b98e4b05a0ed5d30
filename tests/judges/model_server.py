"""A server of OpenAI's form on this machine, whose model says what a test makes of the question."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Answer = Callable[[str, str], str]


@contextmanager
def served(answer: Answer, fail_first: int = 0) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server of OpenAI's form whose model says what ``answer`` makes of (instruction, text)."""
    asked: list[dict[str, Any]] = []
    failures = [503] * fail_first

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
            status = failures.pop() if failures else 200
            system, user = (message["content"] for message in body["messages"])
            said = {"choices": [{"message": {"role": "assistant", "content": answer(system, user)}}]}
            data = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def command(tmp_path: Path, *arguments: str, seconds: float = 120, **env: str) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, "POLIDIFF_CACHE": str(tmp_path / "cache"), "PYTHONUTF8": "1", **env}
    return subprocess.run(
        [sys.executable, "-m", "polidiff", *arguments], capture_output=True, text=True, env=own, timeout=seconds
    )

"""The processes that read documents, seen from ours: started, given jobs, kept for the next, ended."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from polidiff.processes import end, start_python
from polidiff.readers.sandbox.frames import receive, send
from polidiff.settings import settings

KEPT = 2
"""Workers that are kept for the next document."""

_BOOT = (
    "import sys,json,types;h=json.loads(sys.stdin.buffer.readline());sys.path[:]=h['path'];"
    "p=types.ModuleType('polidiff');p.__path__=h['package'];sys.modules['polidiff']=p;"
    "from polidiff.readers.sandbox.child import serve;serve()"
)
"""Starts a worker. The package's own ``__init__`` imports every room; the worker needs one."""

_idle: list[Worker] = []
_started: weakref.WeakSet[Worker] = weakref.WeakSet()
_lock = threading.Lock()


class Stopped(Exception):
    """A worker gave no answer: ``why`` is ``crash``, ``time``, ``memory`` or ``fault``; ``words`` says more."""

    def __init__(self, why: str, words: str = "") -> None:
        self.why, self.words = why, words
        super().__init__(f"{why}: {words}")


class Worker:
    """One child process. A job is given with :meth:`begin` and its answer taken with :meth:`result`."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.process = start_python(_BOOT, "-I", "-S", quiet=not settings().debug)
        self._frames: queue.Queue[tuple[bytes, bytes] | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        package = sys.modules["polidiff"].__path__
        head = {"path": [os.path.abspath(p or ".") for p in sys.path], "package": [os.path.abspath(p) for p in package]}
        with contextlib.suppress(OSError):
            cast(BinaryIO, self.process.stdin).write(json.dumps(head).encode() + b"\n")

    def begin(self, job: dict[str, Any], data: bytes) -> None:
        """Send a job; return at once."""
        self._frames = queue.Queue()
        self._thread = threading.Thread(target=self._talk, args=(job, data, self._frames), daemon=True)
        self._thread.start()

    def _talk(self, job: dict[str, Any], data: bytes, frames: queue.Queue[tuple[bytes, bytes] | None]) -> None:
        """Write the job and queue the frames of its answer; None where the worker ends without one."""
        stdin, stdout = cast(BinaryIO, self.process.stdin), cast(BinaryIO, self.process.stdout)
        frame: tuple[bytes, bytes] | None = None
        with contextlib.suppress(OSError, ValueError):
            send(stdin, b"J", json.dumps(job).encode())
            send(stdin, b"D", data)
            while (frame := receive(stdout)) is not None and frame[0] in b"PNH":
                frames.put(frame)
        frames.put(frame)

    def result(
        self,
        until: float,
        progress: Callable[[int, int], float] = lambda done, total: 0.0,
        rest: Callable[[], bytes | None] | None = None,
    ) -> tuple[bytes, bytes]:
        """Wait for an answer until the time ``until`` of the monotonic clock, and return its frame.

        ``progress`` is called with (done, total) and returns the seconds that the job may take in addition; ``rest``
        gives the pages that the worker asks for. Raises Stopped.
        """
        while True:
            left = until - time.monotonic()
            try:
                frame = self._frames.get(timeout=max(0.0, left))
            except queue.Empty:
                raise Stopped("time") from None
            if frame is None:
                raise Stopped("crash", self._ending())
            kind, body = frame
            if kind == b"P":
                done, total = json.loads(body)
                until += progress(done, total)
            elif kind == b"N":
                found = rest() if rest is not None else None
                with contextlib.suppress(OSError, ValueError):
                    send(cast(BinaryIO, self.process.stdin), b"L" if found is None else b"X", found or b"")
            elif kind == b"M":
                raise Stopped("memory")
            elif kind == b"F":
                raise Stopped("fault", body.decode("utf-8", "replace"))
            else:
                return kind, body

    def _ending(self) -> str:
        try:
            code = self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "no answer"
        return f"signal {-code}" if code < 0 else f"exit status {code}"

    def end(self) -> None:
        """End the process now."""
        end(self.process)
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError, ValueError):
                if stream is not None and (self._thread is None or not self._thread.is_alive()):
                    stream.close()
        with contextlib.suppress(subprocess.TimeoutExpired, OSError):
            self.process.wait(timeout=5)


def take() -> Worker:
    """Return an idle worker that is alive, or a new one."""
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.owner == os.getpid() and worker.process.poll() is None:
                return worker
    worker = Worker()
    _started.add(worker)
    return worker


def started() -> tuple[Worker, ...]:
    """Return the workers that this process has started and still holds."""
    return tuple(_started)


def keep(worker: Worker) -> None:
    """Keep a worker that has done its job for the next one, or end it where enough are kept."""
    with _lock:
        if len(_idle) < KEPT:
            _idle.append(worker)
            return
    worker.end()


def close() -> None:
    """End the workers that wait for the next document. They also end by themselves with this process."""
    with _lock:
        waiting, _idle[:] = list(_idle), []
    for worker in waiting:
        if worker.owner == os.getpid():
            worker.end()


atexit.register(close)

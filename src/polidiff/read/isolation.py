"""Reading in a process of its own: a file that crashes, hangs or bloats a reader cannot take the session with it.

pdfium, liteparse and libxml2 are native code that eats bytes from strangers. They run in a child process
(:mod:`polidiff.read.worker`) within a bound of time and memory. The child is started as a plain command, so that it
works from a REPL, a notebook, pytest and a script without a main guard alike, on every system. It imports the read room
alone. A child that has done its job well waits for the next one; it ends with our process. A PDF's second reader runs
beside the first.

``POLIDIFF_INPROCESS=1`` reads in the calling process instead (no bound of time, no protection), and so does a Python
that cannot start itself (frozen programs, WebAssembly).
"""

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
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.model import Document
from polidiff.read.limits import MAX_PAGES, MAX_WORKER_BYTES, PAGE_SECONDS, read_seconds
from polidiff.read.worker import receive, send

ISOLATED = frozenset(["pdf", "html", "docx", "xlsx", "xml"])
"""Formats that native code reads, or that are unpacked."""

PLAIN_BYTES = 512 * 1024
"""Largest Markdown, text or table file that is read in the calling process, in bytes."""

KEPT = 2
"""Workers that are kept for the next document."""

RETIRE_BYTES = 16 * 1024 * 1024
"""A worker that read a file above this size, in bytes, is not kept: its memory goes back to the system."""

_BOOT = (
    "import sys,json,types;h=json.loads(sys.stdin.buffer.readline());sys.path[:]=h['path'];"
    "p=types.ModuleType('polidiff');p.__path__=h['package'];sys.modules['polidiff']=p;"
    "from polidiff.read.worker import serve;serve()"
)
"""Starts a worker. The package's own ``__init__`` imports every room; the worker needs one."""

_idle: list[Worker] = []
_lock = threading.Lock()


def wanted(format_: str, size: int) -> bool:
    """Return whether a document of this format and size (bytes) is read in a process of its own."""
    if os.environ.get("POLIDIFF_INPROCESS", "") not in ("", "0") or not _startable():
        return False
    return format_ in ISOLATED or size > PLAIN_BYTES


def _startable() -> bool:
    return bool(sys.executable) and not getattr(sys, "frozen", False) and sys.platform not in ("emscripten", "wasi")


class Stopped(Exception):
    """A worker gave no answer: ``why`` is ``crash``, ``time``, ``memory`` or ``fault``; ``words`` says more."""

    def __init__(self, why: str, words: str = "") -> None:
        self.why, self.words = why, words
        super().__init__(f"{why}: {words}")


class Worker:
    """One child process. A job is given with :meth:`begin` and its answer taken with :meth:`result`."""

    def __init__(self) -> None:
        options: dict[str, Any] = {}
        if sys.platform == "win32":
            options["creationflags"] = subprocess.CREATE_NO_WINDOW
        else:
            options["start_new_session"] = True  # Ctrl-C is for us; we then end the worker
        debug = os.environ.get("POLIDIFF_DEBUG")
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if debug else subprocess.DEVNULL,
            **options,
        )
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
            while (frame := receive(stdout)) is not None and frame[0] == b"P":
                frames.put(frame)
        frames.put(frame)

    def result(self, until: float, progress: Callable[[int, int], float]) -> tuple[bytes, bytes]:
        """Wait for the answer until the time ``until`` of the monotonic clock, and return its frame.

        ``progress`` is called with (done, total) and returns the seconds that the job may take in addition.
        Raises Stopped.
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
        with contextlib.suppress(OSError):
            self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError, ValueError):
                if stream is not None and (self._thread is None or not self._thread.is_alive()):
                    stream.close()
        with contextlib.suppress(subprocess.TimeoutExpired, OSError):
            self.process.wait(timeout=5)


def read_apart(
    data: bytes, *, name: str, id: str, format: str, progress: Callable[[int, int], None] | None = None
) -> Document:
    """Read ``data`` in a worker and return its document. ``format`` is what was detected; ``name`` is for messages.

    Raises what the reader itself raises, UnreadableSource where it stops without an answer, and SourceTooLarge where
    it runs out of time or memory.
    """
    from polidiff.read.wire import unpack_document, unpack_error

    start = time.monotonic()
    second: Worker | None = None
    workers: list[Worker] = []
    done: list[Worker] = []
    bound = read_seconds(len(data))
    until = start + bound
    job = {"what": "read", "name": name, "id": id, "format": format, "memory": MAX_WORKER_BYTES}
    try:
        first = _take()
        workers.append(first)
        first.begin(job, data)
        if format == "pdf":
            second = _take()
            workers.append(second)
            second.begin({"what": "second", "pages": MAX_PAGES, "memory": MAX_WORKER_BYTES}, data)
        given = _Patience(progress, 0.0 if os.environ.get("POLIDIFF_READ_SECONDS") else PAGE_SECONDS)
        try:
            kind, body = first.result(until, given)
        except Stopped as stop:
            raise _line(stop, name, bound + given.more) from None
        done.append(first)
        if kind == b"E":
            raise unpack_error(body)
        try:
            printed, packed = _parted(body)
            document = unpack_document(packed)
        except (ValueError, KeyError, TypeError):
            raise _line(Stopped("crash", "an answer that makes no sense"), name, bound) from None
        if second is not None:
            from polidiff.read.pdf_second import compare_readings

            theirs = _second(second, until + given.more, done)
            document = compare_readings(document, printed, theirs)
        return document
    finally:
        for worker in workers:
            if worker in done and len(data) <= RETIRE_BYTES:
                _keep(worker)
            else:
                worker.end()


class _Patience:
    """Passes progress on, and gives a PDF more time for its pages when their number is known."""

    def __init__(self, progress: Callable[[int, int], None] | None, per_page: float) -> None:
        self.progress, self.per_page, self.more = progress, per_page, 0.0

    def __call__(self, done: int, total: int) -> float:
        if self.progress is not None:
            self.progress(done, total)
        more = self.per_page * min(total, MAX_PAGES) - self.more
        self.more += max(0.0, more)
        return max(0.0, more)


def _second(worker: Worker, until: float, done: list[Worker]) -> list[str] | None:
    try:
        kind, body = worker.result(until, lambda done, total: 0.0)
        found = json.loads(body) if kind == b"R" else None
    except (Stopped, ValueError):
        return None
    done.append(worker)
    return [str(words) for words in found] if isinstance(found, list) else None


def _parted(body: bytes) -> tuple[list[list[str]], bytes]:
    """Part ``[printed,document]`` without parsing the second half twice."""
    words = body.decode("ascii")
    printed, end = json.JSONDecoder().raw_decode(words, 1)
    if not (isinstance(printed, list) and words[end] == ","):
        raise ValueError("no such frame")
    return printed, words[end + 1 : -1].encode("ascii")


def _line(stop: Stopped, name: str, seconds: float) -> UnreadableSource:
    """Return the one line that the user is shown for a reader that gave no answer."""
    if stop.why == "time":
        return SourceTooLarge(
            name,
            f"reading took longer than {seconds:.0f} seconds and was stopped",
            "give a part of it, or set POLIDIFF_READ_SECONDS higher",
        )
    if stop.why == "memory":
        return SourceTooLarge(name, f"reading needs more than {MAX_WORKER_BYTES >> 20} MB", "give a part of it")
    if stop.why == "fault":
        return UnreadableSource(
            name, f"the reader failed on this file ({stop.words})", "download it again; if it is sound, report this"
        )
    return UnreadableSource(
        name, f"the reader stopped ({stop.words}): the file is damaged or asks for too much", "download it again"
    )


def _take() -> Worker:
    """Return an idle worker that is alive, or a new one."""
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.owner == os.getpid() and worker.process.poll() is None:
                return worker
    return Worker()


def _keep(worker: Worker) -> None:
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

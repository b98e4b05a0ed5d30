"""Reading in a process of its own: a file that crashes, hangs or bloats a reader cannot take the session with it.

pdfium, liteparse and libxml2 are native code that eats bytes from strangers. They run in a child process
(:mod:`~polidiff.readers.sandbox.child`) within a bound of time and memory. The child is started as a plain command, so
that it works from a REPL, a notebook, pytest and a script without a main guard alike, on every system. It imports the
read room alone. A child that has done its job well waits for the next one; it ends with our process. A PDF's second
reader runs beside the first.

``POLIDIFF_INPROCESS=1`` reads in the calling process instead (no bound of time, no protection), and so does a Python
that cannot start itself (frozen programs, WebAssembly).
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import astuple

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.model import Document
from polidiff.readers.choices import NONE, Choices
from polidiff.readers.limits import MAX_PAGES, MAX_WORKER_BYTES, OCR_SECONDS, PAGE_SECONDS, read_seconds
from polidiff.readers.sandbox.pool import Stopped, Worker, keep, take
from polidiff.settings import settings

ISOLATED = frozenset(["pdf", "html", "mhtml", "docx", "xlsx", "xml"])
"""Formats that native code reads, or that are unpacked."""

PLAIN_BYTES = 512 * 1024
"""Largest Markdown, text or table file that is read in the calling process, in bytes."""

SHARE = 0.31
"""Share of a PDF's pages that the second reader's process reads before it goes over the file itself: with it, on the EU
AI Act, two processes end at the same time."""

RETIRE_BYTES = 16 * 1024 * 1024
"""A worker that read a file above this size, in bytes, is not kept: its memory goes back to the system."""


def needs_sandbox(format_: str, size: int) -> bool:
    """Return whether a document of this format and size (bytes) is read in a process of its own."""
    if settings().in_process or not _startable():
        return False
    return format_ in ISOLATED or size > PLAIN_BYTES


def _startable() -> bool:
    return bool(sys.executable) and not getattr(sys, "frozen", False) and sys.platform not in ("emscripten", "wasi")


def read_apart(
    data: bytes,
    *,
    name: str,
    id: str,
    format: str,
    choices: Choices = NONE,
    progress: Callable[[int, int], None] | None = None,
) -> Document:
    """Read ``data`` in a worker and return its document. ``format`` is what was detected; ``name`` is for messages.

    Of ``choices`` the reader takes the columns of a table.

    Raises what the reader itself raises, UnreadableSource where it stops without an answer, SourceTooLarge where it
    runs out of time or memory, and OSError where the system lets no process be started.
    """
    from polidiff.model.codec import load
    from polidiff.readers.sandbox.wire import unpack_error

    bound = read_seconds(len(data))
    until = time.monotonic() + bound
    ocr = settings().ocr
    more = OCR_SECONDS if ocr else PAGE_SECONDS
    patience = _Patience(progress, 0.0 if settings().read_seconds else more)
    share = SHARE if format == "pdf" else 0.0
    common = {"share": share, "ocr": ocr, "memory": MAX_WORKER_BYTES}
    job = {"what": "read", "name": name, "id": id, "format": format, "choices": astuple(choices), **common}
    workers = [take()]
    sound: list[Worker] = []
    try:
        workers[0].begin(job, data)
        beside: _Beside | None = None
        if format == "pdf":
            with contextlib.suppress(OSError):
                workers.append(take())
                workers[1].begin({"what": "beside", "pages": MAX_PAGES, **common}, data)
                beside = _Beside(workers[1], lambda: until + patience.more)
        try:
            kind, body = workers[0].result(until, patience, beside.pages if beside is not None else None)
        except Stopped as stop:
            raise _line(stop, name, bound + patience.more) from None
        sound.append(workers[0])
        if kind == b"E":
            raise unpack_error(body)
        try:
            printed, packed = _parted(body)
            document = load(Document, packed)
        except (ValueError, KeyError, TypeError):
            raise _line(Stopped("crash", "an answer that makes no sense"), name, bound) from None
        if format == "pdf":
            from polidiff.readers.pdf.second_reader import compare_readings

            theirs = beside.reading() if beside is not None else None
            document = compare_readings(document, printed, theirs)
            if theirs is not None:
                sound.append(workers[1])
        return document
    finally:
        for worker in workers:
            if worker in sound and len(data) <= RETIRE_BYTES:
                keep(worker)
            else:
                worker.end()


class _Beside:
    """The worker beside the first: it reads the last pages, hands them over, and then reads the file its own way."""

    def __init__(self, worker: Worker, until: Callable[[], float]) -> None:
        self.worker, self.until = worker, until
        self.alive = True
        self.packed: bytes | None = None

    def _take(self, kind: bytes) -> bytes | None:
        if not self.alive:
            return None
        try:
            found, body = self.worker.result(self.until())
        except Stopped:
            self.alive = False
            return None
        return body if found == kind else None

    def pages(self) -> bytes | None:
        """Return its pages, packed; None where it failed on them."""
        self.packed = self._take(b"H") or None
        return self.packed

    def reading(self) -> list[str] | None:
        """Return the second reader's words of each page, or None where it could not read the file."""
        body = self._take(b"R")
        if body is None and self.alive and self.packed is None:
            body = self._take(b"R")
        try:
            found = json.loads(body or b"null")
        except ValueError:
            return None
        return [str(words) for words in found] if isinstance(found, list) else None


def call_apart(what: str, data: bytes, *, name: str, only: int | None = None) -> bytes:
    """Have a worker do another job on ``data`` than reading (``what`` names it), and return its answer.

    ``only`` is the page that it is done on; without, all are.

    Raises as :func:`read_apart` does.
    """
    from polidiff.readers.sandbox.wire import unpack_error

    bound = 2 * read_seconds(len(data))
    worker = take()
    try:
        worker.begin({"what": what, "name": name, "only": only, "memory": MAX_WORKER_BYTES}, data)
        kind, body = worker.result(time.monotonic() + bound)
    except Stopped as stop:
        raise _line(stop, name, bound) from None
    finally:
        worker.end()
    if kind == b"E":
        raise unpack_error(body)
    return body


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

"""The process in which documents are read: it takes jobs on standard input and answers on what was standard output.

Frames (see :mod:`~polidiff.readers.sandbox.frames`), in: ``J`` a job (JSON), followed by ``D`` the
bytes. Out: ``P`` progress (JSON ``[done, total]``); ``N`` "I need the pages that another worker reads", answered on
standard input by ``X`` with them or ``L`` where there are none; ``H`` those pages; and in the end one of ``R`` the
result, ``E`` an error of the user's, ``M`` memory ran out, ``F`` a fault of the reader (its kind and words). The
process ends with its standard input.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import time
from typing import Any, BinaryIO

from polidiff.errors import InputError
from polidiff.readers.sandbox.frames import receive, send

TELL = 0.05
"""Seconds between two frames of progress."""


def serve() -> None:
    """Answer jobs until standard input ends."""
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a foreign library prints must not end up between the frames
    while (job := receive(jobs)) is not None:
        data = receive(jobs)
        if data is None:
            return
        gc.disable()  # the records of a long document are many and none is garbage before the end
        kind, body = _answer(json.loads(job[1]), data[1], jobs, answers)
        data = job = None
        send(answers, kind, body)
        gc.enable()


def _answer(job: dict[str, Any], data: bytes, jobs: BinaryIO, answers: BinaryIO) -> tuple[bytes, bytes]:
    _bound_memory(job["memory"])
    os.environ["POLIDIFF_OCR"] = job.get("ocr", "")
    try:
        if job["what"] == "beside":
            send(answers, b"H", _pages(job, data))
            from polidiff.readers.pdf.second_reader import second_reading

            return b"R", json.dumps(second_reading(data, job["pages"])).encode()
        if job["what"] == "pictures":
            from polidiff.readers.pdf.render import draw

            return b"R", draw(data, job.get("only"))
        return b"R", _read(job, data, jobs, answers)
    except InputError as error:
        from polidiff.readers.sandbox.wire import pack_error

        return b"E", pack_error(error).encode()
    except MemoryError:
        return b"M", b""
    except Exception as error:  # the caller is told in one line; the session goes on
        where = _place(error)
        return b"F", f"{type(error).__name__} {where}: {error}".encode("utf-8", "replace")[:2000]


def _pages(job: dict[str, Any], data: bytes) -> bytes:
    """Return the pages that the first process leaves, packed; no bytes where they cannot be read."""
    from polidiff.readers.pdf.pages import other_pages

    try:
        return other_pages(data, job["share"])
    except Exception:  # the first process then reads them, and says what is wrong
        return b""


def _read(job: dict[str, Any], data: bytes, jobs: BinaryIO, answers: BinaryIO) -> bytes:
    from polidiff.model.codec import dump
    from polidiff.readers.choices import Choices
    from polidiff.readers.registry import read_here

    told = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if done == 1 or done == total or now - told > TELL:
            told = now
            send(answers, b"P", json.dumps([done, total]).encode())

    def rest() -> bytes | None:
        send(answers, b"N", b"")
        frame = receive(jobs)
        return frame[1] if frame is not None and frame[0] == b"X" else None

    share = job.get("share", 0.0)
    chosen = Choices(*job.get("choices", ()))
    more = rest if share else None
    document, printed = read_here(data, job["name"], job["id"], job["format"], tell, share, more, chosen)
    return f"[{json.dumps(printed)},".encode() + dump(document) + b"]"


def _place(error: BaseException) -> str:
    """Return the last module of ours in a traceback, with its line: what a report of the fault needs."""
    place = ""
    step = error.__traceback__
    while step is not None:
        module = str(step.tb_frame.f_globals.get("__name__", ""))
        if module.startswith("polidiff."):
            place = f"in {module}:{step.tb_lineno}"
        step = step.tb_next
    return place


def _bound_memory(most: int) -> None:
    """Bound the address space of this process, in bytes, where the system can (POSIX)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

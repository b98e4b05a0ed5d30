"""Child processes: Python of ours in a session of its own, and programs of the system, each within a bound of time."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["collect_rarely", "end", "keep_freed", "run_program", "start_python"]

KEEPS = ((-3, 1 << 25), (-1, 1 << 29))
"""Of the GNU C library: from which size on a piece of memory comes from the system by itself, and how much that is free
a process keeps, in bytes, each with its number in ``malloc.h``."""

COLLECT = (2_000, 10, 1_000)
"""When garbage is looked for, as ``gc.set_threshold`` takes it: our records are many and in no circles. A look at all
those of four documents takes 0.35 s, in which a server answers nobody, and opening them had it ten times; at 50,000 for
the first, a look at the young ones took 0.1 s (``benchmarks.serving pause``)."""


def collect_rarely() -> None:
    """Have this process look for garbage rarely. For programs of ours: what a library's user sets stays."""
    gc.set_threshold(*COLLECT)


def start_python(code: str, *options: str, quiet: bool = False) -> subprocess.Popen[bytes]:
    """Start this Python with ``code`` and pipes to its standard input and output.

    It runs in a session of its own: Ctrl-C is for us, who then end it with :func:`end`. ``options`` are the
    interpreter's; what it prints as errors is dropped when ``quiet``. Raises OSError where no process can be started.
    """
    flags: dict[str, Any] = {}
    if sys.platform == "win32":
        flags["creationflags"] = subprocess.CREATE_NO_WINDOW
    else:
        flags["start_new_session"] = True
    return subprocess.Popen(
        [sys.executable, *options, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if quiet else None,
        **flags,
    )


def end(process: subprocess.Popen[Any]) -> None:
    """End a process that :func:`start_python` started, and those that it started, now."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg") and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def run_program(
    command: Sequence[str], *, seconds: float, data: bytes | None = None, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end and return what it printed; ``data`` goes to its standard input.

    ``more`` are variables beside those of the environment. Raises OSError where it cannot be run, and
    ``subprocess.TimeoutExpired``, which ends it, after ``seconds``.
    """
    return subprocess.run(
        list(command), input=data, capture_output=True, timeout=seconds, check=False, env={**os.environ, **(more or {})}
    )


def keep_freed() -> None:
    """Have this process keep what memory it frees for what it needs next, where the C library is GNU's.

    Given back and taken again it is cleared page by page, an eighth of the time that encoding takes. What the process
    holds at its most stays the same.
    """
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        for option, size in KEEPS:
            ctypes.CDLL(None).mallopt(option, size)

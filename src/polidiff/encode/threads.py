"""Work in parallel without two layers of threads getting into each other's way.

A matrix library that starts threads of its own waits in a busy loop for the slowest: on a machine with other work the
same products took seven times as long on two threads as on one. So each piece of work gets one thread, and the pieces
go side by side. The results don't depend on how many there are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

MOST = 8
"""Threads at the most."""


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Keep the matrix library to one thread inside, where ``threadpoolctl`` is installed."""
    try:
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        yield
        return
    with threadpool_limits(limits=1, user_api="blas"):
        yield


def in_parallel(work: Callable[[In], Out], pieces: Sequence[In]) -> list[Out]:
    """Return the result of ``work`` for each piece, in their order."""
    workers = min(MOST, len(pieces), available())
    with one_thread_each():
        if workers < 2:
            return [work(piece) for piece in pieces]
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(work, pieces))


def available() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

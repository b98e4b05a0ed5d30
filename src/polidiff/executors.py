"""Where independent pieces of work are done: in this process, in others of this machine, or on a Ray cluster.

Each piece is a function of one value, and what it returns comes back as a value: whoever does it, the result is the
same. A piece whose process ended is done again, so nothing is lost; its result is taken once, so nothing is doubled.
"""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from polidiff.errors import InputError

__all__ = ["Executor", "Local", "Ray", "executor"]

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 2
"""Items that each process has before it."""

TRIES = 5
"""Times that an item is done alone, after a process ended that had it, before it is given up."""

STARTS = 3
"""Times that Ray is tried to be started or reached: on a busy machine it gives up after half a minute."""


class Executor(Protocol):
    """Does a function on many values, in whatever order, and gives each with its finished future."""

    def spread(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Future[Result]]]:
        """Yield each item with its finished future as it is done; of those done at once the earlier comes first.

        ``work`` and what goes in and out of it must be picklable, and errors come back whole only where they are, too:
        better it returns them as values. ``future.result()`` raises BrokenProcessPool where the item's process ended
        again and again.
        """
        ...


def executor(address: str = "", jobs: int = 1) -> Executor:
    """Return who does the work: ``jobs`` processes of this machine, or Ray at an address (``ray``, ``ray://HOST:PORT``).

    Raises InputError for an address of another kind.
    """
    if not address or address == "local":
        return Local(jobs)
    if address == "ray" or address.startswith("ray://"):
        return Ray(address, jobs)
    raise InputError(address, "is no executor", "give local, ray, or ray://HOST:PORT")


@dataclass
class _Job(Generic[Item]):
    number: int
    item: Item
    tries: int = 0
    """How often it was done alone; 0 while it goes with others."""


class Local:
    """Processes of this machine; with one job, this process itself."""

    def __init__(self, jobs: int = 1) -> None:
        self._jobs = jobs

    def spread(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Future[Result]]]:
        """Do the work; see :class:`Executor`."""
        if self._jobs <= 1:
            for item in items:
                done: Future[Result] = Future()
                done.set_result(work(item))
                yield item, done
            return
        source = (_Job(number, item) for number, item in enumerate(items))
        suspects: deque[_Job[Item]] = deque()
        while True:
            lost: list[_Job[Item]] = []
            with self._pool() as pool:
                yield from _run(pool, work, source, suspects, lost, self._jobs * AHEAD)
            if not lost:
                return
            for job in reversed(lost):
                job.tries += 1
                if job.tries > TRIES:
                    broken: Future[Result] = Future()
                    broken.set_exception(BrokenProcessPool("its process ended"))
                    yield job.item, broken
                else:
                    suspects.appendleft(job)

    def _pool(self) -> ProcessPoolExecutor:
        import multiprocessing

        return ProcessPoolExecutor(self._jobs, mp_context=multiprocessing.get_context("spawn"))


def _run(
    pool: ProcessPoolExecutor,
    work: Callable[[Item], Result],
    source: Iterator[_Job[Item]],
    suspects: deque[_Job[Item]],
    lost: list[_Job[Item]],
    ahead: int,
) -> Iterator[tuple[Item, Future[Result]]]:
    """Work through what is left until all is done or a process ends; what it then had goes into ``lost``.

    What a process had when it ended is done alone, one after another: so the one that ends it is found, and no other
    is given up for it.
    """
    out: dict[Future[Result], _Job[Item]] = {}
    while not lost:
        while len(out) < (1 if suspects else ahead) and not any(job.tries for job in out.values()):
            job = suspects.popleft() if suspects else next(source, None)
            if job is None:
                break
            try:
                out[pool.submit(work, job.item)] = job
            except BrokenProcessPool:
                lost.append(job)
                break
        if not out:
            return
        done = wait(out, return_when=FIRST_COMPLETED).done
        if lost or any(isinstance(future.exception(), BrokenProcessPool) for future in done):
            done = wait(out).done
        for future in sorted(done, key=lambda one: out[one].number):
            job = out.pop(future)
            if isinstance(future.exception(), BrokenProcessPool):
                lost.append(job)
            else:
                yield job.item, future


class Ray:
    """A Ray cluster, or with the address ``ray`` one on this machine that ends with us. Needs ``polidiff[ray]``."""

    def __init__(self, address: str, jobs: int = 1) -> None:
        self._address = address
        self._jobs = jobs

    def _started(self) -> Any:
        try:
            ray: Any = importlib.import_module("ray")
        except ModuleNotFoundError as error:
            raise InputError("ray", "is not installed", "pip install 'polidiff[ray]'") from error
        if not ray.is_initialized():
            given = (
                {"num_cpus": max(1, self._jobs), "include_dashboard": False}
                if self._address == "ray"
                else {"address": self._address}
            )
            for left in reversed(range(STARTS)):
                try:
                    ray.init(**{"log_to_driver": False, "logging_level": "error", **given})
                    break
                except Exception as error:  # Ray raises bare ones where its processes don't start within 30 s
                    ray.shutdown()
                    if not left:
                        raise InputError(self._address, "no Ray cluster answers there", "see: ray status") from error
        return ray

    def spread(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Future[Result]]]:
        """Do the work; see :class:`Executor`. Ray itself does again what a worker had that ended."""
        ray = self._started()
        task = ray.remote(num_cpus=1, max_retries=20)(work)
        cpus = int(ray.cluster_resources().get("CPU", 1))
        source = enumerate(items)
        out: dict[Any, tuple[int, Item]] = {}
        while True:
            while len(out) < cpus * AHEAD and (new := next(source, None)) is not None:
                out[task.remote(new[1])] = new
            if not out:
                return
            ready, _ = ray.wait(list(out), num_returns=1)
            for reference in ready:
                _, item = out.pop(reference)
                future: Future[Result] = Future()
                try:
                    future.set_result(ray.get(reference))
                except (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError) as error:
                    future.set_exception(BrokenProcessPool(str(error)))
                yield item, future

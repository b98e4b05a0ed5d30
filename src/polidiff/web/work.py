"""Long work: reading, coding and comparing in processes of their own, one after another.

A process writes what it makes into the workspace as soon as it is made, so a run that is cancelled or killed goes on
where it was. Documents that wait to be added stand in the workspace's settings, and the next server takes them up.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from polidiff.processes import end, start_python
from polidiff.web.worker import Order
from polidiff.workspace import Store

State = Literal["waiting", "running", "done", "failed", "cancelled"]

KEPT = ("add", "article")
"""The kinds of work that a server takes up again which an earlier one left."""

PENDING = "web.pending"
"""The setting that holds documents that wait to be added."""

HELD = "web.held"
"""The setting that says that no comparison is to begin by itself yet."""

FIRST = ("add", "article", "versions", "against", "compare", "judge", "index")
"""What goes before what where several pieces of work wait."""

START = "import sys; from polidiff.web.worker import main; sys.exit(main())"
"""What a process runs."""

SHOWN = 400
"""Tasks that are kept to be looked at."""


@dataclass(frozen=True)
class Task:
    """One piece of long work.

    ``done`` of ``total`` steps of ``step``; ``found`` is how many of what were found so far; ``message`` says how it
    ended, ``fault`` what kind of failure that was; ``began`` and ``ended`` are seconds of a clock of this machine.
    """

    id: int
    order: Order
    state: State = "waiting"
    step: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    fault: str = ""
    began: float = 0.0
    ended: float = 0.0
    found: Mapping[str, int] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether it is still to end."""
        return self.state in ("waiting", "running")

    @property
    def seconds(self) -> int:
        """How long it has run, or ran."""
        until = time.monotonic() if self.state == "running" else self.ended
        return max(0, int(until - self.began)) if self.began else 0


class Work:
    """The tasks of a server. Threads may share it."""

    def __init__(self, where: str, store: Store, lock: threading.RLock, wake: Callable[[], None]) -> None:
        self._where = where
        self._store = store
        self._store_lock = lock
        self._wake = wake
        self._tasks: dict[int, Task] = {}
        self._numbers = itertools.count(1)
        self._change = threading.Condition()
        self._process: subprocess.Popen[bytes] | None = None
        self._closing = False
        self._thread: threading.Thread | None = None
        self._tried: set[tuple[object, ...]] = set()

    def start(self) -> None:
        """Take up what an earlier server left, and begin."""
        for order in self._pending():
            self._enter(order)
        self._thread = threading.Thread(target=self._run, name="work", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop what runs; it goes on when the next server starts."""
        with self._change:
            self._closing = True
            self._stop()
            self._change.notify_all()
        if self._thread is not None:
            self._thread.join(10)

    def tasks(self) -> tuple[Task, ...]:
        """Return all tasks, newest first."""
        with self._change:
            return tuple(reversed(self._tasks.values()))

    def task(self, number: int) -> Task | None:
        """Return one task, or None."""
        with self._change:
            return self._tasks.get(number)

    def add(self, order: Order) -> Task:
        """Have a document added, or an article checked. When this returns, it will be, even if the server is killed."""
        with self._store_lock:
            held = self._read_pending()
            self._write_pending([*held, order])
        return self._enter(order)

    def refuse(self, order: Order, fault: str) -> None:
        """Enter work that can't even begin, so that it is told beside what does."""
        with self._change:
            now = time.monotonic()
            task = Task(next(self._numbers), order, "failed", fault=fault, began=now, ended=now)
            self._tasks[task.id] = task

    def compare(self, inputs: Sequence[tuple[str, str]], *, again: bool = False) -> Task | None:
        """Have the documents compared, unless that is under way, or was tried on these inputs already.

        ``again`` tries it nonetheless.
        """
        return self._once(Order("compare"), ("compare", *inputs), again)

    def index(self, inputs: Sequence[tuple[str, str]]) -> Task | None:
        """Have the documents made ready to be searched, unless that was tried; the first comparison comes before it."""
        with self._store_lock:
            if self._store.settings().get(HELD, "") == "1":
                return None
        return self._once(Order("index"), ("index", *inputs), again=False)

    def once(self, order: Order) -> Task | None:
        """Have something made that is looked for when it is done, unless that is under way or was tried already."""
        return self._once(order, (order,), again=False)

    def ask(self, where: str, model: str, most: int = 0) -> Task | None:
        """Have a judge asked what is undecided, at most so many questions (0 for all), unless that is under way."""
        return None if self.runs("judge") else self._enter(Order("judge", where, model, most=most))

    def _once(self, order: Order, key: tuple[object, ...], again: bool) -> Task | None:
        with self._change:
            if self.runs(order.kind) or (key in self._tried and not again):
                return None
            self._tried.add(key)
        return self._enter(order)

    def cancel(self, number: int) -> None:
        """Stop a task. What it had made by then is kept."""
        with self._change:
            task = self._tasks.get(number)
            if task is None or not task.open:
                return
            self._tasks[number] = replace(task, state="cancelled")
            if task.state == "running":
                self._stop()
        self._forget(task.order)

    def runs(self, kind: str) -> bool:
        """Whether work of a kind is under way or waits."""
        with self._change:
            return any(task.open for task in self._tasks.values() if task.order.kind == kind)

    def _enter(self, order: Order) -> Task:
        with self._change:
            task = Task(next(self._numbers), order)
            self._tasks[task.id] = task
            closed = [number for number, one in self._tasks.items() if not one.open]
            for number in closed[: max(0, len(self._tasks) - SHOWN)]:
                del self._tasks[number]
            self._change.notify_all()
        return task

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closing or self._next() is not None)
                task = self._next()
                if self._closing or task is None:
                    return
                self._update(task.id, state="running", began=time.monotonic())
            self._work(task)
            self._wake()

    def _next(self) -> Task | None:
        waiting = [task for task in self._tasks.values() if task.state == "waiting"]
        return min(waiting, key=lambda task: (FIRST.index(task.order.kind), task.id), default=None)

    def _work(self, task: Task) -> None:
        """Run one task to its end, whatever that is."""
        process = start_python(START)
        with self._change:
            self._process = process
            if self._closing or self._tasks[task.id].state != "running":
                self._stop()
        assert process.stdin is not None
        assert process.stdout is not None
        ended = False
        with process:
            with contextlib.suppress(OSError):
                process.stdin.write(json.dumps({"workspace": self._where, **task.order.record()}).encode() + b"\n")
                process.stdin.flush()
            for line in process.stdout:
                with contextlib.suppress(ValueError):
                    ended = self._hear(task, json.loads(line)) or ended
            with contextlib.suppress(OSError):
                process.stdin.close()
        with self._change:
            self._process = None
            if self._closing:
                return
            if not ended and self._tasks[task.id].state == "running":
                self._update(task.id, state="failed", message="stopped")
        self._forget(task.order)

    def _hear(self, task: Task, said: dict[str, Any]) -> bool:
        """Take down what a process says; return whether it was its last word."""
        with self._change:
            if self._tasks[task.id].state != "running":
                return False
            ended = time.monotonic()
            if "error" in said:
                fault = str(said.get("fault", ""))
                self._update(task.id, state="failed", message=str(said["error"]), fault=fault, ended=ended)
            elif "result" in said:
                self._update(task.id, state="done", result=said["result"], ended=ended)
            elif "found" in said:
                found = {**self._tasks[task.id].found, str(said["found"]): int(said["count"])}
                self._update(task.id, found=found)
            else:
                self._update(task.id, step=str(said["step"]), done=int(said["done"]), total=int(said["total"]))
            return "error" in said or "result" in said

    def _update(self, number: int, **changes: Any) -> None:
        self._tasks[number] = replace(self._tasks[number], **changes)
        self._change.notify_all()

    def _stop(self) -> None:
        """End the process that works, and those that it reads with."""
        if self._process is not None:
            end(self._process)

    def _pending(self) -> list[Order]:
        with self._store_lock:
            return self._read_pending()

    def _read_pending(self) -> list[Order]:
        try:
            return [Order(**one) for one in json.loads(self._store.settings().get(PENDING, "[]"))]
        except (ValueError, TypeError):
            return []

    def _write_pending(self, orders: Sequence[Order]) -> None:
        self._store.set({PENDING: json.dumps([order.record() for order in orders])})

    def _forget(self, order: Order) -> None:
        """Take an order that has ended out of those that wait."""
        if order.kind in KEPT:
            with self._store_lock:
                held = self._read_pending()
                if order in held:
                    held.remove(order)
                    self._write_pending(held)

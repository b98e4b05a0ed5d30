"""The workspace as the views see it: decisions at once, and the last comparison while the next is made.

One :class:`polidiff.workspace.Workspace`, guarded by a lock, answers what is quick: what was decided, and the next
decision. A second one, in a thread of its own, takes snapshots, made in a process of their own where much was
proposed (:mod:`polidiff.web.maker`). What takes long (reading, coding, aligning) runs in processes of its own as well
(:mod:`polidiff.web.work`), so that pages stay quick.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from polidiff.coding import load_codebook
from polidiff.coding.fit import FIRST
from polidiff.encode import DefaultEncoder
from polidiff.errors import PolidiffError
from polidiff.model import Codebook
from polidiff.web.effects import History, moment_of
from polidiff.web.finder import Finder
from polidiff.web.maker import Maker
from polidiff.web.snapshot import MOST, Missing, Snapshot, Stamp, chosen_of, inputs_of, stamp_of
from polidiff.web.work import HELD, Work
from polidiff.workspace import Workspace
from polidiff.workspace.kept import checked_codebook

PATIENCE = 0.4
"""Seconds for which a page waits for a snapshot that is being made, before it shows the last one."""


READING = "web.reading"
"""The setting that holds the key for reading."""

REST = 0.5
"""How long the thread that takes snapshots rests, in the time that the last one took: the machine is others' too."""


class WorkspaceService:
    """One workspace for all requests of a server. Threads may share it."""

    def __init__(self, where: str, *, background: bool = True) -> None:
        """Open the workspace. Raises InputError where there is none."""
        self.where = where
        self._lock = threading.RLock()
        self._workspace = Workspace.open(where)
        self.title = self._workspace.title
        self.work = Work(where, self._workspace.store, self._lock, self.wake)
        self.finder = Finder(where, self.work)
        self._maker = Maker(where)
        self._codebook: tuple[str, Codebook] | None = None
        self.trouble = ""
        self.halted = False
        self._snapshot: Snapshot | None = None
        self.history = History()
        self._news = threading.Condition()
        self._wanted = threading.Event()
        self._taken = 0.0
        self._free = True
        self._warm = False
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._background = background

    def start(self) -> None:
        """Begin to work in the background: take up what an earlier server left, and make the first snapshot."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="snapshots", daemon=True)
            self._thread.start()
            self.finder.start()
            if self._background:
                self.work.start()
            self.wake()

    def close(self) -> None:
        """Stop the background, and let go of the workspace. What was acknowledged is on the disk already."""
        self._closing.set()
        self._wanted.set()
        self.work.close()
        self.finder.close()
        self._maker.close()
        if self._thread is not None:
            self._thread.join(10)
        with self._lock:
            self._workspace.close()

    @contextlib.contextmanager
    def workspace(self) -> Iterator[Workspace]:
        """The workspace, for something quick."""
        with self._lock:
            yield self._workspace

    def codebook(self) -> Codebook:
        """The codebook of the last comparison; before it, the first of those that one would choose among.

        Reading it anew takes a while, so it is kept while it is the same.
        """
        with self._lock:
            said = self._workspace.store.settings().get("codebook", "")
            if self._codebook is None or self._codebook[0] != said:
                book = checked_codebook(said, self.where) if said else load_codebook(FIRST)
                self._codebook = said, book
            return self._codebook[1]

    @property
    def held(self) -> bool:
        """Whether the first comparison waits until somebody asks for it: what was read is looked at before."""
        with self._lock:
            return self._workspace.store.settings().get(HELD, "") == "1"

    def hold(self, held: bool) -> None:
        """Let the first comparison wait, or begin."""
        with self._lock:
            self._workspace.store.set({HELD: "1" if held else ""})

    @property
    def reading_key(self) -> str:
        """What the address of a read-only session holds; empty where none was made."""
        with self._lock:
            return self._workspace.store.settings().get(READING, "")

    def make_reading_key(self) -> None:
        """Make a new key for reading; the one before opens nothing any more."""
        with self._lock:
            self._workspace.store.set({READING: secrets.token_urlsafe(24)})

    def now(self) -> datetime:
        """The time of a decision."""
        return datetime.now(UTC)

    def stamp(self) -> Stamp:
        """What the workspace holds now."""
        with self._lock:
            return stamp_of(self._workspace)

    def wake(self) -> None:
        """Say that something has changed."""
        self._wanted.set()
        self.finder.wake()

    def snapshot(self, patience: float | None = None) -> tuple[Snapshot | None, bool]:
        """Return the newest snapshot, and whether it is of the workspace as it is now.

        Where it isn't, a new one is begun, and waited for ``patience`` seconds (the first one a little in any case).
        Without ``patience`` that is :data:`PATIENCE`, or no time where it wouldn't be there by then. None where
        nothing can be compared (see :attr:`trouble`) or nothing was yet.
        """
        stamp = self.stamp()
        held = self._snapshot
        if held is not None and held.stamp == stamp:
            return held, True
        if not 2 <= len(stamp.documents) <= MOST:
            return None, True
        if patience is None:
            patience = PATIENCE if self._free and self._taken < PATIENCE else 0.0
        self._wanted.set()
        with self._news:
            first = max(patience, PATIENCE) if held is None else patience
            self._news.wait_for(lambda: self._snapshot is not None and self._snapshot.stamp == stamp, first)
        held = self._snapshot
        return held, held is not None and held.stamp == stamp

    def _run(self) -> None:
        """The thread that takes snapshots."""
        workspace = Workspace.open(self.where, encoder=DefaultEncoder())
        try:
            while True:
                self._free = True
                self._wanted.wait()
                self._free = False
                self._wanted.clear()
                began = time.monotonic()
                if not self._closing.is_set() and not self.work.runs("compare"):
                    self._take(workspace)
                self._taken = time.monotonic() - began
                if not self._warm and self._snapshot is not None and self._background:
                    self._warm = True
                    self._maker.ready(workspace, self._snapshot)
                if self._closing.wait(REST * self._taken):
                    return
        finally:
            workspace.close()

    def _take(self, workspace: Workspace) -> None:
        stamp = stamp_of(workspace)
        if self._snapshot is not None and self._snapshot.stamp == stamp:
            return
        try:
            made = self._maker.take(workspace, () if self._snapshot is None else self._snapshot.tongues)
            self.trouble, self.halted = "", False
        except Missing:
            if workspace.store.settings().get(HELD, "") == "1":
                self.halted = False
                return
            if self._background:
                self.work.compare(inputs_of(workspace, chosen_of(workspace)))
            self.halted = not self.work.runs("compare")
            return
        except PolidiffError as error:
            self.trouble, self.halted = str(error), True
            return
        if made is not None:
            self.history.add(
                moment_of((made.stamp.documents, made.stamp.codebook), made.stamp.decisions, made.comparison)
            )
        with self._news:
            self._snapshot = made
            self._news.notify_all()

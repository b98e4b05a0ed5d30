"""Search over all provisions of a workspace: by words, phrases and meaning, narrowed by codes.

The index is kept between requests and built beside them; while a new one is built, the old one answers.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from polidiff.encode import DefaultEncoder, MultilingualEncoder
from polidiff.errors import PolidiffError
from polidiff.web.snapshot import inputs_of
from polidiff.web.work import Work
from polidiff.workspace import Workspace
from polidiff.workspace.corpus import Index, open_index

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors

__all__ = ["Finder"]

REMEMBERED = 2000
"""Questions whose vectors are kept."""


class Finder:
    """The index of a server. Threads may share it."""

    def __init__(self, where: str, work: Work) -> None:
        self._where = where
        self._work = work
        self._index: Index | None = None
        self._mark: object = None
        self._news = threading.Condition()
        self._wanted = threading.Event()
        self._closing = False
        self._thread: threading.Thread | None = None
        self._encoder = MultilingualEncoder()
        self._encoding = threading.Lock()
        self._asked: dict[str, Vectors] = {}

    def start(self) -> None:
        """Begin to build, beside the pages."""
        self._thread = threading.Thread(target=self._run, name="finder", daemon=True)
        self._thread.start()
        self.wake()

    def wake(self) -> None:
        """Say that documents may have changed."""
        self._wanted.set()

    def close(self) -> None:
        """Stop."""
        self._closing = True
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(10)

    def index(self, patience: float) -> Index | None:
        """Return the newest index; the first one is waited for ``patience`` seconds."""
        with self._news:
            self._news.wait_for(lambda: self._index is not None, patience)
        return self._index

    def encode(self, text: str) -> Vectors:
        """Return the vector of a question: shape ``(512,)``."""
        with self._encoding:
            if text not in self._asked:
                if len(self._asked) >= REMEMBERED:
                    self._asked.clear()
                    self._encoder = MultilingualEncoder()
                self._asked[text] = self._encoder.encode([text])[0]
            return self._asked[text]

    def _run(self) -> None:
        with Workspace.open(self._where, encoder=DefaultEncoder()) as work:
            while True:
                self._wanted.wait()
                self._wanted.clear()
                if self._closing:
                    return
                try:
                    self._build(work)
                except PolidiffError:  # the pages that need the workspace say what is wrong with it
                    continue

    def _build(self, work: Workspace) -> None:
        """Build the index anew where documents, their cuts or what is known of them have changed."""
        mark = inputs_of(work)
        if self._index is not None and self._mark == mark and self._index.ready:
            return
        made = open_index(work)
        with self._news:
            self._index, self._mark = made, mark
            self._news.notify_all()
        self.encode("")  # loads the encoder before the first question comes
        if not made.ready:
            self._work.index(mark)

"""Answers kept on disk, so that a rerun goes on where it stopped and says the same."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from polidiff.cache import cache_root

if TYPE_CHECKING:
    from polidiff.judges.endpoint.chat import Model

WAIT = 10.0
TABLE = "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, answer TEXT NOT NULL)"


class KeptAnswers:
    """A model whose answers are kept in a file, by model, instruction and text.

    A file that can't be used (read-only, damaged) is passed over. Threads may share one.
    """

    def __init__(self, model: Model, path: Path | None = None) -> None:
        """Keep the answers of ``model`` in ``path``, or in the cache."""
        self._model = model
        self._path = path if path is not None else cache_root() / "answers.sqlite"

    @property
    def identity(self) -> str:
        """The model's own."""
        return self._model.identity

    def answer(self, instruction: str, text: str) -> str:
        """Return the kept answer, or ask and keep. Raises InputError when there is none."""
        whole = "\0".join((self._model.identity, instruction, text))
        key = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).digest()
        held = self._held(key)
        if held is None:
            held = self._model.answer(instruction, text)
            self._keep(key, held)
        return held

    def _held(self, key: bytes) -> str | None:
        import sqlite3

        if not self._path.is_file():
            return None
        try:
            with closing(sqlite3.connect(self._path, timeout=WAIT)) as store:
                row = store.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row is not None and isinstance(row[0], str) else None

    def _keep(self, key: bytes, answer: str) -> None:
        import sqlite3

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=WAIT)) as store, store:
                store.execute(TABLE)
                store.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, answer))
        except (sqlite3.Error, OSError, UnicodeEncodeError):
            return

"""The store in one SQLite file: a write-ahead log, every commit on the disk before it is acknowledged.

``synchronous=FULL`` with the write-ahead log: a commit has been handed to the disk when it returns
(https://www.sqlite.org/pragma.html#pragma_synchronous). Decisions can't be changed or deleted: triggers refuse it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from polidiff.errors import InputError, OutputError
from polidiff.model import codec
from polidiff.workspace.decisions import Decision
from polidiff.workspace.store import Addition, Version, decision_of

APPLICATION = 0x504F4C44
"""``POLD``: SQLite's application id, by which a workspace is told from other databases."""

PATIENCE = 30.0
"""Seconds that a writer waits for another one."""

FILE = "workspace.db"

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE versions (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      document TEXT NOT NULL, version TEXT NOT NULL, text_sha256 TEXT NOT NULL, source_sha256 TEXT NOT NULL,
      title TEXT NOT NULL, text BLOB NOT NULL, record BLOB NOT NULL,
      UNIQUE (document, version)
    );
    CREATE TABLE additions (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      document TEXT NOT NULL, version TEXT NOT NULL, added TEXT NOT NULL,
      FOREIGN KEY (document, version) REFERENCES versions (document, version)
    );
    CREATE TABLE results (key TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE decisions (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE, author TEXT NOT NULL, decided TEXT NOT NULL, verb TEXT NOT NULL, body TEXT NOT NULL
    );
    CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions stay'); END;
    CREATE TRIGGER decisions_as_made BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions stay'); END;
    CREATE TRIGGER versions_stay BEFORE DELETE ON versions BEGIN SELECT RAISE(ABORT, 'versions stay'); END;
    CREATE TRIGGER versions_as_read BEFORE UPDATE ON versions BEGIN SELECT RAISE(ABORT, 'versions stay'); END;
    """,
)
"""Each brings a file one version further; ``user_version`` counts those that were made."""


def place(workspace: str | Path) -> Path:
    """Return the SQLite file of a workspace: the path itself, or ``workspace.db`` in it where it is a folder."""
    path = Path(workspace)
    return path / FILE if path.is_dir() or not path.suffix else path


class SqliteStore:
    """A :class:`polidiff.workspace.store.Store` in one file."""

    def __init__(
        self, path: Path, *, create: bool = False, patience: float = PATIENCE, migrations: Sequence[str] = MIGRATIONS
    ) -> None:
        """Open the file, or make it where ``create`` is set.

        Raises InputError where there is none, where it isn't a workspace, or was made by a newer version; OutputError
        where it can't be made.
        """
        self._path = path
        self._patience = patience
        made = _prepare(path, create)
        with self._guard("opened"):
            self._db = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
        self._db.text_factory = _text
        try:
            with self._guard("opened"):
                self._settle(create, migrations)
        except BaseException:
            self._db.close()
            if made:
                for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                    leftover.unlink(missing_ok=True)
            raise

    @property
    def name(self) -> str:
        """The file's path."""
        return str(self._path)

    def close(self) -> None:
        """Close the file; the write-ahead log is folded into it by the last one who does."""
        self._db.close()

    def settings(self) -> dict[str, str]:
        """Return the settings."""
        with self._guard("read"):
            rows = self._db.execute("SELECT name, value FROM settings ORDER BY name").fetchall()
            return {name: _words(value) for name, value in rows}

    def set(self, settings: Mapping[str, str]) -> None:
        """Write settings over those of the same name."""
        with self._writing():
            rows = [(name, _kept(value)) for name, value in sorted(settings.items())]
            self._db.executemany("INSERT OR REPLACE INTO settings VALUES (?, ?)", rows)

    def add(self, version: Version, when: str | None) -> None:
        """Keep a version, and make it current where ``when`` is given."""
        v = version
        document = _kept(v.document)
        row = (document, v.version, v.text_sha256, v.source_sha256, _kept(v.title))
        with self._writing():
            self._db.execute(
                "INSERT INTO versions (document, version, text_sha256, source_sha256, title, text, record)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (*row, v.text.encode("utf-8", "surrogatepass"), v.record),
            )
            if when is not None:
                self._db.execute(
                    "INSERT INTO additions (document, version, added) VALUES (?, ?, ?)", (document, v.version, when)
                )

    def additions(self) -> list[Addition]:
        """Return everything that was added, oldest first."""
        with self._guard("read"):
            rows = self._db.execute(
                "SELECT a.document, a.version, v.text_sha256, a.added, length(v.text) FROM additions a"
                " JOIN versions v USING (document, version) ORDER BY a.seq"
            ).fetchall()
            return [Addition(_words(document), *rest) for document, *rest in rows]

    def version(self, document: str, version: str) -> Version | None:
        """Return a version of a document, or None."""
        with self._guard("read"):
            row = self._db.execute(
                "SELECT version, text_sha256, source_sha256, title, CAST(text AS BLOB), CAST(record AS BLOB)"
                " FROM versions WHERE document = ? AND version = ?",
                (_kept(document), version),
            ).fetchone()
        if row is None:
            return None
        found, text_sha256, source_sha256, title, text, record = row
        try:
            words, name = text.decode("utf-8", "surrogatepass"), _words(title)
        except UnicodeDecodeError as error:
            raise self._damaged(f"the text of {document}") from error
        return Version(document, found, text_sha256, source_sha256, name, words, record)

    def versions(self) -> list[tuple[str, str, str]]:
        """Return (document, version, text hash) of every version held."""
        with self._guard("read"):
            rows = self._db.execute("SELECT document, version, text_sha256 FROM versions ORDER BY seq").fetchall()
            return [(_words(document), version, text) for document, version, text in rows]

    def results(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the results that are held under ``keys``."""
        found: dict[str, bytes] = {}
        with self._guard("read"):
            for first in range(0, len(keys), 500):
                some = keys[first : first + 500]
                marks = ",".join("?" * len(some))
                found.update(
                    self._db.execute(
                        f"SELECT key, CAST(data AS BLOB) FROM results WHERE key IN ({marks})", some
                    ).fetchall()
                )
        return found

    def keep(self, results: Mapping[str, bytes]) -> None:
        """Keep results under their keys."""
        with self._writing():
            self._db.executemany("INSERT OR IGNORE INTO results VALUES (?, ?)", sorted(results.items()))

    def drop(self, keys: Sequence[str]) -> None:
        """Forget results."""
        with self._writing():
            self._db.executemany("DELETE FROM results WHERE key = ?", [(name,) for name in keys])

    def decisions(self, since: int = 0) -> list[tuple[int, Decision]]:
        """Return the decisions after row ``since``, with their row numbers."""
        with self._guard("read"):
            rows = self._db.execute(
                "SELECT seq, id, body FROM decisions WHERE seq > ? ORDER BY seq", (since,)
            ).fetchall()
        made = []
        for seq, name, body in rows:
            try:
                made.append((int(seq), decision_of(name, str(body))))
            except ValueError as error:
                raise self._damaged(f"decision {seq}") from error
        return made

    def decide(self, decisions: Sequence[Decision]) -> int:
        """Write decisions, all or none, and return how many were new."""
        with self._writing():
            before = self._db.total_changes
            self._db.executemany(
                "INSERT INTO decisions (id, author, decided, verb, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [(d.id, _kept(d.by), d.when, d.verb, codec.dump(d).decode("ascii")) for d in decisions],
            )
            return self._db.total_changes - before

    def _settle(self, create: bool, migrations: Sequence[str]) -> None:
        """Check what the file is, bring it to this version, and set how it is written."""
        held = int(self._db.execute("PRAGMA application_id").fetchone()[0])
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        tables = int(self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        empty = not (held or version or tables)
        if held != APPLICATION and not (empty and create):
            raise InputError(self.name, "is not a polidiff workspace", "make one with: polidiff init WORKSPACE")
        if create and not empty:
            raise InputError(self.name, "is a workspace already", "add to it with: polidiff add WORKSPACE SOURCE")
        if version > len(migrations):
            raise InputError(
                self.name,
                f"was written by a newer polidiff (its form is {version}, this version knows {len(migrations)})",
                "update with: pip install --upgrade polidiff",
            )
        self._db.execute("PRAGMA trusted_schema = OFF")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA fullfsync = ON")  # macOS: past the disk's own cache; nothing elsewhere
        if empty:
            self._db.execute("PRAGMA journal_mode = WAL")
        if version < len(migrations):
            self._migrate(migrations)

    def _migrate(self, migrations: Sequence[str]) -> None:
        with self._writing():
            version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
            for script in migrations[version:]:
                for statement in _statements(script):
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id = {APPLICATION}")
            self._db.execute(f"PRAGMA user_version = {max(version, len(migrations))}")

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: committed at the end, or as if it had never been."""
        with self._guard("written"):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    with contextlib.suppress(sqlite3.Error):
                        self._db.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _guard(self, doing: str) -> Iterator[None]:
        """Turn what SQLite says into one line for people."""
        try:
            yield
        except UnicodeDecodeError as error:  # SQLite's own message quotes damaged bytes
            raise self._damaged("its schema") from error
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                what = f"another program has been writing to it for {self._patience:g} seconds"
                raise OutputError(self.name, what, "try again when it is done; nothing was lost") from error
            if code == sqlite3.SQLITE_NOTADB:
                remedy = "make one with: polidiff init WORKSPACE"
                raise InputError(self.name, "is not a polidiff workspace", remedy) from error
            if code == sqlite3.SQLITE_CORRUPT:
                raise self._damaged(str(error)) from error
            raise OutputError(
                self.name,
                f"could not be {doing} ({error})",
                "make room or check its permissions and try again; everything acknowledged before is kept",
            ) from error

    def _damaged(self, what: str) -> InputError:
        return InputError(self.name, f"is damaged ({what})", "go back to a copy of the file")


def _text(data: bytes) -> str:
    """Text of a column; damage shows where its hash is checked."""
    return data.decode("utf-8", "replace")


def _kept(words: str) -> str | bytes:
    """Words of people or documents as a column holds them: bytes where they have lone surrogates."""
    data = words.encode("utf-8", "surrogatepass")
    return words if data.decode("utf-8", "replace") == words else data


def _words(held: str | bytes) -> str:
    return held.decode("utf-8", "surrogatepass") if isinstance(held, bytes) else held


def _prepare(path: Path, create: bool) -> bool:
    """Check that the file is there, or that it can be made; return whether it will be a new one."""
    if path.is_dir():
        raise InputError(str(path), "is a folder", "name a file")
    if path.exists():
        if not create and path.stat().st_size == 0:
            raise InputError(str(path), "is not a polidiff workspace", "make one with: polidiff init WORKSPACE")
        return False
    if not create:
        raise InputError(str(path), "there is no such workspace", "make it with: polidiff init WORKSPACE")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        why = error.strerror or str(error)
        raise OutputError(str(path), f"could not be made ({why})", "name another place") from error
    return True


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, triggers whole."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""

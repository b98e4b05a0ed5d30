"""The store in a PostgreSQL database, for a team: one schema a workspace, one connection a store.

A commit is on the server's disk before it is acknowledged: a session that the server would let go on without
(``synchronous_commit = off``) asks for it. Whoever adds a version or decides holds the row of ``polidiff`` until its
commit can be seen, so row numbers come into sight in their order and a reader of ``decisions(since)`` misses none:
numbers of a sequence alone would not do, since a later one can be committed first
(https://www.postgresql.org/docs/current/functions-sequence.html). A connection that is lost is made again and the
transaction is done again; each can be, without being there twice. Words that people or documents bring are kept as
bytes: PostgreSQL's text knows neither NUL nor lone surrogates, and a database may have another encoding than UTF-8.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from polidiff.errors import InputError, OutputError, PolidiffError
from polidiff.model import codec
from polidiff.workspace.address import Address, parse
from polidiff.workspace.decisions import Decision
from polidiff.workspace.store import Addition, Version, decision_of

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

Made = TypeVar("Made")

PATIENCE = 30.0
"""Seconds that a writer waits for another one."""

RETURN = 15.0
"""Seconds that a store waits for a server that went away to come back."""

CONNECTION = {
    "application_name": "polidiff",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
"""What the driver is told where the address doesn't say otherwise: a dead peer is noticed within a minute."""

IDLE = 60_000
"""Milliseconds after which the server ends a transaction whose client is silent, so that others can write."""

LOST = ("57P", "08", "25P03")
"""SQLSTATEs that end a connection: the server stops, crashes or starts, the line is cut, a silent transaction."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE polidiff (form integer NOT NULL);
    INSERT INTO polidiff VALUES (0);
    CREATE TABLE settings (name text PRIMARY KEY, value bytea NOT NULL);
    CREATE TABLE versions (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      document bytea NOT NULL, version text NOT NULL, text_sha256 text NOT NULL, source_sha256 text NOT NULL,
      title bytea NOT NULL, text bytea NOT NULL, record bytea NOT NULL,
      UNIQUE (document, version)
    );
    CREATE TABLE additions (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      document bytea NOT NULL, version text NOT NULL, added text NOT NULL,
      FOREIGN KEY (document, version) REFERENCES versions (document, version)
    );
    CREATE TABLE results (key text PRIMARY KEY, data bytea NOT NULL);
    ALTER TABLE results ALTER COLUMN data SET STORAGE EXTERNAL;
    CREATE TABLE decisions (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE, body text NOT NULL
    );
    CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '% stay', TG_TABLE_NAME; END $$;
    CREATE TRIGGER stay BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions FOR EACH STATEMENT EXECUTE FUNCTION stay();
    CREATE TRIGGER stay BEFORE UPDATE OR DELETE OR TRUNCATE ON versions FOR EACH STATEMENT EXECUTE FUNCTION stay();
    """,
)
"""Each brings a schema one version further; ``polidiff.form`` counts those that were made."""


class PostgresStore:
    """A :class:`polidiff.workspace.store.Store` in one schema of a database."""

    def __init__(
        self, place: str, *, create: bool = False, patience: float = PATIENCE, migrations: Sequence[str] = MIGRATIONS
    ) -> None:
        """Open the workspace at an address (:mod:`polidiff.workspace.address`), or make it where ``create`` is set.

        Raises InputError where there is none, where it isn't one, was made by a newer version, or can't be reached, or
        where the driver is missing; OutputError where it can't be made.
        """
        self._address = parse(place)
        self._patience = patience
        self._closed = False
        self._db = _connected(self._address, patience)
        try:
            self._do("opened", lambda db: self._settle(db, create, migrations))
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """The address, without a password."""
        return self._address.name

    def __enter__(self) -> PostgresStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._closed = True
        self._db.close()

    def settings(self) -> dict[str, str]:
        """Return the settings."""
        rows = self._rows("SELECT name, value FROM settings ORDER BY name")
        return {name: self._words(value, "a setting") for name, value in rows}

    def set(self, settings: Mapping[str, str]) -> None:
        """Write settings over those of the same name."""
        rows = [(name, _bytes(value)) for name, value in sorted(settings.items())]

        def work(db: Connection) -> None:
            with db.transaction(), db.cursor() as cursor:
                statement = (
                    "INSERT INTO settings VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value"
                )
                cursor.executemany(statement, rows)

        self._do("written", work)

    def add(self, version: Version, when: str | None) -> None:
        """Keep a version, and make it current where ``when`` is given."""
        v = version
        document = _bytes(v.document)
        row = (document, v.version, v.text_sha256, v.source_sha256, _bytes(v.title), _bytes(v.text), v.record)

        def work(db: Connection) -> None:
            with self._in_turn(db):
                db.execute(
                    "INSERT INTO versions (document, version, text_sha256, source_sha256, title, text, record)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                    row,
                )
                if when is not None:  # not twice, where it is done again after the connection was lost
                    db.execute(
                        "INSERT INTO additions (document, version, added) SELECT %(d)s, %(v)s, %(w)s WHERE NOT EXISTS"
                        " (SELECT FROM additions WHERE document = %(d)s AND version = %(v)s AND added = %(w)s)",
                        {"d": document, "v": v.version, "w": when},
                    )

        self._do("written", work)

    def additions(self) -> list[Addition]:
        """Return everything that was added, oldest first."""
        rows = self._rows(
            "SELECT a.document, a.version, v.text_sha256, a.added, length(v.text) FROM additions a"
            " JOIN versions v USING (document, version) ORDER BY a.seq"
        )
        return [Addition(self._words(document, "an id"), *rest) for document, *rest in rows]

    def version(self, document: str, version: str) -> Version | None:
        """Return a version of a document, or None."""
        rows = self._rows(
            "SELECT version, text_sha256, source_sha256, title, text, record FROM versions"
            " WHERE document = %s AND version = %s",
            (_bytes(document), version),
        )
        if not rows:
            return None
        ((found, text_sha256, source_sha256, title, text, record),) = rows
        words = self._words(title, f"the title of {document}"), self._words(text, f"the text of {document}")
        return Version(document, found, text_sha256, source_sha256, *words, record)

    def versions(self) -> list[tuple[str, str, str]]:
        """Return (document, version, text hash) of every version held."""
        rows = self._rows("SELECT document, version, text_sha256 FROM versions ORDER BY seq")
        return [(self._words(document, "an id"), version, text) for document, version, text in rows]

    def results(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the results that are held under ``keys``."""
        return dict(self._rows("SELECT key, data FROM results WHERE key = ANY(%s)", (list(keys),)))

    def keep(self, results: Mapping[str, bytes]) -> None:
        """Keep results under their keys."""

        def work(db: Connection) -> None:
            with db.transaction(), db.cursor() as cursor:
                statement = "INSERT INTO results VALUES (%s, %s) ON CONFLICT DO NOTHING"
                cursor.executemany(statement, sorted(results.items()))

        self._do("written", work)

    def drop(self, keys: Sequence[str]) -> None:
        """Forget results."""

        def work(db: Connection) -> None:
            with db.transaction(), db.cursor() as cursor:
                cursor.executemany("DELETE FROM results WHERE key = %s", [(name,) for name in sorted(keys)])

        self._do("written", work)

    def decisions(self, since: int = 0) -> list[tuple[int, Decision]]:
        """Return the decisions after row ``since``, with their row numbers."""
        made = []
        for seq, name, body in self._rows("SELECT seq, id, body FROM decisions WHERE seq > %s ORDER BY seq", (since,)):
            try:
                made.append((int(seq), decision_of(name, body)))
            except ValueError as error:
                raise self._damaged(f"decision {seq}") from error
        return made

    def decide(self, decisions: Sequence[Decision]) -> int:
        """Write decisions, all or none, and return how many were new."""
        bodies = {row.id: codec.dump(row).decode("ascii") for row in decisions}
        new: set[str] = set()  # a commit whose answer was lost counts, when the work is done again

        def work(db: Connection) -> None:
            with self._in_turn(db):
                held = {name for (name,) in db.execute("SELECT id FROM decisions WHERE id = ANY(%s)", (list(bodies),))}
                rows = [(name, body) for name, body in bodies.items() if name not in held]
                new.update(name for name, _ in rows)
                if rows:
                    with db.cursor() as cursor:
                        cursor.executemany("INSERT INTO decisions (id, body) VALUES (%s, %s)", rows)

        self._do("written", work)
        return len(new)

    def query(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query in the workspace's schema: for tables beside the store's own."""
        return self._do("read", lambda db: db.execute(statement.encode(), values).fetchall())

    def change(self, statements: Sequence[tuple[str, Sequence[object]]]) -> None:
        """Carry out statements in one transaction."""

        def work(db: Connection) -> None:
            with db.transaction():
                for statement, values in statements:
                    db.execute(statement.encode(), values or None)

        self._do("written", work)

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of one query."""
        return self._do("read", lambda db: db.execute(statement, values, binary=True).fetchall())

    @contextmanager
    def _in_turn(self, db: Connection) -> Iterator[None]:
        """One transaction of those whose rows are numbered: the next one begins when this one can be seen."""
        with db.transaction():
            db.execute("SELECT form FROM polidiff FOR UPDATE")
            yield

    def _settle(self, db: Connection, create: bool, migrations: Sequence[str]) -> None:
        """Check what the schema is, make it where it is to be made, and bring it to this version."""
        from psycopg import sql

        name = self._address.workspace
        schema = sql.Identifier(name)
        with db.transaction():
            if create:  # two who make it at once take turns
                db.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"polidiff:{name}",))
            held = {table for (table,) in db.execute("SELECT relname FROM pg_class WHERE relnamespace ="
                    " (SELECT oid FROM pg_namespace WHERE nspname = %s)", (name,))}  # fmt: skip
            if "polidiff" not in held and not create:
                raise InputError(self.name, "there is no such workspace", "make it with: polidiff init WORKSPACE")
            if "polidiff" in held and create:
                raise InputError(self.name, "is a workspace already", "add to it with: polidiff add WORKSPACE SOURCE")
            if held and "polidiff" not in held:
                remedy = "name another: ?workspace=NAME"
                raise InputError(self.name, "is not a polidiff workspace: its schema holds other tables", remedy)
            form = 0
            if held:
                found = db.execute("SELECT form FROM polidiff").fetchone()
                form = int(found[0]) if found else 0
            elif not db.execute("SELECT FROM pg_namespace WHERE nspname = %s", (name,)).fetchone():
                db.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
            if form > len(migrations):
                raise InputError(
                    self.name,
                    f"was written by a newer polidiff (its form is {form}, this version knows {len(migrations)})",
                    "update with: pip install --upgrade polidiff",
                )
            if form < len(migrations):
                self._migrate(db, migrations, new=not held)

    def _migrate(self, db: Connection, migrations: Sequence[str], *, new: bool) -> None:
        form = 0
        if not new:
            found = db.execute("SELECT form FROM polidiff FOR UPDATE").fetchone()
            form = int(found[0]) if found else 0
        for script in migrations[form:]:
            db.execute(script.encode())
        db.execute("UPDATE polidiff SET form = %s", (max(form, len(migrations)),))

    def _do(self, doing: str, work: Callable[[Connection], Made]) -> Made:
        """Do ``work``; where the connection is lost, once more over a new one, until the server is away too long."""
        import psycopg

        deadline = None
        while True:
            try:
                return work(self._db)
            except (psycopg.Error, UnicodeError) as error:
                state = getattr(error, "sqlstate", None) or ""
                if self._closed or not (self._db.closed or state.startswith(LOST)):
                    raise self._said(error, doing) from error
                deadline = deadline or time.monotonic() + RETURN
                if time.monotonic() > deadline:
                    raise self._said(error, doing) from error
                self._again(deadline)

    def _again(self, deadline: float) -> None:
        """Make the connection again, as soon as the server is back."""
        pause = 0.05
        with suppress(Exception):
            self._db.close()
        while True:
            try:
                self._db = _connected(self._address, self._patience)
                return
            except InputError as error:
                if time.monotonic() + pause > deadline:
                    remedy = "try again when it is back; everything acknowledged before is kept"
                    raise OutputError(self.name, "the database went away and doesn't answer", remedy) from error
            time.sleep(pause)
            pause = min(2 * pause, 1.0)

    def _said(self, error: Exception, doing: str) -> PolidiffError:
        """What the server or the driver says, in one line for people."""
        from psycopg import errors

        diagnosis = getattr(getattr(error, "diag", None), "message_primary", None)
        what = self._address.hidden(str(diagnosis or error))
        if isinstance(error, errors.LockNotAvailable):
            busy = f"another program has been writing to it for {self._patience:g} seconds"
            return OutputError(self.name, busy, "try again when it is done; nothing was lost")
        if isinstance(error, errors.UndefinedTable | errors.InvalidSchemaName):
            return InputError(self.name, f"is no workspace any more ({what})", "see docs/workspace.md")
        if isinstance(error, errors.InsufficientPrivilege):
            remedy = "ask who made it for the rights of an analyst (docs/workspace.md)"
            return OutputError(self.name, f"could not be {doing} ({what})", remedy)
        remedy = "see to the database and try again; everything acknowledged before is kept"
        return OutputError(self.name, f"could not be {doing} ({what})", remedy)

    def _words(self, data: bytes, what: str) -> str:
        try:
            return data.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise self._damaged(what) from error

    def _damaged(self, what: str) -> InputError:
        return InputError(self.name, f"is damaged ({what})", "go back to a copy of the database")


def _connected(address: Address, patience: float) -> Connection:
    """A connection to the workspace's schema. Raises InputError where there is no way to it."""
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        remedy = "install it with: pip install 'polidiff[postgres]'"
        raise InputError(address.name, "needs the PostgreSQL driver", remedy) from error
    try:
        given = conninfo_to_dict(address.conninfo)
    except psycopg.Error:  # the driver's message may quote a password
        remedy = "see https://www.postgresql.org/docs/current/libpq-connect.html"
        raise InputError("postgresql://…", "the address has a part that PostgreSQL doesn't know", remedy) from None
    try:
        db = psycopg.connect(**{**CONNECTION, **given}, autocommit=True)  # type: ignore[arg-type]
        try:
            db.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
            db.execute(
                "SELECT set_config('search_path', %s, false), set_config('lock_timeout', %s, false),"
                " set_config('idle_in_transaction_session_timeout', %s, false),"
                " CASE current_setting('synchronous_commit') WHEN 'off'"
                " THEN set_config('synchronous_commit', 'on', false) END",
                (f'"{address.workspace}", pg_temp', str(int(patience * 1000)), str(IDLE)),
            )
        except BaseException:
            db.close()
            raise
    except psycopg.Error as error:
        what = " ".join(address.hidden(str(error)).split())
        remedy = "check the address, the password (PGPASSWORD or ~/.pgpass) and that the server runs"
        raise InputError(address.name, f"can't be reached ({what})", remedy) from error
    return db


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

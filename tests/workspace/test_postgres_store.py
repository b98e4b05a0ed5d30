"""The PostgreSQL store: the contract of every store, and what is its own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.postgres import Server, programs
from tests.workspace.postgres_server import absent
from tests.workspace.store_contract import NOON, Opener, StoreContract, made_row, made_version

from polidiff.cli import run
from polidiff.errors import InputError, OutputError
from polidiff.workspace import postgres
from polidiff.workspace.postgres import MIGRATIONS, PostgresStore
from polidiff.workspace.store import Store

ROOT = Path(__file__).resolve().parents[2]


class TestPostgresStore(StoreContract):
    @pytest.fixture
    def opener(self, place: str) -> Iterator[Opener]:
        PostgresStore(place, create=True).close()
        opened: list[PostgresStore] = []

        def opener() -> Store:
            opened.append(PostgresStore(place))
            return opened[-1]

        yield opener
        for store in opened:
            store.close()


@pytest.fixture
def made(place: str) -> str:
    PostgresStore(place, create=True).close()
    return place


@pytest.fixture
def sql(made: str) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
    """Runs a statement in the workspace's schema, as the owner of the database could by hand."""
    import psycopg

    database, _, name = made.partition("?workspace=")
    with psycopg.connect(database, autocommit=True) as db:
        db.execute(f'SET search_path TO "{name}"'.encode())

        def run(statement: str) -> list[tuple[Any, ...]]:
            cursor = db.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

        yield run


def test_a_workspace_is_not_made_over_another(made: str) -> None:
    with PostgresStore(made) as store:
        store.decide([made_row(1)])
        with pytest.raises(InputError, match="is a workspace already"):
            PostgresStore(made, create=True)
        assert len(store.decisions()) == 1


def test_two_who_make_one_at_once_make_one(place: str) -> None:
    said: list[str] = []

    def make() -> None:
        try:
            PostgresStore(place, create=True).close()
            said.append("made")
        except InputError as error:
            said.append(error.what)

    makers = [threading.Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert sorted(said) == ["is a workspace already"] * 3 + ["made"]


def test_an_absent_workspace_is_not_made_by_opening_it(place: str) -> None:
    for _ in range(2):
        with pytest.raises(InputError, match="there is no such workspace; make it with: polidiff init"):
            PostgresStore(place)


def test_a_schema_of_something_else_is_refused_and_left_alone(database: str) -> None:
    import psycopg

    with psycopg.connect(database, autocommit=True) as db:
        db.execute("CREATE SCHEMA ledger CREATE TABLE entries (amount integer)")
        try:
            with pytest.raises(InputError, match="is not a polidiff workspace: its schema holds other tables"):
                PostgresStore(f"{database}?workspace=ledger", create=True)
            assert db.execute("SELECT count(*) FROM ledger.entries").fetchall() == [(0,)]
        finally:
            db.execute("DROP SCHEMA ledger CASCADE")


def test_workspaces_of_one_database_dont_see_each_other(made: str) -> None:
    import psycopg

    database, _, name = made.partition("?workspace=")
    other = f"{database}?workspace={name}-b"
    try:
        with PostgresStore(made) as one, PostgresStore(other, create=True) as two:
            one.decide([made_row(1)])
            assert two.decisions() == []
            assert two.decide([made_row(1), made_row(2)]) == 2
            assert len(one.decisions()) == 1
    finally:
        with psycopg.connect(database, autocommit=True) as db:
            db.execute(f'DROP SCHEMA IF EXISTS "{name}-b" CASCADE'.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM decisions",
        "UPDATE decisions SET body = ''",
        "TRUNCATE decisions",
        "DELETE FROM versions",
        "UPDATE versions SET text = ''",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete(
    made: str, sql: Callable[..., list[tuple[Any, ...]]], statement: str
) -> None:
    import psycopg

    with PostgresStore(made) as store:
        store.decide([made_row(1)])
        with pytest.raises(psycopg.errors.RaiseException, match="stay"):
            sql(statement)
        assert len(store.decisions()) == 1


def test_decisions_are_written_all_or_none(made: str, sql: Callable[..., list[tuple[Any, ...]]]) -> None:
    sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$")
    sql(
        "CREATE TRIGGER refuse BEFORE INSERT ON decisions FOR EACH ROW WHEN (new.body LIKE '%poison%')"
        " EXECUTE FUNCTION refuse()"
    )
    with PostgresStore(made) as store:
        with pytest.raises(OutputError, match=r"could not be written \(no room\); see to the database"):
            store.decide([made_row(1), made_row(2, why="poison"), made_row(3)])
        assert store.decisions() == []
        assert store.decide([made_row(1), made_row(3)]) == 2


def test_a_decision_that_was_tampered_with_is_not_believed(
    made: str, sql: Callable[..., list[tuple[Any, ...]]]
) -> None:
    with PostgresStore(made) as store:
        store.decide([made_row(1)])
        sql("ALTER TABLE decisions DISABLE TRIGGER stay")
        sql("UPDATE decisions SET body = replace(body, 'Ada', 'Eve')")
        with pytest.raises(InputError, match=r"is damaged \(decision 1\); go back to a copy"):
            store.decisions()


def test_a_workspace_of_a_newer_version_is_refused_and_an_older_one_brought_forward(made: str) -> None:
    with PostgresStore(made) as store:
        store.decide([made_row(1)])
    with pytest.raises(InputError):
        PostgresStore(made, migrations=(*MIGRATIONS, "CREATE TABLE drafts (name text); INSERT INTO nowhere VALUES (1)"))
    with PostgresStore(made, migrations=(*MIGRATIONS, "CREATE TABLE drafts (name text)")) as newer:
        assert [row for _, row in newer.decisions()] == [made_row(1)]
    with pytest.raises(InputError, match=r"was written by a newer polidiff .*; update with: pip install --upgrade"):
        PostgresStore(made)


def test_a_writer_that_waits_too_long_says_so_and_readers_dont_wait(
    made: str, sql: Callable[..., list[tuple[Any, ...]]]
) -> None:
    sql("BEGIN")
    sql("SELECT form FROM polidiff FOR UPDATE")
    with PostgresStore(made, patience=0.2) as waiting:
        with pytest.raises(OutputError, match=r"another program has been writing to it for 0\.2 seconds; try again"):
            waiting.decide([made_row(1)])
        assert waiting.decisions() == []
        sql("ROLLBACK")
        assert waiting.decide([made_row(1)]) == 1


def test_a_reader_since_a_row_misses_none_whoever_commits_first(made: str) -> None:
    """Numbers are given at the start of a transaction and seen at its end; eight writers race, a reader follows."""
    failed: list[BaseException] = []

    def write(by: str) -> None:
        try:
            with PostgresStore(made) as store:
                for number in range(30):
                    store.decide([made_row(number * 50 + extra, by=by) for extra in range(1 + number % 7 * 5)])
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(f"writer {n}",)) for n in range(8)]
    for writer in writers:
        writer.start()
    seen: list[int] = []
    with PostgresStore(made) as reader:
        going = True
        while going:
            going = any(writer.is_alive() for writer in writers)
            seen += [seq for seq, _ in reader.decisions(seen[-1] if seen else 0)]
        whole = [seq for seq, _ in reader.decisions()]
    assert not failed
    assert seen == whole
    assert len(whole) == 8 * sum(1 + number % 7 * 5 for number in range(30))


def test_an_analyst_with_the_rights_of_the_docs_can_work_and_cannot_take_away(
    made: str, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import psycopg

    name = made.rpartition("=")[2]
    role = f"r-{name}"
    with psycopg.connect(database, autocommit=True) as db:
        for statement in (
            f"CREATE ROLE \"{role}\" LOGIN PASSWORD 'analyst-pw'",
            f'GRANT USAGE ON SCHEMA "{name}" TO "{role}"',
            f'GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA "{name}" TO "{role}"',
            f'GRANT UPDATE ON "{name}".polidiff, "{name}".settings TO "{role}"',
            f'GRANT DELETE ON "{name}".results TO "{role}"',
        ):
            db.execute(statement.encode())
        try:
            hosts = database.rpartition("@")[2]
            theirs = f"postgresql://{role}:analyst-pw@{hosts}?workspace={name}"
            with PostgresStore(theirs) as store:
                store.set({"title": "Plans"})
                store.add(made_version(), NOON.isoformat())
                store.keep({"a": b"1"})
                store.drop(["a"])
                assert store.decide([made_row(1)]) == 1
            with psycopg.connect(theirs.partition("?")[0]) as by_hand, pytest.raises(psycopg.Error, match="denied"):
                by_hand.execute(f'DELETE FROM "{name}".decisions'.encode())
            with pytest.raises(OutputError, match=r"permission denied .*; ask who made it for the rights"):
                PostgresStore(f"{theirs}-none", create=True)
            db.execute(f'REVOKE INSERT ON "{name}".versions FROM "{role}"'.encode())
            for one in ("a", "b"):
                (tmp_path / f"{one}.md").write_text(f"Harbour {one} is to be dredged every year.\n", encoding="utf-8")
            assert run(["add", theirs, str(tmp_path)]) == 2
            assert capsys.readouterr().err.count("permission denied") == 1  # not once for every document
        finally:
            db.execute(f'DROP OWNED BY "{role}" CASCADE'.encode())
            db.execute(f'DROP ROLE "{role}"'.encode())


def test_a_connection_that_the_server_ended_is_made_again(made: str, sql: Callable[..., list[tuple[Any, ...]]]) -> None:
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'polidiff-ended'"
    with PostgresStore(f"{made}&application_name=polidiff-ended") as store:
        store.decide([made_row(1)])
        assert sql(end) == [(True,)]
        assert len(store.decisions()) == 1
        assert sql(end) == [(True,)]
        assert store.decide([made_row(2)]) == 1
        assert sql(end) == [(True,)]
        store.add(made_version(), NOON.isoformat())
        assert len(store.additions()) == 1


def test_a_commit_whose_answer_was_lost_is_there_once_and_counted(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import psycopg

    with PostgresStore(made) as store:
        turn = PostgresStore._in_turn
        cut: list[int] = []

        def commit_and_cut(self: PostgresStore, db: Any) -> Any:
            if cut:
                return turn(self, db)
            cut.append(1)

            class Cut:
                def __enter__(self) -> None:
                    self.turn = turn(store, db)
                    self.turn.__enter__()

                def __exit__(self, *_: object) -> None:
                    self.turn.__exit__(None, None, None)
                    db.close()
                    raise psycopg.OperationalError("server closed the connection unexpectedly")

            return Cut()

        monkeypatch.setattr(PostgresStore, "_in_turn", commit_and_cut)
        assert store.decide([made_row(1), made_row(2)]) == 2
        cut.clear()
        store.add(made_version(), NOON.isoformat())
        assert len(store.decisions()) == 2
        assert len(store.additions()) == 1


@pytest.fixture
def own_server() -> Iterator[Server]:
    if programs() is None:
        absent("no PostgreSQL: its server programs are not installed")
    pytest.importorskip("psycopg")
    server = Server.made()
    try:
        yield server
    finally:
        server.remove()


def test_no_acknowledged_decision_is_lost_when_the_writer_is_killed_forty_times(database: str) -> None:
    command = [sys.executable, "-m", "benchmarks.kill", "--rounds", "40", "--check-every", "4", "--postgres"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["lost"] == 0
    assert result["of_these_unusable"] == 0
    assert result["acknowledged"] > 5


def test_a_store_outlives_a_crash_of_its_server(own_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is killed under four writers and comes back; what was acknowledged is there, and nobody noticed."""
    monkeypatch.setattr(postgres, "RETURN", 120.0)
    place = f"{own_server.address()}?workspace=crash"
    PostgresStore(place, create=True).close()
    acknowledged: list[str] = []
    failed: list[BaseException] = []
    stop = threading.Event()

    def write(by: str) -> None:
        try:
            with PostgresStore(place) as store:
                number = 0
                while not stop.is_set():
                    row = made_row(number, by=by)
                    assert store.decide([row]) == 1
                    acknowledged.append(row.id)
                    number += 1
        except BaseException as error:
            failed.append(error)

    def more() -> None:
        """Wait until the writers have written some more, however busy the machine is."""
        wanted, until = len(acknowledged) + 8, time.monotonic() + 120
        while len(acknowledged) < wanted and time.monotonic() < until and not failed:
            time.sleep(0.02)

    writers = [threading.Thread(target=write, args=(f"writer {n}",)) for n in range(4)]
    for writer in writers:
        writer.start()
    with PostgresStore(place) as reader:
        for _ in range(2):
            more()
            own_server.kill()
            own_server.start()
            assert reader.decisions()
        more()
        stop.set()
        for writer in writers:
            writer.join()
        assert not failed
        assert len(acknowledged) > 20
        assert sorted(row.id for _, row in reader.decisions()) == sorted(acknowledged)
        own_server.kill()
        monkeypatch.setattr(postgres, "RETURN", 0.3)
        with pytest.raises(OutputError, match="the database went away and doesn't answer; try again when it is back"):
            reader.decide([made_row(1)])
        with pytest.raises(InputError, match="can't be reached"):
            PostgresStore(place)

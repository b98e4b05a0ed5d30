"""The SQLite store: the contract of every store, and what is its own."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.workspace.store_contract import Opener, StoreContract, made_row

from polidiff.errors import InputError, OutputError
from polidiff.workspace.sqlite import MIGRATIONS, SqliteStore, place
from polidiff.workspace.store import Store

ROOT = Path(__file__).resolve().parents[2]


class TestSqliteStore(StoreContract):
    @pytest.fixture
    def opener(self, tmp_path: Path) -> Iterator[Opener]:
        path = tmp_path / "work.polidiff"
        SqliteStore(path, create=True).close()
        opened: list[SqliteStore] = []

        def opener() -> Store:
            opened.append(SqliteStore(path))
            return opened[-1]

        yield opener
        for store in opened:
            store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "work.polidiff"
    SqliteStore(path, create=True).close()
    return path


def test_a_name_with_an_ending_is_a_file_and_one_without_a_folder(tmp_path: Path) -> None:
    assert place(tmp_path / "us-cn.polidiff") == tmp_path / "us-cn.polidiff"
    assert place(tmp_path / "us-cn") == tmp_path / "us-cn" / "workspace.db"
    assert place(tmp_path) == tmp_path / "workspace.db"


def test_a_copy_of_the_closed_file_is_the_whole_workspace(path: Path, tmp_path: Path) -> None:
    store = SqliteStore(path)
    store.decide([made_row(1)])
    store.close()
    assert [one.name for one in tmp_path.iterdir()] == ["work.polidiff"]
    shutil.copy(path, tmp_path / "copy.polidiff")
    assert [row for _, row in SqliteStore(tmp_path / "copy.polidiff").decisions()] == [made_row(1)]


@pytest.mark.parametrize("statement", ["DELETE FROM decisions", "UPDATE decisions SET author = 'Eve'"])
def test_the_database_itself_refuses_to_change_or_delete_a_decision(path: Path, statement: str) -> None:
    SqliteStore(path).decide([made_row(1)])
    with sqlite3.connect(path) as database, pytest.raises(sqlite3.IntegrityError, match="decisions stay"):
        database.execute(statement)


def test_decisions_are_written_all_or_none(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON decisions WHEN new.body LIKE '%poison%'"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    store = SqliteStore(path)
    with pytest.raises(OutputError, match=r"could not be written \(no room\)"):
        store.decide([made_row(1), made_row(2, why="poison"), made_row(3)])
    assert store.decisions() == []
    assert store.decide([made_row(1), made_row(3)]) == 2


def test_a_decision_that_was_tampered_with_is_not_believed(path: Path) -> None:
    SqliteStore(path).decide([made_row(1)])
    with sqlite3.connect(path) as database:
        database.execute("DROP TRIGGER decisions_as_made")
        database.execute("UPDATE decisions SET body = replace(body, 'Ada', 'Eve')")
    with pytest.raises(InputError, match=r"is damaged \(decision 1\); go back to a copy"):
        SqliteStore(path).decisions()


def test_a_file_of_a_newer_version_is_refused_in_one_line(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(InputError, match=r"was written by a newer polidiff .*; update with: pip install --upgrade"):
        SqliteStore(path)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_workspace_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "work.polidiff"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"work\.polidiff: is not a polidiff workspace; make one with: polidiff init"):
        SqliteStore(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE history (address TEXT)")
    for create in (False, True):
        with pytest.raises(InputError, match="is not a polidiff workspace"):
            SqliteStore(path, create=create)
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("history",)]


def test_a_workspace_is_not_made_over_another(path: Path) -> None:
    SqliteStore(path).decide([made_row(1)])
    with pytest.raises(InputError, match="is a workspace already"):
        SqliteStore(path, create=True)
    assert len(SqliteStore(path).decisions()) == 1


def test_an_absent_workspace_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such workspace; make it with: polidiff init"):
        SqliteStore(tmp_path / "none.polidiff")
    assert not list(tmp_path.iterdir())


def test_an_older_file_is_brought_forward_and_keeps_what_it_held(path: Path) -> None:
    SqliteStore(path).decide([made_row(1)])
    further = (*MIGRATIONS, "CREATE TABLE drafts (name TEXT);\nINSERT INTO drafts VALUES ('first');")
    newer = SqliteStore(path, migrations=further)
    assert [row for _, row in newer.decisions()] == [made_row(1)]
    newer.close()
    with pytest.raises(InputError, match="newer polidiff"):
        SqliteStore(path)
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT name FROM drafts").fetchall() == [("first",)]


def test_a_step_forward_that_fails_leaves_the_older_file_as_it_was(path: Path) -> None:
    SqliteStore(path).decide([made_row(1)])
    with pytest.raises(OutputError):
        SqliteStore(path, migrations=(*MIGRATIONS, "CREATE TABLE drafts (name TEXT);\nINSERT INTO nowhere VALUES (1);"))
    assert len(SqliteStore(path).decisions()) == 1


def test_a_writer_that_waits_too_long_says_so(path: Path) -> None:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    waiting = SqliteStore(path, patience=0.1)
    with pytest.raises(OutputError, match=r"another program has been writing to it for 0\.1 seconds; try again"):
        waiting.decide([made_row(1)])
    holder.execute("ROLLBACK")
    waiting.decide([made_row(1)])
    assert len(SqliteStore(path).decisions()) == 1


def test_readers_dont_wait_for_a_writer(path: Path) -> None:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert SqliteStore(path, patience=0.1).decisions() == []
    holder.execute("ROLLBACK")


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on a file's size that stands for a full disk is POSIX")
def test_a_full_disk_is_one_line_and_loses_nothing(path: Path) -> None:
    script = textwrap.dedent(
        """
        import resource, sys
        from pathlib import Path
        from polidiff.errors import OutputError
        from polidiff.workspace.sqlite import SqliteStore
        from tests.workspace.store_contract import made_row
        store = SqliteStore(Path(sys.argv[1]))
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        for number in range(1000):
            try:
                store.decide([made_row(number, why="n" * 3000)])
            except OutputError as error:
                print("error", error)
                break
            print(number, flush=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        print("still reads", len(store.decisions()))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    lines = done.stdout.splitlines()
    acknowledged = [int(line) for line in lines if line.isdigit()]
    assert len(acknowledged) > 5
    assert "could not be written" in lines[-2]
    assert "make room" in lines[-2]
    assert lines[-1] == f"still reads {len(acknowledged)}"
    after = SqliteStore(path)
    assert [row for _, row in after.decisions()] == [made_row(n, why="n" * 3000) for n in acknowledged]
    after.decide([made_row(5000)])
    assert len(after.decisions()) == len(acknowledged) + 1


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_no_acknowledged_decision_is_lost_when_the_writer_is_killed_a_hundred_times() -> None:
    command = [sys.executable, "-m", "benchmarks.kill", "--rounds", "100", "--check-every", "4"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["lost"] == 0
    assert result["of_these_unusable"] == 0
    assert result["acknowledged"] > 50
    assert result["held"] >= result["acknowledged"]

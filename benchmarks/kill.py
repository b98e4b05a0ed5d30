"""Kill a process that writes into a workspace, at random points, and see whether anything acknowledged is lost.

::

    python -m benchmarks.kill --rounds 1000
    python -m benchmarks.kill --rounds 200 --postgres
    python -m benchmarks.kill --rounds 200 --server

Each round forks a child that writes decisions, results and document versions as fast as it can and says the id of a
decision only after the store acknowledged it. The parent kills it with SIGKILL after a random time, then opens the
workspace, checks the file (SQLite's integrity_check), and that every decision that was ever acknowledged is there. The
last line is JSON. Exit status 1 where something was lost. Then, for a fifth of the rounds, a process is killed while it
makes a new workspace: what is left opens, or can be made again. With ``--postgres`` all of this is done in a database
of a server that is started for it. With ``--server`` it is the server that is killed, with all that it forked, and
started again, while one process goes on writing. POSIX only.

SIGKILL ends the process, not the machine: what it shows is that no acknowledged decision lives in the process alone,
and that a torn write is undone. That the disk keeps what it said it has written isn't shown by this.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from benchmarks.postgres import Server
from polidiff.errors import PolidiffError
from polidiff.workspace import open_store
from polidiff.workspace.decisions import Anchor, Target, decision
from polidiff.workspace.store import Version

START = datetime(2026, 1, 1, tzinfo=UTC)


def write_for_ever(place: str, round_number: int, out: int) -> None:
    """Write until killed; put the id of each acknowledged decision on ``out``, a line each."""
    store = open_store(place)
    chance = random.Random(round_number)
    for number in range(1_000_000):
        anchor = Anchor("plan", "0" * 64, number, number + 10)
        row = decision(
            Target("code", (anchor,), "theme:harbours"),
            "note",
            by=f"writer {round_number}",
            when=START + timedelta(seconds=number),
            why="n" * chance.randrange(1, 2000),
        )
        store.decide([row])
        os.write(out, row.id.encode("ascii") + b"\n")
        if number % 7 == 0:
            store.keep({f"result:{round_number}:{number}": os.urandom(chance.randrange(1, 40_000))})
        if number % 11 == 0:
            name = f"{round_number}:{number}"
            store.add(Version("plan", name, name, name, "A plan", "Harbours are dredged.", b"{}"), "2026-01-01")


def make_one(place: str, _: int, out: int) -> None:
    """Make a workspace, say so, and wait to be killed."""
    open_store(place, create=True)
    os.write(out, b"made\n")
    time.sleep(60)


def one_round(place: str, number: int, seconds: float, work: Callable[[str, int, int], None]) -> list[str]:
    """Fork a process that does ``work``, kill it after ``seconds``, and return the lines that it said."""
    child, read_end = _forked(place, number, work)
    deadline = time.monotonic() + seconds
    said = b""
    while time.monotonic() < deadline:
        time.sleep(min(0.002, max(0.0, deadline - time.monotonic())))
        said += _available(read_end)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"round {number}: the writer ended by itself")
    os.set_blocking(read_end, True)
    while part := os.read(read_end, 65536):
        said += part
    os.close(read_end)
    return [line.decode("ascii") for line in said.split(b"\n")[:-1]]


def _available(pipe: int) -> bytes:
    try:
        return os.read(pipe, 65536)
    except BlockingIOError:
        return b""


def held(place: str) -> set[str]:
    """Open the workspace as anybody would and return the ids of its decisions; check a file as a whole."""
    store = open_store(place)
    found = {row.id for _, row in store.decisions()}
    store.additions()
    store.close()
    if "://" not in place:
        with sqlite3.connect(place) as database:
            answer = database.execute("PRAGMA integrity_check").fetchone()[0]
        database.close()
        if answer != "ok":
            raise SystemExit(f"{place} is damaged: {answer}")
    return found


def made(place: str, seconds: float) -> bool:
    """Kill a process while it makes a workspace; return whether what is left opens, or can be made again."""
    acknowledged = one_round(place, 0, seconds, make_one)
    try:
        open_store(place).close()
    except PolidiffError:
        if acknowledged:
            return False
        try:
            open_store(place, create=True).close()
        except PolidiffError:
            return False
    return True


def server_killed(rounds: int, longest: float, chance: random.Random) -> dict[str, int]:
    """Kill a server of one's own again and again under a process that writes; count what was acknowledged and held.

    The writer waits for the server to come back; one that gave up is followed by another.
    """
    server = Server.made()
    acknowledged: set[str] = set()
    lost: set[str] = set()
    writer, pipe, writers = 0, -1, 0
    try:
        place = f"{server.address()}?workspace=killed"
        open_store(place, create=True).close()
        for number in range(1, rounds + 1):
            if not writer or os.waitpid(writer, os.WNOHANG)[0]:
                writer, pipe = _forked(place, writers, write_for_ever)
                writers += 1
            time.sleep(chance.uniform(0.0, longest))
            server.kill()
            server.start()
            said = b"".join(iter(lambda at=pipe: _available(at), b""))
            acknowledged.update(line.decode("ascii") for line in said.split(b"\n") if len(line) > 8)
            if number % 10 == 0 or number == rounds:
                lost |= acknowledged - held(place)
        kept = len(held(place))
    finally:
        if writer:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(writer, signal.SIGKILL)
                os.waitpid(writer, 0)
        server.remove()
    return {
        "server_killed": rounds,
        "writers": writers,
        "acknowledged": len(acknowledged),
        "held": kept,
        "lost": len(lost),
    }


def _forked(place: str, number: int, work: Callable[[str, int, int], None]) -> tuple[int, int]:
    """Fork a process that does ``work``; return it, and the pipe on which it acknowledges, which doesn't block."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read_end)
            work(place, number, write_end)
        finally:
            os._exit(3)
    os.close(write_end)
    os.set_blocking(read_end, False)
    return child, read_end


@contextmanager
def places(postgres: bool) -> Iterator[Callable[[str], str]]:
    """Where workspaces can be made: gives the place of a name."""
    if postgres:
        server = Server.made()
        try:
            yield lambda name: f"{server.address()}?workspace={name}"
        finally:
            server.remove()
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield lambda name: f"{folder}/{name}.polidiff"


def main() -> int:
    """Run the rounds and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--longest", type=float, help="seconds that a writer lives at the most")
    parser.add_argument("--postgres", action="store_true", help="in a PostgreSQL database instead of a file")
    parser.add_argument("--server", action="store_true", help="kill the PostgreSQL server instead of the writer")
    parser.add_argument("--check-every", type=int, default=1, help="rounds between two checks of everything")
    options = parser.parse_args()
    longest = options.longest or (0.3 if options.postgres or options.server else 0.06)
    chance = random.Random(options.seed)
    if options.server:
        found = server_killed(options.rounds, longest, chance)
        print(json.dumps(found))
        return 1 if found["lost"] else 0
    acknowledged: set[str] = set()
    lost: set[str] = set()
    early = 0
    started = time.monotonic()
    with places(options.postgres) as place_of:
        place = place_of("killed")
        open_store(place, create=True).close()
        for number in range(1, options.rounds + 1):
            ids = one_round(place, number, chance.uniform(0.0, longest), write_for_ever)
            early += not ids
            acknowledged.update(ids)
            if number % options.check_every == 0 or number == options.rounds:
                lost |= acknowledged - held(place)
        kept = len(held(place))
        unmade = sum(
            not made(place_of(f"made-{n}"), chance.uniform(0.0, longest / 2)) for n in range(options.rounds // 5)
        )
    result = {
        "rounds": options.rounds,
        "killed_before_the_first": early,
        "acknowledged": len(acknowledged),
        "held": kept,
        "lost": len(lost),
        "workspaces_killed_in_the_making": options.rounds // 5,
        "of_these_unusable": unmade,
        "seconds": round(time.monotonic() - started, 1),
    }
    print(json.dumps(result))
    return 1 if lost or unmade else 0


if __name__ == "__main__":
    sys.exit(main())

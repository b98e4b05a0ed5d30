"""Snapshots made in a process of its own, so that pages don't share an interpreter with what a decision sets going.

The process is started once a workspace with many proposals was shown, holds what decisions don't change
(:class:`polidiff.web.snapshot.Base`), and hands over the rest: what both sides hold goes as numbers, so a snapshot of
20 MB travels as 2. It ends with its server. Where it dies another is started; until that is ready, pages show the last
snapshot.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO, Any

from polidiff.encode import DefaultEncoder
from polidiff.errors import PolidiffError
from polidiff.processes import collect_rarely, end, start_python
from polidiff.web.snapshot import Base, Missing, Snapshot, take, warm
from polidiff.wording import Locale
from polidiff.workspace import Workspace

__all__ = ["Maker", "main", "packed", "unpacked"]

APART = 1000
"""Proposals from which snapshots are made in a process of their own: fewer take less than a page may wait."""

PATIENT = 300.0
"""Seconds after which a process that hasn't answered is ended."""

TRIES = 3
"""Processes in a row that may die before snapshots are made in the server itself."""

SIZE = 8
"""Bytes before each answer, which say how long it is."""

START = "import sys; from polidiff.web.maker import main; sys.exit(main())"


class _Packer(pickle.Pickler):
    """Writes what both sides hold as its number."""

    def __init__(self, file: IO[bytes], base: Base) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._numbers = base.numbers

    def persistent_id(self, obj: Any) -> int | None:
        return self._numbers.get(id(obj))


class _Unpacker(pickle.Unpickler):
    """Puts what this side holds in the place of its number."""

    def __init__(self, file: IO[bytes], base: Base) -> None:
        super().__init__(file)
        self._objects = base.objects

    def persistent_load(self, pid: int) -> object:
        return self._objects[pid]


def packed(snapshot: Snapshot) -> bytes:
    """Return a snapshot without what its base holds."""
    file = io.BytesIO()
    pickle.dump(snapshot.base.keys, file)
    _Packer(file, snapshot.base).dump(snapshot)
    return file.getvalue()


def unpacked(data: bytes, base: Base) -> Snapshot | None:
    """Return the snapshot that :func:`packed` wrote; None where it was made on another base."""
    file = io.BytesIO(data)
    if pickle.load(file) != base.keys:
        return None
    made = _Unpacker(file, base).load()
    return made if isinstance(made, Snapshot) else None


class Maker:
    """Makes the snapshots of a server. One thread takes, any thread closes."""

    def __init__(self, where: str, *, apart: int = APART) -> None:
        self._where = where
        self._apart = apart
        self._base: Base | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._deaths = 0
        self._lock = threading.Lock()
        self._closed = False

    def take(self, work: Workspace, tongues: Sequence[Locale]) -> Snapshot | None:
        """Return the workspace as it stands, ready for pages in ``tongues``; see :func:`polidiff.web.snapshot.take`."""
        if self._beside and self._base is not None:
            while self._deaths < TRIES and not self._closed:
                data = self._asked(tongues)
                if data is None:
                    self._deaths += 1
                    continue
                self._deaths = 0
                made = unpacked(data, self._base) if data else None
                if made is not None:
                    return made
                break
        made = take(work, self._base)
        if made is not None:
            self._base = made.base
            made.make_ready(tongues)
        return made

    def ready(self, work: Workspace, snapshot: Snapshot) -> None:
        """Do now what the first decision would otherwise wait for."""
        if self._beside:
            self._started()
        else:
            warm(work, snapshot)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                end(self._process)
                self._process.wait()

    @property
    def process(self) -> int | None:
        """The id of the process, where there is one."""
        return None if self._process is None else self._process.pid

    @property
    def _beside(self) -> bool:
        return self._base is not None and len(self._base.items) >= self._apart

    def _started(self) -> subprocess.Popen[bytes] | None:
        """The process, started where there is none; None where none can be."""
        with self._lock:
            if self._process is None and not self._closed:
                with contextlib.suppress(OSError):
                    self._process = start_python(START)
                    self._tell({"workspace": self._where})
            return self._process

    def _tell(self, said: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(said).encode() + b"\n")
        self._process.stdin.flush()

    def _asked(self, tongues: Sequence[Locale]) -> bytes | None:
        """What the process answers: empty where it can't make a snapshot, None where it died."""
        process = self._started()
        if process is None:
            return None
        assert process.stdout is not None
        late = threading.Timer(PATIENT, end, (process,))
        late.start()
        try:
            self._tell({"tongues": list(tongues)})
            size = process.stdout.read(SIZE)
            data = process.stdout.read(int.from_bytes(size, "big"))
            if len(size) == SIZE and len(data) == int.from_bytes(size, "big"):
                return data
        except OSError:  # it died while it was spoken to
            pass
        finally:
            late.cancel()
        with self._lock:
            end(process)
            with contextlib.suppress(OSError):
                process.communicate()
            self._process = None
        return None


def main() -> int:
    """Answer each line on standard input with a snapshot on standard output."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    collect_rarely()
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    said = sys.stdin.readline()
    if not said:  # the server ended before it said which workspace
        return 1
    try:
        work = Workspace.open(json.loads(said)["workspace"], encoder=DefaultEncoder())
    except PolidiffError:  # it is gone, as soon its server will be
        return 2
    with work:
        base: Base | None = None
        with contextlib.suppress(PolidiffError, Missing):
            first = take(work)
            if first is not None:
                base = first.base
                warm(work, first)
        for line in sys.stdin:
            data = b""
            with contextlib.suppress(PolidiffError, Missing):
                made = take(work, base)
                if made is not None:
                    base = made.base
                    made.make_ready(json.loads(line)["tongues"])
                    data = packed(made)
            out.write(len(data).to_bytes(SIZE, "big") + data)
            out.flush()
    return 0

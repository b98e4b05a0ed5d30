"""Taking in many files: folders, several at a time, again from where it stopped, and what failed by name.

Reading, splitting, coding and encoding a document is done by a worker; only the workspace's own process writes. A file
that was taken in before, by its bytes, its id and the code that reads, is not read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from polidiff.errors import InputError, OutputError, PolidiffError
from polidiff.executors import Executor, Local
from polidiff.fingerprint import fingerprint
from polidiff.model import Document
from polidiff.readers import id_of, readable_files
from polidiff.readers.choices import NONE, Choices, told_of, with_choices
from polidiff.readers.sources import Found
from polidiff.workspace.foreseen import read_key
from polidiff.workspace.kept import key
from polidiff.workspace.library import VersionStore, as_version
from polidiff.workspace.metadata import TOLD, Metadata, Row
from polidiff.workspace.originals import keep_original
from polidiff.workspace.project import Added, Workspace

__all__ = ["Order", "Taken", "orders", "take_in"]

Status = Literal["new", "changed", "unchanged", "skipped", "failed"]

Fault = tuple[str, str, str]
"""What is wrong with a source: where, what, and the remedy. An error itself doesn't go from process to process."""


@dataclass(frozen=True)
class Order:
    """A source to take in, the id that its document gets, and what the user said of it."""

    source: str
    id: str | None = None
    choices: Choices = NONE

    @property
    def name(self) -> str:
        """The id that its document gets, as far as the source's name tells."""
        return self.id or id_of(Path(self.source).name)


@dataclass(frozen=True)
class Taken:
    """What became of a source: ``skipped`` was taken in before, ``failed`` has the line that says why in ``reason``.

    ``fault`` is that line as where, what and remedy.
    """

    file: str
    document: str | None
    status: Status
    reason: str = ""
    added: Added | None = None
    fault: Fault = ("", "", "")

    def record(self) -> dict[str, str | None]:
        """Return it as ``polidiff add --format jsonl`` prints it."""
        return {"file": self.file, "document": self.document, "status": self.status, "reason": self.reason or None}


@dataclass(frozen=True)
class _Brought:
    """A source's bytes, brought to whoever reads them; ``found`` tells what is wrong where there are none."""

    order: Order
    found: Found | Fault


@dataclass
class _Ids:
    """Ids of documents, each given once: a second file of one name gets its folder's name before it."""

    taken: set[str] = field(default_factory=set)

    def of(self, path: Path, folder: Path) -> str:
        parts = [*path.relative_to(folder).parent.parts, id_of(path.name)]
        for start in range(len(parts) - 1, -1, -1):
            made = "-".join(parts[start:])
            if made not in self.taken:
                break
        number = 2
        while made in self.taken:
            made, number = f"{'-'.join(parts)}-{number}", number + 1
        self.taken.add(made)
        return made


def orders(
    sources: Sequence[str],
    names: Sequence[str] = (),
    metadata: str | Path | None = None,
    tell: Callable[[str], None] | None = None,
) -> list[Order]:
    """Return what is to be taken in: each source, and of each folder the files that can be read, by name.

    ``names`` are ids, one a source, where no source is a folder. ``metadata`` is a table
    (:mod:`polidiff.workspace.metadata`); it is no document itself, where it lies in a folder. ``tell`` hears, a line
    each, of files that are left out and of what in the table fits no document. Raises InputError.
    """
    told = Metadata.read(Path(metadata)) if metadata is not None else Metadata(Path())
    ids, lines = _Ids(), list(told.notes)
    made: list[Order] = []
    for number, source in enumerate(sources if names else dict.fromkeys(sources)):
        folder = Path(source)
        if "://" in source or not folder.is_dir():
            row = told.of(source) or Row(0)
            elsewhere = "://" in source or source == "-"
            own = None if elsewhere else ids.of(folder, folder.parent)
            name = names[number] if names else row.id or own
            made.append(Order(source, name, row.choices))
            continue
        if names:
            raise InputError(source, "a folder can't be given one --id", "leave --id out, or give ids in --metadata")
        files, others = readable_files(folder)
        files = [one for one in files if metadata is None or not one.samefile(metadata)]
        if not files:
            raise InputError(source, "no file in it that can be read", "polidiff --help names the formats")
        if others:
            kinds = ", ".join(f"{ending} {count}" for ending, count in sorted(others.items()))
            lines.append(f"{source}: files left out, of endings that polidiff doesn't read: {kinds}")
        for path in files:
            row = told.of(str(path)) or Row(0)
            made.append(Order(str(path), row.id or ids.of(path, folder), row.choices))
    for line in (*lines, *told.left()):
        if tell is not None:
            tell(line)
    return made


def take_in(
    work: Workspace,
    asked: Iterable[Order],
    *,
    when: Callable[[], datetime],
    executor: Executor | None = None,
    announce: Callable[[Sequence[str]], None] | None = None,
) -> Iterator[Taken]:
    """Take in sources, and yield what became of each as it is done. What fails is told, and the others go on.

    ``executor`` reads; this process does where there is none, and brings the bytes. Documents are written in the order
    in which they are asked for, each as soon as those before it are: a run that is stopped goes on where it was.
    ``announce`` hears before which sources will be read.
    """
    waiting: list[Order] = []
    for order in asked:
        name, mark = _mark(order)
        if mark and _held(work, mark, name or ""):
            yield Taken(order.source, name, "skipped", "taken in before, the same bytes")
        else:
            waiting.append(order)
    if announce is not None:
        announce([order.source for order in waiting])
    for brought, done in (executor or Local()).spread(_read, map(_brought, waiting)):
        try:
            read = done.result()
        except BrokenProcessPool:
            read = (brought.order.source, "the process that read it ended", "give it alone, to see why")
        yield _written(work, brought, read, when())


def _brought(order: Order) -> _Brought:
    from polidiff.readers.sources import locate

    try:
        return _Brought(order, locate(order.source))
    except PolidiffError as error:
        return _Brought(order, (error.where, error.what, error.remedy))


def _read(brought: _Brought) -> Document | Fault:
    """Read one source; what is wrong with it comes back as a value, whichever process reads."""
    from polidiff.readers.registry import read_found

    if isinstance(brought.found, tuple):
        return brought.found
    try:
        return read_found(brought.found, id=brought.order.id, choices=brought.order.choices)
    except PolidiffError as error:
        return error.where, error.what, error.remedy


def _written(work: Workspace, brought: _Brought, read: Document | Fault, when: datetime) -> Taken:
    order, found = brought.order, brought.found
    if isinstance(found, tuple):
        return _failed(order, found)
    if isinstance(read, tuple):
        return _failed(order, read)
    try:
        document = _as_told(work, order, read)
        keep_original(work.store, document, found.data)
        added = work.add(document, when=when)
    except OutputError:  # the workspace can't be written: neither can the next one
        raise
    except PolidiffError as error:
        return _failed(order, (error.where, error.what, error.remedy), read.id)
    version = as_version(document).version.encode("ascii")
    marks = {_mark(one)[1] for one in (order, replace(order, choices=NONE))} - {""}
    reader = read_key(version.decode("ascii"))
    work.store.drop([reader])
    work.store.keep({**dict.fromkeys(sorted(marks), version), reader: fingerprint("read").encode("ascii")})
    return Taken(order.source, document.id, added.state, "", added)


def _failed(order: Order, fault: Fault, document: str | None = None) -> Taken:
    """A source that failed, named by its path: of two files of one name in two folders, this one."""
    if fault[0] == Path(order.source).name:
        fault = (order.source, *fault[1:])
    return Taken(order.source, document, "failed", str(PolidiffError(*fault)), None, fault)


def _as_told(work: Workspace, order: Order, document: Document) -> Document:
    """Return a document with what was said of its last version before, where the order says nothing of it now."""
    held = work.library.current().get(document.id)
    if held is None:
        return document
    before, now = told_of(VersionStore(work.store).read(document.id, held.version)[0]), order.choices
    return with_choices(document, Choices(**{one: getattr(before, one) for one in TOLD if not getattr(now, one)}))


def _mark(order: Order) -> tuple[str | None, str]:
    """The id that a file's document gets, and the key that says that it was taken in; none for what is no file."""
    path = Path(order.source)
    try:
        if "://" in order.source or order.source == "-" or not path.is_file():
            return order.id, ""
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return order.id, ""
    name = order.id or id_of(path.name)
    said = [getattr(order.choices, one) for one in TOLD]
    return name, key("taken", digest, name, said, fingerprint("read"))


def _held(work: Workspace, mark: str, name: str) -> bool:
    """Whether a file is what the current version of its document was read from."""
    held, current = work.store.results([mark]).get(mark), work.library.current().get(name)
    return held is not None and current is not None and held.decode("ascii") == current.version

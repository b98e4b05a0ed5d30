"""Making a corpus ready: each document coded, encoded and put into the index once, each kept as soon as it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.errors import InputError
from polidiff.executors import Executor, Local
from polidiff.model import Codebook, Coding, Document, Provision, Scale
from polidiff.workspace.artifacts import database_of
from polidiff.workspace.corpus.block import Block, block_of, leaves_of, packed, texts_of, unpacked, vectors_key
from polidiff.workspace.corpus.plan import planned
from polidiff.workspace.corpus.shelf import Shelf, marks_of
from polidiff.workspace.foreseen import Plan
from polidiff.workspace.kept import Kept
from polidiff.workspace.library import VersionStore
from polidiff.workspace.pipeline import Method, Missing, Reuse, fitting, side_key
from polidiff.workspace.places import Places, Read

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = ["known", "prepare"]

SAMPLE = 8
"""Documents that are coded to find the codebook which fits, and looked at for what is made, where there are more."""

TOGETHER = 10_000
"""Provisions that are put into the index at once: some 100 MB in memory."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class _Job:
    """A document to make ready; ``codebook`` is None where it is coded already, ``texts`` where it is encoded."""

    document: Document
    provisions: tuple[Provision, ...]
    codebook: Codebook | None
    scale: Scale
    texts: tuple[str, ...] | None
    side: str
    vectors: str


@dataclass(frozen=True)
class _Made:
    codings: tuple[Coding, ...] | None
    vectors: bytes | None


def prepare(
    work: Workspace,
    executor: Executor | None = None,
    progress: Progress | None = None,
    announce: Callable[[Plan], None] | None = None,
) -> Shelf:
    """Code, encode and enter what isn't, and return the shelf. ``announce`` hears before what will be done.

    What is stopped goes on where it was: codes and vectors are kept document by document.

    The codebook is the workspace's; where it has none, the bundled one that fits a sample of its documents.
    """
    executor = executor or Local()
    _choose_codebook(work, executor)
    marks = marks_of(work)
    shelf = Shelf.open(work.store.name)
    wanted = shelf.missing(marks)
    if not wanted:
        return shelf
    if announce is not None:
        announce(planned(work, shelf, marks, lambda: _ready(work, wanted)))
    kept = Kept(work.store)
    waiting: list[Block] = []
    jobs = _jobs(work, wanted, work.method())
    for done, (job, future) in enumerate(executor.spread(_make, jobs)):
        made = future.result()
        if progress is not None:
            progress("coding", done, len(wanted))
        waiting.append(_kept(work, kept, job, made))
        if sum(len(block.provisions) for block in waiting) > TOGETHER:
            shelf.add(waiting, marks)
            waiting = []
    shelf.add(waiting, marks)
    shelf.tidy(marks)
    shelf.sweep()
    _enter(work, shelf, marks)
    if progress is not None:
        progress("coding", len(wanted), len(wanted))
    return shelf


def _ready(work: Workspace, names: Sequence[str]) -> float:
    """The share of documents that are coded and encoded already, by a sample."""
    blocks = known(work, _sample(names))
    return sum(block.ready for block in blocks) / len(blocks)


def _sample(names: Sequence[str]) -> Sequence[str]:
    """Some documents, evenly taken."""
    return names[:: max(1, len(names) // SAMPLE)][:SAMPLE]


def known(work: Workspace, names: Sequence[str]) -> list[Block]:
    """Return the blocks of documents as far as they are made: codes and vectors may be missing."""
    kept, current = Kept(work.store), work.library.current()
    try:
        method = work.method(make=False)
    except Missing:
        method = None
    made = []
    for name in names:
        document, provisions = read_of(work, name, current[name].version)
        texts = texts_of(document, leaves_of(provisions))
        vectors = vectors_key(work.encoder.identity, texts)
        side = None
        if method is not None:
            side = kept.codings(side_key(current[name].version, provisions, method))
        held = unpacked(work.store.results([vectors]).get(vectors), len(texts))
        made.append(block_of(document, provisions, None if side is None else side[1], held))
    return made


def read_of(work: Workspace, name: str, version: str = "") -> Read:
    """Return a document, its current version where none is named, as people cut it. Nothing of it is held.

    Raises InputError where there is no such document.
    """
    if not version:
        held = work.library.current().get(name)
        if held is None:
            raise InputError(name, "is no document of the workspace", "see: polidiff status WORKSPACE")
        version = held.version
    library = VersionStore(work.store)
    read = library.read(name, version)
    cuts = [row for row in work.rows() if row.target.kind == "provision"]
    return Places({name: read}, library.older, cuts).documents[name] if cuts else read


def _jobs(work: Workspace, names: Sequence[str], method: Method) -> Iterator[_Job]:
    current, kept = work.library.current(), Kept(work.store)
    for name in names:
        document, provisions = read_of(work, name, current[name].version)
        side = side_key(current[name].version, provisions, method)
        texts = texts_of(document, leaves_of(provisions))
        vectors = vectors_key(work.encoder.identity, texts)
        held = kept.codings(side)
        encoded = unpacked(work.store.results([vectors]).get(vectors), len(texts))
        yield _Job(
            document,
            provisions,
            method.codebook if held is None else None,
            method.scale,
            texts if encoded is None else None,
            side,
            vectors,
        )


def _kept(work: Workspace, kept: Kept, job: _Job, made: _Made) -> Block:
    """Keep what was made of a document, and return its block."""
    codings: tuple[Coding, ...] | None = None
    if made.codings is not None:
        from polidiff.alignment import make_side

        side = make_side(job.document, job.provisions, made.codings)
        kept.put_codings(job.side, side)
        codings = side.codings
    elif (held := kept.codings(job.side)) is not None:
        codings = held[1]
    if made.vectors is not None:
        work.store.keep({job.vectors: made.vectors})
    data = made.vectors or work.store.results([job.vectors]).get(job.vectors)
    return block_of(job.document, job.provisions, codings, unpacked(data, sum(one.leaf for one in job.provisions)))


def _enter(work: Workspace, shelf: Shelf, marks: Mapping[str, str]) -> None:
    """Enter the passages into the workspace's database, where that has pgvector and we may."""
    if "://" not in work.store.name:
        return
    from polidiff.workspace.pgvector import PassageTable

    database = database_of(work.store)
    if database is not None and (table := PassageTable(database)).possible and table.make():
        table.add(shelf.volumes.values(), marks)


def _choose_codebook(work: Workspace, executor: Executor) -> None:
    """Remember the codebook that fits a sample, evenly taken, where the workspace has none yet and many documents."""
    current = work.library.current()
    if "codebook" in work.store.settings() or len(current) <= SAMPLE:
        return
    from polidiff.coding import load_codebook
    from polidiff.coding.fit import FIRST

    names = _sample(list(current))
    kept, first = Kept(work.store), Method(load_codebook(FIRST), "plan", work.encoder)
    for job, future in executor.spread(_make, _jobs(work, names, first)):
        _kept(work, kept, job, future.result())
    reads = [(current[name].version, *read_of(work, name, current[name].version)) for name in names]
    work.remember(fitting(work.store, reads, "plan", work.encoder, Reuse()))


def _make(job: _Job) -> _Made:
    """Code and encode one document, in whichever process."""
    from polidiff.coding import code
    from polidiff.encode import default_encoder

    codings = vectors = None
    if job.codebook is not None:
        codings = tuple(code(job.document, job.provisions, job.codebook, scale=job.scale, mentions=True))
    if job.texts is not None:
        vectors = packed(default_encoder().encode(list(job.texts)))
    return _Made(codings, vectors)

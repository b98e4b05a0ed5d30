"""Making a corpus ready: each document coded and encoded once, several at a time, each kept as soon as it is made."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.alignment import make_side
from polidiff.coding import load_codebook
from polidiff.coding.fit import fits
from polidiff.model import Codebook, Coding, Document, Provision, Scale
from polidiff.processes import spread
from polidiff.workspace.corpus.block import leaves_of, texts_of, vectors_key
from polidiff.workspace.kept import Kept
from polidiff.workspace.pipeline import side_key

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = ["prepare"]

SAMPLE = 8
"""Documents that are coded to find the codebook which fits, where there are more."""

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


def prepare(work: Workspace, jobs: int = 1, progress: Progress | None = None) -> int:
    """Code and encode what isn't, and return how many documents were made ready. Ctrl-C loses one document at most.

    The codebook is the workspace's; where it has none, the bundled one that fits a sample of its documents.
    """
    wanted = list(_wanted(work))
    kept = Kept(work.store)
    for done, (job, future) in enumerate(spread(_make, wanted, jobs)):
        made = future.result()
        if progress is not None:
            progress("coding", done, len(wanted))
        if made.codings is not None:
            kept.put_codings(job.side, make_side(job.document, job.provisions, made.codings))
        if made.vectors is not None:
            work.store.keep({job.vectors: made.vectors})
    if progress is not None and wanted:
        progress("coding", len(wanted), len(wanted))
    return len(wanted)


def _wanted(work: Workspace) -> Iterator[_Job]:
    places, current, kept = work.places(), work.library.current(), Kept(work.store)
    reads = [(addition.version, *places.documents[name]) for name, addition in current.items()]
    if not reads:
        return
    _choose_codebook(work, reads)
    method = work.method()
    for version, document, provisions in reads:
        side = side_key(version, provisions, method)
        texts = texts_of(document, leaves_of(provisions))
        vectors = vectors_key(work.encoder.identity, texts)
        coded, encoded = kept.codings(side) is not None, bool(work.store.results([vectors]))
        if not coded or not encoded:
            book = None if coded else method.codebook
            yield _Job(document, provisions, book, method.scale, None if encoded else texts, side, vectors)


def _choose_codebook(work: Workspace, reads: Sequence[tuple[str, Document, tuple[Provision, ...]]]) -> None:
    """Remember the codebook that fits a sample, evenly taken, where the workspace has none yet and many documents."""
    if "codebook" in work.store.settings() or len(reads) <= SAMPLE:
        return
    from polidiff import api
    from polidiff.coding import code

    sample = reads[:: max(1, len(reads) // SAMPLE)][:SAMPLE]
    for name in api.AUTO:
        book = load_codebook(name)
        if name == api.AUTO[-1]:
            break
        if all(fits(code(document, provisions, book, mentions=True), book) for _, document, provisions in sample):
            break
    work.remember(book)


def _make(job: _Job) -> _Made:
    """Code and encode one document, in whichever process."""
    from polidiff import api
    from polidiff.coding import code

    codings = vectors = None
    if job.codebook is not None:
        codings = tuple(code(job.document, job.provisions, job.codebook, scale=job.scale, mentions=True))
    if job.texts is not None:
        made = api.default_encoder().encode(list(job.texts))
        vectors = zlib.compress(made.astype("<i2").tobytes(), 1)
    return _Made(codings, vectors)

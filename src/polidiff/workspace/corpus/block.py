"""What searching needs of one document, and how it is kept in the workspace."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from polidiff.errors import InputError
from polidiff.model import Coding, Document, Provision
from polidiff.ranking.passage import Passage, passage_of
from polidiff.workspace.kept import Kept, key
from polidiff.workspace.pipeline import Method, Missing, coded

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors
    from polidiff.workspace.project import Workspace

SIZE = 512
"""Components of a vector of the encoder for both languages."""


class Progress(Protocol):
    """Told of each document that is ready."""

    def __call__(self, step: str, done: int, total: int, /) -> None:
        """``done`` of ``total`` are ready."""
        ...


@dataclass(frozen=True)
class Facts:
    """What a search may be narrowed by: the country's code, the date (``2025-07-23`` or a part of it), kind, language.

    Each is empty where the document doesn't say.
    """

    country: str = ""
    date: str = ""
    genre: str = ""
    language: str = ""


@dataclass(frozen=True)
class Block:
    """A document's leaves, each with its coding and its vector where they were made.

    ``vectors`` has the shape ``(len(provisions), 512)``. A short provision's vector is that of its words with the
    heading above it, as in a comparison.
    """

    document: str
    title: str
    provisions: tuple[Provision, ...]
    passages: tuple[Passage, ...]
    codings: tuple[Coding, ...] | None
    vectors: Vectors | None
    facts: Facts = Facts()

    @property
    def ready(self) -> bool:
        """Whether it can be found by meaning and by codes too."""
        return self.codings is not None and self.vectors is not None


def blocks(work: Workspace, *, make: bool, progress: Progress | None = None) -> Iterator[Block]:
    """Yield the current documents of a workspace. Where ``make`` is False, what isn't there is left out."""
    kept, method, places = Kept(work.store), _method(work, make=make), work.places()
    current = work.library.current()
    for done, (name, addition) in enumerate(current.items()):
        if progress is not None:
            progress("index", done, len(current))
        document, provisions = places.documents[name]
        leaves = leaves_of(provisions)
        yield Block(
            name,
            document.title or name,
            leaves,
            tuple(passage_of(document, leaf) for leaf in leaves),
            _codings(kept, addition.version, document, provisions, method, make=make),
            _vectors(work, document, leaves, make=make),
            Facts(document.jurisdiction or "", document.date or "", document.genre or "", document.language),
        )
    if progress is not None:
        progress("index", len(current), len(current))


def _method(work: Workspace, *, make: bool) -> Method | None:
    try:
        return work.method(make=make)
    except Missing:
        return None


def _codings(
    kept: Kept,
    version: str,
    document: Document,
    provisions: tuple[Provision, ...],
    method: Method | None,
    *,
    make: bool,
) -> tuple[Coding, ...] | None:
    if method is None:
        return None
    try:
        return coded(kept, version, document, provisions, method, make=make)[0].codings
    except Missing:
        return None


def _vectors(work: Workspace, document: Document, leaves: tuple[Provision, ...], *, make: bool) -> Vectors | None:
    """The vectors of a document's leaves, as whole numbers of two bytes: settled vectors are whole."""
    import numpy as np

    texts = texts_of(document, leaves)
    name = vectors_key(work.encoder.identity, texts)
    held = work.store.results([name]).get(name)
    if held is not None:
        try:
            return np.frombuffer(zlib.decompress(held), "<i2").reshape(len(texts), SIZE).astype(np.float32)
        except (ValueError, zlib.error) as error:
            raise InputError(document.id, "its vectors can't be read", "go back to a copy of the file") from error
    if not make:
        return None
    made = work.encoder.encode(list(texts))
    work.store.keep({name: zlib.compress(made.astype("<i2").tobytes(), 1)})
    return made


def leaves_of(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Return the provisions that are searched: those without parts of their own."""
    return tuple(provision for provision in provisions if provision.leaf)


def texts_of(document: Document, leaves: tuple[Provision, ...]) -> tuple[str, ...]:
    """Return what is encoded of a document's leaves, in their order."""
    return tuple(passage_of(document, provision).text for provision in leaves)


def vectors_key(encoder: str, texts: tuple[str, ...]) -> str:
    """Return the key under which the vectors of texts are kept, made by the encoder of this identity."""
    return key("vectors", encoder, list(texts))

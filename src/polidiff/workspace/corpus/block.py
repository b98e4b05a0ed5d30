"""What searching needs of one document, and how it is kept in the workspace."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from polidiff.fingerprint import fingerprint
from polidiff.model import Coding, Document, Provision
from polidiff.ranking.passage import Passage, passage_of
from polidiff.readers.choices import spoken
from polidiff.workspace.kept import key

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors

SIZE = 512
"""Components of a vector of the encoder for both languages."""


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


def block_of(
    document: Document,
    provisions: tuple[Provision, ...],
    codings: tuple[Coding, ...] | None,
    vectors: Vectors | None,
) -> Block:
    """Return a document's block, from what was made of it."""
    leaves = leaves_of(provisions)
    if codings is not None and len(codings) != len(leaves):
        raise ValueError(f"{document.id}: {len(codings)} codings of {len(leaves)} leaves")
    return Block(
        document.id,
        document.title or document.id,
        tuple(replace(leaf, boxes=()) for leaf in leaves),
        tuple(passage_of(document, leaf) for leaf in leaves),
        codings,
        vectors,
        Facts(document.jurisdiction or "", document.date or "", document.genre or "", spoken(document)),
    )


def packed(vectors: Vectors) -> bytes:
    """Return vectors as a store keeps them: whole numbers of two bytes, since settled vectors are whole."""
    return zlib.compress(vectors.astype("<i2").tobytes(), 1)


def unpacked(data: bytes | None, count: int) -> Vectors | None:
    """Return the vectors of ``count`` texts as they were packed; None where they can't be read."""
    import numpy as np

    if data is None:
        return None
    try:
        return np.frombuffer(zlib.decompress(data), "<i2").reshape(count, SIZE).astype(np.float32)
    except (ValueError, zlib.error):
        return None


def leaves_of(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Return the provisions that are searched: those without parts of their own."""
    return tuple(provision for provision in provisions if provision.leaf)


def texts_of(document: Document, leaves: tuple[Provision, ...]) -> tuple[str, ...]:
    """Return what is encoded of a document's leaves, in their order."""
    return tuple(passage_of(document, provision).text for provision in leaves)


def vectors_key(encoder: str, texts: tuple[str, ...]) -> str:
    """Return the key under which the vectors of texts are kept, made by the encoder of this identity."""
    return key("vectors", encoder, fingerprint("encode"), list(texts))

"""Work that is done once: sides, alignments, vectors and findings, kept in the store under what they were made from.

A key is a hash of everything that the result hangs on: the documents' versions and cuts, the codebook, the scale, the
encoder's identity and polidiff's own code and data (:mod:`polidiff.fingerprint`). A changed input is another key, so
nothing stale is ever used.
"""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polidiff.encode import Encoder
from polidiff.encode.cache import KeptVectors
from polidiff.errors import InputError
from polidiff.fingerprint import fingerprint
from polidiff.model import Codebook, Coding, Match, Provision, Unique, codec
from polidiff.workspace.store import Store

if TYPE_CHECKING:
    from polidiff.alignment import Alignment, CodedDocument, Scores
    from polidiff.encode.protocol import Vectors


def key(kind: str, *parts: object) -> str:
    """Return the name of a result of ``kind`` that is made from ``parts``."""
    return f"{kind}:{hashlib.sha256(codec.dump(list(parts))).hexdigest()}"


@dataclass(frozen=True)
class _Coded:
    provisions: tuple[Provision, ...]
    codings: tuple[Coding, ...]


@dataclass(frozen=True)
class _Aligned:
    matches: tuple[tuple[Match, ...], ...]
    uniques: tuple[Unique, ...]
    related: float


class Kept:
    """Results in a store, as records. A result that can't be read is as good as none: it is made again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, kind: type[Any], name: str) -> Any | None:
        """Return the record kept under ``name``, or None."""
        return _unpacked(kind, self._store.results([name]).get(name))

    def put(self, name: str, record: Any) -> None:
        """Keep a record."""
        self._put({name: codec.pack(record)})

    def _put(self, results: dict[str, bytes]) -> None:
        """Keep results in the place of what couldn't be read, where something was there."""
        if unread := [name for name, held in self._store.results(list(results)).items() if held != results.get(name)]:
            self._store.drop(unread)
        self._store.keep(results)

    def put_last(self, slot: str, name: str, record: Any) -> None:
        """Keep a record in the place of the last one of ``slot``: every decision makes new findings."""
        old = self._store.settings().get(slot)
        self.put(name, record)
        self._store.set({slot: name})
        if old is not None and old != name:
            self._store.drop([old])

    def codings(self, name: str) -> tuple[tuple[Provision, ...], tuple[Coding, ...]] | None:
        """Return a document's leaves and codings, or None."""
        held = self.get(_Coded, name)
        return None if held is None else (held.provisions, held.codings)

    def put_codings(self, name: str, side: CodedDocument) -> None:
        """Keep a document's leaves and codings."""
        self.put(name, _Coded(side.provisions, side.codings))

    def alignment(self, name: str, a: CodedDocument, b: CodedDocument) -> Alignment | None:
        """Return the alignment of two sides, or None."""
        from polidiff.alignment import Alignment

        found = self._store.results([name, f"{name}:scores"])
        held, scores = _unpacked(_Aligned, found.get(name)), found.get(f"{name}:scores")
        if held is None or scores is None or len(held.uniques) != len(a.provisions):
            return None
        try:
            unpacked = _unpack_scores(scores, len(a.provisions), len(b.provisions))
        except (ValueError, zlib.error):
            return None
        return Alignment(a, b, held.matches, held.uniques, unpacked, held.related)

    def put_alignment(self, name: str, alignment: Alignment) -> None:
        """Keep an alignment: its matches, what stands alone, and the scores of its pairs."""
        record = _Aligned(alignment.matches, alignment.uniques, alignment.related)
        scores = _pack_scores(alignment.scores)
        self._put({name: codec.pack(record), f"{name}:scores": scores})


def _unpacked(kind: type[Any], data: bytes | None) -> Any | None:
    if data is None:
        return None
    try:
        return codec.unpack(kind, data)
    except ValueError:
        return None


def _pack_scores(scores: Scores) -> bytes:
    """The gaps between places in four bytes each, then the values in two."""
    import numpy as np

    gaps = np.diff(scores.places, prepend=0).astype("<u4")
    return zlib.compress(gaps.tobytes() + scores.values.astype("<u2").tobytes(), 6)


def _unpack_scores(data: bytes, rows: int, columns: int) -> Scores:
    import numpy as np

    from polidiff.alignment import Scores

    raw = zlib.decompress(data)
    count = len(raw) // 6
    gaps = np.frombuffer(raw, "<u4", count)
    values = np.frombuffer(raw, "<u2", count, offset=4 * count)
    return Scores(rows, columns, np.cumsum(gaps, dtype=np.int64), values.astype(np.uint16))


class KeptEncoder(KeptVectors):
    """An encoder whose vectors are kept: each text is encoded once in a workspace's life.

    ``made`` and ``reused`` count texts. Alignments are made with the encoder itself, since it may choose by language,
    and are kept whole; this one is for what is asked of all documents at each comparison.
    """

    def __init__(self, encoder: Encoder, store: Store) -> None:
        super().__init__(encoder)
        self._store = store
        self._known: dict[str, Vectors] = {}
        self.made = 0
        self.reused = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, as the encoder would."""
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        names = {text: key("vector", self.identity, fingerprint("encode"), text) for text in new}
        held = self._store.results(list(names.values()))
        for text in new:
            with contextlib.suppress(KeyError, ValueError, zlib.error):
                self._known[text] = np.frombuffer(zlib.decompress(held[names[text]]), "<f4")
        missing = [text for text in new if text not in self._known]
        self.reused += len(new) - len(missing)
        self.made += len(missing)
        if missing:
            rows = self._encoder.encode(missing)
            self._known.update(zip(missing, rows, strict=True))
            self._store.keep({names[t]: zlib.compress(v.astype("<f4").tobytes(), 1) for t, v in self._pairs(missing)})
        if not texts:
            return self._encoder.encode([])
        vectors: Vectors = np.stack([self._known[text] for text in texts])
        return vectors

    def _pairs(self, texts: Sequence[str]) -> list[tuple[str, Vectors]]:
        return [(text, self._known[text]) for text in texts]


def checked_codebook(data: str, where: str) -> Codebook:
    """Return the codebook that the workspace ``where`` holds as JSON. Raises InputError where it isn't one."""
    try:
        return codec.load(Codebook, data.encode("utf-8", "surrogatepass"))
    except ValueError as error:
        remedy = "name one with: polidiff compare --workspace W --codebook NAME"
        raise InputError(where, "its codebook can't be read", remedy) from error

"""Vectors kept on disk, by the text's hash and the encoder's identity."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from polidiff.cache import cache_root

if TYPE_CHECKING:
    from polidiff.encode.protocol import Encoder, Vectors

WAIT = 10.0
"""Seconds to wait for another process that is writing."""

TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL, proof BLOB NOT NULL)"


def vectors_file() -> Path:
    """Return where vectors are kept, under :func:`polidiff.cache.cache_root`."""
    return cache_root() / "vectors.sqlite"


class KeptVectors:
    """An encoder whose vectors are kept: it is the one that it wraps, and changes no vector."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def identity(self) -> str:
        """The encoder's own."""
        return self._encoder.identity

    @property
    def languages(self) -> frozenset[str]:
        """The encoder's own."""
        return self._encoder.languages


class CachedEncoder(KeptVectors):
    """An encoder that keeps what it encoded in a file, for encoders that are slow or cost money.

    Each vector is written with a hash of its bytes and checked when it is read; what doesn't agree is encoded again. A
    file that can't be used (read-only, damaged) is passed over: the result is the same, only slower.
    """

    def __init__(self, encoder: Encoder, path: Path | None = None) -> None:
        super().__init__(encoder)
        self._path = path if path is not None else vectors_file()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one settled vector a text, from the file where it holds it: shape ``(len(texts), dim)``."""
        import numpy as np

        keys = {text: self._key(text) for text in texts}
        known = self._read(keys.values())
        new = sorted({text for text in texts if keys[text] not in known})
        if new or not texts:
            made = self._encoder.encode(new)
            if not texts:
                return made
            fresh = {keys[text]: vector for text, vector in zip(new, made, strict=True)}
            self._write(fresh)
            known |= fresh
        return np.stack([known[keys[text]] for text in texts])

    def _key(self, text: str) -> bytes:
        whole = self._encoder.identity.encode() + b"\0" + text.encode("utf-8", "surrogatepass")
        return hashlib.sha256(whole).digest()

    def _read(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        import sqlite3

        import numpy as np

        found: dict[bytes, Vectors] = {}
        if not self._path.is_file():
            return found
        try:
            with closing(sqlite3.connect(self._path, timeout=WAIT)) as store:
                for key in sorted(set(keys)):
                    row = store.execute("SELECT vector, proof FROM vectors WHERE key = ?", (key,)).fetchone()
                    if row is not None and _proof(key, row[0]) == row[1]:
                        found[key] = np.frombuffer(row[0], dtype="<i2").astype(np.float32)
        except (sqlite3.Error, TypeError, ValueError):
            return {}
        return found

    def _write(self, vectors: dict[bytes, Vectors]) -> None:
        """Write all or nothing."""
        import sqlite3

        rows = []
        for key, vector in vectors.items():
            data = vector.astype("<i2").tobytes()
            rows.append((key, data, _proof(key, data)))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=WAIT)) as store, store:
                store.execute(TABLE)
                store.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        except (sqlite3.Error, OSError):
            return


def _proof(key: bytes, data: bytes) -> bytes:
    return hashlib.sha256(key + data).digest()[:16]

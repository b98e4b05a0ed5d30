"""What was encoded, kept between runs: one file for the texts of a document, by the hash of their content.

A file holds plain arrays and the hash of their bytes; it is checked when it is read, and what doesn't agree is encoded
again. A folder that can't be used (read-only, full, damaged) is passed over: the result is the same, only slower.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polidiff.cache import cache_root, make_room
from polidiff.settings import settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

FEW, MANY = 16, 20_000
"""Texts under and over which nothing is kept: so few are quick, and so many would fill the disk."""

MOST = 1_000_000_000
"""Bytes that the folder may hold; the files that were used longest ago go first."""


def folder() -> Path:
    """Return where encodings are kept, under :func:`polidiff.cache.cache_root`."""
    return cache_root() / "encodings"


def named(identity: str, texts: Sequence[str]) -> Path | None:
    """Return the file for some texts (sorted, each once) encoded by ``identity``; None where nothing is kept."""
    if not FEW <= len(texts) <= MANY or not settings().keep_encodings:
        return None
    digest = hashlib.sha256(identity.encode())
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return folder() / f"{digest.hexdigest()}.npz"


def load(path: Path | None) -> Arrays | None:
    """Return the arrays of a file, or None where there is none that can be trusted."""
    import zipfile

    import numpy as np

    if path is None or not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        proof = arrays.pop("proof")
        if proof.tobytes() != _proof(path, arrays):
            return None
        with contextlib.suppress(OSError):
            path.touch()
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return arrays


def save(path: Path | None, arrays: Arrays) -> None:
    """Write the arrays, all or nothing, and make room."""
    import numpy as np

    if path is None:
        return
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            np.savez(file, proof=np.frombuffer(_proof(path, arrays), dtype=np.uint8), **arrays)  # type: ignore[arg-type]
        draft.replace(path)
        make_room(path.parent, MOST)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()


def _proof(path: Path, arrays: Arrays) -> bytes:
    import numpy as np

    digest = hashlib.sha256(path.stem.encode())
    for name in sorted(arrays):
        array = arrays[name]
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).data)
    return digest.digest()

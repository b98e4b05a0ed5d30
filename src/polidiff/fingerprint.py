"""What names the code and data that a result hangs on: a changed reader or head is seen, though the version stays.

A fingerprint is made of the files of the rooms that a step runs through, by their names and contents with line ends as
on Unix: the same on every machine, from a checkout and from a wheel. It costs some hundredths of a second, once in a
process, when it is first asked for. A new version whose step is as it was gives the same results, and the same name.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

from polidiff.version import __version__

__all__ = ["ROOMS", "Step", "fingerprint"]

Step = Literal["read", "split", "code", "encode", "align", "compare"]

_SPLIT = ("edge", "lang", "model", "provisions")
_CODE = (*_SPLIT, "coding", "encode", "judges", "thresholds")
_ALIGN = ("alignment", "edge", "encode", "lang", "model", "ranking")

ROOMS: dict[Step, tuple[str, ...]] = {
    "read": ("edge", "lang", "model", "readers"),
    "split": _SPLIT,
    "code": _CODE,
    "encode": ("encode",),
    "align": _ALIGN,
    "compare": tuple(dict.fromkeys((*_ALIGN, *_CODE, "comparison"))),
}
"""The rooms and modules that each step runs through. What only carries (:data:`CARRIERS`) is left out."""

CARRIERS = ("cache", "errors", "executors", "fingerprint", "processes", "settings", "version")
"""Modules that say where and by whom work is done, and what is said when it fails: no result hangs on them."""

IGNORED = frozenset({".pyc", ".pyi", ".md"})


@cache
def fingerprint(step: Step) -> str:
    """Return what names the code and data of a step, in 16 hexadecimal digits."""
    return hashlib.sha256("\0".join(map(_room, ROOMS[step])).encode("ascii")).hexdigest()[:16]


@cache
def _room(name: str) -> str:
    """The hash of a room's files; of the version where they are not on a disk."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    folder = root / name
    files = sorted(folder.rglob("*") if folder.is_dir() else root.glob(f"{name}.*"), key=lambda one: one.as_posix())
    held = [one for one in files if one.is_file() and one.suffix not in IGNORED and not one.name.startswith(".")]
    for path in held:
        data = path.read_bytes()
        if path.suffix != ".npz":
            data = data.replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest() if held else __version__

"""A report that was made before: of the same documents, asked for in the same way, by the very same program.

The same input gives the same output, byte for byte, so the files of the last time stand for those of a new run. Kept
are the files and what the command told, each under the hash of all that they hang on; a file that doesn't hold what
it was written with is passed over, and so is a folder that can't be used. ``POLIDIFF_KEEP_ENCODINGS=0`` keeps nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from polidiff.bundle import Bundle
from polidiff.cache import cache_root, make_room, program
from polidiff.model.codec import JsonObject
from polidiff.readers.catalog import bundled
from polidiff.settings import settings

__all__ = ["Known", "load", "named", "save"]

MOST = 300_000_000
"""Bytes that the folder may hold: some two hundred reports."""

_FACTS, _FILES = "facts.json", "files/"

Line = tuple[str, bool]
"""What a command said, and whether it was a note (to standard error)."""


class Known(NamedTuple):
    """A report's files, and the lines that the command told."""

    bundle: Bundle
    told: tuple[Line, ...]


def named(sources: Sequence[str], options: JsonObject) -> Path | None:
    """Return where the report of these sources, made with these options, would be kept.

    What an option names is read too where it is a file: a codebook, an article. None where that can't be told: a source
    that is no file here, one whose pictures are read by another program, or where nothing is to be kept.
    """
    set_now = settings()
    if not set_now.keep_encodings or set_now.ocr:
        return None
    digest = hashlib.sha256(f"{program()} {set_now.in_process}".encode())
    digest.update(json.dumps(options, sort_keys=True).encode())
    for source in (*sources, *(value for value in options.values() if isinstance(value, str))):
        try:
            data = Path(source).read_bytes() if Path(source).is_file() else None
        except (OSError, ValueError):
            return None
        if data is None and source in sources and source not in bundled():
            return None
        digest.update(f"\0{source}\0{data is not None}{len(data or b'')}\0".encode("utf-8", "surrogatepass"))
        digest.update(data or b"")
    return cache_root() / "reports" / f"{digest.hexdigest()}.zip"


def load(path: Path | None) -> Known | None:
    """Return what is kept at a path, or None where there is nothing that can be trusted."""
    if path is None or not path.is_file():
        return None
    try:
        with zipfile.ZipFile(path) as held:
            parts = {name: held.read(name) for name in held.namelist()}
        facts = json.loads(parts.pop(_FACTS))
        if facts.pop("proof") != _proof(path, parts, facts):
            return None
        files = {name.removeprefix(_FILES): data for name, data in parts.items()}
        told = tuple((str(line), bool(note)) for line, note in facts["told"])
        with contextlib.suppress(OSError):
            path.touch()
        return Known(Bundle(facts["record"], files, facts["made"]), told)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def save(path: Path | None, known: Known) -> None:
    """Keep a report, all or nothing, and make room."""
    if path is None:
        return
    parts = {f"{_FILES}{name}": data for name, data in known.bundle.files.items()}
    facts = {"record": known.bundle.record, "made": known.bundle.made, "told": [list(line) for line in known.told]}
    facts = json.loads(json.dumps(facts))
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            for name, data in parts.items():
                file.writestr(name, data)
            file.writestr(_FACTS, json.dumps({**facts, "proof": _proof(path, parts, facts)}))
        draft.replace(path)
        make_room(path.parent, MOST)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()


def _proof(path: Path, parts: dict[str, bytes], facts: JsonObject) -> str:
    digest = hashlib.sha256(path.stem.encode())
    for name, data in sorted(parts.items()):
        digest.update(f"\0{name}\0{len(data)}\0".encode())
        digest.update(data)
    digest.update(json.dumps(facts, sort_keys=True).encode())
    return digest.hexdigest()

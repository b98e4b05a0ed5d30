"""Where a source is: a path, standard input, an address, or a name that the package knows."""

from __future__ import annotations

import contextlib
import difflib
import os
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from polidiff.errors import SourceNotFound, SourceTooLarge, UnreadableSource
from polidiff.readers.limits import MAX_SOURCE_BYTES

ENDINGS = frozenset(
    ".pdf .html .htm .xhtml .mht .mhtml .docx .md .markdown .txt .csv .jsonl .xlsx .xml .akn".split()  # noqa: SIM905
)
"""Endings of files that are taken from a folder; a file that is named is read whatever it ends in."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the catalogue knows of a document."""

    id: str
    title: str
    jurisdiction: str
    date: str
    address: str


@dataclass(frozen=True, slots=True)
class Found:
    """A source that was found: its bytes, its name for messages, its id, and where it came from."""

    data: bytes
    name: str
    id: str
    address: str
    facts: Facts | None = None


def locate(source: str | Path, *, progress: Callable[[int, int], None] | None = None) -> Found:
    """Find ``source`` and return its bytes. Raises SourceNotFound, UnreadableSource, SourceTooLarge or FetchError."""
    name = os.fspath(source)
    if name == "-":
        return Found(_stdin(), "standard input", "stdin", "-")
    if "://" in name[:12] and not isinstance(source, Path):
        return _fetched(name, progress)
    path = Path(name)
    data = _file(path, name)
    if data is not None:
        return Found(data, path.name, id_of(path.name), name)
    from polidiff.readers.catalog import bundled, catalog, known_names

    sample = bundled().get(name)
    if sample is not None:
        return Found(sample.read_bytes(), sample.name, id_of(sample.name), f"polidiff:{sample.name}")
    if name in catalog():
        return _fetched(name, progress)
    known = known_names()
    raise SourceNotFound(
        name,
        "no such file, and no bundled or catalogued document of this name" + _near(path, known),
        "check the path" if path.parent != Path() else f"known names: {', '.join(known)}",
    )


def _fetched(name: str, progress: Callable[[int, int], None] | None) -> Found:
    """Return a catalogued document or the document at an https address, from the cache or the network."""
    from polidiff.readers.catalog import catalog
    from polidiff.readers.fetch import fetch

    path = fetch(name, progress=progress)
    data = path.read_bytes()
    entry = catalog().get(name)
    if entry is not None:
        facts = Facts(entry.id, entry.title, entry.jurisdiction, entry.date, entry.address)
        return Found(data, entry.file, entry.id, entry.address, facts)
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(name)
    base = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or "document"
    return Found(data, base, id_of(base), name)


def id_of(name: str) -> str:
    """Return a file name without its last extension (``plan.zh.html`` → ``plan.zh``)."""
    base = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, dot, suffix = base.rpartition(".")
    known = dot and stem and 0 < len(suffix) <= 8 and " " not in suffix
    return stem if known else base or "document"


def readable_files(folder: Path) -> tuple[list[Path], Counter[str]]:
    """Return the files under a folder that can be read, by name, and how many others there are of which ending.

    Hidden files and folders are left out.
    """
    files: list[Path] = []
    others: Counter[str] = Counter()
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            ending = Path(name).suffix.lower()
            if not name.startswith(".") and ending in ENDINGS:
                files.append(Path(here) / name)
            elif not name.startswith("."):
                others[ending or "without"] += 1
    return files, others


def _stdin() -> bytes:
    data = sys.stdin.buffer.read(MAX_SOURCE_BYTES + 1)
    if len(data) > MAX_SOURCE_BYTES:
        raise SourceTooLarge("standard input", f"more than {MAX_SOURCE_BYTES >> 20} MB", "give a part of it")
    return data


def _file(path: Path, name: str) -> bytes | None:
    """Return the bytes of a file, or None where there is no such file."""
    try:
        if path.is_dir():
            raise UnreadableSource(name, "this is a folder, not a document", "name a file in it")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_SOURCE_BYTES:
                raise SourceTooLarge(
                    name, f"{size >> 20} MB is over the bound of {MAX_SOURCE_BYTES >> 20} MB", "give a part of it"
                )
            data = file.read(MAX_SOURCE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError:
        raise UnreadableSource(name, "no permission to read this file", "change its permissions") from None
    except (OSError, ValueError) as error:
        if isinstance(error, ValueError) or getattr(error, "errno", None) in (36, 22, 63, 123):
            return None
        raise UnreadableSource(name, f"the file cannot be read ({error.strerror})", "check the disk") from None
    if len(data) > MAX_SOURCE_BYTES:
        raise SourceTooLarge(name, f"more than {MAX_SOURCE_BYTES >> 20} MB", "give a part of it")
    return data


def _near(path: Path, known: tuple[str, ...] = ()) -> str:
    """Return words that name up to three files with a like name, or nothing."""
    names: list[str] = list(known)
    with contextlib.suppress(OSError, ValueError):
        names.extend(sorted(entry.name for entry in path.parent.iterdir())[:5000])
    close = difflib.get_close_matches(path.name, names, n=3, cutoff=0.6)
    return f" (near names: {', '.join(close)})" if close else ""

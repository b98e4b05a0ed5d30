"""Documents that polidiff knows by name: facts of the catalogue, and the samples that the package carries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Entry:
    """One catalogued document. ``sha256`` is of the file as published, or empty where its bytes change."""

    id: str
    title: str
    jurisdiction: str
    language: str
    date: str
    publisher: str
    address: str
    rights: str
    file: str
    sha256: str = ""


@cache
def catalog() -> dict[str, Entry]:
    """Return the catalogue, by id, in its own order."""
    import tomllib

    text = resources.files("polidiff.readers").joinpath("catalog.toml").read_text(encoding="utf-8")
    return {entry["id"]: Entry(**entry) for entry in tomllib.loads(text)["document"]}


@cache
def bundled() -> dict[str, Traversable]:
    """Return the files of ``polidiff/samples`` by name: each under its file name and its name without extension."""
    found: dict[str, Traversable] = {}
    folder = resources.files("polidiff").joinpath("samples")
    if not folder.is_dir():
        return found
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        stem, _, suffix = file.name.rpartition(".")
        if file.is_file() and suffix in ("md", "txt", "html", "csv", "jsonl"):
            found[file.name] = file
            found.setdefault(stem, file)
    return found


def known_names() -> tuple[str, ...]:
    """Return every name that :func:`polidiff.readers.read` takes without a file: bundled first, then catalogued."""
    stems = [name for name, file in bundled().items() if name != file.name]
    return (*stems, *catalog())

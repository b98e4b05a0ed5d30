"""What an assistant may see: files under the folders that the user named, bundled samples, reports made here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from polidiff.errors import InputError, SourceNotFound
from polidiff.model import Document, Provision

__all__ = ["Shelf"]

LISTED = 500
"""Most files that are listed."""


@dataclass
class Shelf:
    """The folders that may be read, and the documents and provisions read from them so far.

    ``folders`` are the only places on disk that a name may lead to, links followed. ``reports`` is where reports are
    written; it is read too. One shelf serves one thread at a time.
    """

    folders: Sequence[Path]
    reports: Path
    _documents: dict[tuple[str, int, int], Document] = field(default_factory=dict)
    _provisions: dict[tuple[str, str], tuple[Provision, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folders = tuple(Path(os.path.realpath(folder)) for folder in self.folders)
        self.reports = Path(os.path.realpath(self.reports))
        for folder in self.folders:
            if not folder.is_dir():
                raise InputError(str(folder), "no such folder", "name folders that hold the documents")

    def path(self, name: str) -> Path:
        """Return the file or folder that ``name`` leads to: absolute, or from one of the folders.

        Raises SourceNotFound for what lies outside of them or isn't there; both are told alike, so that nothing is
        learnt of the rest of the disk.
        """
        if "\0" not in name and name.strip():
            for folder in (*self.folders, self.reports):
                try:
                    found = Path(os.path.realpath(folder / name))
                    inside = any(found.is_relative_to(one) for one in (*self.folders, self.reports))
                    if inside and found.exists():
                        return found
                except (OSError, ValueError):
                    continue
        raise SourceNotFound(_short(name), "not found in the folders that may be read", "see the tool list_documents")

    def document(self, name: str, progress: Callable[[str, int, int], None] | None = None) -> Document:
        """Return the document that ``name`` means: an id read before, a bundled sample, or a file of the folders.

        Raises InputError for what isn't there or can't be read.
        """
        held = next((one for one in self._documents.values() if one.id == name), None)
        if held is not None and self._fresh(held):
            return held
        from polidiff.readers import read
        from polidiff.readers.catalog import bundled

        if name in bundled():
            return self._keep((name, 0, 0), lambda: read(name))
        path = self.path(name)
        if path.is_dir():
            raise SourceNotFound(_short(name), "is a folder", "name one of its files")
        stat = path.stat()
        tell = None if progress is None else (lambda done, total: progress(f"reading {path.name}", done, total))
        return self._keep((str(path), stat.st_mtime_ns, stat.st_size), lambda: read(path, progress=tell))

    def names(self, text: str) -> bool:
        """Return whether ``text`` is no more than the name of a document: a sample, an id, or a file of the folders."""
        from polidiff.readers.catalog import bundled

        name = text.strip()
        known = {*bundled(), *(one.id for one in self._documents.values())}
        if name in known or (len(name.split()) == 1 and any(path.stem == name for _, path in self.files())):
            return True
        try:
            return self.path(name).is_file()
        except SourceNotFound:
            return False

    def provisions(self, document: Document) -> tuple[Provision, ...]:
        """Return the provisions of a document, split once."""
        key = (document.id, document.sha256)
        if key not in self._provisions:
            from polidiff.provisions import split

            self._provisions[key] = tuple(split(document))
        return self._provisions[key]

    def held(self) -> tuple[Document, ...]:
        """Return the documents read so far, in the order in which they were read."""
        return tuple(self._documents.values())

    def where(self, document: Document) -> Path | None:
        """Return the file that a document was read from; None for a bundled sample."""
        for (name, changed, _), one in self._documents.items():
            if one is document:
                return Path(name) if changed else None
        return None

    def files(self) -> Iterator[tuple[Path, Path]]:
        """Return (folder, file) of what may be read, by name, at most :data:`LISTED`; hidden files are left out."""
        from polidiff.readers import readable_files

        every = ((folder, path) for folder in self.folders for path in readable_files(folder)[0])
        return islice(every, LISTED)

    def _keep(self, key: tuple[str, int, int], make: Callable[[], Document]) -> Document:
        if key not in self._documents:
            made = make()
            for old in [one for one in self._documents if one[0] == key[0]]:
                del self._documents[old]
            self._documents[key] = made
        return self._documents[key]

    def _fresh(self, document: Document) -> bool:
        """Whether the file that a held document came from is the same as when it was read."""
        for (name, changed, size), one in self._documents.items():
            if one is document:
                if not changed:
                    return True
                try:
                    stat = os.stat(name)
                except OSError:
                    return False
                return (stat.st_mtime_ns, stat.st_size) == (changed, size)
        return False


def _short(name: str) -> str:
    plain = " ".join(name[:400].split())
    return plain if len(plain) <= 120 else f"{plain[:119]}…"

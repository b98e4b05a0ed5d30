"""Putting results on disk without ever leaving half of one in the place of a good one."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from polidiff.errors import OutputError


def text_bytes(content: str) -> bytes:
    """Return a text in UTF-8, its line breaks as they are."""
    return content.encode("utf-8", "surrogatepass")


def json_bytes(content: Any) -> bytes:
    """Return the content of a JSON file."""
    return text_bytes(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def set_aside(path: Path, what: str, *, force: bool) -> Path:
    """Keep the file or folder at ``path`` as ``NAME.1``, or the next free number, and return where it is now.

    ``what`` says why it isn't simply replaced. Raises :class:`OutputError` unless ``force``.
    """
    here, number = path.resolve(), 1
    while (kept := here.with_name(f"{here.name}.{number}")).exists():
        number += 1
    if not force:
        remedy = f"name another, or give --force: the old one is kept as {kept.name}"
        raise OutputError(str(path), what, remedy)
    try:
        here.rename(kept)
    except OSError as error:
        raise OutputError(str(path), f"can't be kept as {kept.name} ({error.strerror})", "move it away") from error
    return kept


def write_file(path: Path, content: bytes, *, force: bool = False) -> Path:
    """Write one file, whole or not at all, and return its path; another one that lies there is set aside."""
    if path.is_file() and path.read_bytes() != content:
        set_aside(path, "is there already, and other than what would be written", force=force)
    writer = FolderWriter(path.parent)
    writer.data(path.name, content)
    return writer.commit()[0]


class FolderWriter:
    """Collects files, writes them all beside their places, and moves them in only when every byte is on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, bytes] = {}

    def data(self, name: str, content: bytes) -> None:
        """Add a file; ``name`` is relative to the folder, with ``/`` between its parts."""
        self._files[name] = content

    def text(self, name: str, content: str) -> None:
        """Add a text file."""
        self.data(name, text_bytes(content))

    def commit(self) -> tuple[Path, ...]:
        """Write everything and return the files' paths. Raises :class:`OutputError`; the old files stay whole then."""
        if self.folder.exists() and not self.folder.is_dir():
            raise OutputError(str(self.folder), "is a file, not a folder", "name another folder with -o")
        staging: Path | None = None
        made = False
        try:
            made = not self.folder.exists()
            self.folder.mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(prefix=".polidiff-", dir=self.folder))
            for name, content in self._files.items():
                path = staging / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            placed = []
            for name in self._files:
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(staging / name, target)
                placed.append(target)
            made = False
            return tuple(placed)
        except OSError as error:
            why = error.strerror or str(error)
            raise OutputError(
                str(self.folder),
                f"the result could not be written ({why})",
                "make room or name another folder with -o; what was there before is unchanged",
            ) from error
        finally:
            if staging is not None:
                shutil.rmtree(staging, ignore_errors=True)
            if made and self.folder.is_dir() and not any(self.folder.iterdir()):
                self.folder.rmdir()

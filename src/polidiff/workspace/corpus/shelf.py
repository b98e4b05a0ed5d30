"""The index of a workspace on the disk: volumes in a folder of the cache, extended by what is new, mended by itself.

A volume is never changed. The list of volumes is one small file, replaced at once; a process that is killed leaves a
folder that nobody names, and the next one sweeps it away. What is missing or damaged is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from polidiff.cache import cache_root
from polidiff.fingerprint import fingerprint
from polidiff.version import __version__
from polidiff.workspace.corpus.block import Block
from polidiff.workspace.corpus.volume import Damaged, Volume, bound

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = ["Shelf", "marks_of"]

FORM = 1
"""The form of volumes; another one is made anew."""

LIST = "volumes.json"

MANY = 8
"""Volumes over which the small ones are bound into one."""

GONE = 0.25
"""Share of a volume's documents that are no longer current, from which on it is bound anew without them."""

ROOM = 20_000_000_000
"""Bytes that the indexes of all workspaces may take in the cache; those used longest ago go first."""


HOUR = 3600.0


def marks_of(work: Workspace) -> dict[str, str]:
    """Return the current documents in their order, each with the mark of all that its part of the index hangs on.

    That is its version, the analyst's cuts, the codebook, the scale, the encoder and polidiff's code. No document is
    read for it.
    """
    held = work.store.settings()
    current = work.library.current()
    method = hashlib.sha256()
    book = held.get("codebook") or json.dumps([one.version for one in current.values()])
    for part in (book, held.get("scale", "plan"), work.encoder.identity, *_made(), str(FORM)):
        method.update(part.encode("utf-8", "surrogatepass") + b"\0")
    cuts: dict[str, list[str]] = {}
    for row in work.rows():
        if row.target.kind == "provision":
            for name in {anchor.document for anchor in row.target.anchors}:
                cuts.setdefault(name, []).append(row.id)
    return {
        name: hashlib.sha256(
            method.digest() + "\0".join([one.version, *cuts.get(name, ())]).encode("utf-8", "surrogatepass")
        ).hexdigest()[:32]
        for name, one in current.items()
    }


def _made() -> list[str]:
    """What names the code and data that volumes hang on."""
    return [fingerprint("code"), fingerprint("align")]


@dataclass
class Shelf:
    """The volumes of a workspace by name, and what was found ``damaged``.

    Where the folder can't be written they are held in memory only.
    """

    folder: Path
    volumes: dict[str, Volume] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    made_by: str = ""
    """The version of polidiff that wrote it last, where its code and data were others."""

    @classmethod
    def open(cls, name: str) -> Shelf:
        """Open the shelf of the workspace of this name (a path, or an address); it is empty where there is none."""
        place = name if "://" in name else str(Path(name).resolve())
        digest = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()
        shelf = cls(cache_root() / "corpus" / digest[:32])
        for one in shelf._listed():
            try:
                shelf.volumes[one] = Volume.open(shelf.folder / one)
            except Damaged:
                shelf.damaged.append(one)
        return shelf

    def _listed(self) -> list[str]:
        try:
            with contextlib.suppress(OSError):
                os.utime(self.folder)
            body = json.loads((self.folder / LIST).read_text(encoding="utf-8"))
            wrote = str(body.get("polidiff", ""))
            self.made_by = wrote if body.get("made") != _made() else ""
            return [str(one) for one in body["volumes"]] if body["form"] == FORM else []
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError):
            self.damaged.append(LIST)
            return []

    def missing(self, marks: Mapping[str, str]) -> list[str]:
        """Return the documents that no volume holds in this state."""
        held = {(entry.document, entry.mark) for volume in self.volumes.values() for entry in volume.entries}
        return [name for name, mark in marks.items() if (name, mark) not in held]

    def add(self, blocks: Sequence[Block], marks: Mapping[str, str]) -> None:
        """Add a volume of these documents."""
        if blocks:
            self._put(Volume.of(blocks, [marks[block.document] for block in blocks]), ())

    def tidy(self, marks: Mapping[str, str]) -> None:
        """Bind small volumes into one where they are many, and anew those with many documents that are gone."""
        current = set(marks.items())
        alive = {
            name: [(entry.document, entry.mark) in current for entry in volume.entries]
            for name, volume in self.volumes.items()
        }
        rank = sorted(self.volumes, key=lambda name: self.volumes[name].size)
        chosen = rank[: len(rank) - MANY // 2] if len(rank) > MANY else []
        chosen += [name for name in rank if name not in chosen and sum(alive[name]) < (1 - GONE) * len(alive[name])]
        if not chosen:
            return
        kept = [(self.volumes[name], alive[name]) for name in chosen if any(alive[name])]
        if kept:
            self._put(bound(kept), chosen)
        else:
            self._list([name for name in self.volumes if name not in chosen], chosen)

    def _put(self, volume: Volume, instead: Sequence[str]) -> None:
        digest = hashlib.sha256("\0".join(one.document + one.mark for one in volume.entries).encode()).hexdigest()
        name = f"{digest[:16]}-{os.getpid()}-{len(self.volumes)}"
        try:
            shutil.rmtree(self.folder / name, ignore_errors=True)
            volume.write(self.folder / name)
            volume = Volume.open(self.folder / name)
        except (OSError, Damaged):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self.volumes[name] = volume
        self._list([one for one in self.volumes if one not in instead], instead)

    def _list(self, names: Sequence[str], gone: Sequence[str]) -> None:
        """Write the list of volumes that are there, and sweep what it doesn't name."""
        for name in gone:
            self.volumes.pop(name, None)
        others = [name for name in self._listed() if name not in names and name not in gone]
        there = [name for name in [*names, *others] if (self.folder / name).is_dir()]
        draft = self.folder / f"{LIST}.{os.getpid()}"
        try:
            body = {"form": FORM, "polidiff": __version__, "made": _made(), "volumes": there}
            draft.write_text(json.dumps(body), encoding="utf-8")
            draft.replace(self.folder / LIST)
            for one in gone:
                shutil.rmtree(self.folder / one, ignore_errors=True)
            _make_room(self.folder)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()

    def clear(self) -> None:
        """Remove everything, so that it is made anew."""
        self.volumes.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what no process has named for an hour: left by one that was killed, or damaged."""
        with contextlib.suppress(OSError):
            for one in self.folder.iterdir():
                if one.is_dir() and one.name not in self.volumes and time.time() - one.stat().st_mtime > HOUR:
                    shutil.rmtree(one, ignore_errors=True)


def _make_room(mine: Path) -> None:
    """Remove the indexes of other workspaces that were used longest ago, where all take more than :data:`ROOM`."""
    rows = sorted(((one.stat().st_mtime, one) for one in mine.parent.iterdir() if one.is_dir()), reverse=True)
    total = 0
    for _, one in rows:
        total += sum(size for size in _sizes(one))
        if total > ROOM and one != mine:
            shutil.rmtree(one, ignore_errors=True)


def _sizes(folder: Path) -> Iterator[int]:
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            yield path.stat().st_size

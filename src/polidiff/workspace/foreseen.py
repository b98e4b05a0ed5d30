"""What a job will take, said before it is done: files to read, documents to code and to align, and what is made again.

Nothing is read for it. What was made by which code is noted in the workspace when a comparison is done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from polidiff.fingerprint import fingerprint
from polidiff.thresholds import threshold
from polidiff.version import __version__

if TYPE_CHECKING:
    from polidiff.workspace.library import VersionStore

__all__ = ["LONG", "Plan", "comparing", "note_made", "read_before", "reading"]

LONG = 300.0
"""Seconds from which on a job is announced."""

_SLOT = "made"
_PLAIN = frozenset({".md", ".markdown", ".txt"})
"""Endings of files whose bytes are their text."""


@dataclass(frozen=True)
class Plan:
    """What is to be done: of ``documents`` about so many provisions, of ``pairs`` an alignment each.

    ``seconds`` are of one processor. ``before`` is the polidiff whose code had made them, empty where none had.
    """

    documents: int
    provisions: int
    seconds: float
    before: str = ""
    pairs: int = 0

    def said(self, jobs: int) -> str:
        """Return it in one line, for ``jobs`` processes; empty where there is nothing to say."""
        took = self.seconds / max(1, jobs)
        if not (self.documents or self.pairs) or (took < LONG and not self.before):
            return ""
        other = f"polidiff {self.before}" if self.before != __version__ else f"other code of polidiff {self.before}"
        again = f"{other} made them; they are made again: " if self.before else ""
        size = f"{self.documents:,} document{'s' * (self.documents != 1)}, about {self.provisions:,} provisions"
        pairs = f", {self.pairs:,} pair{'s' * (self.pairs != 1)} to align" if self.pairs else ""
        stays = "decisions stay, and what is done stays" if self.before else "what is done stays"
        return f"{again}{size}{pairs}, about {_time(took)}; {stays} when it is stopped"


def _time(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{max(1, round(seconds))} s"


def reading(files: Sequence[str], *, prepare: bool) -> Plan:
    """Return what taking in files will take, with coding and encoding them where ``prepare`` is asked for."""
    provisions = round(sum(map(_provisions, files)))
    seconds = len(files) * threshold("corpus.read") + (provisions / threshold("corpus.rate") if prepare else 0.0)
    return Plan(len(files), provisions, seconds)


def _provisions(file: str) -> float:
    """About how many provisions a file has: by its length where that is its text, else as documents have on average."""
    path = Path(file)
    try:
        plain = path.suffix.lower() in _PLAIN and path.stat().st_size / threshold("corpus.length")
    except OSError:
        plain = False
    return plain or threshold("corpus.each")


def comparing(library: VersionStore, documents: Sequence[str]) -> Plan:
    """Return what comparing documents (all, or those of these ids) will take, by what the last comparison noted."""
    from polidiff.alignment.many import MANY

    noted = json.loads(library.store.settings().get(_SLOT, "{}"))
    current = library.current()
    chosen = [name for name in documents or current if name in current]
    sizes = {name: current[name].size / threshold("corpus.length") for name in chosen}
    before = noted.get("polidiff", "") if noted.get("code", _made()) != _made() else ""
    held = {} if before else noted.get("documents", {})
    new = [name for name in chosen if held.get(name) != current[name].version]
    pairs = [pair for pair in combinations(chosen, 2) if set(pair) & set(new)]
    provisions = round(sum(sizes[name] for name in new))
    seconds = provisions / threshold("corpus.rate") + (provisions / threshold("corpus.vectors") if pairs else 0.0)
    rate = threshold("corpus.aligned_many" if len(chosen) > MANY else "corpus.aligned")
    seconds += sum(sizes[a] + sizes[b] for a, b in pairs) / rate
    return Plan(len(new), provisions, seconds, before, len(pairs))


def note_made(library: VersionStore, documents: Iterable[str]) -> None:
    """Note which versions of documents are compared now, and by which code."""
    settings, current = library.store.settings(), library.current()
    noted = json.loads(settings.get(_SLOT, "{}"))
    held = noted.get("documents", {}) if noted.get("code") == _made() else {}
    now = {name: current[name].version for name in documents if name in current}
    made = {"polidiff": __version__, "code": _made(), "documents": {**held, **now}}
    if made != noted:
        library.store.set({_SLOT: json.dumps(made, sort_keys=True)})


def _made() -> list[str]:
    return [fingerprint("split"), fingerprint("code"), fingerprint("align")]


def read_key(version: str) -> str:
    """Return the key under which a workspace keeps by what code a version of a document was read."""
    return f"reader:{version}"


def read_before(library: VersionStore) -> list[str]:
    """Return the documents that were read by other code than reads now, as far as the workspace knows."""
    keys = {read_key(one.version): name for name, one in library.current().items()}
    held = library.store.results(list(keys))
    return [keys[one] for one, made in held.items() if made != fingerprint("read").encode()]

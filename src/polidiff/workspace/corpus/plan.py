"""What making a corpus ready will take, said before it is done; and what may run at once in so much memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.errors import InputError
from polidiff.thresholds import threshold

if TYPE_CHECKING:
    from polidiff.workspace.corpus.shelf import Shelf
    from polidiff.workspace.project import Workspace

__all__ = ["LONG", "Plan", "jobs_within", "planned"]

LONG = 300.0
"""Seconds from which on a job is announced."""

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?", re.IGNORECASE)
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


@dataclass(frozen=True)
class Plan:
    """Documents and about how many provisions are to be coded, encoded and entered, and about how many seconds of one
    processor that takes. ``before`` is the polidiff that had made them, empty where none had."""

    documents: int
    provisions: int
    seconds: float
    before: str = ""

    def said(self, jobs: int) -> str:
        """Return it in one line, for ``jobs`` processes; empty where there is nothing to say."""
        took = self.seconds / max(1, jobs)
        if not self.documents or (took < LONG and not self.before):
            return ""
        again = f"polidiff {self.before} made them; they are made again: " if self.before else ""
        size = f"{self.documents:,} document{'s' * (self.documents != 1)}, about {self.provisions:,} provisions"
        return f"{again}{size}, about {_time(took)}; what is done stays when it is stopped"


def _time(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{max(1, round(seconds))} s"


def planned(work: Workspace, shelf: Shelf, marks: Mapping[str, str], ready: Callable[[], float]) -> Plan:
    """Return what is to be made of a workspace's documents, by their lengths.

    ``ready`` looks at some and tells which share of them is coded and encoded already; it is asked where much is to be
    made.
    """
    wanted = shelf.missing(marks)
    current = work.library.current()
    provisions = round(sum(current[name].size for name in wanted) / threshold("corpus.length"))
    known = {entry.document for volume in shelf.volumes.values() for entry in volume.entries}
    before = shelf.made_by if shelf.made_by and known.intersection(wanted) else ""
    seconds = provisions / threshold("corpus.rate")
    if seconds >= LONG:
        seconds = (1 - ready()) * seconds + provisions / threshold("corpus.enter")
    return Plan(len(wanted), provisions, seconds, before)


def jobs_within(memory: str, jobs: int) -> int:
    """Return how many of ``jobs`` processes may run in this much memory (``2G``, ``800M``).

    Raises InputError for what is no size, and where it isn't enough for one.
    """
    found = _SIZE.fullmatch(memory.strip())
    if found is None:
        raise InputError("--memory", f"{memory!r} is no size", "write it as 2G or 800M")
    size = float(found.group(1)) * _UNITS[found.group(2).upper()] / _UNITS["M"]
    own, each = threshold("corpus.memory"), threshold("corpus.memory_each")
    if size < each:
        raise InputError("--memory", f"{memory} is too little", f"give at least {each:.0f}M, for one process")
    return max(1, min(jobs, int((size - own) / each)))

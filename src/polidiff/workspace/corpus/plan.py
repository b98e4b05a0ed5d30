"""What making a corpus ready will take, said before it is done; and what may run at once in so much memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from polidiff.errors import InputError
from polidiff.thresholds import threshold
from polidiff.workspace.foreseen import LONG, Plan

if TYPE_CHECKING:
    from polidiff.workspace.corpus.shelf import Shelf
    from polidiff.workspace.project import Workspace

__all__ = ["jobs_within", "planned"]

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?", re.IGNORECASE)
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


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

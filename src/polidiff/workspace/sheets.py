"""Decisions typed into the workbook of a workspace's report come back into the workspace."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from polidiff.report.xlsx.typed import Typed, typed
from polidiff.workspace.forms import parse_decision

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = ["take_decisions"]


def take_decisions(work: Workspace, path: Path, *, by: str, when: datetime) -> tuple[tuple[Typed, ...], int]:
    """Write down what was typed into a workbook, and return it, and how much of it its author had decided before.

    All of it is read before the first is written. Raises InputError for a workbook of another comparison, a decision
    that means nothing, or an author without a name; OutputError where nothing can be written.
    """
    found = typed(path, work.compare().comparison)
    forms = [(one, parse_decision(work, one.name, {"verb": one.verb, "why": one.why})) for one in found]
    new: list[Typed] = []
    for one, form in forms:
        target, _ = work.target(one.name)
        mine = work.standing(target).of(by)
        if mine is not None and mine.verb == one.verb:
            continue
        form.write(work, by=by, when=when)
        new.append(one)
    return tuple(new), len(found) - len(new)

"""What a workspace's decisions on proposed codes teach."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from polidiff.coding.decided import Told, Tuning, tuned

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace
    from polidiff.workspace.queue import Item

__all__ = ["learnt", "taught"]


def learnt(work: Workspace) -> Tuning | None:
    """Return what the decisions on themes and means teach; None where there are too few. Nothing is changed."""
    return taught(work.queue())


def taught(items: Iterable[Item]) -> Tuning | None:
    """Return what the decisions on these proposals teach, as :func:`learnt` does."""
    told = []
    for item in items:
        row = item.standing.decided if item.standing is not None else None
        if item.target.kind == "code" and row is not None and item.target.code.partition(":")[0] in _GROUPS:
            told.append(Told(item.target.code, item.score, row.verdict != "reject"))
    return tuned(told)


_GROUPS = ("theme", "instrument")

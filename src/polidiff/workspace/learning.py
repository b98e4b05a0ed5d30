"""What a workspace's decisions on proposed codes teach, and whether its comparisons use it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from polidiff.coding.decided import Told, Tuning, tuned
from polidiff.workspace.store import Store

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = ["forget", "keep", "kept", "learnt"]

_SLOT = "learnt"


def learnt(work: Workspace) -> Tuning | None:
    """Return what the decisions on themes and means teach; None where there are too few. Nothing is changed."""
    told = []
    for item in work.queue():
        row = item.standing.decided if item.standing is not None else None
        if item.target.kind == "code" and row is not None and item.target.code.partition(":")[0] in _GROUPS:
            told.append(Told(item.target.code, item.score, row.verdict != "reject"))
    return tuned(told)


_GROUPS = ("theme", "instrument")


def keep(store: Store, tuning: Tuning) -> None:
    """Let comparisons of this workspace use a tuning from now on."""
    store.set({_SLOT: json.dumps(tuning.record(), sort_keys=True)})


def forget(store: Store) -> None:
    """Let comparisons use the bundled scores again."""
    store.set({_SLOT: ""})


def kept(store: Store) -> Tuning | None:
    """Return the tuning that comparisons use, or None."""
    text = store.settings().get(_SLOT, "")
    return Tuning(**json.loads(text)) if text else None

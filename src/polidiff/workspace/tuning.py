"""The tuning of codes' scores that a workspace's comparisons use, where people asked for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from polidiff.workspace.store import Store

if TYPE_CHECKING:
    from polidiff.coding.decided import Tuning

__all__ = ["forget", "keep", "kept"]

_SLOT = "learnt"


def keep(store: Store, tuning: Tuning) -> None:
    """Let comparisons of this workspace use a tuning from now on."""
    store.set({_SLOT: json.dumps(tuning.record(), sort_keys=True)})


def forget(store: Store) -> None:
    """Let comparisons use the bundled scores again."""
    store.set({_SLOT: ""})


def kept(store: Store) -> Tuning | None:
    """Return the tuning that comparisons use, or None."""
    from polidiff.coding.decided import Tuning

    text = store.settings().get(_SLOT, "")
    return Tuning(**json.loads(text)) if text else None

"""Decisions sorted out by target: what holds where it stands, and what is lost with the words that it hung on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from polidiff.workspace.decisions import Decision, Target
from polidiff.workspace.places import Places
from polidiff.workspace.state import DecisionState, standing

__all__ = ["Sorted"]

States = dict[Target, DecisionState]


@dataclass
class _Held:
    """Decisions sorted out as far as ``count`` rows, against the documents of ``places``."""

    places: Places
    count: int = 0
    resolved: dict[Target, Target | None] = field(default_factory=dict)
    rows: dict[Target, list[Decision]] = field(default_factory=dict)
    found: States = field(default_factory=dict)
    lost: States = field(default_factory=dict)


class Sorted:
    """The decisions of a workspace as they were sorted out last: only targets with new rows are gone through again."""

    def __init__(self) -> None:
        self._held: _Held | None = None

    def of(self, places: Places, rows: Sequence[Decision]) -> tuple[States, States]:
        """Return what holds and what is lost, by target. ``rows`` are all decisions, those of the last call first."""
        if self._held is None or self._held.places is not places:
            self._held = _Held(places)
        held = self._held
        touched: set[Target] = set()
        for row in rows[held.count :]:
            if row.target not in held.resolved:
                held.resolved[row.target] = places.resolve(row.target)
            now = held.resolved[row.target] or row.target
            held.rows.setdefault(now, []).append(row)
            touched.add(now)
            (held.found if held.resolved[row.target] is not None else held.lost)[now] = standing(now, ())
        held.count = len(rows)
        for target in touched:
            (held.found if target in held.found else held.lost)[target] = standing(target, held.rows[target])
        return held.found, held.lost

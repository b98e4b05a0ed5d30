"""The queue as the analyst goes through it: the machine's proposals with what was decided of each.

Proposals go by their numbers in the snapshot's order, and only those that were decided are looked at one by one, so
that a page costs little however long the queue is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from polidiff.web.pages import Page
from polidiff.web.snapshot import KINDS, Snapshot
from polidiff.workspace import DecisionState, Item, Target
from polidiff.workspace.stakes import Stake

SHOWS = ("settle", "open", "rest", "all", "decided", "conflicts")
"""Parts of the queue: what a finding hangs on, what carries one, what none uses, and by what was decided."""


@dataclass(frozen=True)
class Choice:
    """Which part of the queue is looked at. ``by`` is who looks, ``blind`` whether as a second coder.

    Where ``show`` is empty, that is the most worth of the parts in which something is left.
    """

    show: str
    kind: str
    document: str
    theme: str
    blind: bool
    by: str


ALL = Choice("all", "", "", "", False, "")
"""The whole queue, for everybody."""


def choice_of(page: Page) -> Choice:
    """Read the choice from a page's address; what means nothing there is as if it weren't."""
    show, kind = page.query.get("show", ""), page.query.get("kind", "")
    return Choice(
        show if show in SHOWS else "",
        kind if kind in KINDS else "",
        page.query.get("document", ""),
        page.query.get("theme", ""),
        page.query.get("blind", "") == "1",
        page.by,
    )


def standings_of(page: Page) -> dict[Target, DecisionState]:
    """What holds of each target that somebody decided, now."""
    with page.desk.workspace() as work:
        return dict(work.standings())


class Queue:
    """The proposals of a snapshot under a choice, with what was decided up to now."""

    def __init__(self, snapshot: Snapshot, standings: Mapping[Target, DecisionState], choice: Choice) -> None:
        self._snapshot = snapshot
        self._standings = {
            snapshot.numbers[target]: held for target, held in standings.items() if target in snapshot.numbers
        }
        self._closed = {number for number, held in self._standings.items() if _closed(held, choice)}
        conflicts = {number for number, held in self._standings.items() if held.conflict}
        numbers = snapshot.subset(choice.kind, choice.document, choice.theme)
        left = [number for number in numbers if number not in self._closed]
        parts = {
            "settle": [number for number in left if number in snapshot.stakes or number in conflicts],
            "open": [number for number in left if number < snapshot.carrying or number in conflicts],
            "rest": [number for number in left if number >= snapshot.carrying],
            "decided": [number for number in numbers if number in self._closed],
            "conflicts": [number for number in numbers if number in conflicts],
            "all": list(numbers),
        }
        self.show = choice.show or next((one for one in ("settle", "open") if parts[one]), "open")
        self.counts = {name: len(held) for name, held in parts.items()}
        numbers = tuple(parts[self.show])
        self._first = frozenset() if choice.blind else frozenset(conflicts)
        self.listed = sorted(numbers, key=self._rank) if self._first else list(numbers)

    def _rank(self, number: int) -> tuple[bool, int]:
        """Conflicts come first; then the order of what they are worth."""
        return number not in self._first, number

    def stake(self, number: int | None) -> Stake | None:
        """What hangs on a proposal, or None."""
        return None if number is None else self._snapshot.stakes.get(number)

    @property
    def total(self) -> int:
        """How many proposals there are in all."""
        return len(self._snapshot.items)

    @property
    def done(self) -> int:
        """How many of all are decided, in the eyes of whoever looks."""
        return len(self._closed)

    def item(self, number: int) -> Item:
        """A proposal with what was decided of it."""
        item = self._snapshot.items[number]
        return replace(item, standing=self._standings[number]) if number in self._standings else item

    def around(self, name: str) -> tuple[int, int | None, int | None, int]:
        """The number of the proposal of a name, its neighbours in the list, and its place there, from 1.

        The place is 0 where it isn't listed. Raises KeyError for a name of nothing.
        """
        here = self._snapshot.by_name[name]
        rank = self._rank(here)
        before = [number for number in self.listed if self._rank(number) < rank]
        after = next((number for number in self.listed[len(before) :] if number != here), None)
        listed = len(before) < len(self.listed) and self.listed[len(before)] == here
        return here, (before[-1] if before else None), after, (len(before) + 1) * listed


def _closed(held: DecisionState, choice: Choice) -> bool:
    return held.of(choice.by) is not None if choice.blind else held.decided is not None

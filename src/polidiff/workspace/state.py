"""What holds of a target, from all the decisions on it.

A decision overrides those that its author had seen (``after``), and an undo takes one decision away as if it had not
been made. What is left unoverridden holds; where two people's decisions are left that say different things, the target
is in conflict, and stays so until somebody decides who has seen both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from polidiff.workspace.decisions import Decision, Target


@dataclass(frozen=True)
class DecisionState:
    """What holds of one target.

    ``rows`` are all decisions on it in the order of writing; ``live`` those that nobody took back; ``heads`` the
    live verdicts that no later one overrides; ``tips`` the ids that a new decision is made after.
    """

    target: Target
    rows: tuple[Decision, ...]
    live: tuple[Decision, ...]
    heads: tuple[Decision, ...]

    @property
    def tips(self) -> tuple[str, ...]:
        """Ids of the rows that no other row was made after."""
        seen = {name for row in self.rows for name in row.after}
        return tuple(sorted(row.id for row in self.rows if row.id not in seen))

    @property
    def conflict(self) -> bool:
        """Whether people who didn't know of one another's decisions said different things."""
        return len({head.verdict for head in self.heads}) > 1

    @property
    def decided(self) -> Decision | None:
        """The decision that holds, or None where there is none or a conflict."""
        return None if self.conflict or not self.heads else self.heads[-1]

    @property
    def notes(self) -> tuple[Decision, ...]:
        """The notes, oldest first."""
        return tuple(row for row in self.live if row.verb == "note")

    def of(self, name: str) -> Decision | None:
        """The last verdict of one person that he didn't take back, whatever others said."""
        mine = [row for row in self.live if row.by == name and row.verb not in ("note", "undo")]
        return mine[-1] if mine else None

    def tips_of(self, name: str) -> tuple[str, ...]:
        """Ids of one person's own rows that none of his own was made after: what he has seen who works blind."""
        mine = [row for row in self.rows if row.by == name]
        seen = {earlier for row in mine for earlier in row.after}
        return tuple(sorted(row.id for row in mine if row.id not in seen))


def standing(target: Target, rows: Sequence[Decision]) -> DecisionState:
    """Return what holds of ``target`` after ``rows``, in any order that has a row after those it was made after."""
    undone = _undone(rows)
    live = tuple(row for row in rows if row.id not in undone and row.verb != "undo")
    by_id = {row.id: row for row in rows}
    verdicts = [row for row in live if row.verb != "note"]
    overridden: set[str] = set()
    for row in verdicts:
        overridden |= _before(row, by_id)
    return DecisionState(target, tuple(rows), live, tuple(row for row in verdicts if row.id not in overridden))


def _undone(rows: Sequence[Decision]) -> set[str]:
    """Ids of the rows that were taken back, by an undo that wasn't itself."""
    undone: set[str] = set()
    for row in reversed(rows):
        if row.verb == "undo" and row.id not in undone:
            undone.add(row.value)
    return undone


def _before(row: Decision, by_id: dict[str, Decision]) -> set[str]:
    """Ids of all rows that came before this one, as far as its author knew."""
    found: set[str] = set()
    open_ids = list(row.after)
    while open_ids:
        name = open_ids.pop()
        if name not in found:
            found.add(name)
            if name in by_id:
                open_ids.extend(by_id[name].after)
    return found


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree on the targets that both decided.

    ``share`` is the share of equal verdicts; ``kappa`` is Cohen's (1960, doi:10.1177/001316446002000104), None where
    both gave one and the same verdict throughout, so that chance alone would agree.
    """

    a: str
    b: str
    both: int
    equal: int
    share: float
    kappa: float | None


def agreements(standings: Iterable[DecisionState]) -> tuple[Agreement, ...]:
    """Return the agreement of every two people who decided the same targets."""
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for held in standings:
        people = sorted({row.by for row in held.live if row.verb != "note"})
        for a, b in combinations(people, 2):
            one, other = held.of(a), held.of(b)
            if one is not None and other is not None:
                pairs.setdefault((a, b), []).append((one.verdict, other.verdict))
    return tuple(_agreement(a, b, verdicts) for (a, b), verdicts in sorted(pairs.items()))


def _agreement(a: str, b: str, verdicts: Sequence[tuple[str, str]]) -> Agreement:
    total = len(verdicts)
    equal = sum(x == y for x, y in verdicts)
    left, right = Counter(x for x, _ in verdicts), Counter(y for _, y in verdicts)
    chance = sum(left[label] * right[label] for label in left) / (total * total)
    share = equal / total
    kappa = None if chance >= 1 else round((share - chance) / (1 - chance), 4)
    return Agreement(a, b, total, equal, round(share, 4), kappa)

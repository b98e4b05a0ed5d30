"""Whether two provisions state different amounts or deadlines, in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polidiff.lang.amounts import Amount, amounts_of, conflict, deadlines, same, sums
from polidiff.lang.dates import dates_of
from polidiff.model import DifferenceKind

__all__ = ["figures_differ"]


def figures_differ(a: str, b: str) -> tuple[DifferenceKind, ...]:
    """Return ``amount`` or ``deadline`` where both texts state one of a kind and none is the same."""
    found: list[DifferenceKind] = []
    left, right = amounts_of(a), amounts_of(b)
    if _parted(sums(left), sums(right)):
        found.append("amount")
    due = [{date.year for date in dates_of(text) if date.limit == "by"} for text in (a, b)]
    if _parted(deadlines(left), deadlines(right)) or (all(due) and due[0].isdisjoint(due[1])):
        found.append("deadline")
    return tuple(found)


def _parted(left: Mapping[str, Sequence[Amount]], right: Mapping[str, Sequence[Amount]]) -> bool:
    """Whether the amounts in one unit have none in common, or those in different units can't be equal."""
    shared = left.keys() & right.keys()
    if shared:
        return any(not any(same(x, y) for x in left[unit] for y in right[unit]) for unit in shared)
    pairs = [(x, y) for xs in left.values() for ys in right.values() for x in xs for y in ys]
    return bool(pairs) and all(conflict(x, y) for x, y in pairs)

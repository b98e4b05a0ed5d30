"""Where a judge says twice that two documents part on a ground: the passages that both askings name, as one opposition.

Two askings of a question seldom choose the same words for the same parting. They say the same where they name passages
of both sides in common; these are the parting's own, and what only one of the askings names is left out. Partings of
several questions that rest on much the same passages are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from polidiff.alignment import CodedDocument
from polidiff.comparison.questions import Member
from polidiff.judges.protocol import KeptAnswer, Memory, Statement
from polidiff.thresholds import threshold

__all__ = ["Parting", "Words", "partings_of", "places_of", "words_of"]

LIKE = 0.3
"""Share of passages in common from which two partings are one."""

Words = tuple[Member, int, int]
"""Words of a provision: its side and index, and where they start and end in its document."""


@dataclass(frozen=True)
class Parting:
    """An opposition of two documents on one ground: the provisions of both sides that show it, and the words there.

    ``axis`` is on what they part; ``probability`` is the mean of both askings'.
    """

    members: frozenset[Member]
    words: tuple[Words, ...]
    axis: str
    model: str
    probability: float | None

    def sure(self, *, told: bool) -> bool:
        """Whether it may be printed; ``told`` is whether the questions on single passages found two of them opposed."""
        least = threshold("judging.parted_told" if told else "judging.parted")
        return self.probability is None or self.probability >= least


def partings_of(
    sides: Sequence[CodedDocument], memory: Memory, agreed: Set[tuple[Member, Member]]
) -> tuple[Parting, ...]:
    """Return the partings that the kept answers tell of these documents, the surest first.

    ``agreed`` are pairs of provisions that a judge says want the same: they stand in no parting together.
    """
    places = places_of(sides)
    by_item: dict[str, dict[int, KeptAnswer]] = {}
    for kept in memory.current():
        if kept.task == "stance":
            by_item.setdefault(kept.item, {})[kept.round] = kept
    found: list[Parting] = []
    for rounds in by_item.values():
        if len(rounds) == 2 and len({kept.model for kept in rounds.values()}) == 1:
            first, second = (list(_told(kept, places)) for _, kept in sorted(rounds.items()))
            found += [_agreed(*pair, rounds[1].model) for pair in _matched(first, second)]
    found.sort(key=lambda one: (-(one.probability or 0.0), sorted(one.members)))
    return tuple(made for one in _joined(found) if (made := _without(one, agreed)) is not None)


def places_of(sides: Sequence[CodedDocument]) -> dict[tuple[str, int], Member]:
    """Return the provisions by their document and where they start."""
    return {
        (side.document.id, provision.start): (number, index)
        for number, side in enumerate(sides)
        for index, provision in enumerate(side.provisions)
    }


def words_of(statement: Statement, members: Sequence[Member | None]) -> Iterator[Words]:
    """Yield the words that a statement leans on, by provision; ``members`` are those of the passages it was shown."""
    for (_, start, end), number in zip(statement.places, statement.passages, strict=True):
        member = members[number]
        if member is not None:
            yield member, start, end


_Told = tuple[Statement, tuple[Words, ...]]


def _told(kept: KeptAnswer, places: dict[tuple[str, int], Member]) -> Iterator[_Told]:
    members = [places.get((document, start)) for document, start, _ in kept.passages]
    for statement in kept.statements:
        words = tuple(words_of(statement, members))
        if statement.label != "none" and len(words) == len(statement.places):
            yield statement, words


def _members(words: Iterable[Words]) -> frozenset[Member]:
    return frozenset(member for member, _, _ in words)


def _matched(first: Sequence[_Told], second: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Statements of both askings that name passages of both sides in common, each once, the likest before others."""
    near = []
    for a, one in enumerate(first):
        for b, other in enumerate(second):
            mine, theirs = _members(one[1]), _members(other[1])
            if len({side for side, _ in mine & theirs}) > 1:
                near.append((-len(mine & theirs) / len(mine | theirs), a, b))
    taken: set[tuple[int, int]] = set()
    for _, a, b in sorted(near):
        if not {(1, a), (2, b)} & taken:
            taken |= {(1, a), (2, b)}
            yield first[a], second[b]


def _agreed(one: _Told, other: _Told, model: str) -> Parting:
    both = _members(one[1]) & _members(other[1])
    chances = [told[0].probability for told in (one, other)]
    known = [chance for chance in chances if chance is not None]
    words = tuple(sorted({word for word in (*one[1], *other[1]) if word[0] in both}))
    return Parting(both, words, one[0].label, model, round(sum(known) / len(known), 4) if known else None)


def _without(one: Parting, agreed: Set[tuple[Member, Member]]) -> Parting | None:
    """The parting without passages that agree with one of the other side; None where a side has none left."""
    left = set(one.members)
    while met := [(a, b) for a in sorted(left) for b in sorted(left) if (a, b) in agreed]:
        counts = {side: sum(member[0] == side for member in left) for side, _ in left}
        a, b = met[-1]
        left.discard(a if counts[a[0]] >= counts[b[0]] else b)
    if len({side for side, _ in left}) < 2:
        return None
    return Parting(frozenset(left), _of(one.words, left), one.axis, one.model, one.probability)


def _of(words: Iterable[Words], members: Set[Member]) -> tuple[Words, ...]:
    return tuple(word for word in words if word[0] in members)


def _joined(found: Sequence[Parting]) -> Iterator[Parting]:
    """Partings by the surest of those that are much alike, with the passages of all that are sure too."""
    groups: list[list[Parting]] = []
    for one in found:
        home = next((group for group in groups if _alike(group[0].members, one.members)), None)
        if home is None:
            groups.append([one])
        elif one.sure(told=True):
            home.append(one)
    for group in groups:
        members = frozenset().union(*(one.members for one in group))
        words = tuple(sorted({word for one in group for word in one.words}))
        yield Parting(members, words, group[0].axis, group[0].model, group[0].probability)


def _alike(a: frozenset[Member], b: frozenset[Member]) -> bool:
    return len({side for side, _ in a & b}) > 1 and len(a & b) / len(a | b) >= LIKE

"""What a judge's answers say of two documents: where they agree, where they clash, and what stands in one alone.

Answers are proved statements: a label, and words of the passages that decided. What is said of two passages counts when
a second asking says it too: the same question in the other order, or another one that shows both. What is said of some
words of a passage says nothing of its other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from polidiff.alignment import CodedDocument
from polidiff.comparison.partings import Parting, Words, partings_of, places_of, words_of
from polidiff.comparison.questions import Member
from polidiff.judges.protocol import Calibration, Memory
from polidiff.model import By, Judged, Span
from polidiff.thresholds import threshold

__all__ = ["COMMITS", "PairRuling", "Rulings", "rulings_of"]

COMMITS = 0.5
"""How far a provision must commit its document for a matter to be its own."""
SURELY, MOSTLY = 3, 0.4
"""How many askings that call a point one document's alone outweigh one that finds its like in the other, and what
share they must be of those that showed it. On two pairs that may be read, points that a reader called alone had at
least three for each such and half of the askings; points that are answered at most two, and a quarter."""

Sense = Literal["shared", "opposed", "only"]
_SENSES: Mapping[str, Sense] = {"same": "shared", "means": "shared", "opposed": "opposed", "only": "only"}
Asking = tuple[str, int]
"""A question and the round in which it was put."""


@dataclass(frozen=True, slots=True)
class PairRuling:
    """What a judge says of two provisions in two askings or more, proved by words of both; or what a person says.

    ``probability`` is that of the middle one of the ``askings`` that say so, of two the lower; of an opposition their
    mean.
    """

    a: Member
    b: Member
    label: Judged
    model: str
    words: tuple[Words, ...]
    by: By = "model"
    probability: float | None = None
    askings: int = 2

    @property
    def sure(self) -> bool:
        """Whether it may be printed: an opposition where two askings say it of these very passages, and give it
        chance enough."""
        if self.label != "opposed" or self.by == "person":
            return True
        return self.askings > 1 and (self.probability is None or self.probability >= threshold("judging.opposed"))


@dataclass(frozen=True)
class Rulings:
    """Everything that a judge has said of a comparison: pairs, the points (words of a provision) to which it said that
    no other document speaks, and the pairs of each parting of two documents on a ground. ``calibrations`` are by the
    model's name."""

    pairs: tuple[PairRuling, ...] = ()
    alone: Mapping[Member, tuple[Span, ...]] = field(default_factory=dict)
    calibrations: Mapping[str, Calibration] = field(default_factory=dict)
    partings: tuple[tuple[PairRuling, ...], ...] = ()

    @property
    def met(self) -> frozenset[Member]:
        """The provisions that stand in a pair."""
        parted = (one for parting in self.partings for one in parting if one.sure)
        return frozenset(member for one in (*self.pairs, *parted) for member in (one.a, one.b))

    def after(self, people: Rulings) -> Rulings:
        """Return these with what people say: where they have spoken of a pair, the judge isn't heard on it."""
        spoken = {frozenset((one.a, one.b)) for one in people.pairs}
        left = _unspoken(self.pairs, spoken)
        alone = {member: spans for member, spans in self.alone.items() if member not in people.met}
        partings = tuple(kept for parting in self.partings if (kept := _unspoken(parting, spoken)))
        return Rulings((*people.pairs, *left), alone, self.calibrations, partings)


def _unspoken(pairs: Iterable[PairRuling], spoken: Set[frozenset[Member]]) -> tuple[PairRuling, ...]:
    return tuple(one for one in pairs if frozenset((one.a, one.b)) not in spoken)


@dataclass(frozen=True)
class _Said:
    """One statement of one asking; ``words`` are by provision."""

    asking: Asking
    label: str
    words: tuple[Words, ...]
    model: str
    probability: float | None

    @property
    def members(self) -> list[Member]:
        return sorted({member for member, _, _ in self.words})


def rulings_of(sides: Sequence[CodedDocument], memory: Memory) -> Rulings:
    """Return what the kept answers say of these documents, whichever questions they were given to.

    A pair that is called opposed and shared is given to what more askings say, to neither of equals. A point of one
    document is alone where most askings say so (:data:`MOSTLY`); the few that find its like are then not heard on it.
    """
    said = list(_statements(sides, memory))
    alike = [one for one in said if _SENSES[one.label] == "shared"]
    alone = _alone(sides, said, alike, _shown(sides, memory))
    answered = [one for one in alike if not any(_inside(word, alone.get(word[0], ())) for word in one.words)]
    heard = [*answered, *(one for one in said if one.label == "opposed")]
    votes_of: dict[tuple[Member, Member], dict[str, dict[str, list[_Said]]]] = {}
    for one in heard:
        for pair in _across(one.members):
            votes_of.setdefault(pair, {}).setdefault(one.model, {}).setdefault(_SENSES[one.label], []).append(one)
    ruled = [
        ruling
        for pair, by_model in sorted(votes_of.items())
        for model, by_sense in sorted(by_model.items())
        if (ruling := _on_pair(pair, model, by_sense, heard)) is not None
    ]
    agreed = {(one.a, one.b) for one in ruled if one.label == "same" or (one.label == "means" and one.askings > 2)}
    opposed = {(one.a, one.b) for one in ruled if one.label == "opposed" and one.sure}
    partings = tuple(_pairs_of(one, opposed) for one in partings_of(sides, memory, agreed))
    return Rulings(tuple(ruled), alone, memory.calibrations, partings)


def _pairs_of(parting: Parting, opposed: Set[tuple[Member, Member]]) -> tuple[PairRuling, ...]:
    """The pairs of a parting: as sure as two askings where it may be printed, else as one."""
    pairs = list(_across(sorted(parting.members)))
    askings = 2 if parting.sure(told=any(pair in opposed for pair in pairs)) else 1
    return tuple(
        PairRuling(
            *pair, "opposed", parting.model, _of_pair(parting.words, pair), "model", parting.probability, askings
        )
        for pair in pairs
    )


def _of_pair(words: Iterable[Words], pair: tuple[Member, Member]) -> tuple[Words, ...]:
    return tuple(word for word in words if word[0] in pair)


def _alone(
    sides: Sequence[CodedDocument], said: Sequence[_Said], alike: Sequence[_Said], shown: Mapping[Member, set[Asking]]
) -> dict[Member, tuple[Span, ...]]:
    """The words to which nothing of the other documents speaks: a provision, or where parts of it are answered, points
    of it."""
    only = [one for one in said if one.label == "only"]
    found: dict[Member, tuple[Span, ...]] = {}
    for side, index in sorted({member for one in only for member in one.members}):
        member, whole = (side, index), sides[side].provisions[index].span
        points = sorted({Span(start, end) for one in only for owner, start, end in one.words if owner == member})
        if not _askings((member, whole.start, whole.end), alike):
            points = [whole]
        held = [place for place in points if _surely((member, place.start, place.end), only, alike, len(shown[member]))]
        if held:
            found[member] = tuple(held)
    return found


def _surely(word: Words, only: Sequence[_Said], alike: Sequence[_Said], shown: int) -> bool:
    votes = len(_askings(word, only))
    return votes > 1 and votes >= MOSTLY * shown and votes >= SURELY * len(_askings(word, alike))


def _shown(sides: Sequence[CodedDocument], memory: Memory) -> dict[Member, set[Asking]]:
    """The askings that showed each provision."""
    places = places_of(sides)
    found: dict[Member, set[Asking]] = {}
    for kept in memory.current():
        for document, start, _ in kept.passages:
            member = places.get((document, start))
            if member is not None and kept.task == "finding":
                found.setdefault(member, set()).add((kept.item, kept.round))
    return found


def _askings(word: Words, said: Iterable[_Said]) -> set[Asking]:
    """The askings whose statements lean on these words."""
    return {one.asking for one in said if any(_near(word, other) for other in one.words)}


def _inside(word: Words, spans: Sequence[Span]) -> bool:
    return any(word[1] < span.end and span.start < word[2] for span in spans)


def _on_pair(
    pair: tuple[Member, Member], model: str, by_sense: Mapping[str, list[_Said]], said: Sequence[_Said]
) -> PairRuling | None:
    """The sense in which most askings relate a pair, where two do; None of equals.

    What one asking says of it is confirmed also by the other asking of the same question, where that says the same of
    other passages beside some of these (:func:`_twin`); an opposition is then in doubt.
    """
    counts = sorted(((len({one.asking for one in group}), sense) for sense, group in by_sense.items()), reverse=True)
    if len(counts) > 1 and counts[0][0] == counts[1][0]:
        return None
    count, sense = counts[0]
    group = by_sense[sense]
    if count < 2 and not any(_twin(group[0], other) for other in said):
        return None
    words = _of_pair(sorted({word for one in group for word in one.words}), pair)
    chances = sorted(one.probability for one in group if one.probability is not None)
    if sense == "opposed":
        chance = round(sum(chances) / len(chances), 4) if chances else None
    else:
        chance = chances[(len(chances) - 1) // 2] if chances else None
    return PairRuling(*pair, _class(sense, group), model, words, probability=chance, askings=count)


def _twin(one: _Said, other: _Said) -> bool:
    """Whether the other asking of one question says the same in this sense: of some of these passages on both sides;
    that two are opposed, also where it leans on the very words of one side."""
    if one.model != other.model or one.asking[0] != other.asking[0] or one.asking[1] == other.asking[1]:
        return False
    if _SENSES[one.label] != _SENSES[other.label]:
        return False
    sides = {side for side, _ in set(one.members) & set(other.members)}
    return len(sides) > 1 or (one.label == "opposed" and _touch(one, other))


def _statements(sides: Sequence[CodedDocument], memory: Memory) -> Iterator[_Said]:
    places = places_of(sides)
    for kept in memory.current():
        if kept.task != "finding":
            continue
        members = [places.get((document, start)) for document, start, _ in kept.passages]
        for statement in kept.statements:
            words = tuple(words_of(statement, members))
            if statement.label in _SENSES and len(words) == len(statement.places):
                asking = (kept.item, kept.round)
                yield _Said(asking, statement.label, words, kept.model, statement.probability)


def _touch(one: _Said, other: _Said) -> bool:
    return any(_near(a, b) for a in one.words for b in other.words)


def _near(a: Words, b: Words) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def _across(members: Sequence[Member]) -> Iterator[tuple[Member, Member]]:
    for number, a in enumerate(members):
        for b in members[number + 1 :]:
            if a[0] != b[0]:
                yield a, b


def _class(sense: str, group: Sequence[_Said]) -> Judged:
    """The class of a pair: the weaker of ``same`` and ``means`` where both were said."""
    if sense == "opposed":
        return "opposed"
    return "means" if any(one.label == "means" for one in group) else "same"

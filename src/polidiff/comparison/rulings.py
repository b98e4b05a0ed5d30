"""What a judge's answers say of two documents: where they agree, where they clash, and what stands in one alone.

Answers are proved statements: a label, and words of the passages that decided. What is said of two passages counts when
a second asking says it too: the same question in the other order, or another one that shows both. What is said of some
words of a passage says nothing of its other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from polidiff.alignment import CodedDocument
from polidiff.comparison.questions import Member
from polidiff.judges.protocol import Memory, Statement
from polidiff.model import Judged, Span
from polidiff.thresholds import threshold

__all__ = ["COMMITS", "PairRuling", "Rulings", "rulings_of"]

COMMITS = 0.5
"""How far a provision must commit its document for a matter to be its own."""
SLACK = 30
"""Code points between two quotations of one passage that are taken for the same point."""

SURELY = 3
"""How many askings that call a point one document's alone outweigh one that finds its like in the other. On two pairs
that may be read, points that a reader called alone had at least three for each such, answered ones at most two."""

Sense = Literal["shared", "opposed", "only"]
_SENSES: Mapping[str, Sense] = {"same": "shared", "means": "shared", "opposed": "opposed", "only": "only"}
Words = tuple[Member, int, int]
"""Words of a provision: its side and index, and where they start and end in its document."""


@dataclass(frozen=True, slots=True)
class PairRuling:
    """What a judge says of two provisions in two askings or more, proved by words of both."""

    a: Member
    b: Member
    label: Judged
    model: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Rulings:
    """Everything that a judge has said of a comparison: pairs, and the points (words of a provision) to which it said
    that no other document speaks."""

    pairs: tuple[PairRuling, ...] = ()
    alone: Mapping[Member, tuple[Span, ...]] = field(default_factory=dict)

    @property
    def met(self) -> frozenset[Member]:
        """The provisions that stand in a pair."""
        return frozenset(member for one in self.pairs for member in (one.a, one.b))


@dataclass(frozen=True)
class _Said:
    """One statement of one asking; ``words`` are by provision."""

    asking: tuple[str, int]
    label: str
    words: tuple[Words, ...]
    model: str

    @property
    def members(self) -> list[Member]:
        return sorted({member for member, _, _ in self.words})


def rulings_of(sides: Sequence[CodedDocument], memory: Memory) -> Rulings:
    """Return what the kept answers say of these documents, whichever questions they were given to.

    A pair that is called opposed and shared is given to what more askings say, to neither of equals. A point of one
    document is alone where two askings say so, and :data:`SURELY` times as many as say that something of the other is
    like it in these very words; those are then not heard on it.
    """
    said = list(_statements(sides, memory))
    only = [one for one in said if one.label == "only"]
    alike = [one for one in said if _SENSES[one.label] == "shared"]
    alone: dict[Member, list[Span]] = {}
    for one in only:
        for word in one.words:
            votes = len(_askings(word, (other for other in only if other.model == one.model), SLACK))
            if votes > 1 and votes >= SURELY * len(_askings(word, alike, 0)):
                alone.setdefault(word[0], []).append(Span(word[1], word[2]))
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
    return Rulings(tuple(ruled), {member: tuple(sorted(set(spans))) for member, spans in sorted(alone.items())})


def _askings(word: Words, said: Iterable[_Said], slack: int) -> set[tuple[str, int]]:
    """The askings whose statements lean on these words."""
    return {one.asking for one in said if any(_near(word, other, slack) for other in one.words)}


def _inside(word: Words, spans: Sequence[Span]) -> bool:
    return any(word[1] < span.end and span.start < word[2] for span in spans)


def _on_pair(
    pair: tuple[Member, Member], model: str, by_sense: Mapping[str, list[_Said]], said: Sequence[_Said]
) -> PairRuling | None:
    """The sense in which most askings relate a pair, where two do; None of equals.

    What one asking says of it is confirmed also by the other asking of the same question, where that says the same of
    other passages beside some of these (:func:`_twin`).
    """
    counts = sorted(((len({one.asking for one in group}), sense) for sense, group in by_sense.items()), reverse=True)
    if len(counts) > 1 and counts[0][0] == counts[1][0]:
        return None
    count, sense = counts[0]
    group = by_sense[sense]
    if count < 2 and not any(_twin(group[0], other) for other in said):
        return None
    words = tuple(sorted({word for one in group for word in one.words if word[0] in pair}))
    return PairRuling(*pair, _class(sense, group), model, words)


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
    places = {
        (side.document.id, provision.start): (number, index)
        for number, side in enumerate(sides)
        for index, provision in enumerate(side.provisions)
    }
    for kept in memory.current():
        if kept.task != "finding":
            continue
        members = [places.get((document, start)) for document, start, _ in kept.passages]
        for statement in kept.statements:
            words = tuple(_words(statement, members))
            if statement.label in _SENSES and len(words) == len(statement.places) and not _doubted(statement):
                yield _Said((kept.item, kept.round), statement.label, words, kept.model)


def _words(statement: Statement, members: Sequence[Member | None]) -> Iterator[Words]:
    for (_, start, end), number in zip(statement.places, statement.passages, strict=True):
        member = members[number]
        if member is not None:
            yield member, start, end


def _doubted(statement: Statement) -> bool:
    """Whether whoever answered doubts an opposition too much for it to be printed."""
    probability = statement.probability
    return statement.label == "opposed" and probability is not None and probability < threshold("judging.opposed")


def _touch(one: _Said, other: _Said) -> bool:
    return any(_near(a, b, SLACK) for a in one.words for b in other.words)


def _near(a: Words, b: Words, slack: int) -> bool:
    return a[0] == b[0] and a[1] < b[2] + slack and b[1] < a[2] + slack


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

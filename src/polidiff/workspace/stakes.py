"""What hangs on a proposal: which finding it would settle or overturn, and how much that is worth to know.

Each finding that isn't sure has one question that says most about it. On a matter that is the likeliest link between
its passages that nobody has decided; on a theme the code by which the document that speaks to it least does so at all.
Questions are ranked by how unsure the finding is, how near the top it stands, and how unsure the proposal is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from polidiff.alignment import CodedDocument
from polidiff.comparison.matters import matters
from polidiff.encode import Encoder
from polidiff.model import Comparison, Finding, Passage
from polidiff.thresholds import threshold
from polidiff.workspace.decisions import Target
from polidiff.workspace.queue import Item

__all__ = ["Stake", "by_value", "members_of", "stakes"]

End = tuple[str, str]
"""A document's id and a provision's."""


@dataclass(frozen=True, slots=True)
class Stake:
    """A finding that hangs on a proposal, and what deciding it is worth, in 0..1."""

    finding: Finding
    value: float


class _Proposed:
    """The proposals by what they are about."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.links: dict[frozenset[End], int] = {}
        self.linked: dict[End, list[int]] = {}
        self.codes: dict[tuple[End, str], int] = {}
        for number, item in enumerate(items):
            ends = [(passage.document, passage.provision) for passage in item.passages]
            if item.target.kind == "link":
                self.links[frozenset(ends)] = number
                for end in ends:
                    self.linked.setdefault(end, []).append(number)
            else:
                self.codes[ends[0], item.target.code.partition(":")[2]] = number


def members_of(sides: Sequence[CodedDocument], encoder: Encoder) -> dict[str, frozenset[End]]:
    """Return the provisions on each matter of these documents, by the matter's id."""
    return {
        matter.id: frozenset((sides[side].document.id, sides[side].provisions[at].id) for side, at in matter.members)
        for matter in matters(sides, encoder)
    }


def stakes(
    comparison: Comparison,
    items: Sequence[Item],
    findings: Mapping[str, Target],
    members: Mapping[str, Collection[End]],
    decided: Collection[Target],
) -> dict[int, Stake]:
    """Return what hangs on which of ``items``, by their numbers.

    ``findings`` are the targets of findings by theme, ``members`` the provisions on each matter. What was decided
    (``decided``) is no question any more.
    """
    proposed = _Proposed(items)
    made: dict[int, Stake] = {}
    for rank, finding in _ranked(comparison):
        need = 1.0 if finding.finding == "undecided" else 1.0 - (finding.probability or 0.5)
        settled = finding.matter is None and findings.get(finding.theme) in decided
        if settled or finding.by == "person" or need < threshold("review.unsure"):
            continue
        silent = len({passage.document for passage in finding.passages}) < len(comparison.documents)
        if finding.matter is None and finding.finding == "undecided" and silent:
            continue  # no code shows that the others are silent: that is said on the theme's page
        number = _question(proposed, finding, members, decided)
        if number is None:
            continue
        value = need / (1 + rank / threshold("review.half")) * (1 + items[number].doubt) / 2
        if number not in made or value > made[number].value:
            made[number] = Stake(finding, round(value, 6))
    return made


def by_value(
    comparison: Comparison,
    items: Sequence[Item],
    findings: Mapping[str, Target],
    members: Mapping[str, Collection[End]],
    decided: Collection[Target],
) -> tuple[tuple[Item, ...], dict[int, Stake], int]:
    """Return the proposals by what they are worth to decide, the stakes by their new numbers, and where trifles begin.

    First those on which a finding hangs, then those that stand in a finding, by doubt; last those that no finding uses.
    """
    found = stakes(comparison, items, findings, members, decided)
    used = _used(comparison)

    def carries(item: Item) -> bool:
        ends = frozenset((passage.document, passage.provision) for passage in item.passages)
        if item.target.kind == "link":
            return ends in used
        return (next(iter(ends)), item.target.code.partition(":")[2]) in used

    tiers = [0 if number in found else 1 if carries(item) else 2 for number, item in enumerate(items)]
    values = {number: stake.value for number, stake in found.items()}
    order = sorted(range(len(items)), key=lambda number: (tiers[number], -values.get(number, 0.0), number))
    placed = {old: new for new, old in enumerate(order)}
    renumbered = {placed[old]: stake for old, stake in found.items()}
    return tuple(items[number] for number in order), renumbered, sum(tier < 2 for tier in tiers)


def _ranked(comparison: Comparison) -> Iterator[tuple[int, Finding]]:
    """The findings with their ranks: those on themes and those on matters, each in the order of the report."""
    yield from enumerate(comparison.broad)
    yield from enumerate(comparison.matters)


def _question(
    proposed: _Proposed, finding: Finding, members: Mapping[str, Collection[End]], decided: Collection[Target]
) -> int | None:
    """The number of the proposal that says most about a finding; None where that is decided, or there is none."""
    if finding.matter is None:
        return _code(proposed, finding, decided)
    numbers = _links(proposed, finding, members.get(finding.matter, ()))
    for number in numbers:
        if proposed.items[number].target not in decided:
            return number
    return None


def _links(proposed: _Proposed, finding: Finding, members: Collection[End]) -> list[int]:
    """The links that say most on a matter: of its pairs, else between its members; the likeliest first."""
    paired = (proposed.links.get(frozenset(((p.source_document, p.source), (p.document, p.id)))) for p in finding.pairs)
    found = {number for number in paired if number is not None}
    if not found:
        held = Counter(number for end in members for number in proposed.linked.get(end, ()))
        found = {number for number, ends in held.items() if ends > 1}
    return sorted(found, key=lambda number: (-proposed.items[number].score, number))[: int(threshold("review.tries"))]


def _code(proposed: _Proposed, finding: Finding, decided: Collection[Target]) -> int | None:
    """The code by which the document that speaks to the finding's theme least does so, of which nobody said so yet."""
    best: dict[str, int] = {}
    sure: set[str] = set()
    for passage in finding.passages:
        number = proposed.codes.get(((passage.document, passage.provision), finding.theme))
        if number is None or proposed.items[number].target in decided:
            sure.add(passage.document)
        elif _better(proposed, number, best.get(passage.document)):
            best[passage.document] = number
    asked = [number for document, number in best.items() if document not in sure]
    return min(asked, key=lambda number: (proposed.items[number].score, number), default=None)


def _better(proposed: _Proposed, number: int, held: int | None) -> bool:
    return held is None or proposed.items[number].score > proposed.items[held].score


def _used(comparison: Comparison) -> set[object]:
    """What the findings stand on: pairs of provisions, and provisions with the theme that they are shown on."""
    used: set[object] = set()
    for finding in (*comparison.findings, *comparison.matters):
        for pair in finding.pairs:
            used.add(frozenset(((pair.source_document, pair.source), (pair.document, pair.id))))
        used.update((_end(passage), finding.theme) for passage in finding.passages)
    return used


def _end(passage: Passage) -> End:
    return passage.document, passage.provision

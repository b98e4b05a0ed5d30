"""What stands across from what: a document's provisions in its order, with those of others that answer each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from polidiff.alignment.figures import figures_said
from polidiff.model import Coding, Match, Provision, Relation, Unique
from polidiff.report.passages import LIKELY
from polidiff.web.snapshot import Snapshot
from polidiff.wording import Locale, term
from polidiff.workspace import DecisionState, Target
from polidiff.workspace.decisions import flipped

MOST = 3
"""Links of one provision to one document that are shown in its row, beside those that people decided."""

Ends = tuple[str, str, str, str]
"""Document and provision of the left column, document and provision of another."""


@dataclass(frozen=True)
class Link:
    """A provision of another column that answers one of the left, with what was decided of it.

    ``match`` runs from left to right; ``standing`` is None where nobody decided.
    """

    match: Match
    standing: DecisionState | None

    @property
    def rejected(self) -> bool:
        """Whether people say that the two have nothing to do with one another."""
        held = self.standing.decided if self.standing is not None else None
        return held is not None and held.verdict == "reject"

    @property
    def accepted(self) -> bool:
        """Whether people say that the second answers the first."""
        return self.standing is not None and self.standing.decided is not None and not self.rejected

    @property
    def relation(self) -> str:
        """How the two relate, as a person gave it where one did: a relation, or ``opposed``."""
        held = self.standing.decided if self.standing is not None else None
        return "opposed" if held is not None and held.verb == "opposed" else self.match.relation

    @property
    def holds(self) -> bool:
        """Whether it is shown as a link: accepted, or likely and not rejected."""
        return self.accepted or (self.match.score >= LIKELY and not self.rejected)


@dataclass(frozen=True)
class Cell:
    """One other document across from a provision: its links, those that people rejected, and how alone it stands."""

    links: tuple[Link, ...]
    rejected: tuple[Link, ...]
    alone: Unique | None


@dataclass(frozen=True)
class Row:
    """A provision of the left column, its number in that document (from 0), and a cell for each other column."""

    number: int
    provision: Provision
    cells: tuple[Cell, ...]

    @property
    def linked(self) -> bool:
        """Whether any other column answers it."""
        return any(cell.links for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Whether an answer differs from it in something that is named."""
        return any(link.match.differs for cell in self.cells for link in cell.links)


class Across:
    """The left document's provisions (leaves), and what the machine proposes across from each. Made once a snapshot."""

    def __init__(self, snapshot: Snapshot, left: str, right: str) -> None:
        self.left, self.right = left, right
        found: dict[tuple[str, str], Match] = {}
        alignments = snapshot.proposal.alignments
        for pair in ((left, right), (right, left)):
            for run in alignments[pair].matches:
                for match in run:
                    _take(found, match if pair[0] == left else turned(match))
        for match in snapshot.comparison.matches:
            if (match.source_document, match.document) == (left, right):
                found.setdefault((match.source, match.id), match)
            elif (match.source_document, match.document) == (right, left):
                found.setdefault((match.id, match.source), turned(match))
        self.matches: dict[str, list[Match]] = {}
        for match in found.values():
            self.matches.setdefault(match.source, []).append(match)
        for held in self.matches.values():
            held.sort(key=lambda match: (-match.score, match.id))
        self.alone = {one.source: one for one in alignments[left, right].uniques}

    def cell(self, provision: str, decided: Mapping[Ends, tuple[DecisionState, Relation | None]]) -> Cell:
        """Return what stands across from a provision, under what people decided."""
        links = []
        for match in self.matches.get(provision, ()):
            standing, said = decided.get((self.left, provision, self.right, match.id), (None, None))
            links.append(Link(replace(match, relation=said) if said is not None else match, standing))
        holding = sorted((one for one in links if one.holds), key=lambda one: not one.accepted)
        shown = [one for place, one in enumerate(holding) if place < MOST or one.accepted]
        return Cell(tuple(shown), tuple(one for one in links if one.rejected), self.alone.get(provision))


def _take(found: dict[tuple[str, str], Match], match: Match) -> None:
    held = found.get((match.source, match.id))
    if held is None or match.score > held.score:
        found[match.source, match.id] = match


def turned(match: Match) -> Match:
    """Return the same link seen from the other side."""
    return replace(
        match,
        source_document=match.document,
        source=match.id,
        document=match.source_document,
        id=match.source,
        relation=flipped(match.relation),
        words=tuple((b, a) for a, b in match.words),
    )


def across(snapshot: Snapshot, left: str, right: str) -> Across:
    """Return what stands across from what in two documents; it is worked out once a snapshot."""
    key = "side", left, right
    if key not in snapshot.kept:
        snapshot.kept[key] = Across(snapshot, left, right)
    return cast(Across, snapshot.kept[key])


def decided_links(
    snapshot: Snapshot, standings: Mapping[Target, DecisionState]
) -> dict[Ends, tuple[DecisionState, Relation | None]]:
    """Return what was decided of links, under both directions: with the relation that holds, seen from the first."""
    made: dict[Ends, tuple[DecisionState, Relation | None]] = {}
    for target, held in standings.items():
        if target.kind != "link":
            continue
        one, other = (snapshot.places.provision(anchor) for anchor in target.anchors)
        if one is None or other is None:
            continue
        row = held.decided
        said = cast(Relation, row.value) if row is not None and row.value and row.verdict != "reject" else None
        made[one.document, one.id, other.document, other.id] = held, said
        made[other.document, other.id, one.document, one.id] = held, flipped(said) if said is not None else None
    return made


def rows(
    snapshot: Snapshot, columns: Sequence[str], standings: Mapping[Target, DecisionState], theme: str = ""
) -> list[Row]:
    """Return the rows of a table of documents, the first leading; narrowed to a theme where one is named."""
    decided = decided_links(snapshot, standings)
    left, others = columns[0], [across(snapshot, columns[0], other) for other in columns[1:]]
    codings = snapshot.bench("en").codings
    made = []
    for number, provision in enumerate(leaves(snapshot, left)):
        if theme and not _speaks(codings.get((left, provision.id)), theme):
            continue
        made.append(Row(number, provision, tuple(other.cell(provision.id, decided) for other in others)))
    return made


ONLY: Mapping[str, Callable[[Row], bool]] = {
    "linked": lambda row: row.linked,
    "all": lambda row: True,
    "differing": lambda row: row.differs,
    "alone": lambda row: not row.linked,
}
"""Ways to narrow the rows, the first where none is named; ``alone`` are those that no other column answers."""


def by_matter(snapshot: Snapshot, found: Iterable[Row]) -> list[Row]:
    """Return rows by the matter that they are on, the weightiest first, each matter's in the document's order."""
    last = len(snapshot.comparison.matters)

    def place(row: Row) -> tuple[int, int]:
        held = snapshot.matters.get((row.provision.document, row.provision.id))
        return (last if held is None else held[0]), row.number

    return sorted(found, key=place)


def holding(snapshot: Snapshot, found: Iterable[Row], words: str) -> list[Row]:
    """Return the rows in which every word of ``words`` stands, in the leading passage or in those that answer it."""
    wanted = words.casefold().split()
    provisions = snapshot.bench("en").provisions
    made = []
    for row in found:
        answers = (provisions[link.match.document, link.match.id].text for cell in row.cells for link in cell.links)
        text = "\n".join((row.provision.text, *answers)).casefold()
        if all(word in text for word in wanted):
            made.append(row)
    return made


def leaves(snapshot: Snapshot, document: str) -> Sequence[Provision]:
    """Return the provisions of a document that are compared, in its order."""
    key = "side", document
    if key not in snapshot.kept:
        side = next(one for one in snapshot.proposal.sides if one.document.id == document)
        snapshot.kept[key] = tuple(one for one in side.provisions if one.leaf)
    return cast(Sequence[Provision], snapshot.kept[key])


def _speaks(coding: Coding | None, theme: str) -> bool:
    return coding is not None and any(code.id == theme for code in coding.themes)


def differences(
    match: Match, texts: tuple[str, str], codings: tuple[Coding | None, Coding | None], tongue: Locale
) -> Iterable[tuple[str, str]]:
    """Yield in what two provisions differ: the respect, and what each says, where the coder has a word for it; figures
    in the words of the texts."""
    figures = figures_said(*texts)
    for kind in dict.fromkeys(match.differs):
        left, right = figures.get(kind) or (_said(kind, codings[0], tongue), _said(kind, codings[1], tongue))
        yield term("differs", kind, tongue), f"{left} ↔ {right}" if left and right and left != right else ""


def _said(kind: str, coding: Coding | None, tongue: Locale) -> str:
    if coding is None:
        return ""
    if kind == "actor":
        return ", ".join(list(dict.fromkeys(actor.name for actor in coding.lead))[:2])
    if kind == "instrument":
        return term("instrument", coding.instruments[0].id, tongue) if coding.instruments else ""
    if kind == "direction":
        return term("posture", coding.posture.id, tongue)
    if kind in ("strength", "forum"):
        return term(kind, coding.strength.id if kind == "strength" else coding.forum.id, tongue)
    return ""

"""What is left to decide: links and codes by doubt, the scores nearest to one half first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.model import Match, Passage, Reason, Relation
from polidiff.workspace.decisions import Target, flipped, link_target
from polidiff.workspace.places import Places
from polidiff.workspace.state import DecisionState

if TYPE_CHECKING:
    from polidiff.workspace.pipeline import Proposal


@dataclass(frozen=True)
class Item:
    """Something the machine proposes, with the passages to look at.

    ``name`` is how it is called in commands, ``proposed`` the relation (seen from the first passage) or the code,
    ``doubt`` is 1 at a score of one half and 0 at 0 and 1.
    """

    name: str
    target: Target
    score: float
    proposed: str
    passages: tuple[Passage, ...]
    reasons: tuple[Reason, ...]
    standing: DecisionState | None = None

    @property
    def doubt(self) -> float:
        """How near the score is to one half."""
        return round(1 - 2 * abs(self.score - 0.5), 4)

    @property
    def open(self) -> bool:
        """Whether nobody decided it yet, or people are at odds over it."""
        return self.standing is None or self.standing.decided is None

    @property
    def conflict(self) -> bool:
        """Whether people decided it differently."""
        return self.standing is not None and self.standing.conflict

    def open_for(self, name: str) -> bool:
        """Whether one person hasn't decided it, whatever others did."""
        return self.standing is None or self.standing.of(name) is None


def items(
    proposal: Proposal, places: Places, standings: Mapping[Target, DecisionState], *, blind: bool = False
) -> tuple[Item, ...]:
    """Return every link and theme code that the machine proposes, by doubt; conflicts come first unless ``blind``."""
    found = [*_links(proposal, places, standings), *_codes(proposal, places, standings)]

    def order(item: Item) -> tuple[bool, float, bool, str]:
        return blind or not item.conflict, -item.doubt, item.target.kind != "link", item.name

    return tuple(sorted(found, key=order))


def _links(proposal: Proposal, places: Places, standings: Mapping[Target, DecisionState]) -> Iterable[Item]:
    """One item for both directions of a link: the direction with the higher score speaks."""
    from polidiff.comparison.passages import passage_of

    best: dict[Target, tuple[Match, bool]] = {}
    for alignment in proposal.alignments.values():
        for matches in alignment.matches:
            for match in matches:
                one = places.by_id(match.source_document, match.source)
                other = places.by_id(match.document, match.id)
                if one is None or other is None:
                    continue
                ends = places.anchor(one.document, one.span), places.anchor(other.document, other.span)
                target, turned = link_target(*ends)
                if target not in best or match.score > best[target][0].score:
                    best[target] = match, turned
    for target, (match, turned) in best.items():
        provisions = [places.provision(anchor) for anchor in target.anchors]
        left, right = (p for p in provisions if p is not None)
        relation: Relation = flipped(match.relation) if turned else match.relation
        words = [(b, a) if turned else (a, b) for a, b in match.words]
        yield Item(
            name=f"{left.document}#{left.id}--{right.document}#{right.id}",
            target=target,
            score=match.score,
            proposed=relation,
            passages=(
                passage_of(left, match.score, tuple(a for a, _ in words)),
                passage_of(right, match.score, tuple(b for _, b in words)),
            ),
            reasons=match.reasons,
            standing=standings.get(target),
        )


def _codes(proposal: Proposal, places: Places, standings: Mapping[Target, DecisionState]) -> Iterable[Item]:
    from polidiff.comparison.passages import passage_of

    for side in proposal.sides:
        for provision, coding in zip(side.provisions, side.codings, strict=True):
            anchor = places.anchor(side.document.id, provision.span)
            for code in coding.themes:
                target = Target("code", (anchor,), f"theme:{code.id}")
                cues = tuple(dict.fromkeys(side.document.cut(cue) for cue in code.cues))
                yield Item(
                    name=f"{provision.document}#{provision.id}={target.code}",
                    target=target,
                    score=code.score,
                    proposed=target.code,
                    passages=(passage_of(provision, code.score, code.cues),),
                    reasons=(Reason.of("words.cues", code.score, words=cues),) if cues else (),
                    standing=standings.get(target),
                )

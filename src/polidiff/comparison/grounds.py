"""Where two documents stand: what a judge is asked of the strongest that each says on one ground, many at once.

Between two strategies opposition is a matter of stance, in words that are not near and often in no one passage. So a
question shows what each says on a ground that runs through the whole document (what it is all for, how it stands to
others, what it would loosen or limit, who pays), and then, many passages a side, what is worth most to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from polidiff.alignment import CodedDocument
from polidiff.comparison.matters import said
from polidiff.comparison.questions import LEAST_SAID, asked_passages, blocks, on_themes, worth_of
from polidiff.judges.protocol import Item, item_of
from polidiff.model import Coding

if TYPE_CHECKING:
    from polidiff.comparison.findings import Alignments

__all__ = ["stance_items"]

ON_GROUND, EACH, BLOCKS = 12, 32, 6
"""Passages of each side on a ground and in other questions, and how many others there are of two documents at the most.
A question of 32 a side shows sixteen times the pairs of one of eight in four times the words: on six pairs that may be
read these show 24 of 31 pairs of a reader's divergent findings in 27,000 words a pair of documents, where 80 questions
of eight a side show 25 in 67,000 words and 20 of them 15 in 20,000."""
THEMES = 0.5
"""What passages strongly on one theme are worth beside being among the nearest."""


def stance_items(sides: Sequence[CodedDocument], alignments: Alignments) -> list[Item]:
    """Return the questions on where each pair of documents parts: those on grounds first, then the weightiest.

    A ground whose passages stand in the questions before it is not asked about.
    """
    found: dict[str, Item] = {}
    for first in range(len(sides)):
        for second in range(first + 1, len(sides)):
            for item in _on_pair(sides, first, second, alignments):
                found.setdefault(item.id, item)
    return list(found.values())


def _on_pair(sides: Sequence[CodedDocument], first: int, second: int, alignments: Alignments) -> Iterator[Item]:
    import numpy as np

    a, b = sides[first], sides[second]
    worth = worth_of(a, b, alignments) + np.round(on_themes(a, b), 6)
    for name, ground in GROUNDS.items():
        rows, columns = _strongest(a, ground), _strongest(b, ground)
        shown = np.ix_(rows, columns)
        if worth[shown].any():
            worth[shown] = 0.0
            yield _item(sides, (first, rows), (second, columns), {"on": name})
    for _, rows, columns in sorted(blocks(THEMES * worth, EACH), key=lambda one: -one[0])[:BLOCKS]:
        yield _item(sides, (first, rows), (second, columns), {})


def _item(
    sides: Sequence[CodedDocument], a: tuple[int, list[int]], b: tuple[int, list[int]], facts: Mapping[str, str]
) -> Item:
    members = [(side, index) for side, indices in (a, b) for index in indices]
    return item_of("stance", asked_passages(sides, members), facts)


def _strongest(side: CodedDocument, ground: Callable[[Coding, float], float]) -> list[int]:
    """The provisions that say most on a ground, in the document's order."""
    count = len(side.codings)
    worth = [
        round(ground(coding, index / count) * max(LEAST_SAID, said(side, index)), 6)
        for index, coding in enumerate(side.codings)
    ]
    best = sorted(range(count), key=lambda index: (-worth[index], index))[:ON_GROUND]
    return sorted(index for index in best if worth[index] > 0)


def _ends(coding: Coding, place: float) -> float:
    """Aims and principles, and what stands in front: there a document says what it is for."""
    end = coding.kind.score if coding.kind.id in ("aim", "principle") else 0.0
    return end + 1.0 / (1.0 + 10.0 * place)


def _others(coding: Coding, _: float) -> float:
    posture = coding.posture.score if coding.posture.id != "neutral" else 0.0
    return posture + (coding.forum.score if coding.forum.id in ("allied", "multilateral") else 0.0)


def _rules(coding: Coding, _: float) -> float:
    way = coding.direction.score if coding.direction.id in ("ease", "limit", "safeguard") else 0.0
    return way + _by_means(coding, "regulation", "prohibition")


def _money(coding: Coding, _: float) -> float:
    others = coding.actor.score if coding.actor.id in ("firms", "people") else 0.0
    return others + _by_means(coding, "funding", "tax", "procurement", "infrastructure", "institution_building")


def _by_means(coding: Coding, *means: str) -> float:
    return max((code.score for code in coding.instruments if code.id in means), default=0.0)


GROUNDS: Mapping[str, Callable[[Coding, float], float]] = {
    "what it is all for": _ends,
    "how to stand to others: rivals, allies, common bodies": _others,
    "rules: what to loosen, what to limit and guard": _rules,
    "who pays and builds: the state, firms, the market": _money,
}
"""What runs through a whole document, by the name that a judge is told."""

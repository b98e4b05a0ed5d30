"""Pairs by meaning: for two translations of one text, which share few words or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polidiff.comparison.versions.units import Unit
from polidiff.encode import Encoder
from polidiff.model import Document
from polidiff.ranking.evidence import evidence
from polidiff.ranking.passage import Passage, passage_of

LEAST = 0.35
"""Least sum of score (0..1), place and number for a pair."""

PLACE = 0.5
"""What it counts to stand at the same share of the document; nothing from a tenth of it away."""

NUMBERED = 0.2
"""What it counts to bear the same number of an article, section or recital."""


def pair_by_meaning(
    pairs: dict[int, int], old: tuple[Document, Sequence[Unit]], new: tuple[Document, Sequence[Unit]], encoder: Encoder
) -> int:
    """Add to ``pairs`` what the encoder pairs among the units that are left, best first; return how many."""
    taken = set(pairs.values())
    left = [i for i in range(len(old[1])) if i not in pairs]
    right = [j for j in range(len(new[1])) if j not in taken]
    if not left or not right:
        return 0
    score = evidence(_side(old, left), _side(new, right), encoder).score
    candidates = []
    for x, i in enumerate(left):
        for y, j in enumerate(right):
            apart = abs((i + 0.5) / len(old[1]) - (j + 0.5) / len(new[1]))
            sum_of = float(score[x, y]) + PLACE * max(0.0, 1 - 10 * apart)
            sum_of += NUMBERED * _same_number(old[1][i], new[1][j])
            if score[x, y] > 0 and sum_of >= LEAST:
                candidates.append((-round(sum_of, 6), i, j))
    before = len(pairs)
    for _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return len(pairs) - before


def _side(read: tuple[Document, Sequence[Unit]], chosen: Sequence[int]) -> list[Passage]:
    return [passage_of(read[0], read[1][i].provision) for i in chosen]


def _same_number(a: Unit, b: Unit) -> bool:
    """Whether both belong to the article, section or recital of the same number, in any language."""
    roots = [re.match(r"(?:art|sec|rec|annex)-\w+", unit.provision.id) for unit in (a, b)]
    return roots[0] is not None and roots[1] is not None and roots[0].group() == roots[1].group()

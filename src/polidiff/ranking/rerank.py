"""The best of each row put in a new order by who reads the pairs themselves: a judge, or a model of the user's.

Without one the order by evidence stands. Sums of ten further features (pairs of words, windows, feedback from the best
passages, neighbours, a small sparse model) were tried on six sets of questions, each left out: none was better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from polidiff.ranking.passage import Passage

if TYPE_CHECKING:
    from polidiff.ranking.evidence import Evidence

DEEPEST = 50
"""Passages of a row that are read again."""


class Reranker(Protocol):
    """Who reads a passage beside the few that may answer it."""

    def chances(self, source: Passage, targets: Sequence[Passage]) -> Sequence[float | None]:
        """Return for each target how likely it answers ``source`` (0..1), or None where nothing can be said."""
        ...


def reranked(found: Evidence, a: Sequence[Passage], b: Sequence[Passage], reranker: Reranker) -> Evidence:
    """Return the evidence with the :data:`DEEPEST` best of each row in the reranker's order, its chances their scores.

    A pair of which it says nothing keeps its score. The row's sums stay the same and go to who stands first now.
    """
    import numpy as np

    if not found.total.size:
        return found
    total, score = found.total.copy(), found.score.copy()
    for row, source in enumerate(a):
        best = np.argsort(-found.total[row], kind="stable")[:DEEPEST]
        said = reranker.chances(source, [b[found.target(row, int(column))] for column in best])
        chances = np.array([was if one is None else one for one, was in zip(said, score[row, best], strict=True)])
        order = best[np.argsort(-chances, kind="stable")]
        score[row, best] = np.round(chances, 4)
        total[row, order] = found.total[row, best]
    return replace(found, total=total, score=score)

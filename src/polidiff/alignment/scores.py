"""The scores of an alignment's pairs, those that matter alone: what many documents leave room for in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.model.shown import short

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Matrix

FLOOR = 0.05
"""Score under which a pair's score is not kept: an expert would link one such pair in twenty or fewer."""

UNIT = 10_000
"""Scores have four decimals and are kept as whole numbers."""


@short
@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of at least :data:`FLOOR`, of ``rows × columns`` pairs; every other pair's counts as 0.

    ``places`` are ``row * columns + column``, int64 and ascending; ``values`` the scores in 1/:data:`UNIT`, uint16.
    """

    rows: int
    columns: int
    places: NDArray[np.int64]
    values: NDArray[np.uint16]

    def at(self, rows: Sequence[int], columns: Sequence[int]) -> Matrix:
        """Return the scores of each of ``rows`` with each of ``columns``, shape ``(len(rows), len(columns))``."""
        import numpy as np

        wanted = np.asarray(rows, dtype=np.int64)[:, None] * self.columns + np.asarray(columns, dtype=np.int64)
        if not len(self.places):
            return np.zeros(wanted.shape)
        found = np.minimum(np.searchsorted(self.places, wanted), len(self.places) - 1)
        scores: Matrix = np.where(self.places[found] == wanted, self.values[found] / UNIT, 0.0)
        return scores

    def pairs(self, least: float = FLOOR) -> Iterator[tuple[int, int, float]]:
        """Yield (row, column, score) of the pairs with at least ``least``, by row and column."""
        import numpy as np

        chosen = np.flatnonzero(self.values >= round(least * UNIT))
        rows, columns = np.divmod(self.places[chosen], max(1, self.columns))
        return zip(rows.tolist(), columns.tolist(), (self.values[chosen] / UNIT).tolist(), strict=True)

    def without(self, pairs: Iterable[tuple[int, int]]) -> Scores:
        """Return the scores with those of ``pairs`` taken out."""
        import numpy as np

        kept = ~np.isin(self.places, [row * self.columns + column for row, column in pairs])
        return Scores(self.rows, self.columns, self.places[kept], self.values[kept])


def kept_scores(score: Matrix, targets: NDArray[np.int64] | None = None, columns: int = 0) -> Scores:
    """Return what is kept of a matrix of scores: a whole one, or one of candidates, ``targets`` of ``columns``."""
    import numpy as np

    whole = np.rint(score * UNIT).astype(np.uint16)
    places = np.flatnonzero(whole >= round(FLOOR * UNIT)).astype(np.int64)
    values = whole.ravel()[places]
    if targets is None:
        return Scores(score.shape[0], score.shape[1], places, values)
    places = places // max(1, score.shape[1]) * columns + targets.ravel()[places]
    order = np.argsort(places)
    return Scores(score.shape[0], columns, places[order], values[order])

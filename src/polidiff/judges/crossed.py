"""What two features say together: the products of every two of a passage's main directions.

A linear map weighs each feature alone. Its kernel squared weighs every two of them together; of the features' main
directions (the first eigenvectors of the labelled passages' products, uncentred) their pairs are enough. Turned rows
are whole numbers, and so are their products and weights: sums of them are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["STEP", "Turn", "pairs"]

#: Steps to the unit in a turned row.
STEP = 128
#: Rows whose pairs are held at once.
_ROWS = 64


@dataclass(frozen=True)
class Turn:
    """The main directions: whole weights of dense columns and of buckets of words, a constant, and their common scale.

    Shapes ``(columns, directions)``, ``(buckets, directions)``, ``(directions,)``.
    """

    dense: Floats
    words: Floats
    constant: Floats
    scale: float

    def of(self, columns: Floats, words: Any) -> Floats:
        """Return rows along the main directions, in whole 1/128: shape ``(rows, directions)``."""
        import numpy as np

        raw = columns @ self.dense + words @ self.words + self.constant
        turned: Floats = np.rint(raw * self.scale) + 0.0
        return turned


def pairs(turned: Floats, weights: Floats) -> Floats:
    """Return the sums of the weighted products of every two columns: shape ``(rows, labels)``.

    ``weights`` has a row for each pair ``(i, j)`` with ``i`` at most ``j``, in the order of ``np.triu_indices``.
    """
    import numpy as np

    size = turned.shape[1]
    made = np.zeros((len(turned), weights.shape[1]))
    for start in range(0, len(turned), _ROWS):
        part, at = turned[start : start + _ROWS], 0
        both = np.empty((len(part), len(weights)))
        for first in range(size):
            np.multiply(part[:, first : first + 1], part[:, first:], out=both[:, at : at + size - first])
            at += size - first
        made[start : start + _ROWS] = both @ weights
    return made

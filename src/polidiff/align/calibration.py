"""From evidence to a probability: logistic curves whose constants were fitted on labelled pairs.

The constants come from ``python -m evals.fit_alignment``, which prints them with their reliability when each set in
turn is left out. docs/aligning.md has the tables and says what the curves can't know: how complete a set's labels
are, and how often provisions of a kind of document have a counterpart at all (here: two times in three).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polidiff.encode.protocol import Matrix


@dataclass(frozen=True)
class Curve:
    """Log-odds that a pair is a counterpart, and that a provision has none.

    A pair's: its evidence, the gap to the best of its row (0 or less), the row's margin (best less the mean of the
    next five), whether it is the best, and a constant. ``alone`` holds those of a provision without a counterpart:
    its best evidence, its margin, the logarithm of one plus how many other sources are nearer to its best target, and
    a constant.
    """

    evidence: float
    gap: float
    margin: float
    best: float
    constant: float
    alone: tuple[float, float, float, float]


ENGLISH = Curve(2.7492, 2.7756, 1.6733, 0.6082, -4.0447, (-1.602, -1.7635, 0.0584, 1.0499))
"""Fitted on four expert crosswalks of security and artificial intelligence, each set and source with equal weight."""

ACROSS = Curve(5.0, 5.0, 2.0, 0.5, -5.0, (-3.0, -2.0, 0.0, 2.0))

NEXT = 5


def margins(total: Matrix) -> Matrix:
    """Return each row's best evidence less the mean of the next five, shape ``(rows, 1)``; 0 with one target."""
    import numpy as np

    if total.shape[1] < 2:
        return np.zeros((len(total), 1))
    ordered = -np.sort(-total, axis=1)
    found: Matrix = ordered[:, :1] - ordered[:, 1 : 1 + NEXT].mean(axis=1, keepdims=True)
    return found


def pair_features(total: Matrix) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Return evidence, gap, margin and best, each of the shape of ``total`` (or one that spreads over it)."""
    best = total.max(axis=1, keepdims=True)
    return total, total - best, margins(total), (total == best) * 1.0


def probabilities(total: Matrix, curve: Curve) -> Matrix:
    """Return how likely each pair is a counterpart; within a row the order is that of ``total``."""
    evidence, gap, margin, best = pair_features(total)
    odds = curve.evidence * evidence + curve.gap * gap + curve.margin * margin + curve.best * best + curve.constant
    return logistic(odds)


def alone_features(total: Matrix) -> Matrix:
    """Return per row: best evidence, margin, log of one plus the sources nearer to its best target: ``(rows, 3)``."""
    import numpy as np

    rows = np.arange(len(total))
    nearest = total.argmax(axis=1)
    best = total[rows, nearest]
    nearer = np.array([(total[:, j] > total[i, j]).sum() for i, j in zip(rows, nearest, strict=True)], dtype=float)
    found: Matrix = np.stack([best, margins(total)[:, 0], np.log1p(nearer)], axis=1)
    return found


def alone_probabilities(total: Matrix, curve: Curve) -> Matrix:
    """Return how likely each row has no counterpart at all, shape ``(rows,)``."""
    import numpy as np

    factors = np.array(curve.alone[:3])
    odds: Matrix = (alone_features(total) * factors).sum(axis=1) + curve.alone[3]
    return logistic(odds)


def logistic(odds: Matrix) -> Matrix:
    """Return log-odds as probabilities."""
    import numpy as np

    found: Matrix = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return found

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
    its best evidence, its margin and a constant.
    """

    evidence: float
    gap: float
    margin: float
    best: float
    constant: float
    alone: tuple[float, float, float]


ENGLISH = Curve(2.6839, 2.92, 1.805, 0.5495, -3.9984, (-1.3028, -1.878, 0.7766))
"""Fitted on four expert crosswalks of security and artificial intelligence, each set and source with equal weight."""

ACROSS = Curve(5.7446, 4.3103, 1.0861, 0.4605, -4.1761, (-1.7692, -4.4873, 1.053))
"""Fitted on 68 Chinese clauses and their English renderings, and on what :data:`ENGLISH` says of a plan and a digest
whose Chinese version was put in its English version's place: a score means the same in both languages."""

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


def alone_probabilities(total: Matrix, curve: Curve) -> Matrix:
    """Return how likely each row has no counterpart at all, shape ``(rows,)``."""
    best, margin, constant = curve.alone
    odds: Matrix = best * total.max(axis=1) + margin * margins(total)[:, 0] + constant
    return logistic(odds)


def logistic(odds: Matrix) -> Matrix:
    """Return log-odds as probabilities."""
    import numpy as np

    found: Matrix = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return found

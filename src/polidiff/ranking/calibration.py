"""From evidence to a probability: logistic curves whose constants were fitted on labelled pairs.

The constants stand in ``weights.toml`` and come from ``python -m training.ranking``, which prints them with their
reliability when each set in turn is left out. docs/aligning.md has the tables and says what the curves can't know: how
complete a set's labels are, and how often provisions of a kind of document have a counterpart at all (here: every other
time).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polidiff.encode.protocol import Matrix


@dataclass(frozen=True)
class Curve:
    """Log-odds that a pair is a counterpart, and that a provision has none.

    A pair's: its evidence, what of it is above :data:`NEARLY_SAME`, the gap to the best of its row (0 or less), the
    row's margin (best less the mean of the next five), whether it is the best, how far down the kinds of evidence put
    it one by one, and a constant. ``alone`` holds those of a provision without a counterpart: the scarcity of its best
    evidence (:func:`scarcity`), its margin and a constant.
    """

    evidence: float
    same: float
    gap: float
    margin: float
    best: float
    depth: float
    constant: float
    alone: tuple[float, float, float]


NEXT = 5

NEARLY_SAME = 2.0
"""Evidence that texts have which say the same in nearly the same words."""

SCARCE = 0.2
"""Evidence that hardly any best pair falls under."""


def margins(total: Matrix) -> Matrix:
    """Return each row's best evidence less the mean of the next five, shape ``(rows, 1)``; 0 with one target."""
    import numpy as np

    if total.shape[1] < 2:
        return np.zeros((len(total), 1))
    ordered = -np.sort(-total, axis=1)
    found: Matrix = ordered[:, :1] - ordered[:, 1 : 1 + NEXT].mean(axis=1, keepdims=True)
    return found


def depths(kinds: Sequence[Matrix]) -> Matrix:
    """Return how far down its row the kinds of evidence put each pair: the mean of ``ln(1 + pairs put higher)``."""
    import numpy as np

    shape = kinds[0].shape
    found = np.zeros(shape)
    places = np.broadcast_to(np.arange(shape[1]), shape)
    for kind in kinds:
        order = np.argsort(-kind, axis=1, kind="stable")
        sorted_values = np.take_along_axis(kind, order, axis=1)
        fresh = np.ones(shape, dtype=bool)
        fresh[:, 1:] = sorted_values[:, 1:] != sorted_values[:, :-1]
        higher = np.maximum.accumulate(np.where(fresh, places, 0), axis=1)
        depth = np.empty(shape)
        np.put_along_axis(depth, order, np.log1p(higher), axis=1)
        found += depth
    return found / len(kinds)


def probabilities(total: Matrix, kinds: Sequence[Matrix], curve: Curve) -> Matrix:
    """Return how likely each pair is a counterpart; within a row no pair is likelier than one with more evidence."""
    import numpy as np

    best = total.max(axis=1, keepdims=True)
    odds = (
        curve.evidence * total
        + curve.same * np.maximum(total - NEARLY_SAME, 0.0)
        + curve.gap * (total - best)
        + curve.margin * margins(total)
        + curve.best * (total == best)
        + curve.depth * depths(kinds)
        + curve.constant
    )
    order = np.argsort(-total, axis=1, kind="stable")
    falling = np.minimum.accumulate(np.take_along_axis(odds, order, axis=1), axis=1)
    np.put_along_axis(odds, order, falling, axis=1)
    return logistic(odds)


def alone_probabilities(total: Matrix, curve: Curve) -> Matrix:
    """Return how likely each row has no counterpart at all, shape ``(rows,)``."""
    scarce, margin, constant = curve.alone
    odds: Matrix = scarce * scarcity(total.max(axis=1)) + margin * margins(total)[:, 0] + constant
    return logistic(odds)


def scarcity(best: Matrix) -> Matrix:
    """Return what grows the faster the nearer the best evidence comes to none: 1 over it and :data:`SCARCE`."""
    import numpy as np

    found: Matrix = 1 / (np.maximum(best, 0.0) + SCARCE)
    return found


def logistic(odds: Matrix) -> Matrix:
    """Return log-odds as probabilities."""
    import numpy as np

    found: Matrix = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return found

"""What stands around a pair: what its neighbours have in common, and whether a target is a heading to others.

Provisions of one subject stand together. If those before and after a target answer the source too, or those beside
the source are answered by the same target, the pair is likelier. In tables whose ids are nested (``AC-2`` above
``AC-2(1)``) experts name the row above more often than those under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from polidiff.ranking.passage import Passage

if TYPE_CHECKING:
    from polidiff.encode.protocol import Matrix

BESIDE_SOURCE, BESIDE_TARGET = 8.0, 1.0
"""Rows after which a neighbour counts 1/e of the next one. Shorter and longer ones gave less on four crosswalks."""


def beside(values: Matrix, reach: float) -> Matrix:
    """Return for each row the mean of the others, the nearest counting most; a lone row is its own."""
    import numpy as np

    if len(values) < 2:
        return values
    keep = float(np.exp(-1 / reach))
    sums, counts = np.zeros(values.shape), np.zeros((len(values), 1))
    for order in (range(1, len(values)), range(len(values) - 2, -1, -1)):
        running, weight = np.zeros(values.shape[1]), 0.0
        for row in order:
            before = row - 1 if order.step > 0 else row + 1
            running, weight = keep * (running + values[before]), keep * (weight + 1)
            sums[row] += running
            counts[row] += weight
    found: Matrix = sums / counts
    return found


def under(passages: Sequence[Passage]) -> Matrix:
    """Return ``ln(1 + n)`` for each passage, where ``n`` rows of the same table have ids under its own."""
    import numpy as np

    ids = [passage.number for passage in passages]
    places = {name: i for i, name in enumerate(ids) if name}
    counts = np.zeros(len(ids))
    for name in places:
        above = {name[:at].rstrip() for at in range(1, len(name)) if not name[at].isalnum()}
        for other in sorted(above & places.keys()):
            counts[places[other]] += 1
    found: Matrix = np.log1p(counts)
    return found

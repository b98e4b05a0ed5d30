"""One target to one source: the best assignment over the whole of two sides."""

from __future__ import annotations

from dataclasses import replace

from polidiff.alignment.pairs import Alignment
from polidiff.alignment.scores import FLOOR, UNIT


def one_to_one(alignment: Alignment, least: float = FLOOR) -> tuple[tuple[str, str, float], ...]:
    """Return the pairs (source id, target id, score) of the best global assignment of one target to one source.

    It maximises the sum of the scores; pairs under ``least`` are left out. In the order of the sources.
    """
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    listed = list(alignment.scores.pairs(least))
    if not listed:
        return ()
    rows, columns, scores = (np.array(column) for column in zip(*listed, strict=True))
    sources, size = alignment.scores.rows, alignment.scores.columns
    alone = np.arange(sources)
    costs = np.concatenate([UNIT + 1 - np.rint(scores * UNIT), np.full(sources, UNIT + 1)])
    places = (np.concatenate([rows, alone]), np.concatenate([columns, size + alone]))
    chosen = min_weight_full_bipartite_matching(coo_matrix((costs, places), shape=(sources, size + sources)).tocsr())
    score = {(row, column): value for row, column, value in listed}
    return tuple(
        (alignment.a.provisions[i].id, alignment.b.provisions[j].id, score[i, j])
        for i, j in zip(*(found.tolist() for found in chosen), strict=True)
        if j < size
    )


def assigned(alignment: Alignment) -> Alignment:
    """Return the alignment with at most one match a provision: that of the best assignment over the whole.

    A pair of the assignment that is not among a provision's matches is left out; ask for more of them then.
    """
    chosen = {(source, target) for source, target, _ in one_to_one(alignment)}
    kept = tuple(tuple(m for m in matches if (m.source, m.id) in chosen) for matches in alignment.matches)
    return replace(alignment, matches=kept)

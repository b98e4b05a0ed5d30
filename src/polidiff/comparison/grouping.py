"""Groups of provisions over all documents of a comparison that speak to one matter, by meaning, words and themes.

Documents have a style of their own, which draws each one's provisions together more than any matter does. So vectors
are taken from their document's mean, and nearness within a document is brought to the scale of nearness between
documents, before provisions are joined (average linkage).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from polidiff.alignment import CodedDocument
from polidiff.encode import Encoder, for_languages
from polidiff.lang.data import load_list
from polidiff.lang.words import words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Matrix

__all__ = ["apart", "common_words", "groups", "nearness"]

SIZE = 7
"""Provisions to a matter on the average: two plans of 150 provisions give some 40 matters. Chosen on two pairs of
plans that may be read, where groups of 5 to 12 held as many of a reader's pairs together."""
MOST = 4000
"""Provisions that are grouped; of more, the surest commitments are taken (memory grows with the square)."""
WORDS, THEMES = 0.3, 0.5
"""What words in common and themes in common weigh beside meaning, which weighs one."""


def groups(near: Matrix) -> list[list[int]]:
    """Return groups of places by their nearness to one another, in their order; all are in one."""
    import numpy as np

    count = len(near)
    if count < 2:
        return [[index] for index in range(count)]
    labels = _joined(near, max(1, round(count / SIZE)))
    found: dict[int, list[int]] = {}
    for index, label in enumerate(np.asarray(labels).tolist()):
        found.setdefault(label, []).append(index)
    return sorted(found.values())


def apart(near: Matrix, owner: Sequence[int]) -> list[float]:
    """Return how far each place's best nearness to another document lies under the mean of its own, in deviations."""
    import numpy as np

    owners = np.asarray(owner)
    if len(set(owner)) < 2:
        return [0.0] * len(owner)
    best = np.where(owners[:, None] == owners[None, :], -np.inf, near).max(axis=1)
    found = np.zeros(len(owner))
    for side in np.unique(owners):
        rows = owners == side
        found[rows] = (best[rows].mean() - best[rows]) / (best[rows].std() or 1.0)
    rounded: list[float] = np.round(found, 4).tolist()
    return rounded


def nearness(sides: Sequence[CodedDocument], kept: Sequence[tuple[int, int]], encoder: Encoder) -> Matrix:
    """Nearness of each kept provision to each other, shape ``(len(kept), len(kept))``, symmetric."""
    import numpy as np

    if len(kept) < 2:
        return np.zeros((len(kept), len(kept)))
    owner = np.array([side for side, _ in kept])
    texts = [sides[side].texts() for side in range(len(sides))]
    shown = [texts[side][index] for side, index in kept]
    spoken = {sides[side].provisions[index].language for side, index in kept}
    near = _centred(encoder.encode(shown), owner)
    if for_languages(encoder, spoken) is not encoder:
        near = (near + _centred(for_languages(encoder, spoken).encode(shown), owner)) / 2
    near = near + WORDS * common_words(shown) + THEMES * _themes(sides, kept)
    across = near[owner[:, None] != owner[None, :]]
    if across.size:
        middle, spread = float(across.mean()), float(across.std()) or 1.0
        for side in np.unique(owner):
            within = np.ix_(owner == side, owner == side)
            part = near[within]
            near[within] = (part - part.mean()) / (part.std() or 1.0) * spread + middle
    # Scores that differ in the last bits between machines must not decide who joins whom.
    rounded: Matrix = np.round((near + near.T) / 2, 6)
    return rounded


def _centred(vectors: NDArray[np.float32], owner: NDArray[np.int64]) -> Matrix:
    import numpy as np

    made = _unit(vectors.astype(np.float64))
    for side in np.unique(owner):
        rows = owner == side
        if rows.sum() > 2:
            made[rows] -= made[rows].mean(axis=0)
    made = _unit(made)
    product: Matrix = made @ made.T
    return product


def _unit(rows: Matrix) -> Matrix:
    import numpy as np

    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1.0
    made: Matrix = rows / lengths
    return made


def common_words(texts: Sequence[str]) -> Matrix:
    """Cosine of the texts' words, rare ones first; words of one text alone and words without a subject don't count."""
    import numpy as np
    from scipy.sparse import csr_matrix

    function = frozenset(load_list("words")["function"])
    held = [Counter(w.key for w in words_of(text).words if w.key not in function) for text in texts]
    spread = Counter(key for counts in held for key in counts)
    place = {key: at for at, key in enumerate(sorted(key for key, count in spread.items() if count > 1))}
    rows, columns, values = [], [], []
    for row, counts in enumerate(held):
        for key in sorted(counts.keys() & place.keys()):
            rows.append(row)
            columns.append(place[key])
            values.append((1 + math.log(counts[key])) * math.log(1 + len(texts) / spread[key]))
    if not values:
        return np.zeros((len(texts), len(texts)))
    made = csr_matrix((values, (rows, columns)), shape=(len(texts), len(place)))
    lengths = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    product: Matrix = (made @ made.T).toarray() / lengths[:, None] / lengths[None, :]
    return product


def _themes(sides: Sequence[CodedDocument], kept: Sequence[tuple[int, int]]) -> Matrix:
    """Cosine of the provisions' theme scores."""
    import numpy as np

    names = sorted({c.id for side, index in kept for c in sides[side].codings[index].themes})
    place = {name: at for at, name in enumerate(names)}
    made = np.zeros((len(kept), max(1, len(names))))
    for row, (side, index) in enumerate(kept):
        for code in sides[side].codings[index].themes:
            made[row, place[code.id]] = code.score
    made = _unit(made)
    product: Matrix = made @ made.T
    return product


def _joined(near: Matrix, count: int) -> NDArray[np.int32]:
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    apart = np.maximum(0.0, near.max() - near)
    np.fill_diagonal(apart, 0.0)
    labels: NDArray[np.int32] = fcluster(linkage(squareform(apart, checks=False), "average"), count, "maxclust")
    return labels

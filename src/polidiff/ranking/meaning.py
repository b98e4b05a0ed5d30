"""Closeness in meaning from token vectors: means weighted by rarity, and each token with its nearest in the other.

A word that stands in most provisions of both documents says little about which of them answer one another. Tokens
therefore count by the logarithm of how rarely they occur in the two documents together (Arora et al. 2017 weigh
words so for sentence vectors). The second measure is the late interaction of ColBERT (Khattab and Zaharia 2020,
arXiv 2004.12832), weighted in the same way and taken in both directions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from polidiff.encode import TokenVectors, settle
from polidiff.encode.protocol import STEPS
from polidiff.encode.threads import in_parallel
from polidiff.encode.wordpiece import vocabulary
from polidiff.ranking.terms import small_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Matrix, Vectors

WEIGHT_STEPS = 64
"""Steps to the unit in a token's weight, which keeps weighted sums exact."""

SHARED = 40_000
"""Tokens up to which the vectors of a whole side are held as floats (60 MB) where every pair is compared."""

ENDS = ".:;|"
LONGEST_OPENING = 24
"""Marks that end an opening, and the tokens within which one of them must stand."""

AT_REST, SLOPE = 0.135, 0.555
"""The late interaction that a pair's weighted cosine lets expect, for pairs that aren't looked at token by token."""


@dataclass(frozen=True)
class Weighted:
    """One text's tokens: settled vectors ``(n, dim)``, in two bytes a number, and whole weights ``(n,)``."""

    vectors: NDArray[np.int16]
    weights: NDArray[np.float64]


def rarities(a: Sequence[TokenVectors], b: Sequence[TokenVectors]) -> dict[int, int]:
    """Return each token's weight in whole 1/:data:`WEIGHT_STEPS`: ``ln((n + 1) / texts that hold it)``."""
    import numpy as np

    seen: Counter[int] = Counter()
    for text in [*a, *b]:
        seen.update(set(text.ids.tolist()))
    total = len(a) + len(b) + 1
    return {token: int(np.rint(np.log(total / count) * WEIGHT_STEPS)) for token, count in seen.items()}


def telling(rarity: dict[int, int]) -> dict[int, int]:
    """Return the weights with those of marks and of words that say nothing of what is sought set to 0.

    Passages hold no “what” and no question mark: by rarity alone these would count most in a question.
    """
    return {token: 0 if token in _idle() else weight for token, weight in rarity.items()}


@cache
def _idle() -> frozenset[int]:
    words = small_words()
    return frozenset(n for word, n in vocabulary().items() if word in words or not any(c.isalnum() for c in word))


def weighted_means(texts: Sequence[TokenVectors], rarity: dict[int, int]) -> Vectors:
    """Return the texts' weighted means, settled, shape ``(len(texts), dim)``."""
    import numpy as np

    means = [_weights(text, rarity) @ text.vectors.astype(np.float64) for text in texts]
    return settle(np.stack(means)) if means else np.zeros((0, 1), dtype=np.float32)


def weighted(text: TokenVectors, rarity: dict[int, int], *, again: bool = False) -> Weighted:
    """Return a text's tokens with their weights, without the marks of its start and end.

    What is asked for ``again`` with other weights keeps its settled vectors.
    """
    weights = _weights(text, rarity)
    inner = slice(1, -1) if len(weights) > 2 and weights[1:-1].any() else slice(None)
    return Weighted(text.settled[inner] if again else text.settle(inner), weights[inner])


def _weights(text: TokenVectors, rarity: dict[int, int]) -> NDArray[np.float64]:
    import numpy as np

    weights = np.array([rarity.get(token, 0) for token in text.ids.tolist()], dtype=np.float64)
    if not weights.any():
        weights[:] = 1.0
    return weights


def openings(texts: Sequence[TokenVectors], rarity: dict[int, int]) -> Vectors:
    """Return the weighted means of the texts' openings, settled: a title or first clause, else the whole text."""
    import numpy as np

    ends = {vocabulary()[mark] for mark in ENDS}
    means: list[NDArray[np.float64]] = []
    for text in texts:
        ids = text.ids.tolist()
        close = next((at for at in range(2, min(len(ids) - 1, LONGEST_OPENING + 1)) if ids[at] in ends), len(ids) - 1)
        weights = np.array([rarity.get(token, 0) for token in ids[:close]], dtype=np.float64)
        weights[:1] = 0.0
        if not weights.any():
            close, weights = len(ids), np.ones(len(ids))
        means.append(weights @ text.vectors[:close].astype(np.float64))
    return settle(np.stack(means))


def late_interaction(
    means: Matrix, a: Sequence[Weighted], b: Sequence[Weighted], most: int, *, mutual: bool = False
) -> Matrix:
    """Return the late interaction of the ``most`` nearest pairs of each row and each column of ``means``.

    With ``mutual`` only of those that are among both. All others get what their cosine lets expect. Shape
    ``(len(a), len(b))``.
    """
    import numpy as np

    found: Matrix = AT_REST + SLOPE * means
    near = []
    for axis, size in ((1, means.shape[1]), (0, means.shape[0])):
        order = np.argsort(-means, axis=axis, kind="stable")
        first = order[:, : min(most, size)] if axis else order[: min(most, size)]
        near.append(np.zeros(means.shape, dtype=bool))
        np.put_along_axis(near[-1], first, True, axis=axis)
    chosen = near[0] & near[1] if mutual else near[0] | near[1]
    columns = [np.flatnonzero(row) for row in chosen]
    shared = all_of(b) if chosen.all() and sum(len(text.weights) for text in b) <= SHARED else None

    def of(i: int) -> Matrix:
        return interaction(a[i], shared if shared is not None else all_of([b[int(j)] for j in columns[i]]))

    rows = [i for i in range(len(a)) if len(columns[i])]
    for i, values in zip(rows, in_parallel(of, rows), strict=True):
        found[i, columns[i]] = values
    return found


def nearest_tokens(text: Weighted, other: Weighted) -> Matrix:
    """Return for each token of a text the cosine of its nearest in the other, shape ``(n,)``."""
    import numpy as np

    found: Matrix = (text.vectors.astype(np.float32) @ other.vectors.astype(np.float32).T).max(axis=1) / STEPS**2
    return found


@dataclass(frozen=True)
class Tokens:
    """The tokens of some texts after one another: vectors ``(n, dim)``, weights ``(n,)``, where each text starts."""

    vectors: Vectors
    weights: NDArray[np.float64]
    starts: NDArray[np.int64]


def all_of(texts: Sequence[Weighted]) -> Tokens:
    """Return the tokens of some texts after one another."""
    import numpy as np

    return Tokens(
        np.concatenate([one.vectors for one in texts]).astype(np.float32),
        np.concatenate([one.weights for one in texts]),
        np.cumsum([0, *(len(one.weights) for one in texts)])[:-1],
    )


def interaction(text: Weighted, others: Tokens, asking: float = 0.5) -> Matrix:
    """Return the late interaction of a text with each of some others, shape ``(len(others.starts),)``.

    ``asking`` is the share of how well the others hold what the text says; the rest is how well it holds theirs.
    """
    import numpy as np

    starts, weights = others.starts, others.weights
    near = text.vectors.astype(np.float32) @ others.vectors.T
    there = text.weights @ np.maximum.reduceat(near, starts, axis=1).astype(np.float64) / text.weights.sum()
    back = np.add.reduceat(near.max(axis=0) * weights, starts) / np.add.reduceat(weights, starts)
    found: Matrix = (asking * there + (1 - asking) * back) / STEPS**2
    return found

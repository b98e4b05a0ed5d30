"""Ridge regression of labels on features, in the space of the rows, with the scores of groups left out in closed form.

With ``G`` the inverse of the kernel matrix plus ridge and ``a = G t``, the scores of the rows ``i`` of a group, had it
been left out, are ``t[i] - inv(G[i, i]) a[i]``: one inverse gives every document left out, exactly. Double precision
where it matters, no random numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg, sparse

from polidiff.encode.protocol import STEPS

BIAS = 0.5
"""The constant of the kernel: what a constant column of that square adds."""


@dataclass(frozen=True)
class Table:
    """Features of rows: dense parts and counts of words, by the name of the part; whole 1/1024."""

    parts: Mapping[str, Any]

    def __len__(self) -> int:
        return int(self.parts["words"].shape[0])


def joined(tables: Sequence[Table]) -> Table:
    """Return the rows of several tables one after the other."""
    names = tables[0].parts
    return Table(
        {
            name: sparse.vstack([t.parts[name] for t in tables]).tocsr()
            if name == "words"
            else np.concatenate([t.parts[name] for t in tables])
            for name in names
        }
    )


def rarity(words: Any) -> np.ndarray:
    """Return the square root of each bucket's inverse document frequency in whole 1/4096; 0 for what is met once."""
    held = np.asarray((words > 0).sum(axis=0)).ravel()
    made = np.sqrt(np.log((1 + words.shape[0]) / (1 + held)) + 1)
    return np.rint(np.where(held >= 2, made, 0.0) * 4096)


def weighed(words: Any, rare: np.ndarray) -> Any:
    """Return counts of words as rows of unit length, weighed by rarity, in whole 1/1024, as the heads read them."""
    made = sparse.csr_matrix(words, dtype=np.float64, copy=True)
    made.data = np.where(made.data > 1, 1 + np.log(made.data), made.data)
    made = (made @ sparse.diags(rare / 4096)).tocsr()
    length = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
    length[length == 0] = 1
    made = (sparse.diags(STEPS / length) @ made).tocsr()
    made.data = np.rint(made.data)
    return made


class Grams:
    """The products of rows with rows. Kernels differ in the surface's scale alone, so the rest is summed once."""

    def __init__(self, table: Table, rare: np.ndarray) -> None:
        self.table = table
        self.words = weighed(table.parts["words"], rare)
        self._sums: dict[tuple[tuple[str, float], ...], np.ndarray] = {}
        self._surface: np.ndarray | None = None

    def product(self, name: str) -> np.ndarray:
        """Return the products of one part, shape ``(rows, rows)``."""
        if name == "words":
            used = np.flatnonzero(np.asarray(self.words.sum(axis=0)).ravel())
            x = (self.words[:, used].toarray() / STEPS).astype(np.float32)
        else:
            x = (self.table.parts[name] / STEPS).astype(np.float32)
        return np.asarray(x @ x.T)

    def kernel(self, scales: Mapping[str, float], rows: np.ndarray) -> np.ndarray:
        """Return the weighted sum of the parts' products and the constant for some rows."""
        common = tuple(sorted((name, scale) for name, scale in scales.items() if scale and name != "surface"))
        if common not in self._sums:
            total = np.full((len(self.table), len(self.table)), BIAS, dtype=np.float32)
            for name, scale in common:
                total += np.float32(scale * scale) * self.product(name)
            self._sums[common] = total
        if self._surface is None:
            self._surface = self.product("surface")
        at = np.ix_(rows, rows)
        made: np.ndarray = self._sums[common][at] + np.float32(scales["surface"] ** 2) * self._surface[at]
        return made


def solve(
    kernel: np.ndarray, targets: np.ndarray, ridge: np.ndarray, groupings: Sequence[Sequence[np.ndarray]]
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the weights of the rows and, for each grouping, the scores of each group had it been left out.

    ``kernel`` is used up. ``targets`` are -1 and 1, shape ``(rows, labels)``; ``ridge`` is one number a row. Rows in no
    group have the scores of the whole fit.
    """
    kernel[np.diag_indices_from(kernel)] += ridge.astype(np.float32)
    factor, _ = linalg.cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    inverse = linalg.lapack.spotri(factor, lower=1)[0]
    inverse = np.tril(inverse)
    inverse = inverse + np.tril(inverse, -1).T
    weights = inverse @ targets.astype(np.float32)
    found = []
    for groups in groupings:
        left = targets - ridge[:, None] * weights
        for rows in groups:
            block = inverse[np.ix_(rows, rows)].astype(np.float64)
            left[rows] = targets[rows] - np.linalg.solve(block, weights[rows].astype(np.float64))
        found.append(left)
    return weights, found

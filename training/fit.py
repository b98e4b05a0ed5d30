"""Fit linear heads, all labels at once: multinomial where one label holds, one against the rest where several may.

Plain numpy and SciPy's L-BFGS from zero: no random numbers, so a fit is the same whenever the rows are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse


@dataclass(frozen=True)
class Head:
    """A judgement: its name, its labels in order, and whether several may hold at once."""

    name: str
    labels: tuple[str, ...]
    several: bool


@dataclass(frozen=True)
class Weights:
    """Weights of all heads side by side: dense ``(columns, labels)``, sparse ``(buckets, labels)``, constants."""

    dense: np.ndarray
    words: np.ndarray
    constant: np.ndarray

    def logits(self, dense: np.ndarray, words: Any) -> np.ndarray:
        return dense @ self.dense + words @ self.words + self.constant


def slices(heads: Sequence[Head]) -> list[slice]:
    """Return the columns of each head."""
    ends = np.cumsum([len(head.labels) for head in heads])
    return [slice(int(end) - len(head.labels), int(end)) for end, head in zip(ends, heads, strict=True)]


def truth(rows: Sequence[dict[str, Any]], heads: Sequence[Head]) -> np.ndarray:
    """Return 0 or 1 for each row and label, shape ``(rows, labels)``; NaN where a row doesn't have the head."""
    made = np.full((len(rows), sum(len(head.labels) for head in heads)), np.nan, dtype=np.float32)
    for head, at in zip(heads, slices(heads), strict=True):
        for number, row in enumerate(rows):
            if head.name not in row:
                continue
            said = row[head.name]
            said = {said} if isinstance(said, str) else set(said)
            made[number, at] = [label in said for label in head.labels]
    return made


def chances(logits: np.ndarray, heads: Sequence[Head]) -> np.ndarray:
    """Return probabilities: a softmax over a head of one label, a logistic curve over a head of several."""
    made = np.empty_like(logits)
    for head, at in zip(heads, slices(heads), strict=True):
        z = logits[:, at]
        if head.several:
            made[:, at] = 1.0 / (1.0 + np.exp(-np.clip(z, -30, 30)))
        else:
            e = np.exp(z - z.max(axis=1, keepdims=True))
            made[:, at] = e / e.sum(axis=1, keepdims=True)
    return made


def fit(
    dense: np.ndarray,
    words: Any,
    gold: np.ndarray,
    heads: Sequence[Head],
    strength: float | np.ndarray,
    weight: np.ndarray | None = None,
    rounds: int = 80,
) -> Weights:
    """Return the weights that make the labels likeliest, drawn to zero by ``strength`` (of the sum over rows)."""
    n, d = dense.shape
    words = words.astype(np.float32).tocsr()
    back = words.T.tocsr()
    b, k = words.shape[1], gold.shape[1]
    known = ~np.isnan(gold)
    y = np.nan_to_num(gold)
    w = known.astype(np.float32)
    if weight is not None:
        w = w * weight
    rate = (y * w).sum(axis=0) / np.maximum(w.sum(axis=0), 1e-6)
    start = np.zeros((d + b + 1, k), dtype=np.float32)
    start[-1] = np.log(np.clip(rate, 1e-4, 1 - 1e-4))
    pull = np.broadcast_to(np.asarray(strength, dtype=np.float32), (k,))

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        v = flat.reshape(d + b + 1, k).astype(np.float32)
        z = dense @ v[:d] + words @ v[d:-1] + v[-1]
        value, grad = 0.0, np.empty_like(z)
        for head, at in zip(heads, slices(heads), strict=True):
            zs, ys, ws = z[:, at], y[:, at], w[:, at]
            if head.several:
                value += float((ws * (np.logaddexp(0, zs) - ys * zs)).sum(dtype=np.float64))
                grad[:, at] = ws * (1 / (1 + np.exp(-np.clip(zs, -30, 30))) - ys)
            else:
                top = zs.max(axis=1, keepdims=True)
                e = np.exp(zs - top)
                total = e.sum(axis=1, keepdims=True)
                each = ws * ys
                value -= float((each * (zs - top - np.log(total))).sum(dtype=np.float64))
                grad[:, at] = each.sum(axis=1, keepdims=True) * e / total - each
        out = np.empty_like(v)
        out[:d] = dense.T @ grad
        out[d:-1] = back @ grad
        out[-1] = grad.sum(axis=0)
        value += 0.5 * float((pull * v[:-1] ** 2).sum(dtype=np.float64))
        out[:-1] += pull * v[:-1]
        return value, out.ravel().astype(np.float64)

    found = optimize.minimize(
        loss, start.ravel().astype(np.float64), jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6}
    )
    v = found.x.reshape(d + b + 1, k).astype(np.float32)
    return Weights(v[:d], v[d:-1], v[-1])


def rarity(words: Any) -> np.ndarray:
    """Return the square root of each bucket's inverse document frequency, shape ``(buckets,)``; 0 for rare ones."""
    held = np.asarray((words > 0).sum(axis=0)).ravel()
    made = np.sqrt(np.log((1 + words.shape[0]) / (1 + held)) + 1)
    return np.where(held >= 2, made, 0.0).astype(np.float32)


def weighed(words: Any, rare: np.ndarray) -> Any:
    """Return word rows weighed by rarity, of unit length."""
    made = (words @ sparse.diags(rare.astype(np.float64))).tocsr()
    length = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
    length[length == 0] = 1
    return (sparse.diags(1 / length) @ made).tocsr().astype(np.float32)

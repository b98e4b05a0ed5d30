"""The part of the heads' kernel that weighs features two by two: its main directions, its kernel, its weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from polidiff.encode.protocol import STEPS
from polidiff.judges.crossed import STEP, Turn
from training.data import PARTS
from training.ridge import BIAS, Grams

LINEAR, CROSSED = 0.3, 0.7
"""Shares of the plain kernel and of its square. From 0.5 and 0.5 to 0 and 1 the mean F1 moves by 0.002."""
DIRECTIONS = 128
ROUNDS = 3
"""Times that the kernel is laid on the directions: what is left of the others is under a thousandth by then."""


@dataclass(frozen=True)
class Directions:
    """The turn as it is kept, and all rows along it, in units."""

    turn: Turn
    ratio: float
    rows: np.ndarray

    def arrays(self) -> dict[str, Any]:
        """Return what the weights' file holds of them."""
        return {
            "turn_dense": self.turn.dense.astype(np.int16),
            "turn_words": np.rint(self.turn.words / self.ratio).astype(np.int8),
            "turn_ratio": self.ratio,
            "turn_constant": self.turn.constant,
            "turn_scale": self.turn.scale,
        }


def directions(grams: Grams, scales: Mapping[str, float], number: int = DIRECTIONS) -> Directions:
    """Return the first eigenvectors of the kernel of all rows as maps of the features, in whole numbers."""
    kernel = grams.kernel(scales, np.arange(len(grams.table)))
    basis = kernel[:, np.linspace(0, len(kernel) - 1, number + 64).astype(int)]
    for _ in range(ROUNDS):
        basis = np.linalg.qr(kernel @ np.linalg.qr(basis)[0])[0]
    sizes, within = np.linalg.eigh(basis.T @ (kernel @ basis))
    first = np.argsort(-sizes)[:number]
    found = (basis @ within[:, first] / np.sqrt(sizes[first])).astype(np.float64)
    columns = np.concatenate([grams.table.parts[part] for part in PARTS], axis=1)
    size = np.concatenate([np.full(grams.table.parts[part].shape[1], scales[part] / STEPS) for part in PARTS])
    dense = size[:, None] ** 2 * (columns.T @ found)
    words = (scales["words"] / STEPS) ** 2 * np.asarray(grams.words.T @ found)
    step = float(np.abs(dense).max() / 32000)
    ratio = float(np.ceil(np.abs(words).max() / 127 / step))
    turn = Turn(
        np.rint(dense / step),
        np.rint(words / step / ratio) * ratio,
        np.rint(BIAS * found.sum(axis=0) / step),
        step * STEP,
    )
    return Directions(turn, ratio, (turn.of(columns.astype(np.float64), grams.words) / STEP).astype(np.float32))


def crossed(kernel: np.ndarray, turned: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the kernel with the square of the turned rows' products, and what that square is multiplied by."""
    share = CROSSED / float(np.diag(kernel).mean())
    square = turned @ turned.T
    square *= square
    kernel *= np.float32(LINEAR)
    kernel += np.float32(share) * square
    return kernel, share


def weights_of_pairs(turned: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return what every two turned columns weigh, in whole 1/128 each: shape ``(pairs, labels)``."""
    first, second = np.triu_indices(turned.shape[1])
    twice = np.where(first == second, 1.0, 2.0)[:, None] / STEP**2
    rows = turned.astype(np.float64)
    made = [(rows * weight[:, None]).T @ rows for weight in weights.T]
    return np.stack([some[first, second] for some in made], axis=1) * twice

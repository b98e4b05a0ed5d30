"""How well probabilities that were said hold: calibration error, reliability table, average precision, AUROC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Said:
    """Probabilities that were said, what was so, and the weight of each."""

    said: Array
    so: Array
    weight: Array

    @staticmethod
    def of(parts: Sequence[tuple[Array, Array, Array]]) -> Said:
        shares = [(said, so, weight / weight.sum()) for said, so, weight in parts]
        return Said(*(np.concatenate(column) for column in zip(*shares, strict=True)))

    def error(self, bins: int = 10) -> float:
        """Expected calibration error."""
        wrong = (self.said - self.so) * self.weight
        return float(sum(abs(wrong[mask].sum()) for mask in self._bins(bins)) / self.weight.sum())

    def table(self, bins: int = 10) -> list[str]:
        lines = []
        for number, mask in enumerate(self._bins(bins)):
            if mask.any():
                weight = self.weight[mask] / self.weight[mask].sum()
                said, so = (self.said[mask] * weight).sum(), (self.so[mask] * weight).sum()
                lines.append(
                    f"| {number / bins:.1f}-{(number + 1) / bins:.1f} | {said:.3f} | {so:.3f} | {mask.sum()} |"
                )
        return lines

    def _bins(self, bins: int) -> list[Any]:
        place = np.minimum((self.said * bins).astype(int), bins - 1)
        return [place == number for number in range(bins)]

    def average_precision(self) -> float:
        order = np.argsort(-self.said, kind="stable")
        so, weight = self.so[order], self.weight[order]
        precision = np.cumsum(weight * so) / np.cumsum(weight)
        return float((weight * so * precision).sum() / (weight * so).sum())

    def auroc(self) -> float:
        yes, no = self.said[self.so == 1], self.said[self.so == 0]
        return float(np.mean((yes[:, None] > no[None, :]) + 0.5 * (yes[:, None] == no[None, :])))

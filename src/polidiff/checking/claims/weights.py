"""What each kind of evidence weighs: the numbers of ``claim_weights.toml``, made by ``evals/learn_claims.py``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp

from polidiff.model.claims import ClaimLabel

__all__ = ["LABELS", "Weights", "weights"]

LABELS: tuple[ClaimLabel, ...] = ("supported", "overstated", "contradicted", "not_found")


@dataclass(frozen=True)
class Weights:
    """Linear weights with a constant ``base``: ``search`` by manner of reading, ``verdict`` by label."""

    search: Mapping[str, Mapping[str, float]]
    verdict: Mapping[str, Mapping[str, float]]

    def speaks(self, manner: str, values: Mapping[str, float]) -> float:
        """The likelihood, 0..1, that a sentence with this evidence speaks to the claim."""
        return 1.0 / (1.0 + exp(-_sum(self.search[manner], values)))

    def shares(self, values: Mapping[str, float]) -> dict[ClaimLabel, float]:
        """The likelihood of each verdict; they sum to 1."""
        odds = {label: exp(_sum(self.verdict[label], values)) for label in LABELS}
        total = sum(odds.values())
        return {label: value / total for label, value in odds.items()}


def _sum(row: Mapping[str, float], values: Mapping[str, float]) -> float:
    return row["base"] + sum(weight * values.get(name, 0.0) for name, weight in row.items() if name != "base")


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the weights, read once."""
    data = tomllib.loads((files("polidiff.checking.claims") / "claim_weights.toml").read_text(encoding="utf-8"))
    return Weights(search=data["search"], verdict=data["verdict"])

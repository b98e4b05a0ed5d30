"""How likely a reader calls a sentence of a brief right: learnt from readers' verdicts (``chooser.toml``)."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from polidiff.report.briefing.features import Features

__all__ = ["chance", "least", "probability"]


@cache
def _weights() -> dict[str, dict[str, float]]:
    return tomllib.loads((files("polidiff.report.briefing") / "chooser.toml").read_text(encoding="utf-8"))


def chance(what: str, features: Features) -> float:
    """Return the chance, 0..1, that what has these features is right; ``what`` is ``half``, ``both`` or ``alone``."""
    return probability(_weights()[what], features)


def probability(weights: Mapping[str, float], features: Features) -> float:
    """Return the chance under given weights: a logistic curve over their sum, the same on every machine."""
    terms = [round(weights.get(name, 0.0) * value, 6) for name, value in sorted(features.items())]
    return round(1 / (1 + math.exp(-math.fsum([weights["constant"], *terms]))), 4)


def least(kind: str) -> float:
    """Return the chance from which a sentence of a kind is printed."""
    return _weights()["printed"][kind]

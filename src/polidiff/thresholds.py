"""The thresholds of judgements, from ``thresholds.toml``, where the measurement that set each is told."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["threshold"]


@cache
def _all() -> dict[str, dict[str, float]]:
    return tomllib.loads((files("polidiff") / "thresholds.toml").read_text(encoding="utf-8"))


@cache
def threshold(name: str) -> float:
    """Return the threshold ``table.key``; KeyError for one that isn't in the file."""
    table, _, key = name.partition(".")
    return float(_all()[table][key])

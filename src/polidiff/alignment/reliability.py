"""How far the scores between two documents may be off: by as much as they were on labelled documents of their kind."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from polidiff.alignment.sides import CodedDocument
from polidiff.model.comparisons import Reliability
from polidiff.ranking.weights import Weights

UNKNOWN = "unknown"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("polidiff.alignment") / "reliability.toml").read_text(encoding="utf-8"))


def reliability(a: CodedDocument, b: CodedDocument, weights: Weights) -> Reliability:
    """Return the kind of the two and how far scores of that kind were off; of no known kind as far as the worst."""
    off: dict[str, float] = _data()["off"]
    kind = _kind(a, b, weights)
    return Reliability(kind, off.get(kind, max(off.values())))


def _kind(a: CodedDocument, b: CodedDocument, weights: Weights) -> str:
    spoken = {provision.language for side in (a, b) for provision in side.provisions}
    if weights.kind == "languages":
        return {frozenset({"zh"}): "chinese", frozenset({"en", "zh"}): "across_languages"}.get(
            frozenset(spoken), UNKNOWN
        )
    if weights.kind != "documents":
        return {"provisions": "rules"}.get(weights.kind, weights.kind)
    genres: dict[str, list[str]] = _data()["genres"]
    kinds = {next((kind for kind, names in genres.items() if side.document.genre in names), UNKNOWN) for side in (a, b)}
    if UNKNOWN in kinds:
        return UNKNOWN
    return kinds.pop() if len(kinds) == 1 else "two_kinds"

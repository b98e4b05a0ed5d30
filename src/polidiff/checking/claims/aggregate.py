"""From what was seen at the best passages to the numbers that a verdict is weighed by.

Tests that speak against a claim are few and each is rare, so that their weights can't be learnt one by one from some
hundred claims. They are put into two sums beforehand, as if each were an independent witness of known trustworthiness:
``against`` (the document says otherwise) and ``beyond`` (it says less). The verdict's weights are learnt over these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from polidiff.checking.claims.features import Contrast
from polidiff.lang.amounts import Amount

__all__ = ["AGAINST", "BEYOND", "against", "beyond", "number_verdicts", "shares", "summed"]

AGAINST = {
    "number": 0.9,
    "opposite": 0.8,
    "actor": 0.85,
    "clash": 0.5,
    "contrary": 0.5,
    "number_missing": 0.5,
    "parity": 0.45,
}
TURNED, TURNED_WHOLE = 0.7, 0.6
"""The trust in a turn of the words in common, reached where this share of them is turned round."""

BEYOND = {"up_to": 0.7, "done": 0.6, "whole_part": 0.4, "whole_alone": 0.5, "banned": 0.6, "must": 0.4, "loose": 0.3}
STEP = 0.3
"""The trust in each step (two at most) by which a claim is firmer."""

EVENNESS = 0.6
"""How evenly the best passages share in the numbers: 0 all alike, 2 the best nearly alone."""

CLOSE = 0.1
"""The share from which on a passage's numbers count."""

_MEAN = (
    "up_to",
    "opposite",
    "parity",
    "actor",
    "turned",
    "contrary",
    "gap",
    "loose",
    "must",
    "done",
    "whole_part",
    "clash",
    "banned",
    "woven",
)


def against(values: Mapping[str, float]) -> float:
    """How much speaks for a contradiction, 0..1."""
    doubt = 1.0 - TURNED * min(1.0, values.get("turned", 0.0) / TURNED_WHOLE)
    for name, trust in AGAINST.items():
        doubt *= 1.0 - trust * min(1.0, values.get(name, 0.0))
    return 1.0 - doubt


def beyond(values: Mapping[str, float]) -> float:
    """How much speaks for a claim that goes further than the document, 0..1."""
    doubt = 1.0 - STEP * min(2.0, values.get("gap", 0.0))
    for name, trust in BEYOND.items():
        doubt *= 1.0 - trust * min(1.0, values.get(name, 0.0))
    return 1.0 - doubt


def shares(contrasts: Sequence[Contrast]) -> list[float]:
    """How much each passage counts, by how surely it speaks to the claim; they sum to 1."""
    best = contrasts[0].values["score"]
    raw = [exp(EVENNESS * (c.values["score"] - best)) for c in contrasts]
    return [value / sum(raw) for value in raw]


def number_verdicts(contrasts: Sequence[Contrast]) -> dict[Amount, str]:
    """What the close passages together say of each number of the claim, in the words of ``Contrast.numbers``."""
    close = [(w, c.numbers) for w, c in zip(shares(contrasts), contrasts, strict=True) if w > CLOSE]
    found = {}
    for amount in contrasts[0].numbers:
        said = dict.fromkeys(("same", "number", "up_to"), 0.0)
        for share, numbers in close:
            if numbers[amount] in said:
                said[numbers[amount]] += share
        best = max(said, key=lambda word: said[word])
        found[amount] = best if said[best] else "missing"
    return found


def summed(contrasts: Sequence[Contrast]) -> dict[str, float]:
    """Return the numbers by name for passages given best first (one at least)."""
    values = dict(contrasts[0].values)
    part = shares(contrasts)
    for name in _MEAN:
        values[name] = sum(w * c.values.get(name, 0.0) for w, c in zip(part, contrasts, strict=True))
    numbers = number_verdicts(contrasts)
    values["number"] = float("number" in numbers.values())
    values["number_missing"] = float("missing" in numbers.values())
    values["next"] = contrasts[1].values["score"] if len(contrasts) > 1 else -5.0
    values["against"] = against(values)
    values["beyond"] = beyond(values)
    return values

"""Posture and forum over a document: the share of its provisions with each label, with a bootstrap interval."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from polidiff.model import Coding, Provision

__all__ = ["Share", "Stance", "stance_of"]

LABELS = {
    "posture": ("competition", "cooperation", "neutral"),
    "forum": ("national", "allied", "multilateral", "none"),
}
#: Labels that say nothing of a side.
_SILENT = {"posture": "neutral", "forum": "none"}
#: Resamples, and the share of them outside a 95% interval on each side (percentile bootstrap, Efron 1979).
_RESAMPLES, _OUTSIDE = 1000, 0.025
#: The most provisions that one resample draws: intervals of more are drawn for so many.
_DRAWN = 2000


@dataclass(frozen=True, slots=True)
class Share:
    """A label, the share of provisions that have it, and the 95% interval of that share; all in 0..1."""

    label: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Stance:
    """What a document's provisions say together.

    ``label`` is the label that speaks most often, where the resamples agree that it does; otherwise the label that
    says nothing (``neutral`` or ``none``). ``provisions`` counts what was tallied.
    """

    label: str
    shares: tuple[Share, ...]
    provisions: int


def stance_of(
    codings: Sequence[Coding], provisions: Sequence[Provision], code: Literal["posture", "forum"], *, seed: int = 0
) -> Stance:
    """Return the shares of a document's labels of ``posture`` or ``forum``, over its leaves.

    ``codings`` and ``provisions`` run in parallel. Resamples are drawn from ``seed``: the same input gives the same
    intervals.
    """
    labels = LABELS[code]
    said = [getattr(c, code).id for c, p in zip(codings, provisions, strict=True) if p.leaf]
    if not said:
        return Stance(_SILENT[code], tuple(Share(label, 0.0, 0.0, 0.0) for label in labels), 0)
    counts = Counter(said)
    total = len(said)
    draws = random.Random(seed)
    drawn = min(total, _DRAWN)
    weights = [counts[label] for label in labels]
    resampled = [Counter(draws.choices(labels, weights, k=drawn)) for _ in range(_RESAMPLES)]
    shares = []
    for label in labels:
        values = sorted(sample[label] / drawn for sample in resampled)
        low, high = values[int(_RESAMPLES * _OUTSIDE)], values[int(_RESAMPLES * (1 - _OUTSIDE)) - 1]
        shares.append(Share(label, round(counts[label] / total, 4), round(low, 4), round(high, 4)))
    return Stance(_leading(counts, resampled, labels, _SILENT[code]), tuple(shares), total)


def _leading(counts: Counter[str], resampled: Sequence[Counter[str]], labels: Sequence[str], silent: str) -> str:
    speaking = [label for label in labels if label != silent]
    first = min(speaking, key=lambda label: (-counts[label], labels.index(label)))
    others = [label for label in speaking if label != first]
    beaten = sum(any(sample[other] >= sample[first] for other in others) for sample in resampled)
    return first if beaten < _OUTSIDE * len(resampled) else silent

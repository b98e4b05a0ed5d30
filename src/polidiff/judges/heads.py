"""Learnt heads: what a passage is about, what it does, by what means, who acts, how firmly, where, in which spirit.

A head is a matrix over the features of :mod:`polidiff.judges.features` and their pairs (:mod:`.crossed`), and a curve
from its scores to probabilities, fitted on labelled passages of documents left out (``training/heads.py``; its worth
stands in ``cards/heads.md``).
A label is *given* where that makes the fewest errors, and *printed* where at most the share of ``risk`` of such labels
was wrong on documents left out; in between it is undecided. Features and weights are whole numbers, so that scores are
the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from polidiff.encode.threads import one_thread_each
from polidiff.judges.crossed import Turn, pairs
from polidiff.judges.features import Passage, dense, word_rows
from polidiff.model.judgements import Judgement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode import Encoder

    Floats = NDArray[np.float64]

__all__ = ["HEADS", "RISKS", "Head", "Judged", "Passage", "judge", "labels_of_head"]

HEADS = ("policy", "themes", "instruments", "direction", "actor", "strength", "forum", "posture", "kind")
"""The judgements, in the order in which they are told."""
RISKS = (0.05, 0.10, 0.20)
"""Shares of printed labels that may be wrong, for which thresholds were set."""

_HEARD = 0.05
"""Probability under which a label of a head of several is left out."""

Judged = Mapping[str, tuple[Judgement, ...]]
"""For each head the labels of one passage, best guess first, then likeliest first."""


@dataclass(frozen=True)
class Head:
    """One judgement: its labels in order, and whether several may hold at once."""

    name: str
    labels: tuple[str, ...]
    several: bool


@dataclass(frozen=True)
class _Bundle:
    """Heads that read the same columns: whole weights, their scales, curves and thresholds, a column a label."""

    heads: tuple[Head, ...]
    evidence: tuple[str, ...]
    rarity: Any
    dense: Floats
    words: Floats
    scale: Floats
    turn: Turn
    pairs: Floats
    pair_scale: Floats
    constant: Floats
    slope: Floats
    offset: Floats
    given: Floats
    printed: Mapping[float, Floats]


def labels_of_head(name: str) -> tuple[str, ...]:
    """Return the labels that a head knows."""
    return next(head.labels for head in _bundle().heads if head.name == name)


def judge(passages: Sequence[Passage], *, encoder: Encoder | None = None) -> tuple[Judged, ...]:
    """Return what the heads say of each passage, in order; passages of one document stand in its order.

    ``encoder`` is the multilingual one that the heads were fitted on, where the caller has one at hand.
    """
    import numpy as np

    from polidiff.encode import default_encoder

    if not passages:
        return ()
    bundle = _bundle()
    reader = encoder if encoder is not None else default_encoder()
    columns = np.concatenate(dense(passages, bundle.evidence, reader), axis=1).astype(np.float64)
    words = word_rows(passages, bundle.rarity)
    with one_thread_each():
        scores = (columns @ bundle.dense + words @ bundle.words) * bundle.scale + bundle.constant
        scores += pairs(bundle.turn.of(columns, words), bundle.pairs) * bundle.pair_scale
    logits = scores * bundle.slope + bundle.offset
    given = bundle.given.tolist()
    printed = [(risk, least.tolist()) for risk, least in bundle.printed.items()]
    made: list[dict[str, tuple[Judgement, ...]]] = [{} for _ in passages]
    at = 0
    for head in bundle.heads:
        part = slice(at, at + len(head.labels))
        chance = _chances(logits[:, part], head.several)
        for row, values in enumerate(chance):
            made[row][head.name] = _ranked(head, values, given[part], [(risk, least[part]) for risk, least in printed])
        at += len(head.labels)
    return tuple(made)


def _chances(logits: Floats, several: bool) -> Floats:
    """Probabilities of the labels of one head: each alone, or shared among them."""
    import numpy as np

    chance: Floats = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
    if not several:
        chance = chance / chance.sum(axis=1, keepdims=True)
    return np.round(chance, 4)


def _ranked(
    head: Head, values: Floats, given: Sequence[float], printed: Sequence[tuple[float, Sequence[float]]]
) -> tuple[Judgement, ...]:
    """The labels of one passage, likeliest first. ``given`` weighs the labels where one alone holds; ``printed`` has
    the thresholds by risk, the least first."""
    chance: list[float] = values.tolist()
    if head.several:
        best = {at for at, value in enumerate(chance) if value >= given[at]}
        heard = [at for at, value in enumerate(chance) if value >= _HEARD or at in best]
    else:
        best = {max(range(len(chance)), key=lambda at: (chance[at] * given[at], -at))}
        heard = list(range(len(chance)))
    heard.sort(key=lambda at: (at not in best, -chance[at], at))

    def risk_of(at: int) -> float | None:
        return next((risk for risk, least in printed if chance[at] >= least[at]), None) if at in best else None

    return tuple(Judgement(head.labels[at], chance[at], "learnt", at in best, risk_of(at)) for at in heard)


@lru_cache(maxsize=1)
def _bundle() -> _Bundle:
    import numpy as np

    file = resources.files("polidiff.judges").joinpath("weights", "heads.npz")
    with file.open("rb") as raw:
        held = dict(np.load(raw))
    about = json.loads(bytes(held["about"]).decode("utf-8"))
    heads = tuple(Head(name, tuple(labels), several) for name, labels, several in about["heads"])
    return _Bundle(
        heads=heads,
        evidence=tuple(about["evidence"]),
        rarity=held["rarity"].astype(np.float64) / 4096,
        dense=held["dense"].astype(np.float64),
        words=held["words"].astype(np.float64) * held["ratio"].astype(np.float64),
        scale=held["scale"],
        turn=Turn(
            held["turn_dense"].astype(np.float64),
            held["turn_words"].astype(np.float64) * float(held["turn_ratio"]),
            held["turn_constant"],
            float(held["turn_scale"]),
        ),
        pairs=held["pairs"].astype(np.float64),
        pair_scale=held["pair_scale"],
        constant=held["constant"],
        slope=held["slope"],
        offset=held["offset"],
        given=held["given"],
        printed={risk: held["printed"][at] for at, risk in enumerate(RISKS)},
    )

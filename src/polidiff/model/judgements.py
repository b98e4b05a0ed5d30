"""Judgements: what is said of a passage, how likely it is right, by whom, and if it may be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

By = Literal["rule", "learnt", "model", "person"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One label of a passage.

    ``probability`` is how often such a label is right on documents never seen, in 0..1. ``given`` says that it is the
    best guess; ``risk`` is the least share of wrong ones at which a label as sure as this may be printed, None where it
    is sure enough at none: what is given and not printed is undecided.
    """

    label: str
    probability: float
    by: By
    given: bool
    risk: float | None = None

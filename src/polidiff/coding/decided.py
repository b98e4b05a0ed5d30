"""Scores bettered by a user's decisions on proposed codes: shifts of their log odds, the bundled ones as the prior.

A decision says of a code that was proposed with a score whether it was right. One shift for all codes and one for each
are fitted, both held to nought as a prior would that says that the bundled scores are right; so a few decisions move
little. What it gains is measured on decisions held back, five folds, before anything is changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from polidiff.model import Code, Coding

__all__ = ["FEWEST", "Told", "Tuning", "retuned", "tuned"]

FEWEST = 10
"""Decisions below which nothing is learnt."""
_FOLDS = 5
_SPREAD = 1.0
"""How far a shift is thought to lie from nought before any decision, in log odds."""
_STEPS = 25
_EDGE = 0.01
"""Scores are kept this far from nought and one before their odds are taken."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was decided of a proposed code (``theme:compute``): whether it was right."""

    code: str
    score: float
    right: bool


@dataclass(frozen=True)
class Tuning:
    """Shifts of log odds, ``common`` to all and by code, and what they gain on decisions held back.

    ``before`` and ``after`` are the mean log losses there; ``count`` is how many decisions there were.
    """

    common: float
    shifts: Mapping[str, float]
    count: int
    before: float
    after: float

    @property
    def gains(self) -> bool:
        """Whether decisions held back are foretold better."""
        return self.after < self.before

    def score(self, code: str, score: float) -> float:
        """Return a score as the decisions have it."""
        return round(_chance(_odds(score) + self.common + self.shifts.get(code, 0.0)), 4)

    def record(self) -> dict[str, Any]:
        """Return it as plain data."""
        shifts = dict(sorted(self.shifts.items()))
        return {
            "common": self.common,
            "shifts": shifts,
            "count": self.count,
            "before": self.before,
            "after": self.after,
        }


def tuned(told: Iterable[Told]) -> Tuning | None:
    """Return what decisions teach; None where there are fewer than :data:`FEWEST`."""
    rows = sorted(told, key=lambda one: (one.code, one.score, one.right))
    if len(rows) < FEWEST:
        return None
    before = after = 0.0
    for fold in range(_FOLDS):
        common, shifts = _fit([one for at, one in enumerate(rows) if at % _FOLDS != fold])
        for one in rows[fold::_FOLDS]:
            before += _loss(_odds(one.score), one.right)
            after += _loss(_odds(one.score) + common + shifts.get(one.code, 0.0), one.right)
    common, shifts = _fit(rows)
    return Tuning(common, shifts, len(rows), round(before / len(rows), 4), round(after / len(rows), 4))


def retuned(codings: Sequence[Coding], tuning: Tuning) -> tuple[Coding, ...]:
    """Return codings whose themes and means are scored as decisions taught; what falls to a mere mention stays last."""
    return tuple(
        replace(
            coding,
            themes=_scored(coding.themes, "theme", tuning),
            instruments=_scored(coding.instruments, "instrument", tuning),
        )
        for coding in codings
    )


def _scored(codes: Sequence[Code], group: str, tuning: Tuning) -> tuple[Code, ...]:
    made = [replace(code, score=tuning.score(f"{group}:{code.id}", code.score)) for code in codes]
    return tuple(sorted(made, key=lambda code: -code.score))


def _fit(rows: Sequence[Told]) -> tuple[float, dict[str, float]]:
    """The shifts that a prior of nought and the decisions agree on: each in turn by Newton's steps, till they rest."""
    common, shifts = 0.0, dict.fromkeys(sorted({one.code for one in rows}), 0.0)
    for _ in range(_STEPS):
        common += _step(common, [(_odds(o.score) + common + shifts[o.code], o.right) for o in rows])
        for code in shifts:
            own = [(_odds(o.score) + common + shifts[code], o.right) for o in rows if o.code == code]
            shifts[code] += _step(shifts[code], own)
    return round(common, 4), {code: round(value, 4) for code, value in shifts.items()}


def _step(value: float, rows: Sequence[tuple[float, bool]]) -> float:
    chances = [(_chance(odds), right) for odds, right in rows]
    slope = sum(right - chance for chance, right in chances) - value / _SPREAD**2
    return slope / (sum(chance * (1 - chance) for chance, _ in chances) + 1 / _SPREAD**2)


def _odds(score: float) -> float:
    held = min(max(score, _EDGE), 1 - _EDGE)
    return math.log(held / (1 - held))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _loss(odds: float, right: bool) -> float:
    return math.log1p(math.exp(-odds if right else odds))

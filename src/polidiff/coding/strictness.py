"""How sure a learnt label must be to be printed, from strict to broad, and what each setting costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from polidiff.model import Code, Coding

__all__ = ["SETTINGS", "Cost", "Strictness", "at", "costs"]

Strictness = Literal["strict", "usual", "broad"]

SETTINGS: Mapping[Strictness, float] = {"strict": 0.05, "usual": 0.10, "broad": 0.20}
"""The share of printed labels that is expected to be wrong at the most (:data:`polidiff.judges.heads.RISKS`)."""

_SINGLE = ("strength", "posture", "forum", "kind", "direction", "actor")
_SEVERAL = ("themes", "instruments", "policy")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a setting prints: so many of ``labels`` learnt labels, of which a share ``wrong`` may be expected wrong."""

    strictness: Strictness
    labels: int
    printed: int
    wrong: float


def at(codings: Iterable[Coding], strictness: Strictness) -> tuple[Coding, ...]:
    """Return codings with those learnt labels printed that are sure enough at this setting."""
    risk = SETTINGS[strictness]

    def set_to(code: Code) -> Code:
        printed = code.risk <= risk if code.risk is not None else code.printed and code.by != "learnt"
        return code if printed == code.printed else replace(code, printed=printed)

    made = []
    for coding in codings:
        one = {name: set_to(getattr(coding, name)) for name in _SINGLE}
        several = {name: tuple(map(set_to, getattr(coding, name))) for name in _SEVERAL}
        made.append(replace(coding, **one, **several))  # type: ignore[arg-type]
    return tuple(made)


def costs(codings: Sequence[Coding]) -> tuple[Cost, ...]:
    """Return what each setting prints of these codings, the strictest first.

    A learnt label's probability is how often such a label is right on documents never seen; one less the mean of the
    printed ones is the share expected to be wrong.
    """
    held = list(_learnt(codings))
    made = []
    for name, risk in SETTINGS.items():
        sure = [code.score for code in held if code.risk is not None and code.risk <= risk]
        made.append(Cost(name, len(held), len(sure), round(1 - sum(sure) / len(sure), 4) if sure else 0.0))
    return tuple(made)


def _learnt(codings: Sequence[Coding]) -> Iterator[Code]:
    for coding in codings:
        codes = [*(getattr(coding, name) for name in _SINGLE), *(c for n in _SEVERAL for c in getattr(coding, n))]
        yield from (code for code in codes if code.by == "learnt")

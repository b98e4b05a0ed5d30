"""Why a pair has the score that it has, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.align.score import Evidence
from polidiff.align.sides import Side
from polidiff.model import Reason

SHOWN = 6
HUB_SHOWN = 0.03
"""How much above the mean a target's hub correction must be to be told."""


def reasons(a: Side, b: Side, found: Evidence, i: int, j: int, common: Sequence[str]) -> tuple[Reason, ...]:
    """Return the evidence for a pair, what counts most first; values are shares of the evidence's sum."""
    weights = found.weights
    told: list[Reason] = []
    if common:
        what = "terms in both languages" if found.across else "words in common"
        told.append(Reason("words", f"{what}: {', '.join(common[:SHOWN])}", weights.words * float(found.words[i, j])))
    themes = [code.id for code in a.codings[i].themes if code.id in {c.id for c in b.codings[j].themes}]
    if themes:
        told.append(Reason("theme", f"both coded {', '.join(themes[:4])}", weights.themes * float(found.themes[i, j])))
    near = float(found.meaning[i, j])
    value = (
        weights.meaning * near + weights.plain * float(found.plain[i, j]) + weights.tokens * float(found.tokens[i, j])
    )
    text = f"closeness in meaning {near:.2f}"
    if weights.tokens:
        text += f", word by word {float(found.tokens[i, j]):.2f}"
    told.append(Reason("meaning", text, value))
    hub = float(found.hub[i, j])
    above = hub - float(found.hub[i].mean())
    if above > HUB_SHOWN:
        told.append(Reason("hub", "less, because it is near to many provisions", -hub))
    else:
        told.append(Reason("hub", "less the nearness that any two provisions here have", -hub))
    return tuple(
        Reason(reason.kind, reason.text, round(reason.value, 4))
        for reason in sorted(told, key=lambda reason: -reason.value)
    )

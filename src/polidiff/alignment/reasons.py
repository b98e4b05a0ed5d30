"""Why a pair has the score that it has, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.alignment.score import Evidence
from polidiff.alignment.sides import CodedDocument, compared_text
from polidiff.alignment.subjects import subjects
from polidiff.model import Reason

SHOWN = 6
HUB_SHOWN = 0.03
"""How much above the mean a target's hub correction must be to be told."""


def reasons(
    a: CodedDocument, b: CodedDocument, found: Evidence, i: int, j: int, common: Sequence[str]
) -> tuple[Reason, ...]:
    """Return the evidence for row ``i`` and column ``j``, what counts most first; values are shares of its sum."""
    weights, measures = found.weights, found.measures
    told: list[Reason] = []
    if common:
        what = "terms in both languages" if found.across else "words in common"
        value = weights.words * float(measures.words[i, j])
        told.append(Reason("words", f"{what}: {', '.join(common[:SHOWN])}", value))
    target = found.target(i, j)
    themes = [code.id for code in a.codings[i].themes if code.id in {c.id for c in b.codings[target].themes}]
    if themes:
        value = weights.themes * float(measures.themes[i, j])
        told.append(Reason("theme", f"both coded {', '.join(themes[:4])}", value))
    near = float(measures.meaning[i, j])
    value = weights.meaning * near + weights.opening * float(measures.opening[i, j])
    value += weights.tokens * float(measures.tokens[i, j])
    text = f"closeness in meaning {near:.2f}"
    if weights.tokens:
        text += f", word by word {float(measures.tokens[i, j]):.2f}"
    told.append(Reason("meaning", text, value))
    value = weights.subjects * float(measures.subjects[i, j])
    if value:
        told.append(Reason("subject", f"on the same subjects: {', '.join(_subjects(a, b, i, target)[:SHOWN])}", value))
    value = float(found.around[i, j])
    if value:
        what = "with the nearness of what stands beside the two"
        told.append(Reason("around", what, value))
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


def _subjects(a: CodedDocument, b: CodedDocument, i: int, j: int) -> list[str]:
    """The subjects that both are on, those with most words first."""
    left, right = (subjects(compared_text(side.document, side.provisions[at])) for side, at in ((a, i), (b, j)))
    return sorted(left & right, key=lambda name: (-min(left[name], right[name]), name))

"""Why a pair has the score that it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from polidiff.alignment.sides import CodedDocument
from polidiff.model import Reason
from polidiff.ranking.evidence import Evidence
from polidiff.ranking.passage import compared_text
from polidiff.ranking.subjects import subjects

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
        code = "words.terms" if found.across else "words.common"
        value = weights.words * float(measures.words[i, j]) + weights.terms * float(measures.terms[i, j])
        told.append(Reason.of(code, value, words=tuple(common[:SHOWN])))
    target = found.target(i, j)
    themes = [code.id for code in a.codings[i].themes if code.id in {c.id for c in b.codings[target].themes}]
    if themes:
        value = weights.themes * float(measures.themes[i, j])
        told.append(Reason.of("theme.both", value, themes=tuple(themes[:4])))
    near = float(measures.meaning[i, j])
    value = weights.meaning * near + weights.opening * float(measures.opening[i, j])
    value += weights.tokens * float(measures.tokens[i, j])
    if weights.tokens:
        tokens = round(float(measures.tokens[i, j]), 4)
        told.append(Reason.of("meaning.tokens", value, near=round(near, 4), tokens=tokens))
    else:
        told.append(Reason.of("meaning.near", value, near=round(near, 4)))
    value = weights.subjects * float(measures.subjects[i, j])
    if value:
        told.append(Reason.of("subject.same", value, subjects=tuple(_subjects(a, b, i, target)[:SHOWN])))
    value = float(found.around[i, j])
    if value:
        told.append(Reason.of("around.beside", value))
    hub = float(found.hub[i, j])
    above = hub - float(found.hub[i].mean())
    told.append(Reason.of("hub.many" if above > HUB_SHOWN else "hub.any", -hub))
    return tuple(
        replace(reason, value=round(reason.value, 4)) for reason in sorted(told, key=lambda reason: -reason.value)
    )


def _subjects(a: CodedDocument, b: CodedDocument, i: int, j: int) -> list[str]:
    """The subjects that both are on, those with most words first."""
    left, right = (subjects(compared_text(side.document, side.provisions[at])) for side, at in ((a, i), (b, j)))
    return sorted(left & right, key=lambda name: (-min(left[name], right[name]), name))

"""Aligning two documents: which provisions answer one another, and how sure it is that one stands alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

from polidiff.align.lexical import words_in_common
from polidiff.align.relation import differences, relation
from polidiff.align.score import Evidence, evidence
from polidiff.align.sides import Side
from polidiff.encode import Encoder
from polidiff.model import Match, Reason, Unique

ALONE = 0.55
"""Best score at which a provision is as likely to have a counterpart as not."""

STEEPNESS = 9.0


@dataclass(frozen=True)
class Alignment:
    """What aligning ``a`` with ``b`` gave: per provision of ``a``, its matches best first and how alone it stands."""

    a: Side
    b: Side
    matches: tuple[tuple[Match, ...], ...]
    uniques: tuple[Unique, ...]
    evidence: Evidence


def align(a: Side, b: Side, encoder: Encoder, top: int = 5) -> Alignment:
    """Align every provision of ``a`` with its best ``top`` in ``b``; ties are broken by the order of ``b``."""
    import numpy as np

    found = evidence(a, b, encoder)
    matches: list[tuple[Match, ...]] = []
    uniques: list[Unique] = []
    for i in range(len(a.provisions)):
        order = np.argsort(-found.score[i], kind="stable")[:top]
        matches.append(tuple(_match(a, b, found, i, int(j)) for j in order))
        best = float(found.score[i].max()) if found.score.shape[1] else 0.0
        uniques.append(
            Unique(
                document=a.document.id,
                source=a.provisions[i].id,
                other=b.document.id,
                probability=alone(best),
                nearest=b.provisions[int(order[0])].id if len(order) else None,
                nearest_score=round(best, 4),
                searched=len(b.provisions),
            )
        )
    return Alignment(a, b, tuple(matches), tuple(uniques), found)


def alone(best: float) -> float:
    """Return how likely a provision whose best score is ``best`` has no counterpart (not calibrated yet)."""
    return round(1 / (1 + math.exp(STEEPNESS * (best - ALONE))), 4)


def _match(a: Side, b: Side, found: Evidence, i: int, j: int) -> Match:
    left, right = (a.document, a.provisions[i]), (b.document, b.provisions[j])
    score = float(found.score[i, j])
    common = words_in_common(left, right)
    return Match(
        source_document=a.document.id,
        source=left[1].id,
        document=b.document.id,
        id=right[1].id,
        score=score,
        relation=relation(score, left, right),
        reasons=tuple(_reasons(a, b, found, i, j, [word for word, _, _ in common])),
        differs=differences(a.codings[i], b.codings[j]),
        words=tuple((x, y) for _, x, y in common),
    )


def _reasons(a: Side, b: Side, found: Evidence, i: int, j: int, common: list[str]) -> list[Reason]:
    weights = found.weights
    reasons = []
    if common:
        shown = ", ".join(common[:6])
        reasons.append(Reason("words", f"words in common: {shown}", round(weights.words * float(found.words[i, j]), 4)))
    themes = [code.id for code in a.codings[i].themes if code.id in {c.id for c in b.codings[j].themes}]
    if themes:
        value = round(weights.themes * float(found.themes[i, j]), 4)
        reasons.append(Reason("theme", f"both coded {', '.join(themes[:4])}", value))
    meaning = float(found.meaning[i, j])
    reasons.append(Reason("meaning", f"closeness in meaning {meaning:.2f}", round(weights.meaning * meaning, 4)))
    return sorted(reasons, key=lambda reason: -reason.value)

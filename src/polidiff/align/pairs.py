"""Aligning two documents: which provisions answer one another, and how sure it is that one stands alone."""

from __future__ import annotations

from dataclasses import dataclass

from polidiff.align.calibration import alone_probabilities
from polidiff.align.figures import figures_differ
from polidiff.align.lexical import words_in_common
from polidiff.align.reasons import reasons
from polidiff.align.relation import differences, relation
from polidiff.align.score import Evidence, evidence, turned
from polidiff.align.sides import Side
from polidiff.encode import Encoder
from polidiff.model import Match, Unique

LEAST = 0.05
"""Score under which a pair is not offered in a one-to-one assignment."""


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
    return _aligned(a, b, evidence(a, b, encoder), top)


def align_both(a: Side, b: Side, encoder: Encoder, top: int = 5) -> tuple[Alignment, Alignment]:
    """Align ``a`` with ``b`` and ``b`` with ``a``, comparing each pair once."""
    found = evidence(a, b, encoder)
    return _aligned(a, b, found, top), _aligned(b, a, turned(found), top)


def _aligned(a: Side, b: Side, found: Evidence, top: int) -> Alignment:
    import numpy as np

    searched = len(b.provisions)
    silent = alone_probabilities(found.total, found.weights.curve) if searched else np.ones(len(a.provisions))
    matches: list[tuple[Match, ...]] = []
    uniques: list[Unique] = []
    for i, provision in enumerate(a.provisions):
        order = np.argsort(-found.total[i], kind="stable")[:top]
        matches.append(tuple(_match(a, b, found, i, int(j)) for j in order))
        uniques.append(
            Unique(
                document=a.document.id,
                source=provision.id,
                other=b.document.id,
                probability=round(float(silent[i]), 4),
                nearest=b.provisions[int(order[0])].id if len(order) else None,
                nearest_score=float(found.score[i, order[0]]) if len(order) else 0.0,
                searched=searched,
            )
        )
    return Alignment(a, b, tuple(matches), tuple(uniques), found)


def one_to_one(alignment: Alignment, least: float = LEAST) -> tuple[tuple[str, str, float], ...]:
    """Return the pairs (source id, target id, score) of the best global assignment of one target to one source.

    It maximises the sum of the scores; pairs under ``least`` are left out. In the order of the sources.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    score = alignment.evidence.score
    steps = np.rint(np.where(score >= least, score, 0.0) * 10000).astype(np.int64)
    rows, columns = linear_sum_assignment(steps, maximize=True)
    return tuple(
        (alignment.a.provisions[i].id, alignment.b.provisions[j].id, float(score[i, j]))
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        if score[i, j] >= least
    )


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
        reasons=reasons(a, b, found, i, j, [word for word, _, _ in common]),
        differs=(*differences(a.codings[i], b.codings[j]), *figures_differ(left[1].text, right[1].text)),
        words=tuple((x, y) for _, x, y in common),
    )

"""Where a document stands on each theme, over all its commitments, with intervals that say what chance could do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from polidiff.alignment import CodedDocument
from polidiff.coding.fit import COMMITTING, commits
from polidiff.model import TREATED, Codebook, Coding, Respect, Stance

__all__ = ["stances"]

POLES: Mapping[Respect, tuple[frozenset[str], frozenset[str]]] = {
    "direction": (frozenset({"promote", "ease"}), frozenset({"limit", "safeguard"})),
    "actor": (
        frozenset({"state", "regional", "regulator", "public_bodies", "international"}),
        frozenset({"firms", "people"}),
    ),
    "strength": (
        frozenset({"mandate", "directive", "obligation", "prohibition"}),
        frozenset({"recommendation", "aspiration", "statement", "encouragement", "permission", "none"}),
    ),
    "posture": (frozenset({"competition"}), frozenset({"cooperation"})),
    "forum": (frozenset({"national", "allied"}), frozenset({"multilateral"})),
}
"""The labels that count one way and those that count the other: promote or limit, the state or others, firmly or not,
against others or with them, alone and among allies or in bodies of all. What is neither doesn't count."""
LEAST = 4
"""Commitments on a theme under which nothing is said of a document's stance."""
DRAWS = 2000
"""Samples with replacement behind an interval."""
OUTSIDE = 0.05
"""The share of the samples that lies outside of an interval at each end."""


def stances(sides: Sequence[CodedDocument], codebook: Codebook) -> tuple[Stance, ...]:
    """Return every document's stance on every theme and respect with enough commitments, in the codebook's order.

    ``value`` is the mean of 1 and -1 over the commitments. Two documents are ``opposed`` where the whole interval of
    the one lies above nought and that of the other below.
    """
    held = [(side.document.id, _by_theme(side.codings)) for side in sides]
    return tuple(
        one
        for theme in codebook.themes
        for respect in POLES
        for one in _on([(document, codings.get(theme.id, [])) for document, codings in held], theme.id, respect)
    )


def _by_theme(codings: Sequence[Coding]) -> dict[str, list[Coding]]:
    """The codings of commitments by the themes that they treat, in the document's order."""
    found: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.kind.id in COMMITTING or commits(coding) >= 0.5:
            for theme in {code.id for code in coding.themes if code.score >= TREATED}:
                found.setdefault(theme, []).append(coding)
    return found


def _on(sides: Sequence[tuple[str, Sequence[Coding]]], theme: str, respect: Respect) -> Iterator[Stance]:
    held = [
        Stance(theme, respect, document, *measured)
        for document, codings in sides
        if (measured := _measured(codings, respect)) is not None
    ]
    clear = {one.document for one in held if one.low > 0}, {one.document for one in held if one.high < 0}
    parted = all(clear)
    for one in held:
        yield replace(one, opposed=parted and one.document in (clear[0] | clear[1]))


def _measured(codings: Sequence[Coding], respect: Respect) -> tuple[int, float, float, float] | None:
    """How many commitments count, their mean, and its interval; None where too few count."""
    ways = [way for coding in codings if (way := _way(coding, respect))]
    if len(ways) < LEAST:
        return None
    import numpy as np

    values = np.array(ways)
    drawn = np.random.Generator(np.random.PCG64(len(values))).integers(0, len(values), (DRAWS, len(values)))
    means = np.sort(values[drawn].mean(axis=1))
    low, high = means[int(OUTSIDE * DRAWS)], means[-1 - int(OUTSIDE * DRAWS)]
    value, low, high = (round(float(number), 4) for number in (values.mean(), low, high))
    return len(values), value, low, high


def _way(coding: Coding, respect: Respect) -> int:
    label = getattr(coding, respect).id
    one, other = POLES[respect]
    return (label in one) - (label in other)

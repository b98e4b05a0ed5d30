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
    return tuple(one for theme in codebook.themes for respect in POLES for one in _on(sides, theme.id, respect))


def _on(sides: Sequence[CodedDocument], theme: str, respect: Respect) -> Iterator[Stance]:
    held = [one for side in sides if (one := _stance(side, theme, respect)) is not None]
    clear = {one.document for one in held if one.low > 0}, {one.document for one in held if one.high < 0}
    parted = all(clear)
    for one in held:
        yield replace(one, opposed=parted and one.document in (clear[0] | clear[1]))


def _stance(side: CodedDocument, theme: str, respect: Respect) -> Stance | None:
    import numpy as np

    ways = [_way(coding, respect) for coding in side.codings if _speaks(coding, theme)]
    values = np.array([way for way in ways if way])
    if len(values) < LEAST:
        return None
    drawn = np.random.Generator(np.random.PCG64(len(values))).integers(0, len(values), (DRAWS, len(values)))
    means = np.sort(values[drawn].mean(axis=1))
    low, high = means[int(OUTSIDE * DRAWS)], means[-1 - int(OUTSIDE * DRAWS)]
    value, low, high = (round(float(number), 4) for number in (values.mean(), low, high))
    return Stance(theme, respect, side.document.id, len(values), value, low, high)


def _speaks(coding: Coding, theme: str) -> bool:
    on_theme = any(code.id == theme and code.score >= TREATED for code in coding.themes)
    return on_theme and (coding.kind.id in COMMITTING or commits(coding) >= 0.5)


def _way(coding: Coding, respect: Respect) -> int:
    label = getattr(coding, respect).id
    one, other = POLES[respect]
    return (label in one) - (label in other)

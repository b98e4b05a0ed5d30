"""How far a codebook fits documents: the share of their commitments that are of its subject."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.model import Codebook, Coding
from polidiff.thresholds import threshold

__all__ = ["COMMITTING", "commits", "covered", "fits"]

COMMITTING = frozenset({"commitment", "aim", "principle"})
"""Kinds of passage that bind their author to something."""

_FIRM = {
    "mandate": 1.0, "directive": 1.0, "recommendation": 0.9, "aspiration": 0.7, "statement": 0.3,
    "obligation": 1.0, "prohibition": 1.0, "permission": 0.8, "encouragement": 0.8, "none": 0.2,
}  # fmt: skip
"""How far a provision commits its author by its strength alone, where no head was asked for its kind."""


def commits(coding: Coding) -> float:
    """Return the chance, 0..1, that a provision is a commitment, an aim or a principle."""
    if not coding.kind.id:
        return _FIRM.get(coding.strength.id, 0.0)
    return coding.kind.score if coding.kind.id in COMMITTING else 1.0 - coding.kind.score


def covered(codings: Sequence[Coding], codebook: Codebook) -> float:
    """Return the share, 0..1, of the commitments among ``codings`` that are of the codebook's subject; 1 where none is.

    A codebook that names fields of policy covers what is in one of them; another what it gives a theme.
    """
    held = [coding for coding in codings if commits(coding) >= 0.5]
    if not held:
        return 1.0
    least = threshold("codebook.field") if codebook.fields else threshold("codebook.theme")
    inside = frozenset(codebook.fields)
    met = 0
    for coding in held:
        codes = [code for code in coding.policy if code.id in inside] if inside else coding.themes
        met += any(code.score >= least for code in codes)
    return met / len(held)


def fits(codings: Sequence[Coding], codebook: Codebook) -> bool:
    """Return whether a codebook fits a document: whether enough of its commitments are of the codebook's subject."""
    return covered(codings, codebook) >= threshold("codebook.fits")

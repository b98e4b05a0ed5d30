"""How far a codebook fits documents: the share of their commitments that are of its subject, in words of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import islice

from polidiff.coding.codebook import load_codebook
from polidiff.coding.lexicon import Lexicon
from polidiff.lang.data import load_list
from polidiff.model import Codebook, Coding, Provision
from polidiff.thresholds import threshold

__all__ = ["COMMITTING", "FIRST", "Coded", "better", "binds", "chosen", "commits", "covered", "fits"]

AUTO = ("data-protection", "climate-pledges", "ai-plans", "general-policy")
"""Bundled codebooks that ``auto`` chooses among: the first that fits every document, or the last."""
FIRST = "ai-plans"
"""The codebook that documents are coded with while another is not yet chosen: fields of policy are told with any."""

Coded = tuple[Sequence[Provision], Sequence[Coding]]
"""A document's provisions and their codings, in the same order."""

COMMITTING = frozenset({"commitment", "aim", "principle"})
"""Kinds of passage that bind their author to something."""

_FIRM = {
    "mandate": 1.0, "directive": 1.0, "recommendation": 0.9, "aspiration": 0.7, "statement": 0.3,
    "obligation": 1.0, "prohibition": 1.0, "permission": 0.8, "encouragement": 0.8, "none": 0.2,
}  # fmt: skip
"""How far a provision commits its author by its strength alone, where no head was asked for its kind."""


def commits(coding: Coding) -> float:
    """Return the chance, 0..1, that a provision is a commitment, an aim or a principle."""
    if coding.binding is not None:
        return coding.binding
    if not coding.kind.id:
        return _FIRM.get(coding.strength.id, 0.0)
    return coding.kind.score if coding.kind.id in COMMITTING else 1.0 - coding.kind.score


def binds(coding: Coding) -> bool:
    """Whether a provision is likely to bind its author: by its kind, or, where none is sure, by its firm words."""
    likely = threshold("commitment.likely")
    if commits(coding) >= likely:
        return True
    return coding.kind.score < likely and _FIRM.get(coding.strength.id, 0.0) >= threshold("commitment.firm")


def covered(codings: Sequence[Coding], codebook: Codebook) -> float:
    """Return the share, 0..1, of the commitments among ``codings`` that are of the codebook's subject; 1 where none is.

    A codebook that names fields of policy covers what is in one of them; another what it gives a theme.
    """
    likely = threshold("commitment.likely")
    held = [coding for coding in codings if commits(coding) >= likely]
    if not held:
        return 1.0
    if codebook.fields:
        least = threshold("codebook.field")
        met = (any(code.id in codebook.fields and code.score >= least for code in coding.policy) for coding in held)
        return sum(met) / len(held)
    least = threshold("codebook.theme")
    return sum(any(code.score >= least for code in coding.themes) for coding in held) / len(held)


@cache
def _subject(codebook: str) -> tuple[Lexicon, float] | None:
    """The words of a bundled codebook's subject and in what share of provisions they stand; None for any subject."""
    held = load_list("subjects").get(codebook)
    return None if held is None else (Lexicon(held["words"]), float(held["share"]))


def _speaks(provisions: Sequence[Provision], codebook: Codebook) -> bool:
    """Whether a document is of the codebook's subject by its own words, in provisions or the headings over them."""
    subject = _subject(codebook.id)
    if subject is None or not provisions:
        return True
    words, share = subject
    needed = math.ceil(share * len(provisions))
    said = (one for one in provisions if words.find("\n".join([*one.path[-1:], one.text])))
    return sum(1 for _ in islice(said, needed)) == needed


def fits(side: Coded, codebook: Codebook) -> bool:
    """Return whether a codebook fits a document: whether enough of its commitments are of the codebook's subject.

    A document on software or on privacy is of the same field of policy as one on AI; their words tell them apart.
    """
    provisions, codings = side
    return covered(codings, codebook) >= threshold("codebook.fits") and _speaks(provisions, codebook)


def chosen(sides: Sequence[Coded]) -> Codebook:
    """Return the first codebook of :data:`AUTO` that fits every document, by their codings with any; or the last."""
    books = (load_codebook(name) for name in AUTO[:-1])
    return next((book for book in books if all(fits(side, book) for side in sides)), load_codebook(AUTO[-1]))


def better(sides: Sequence[Coded], codebook: Codebook) -> Codebook | None:
    """Return the bundled codebook that fits documents where this one doesn't, by their codings with it; or None."""
    if all(fits(side, codebook) for side in sides):
        return None
    other = chosen(sides)
    return None if other.id == codebook.id else other

"""Coding: what each provision says it will do, by what means, who leads, how firmly, with or against whom."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.coding.codebook import BUNDLED, check_codebook, load_codebook
from polidiff.coding.readable import readable_terms
from polidiff.model import Codebook, Coding, Document, Provision, Scale

__all__ = ["BUNDLED", "check_codebook", "code", "load_codebook", "readable_terms"]


def code(
    document: Document,
    provisions: Sequence[Provision],
    codebook: Codebook | None = None,
    *,
    scale: Scale = "plan",
) -> tuple[Coding, ...]:
    """Return one coding for each provision, in order.

    ``codebook`` is the bundled one for AI plans when None. ``scale`` chooses the steps of strength: those for plans or
    the deontic classes for law. Every cue is a span of the document's text.
    """
    from polidiff.coding.coder import code as code_provisions  # the readers' patterns take a tenth of a second to build

    return code_provisions(document, provisions, codebook, scale=scale)

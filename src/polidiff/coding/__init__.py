"""Coding: what each provision says it will do, by what means, who leads, how firmly, with or against whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from polidiff.coding.codebook import BUNDLED, check_codebook, load_codebook
from polidiff.coding.readable import readable_terms
from polidiff.model import Code, Codebook, Document

if TYPE_CHECKING:
    from polidiff.coding.agreement import agreement_of, load_codes
    from polidiff.coding.coder import code
    from polidiff.coding.strength import is_law
    from polidiff.encode import Encoder

__all__ = [
    "BUNDLED",
    "agreement_of",
    "check_codebook",
    "code",
    "code_documents",
    "is_law",
    "load_codebook",
    "load_codes",
    "readable_terms",
]


def __getattr__(name: str) -> object:
    """Import when it is first asked for what takes a tenth of a second, for its patterns, and agreement."""
    if name == "code":
        from polidiff.coding import coder

        return coder.code
    if name == "is_law":
        from polidiff.coding import strength

        return strength.is_law
    if name in ("agreement_of", "load_codes"):
        from polidiff.coding import agreement

        return getattr(agreement, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def code_documents(
    documents: Sequence[Document], codebook: Codebook | None = None, *, vectors: Encoder | None = None
) -> tuple[tuple[Code, ...], ...]:
    """Return, for each document, a code for every theme of the codebook, best first.

    The codebook may be any: names and definitions are enough, terms help. ``codebook`` is the bundled one for AI plans
    when None; ``vectors`` adds meaning to words. From a score of 0.5 a theme counts as the document's. With twelve
    documents or more each is measured against the others.
    """
    from polidiff.coding.whole import code_documents as score_documents  # numpy

    return score_documents(documents, codebook if codebook is not None else load_codebook(), vectors)

"""Coding: what each provision says it will do, by what means, who leads, how firmly, with or against whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from polidiff.coding.codebook import BUNDLED, check_codebook, load_codebook
from polidiff.coding.readable import readable_terms
from polidiff.coding.strength import is_law
from polidiff.model import Code, Codebook, Coding, Document, Provision, Scale

if TYPE_CHECKING:
    from polidiff.encode import Encoder

__all__ = ["BUNDLED", "check_codebook", "code", "code_documents", "is_law", "load_codebook", "readable_terms"]


def code(
    document: Document,
    provisions: Sequence[Provision],
    codebook: Codebook | None = None,
    *,
    scale: Scale = "plan",
    mentions: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Coding, ...]:
    """Return one coding for each provision, in order.

    ``codebook`` is the bundled one for AI plans when None. ``scale`` chooses the steps of strength: those for plans or
    the deontic classes for law. With ``mentions`` the themes that a provision only touches are given too, at their low
    scores, as a comparison wants them. Every cue is a span of the document's text. ``progress`` is called with how
    many provisions are coded and how many there are.
    """
    from polidiff.coding.coder import code as code_provisions  # the readers' patterns take a tenth of a second to build

    return code_provisions(document, provisions, codebook, scale=scale, mentions=mentions, progress=progress)


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

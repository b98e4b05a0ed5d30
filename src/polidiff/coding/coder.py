"""The first coder: one coding for each provision, each part of it with the words that decided."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.coding.codebook import load_codebook
from polidiff.coding.context import context_of
from polidiff.coding.positions import position_coder
from polidiff.coding.stance import forum, posture
from polidiff.coding.themes import theme_coder
from polidiff.model import Codebook, Coding, Document, Provision, Scale

__all__ = ["code"]


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
    book = codebook if codebook is not None else load_codebook()
    themes = theme_coder(book)
    sides = position_coder(book)
    contexts = [context_of(document, provision) for provision in provisions]
    hits = [themes.find(context.words) for context in contexts]
    damping = themes.damping(hits)
    made: list[Coding] = []
    for provision, context, found in zip(provisions, contexts, hits, strict=True):
        codes = themes.code(context, found, damping)
        made.append(
            Coding(
                document=document.id,
                provision=provision.id,
                themes=codes,
                positions=sides.code(context, themes, found, codes),
                posture=posture(context),
                forum=forum(context),
            )
        )
    return tuple(made)

"""The coder: one coding for each provision, each part of it with the words that speak for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from polidiff.coding.actors import Cast, english_actors
from polidiff.coding.actors_zh import chinese_actors
from polidiff.coding.bodies import Register, register_of
from polidiff.coding.codebook import load_codebook
from polidiff.coding.context import context_of, labels_of, used
from polidiff.coding.instruments import instruments
from polidiff.coding.judged import judged
from polidiff.coding.positions import position_coder
from polidiff.coding.stance import forum, posture
from polidiff.coding.strength import is_law, strength_of
from polidiff.coding.themes import MENTIONED, THRESHOLD, theme_coder
from polidiff.model import Codebook, Coding, Document, Provision, Scale

__all__ = ["cast_of", "code", "cued"]

TOLD = 100
"""Provisions after which progress is told."""


def code(
    document: Document,
    provisions: Sequence[Provision],
    codebook: Codebook | None = None,
    *,
    scale: Scale = "plan",
    mentions: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Coding, ...]:
    """Return one coding for each provision, in order: what the cue rules found, judged by the learnt heads.

    ``codebook`` is the bundled one for AI plans when None. ``scale`` chooses the steps of strength: those for plans or
    the deontic classes for law. With ``mentions`` the themes that a provision only touches are given too, at their low
    scores: a comparison asks for them, since what one plan treats another may name in passing. Every cue is a span of
    the document's text. ``progress`` is called with how many provisions are coded and how many there are.
    """
    book = codebook if codebook is not None else load_codebook()
    found = cued(document, provisions, book, scale=scale, progress=progress)
    made = judged(document, provisions, found, book, MENTIONED if mentions else THRESHOLD, mentions)
    if progress is not None:
        progress(len(provisions), len(provisions))
    return made


def cued(
    document: Document,
    provisions: Sequence[Provision],
    book: Codebook,
    *,
    scale: Scale = "plan",
    least: float = MENTIONED,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Coding, ...]:
    """Return what the cue rules alone find in each provision, themes from a score of ``least`` on."""
    themes = theme_coder(book)
    sides = position_coder(book)
    if document.struck:
        provisions = [_in_force(document, provision) for provision in provisions]
    labels = labels_of(provisions)
    contexts = [context_of(document, provision, labels) for provision in provisions]
    hits = [used(context, themes.find(context.words)) for context in contexts]
    damping = themes.damping(hits)
    register = register_of(document)
    binding = is_law(document, provisions)
    made: list[Coding] = []
    for done, (provision, context, found) in enumerate(zip(provisions, contexts, hits, strict=True)):
        if progress is not None and done % TOLD == 0:
            progress(done, len(provisions))
        cast = cast_of(provision, context.language, register, scale)
        codes = themes.code(context, found, damping, cast.slots, least)
        made.append(
            Coding(
                document=document.id,
                provision=provision.id,
                themes=codes,
                positions=sides.code(context, themes, found, codes),
                instruments=instruments(context),
                lead=tuple(cast.lead),
                others=tuple(cast.others),
                strength=strength_of(document, provision, context.language, scale, binding),
                posture=posture(context),
                forum=forum(context, cast.lead),
            )
        )
    return tuple(made)


def _in_force(document: Document, provision: Provision) -> Provision:
    """Return the provision with blanks in place of struck-through words: they say nothing, and offsets hold."""
    text = provision.text
    for cut in document.struck_in(provision.span):
        first, last = cut.start - provision.start, cut.end - provision.start
        text = text[:first] + " " * (last - first) + text[last:]
    return provision if text == provision.text else replace(provision, text=text)


def cast_of(provision: Provision, language: str, register: Register, scale: Scale) -> Cast:
    """Return who acts in a provision, and the places where bodies are named as acting."""
    if language == "zh":
        return chinese_actors(provision.text, provision.start, law=scale == "law")
    return english_actors(provision.text, provision.start, register, law=scale == "law")

"""Themes that the heads leave undecided: what a judge is asked of single passages, and what its answers change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from polidiff.alignment import CodedDocument
from polidiff.coding.judged import judged_themes
from polidiff.comparison.matters import EMPTY, said
from polidiff.judges.protocol import AskedPassage, Item, KeptAnswer, Memory, item_of
from polidiff.model import Code, Codebook, Coding, Document, Provision, Span, Theme

__all__ = ["said_twice", "theme_codes", "theme_item", "theme_items", "with_themes", "without_answers"]

PASSAGES = 60
"""Passages of each document that are asked about at the most."""
LONGEST, NEAR = 900, 240
"""Code points that are shown of a passage, and of the one before and after it."""
UNHEARD = 0.3
"""What a passage of which no head heard a theme counts as its likeliest theme's chance."""
AGREED = 0.88
"""Score of a theme that both askings name: how often such a one was right on 163 passages (evals/asked_themes.py)."""


def theme_codes(book: Codebook) -> dict[str, str]:
    """Return what a judge may answer: the broad themes and those that a head knows, with their definitions."""
    learnt = judged_themes(book)
    return {theme.id: _defined(theme) for theme in book.themes if theme.parent is None or theme.id in learnt}


def _defined(theme: Theme) -> str:
    parts = [
        f"{theme.name}: {theme.definition}",
        f"Takes in: {theme.include}." if theme.include else "",
        f"Not: {theme.exclude}." if theme.exclude else "",
    ]
    return " ".join(part for part in parts if part)


def theme_items(sides: Sequence[CodedDocument], book: Codebook) -> list[Item]:
    """Return a question for each passage whose theme is undecided, the weightiest first.

    A passage weighs as much as it commits its document, and as its likeliest theme is in doubt. At most
    :data:`PASSAGES` of each document.
    """
    codes = frozenset(theme_codes(book))
    found: list[tuple[float, int, int]] = []
    for number, side in enumerate(sides):
        doubts = [(_doubt(side, index, codes), number, index) for index in range(len(side.codings))]
        found += sorted((one for one in doubts if one[0] > 0), key=lambda one: (-one[0], one[2]))[:PASSAGES]
    found.sort(key=lambda one: (-one[0], one[1:]))
    items = [theme_item(sides[n].document, sides[n].provisions, index, book) for _, n, index in found]
    return list({item.id: item for item in items}.values())


def _doubt(side: CodedDocument, index: int, codes: frozenset[str]) -> float:
    """How far a passage commits its document, times how unsure its likeliest theme is; 0 where one is printed."""
    coding = side.codings[index]
    broad = [code for code in coding.themes if code.id in codes]
    if coding.kind.id in EMPTY or any(code.printed for code in broad):
        return 0.0
    best = max((UNHEARD, *(code.score for code in broad)))
    return round(said(side, index) * (1 - abs(2 * best - 1)), 6)


def theme_item(document: Document, provisions: Sequence[Provision], index: int, book: Codebook) -> Item:
    """Return the question on what themes of ``book`` a provision is; its neighbours in the text are told beside it."""
    provision = provisions[index]
    text = provision.text[:LONGEST]
    lead_in = "" if provision.lead_in is None else document.cut(provision.lead_in)
    heading = " | ".join(part for part in (" > ".join(provision.path[-2:]), lead_in[-NEAR:]) if part)
    told = {"codebook": f"{book.id} {book.version}"}
    if provision.kind != "row":
        before = provisions[index - 1].text[-NEAR:] if index else ""
        after = provisions[index + 1].text[:NEAR] if index + 1 < len(provisions) else ""
        told |= {name: words for name, words in (("before", before), ("after", after)) if words}
    passage = AskedPassage(provision.document, provision.start, provision.start + len(text), text, heading)
    return item_of("theme", [passage], told)


def with_themes(sides: Sequence[CodedDocument], memory: Memory, book: Codebook) -> list[CodedDocument]:
    """Return the documents with the themes that a judge named twice of their passages, with the words that decided.

    What a head printed stays, and what both askings leave out of a passage that they spoke of is no longer its theme. A
    theme that a head printed and the judge doesn't name is undecided: it is given and not printed.
    """
    if all(answer.task != "theme" for answer in memory.answers.values()):
        return list(sides)
    codes = frozenset(theme_codes(book))
    made = []
    for side in sides:
        codings = list(side.codings)
        for index in range(len(codings)):
            both = memory.rounds(theme_item(side.document, side.provisions, index, book).id)
            if both is not None:
                codings[index] = _as_said(codings[index], said_twice(*both), codes)
        made.append(replace(side, codings=tuple(codings)))
    return made


def said_twice(first: KeptAnswer, second: KeptAnswer) -> dict[str, tuple[Span, ...]]:
    """Return the themes that both askings of a passage name, each with the words that decided in the first one."""
    again = {one.label for one in second.statements}
    return {
        one.label: tuple(Span(start, end) for _, start, end in one.places)
        for one in first.statements
        if one.label in again and one.places
    }


def _as_said(coding: Coding, named: Mapping[str, tuple[Span, ...]], codes: frozenset[str]) -> Coding:
    said_now = [Code(name, AGREED, spans, "model", True) for name, spans in named.items() if name in codes]
    kept = []
    for code in coding.themes:
        if code.id not in codes:
            kept.append(code)
        elif code.id not in named and code.printed:
            kept.append(replace(code, printed=False))
    themes = tuple(sorted([*said_now, *kept], key=lambda code: (-code.score, code.id)))
    return replace(coding, themes=themes, unasked=coding.themes)


def without_answers(codings: Sequence[Coding]) -> tuple[Coding, ...]:
    """Return codings as they were before a judge spoke of their themes."""
    return tuple(
        coding if coding.unasked is None else replace(coding, themes=coding.unasked, unasked=None) for coding in codings
    )

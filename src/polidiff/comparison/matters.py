"""The matters of these very documents: what they speak to, finer than a codebook's themes, named in their own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from polidiff.alignment import CodedDocument
from polidiff.coding.fit import commits
from polidiff.comparison.again import Again
from polidiff.comparison.grouping import MOST, apart, groups, nearness
from polidiff.comparison.phrases import Phrases, phrases_of
from polidiff.encode import Encoder
from polidiff.model import Codebook, Theme
from polidiff.model.codec import JsonObject

__all__ = ["Matter", "codebook_of", "matter_records", "matters"]
EMPTY = frozenset({"definition", "broken"})
"""Kinds of provision that are on no matter."""


@dataclass(frozen=True)
class Matter:
    """A matter: its name in the words of the documents, the theme that most of its passages are coded with, and them.

    ``members`` are pairs of a side and a provision's index in it, the surest first. ``weight`` orders matters: those
    to which several documents commit themselves most come first. ``names`` are the phrases by language. ``apart`` says
    of each member how much farther than its document's other provisions it is from the nearest of the other documents.
    """

    id: str
    names: tuple[tuple[str, str], ...]
    theme: str
    members: tuple[tuple[int, int], ...]
    weight: float
    apart: tuple[float, ...] = ()

    def name(self, language: str) -> str:
        """Return the name in ``language``, or in the language that there is."""
        held = dict(self.names)
        return held.get(language) or next(iter(held.values()), self.id)

    def of(self, side: int) -> tuple[int, ...]:
        """Return the indices of one side's provisions among the members."""
        return tuple(index for one, index in self.members if one == side)


_grouped: Again[tuple[Matter, ...]] = Again(4)


def matters(sides: Sequence[CodedDocument], encoder: Encoder) -> tuple[Matter, ...]:
    """Return the matters of these documents, the weightiest first; every provision that says something is in one."""
    held = tuple((side.document.id, side.document.text_sha256, side.provisions, side.codings) for side in sides)
    return _grouped.get((encoder.identity, held), lambda: _matters(sides, encoder))


def _matters(sides: Sequence[CodedDocument], encoder: Encoder) -> tuple[Matter, ...]:
    kept = [
        (number, index)
        for number, side in enumerate(sides)
        for index in range(len(side.provisions))
        if side.codings[index].kind.id not in EMPTY
    ]
    if len(kept) > MOST:
        surest = sorted(kept, key=lambda place: (-said(sides[place[0]], place[1]), place))[:MOST]
        kept = sorted(surest)
    texts = [_named_by(sides[side], index) for side, index in kept]
    phrases = phrases_of(texts)
    near = nearness(sides, kept, encoder)
    distance = dict(zip(kept, apart(near, [side for side, _ in kept]), strict=True))
    found = []
    taken: Counter[str] = Counter()
    named: set[str] = set()
    for group in groups(near):
        names = _names(sides, kept, group, phrases, named)
        named.update(name for _, name in names)
        slug = re.sub(r"[^\w]+", "-", names[0][1].lower()).strip("-") if names else "matter"
        taken[slug] += 1
        members = sorted((kept[at] for at in group), key=lambda place: (-said(sides[place[0]], place[1]), place))
        found.append(
            Matter(
                id=slug if taken[slug] == 1 else f"{slug}-{taken[slug]}",
                names=tuple(names),
                theme=theme_of(sides, members),
                members=tuple(members),
                weight=_weight(sides, members),
                apart=tuple(distance[member] for member in members),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.weight, one.id)))


def said(side: CodedDocument, index: int) -> float:
    """How far a provision commits its document, 0..1: the chance that it is a commitment, an aim or a principle."""
    return commits(side.codings[index])


def _named_by(side: CodedDocument, index: int) -> str:
    provision = side.provisions[index]
    return "\n".join([*provision.path[-1:], provision.text])


def _names(
    sides: Sequence[CodedDocument],
    kept: Sequence[tuple[int, int]],
    group: Sequence[int],
    phrases: Phrases,
    named: Collection[str],
) -> list[tuple[str, str]]:
    by_language: dict[str, list[int]] = {}
    for at in group:
        side, index = kept[at]
        by_language.setdefault(sides[side].provisions[index].language, []).append(at)
    made = []
    for language, members in sorted(by_language.items(), key=lambda item: (-len(item[1]), item[0])):
        best = phrases.best(members, [kept[at][0] for at in members], named)
        if best:
            made.append((language, ("、" if language == "zh" else ", ").join(best)))
    return made


def theme_of(sides: Sequence[CodedDocument], members: Sequence[tuple[int, int]]) -> str:
    """Return the theme that most of these provisions are coded with, by their scores; empty where none is."""
    scores: Counter[str] = Counter()
    for side, index in members:
        for code in sides[side].codings[index].themes:
            scores[code.id] += round(code.score * 10_000)
    return min(scores.items(), key=lambda item: (-item[1], item[0]))[0] if scores else ""


def _weight(sides: Sequence[CodedDocument], members: Sequence[tuple[int, int]]) -> float:
    """Commitments by side: the least of two sides counts whole, what one says beyond it a quarter."""
    held = [sum(said(sides[side], index) for side, index in members if side == number) for number in range(len(sides))]
    ordered = sorted(held, reverse=True)
    both = ordered[1] if len(ordered) > 1 else 0.0
    return round(both + 0.25 * (ordered[0] - both), 4)


def codebook_of(found: Sequence[Matter], sides: Sequence[CodedDocument], book: Codebook) -> Codebook:
    """Return matters as a codebook that can be edited: each a theme under the one that it belongs to.

    The phrases of its name are its terms; its definition says where it comes from.
    """
    broader = {theme.id: theme for theme in book.themes}
    names = ", ".join(side.document.id for side in sides)
    themes: list[Theme] = []
    for one in found:
        terms = dict(one.names)
        above = broader.get(one.theme)
        themes.append(
            Theme(
                id=re.sub(r"[^a-z0-9_.-]+", "-", one.id).strip("-") or f"matter-{len(themes) + 1}",
                head=above.head if above else (book.heads[0][0] if book.heads else ""),
                name=one.name("en"),
                name_zh=one.name("zh"),
                definition=f"What {names} say on {one.name('en')}.",
                include="",
                exclude="",
                en_terms=tuple(terms["en"].split(", ")) if "en" in terms else (),
                zh_terms=tuple(terms["zh"].split("、")) if "zh" in terms else (),
            )
        )
    return Codebook(f"matters-of-{book.id}", "1", f"Matters of {names}", book.heads, tuple(themes))


def matter_records(found: Sequence[Matter], sides: Sequence[CodedDocument]) -> list[JsonObject]:
    """Return matters as the lines of ``polidiff themes``, each with its passages, the surest first."""
    return [
        {
            "id": one.id,
            "name": one.name("en"),
            "names": dict(one.names),
            "theme": one.theme or None,
            "weight": one.weight,
            "passages": [
                {"document": p.document, "provision": p.id, "text": p.text, "start": p.start, "end": p.end}
                for p in (sides[side].provisions[index] for side, index in one.members)
            ],
        }
        for one in found
    ]

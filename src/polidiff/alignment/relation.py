"""How two provisions relate, in the terms of NIST IR 8477, and in what they differ."""

from __future__ import annotations

from collections.abc import Set

from polidiff.alignment.common_words import content_keys
from polidiff.lang.bilingual import terms
from polidiff.model import Coding, DifferenceKind, Document, Provision, Rationale, Relation

EQUAL = 0.7
COVERED = 0.7
COVERED_ACROSS = 0.5
"""Share of each provision's content that must stand in the other to call them equal. Listed terms, which stand for the
words across languages, find less of it."""

NEAR = 0.5
"""Cosine of the encoder from which on two provisions are said to be near in meaning. Chosen, not measured."""

LIKELY = 0.6
INSIDE = 0.35
MORE = 0.06
"""A likely pair is a subset where this share of the one stands in the other, and so much less the other way."""


def relation(
    score: float, a: tuple[Document, Provision], b: tuple[Document, Provision], least: float = 0.1
) -> Relation:
    """Return how ``a`` relates to ``b``: ``subset_of`` means that ``b`` says all that ``a`` says, and more.

    Under a score of ``least`` they don't, unless their words are the same.
    """
    if a[1].text == b[1].text:
        return "equal"
    if score < least:
        return "no_relationship"
    shares = covered(a, b)
    if shares is None:
        return "intersects_with"
    covered_a, covered_b = shares
    across = a[1].language != b[1].language
    if score >= EQUAL and min(shares) >= (COVERED_ACROSS if across else COVERED):
        return "equal"
    if across and score < EQUAL:
        return "intersects_with"
    if max(shares) >= COVERED or (score >= LIKELY and max(shares) >= INSIDE):
        if covered_a - covered_b >= MORE:
            return "subset_of"
        if covered_b - covered_a >= MORE:
            return "superset_of"
    return "intersects_with"


def rationale(
    found: Relation, a: tuple[Document, Provision], b: tuple[Document, Provision], near: float, same_means: bool
) -> Rationale | None:
    """Return why ``a`` and ``b`` relate, in the terms of NIST IR 8477; None where they don't.

    ``syntactic``: each holds most of the other's words. ``functional``: they share few words and are not near in
    meaning (cosine ``near``), but act by the same instrument on the same theme (``same_means``). Else ``semantic``.
    """
    if found == "no_relationship":
        return None
    shares = covered(a, b)
    if a[1].text == b[1].text or (a[1].language == b[1].language and shares is not None and min(shares) >= COVERED):
        return "syntactic"
    if same_means and near < NEAR and (shares is None or max(shares) < INSIDE):
        return "functional"
    return "semantic"


def covered(a: tuple[Document, Provision], b: tuple[Document, Provision]) -> tuple[float, float] | None:
    """The share of each provision's content that stands in the other; None where one has no content."""
    left, right = _content(a, b), _content(b, a)
    if not left or not right:
        return None
    common = len(left & right)
    return common / len(left), common / len(right)


def _content(one: tuple[Document, Provision], other: tuple[Document, Provision]) -> Set[str]:
    """What a provision says, in words or, next to one in another language, in listed terms."""
    languages = {one[1].language, other[1].language}
    if "zh" not in languages:
        return content_keys(one[0].text[one[1].start : one[1].end])
    if len(languages) == 1:
        text = "".join(char for char in one[1].text if char.isalnum())
        return {text[i : i + 2] for i in range(len(text) - 1)}
    return {term.concept for term in terms(one[1].text, one[1].language == "zh")}


def differences(a: Coding, b: Coding) -> tuple[DifferenceKind, ...]:
    """Return in which respects two coded provisions differ; a respect on which one is silent doesn't count."""
    found: list[DifferenceKind] = []
    if a.lead and b.lead and {x.name for x in a.lead}.isdisjoint(x.name for x in b.lead):
        found.append("actor")
    if a.instruments and b.instruments and {x.id for x in a.instruments}.isdisjoint(x.id for x in b.instruments):
        found.append("instrument")
    if a.strength.id != b.strength.id and a.strength.cues and b.strength.cues:
        found.append("strength")
    if opposed(a, b) or (a.posture.id != b.posture.id and "neutral" not in (a.posture.id, b.posture.id)):
        found.append("direction")
    if a.forum.id != b.forum.id and "none" not in (a.forum.id, b.forum.id):
        found.append("forum")
    return tuple(found)


def same_means(a: Coding, b: Coding) -> bool:
    """Whether two coded provisions act by the same instrument on the same theme."""
    return not (
        {x.id for x in a.instruments}.isdisjoint(x.id for x in b.instruments)
        or {x.id for x in a.themes}.isdisjoint(x.id for x in b.themes)
    )


def opposed(a: Coding, b: Coding) -> tuple[str, ...]:
    """Return the themes on which the two provisions take different positions."""
    left: dict[str, set[str]] = {}
    for code in a.positions:
        theme, _, position = code.id.partition(":")
        left.setdefault(theme, set()).add(position)
    right: dict[str, set[str]] = {}
    for code in b.positions:
        theme, _, position = code.id.partition(":")
        right.setdefault(theme, set()).add(position)
    return tuple(sorted(theme for theme in left.keys() & right.keys() if left[theme].isdisjoint(right[theme])))

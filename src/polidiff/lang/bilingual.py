"""Words in common across English and Chinese: a term list made by hand, numbers, and names in Latin letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from polidiff.lang.data import load_list
from polidiff.lang.words import opening, stem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]

WORD = re.compile(r"[a-z]+(?:[-'&][a-z]+)*|\d+(?:[.,]\d+)*")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LATIN = re.compile(r"[A-Za-z]{2,}")

KEPT = 1 << 14
"""Texts whose terms are kept, some 30 MB: each provision of fifty documents is laid beside all others."""


@dataclass(frozen=True, slots=True)
class Term:
    """Where a concept stands in a text: its number in the list and the offsets of its words."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True)
class TermList:
    """Concepts by their English stems (by first stem, longest first) and by their Chinese forms (longest first).

    ``openings`` are the letters with which the words of a concept's English forms begin, whatever their ending.
    """

    english: dict[str, list[tuple[tuple[str, ...], str]]]
    chinese: dict[str, list[tuple[str, str]]]
    openings: dict[str, tuple[tuple[str, ...], ...]]


@cache
def term_list() -> TermList:
    """Return the bundled list."""
    data = load_list("bilingual")
    english: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    chinese: dict[str, list[tuple[str, str]]] = {}
    openings: dict[str, set[tuple[str, ...]]] = {}
    for entry in (entry for entries in data.values() for entry in entries):
        left, _, right = entry.partition("=")
        concept = left.split(",")[0].strip()
        for form in left.split(","):
            words = WORD.findall(form.strip().lower())
            if words:
                stems = tuple(stem(word) for word in words)
                english.setdefault(stems[0], []).append((stems, concept))
                openings.setdefault(concept, set()).add(tuple(opening(word) for word in words))
        for form in (form.strip() for form in right.split(",")):
            if form:
                chinese.setdefault(form[0], []).append((form, concept))
    for stems_found in english.values():
        stems_found.sort(key=lambda item: (-len(item[0]), item))
    for forms in chinese.values():
        forms.sort(key=lambda item: (-len(item[0]), item))
    return TermList(english, chinese, {concept: tuple(sorted(forms)) for concept, forms in openings.items()})


@lru_cache(maxsize=KEPT)
def terms(text: str, chinese: bool) -> tuple[Term, ...]:
    """Return the terms, numbers and Latin names of a text in their order.

    A form that stands for several concepts counts as each of them; a shorter term inside of a longer one doesn't
    count.
    """
    return tuple(_chinese(text) if chinese else _english(text))


def _chinese(text: str) -> list[Term]:
    listed = term_list().chinese
    found: list[Term] = []
    at = 0
    while at < len(text):
        size = 0
        for form, concept in listed.get(text[at], ()):
            if len(form) >= size and text.startswith(form, at):
                size = len(form)
                found.append(Term(concept, at, at + size))
        at += size or 1
    for pattern in (NUMBER, LATIN):
        found.extend(Term(m.group().lower(), m.start(), m.end()) for m in pattern.finditer(text))
    return sorted(found, key=lambda term: (term.start, term.end, term.concept))


def _english(text: str) -> list[Term]:
    listed = term_list().english
    matches = list(WORD.finditer(text.lower())) if len(text.lower()) == len(text) else list(WORD.finditer(text))
    stems = [stem(match.group()) for match in matches]
    found: list[Term] = []
    at = 0
    while at < len(stems):
        size = 0
        for form, concept in listed.get(stems[at], ()):
            if len(form) >= size and tuple(stems[at : at + len(form)]) == form:
                size = len(form)
                found.append(Term(concept, matches[at].start(), matches[at + size - 1].end()))
        if not size and NUMBER.fullmatch(matches[at].group()):
            found.append(Term(matches[at].group(), matches[at].start(), matches[at].end()))
        at += size or 1
    found.extend(
        Term(m.group().lower(), m.start(), m.end()) for m in re.finditer(r"\b[A-Z]{2,}\b", text) if m.group() != "AI"
    )
    return sorted(found, key=lambda term: (term.start, term.end, term.concept))


def term_cosines(a: Sequence[tuple[str, bool]], b: Sequence[tuple[str, bool]]) -> Matrix:
    """Return the cosines of the concepts that two sides' texts hold, weighted by rarity, shape ``(len(a), len(b))``.

    Texts come with whether they are Chinese. A concept's rarity is counted on each side alone, and the rarer side's
    count is taken at half weight, since the two lists of forms are not equally rich.
    """
    left, right = term_rows(a, b)
    result: Matrix = left @ right.T
    return result


def term_rows(a: Sequence[tuple[str, bool]], b: Sequence[tuple[str, bool]]) -> tuple[Matrix, Matrix]:
    """Return both sides' concepts as rows of length 1, settled: shapes ``(len(a), concepts)`` and for ``b``."""
    import numpy as np

    left, right = ([{term.concept for term in terms(*text)} for text in side] for side in (a, b))
    index = {concept: i for i, concept in enumerate(sorted(set().union(*left, *right)))}
    weights = (_rarity(left, index) + _rarity(right, index)) / 2

    def matrix(texts: Sequence[set[str]]) -> Matrix:
        made = np.zeros((len(texts), max(1, len(index))))
        for row, concepts in enumerate(texts):
            for concept in concepts:
                made[row, index[concept]] = weights[index[concept]]
        lengths = np.sqrt((made * made).sum(axis=1, keepdims=True))
        lengths[lengths == 0] = 1.0
        normal: Matrix = np.rint(made / lengths * 4096) / 4096
        return normal

    return matrix(left), matrix(right)


def _rarity(texts: Sequence[set[str]], index: dict[str, int]) -> Matrix:
    import numpy as np

    seen: Counter[str] = Counter()
    for concepts in texts:
        seen.update(concepts)
    total = len(texts)
    return np.array([np.log((1 + total) / (1 + seen[concept])) + 0.5 for concept in index])

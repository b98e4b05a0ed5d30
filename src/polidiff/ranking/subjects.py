"""Broad subjects that two English texts share, though in other words: a procedure and a documented process, say.

The list in ``subjects.toml`` was made by hand from what the field's words mean; docs/aligning.md says what it is
worth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from polidiff.lang.bilingual import WORD
from polidiff.lang.words import stem

if TYPE_CHECKING:
    from polidiff.encode.protocol import Matrix

AT_LEAST = 0.3
"""What a subject counts that every text is on; the logarithm of its rarity comes on top."""

STEPS = 4096
"""Steps to the unit in a subject's share of a text, which keeps products exact."""


@cache
def subject_list() -> tuple[tuple[str, ...], dict[str, list[tuple[tuple[str, ...], str]]]]:
    """Return the subjects, and the stems of their forms by first stem, longest first, each with its subject."""
    import tomllib

    data = tomllib.loads((files("polidiff.ranking") / "subjects.toml").read_text(encoding="utf-8"))
    forms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for subject, words in data.items():
        for stems in sorted({tuple(stem(word) for word in WORD.findall(form)) for form in words}):
            forms.setdefault(stems[0], []).append((stems, subject))
    for found in forms.values():
        found.sort(key=lambda item: (-len(item[0]), item))
    return tuple(data), forms


@lru_cache(maxsize=1 << 14)
def subjects(text: str) -> Counter[str]:
    """Return how many words of an English text stand for each subject."""
    _, forms = subject_list()
    stems = [stem(word) for word in WORD.findall(text.lower())]
    found: Counter[str] = Counter()
    at = 0
    while at < len(stems):
        size = 0
        for form, subject in forms.get(stems[at], ()):
            if len(form) >= size and tuple(stems[at : at + len(form)]) == form:
                size = len(form)
                found[subject] += 1
        at += size or 1
    return found


def subject_cosines(a: Sequence[str], b: Sequence[str]) -> Matrix:
    """Return the cosines of the texts' subjects, shape ``(len(a), len(b))``.

    A subject counts by the square root of its words and by how rare it is in both sides' texts together.
    """
    import numpy as np

    names, _ = subject_list()
    counted = [subjects(text) for text in [*a, *b]]
    seen: Counter[str] = Counter()
    for counts in counted:
        seen.update(counts.keys())
    rarity = np.array([np.log((1 + len(counted)) / (1 + seen[name])) + AT_LEAST for name in names])
    shares = np.sqrt(np.array([[counts[name] for name in names] for counts in counted], dtype=np.float64)) * rarity
    lengths = np.sqrt((shares * shares).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1.0
    settled = np.rint(shares / lengths * STEPS) / STEPS
    found: Matrix = settled[: len(a)] @ settled[len(a) :].T
    return found

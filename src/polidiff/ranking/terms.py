"""The terms of a text in an index of words: stems of English words, pairs of Chinese characters, concepts of both."""

from __future__ import annotations

import re
from functools import lru_cache

from polidiff.lang.bilingual import terms as listed_terms
from polidiff.lang.data import load_list
from polidiff.lang.words import HAN as CHARACTERS
from polidiff.lang.words import root

TOKEN = re.compile(rf"[{CHARACTERS}]+|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
HAN = re.compile(f"[{CHARACTERS}]")

LONGEST = 20_000
"""Characters of a text that are indexed; no provision that a person would read as one is longer."""


@lru_cache(maxsize=1)
def small_words() -> frozenset[str]:
    """English words that say nothing of what is sought."""
    return frozenset((load_list("words")["small"] + load_list("words")["asked"]).split())


@lru_cache(maxsize=1)
def joining() -> frozenset[str]:
    """Chinese characters that join words and are part of none."""
    return frozenset(load_list("search")["chinese"])


def index_terms(text: str, *, across: bool = False) -> list[str]:
    """Return the terms of a text in their order, each as often as it stands there.

    English words become roots, a run of Han characters its pairs (or the one character). With ``across`` the terms are
    the concepts of the bilingual list, numbers and names, which texts of both languages have.
    """
    text = text[:LONGEST]
    if across:
        return [f"={term.concept}" for term in listed_terms(text, bool(HAN.search(text)))]
    found: list[str] = []
    for match in TOKEN.finditer(text):
        word = match.group()
        if HAN.match(word):
            found.extend(_pairs(word))
        elif word.lower() not in small_words():
            found.append(root(word))
    return found


def _pairs(run: str) -> list[str]:
    if len(run) == 1:
        return [run]
    between = joining()
    return [run[i : i + 2] for i in range(len(run) - 1) if not between.intersection(run[i : i + 2])]

"""Whether something is a word of English: the words of WordNet's list and those that it leaves out, with inflections.

The list knows common words alone. That it lacks a word says nothing of that word; that it lacks most words of a page
says something of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from polidiff.lang.data import load_list
from polidiff.lang.words import stem

__all__ = ["is_word", "share_known"]


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """The words as listed, and their stems."""
    data = files("polidiff.lang") / "data" / "wordnet.txt"
    listed = (line.split("\t", 1)[0] for line in data.read_text(encoding="utf-8").splitlines())
    words = frozenset((*listed, *load_list("lexicon")["words"].split()))
    return words, frozenset(map(stem, words))


@lru_cache(maxsize=65536)
def is_word(word: str) -> bool:
    """Return whether ``word`` (any letter case) is a word of the list, an inflection or a derivation of one."""
    low = word.lower()
    words, stems = _words()
    if low in words or stem(low) in stems:
        return True
    made = load_list("lexicon")
    for ending, other in made["endings"]:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            base = low[: -len(ending)] + other
            if base in words or stem(base) in stems or (base[-1] == base[-2] and base[:-1] in words):
                return True
    return any(
        low.startswith(prefix) and len(low) - len(prefix) >= 4 and stem(low[len(prefix) :]) in stems
        for prefix in made["prefixes"]
    )


def share_known(words: Iterable[str]) -> float:
    """Return the share (0..1) of ``words`` that are words of the list; 1 for no words."""
    asked = list(words)
    return sum(map(is_word, asked)) / len(asked) if asked else 1.0

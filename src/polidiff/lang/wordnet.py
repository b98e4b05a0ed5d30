"""General words of English: how common each is, what else says the same, and what says the opposite.

The list was made from WordNet 3.0 by ``evals/make_vocabulary.py`` (see NOTICE); its words are met by their stems.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from polidiff.lang.words import stem

__all__ = ["Entry", "entry"]


@dataclass(slots=True)
class Entry:
    """A word: ``step`` of how common it is (0 for never seen, 14 for “be”), keys of synonyms and of opposites."""

    step: int = 0
    synonyms: set[str] = field(default_factory=set)
    opposites: set[str] = field(default_factory=set)


_NONE = Entry()


@lru_cache(maxsize=1)
def _entries() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    text = (files("polidiff.lang") / "data" / "wordnet.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        word, step, synonyms, opposites = line.split("\t")
        key = stem(word)
        made = found.setdefault(key, Entry())
        made.step = max(made.step, int(step))
        made.synonyms.update(stem(w) for w in synonyms.split())
        made.opposites.update(stem(w) for w in opposites.split())
    for key, made in found.items():
        made.synonyms -= {key}
        made.opposites -= {key}
    return found


def entry(key: str) -> Entry:
    """Return what the list says of the word with this key; an empty entry for a word that it does not hold."""
    return _entries().get(key, _NONE)

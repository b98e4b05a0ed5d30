"""What a document is called in short by its title and issuer: a party, a title without its state, its first words."""

from __future__ import annotations

import re

from polidiff.lang.data import load_list

__all__ = ["SHORT", "first_words", "party_of", "stateless"]

SHORT = 40
"""Characters up to which a title serves as a name."""
_STATE = "中华人民共和国"
"""What a title of a Chinese law begins with, and its short name leaves away."""
_PARTY = re.compile(r"(?:the )?\b.{0,40}?\bparty\b", re.IGNORECASE)
_HANGING = frozenset(load_list("clauses")["hanging"])


def stateless(title: str) -> str:
    """Return a title without the state whose law it is."""
    return title.removeprefix(_STATE)


def party_of(words: str) -> str:
    """Return the party that these words begin with, in letters of a name; empty without one."""
    found = _PARTY.match(words)
    return "" if found is None else found.group().title() if found.group().isupper() else found.group()


def first_words(title: str) -> str:
    """Return the first words of a title that is too long for a name, cut before words that end nothing."""
    words = title[: SHORT + 1].rpartition(" ")[0].split() if len(title) > SHORT else title.split()
    while words and words[-1].lower().strip(",:;–-") in _HANGING | {""}:
        words.pop()
    return " ".join(words).rstrip(",:;–- ")

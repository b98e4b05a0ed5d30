"""What a document is called in short by its title and issuer: a party, a title without its state, its first words."""

from __future__ import annotations

import re

from polidiff.lang.data import load_list

__all__ = ["SHORT", "first_words", "lowered", "party_of", "stateless"]

SHORT = 40
"""Characters up to which a title serves as a name."""
SHORTEST = 3
"""Letters up to which a word in capitals may be a short form."""
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


def lowered(title: str) -> str:
    """Return a title of several words in capitals as it is written in a sentence; short words (“AI”) keep theirs."""
    words = title.split()
    if not title.isupper() or len(words) < 2:
        return title
    told = [word if len(word) <= SHORTEST else word.capitalize() for word in words]
    return " ".join(word.lower() if word.lower() in _HANGING and at else word for at, word in enumerate(told))


def first_words(title: str) -> str:
    """Return the first words of a title that is too long for a name, cut before words that end nothing."""
    words = title[: SHORT + 1].rpartition(" ")[0].split() if len(title) > SHORT else title.split()
    while words and words[-1].lower().strip(",:;–-") in _HANGING | {""}:
        words.pop()
    return " ".join(words).rstrip(",:;–- ")

"""How documents stand to one another: which is earlier, or a version; and texts that can't be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from polidiff.lang.words import has_cjk
from polidiff.ranking.terms import small_words
from polidiff.workspace.corpus.volume import Entry

__all__ = ["WHOLE", "earlier", "names_in", "slight", "slights", "who_first", "whole_sentence"]

WHOLE = 0.6
"""Share of the text of both documents that has to be the same before they are versions of one another: a reply prints
all of what it answers, an anthology all of what it gathers, and neither is a version."""

TELLING, TELLING_CHINESE = 4, 8
"""Words that aren't small, and Chinese characters, that a text needs before its meaning is compared."""

TITLE = 3
"""Words, or twice as many Chinese characters, that a title needs before another is said to name it."""

_OPENING, _CLOSING = "“\"«「『‘'", "”\"»」』’')） \n"
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w-]+")

_WORD = re.compile(r"[^\W_]+")


def earlier(one: str, other: str) -> bool | None:
    """Whether a date is before another; None where one is missing or says only the year or month of the other."""
    size = min(len(one), len(other))
    return None if one[:size] == other[:size] else one < other


def _replies_to(one: Entry, other: Entry) -> bool:
    """Whether a document is by its kind a response, and its title names the other's."""
    title, named = (" ".join(_words(entry.title)) for entry in (one, other))
    long = len(named) >= 2 * TITLE if has_cjk(named) else len(named.split()) >= TITLE
    return one.facts.genre == "response" and long and named != title and named in title


def who_first(mine: Entry, theirs: Entry) -> Literal["borrowed", "common", "lent"]:
    """Who was first: by their dates; where these don't say, a response is after what it names."""
    before = earlier(theirs.facts.date, mine.facts.date)
    if before is None and _replies_to(mine, theirs) != _replies_to(theirs, mine):
        before = _replies_to(mine, theirs)
    return "common" if before is None else "borrowed" if before else "lent"


def slight(text: str) -> bool:
    """Whether a text says too little to be compared in meaning: an assent, a reference, a heading that ends so."""
    if has_cjk(text):
        return sum(character.isalnum() for character in text) < TELLING_CHINESE
    telling = [word for word in _words(text) if word not in small_words() and not word.isdigit()]
    return len(telling) < (2 * TELLING if text.rstrip().endswith(":") else TELLING)


def slights(texts: Iterable[str]) -> Iterator[bool]:
    """For each text of a document, whether it is slight, or only repeats one before it."""
    seen: set[tuple[str, ...]] = set()
    for text in texts:
        words = tuple(_words(text))
        yield slight(text) or words in seen
        seen.add(words)


def whole_sentence(text: str) -> bool:
    """Whether a text is a sentence that a document says itself: no heading or stub, and nobody else's words."""
    held = text.strip()
    return not slight(held) and held[0] not in _OPENING and held.rstrip(_CLOSING)[-1:] in tuple(".。;；!！")


def names_in(text: str) -> Iterator[str]:
    """The names in an English text: words with a capital that don't begin a sentence or a point of a list."""
    for match in _NAME.finditer(text):
        yield match.group()


def _words(text: str) -> list[str]:
    return [match.group().casefold() for match in _WORD.finditer(text)]

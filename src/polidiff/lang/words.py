"""Words of a text as keys with offsets: what every term list of this room is matched against.

The text itself is never changed; only the keys are folded (case, inflection, British and American spelling).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from polidiff.lang.data import load_list

__all__ = ["HAN", "Word", "Words", "has_cjk", "has_latin", "opening", "root", "stem", "words_of"]

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[A-Za-z]+&[A-Za-z]+|[^\W\d_\u3400-\u9fff]+|\d+(?:[.,]\d+)*")
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ebef"
"""The Chinese characters, for use inside of a class of characters."""
_CJK = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z]")
_CUT = re.compile(r"[.;:!?,()\[\]—–…。；，：！？、（）\n\u2028\u2029]")
_STOP = re.compile(r"[.;!?。；！？\n]")

#: Pairs of British and American endings that the keys do not tell apart.
_SPELLINGS = (
    (re.compile(r"is(ation|e|ing|ed)(s?)$"), r"iz\1\2"),
    (re.compile(r"(?<=[a-z]{3})our(s|able|ed|ing|ite|hood)?$"), r"or\1"),
)
_WHOLE: dict[str, str] = load_list("words")["whole"]
#: Words in -s, -ing or -ed that are not inflected forms of a shorter word.
_KEPT = frozenset(load_list("words")["kept"])


class Word(NamedTuple):
    """One word: its place, its key, and whether only a space or a hyphen parts it from the word before."""

    start: int
    end: int
    raw: str
    key: str
    joined: bool
    sentence: int


@dataclass(frozen=True, slots=True)
class Words:
    """A text and its words. ``sentence`` of a word counts the full stops, semicolons and line breaks before it."""

    text: str
    words: tuple[Word, ...]
    cjk: bool


def has_cjk(text: str) -> bool:
    """Return whether the text holds a Chinese character."""
    return _CJK.search(text) is not None


def has_latin(text: str) -> bool:
    """Return whether the text holds a Latin letter."""
    return _LATIN.search(text) is not None


def _american(low: str) -> str:
    low = _WHOLE.get(low, low)
    for pattern, new in _SPELLINGS:
        if len(low) > 5:
            low = pattern.sub(new, low)
    return low


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the key of one English word: lower case, one spelling, inflection taken off.

    A light stemmer on purpose: ``regulations`` and ``regulation`` share a key, ``regulate`` does not.
    """
    low = _american(word.lower())
    if low in _KEPT or len(low) < 4:
        return low
    if low.endswith("ies") and len(low) > 4:
        low = low[:-3] + "y"
    elif low.endswith(("sses", "shes", "ches", "xes", "zes")):
        low = low[:-2]
    elif low.endswith("s") and not low.endswith(("ss", "us", "is")):
        low = low[:-1]
    for ending in ("ing", "ed"):
        if low.endswith(ending) and low not in _KEPT and len(low) - len(ending) >= 3:
            base = low[: -len(ending)]
            if re.search(r"[aeiouy]", base) is None:
                continue
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "sz":
                base = base[:-1]
            low = base
            break
    if low.endswith("e") and len(low) > 4:
        low = low[:-1]
    return low


_OWN = threading.local()
"""Each thread's own stemmer: it keeps the word in itself while it works."""


def _snowball() -> Callable[[str], str]:
    found: Callable[[str], str] | None = getattr(_OWN, "stem", None)
    if found is None:
        from snowballstemmer.english_stemmer import EnglishStemmer

        found = _OWN.stem = EnglishStemmer().stemWord
    return found


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """Return what an English word, or its key, shares with the nouns, adjectives and adverbs made of it.

    ``adoption`` and ``adopt``, ``regulation`` and ``regulate``; by Snowball's English stemmer, in Python, so that
    no compiled one answers in its place somewhere. A key that has lost its ``e`` is read with it; a phrase is its own.
    """
    if not word.isalpha():
        return word
    low = _american(word.lower())
    found = _snowball()(low)
    return _snowball()(low + "e") if found == low and low[-1:] not in "aeiouys" else found


def opening(word: str) -> str:
    """Return the letters that an English word and its inflected forms open with: ``polic`` for ``policies``."""
    same = [a == b for a, b in zip(stem(word), word.lower(), strict=False)]
    return word[: (*same, False).index(False)]


@lru_cache(maxsize=8192)
def words_of(text: str) -> Words:
    """Return the words of ``text`` in order, with offsets into it."""
    found: list[Word] = []
    last = 0
    sentence = 0
    for match in _WORD.finditer(text):
        raw = match.group()
        between = text[last : match.start()]
        if raw == "s" and between in {"'", "’"}:
            last = match.end()
            continue
        if between == " ":  # as between most words
            joined = bool(found)
        else:
            joined = bool(found) and len(between) <= 3 and _CUT.search(between) is None
            if found and _STOP.search(between):
                sentence += 1
        key = raw if "." in raw else stem(raw)
        if joined and key == "intelligenc" and found[-1].key == "artificial":
            before = found.pop()
            found.append(Word(before.start, match.end(), "AI", "ai", before.joined, sentence))
            last = match.end()
            continue
        found.append(Word(match.start(), match.end(), raw, key, joined, sentence))
        last = match.end()
    return Words(text, tuple(found), has_cjk(text))

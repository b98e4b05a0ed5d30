"""What was asked: words, and phrases in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from polidiff.lang.bilingual import term_list, terms
from polidiff.lang.words import opening
from polidiff.ranking.terms import HAN, TOKEN, small_words

LONGEST = 400
"""Characters of a question that are read."""

BETWEEN = re.compile(r"\b(?:and|or)\b|[,;/，、；和与及或]|以及", re.IGNORECASE)
"""What stands between two things of which a matter names both."""
_PHRASE = re.compile(r"[\"“”„「『«]([^\"“”„」』»]+)[\"“”」』»]")


@dataclass(frozen=True)
class Question:
    """``text`` as typed, its words (each a run of Han characters, or a word in small letters), and its phrases.

    ``across`` holds the forms, in the other language, of each term of the bilingual list that the words contain:
    Chinese forms as they are, English ones by their first letters; ``concepts`` names the terms. Both are empty where
    the list knows less than half of the words. ``known`` is the share of the words' letters that are those of terms.
    """

    text: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    across: tuple[tuple[tuple[str, ...], ...], ...] = ()
    concepts: tuple[str, ...] = ()
    known: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)


def question(text: str) -> Question:
    """Read what was typed."""
    text = " ".join(text.split())[:LONGEST]
    phrases = tuple(dict.fromkeys(phrase.strip() for phrase in _PHRASE.findall(text) if TOKEN.search(phrase)))
    words = tuple(dict.fromkeys(word.lower() for word in TOKEN.findall(_PHRASE.sub(" ", text))))
    telling = tuple(word for word in words if word not in small_words())
    forms, known = _across(_PHRASE.sub(" ", text))
    return Question(text, telling or words, phrases, tuple(forms.values()), tuple(forms), known)


def parts(text: str) -> list[str]:
    """Return the things of which a matter names several, as they are typed: between commas, "and", "or", 和, 或, 、."""
    return [part.strip() for part in BETWEEN.split(text) if TOKEN.search(part)]


def _across(text: str) -> tuple[dict[str, tuple[tuple[str, ...], ...]], float]:
    """The terms of the bilingual list in a text, with their forms in the other language, and the share they cover."""
    chinese = bool(HAN.search(text))
    held, found_terms = term_list(), terms(text, chinese)
    telling = [match for match in TOKEN.finditer(text) if match.group().lower() not in small_words()]
    known = sum(any(term.start < m.end() and m.start() < term.end for term in found_terms) for m in telling)
    if 2 * known < len(telling):
        return {}, 0.0
    inside = {place for term in found_terms for place in range(term.start, term.end)}
    letters = [place for match in telling for place in range(match.start(), match.end())]
    forms: dict[str, tuple[tuple[str, ...], ...]] = {}
    for concept in dict.fromkeys(term.concept for term in found_terms):
        if chinese:
            found = list(held.openings.get(concept, ()))
        else:
            found = [(form,) for listed in held.chinese.values() for form, name in listed if name == concept]
        if found:
            forms[concept] = tuple(sorted(set(found)))
    return forms, sum(place in inside for place in letters) / max(1, len(letters))


def lights(asked: Question) -> re.Pattern[str] | None:
    """A pattern for the words of a text that answer the question; endings of English words may differ."""
    parts = [re.escape(phrase).replace(r"\ ", r"\s+") for phrase in asked.phrases]
    for word in sorted(asked.words, key=len, reverse=True):
        if HAN.search(word):
            parts.append(re.escape(word))
        else:
            held = opening(word) if len(word) > 4 else word
            parts.append(rf"\b{re.escape(held)}" + (r"\w{0,4}\b" if len(word) > 3 else r"\b"))
    for forms in asked.across:
        for form in forms:
            parts.append(form[0] if HAN.search(form[0]) else r"\s+".join(rf"\b{re.escape(s)}\w{{0,6}}" for s in form))
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None

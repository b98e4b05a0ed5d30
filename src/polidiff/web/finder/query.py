"""What was typed into the search field: words, and phrases in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from polidiff.lang.bilingual import term_list, terms
from polidiff.lang.data import load_list
from polidiff.lang.words import HAN, opening

LONGEST = 400
"""Characters of a question that are read."""

COMMON = frozenset(load_list("words")["asked"].split())
"""English words that say nothing of what is sought, unless nothing else was typed."""

_PHRASE = re.compile(r"[\"“”„「『«]([^\"“”„」』»]+)[\"“”」』»]")
_TOKEN = re.compile(rf"[{HAN}]+|[^\W_]+(?:['’][^\W_]+)?")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class Question:
    """``text`` as typed, its words (each a run of Han characters, or a word in small letters), and its phrases.

    ``across`` holds the forms, in the other language, of each term of the bilingual list that the words contain:
    Chinese forms as they are, English ones by their first
    letters. It is empty where the list knows less than half of the words.
    """

    text: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    across: tuple[tuple[tuple[str, ...], ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)


def question(text: str) -> Question:
    """Read what was typed."""
    text = " ".join(text.split())[:LONGEST]
    phrases = tuple(dict.fromkeys(phrase.strip() for phrase in _PHRASE.findall(text) if _TOKEN.search(phrase)))
    words = tuple(dict.fromkeys(word.lower() for word in _TOKEN.findall(_PHRASE.sub(" ", text))))
    telling = tuple(word for word in words if word not in COMMON)
    return Question(text, telling or words, phrases, _across(_PHRASE.sub(" ", text)))


def _across(text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    chinese = bool(_HAN.search(text))
    held, found_terms = term_list(), terms(text, chinese)
    telling = [match for match in _TOKEN.finditer(text) if match.group().lower() not in COMMON]
    known = sum(any(term.start < m.end() and m.start() < term.end for term in found_terms) for m in telling)
    if 2 * known < len(telling):
        return ()
    forms: dict[str, list[tuple[str, ...]]] = {}
    for concept in dict.fromkeys(term.concept for term in found_terms):
        if chinese:
            found = list(held.openings.get(concept, ()))
        else:
            found = [(form,) for listed in held.chinese.values() for form, name in listed if name == concept]
        if found:
            forms[concept] = sorted(set(found))
    return tuple(tuple(one) for one in forms.values())


def spaced(text: str) -> str:
    """``text`` with each Han character as a word of its own, as the index holds it."""
    return _HAN.sub(r" \g<0> ", text)


def match_all(asked: Question) -> str:
    """The query to SQLite's full-text search for provisions with all words and phrases, in either language."""
    own = " AND ".join(_quoted(term) for term in (*asked.phrases, *asked.words))
    if asked.phrases or not asked.across:
        return own
    other = " AND ".join("(" + " OR ".join(map(_stemmed, forms)) + ")" for forms in asked.across)
    return f"({own}) OR ({other})"


def match_any(asked: Question) -> str:
    """The same for provisions with all phrases and any of the words, in either language."""
    forms = [] if asked.phrases else [_stemmed(form) for forms in asked.across for form in forms]
    words = " OR ".join([*(_quoted(word) for word in asked.words), *forms])
    parts = [*map(_quoted, asked.phrases), *([f"({words})"] if words else [])]
    return " AND ".join(parts)


def _quoted(term: str) -> str:
    tokens = " ".join(_TOKEN.findall(spaced(term)))
    return f'"{tokens}"'


def _stemmed(form: tuple[str, ...]) -> str:
    if _HAN.search(form[0]):
        return _quoted(form[0])
    return "(" + " AND ".join(f'"{held}" *' for held in form) + ")"


def lights(asked: Question) -> re.Pattern[str] | None:
    """A pattern for the words of a text that answer the question; endings of English words may differ."""
    parts = [re.escape(phrase).replace(r"\ ", r"\s+") for phrase in asked.phrases]
    for word in sorted(asked.words, key=len, reverse=True):
        if _HAN.search(word):
            parts.append(re.escape(word))
        else:
            held = opening(word) if len(word) > 4 else word
            parts.append(rf"\b{re.escape(held)}" + (r"\w{0,4}\b" if len(word) > 3 else r"\b"))
    for forms in asked.across:
        for form in forms:
            parts.append(form[0] if _HAN.search(form[0]) else r"\s+".join(rf"\b{re.escape(s)}\w{{0,6}}" for s in form))
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None

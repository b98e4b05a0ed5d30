"""The clauses of an English sentence that each say a thing of their own, and whether they say enough to be tested."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from polidiff.checking.claims.tone import is_tone
from polidiff.lang.amounts import amounts_of
from polidiff.lang.countries import country_of
from polidiff.lang.data import load_list
from polidiff.lang.terms import SMALL, lexicon
from polidiff.lang.words import stem, words_of
from polidiff.model import Quote, Span

__all__ = ["VERBS", "clauses", "is_checkable", "is_present", "within"]

LEAST = 2
"""Content words that a clause must have to say something that a document could bear out."""


VERBS = frozenset(load_list("imperatives")["verbs"]) | frozenset(
    re.findall(
        r"\w+",
        "call seek want emphasize emphasise stress vow promise envision frame position set rest list contain comprise "
        "endorse describe name say state argue see view treat warn aim oppose reject favor favour pledge intend would "
        "will has have is are mandate outline underline underscore highlight focus consist lay put urge demand make "
        "give leave lean",
    )
)
_CUT = re.compile(
    r",[”\"’']?\s+(?:and\s+|or\s+|but\s+)?(?=(?P<a>[A-Za-z]+))|\s+(?:and|or)\s+(?=(?P<b>[a-z]+))|,?\s+(?=(?:while|whereas)\b)|;\s+"
)
_FRAME = re.compile(
    r"\b(?:aims|areas|arguments|demands|elements|following|goals|ideas|matters|parts|points|priorities|promises|proposals|"
    r"recommendations|steps|terms|themes|things|ways|words)(?:\s+(?:are|is|here|below|these))*\s*:\s*$|(?:如下|以下几点|几点|几方面)\s*[:：]\s*$",
    re.IGNORECASE,
)
_TONE = re.compile(r"\b(?:tone|language|rhetoric|wording|style)\b", re.IGNORECASE)


def within(quotes: Sequence[Quote], span: Span) -> Sequence[Quote]:
    """The quotations that begin in ``span``; ``quotes`` are in the order of the article."""
    low = bisect_left(quotes, span.start, key=lambda q: q.start)
    return quotes[low : bisect_left(quotes, span.end, key=lambda q: q.start)]


def clauses(sentence: Span, text: str) -> list[Span]:
    """The clauses of a sentence that each say a thing of their own: cut where a verb begins, not in a list of nouns."""
    words = sentence.cut(text)
    if re.search(r":\s", words):
        return [_trimmed(sentence, text)]
    cuts = [0]
    infinitives = False
    for match in _CUT.finditer(words):
        if _in_quotes(words, match.start()):
            continue
        word = (match["a"] or match["b"] or "").lower()
        joined = match["b"] is not None
        gerund = word.endswith("ing") and len(word) > 5 and (word not in ("including", "during")) and _is_verb(word)
        if word in ("including", "while", "whereas") or not word:
            cuts.append(match.end())
        elif gerund:
            before = words[cuts[-1] : match.start()]
            if not joined or re.match(r"\W*(?:including\s+)?[a-z]+ing\b", before):
                cuts.append(match.end())
        elif word in VERBS and not word.endswith("ing") and word not in ("is", "are", "has", "have", "will", "would"):
            if infinitives or re.search(r"\bto\s+[a-z]+\b", words[cuts[-1] : match.start()]):
                cuts.append(match.end())
                infinitives = True
        elif is_present(word) and (not joined or len(words_of(words[match.end() :]).words) > 3):
            cuts.append(match.end())
    bounds = [*cuts, len(words)]
    spans = [Span(sentence.start + a, sentence.start + b) for a, b in pairwise(bounds)]
    return [_trimmed(span, text) for span in spans]


def _is_verb(gerund: str) -> bool:
    base = gerund[:-3]
    return base in VERBS or base + "e" in VERBS or (len(base) > 2 and base[-1] == base[-2] and base[:-1] in VERBS)


def _in_quotes(words: str, at: int) -> bool:
    before = words[: at + 2] if re.match(r",[”\"]", words[at:]) else words[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _trimmed(span: Span, text: str) -> Span:
    start, end = span
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    tail = re.search(r"[,;]?\s+(?:and|or|but|while)$", text[start:end])
    if tail:
        end = start + tail.start()
    return Span(start, end)


def is_checkable(clause: Span, text: str, quotes: Sequence[Quote]) -> bool:
    """Whether a clause says something of its own beside the words that it quotes."""
    words = clause.cut(text)
    if _FRAME.search(words) and not amounts_of(words):
        return False
    lists = lexicon()
    content = set()
    first = bisect_right(quotes, clause.start, key=lambda q: q.start)
    inside = [*quotes[max(0, first - 1) : first], *within(quotes, clause)]
    for word in words_of(words).words:
        at = clause.start + word.start
        if any(q.start <= at < q.end for q in inside):
            continue
        low = word.raw.lower()
        framed = low in lists.silent or low in lists.frame
        if low not in SMALL and not framed and country_of(low) is None:
            content.add(word.key)
    if is_tone(words):
        return True
    if _TONE.search(words) and len(content) < 4:
        return False
    counts = any(c.isdigit() for c in words) or stem("pillar") in content
    return len(content - {"ai"}) >= LEAST or (counts and len(content) >= 1)


def is_present(verb: str) -> bool:
    """Whether a word is a verb of plans in the present tense."""
    low = verb.lower()
    if low in ("is", "was", "has", "does"):
        return False
    return low.endswith("s") and (low[:-1] in VERBS or low[:-2] in VERBS or low in VERBS)

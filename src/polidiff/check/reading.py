"""A claim laid beside one passage: do they pull the same way, is one firmer, does one cover more, who is to act.

Every test returns a short reason in plain words, or None. They read English; across languages nothing is tested but
numbers, so that a claim is supported or not found there and never contradicted by a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.check.terms import Lexicon, Term, lexicon, root, runs
from polidiff.coding.words import Words, words_of

__all__ = ["Reading", "read"]

REACH = 8
"""Words over which a verb or a negation governs what follows it."""

_NOT_ONLY = re.compile(
    r"\bnot\s+(?:just|only|merely|simply|necessarily)\b|\bno\s+(?:later|fewer|less|more|longer)\s+than\b|\bnot\s+(?:later|longer|less|more|exceeding)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:.!?—–]|,?\s+\b(?:but|while|whereas|although|however|which|rather)\b|\band\s+(?=(?:not|should|must|will|also)\b)",
    re.IGNORECASE,
)
_BE = frozenset(["be", "is", "are", "was", "were", "been", "being", "get", "goe", "stay"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tests found. Each part is 0..1 with the words that decided, as (claim's word, passage's word)."""

    turned: float
    turned_by: tuple[str, str]
    opposite: tuple[str, str] | None
    firmer: tuple[str, str] | None
    wider: tuple[str, str] | None


def read(claim: str, terms: Sequence[Term], passage: Words, by: Sequence[int], own: Sequence[float]) -> Reading:
    """Lay ``claim`` beside ``passage``; ``by`` and ``own``: which word of the passage answers each term, how well."""
    lists = lexicon()
    said = words_of(claim)
    at = {word.start: n for n, word in enumerate(said.words)}
    pairs = [
        (at[term.start], place, term.weight)
        for term, place, value in zip(terms, by, own, strict=True)
        if place >= 0 and value >= 0.75 and term.start in at
    ]
    turned, cue = _turned(said, passage, pairs, lists)
    return Reading(
        turned=turned,
        turned_by=cue,
        opposite=_opposite(said, passage, lists),
        firmer=_firmer(said, passage, [p for _, p, _ in pairs], lists),
        wider=_wider(said, passage, lists),
    )


def _turned(
    said: Words, passage: Words, pairs: Sequence[tuple[int, int, float]], lists: Lexicon
) -> tuple[float, tuple[str, str]]:
    """The share of the words in common that the claim and the passage turn different ways, and the turning words."""
    total = against = 0.0
    cue = ("", "")
    for here, there, weight in pairs:
        mine, my_word = _way(said, here, lists)
        theirs, their_word = _way(passage, there, lists)
        total += weight
        if mine != theirs:
            against += weight
            cue = (my_word or cue[0], their_word or cue[1])
    return (against / total if total else 0.0), cue


def _way(words: Words, place: int, lists: Lexicon) -> tuple[int, str]:
    """Which way a word is turned, +1 or -1, by the verbs and negations that govern it, and the last of them."""
    sign, cue = 1, ""
    own = words.words[place]
    start = max(0, place - REACH)
    between = words.text[words.words[start].start : own.start]
    last = None
    for match in _CLAUSE.finditer(between):
        last = match
    first = words.words[start].start + (last.end() if last is not None else 0)
    idle = [(m.start(), m.end()) for m in _NOT_ONLY.finditer(words.text)]

    def turns(n: int) -> str:
        word = words.words[n]
        if any(a <= word.start < b for a, b in idle):
            return ""
        two = f"{word.key} {words.words[n + 1].key}" if n + 1 < len(words.words) else ""
        if word.key in lists.con or two in lists.con or word.key in lists.turn or two in lists.turn:
            return word.raw
        if word.raw.lower().endswith(("n't", "n’t")):
            return word.raw
        return ""

    for n in range(start, place):
        if words.words[n].start < first:
            continue
        found = turns(n)
        if found:
            sign, cue = -sign, found
    for n in range(place + 1, min(len(words.words), place + 6)):
        if (
            _CLAUSE.search(words.text[own.end : words.words[n].start])
            or "," in words.text[own.end : words.words[n].start]
        ):
            break
        if words.words[n].key in _BE or words.words[n].raw.lower() in _BE:
            for m in range(n + 1, min(len(words.words), n + 5)):
                found = turns(m)
                if found:
                    sign, cue = -sign, found
            break
    return sign, cue


def _opposite(said: Words, passage: Words, lists: Lexicon) -> tuple[str, str] | None:
    """A word of the claim whose opposite stands in the passage, when the passage has not that word itself."""
    mine = {key: said.words[i].raw for key, i, _ in runs(said, 2)}
    theirs = {key: passage.words[i].raw for key, i, _ in runs(passage, 2)}
    roots = {root(key) for key in theirs}
    for pair in sorted(lists.pairs, key=sorted):
        if len(pair) != 2:
            continue
        for a, b in (sorted(pair), sorted(pair, reverse=True)):
            if a in mine and b in theirs and a not in theirs and b not in mine and root(a) not in roots:
                return mine[a], theirs[b]
    return None


def _firmer(said: Words, passage: Words, places: Sequence[int], lists: Lexicon) -> tuple[str, str] | None:
    """A firm word of the claim against a word of the passage that leaves the thing open."""
    if any(key in lists.soft for key, _, _ in runs(said, 2)):
        return None
    firm = next((said.words[i].raw for key, i, _ in runs(said, 2) if key in lists.firm), None)
    if firm is None:
        return None
    soft = _near(passage, lists.soft, places)
    return None if soft is None else (firm, soft)


def _near(passage: Words, wanted: frozenset[str], places: Sequence[int]) -> str | None:
    """The word of ``wanted`` that stands nearest before the matched words, or within reach after them."""
    best: tuple[int, str] | None = None
    for key, i, count in runs(passage, 2):
        if key not in wanted:
            continue
        if passage.text[passage.words[i].start : passage.words[i].end][:1].isupper() and i > 0:
            continue
        gaps = [abs(place - i) for place in places] or [i]
        gap = min(gaps)
        if gap <= 12 and (best is None or gap < best[0]):
            best = gap, " ".join(w.raw for w in passage.words[i : i + count])
    return None if best is None else best[1]


def _wider(said: Words, passage: Words, lists: Lexicon) -> tuple[str, str] | None:
    """A word of the claim that takes in everything against a word of the passage that takes in a part."""
    whole = next((said.words[i].raw for key, i, _ in runs(said, 3) if key in lists.whole), None)
    if whole is None:
        return None
    theirs = {key for key, _, _ in runs(passage, 3)}
    part = next(
        (" ".join(w.raw for w in passage.words[i : i + n]) for key, i, n in runs(passage, 2) if key in lists.part), None
    )
    if part is None or (theirs & lists.whole and part.lower() not in ("some", "most", "may", "up to")):
        return None
    return whole, part

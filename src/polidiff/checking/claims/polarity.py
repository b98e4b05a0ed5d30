"""A claim laid beside one passage: do they pull the same way, is one firmer, does one cover more, who is to act.

Every test returns a short reason in plain words, or None. They read English; across languages nothing is tested but
numbers, so that a claim is supported or not found there and never contradicted by a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from polidiff.lang.terms import Lexicon, Term, lexicon, runs
from polidiff.lang.words import Words, root, stem, words_of

if TYPE_CHECKING:
    from polidiff.checking.claims.retrieval import Candidate

__all__ = ["Reading", "opposite_words", "polarity"]

REACH = 10
"""Words over which a verb or a negation governs what follows it."""

BESIDE = 6
"""Words over which an “or” joins two words that turn the same way."""

FAR = 45
"""Words after which a verb in the passive no longer undoes what stands before it."""

_NOT_ONLY = re.compile(
    r"\bto\s+(?:this|that|their|its)\s+ends?\b|\b(?:by|at|in|before)\s+the\s+end\b|\bend[-\s](?:use|user|to|point)|\bcut(?:s|ting)?[-\s](?:across|edge)|\bno\s+one-size|"
    r"\bnot\s+(?:just|only|merely|simply|necessarily)\b|\bno\s+(?:later|fewer|less|more|longer)\s+than\b|\bnot\s+(?:later|longer|less|more|exceeding)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:.!?—–]|,?\s+\b(?:but|while|whereas|although|however|which|rather)\b|\band\s+(?=(?:not|should|must|will|also)\b)",
    re.IGNORECASE,
)
_AUXILIARIES = frozenset(
    {"do", "does", "did", "shall", "should", "must", "may", "will", "would", "can", "could", "is", "are"}
)

#: Words whose stem is that of a word that turns things round.
_OTHER_WORDS = frozenset(
    {
        "scrape",
        "scraped",
        "scraping",
        "dropout",
        "closely",
        "secretary",
        "secretaries",
        "secretariat",
        "limited",
        "endless",
        "short",
        "stopgap",
        "exclusive",
        "exclusively",
        "exclusivity",
    }
)
#: Verbs that forbid the whole of what their sentence has said, however long that is.
_FORBIDS = frozenset(
    stem(w) for w in ("prohibited", "banned", "forbidden", "outlawed", "illegal", "unlawful", "barred")
)
_BE = frozenset(["be", "is", "are", "was", "were", "been", "being", "get", "goe", "stay"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tests found. Each part is 0..1 with the words that decided, as (claim's word, passage's word)."""

    turned: float
    turned_by: tuple[str, str]
    opposite: tuple[str, str] | None


def polarity(claim: str, terms: Sequence[Term], candidate: Candidate, lead: Words | None = None) -> Reading:
    """Lay ``claim`` beside the sentence of ``candidate``, whose words answer ``terms``.

    ``lead`` are the words that introduce it: what they turn round, they turn round for all of it.
    """
    lists, passage = lexicon(), candidate.sentence.words
    said = words_of(claim)
    at = {word.start: n for n, word in enumerate(said.words)}
    pairs = [
        (at[term.start], place, term.weight, contrary)
        for term, place, value, contrary in zip(terms, candidate.by, candidate.own, candidate.against, strict=True)
        if place >= 0 and value >= 0.7 and term.start in at
    ]
    turned, cue = _turned(said, passage, pairs, lists, _lead(lead, lists))
    return Reading(
        turned=turned,
        turned_by=cue,
        opposite=opposite_words(said, passage, lists) or _outranked(said, passage),
    )


def _turned(
    said: Words, passage: Words, pairs: Sequence[tuple[int, int, float, bool]], lists: Lexicon, lead: tuple[int, str]
) -> tuple[float, tuple[str, str]]:
    """The share of the words in common that the claim and the passage turn different ways, and the turning words."""
    total = against = 0.0
    cue = ("", "")
    for here, there, weight, contrary in pairs:
        mine, my_word = _way(said, here, lists)
        theirs, their_word = _way(passage, there, lists)
        theirs, their_word = theirs * lead[0], their_word or lead[1]
        if contrary:
            theirs, my_word, their_word = -theirs, said.words[here].raw, passage.words[there].raw
        total += weight
        if mine != theirs:
            against += weight
            cue = (my_word or cue[0], their_word or cue[1])
    return (against / total if total else 0.0), cue


def _lead(lead: Words | None, lists: Lexicon) -> tuple[int, str]:
    """Which way the introducing words turn what follows them: “the following shall be prohibited:” turns it round."""
    sign, cue = 1, ""
    for word in lead.words[-REACH:] if lead is not None else ():
        if word.key in lists.con or word.key in lists.turn:
            sign, cue = -sign, word.raw
    return sign, cue


def _way(words: Words, place: int, lists: Lexicon) -> tuple[int, str]:
    """Which way a word is turned, +1 or -1, by the verbs and negations that govern it, and the last of them."""
    sign, cue = 1, ""
    start = max(0, place - REACH)
    ends = [match.end() for match in _CLAUSE.finditer(words.text[: words.words[place].start])]
    first = ends[-1] if ends else 0
    turns = partial(_turning, words, lists, [match.span() for match in _NOT_ONLY.finditer(words.text)])
    before = -9
    for n in range(place):
        if words.words[n].start < first or (n < start and not _main_negation(words, n)):
            continue
        found = turns(n)
        if found and _joined(words, before, n):
            before = n
        elif found:
            sign, cue, before = -sign, found, n
    undone = _undone(words, place, turns)
    return (-sign, undone) if undone else (sign, cue)


def _turning(words: Words, lists: Lexicon, idle: Sequence[tuple[int, int]], n: int) -> str:
    """The words at ``n`` that turn what follows them, or nothing; those in ``idle`` places (“not only”) don't."""
    word = words.words[n]
    if word.raw.lower() in _OTHER_WORDS or any(a <= word.start < b for a, b in idle):
        return ""
    keys = [w.key for w in words.words[n : n + 4]]
    for count in range(len(keys), 0, -1):
        run = " ".join(keys[:count])
        if run in lists.con or run in lists.turn:
            return " ".join(w.raw for w in words.words[n : n + count])
    by_root = len(word.key) >= 7 and root(word.key) in lists.con_roots and _operates(words, n)
    return word.raw if by_root or word.raw.lower().endswith(("n't", "n’t")) else ""


_NOUN = re.compile(r"(?:tion|sion|ment|ance|ence|al)s?$", re.IGNORECASE)


def _operates(words: Words, n: int) -> bool:
    """Whether a word turns what follows: a noun made of a verb does with “of”, “on” or “to” after it alone."""
    if not _NOUN.search(words.words[n].raw):
        return True
    return n + 1 < len(words.words) and words.words[n + 1].raw.lower() in ("of", "on", "to", "from", "for")


def _main_negation(words: Words, n: int) -> bool:
    """Whether word ``n`` is the “not” of a main verb (“shall not apply to”): it governs the rest of its clause."""
    return words.words[n].key == "not" and n > 0 and words.words[n - 1].raw.lower() in _AUXILIARIES


def _undone(words: Words, place: int, turns: Callable[[int], str]) -> str:
    """The verb that undoes what stands before it (“the use of … shall be prohibited”), or nothing."""
    own = words.words[place]
    ended = False
    for n in range(place + 1, len(words.words)):
        if words.words[n].sentence != own.sentence:
            break
        ended = ended or n > place + FAR or _CLAUSE.search(words.text[own.end : words.words[n].start]) is not None
        if words.words[n].raw.lower() not in _BE:
            continue
        negated = False
        for m in range(n + 1, min(len(words.words), n + 4)):
            if words.words[m].key in lexicon().turn:
                negated = True
                continue
            found = words.words[m].raw if words.words[m].key in _FORBIDS else turns(m)
            if ended and words.words[m].key not in _FORBIDS:
                continue
            if found and words.words[m].raw.lower().endswith(("ed", "n", "wn", "illegal", "unlawful")):
                return "" if negated else found
    return ""


def _joined(words: Words, before: int, n: int) -> bool:
    """Whether word ``n`` only stands beside the turning word ``before`` (“limited and slow”, “revise, or repeal”)."""
    if 0 <= n - before <= BESIDE and words.words[n - 1].raw.lower() == "or":
        return True
    between = words.text[words.words[before].end : words.words[n].start] if 0 <= before < n else "x"
    return re.fullmatch(r"\s*(?:,|,?\s*(?:and|or))\s*(?:\w+ly\s+)?", between) is not None


def opposite_words(said: Words, passage: Words, lists: Lexicon) -> tuple[str, str] | None:
    """A word of the claim whose opposite stands in the passage, when the passage has not that word itself."""
    mine = {key: said.words[i].raw for key, i, _ in runs(said, 2)}
    theirs = {key: passage.words[i].raw for key, i, _ in runs(passage, 2)}
    roots = {root(key) for key in theirs}
    for pair in sorted(lists.pairs, key=sorted):
        if len(pair) != 2:
            continue
        for a, b in (sorted(pair), sorted(pair, reverse=True)):
            if a not in mine or b not in theirs or a in theirs or b in mine or root(a) in roots:
                continue
            if not _denied(said, mine[a]) and not _denied(passage, theirs[b]):
                return mine[a], theirs[b]
    return None


_ORDINAL = re.compile(
    r"\b(?P<place>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:nd|rd|th))[-\s]+(?P<most>\w{3,}est|most|best)\b",
    re.IGNORECASE,
)


def _outranked(said: Words, passage: Words) -> tuple[str, str] | None:
    """A superlative of the claim that the passage gives a lower place (“the third largest”)."""
    mine = {m.group("most").lower(): m.group() for m in _ORDINAL.finditer(said.text)}
    for match in _ORDINAL.finditer(passage.text):
        most = match["most"].lower()
        if most not in mine and re.search(rf"\b{most}\b", said.text, re.IGNORECASE):
            return most, match.group()
    return None


def _denied(words: Words, raw: str) -> bool:
    """Whether a negation stands within three words before the word."""
    lists = lexicon()
    place = next(n for n, word in enumerate(words.words) if word.raw == raw)
    return any(word.key in lists.turn for word in words.words[max(0, place - 3) : place])


def deny_count(words: Words, by: Sequence[int] = ()) -> int:
    """How many words of ``words`` turn something round; with ``by`` only those near the words numbered there."""
    lists = lexicon()
    idle = [(m.start(), m.end()) for m in _NOT_ONLY.finditer(words.text)]
    places = [place for place in by if place >= 0]
    low, high = (min(places) - 4, max(places) + 4) if places else (0, len(words.words))
    found, last = 0, -9
    for key, n, count in runs(words, 3):
        if n < low or n > high or n <= last:
            continue
        word = words.words[n]
        if any(a <= word.start < b for a, b in idle) or word.raw.lower() in _OTHER_WORDS:
            continue
        if key in lists.turn or key in lists.con or word.raw.lower().endswith(("n't", "n’t")):
            found, last = found + 1, n + count - 1
    return found

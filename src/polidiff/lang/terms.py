"""What a claim is made of: its content words with their weight, and the families of words that answer them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from polidiff.lang.data import load_list
from polidiff.lang.wordnet import entry
from polidiff.lang.words import Words, root, stem, words_of

__all__ = ["Lexicon", "Term", "bare", "lexicon", "terms_of"]

SMALL = frozenset(load_list("words")["small"].split())
"""English words that carry no subject."""

FRAMED = 0.35
"""What a word of the frame weighs, as a share of what it would weigh."""

POSSESSIVE = frozenset({"its", "their", "his", "her", "our", "my", "your", "whose", "’s", "'s"})


def telling(key: str) -> float:
    """How much a word of general English tells by itself, in 0.25..1: a common one (“room”) less than a rare one."""
    return min(1.0, max(0.25, 1.1 - 0.085 * entry(key).step))


_SOURCE = r"(?:plans?|documents?|report|strateg(?:y|ies)|law|act|order|text|measures|rules|author|government)"
_SAYS = (
    r"(?:says?|said|states?|notes?|argues?|claims?|warns?|complains?|wants?|asks?|proposes?|recommends?|tells?|calls?\s+for|"
    r"endorses?|seeks?|aims?\s+to|promises|predicts?|expects?|believes|advises)"
)
_FRAMED = (
    re.compile(
        rf"^(?:[Tt]he|[Bb]oth|[Tt]his|[Ii]ts)\s+(?:[\w.’'-]+\s+){{0,4}}?{_SOURCE}\s+(?:also\s+)?{_SAYS}\s+(?:that\s+)?"
    ),
    re.compile(rf",\s+(?:the\s+{_SOURCE}|it)\s+(?:says?|argues?|claims?|notes?|warns?|adds?)\b"),
    re.compile(rf",\s+according\s+to\s+the\s+{_SOURCE}\b"),
    re.compile(r"^It\s+(?:says|wants|asks\s+for|proposes|seeks|calls\s+for|notes|warns)\s+(?:that\s+)?"),
    re.compile(
        r"^[^，。；“”]{0,30}?(?:计划|办法|法案|方案|文件|战略|行政令|条例|摘要|》)(?:中|还|也|均|都|则|明确)*"
        r"(?:要求|提出|主张|规定|认为|强调|支持|呼吁|列出|说|称|指出)(?:了|道)?[，：]?"
    ),
)


def bare(claim: str) -> str:
    """Return a claim without the words that only say whose it is (“The plan says that …”, “…, the report notes”)."""
    for pattern in _FRAMED:
        claim = pattern.sub("", claim, count=1)
    return claim


class Rarity(Protocol):
    """Whatever knows how rare a word is in a document."""

    def rarity(self, key: str) -> float:
        """How much a word tells, in 0..1."""
        ...


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a claim: ``raw`` as written, ``key`` its stem, ``start:end`` in the claim.

    ``weight`` is in 0..1; ``number`` is True for a number, which only the same number answers; ``name`` for a word
    with a capital inside of the sentence; ``family`` are keys of words that stand for it.
    """

    raw: str
    key: str
    start: int
    end: int
    weight: float
    number: bool
    name: bool
    family: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """The lists of ``claim_words.toml`` as keys; ``silent`` and ``frame`` hold words as they are written."""

    silent: frozenset[str]
    frame: frozenset[str]
    light: frozenset[str]
    families: dict[str, frozenset[str]]
    compounds: frozenset[str]
    pro: frozenset[str]
    con: frozenset[str]
    con_roots: frozenset[str]
    turn: frozenset[str]
    pairs: frozenset[frozenset[str]]
    phrases: tuple[tuple[str, str], ...]


def phrase_key(phrase: str) -> str:
    """The key of a word or of a phrase with hyphens between its words (``hold-back``)."""
    return " ".join(stem(word) for word in re.split(r"[-\s]", phrase) if word)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lists, read once."""
    data = load_list("claim_words")

    def keys(text: str) -> frozenset[str]:
        return frozenset(phrase_key(word) for word in text.split())

    families: dict[str, set[str]] = {}
    for row in data["families"]:
        members = keys(row)
        for member in members:
            families.setdefault(member, set()).update(members - {member})
    poles = data["poles"]
    pro, con = keys(poles["pro"]), keys(poles["con"])
    con |= {key for key, others in families.items() if others & con and not others & pro and key not in pro}
    return Lexicon(
        silent=frozenset(data["silent"].split()),
        frame=frozenset(data["frame"].split()),
        light=keys(data["light"]),
        families={key: frozenset(value) for key, value in families.items()},
        compounds=frozenset(key for key in families if " " in key),
        pro=pro,
        con=con,
        con_roots=frozenset(root(key) for key in con if len(key) >= 6 and " " not in key),
        turn=keys(poles["turn"]),
        pairs=frozenset(keys(pair) for pair in poles["pairs"]),
        phrases=tuple(sorted(data["phrases"].items(), key=lambda row: (-len(row[0]), row[0]))),
    )


def runs(words: Words, most: int = 3) -> Iterable[tuple[str, int, int]]:
    """Every word and every run of up to ``most`` words, as (key, number of the first word, count)."""
    keys = [word.key for word in words.words]
    for i in range(len(keys)):
        for count in range(1, most + 1):
            if i + count <= len(keys):
                yield " ".join(keys[i : i + count]), i, count


def terms_of(claim: str, rarity: Rarity) -> tuple[Term, ...]:
    """Return the content words of a claim, each once; a phrase of the list counts as the word that it says."""
    lists = lexicon()
    found: list[Term] = []
    seen: set[str] = set()
    plain, moved = _plain(claim, lists)
    words = words_of(plain).words
    for n, word in enumerate(words):
        low = word.raw.lower()
        if low in SMALL or word.key in seen or (len(word.raw) < 2 and not word.raw.isdigit()):
            continue
        name = n > 0 and word.raw[0].isupper()
        silent = low in lists.silent
        if silent and not (name and word.raw.isupper() and len(word.raw) > 1):
            continue
        if word.key == "own" and n and words[n - 1].raw.lower() in POSSESSIVE:
            continue
        seen.add(word.key)
        number = any(c.isdigit() for c in word.raw)
        weight = rarity.rarity(word.key)
        if not number:
            weight = min(weight, telling(word.key))
        if word.key == "ai":
            weight = 0.15
        elif low in lists.frame:
            weight *= FRAMED
        elif word.key in lists.light or low in lists.light or low.endswith("ly"):
            weight *= 0.5
        family = tuple(sorted(lists.families.get(word.key.lower(), ())))
        if family and not number:
            weight = min(weight, max(0.3, min(rarity.rarity(f) for f in family) + 0.15))
        start = moved(word.start)
        end = max(start + 1, moved(word.end))
        found.append(Term(low, word.key.lower(), start, end, weight, number, name, family))
    return tuple(found)


def _plain(claim: str, lists: Lexicon) -> tuple[str, Callable[[int], int]]:
    """The claim with its phrases put into one word, and the way back from a place in it to the claim."""
    cuts: list[tuple[int, int, int]] = []
    plain = claim
    for phrase, word in lists.phrases:
        pattern = re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE)
        match = pattern.search(plain)
        if match:
            plain = plain[: match.start()] + word + plain[match.end() :]
            cuts.append((match.start(), len(word), match.end() - match.start()))

    def moved(place: int) -> int:
        for start, short, long in reversed(cuts):
            if place >= start + short:
                place += long - short
            elif place > start:
                place = start
        return place

    return plain, moved

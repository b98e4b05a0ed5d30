"""Names for matters out of the documents' own words: the phrases that set a group of passages apart from all others."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from polidiff.encode.static import chinese_words
from polidiff.lang.data import load_list
from polidiff.lang.words import stem, words_of

__all__ = ["Phrases", "phrases_of"]

LONGEST = 4
"""Words of a phrase; Chinese phrases are whole words, of two to eight characters."""
LONGEST_CHINESE = 8
WHOLE = 0.65
"""A phrase of several texts gives way to a longer one that holds it and stands in at least this share of them."""
WITHIN = frozenset({"of", "and", "for"})
"""Words without a subject that may stand within a phrase."""
SECOND = 0.5
"""A name's next phrase counts at least so much of the first one's score."""

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_PARTICLES = "的了和与及等对在将把为其以之并或到上下中内外由被"


@dataclass(frozen=True)
class Phrases:
    """The phrases of each of some texts, by key with a form to show, and in how many texts each stands."""

    held: tuple[Mapping[str, str], ...]
    spread: Counter[str]

    def best(self, members: Sequence[int], owners: Sequence[int], taken: Collection[str] = ()) -> list[str]:
        """Return one or two phrases that name ``members`` (places of texts) best; ``owners`` are their documents.

        A phrase counts by how many members hold it, more when those of all owners do, against how many texts of all
        hold it; of phrases that overlap the better one is taken. Best first; ties are broken by the alphabet. The
        second stands by where it is nearly as good, or where the first one alone is ``taken`` as a name.
        """
        counts: Counter[str] = Counter()
        sides: dict[str, set[int]] = {}
        for place, owner in zip(members, owners, strict=True):
            for key in self.held[place]:
                counts[key] += 1
                sides.setdefault(key, set()).add(owner)
        all_sides = len(set(owners))
        scored = sorted(
            (-self._score(key, count, len(members), len(sides[key]) == all_sides > 1), key)
            for key, count in counts.items()
        )
        chosen: list[str] = []
        for score, key in scored:
            if score > SECOND * scored[0][0] and self._form(chosen[0], members) not in taken:
                break
            whole = _whole(key, counts)
            if not any(set(_parts(whole)) & set(_parts(other)) for other in chosen):
                chosen.append(whole)
            if len(chosen) == 2:
                break
        return [self._form(key, members) for key in chosen]

    def _score(self, key: str, count: int, size: int, on_all: bool) -> float:
        rare = math.log(1 + len(self.held) / self.spread[key])
        length = 1 + 0.35 * min(len(_parts(key)) - 1, 5 if _HAN.match(key) else 2)
        alone = 0.5 if count == 1 and size > 1 else 1.0
        score: float = count / size**0.5 * rare * length * alone * (1.6 if on_all else 1.0)
        return score

    def _form(self, key: str, members: Sequence[int]) -> str:
        forms = Counter(self.held[place][key] for place in members if key in self.held[place])
        return min(forms.items(), key=lambda item: (-item[1], item[0]))[0]


def phrases_of(texts: Iterable[str]) -> Phrases:
    """Return the phrases of ``texts``: runs of up to three words that carry a subject, or of Chinese characters."""
    held = tuple(map(_held, texts))
    return Phrases(held, Counter(key for one in held for key in one))


@lru_cache(maxsize=8192)
def _held(text: str) -> Mapping[str, str]:
    """The phrases of a text, each with its form there; a decision makes the matters anew, and no text another."""
    return dict(_phrases(text))


@cache
def _plain() -> frozenset[str]:
    """Keys of English words that neither begin nor end the name of a matter."""
    held = load_list("words")
    words = [*held["function"], *held["small"].split(), *held["common"].split(), *held["framing"]]
    return frozenset(stem(word) for word in words) | frozenset(words)


def _whole(key: str, counts: Counter[str]) -> str:
    """The longest phrase that holds this one and stands in nearly as many texts: “data”, “personal data”."""
    if counts[key] == 1:
        return key
    return max(
        (one for one, count in counts.items() if _holds(one, key) and count >= WHOLE * counts[key]),
        key=lambda one: (len(_parts(one)), counts[one], one),
    )


def _holds(longer: str, key: str) -> bool:
    return key in longer if _HAN.match(key) else f" {key} " in f" {longer} "


def _phrases(text: str) -> Iterator[tuple[str, str]]:
    """Phrases that end where a run of words with a subject ends; one word also begins where a run begins.

    So none is cut within (“processing of personal” before “data”), and a verb between its subject and object is none.
    """
    plain = _plain()
    found = words_of(text).words
    idle = [word.key in plain or not word.raw[0].isalpha() for word in found]
    for start, first in enumerate(found):
        if idle[start]:
            continue
        opens = start == 0 or not first.joined or idle[start - 1]
        for end in range(start, min(start + LONGEST, len(found))):
            word = found[end]
            if end > start and (not word.joined or (idle[end] and word.key not in WITHIN)):
                break
            last = end + 1 == len(found) or not found[end + 1].joined or idle[end + 1]
            if idle[end] or not last or (start == end and (not opens or len(word.raw) < 3)):
                continue
            yield " ".join(w.key for w in found[start : end + 1]), _shown(text[first.start : word.end])
    yield from _chinese_phrases(text)


def _chinese_phrases(text: str) -> Iterator[tuple[str, str]]:
    """Whole words that stand together, no particle and no idle word among them."""
    idle = frozenset(load_list("words")["framing_zh"].split())
    for run in _HAN.findall(text):
        words = chinese_words(run, _PARTICLES)
        for first in range(len(words)):
            for end in range(first + 1, len(words) + 1):
                phrase, last = "".join(words[first:end]), words[end - 1]
                if len(phrase) > LONGEST_CHINESE or last in _PARTICLES or last in idle:
                    break
                if min(len(words[first]), len(last)) > 1:
                    yield phrase, phrase


def _shown(words: str) -> str:
    """The form to show: as printed, white space folded; a capital that only begins a sentence is kept."""
    return " ".join(words.split())


def _parts(key: str) -> list[str]:
    return key.split(" ") if not _HAN.match(key) else [key[i : i + 2] for i in range(len(key) - 1)]

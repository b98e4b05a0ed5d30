"""How much of what a question names a passage names too: in its words, in words near to them, or in listed terms.

A question's words count by their rarity. Words that are near in meaning, in both languages, come from the fast
encoder's table, listed terms from the bilingual list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from polidiff.encode.static import chinese_words, neighbours
from polidiff.lang.bilingual import terms
from polidiff.ranking.query import BETWEEN, Question
from polidiff.ranking.terms import HAN, TOKEN, index_terms, joining, small_words

LEAST = 0.5
"""Cosine of two words from which one stands for the other, for as much as the cosine says."""

MOST = 12
"""Words of each language that may stand for one."""


@dataclass(frozen=True)
class Named:
    """One thing that a question names.

    ``forms`` are the sets of index terms that say it, each with how surely (0..1), ascending; ``concepts`` are the
    listed terms.
    """

    forms: tuple[tuple[tuple[str, ...], float], ...]
    concepts: tuple[str, ...]

    def known_in(self, chinese: bool) -> bool:
        """Whether anything says it in Chinese, or in another language."""
        return bool(self.concepts) or any((HAN.search(form[0]) is not None) is chinese for form, _ in self.forms)


def named(asked: Question) -> tuple[Named, ...]:
    """Return what a question names, a word (or a Chinese word) each.

    Two words that "and" or "or" stands between are one thing, said by either: what parts them from others is shared
    (``rights to correct or erase data``).
    """
    text = " ".join((*asked.phrases, asked.text))
    listed = terms(text, bool(HAN.search(text)))
    words = _words(text)
    near = neighbours([word for word, _ in words], LEAST, MOST)
    found: list[tuple[int, int, Named]] = []
    for (word, start), others in zip(words, near, strict=True):
        forms: dict[tuple[str, ...], float] = {}
        for form, cosine in ((word, 1.0), *others):
            held = tuple(dict.fromkeys(index_terms(form)))
            if held and not (len(held) == 1 and len(held[0]) == 1):
                forms[held] = max(forms.get(held, 0.0), cosine)
        end = start + len(word)
        own = [one.concept for one in listed if one.start < end and start < one.end]
        if not forms and not own:
            continue
        one = _thing(forms, own)
        if found and BETWEEN.search(text, found[-1][1], start):
            first, _, before = found.pop()
            start, one = first, _either(before, one)
        found.append((start, end, one))
    return tuple(one for _, _, one in found)


def _thing(forms: Mapping[tuple[str, ...], float], concepts: Iterable[str]) -> Named:
    return Named(
        tuple(sorted(forms.items(), key=lambda one: (one[1], one[0]))),
        tuple(dict.fromkeys(concepts)),
    )


def _either(a: Named, b: Named) -> Named:
    forms = dict(a.forms)
    for form, sure in b.forms:
        forms[form] = max(forms.get(form, 0.0), sure)
    return _thing(forms, (*a.concepts, *b.concepts))


def _words(text: str) -> list[tuple[str, int]]:
    """The telling words of a text with their places; a run of Chinese characters is cut at listed terms and words."""
    found: dict[str, int] = {}
    for match in TOKEN.finditer(text):
        run, start = match.group(), match.start()
        if not HAN.match(run):
            if run.lower() not in small_words():
                found.setdefault(run.lower(), start)
            continue
        for piece, at in _pieces(run):
            for word in [piece] if at in _listed(run) else chinese_words(piece, "".join(joining())):
                if len(word) > 1:
                    found.setdefault(word, start + at)
                at += len(word)
    return list(found.items())


def _listed(run: str) -> dict[int, int]:
    """Where listed terms stand in a run, the longest first: their beginnings with their ends."""
    found: dict[int, int] = {}
    end = 0
    for one in sorted(terms(run, True), key=lambda one: (one.start, -one.end)):
        if one.start >= end and one.end - one.start > 1:
            found[one.start] = end = one.end
    return found


def _pieces(run: str) -> list[tuple[str, int]]:
    """A run cut before and after each listed term, each piece with its place."""
    cuts = sorted({0, len(run), *(at for pair in _listed(run).items() for at in pair)})
    return [(run[a:b], a) for a, b in pairwise(cuts)]

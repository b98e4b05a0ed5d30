"""An index of many passages that is asked one question at a time: by words, phrases and meaning, in two languages.

Words are found by BM25 over stems and pairs of Chinese characters; passages of the other language by the concepts of
the bilingual list. Meaning is the cosine of the question's vector and a passage's. What either finds is put in order
by the sum of both, weighed as ``weights.toml`` says for questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from polidiff.ranking.bm25 import Bm25
from polidiff.ranking.meaning import AT_REST, SLOPE
from polidiff.ranking.passage import Passage
from polidiff.ranking.query import Question
from polidiff.ranking.terms import HAN, index_terms
from polidiff.ranking.weights import weights_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csc_matrix

    from polidiff.encode.protocol import Matrix, Vectors

    Mask = NDArray[np.bool_]
    Places = NDArray[np.int64]

How = Literal["both", "words", "meaning"]

DEPTH = 500
"""Passages that are ranked each way."""

FLOOR = 0.18
"""Cosine from which a passage counts as near in meaning. Under it neighbours are chance: of ten questions on other
subjects, asked of two hundred provisions, the nearest lay below it."""

NEAR = 0.5
"""Share of the best cosine under which passages are left out: they answer something else."""


UNKNOWN = 0.4
"""Cosine that is reckoned with where meaning wasn't asked."""


@dataclass(frozen=True)
class Answer:
    """A passage that answers: its place in the index, its evidence, and its cosine where it is near in meaning."""

    place: int
    evidence: float
    cosine: float | None


@dataclass(frozen=True)
class Answers:
    """The answers, best first, and whether none of them has all the words that were asked for."""

    found: tuple[Answer, ...]
    loose: bool = False


class Index:
    """All passages of some documents. It doesn't change; threads may share it."""

    def __init__(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Build the index. ``vectors``, shape ``(len(passages), dim)``, may be of any length; a zero row has none."""
        import numpy as np

        self._texts = [passage.text for passage in passages]
        self.size = len(self._texts)
        self._words = _Terms([index_terms(text) for text in self._texts], [index_terms(one.place) for one in passages])
        self._concepts = _Terms([index_terms(text, across=True) for text in self._texts], None)
        self._chinese = np.array([HAN.search(text) is not None for text in self._texts], dtype=np.bool_)
        lengths = np.sqrt((vectors.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
        lengths[lengths == 0] = 1.0
        self.vectors: Vectors = (vectors / lengths).astype(np.float32)

    def ask(self, asked: Question, how: How, vector: Vectors | None, mask: Mask | None = None) -> Answers:
        """Return the passages that answer. ``vector`` is the question's, None for ``how="words"``."""
        import numpy as np

        shares, loose = self._by_words(asked, mask) if how != "meaning" else ({}, False)
        near = self._by_meaning(vector, mask) if how != "words" and vector is not None else {}
        if how == "both" and asked.phrases:
            near = {place: cosine for place, cosine in near.items() if place in shares}
        weights = weights_for("questions")
        places = sorted(shares.keys() | near.keys())
        if near and vector is not None:
            all_near = self._cosines(vector, np.array(places, dtype=np.int64))
        else:
            all_near = np.full(len(places), UNKNOWN)
        meant = weights.meaning * all_near + weights.tokens * (AT_REST + SLOPE * all_near)
        total = [
            round(float(value) + weights.terms * shares.get(place, 0.0), 6)
            for place, value in zip(places, meant, strict=True)
        ]
        order = sorted(range(len(places)), key=lambda n: (-total[n], places[n]))
        return Answers(tuple(Answer(places[n], total[n], near.get(places[n])) for n in order), loose)

    def evidence(self, asked: Question, vector: Vectors) -> Matrix:
        """Return, for every passage, the evidence that it answers, in its place: shape ``(size,)``.

        Nothing is cut off, so that a passage without an answer can be told. The share of words is the better of the
        question's own and of the bilingual list's.
        """
        import numpy as np

        own = [term for text in (*asked.phrases, *asked.words) for term in index_terms(text)]
        shares = self._words.scored(own)[0] if own else np.zeros(self.size)
        if asked.across:
            other = sorted(f"={concept}" for concept in asked.concepts)
            shares = np.maximum(shares, self._concepts.scored(other)[0])
        cosines = self._cosines(vector, np.arange(self.size))
        weights = weights_for("questions")
        meant = weights.meaning * cosines + weights.tokens * (AT_REST + SLOPE * cosines)
        return np.round(meant + weights.terms * shares, 6)

    def _by_words(self, asked: Question, mask: Mask | None) -> tuple[dict[int, float], bool]:
        """Places with all the words and what share of the most they score; with any of them where none has all."""
        own = [term for text in (*asked.phrases, *asked.words) for term in index_terms(text)]
        if own and all(len(term) == 1 and HAN.match(term) for term in own):
            return self._with_characters(own, mask), False
        found = self._held(self._words, own, asked.phrases, mask, None, all_of=True)
        if not asked.phrases and asked.across:
            other = sorted(f"={concept}" for concept in asked.concepts)
            theirs = ~self._chinese if HAN.search(asked.text) else self._chinese
            found |= self._held(self._concepts, other, (), mask, theirs, all_of=True)
        if found or len(set(own)) < 2:
            return _best(found), False
        found = self._held(self._words, own, asked.phrases, mask, None, all_of=False)
        if not asked.phrases and asked.across:
            found |= self._held(self._concepts, other, (), mask, theirs, all_of=False)
        return _best(found), True

    def _with_characters(self, wanted: Sequence[str], mask: Mask | None) -> dict[int, float]:
        """Places with single Chinese characters, which stand in the index in pairs."""
        chosen = range(self.size) if mask is None else [n for n in range(self.size) if mask[n]]
        held = (n for n in chosen if all(character in self._texts[n] for character in wanted))
        return _best({n: round(1 / (1 + len(self._texts[n])), 6) for n in held})

    def _held(
        self,
        terms: _Terms,
        wanted: Sequence[str],
        phrases: Sequence[str],
        mask: Mask | None,
        among: Mask | None,
        *,
        all_of: bool,
    ) -> dict[int, float]:
        """Places that hold the wanted terms and the phrases, with the share of the most that they could score."""
        import numpy as np

        if not wanted:
            return {}
        score, count = terms.scored(wanted)
        chosen = count >= len(set(wanted)) if all_of else count > 0
        for allowed in (mask, among):
            if allowed is not None:
                chosen = chosen & allowed
        places = np.flatnonzero(chosen)
        patterns = [re.compile(r"(?<!\w)" * (not HAN.search(one)) + spaced(one), re.IGNORECASE) for one in phrases]
        return {
            int(place): float(score[place])
            for place in places
            if all(pattern.search(self._texts[place]) for pattern in patterns)
        }

    def _cosines(self, vector: Vectors, places: Places) -> Matrix:
        import numpy as np

        length = float(np.sqrt((vector.astype(np.float64) ** 2).sum())) or 1.0
        asked = vector / np.float32(length)
        few = len(places) < self.size // 4
        found = self.vectors[places] @ asked if few else (self.vectors @ asked)[places]
        return np.round(found.astype(np.float64), 4)

    def _by_meaning(self, vector: Vectors, mask: Mask | None) -> dict[int, float]:
        """Places near in meaning with their cosines."""
        import numpy as np

        places = np.arange(self.size) if mask is None else np.flatnonzero(mask)
        if not len(places):
            return {}
        cosines = self._cosines(vector, places)
        depth = min(DEPTH, len(places))
        best = np.argpartition(-cosines, depth - 1)[:depth]
        best = best[cosines[best] >= max(FLOOR, NEAR * float(cosines.max()))]
        return {int(places[n]): float(cosines[n]) for n in best}


def spaced(phrase: str) -> str:
    """A pattern for a phrase whose words any white space may part."""
    return r"\s+".join(re.escape(word) for word in phrase.split())


def _best(found: dict[int, float]) -> dict[int, float]:
    if len(found) <= DEPTH:
        return found
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:DEPTH])


class _Terms:
    """BM25 by columns: one question's terms are looked up without the others."""

    def __init__(self, texts: Sequence[Sequence[str]], above: Sequence[Sequence[str]] | None) -> None:
        self._index = Bm25.of(texts, above)
        self._columns: csc_matrix = self._index.weights.tocsc()

    def scored(self, wanted: Sequence[str]) -> tuple[Matrix, NDArray[np.int64]]:
        """Return each passage's score as a share of the most that it could be, and how many of the terms it holds."""
        import numpy as np

        size = self._columns.shape[0]
        score, count = np.zeros(size), np.zeros(size, dtype=np.int64)
        for term in dict.fromkeys(wanted):
            place = self._index.places.get(term)
            if place is None:
                continue
            held = slice(self._columns.indptr[place], self._columns.indptr[place + 1])
            score[self._columns.indices[held]] += self._columns.data[held]
            count[self._columns.indices[held]] += 1
        return np.round(score / float(self._index.ceilings([list(dict.fromkeys(wanted))])[0]), 6), count

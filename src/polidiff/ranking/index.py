"""An index of many passages that is asked one question at a time: by words, phrases and meaning, in two languages.

Words are found by BM25 over stems and pairs of Chinese characters; passages of the other language by the concepts of
the bilingual list. Meaning is the cosine of the question's vector and a passage's. What either finds is put in order
by the sum of both, weighed as ``weights.toml`` says for questions. An index may lie in several parts, in memory or on a
disk: it answers as one of all passages would.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from polidiff.ranking.meaning import AT_REST, SLOPE
from polidiff.ranking.passage import Passage
from polidiff.ranking.postings import Postings, Terms
from polidiff.ranking.query import Question
from polidiff.ranking.terms import HAN, index_terms
from polidiff.ranking.weights import weights_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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


@dataclass(frozen=True, eq=False)
class Part:
    """What an index holds of some passages: their terms, and their vectors with the vectors' lengths.

    ``vectors`` has the shape ``(passages, dim)``; a row without length has none. ``text`` gives a passage's words.
    """

    words: Postings
    concepts: Postings
    chinese: Mask
    vectors: Vectors
    lengths: Matrix
    text: Callable[[int], str]

    @staticmethod
    def of(passages: Sequence[Passage], vectors: Vectors) -> Part:
        """Build it in memory."""
        import numpy as np

        texts = [passage.text for passage in passages]
        return Part(
            Postings.of([index_terms(text) for text in texts], [index_terms(one.place) for one in passages]),
            Postings.of([index_terms(text, across=True) for text in texts]),
            np.array([HAN.search(text) is not None for text in texts], dtype=np.bool_),
            vectors.astype(np.float32, copy=False),
            lengths_of(vectors),
            texts.__getitem__,
        )


def lengths_of(vectors: Vectors) -> Matrix:
    """Return the vectors' lengths, 1 for one of zeros: shape ``(len(vectors),)``."""
    import numpy as np

    lengths: Matrix = np.sqrt((vectors.astype(np.float64) ** 2).sum(axis=1))
    lengths[lengths == 0] = 1.0
    return lengths


class Index:
    """All passages of some parts. It doesn't change; threads may share it."""

    def __init__(self, parts: Sequence[Part], places: Sequence[Places] | None = None) -> None:
        """Join parts. ``places`` gives for each the place in the index of each of its passages, -1 for one left out."""
        import numpy as np

        self._parts = tuple(parts)
        if places is None:
            starts = np.cumsum([0, *(len(part.chinese) for part in parts)])
            places = [start + np.arange(len(part.chinese)) for start, part in zip(starts, parts, strict=False)]
        self._places = tuple(places)
        self._whole = tuple(_in_a_row(at) for at in self._places)
        self.size = int(sum((at >= 0).sum() for at in self._places))
        self._words = Terms([(p.words, at) for p, at in zip(self._parts, self._places, strict=True)], self.size)
        self._concepts = Terms([(p.concepts, at) for p, at in zip(self._parts, self._places, strict=True)], self.size)

    @staticmethod
    def of(passages: Sequence[Passage], vectors: Vectors) -> Index:
        """Build an index in memory. ``vectors``, shape ``(len(passages), dim)``, may be of any length."""
        return Index([Part.of(passages, vectors)])

    @cached_property
    def where(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The part of each place, and which of its passages stands there: two arrays of the shape ``(size,)``."""
        import numpy as np

        part, offset = np.zeros(self.size, dtype=np.int32), np.zeros(self.size, dtype=np.int32)
        for number, at in enumerate(self._places):
            here = np.flatnonzero(at >= 0)
            part[at[here]], offset[at[here]] = number, here
        return part, offset

    @cached_property
    def _chinese(self) -> Mask:
        import numpy as np

        chinese = np.zeros(self.size, dtype=np.bool_)
        for part, at in zip(self._parts, self._places, strict=True):
            chinese[at[at >= 0]] = part.chinese[at >= 0]
        return chinese

    def text(self, place: int) -> str:
        """Return the words that a passage is found by."""
        parts, offsets = self.where
        words: str = self._parts[parts[place]].text(int(offsets[place]))
        return words

    def ask(self, asked: Question, how: How, vector: Vectors | None, mask: Mask | None = None) -> Answers:
        """Return the passages that answer. ``vector`` is the question's, None for ``how="words"``."""
        import numpy as np

        shares, loose = self._by_words(asked, mask) if how != "meaning" else ({}, False)
        if how == "both" and not asked.phrases:
            shares = self._by_any_word(asked, mask) | shares
        cosines = self.cosines(vector) if how != "words" and vector is not None else None
        near = self._by_meaning(cosines, mask) if cosines is not None else {}
        if how == "both" and asked.phrases:
            near = {place: cosine for place, cosine in near.items() if place in shares}
        elif how == "both":
            every = self.shares(asked)
            shares = {place: float(every[place]) or shares.get(place, 0.0) for place in shares.keys() | near.keys()}
        weights = weights_for("questions")
        places = sorted(shares.keys() | near.keys())
        if near and cosines is not None:
            all_near = cosines[np.array(places, dtype=np.int64)]
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

        cosines = self.cosines(vector)
        weights = weights_for("questions")
        meant = weights.meaning * cosines + weights.tokens * (AT_REST + SLOPE * cosines)
        return np.round(meant + weights.terms * self.shares(asked), 6)

    def shares(self, asked: Question) -> Matrix:
        """Return which share of the question's words each passage holds, by weight, in either language."""
        import numpy as np

        own = [term for text in (*asked.phrases, *asked.words) for term in index_terms(text)]
        shares: Matrix = self._words.scored(own)[0] if own else np.zeros(self.size)
        if asked.across:
            other = sorted(f"={concept}" for concept in asked.concepts)
            shares = np.maximum(shares, self._concepts.scored(other)[0])
        return shares

    def holding(self, asked: Question) -> Mask:
        """Return which passages hold all the words and phrases of a question, shape ``(size,)``."""
        import numpy as np

        own = [term for text in (*asked.phrases, *asked.words) for term in index_terms(text)]
        mask = np.zeros(self.size, dtype=np.bool_)
        if own and all(len(term) == 1 and HAN.match(term) for term in own):
            mask[list(self._with_characters(own, None))] = True
        elif asked.phrases:
            mask[list(self._held(self._words, own, asked.phrases, None, None, all_of=True))] = True
        elif own:
            mask = self._words.scored(own)[1] >= len(set(own))
        return mask

    def _by_words(self, asked: Question, mask: Mask | None) -> tuple[dict[int, float], bool]:
        """Places with all the words and what share of the most they score; with any of them where none has all."""
        own = [term for text in (*asked.phrases, *asked.words) for term in index_terms(text)]
        if own and all(len(term) == 1 and HAN.match(term) for term in own):
            return self._with_characters(own, mask), False
        found = self._held(self._words, own, asked.phrases, mask, None, all_of=True)
        loose = not found and len(set(own)) > 1
        if loose:
            found = self._held(self._words, own, asked.phrases, mask, None, all_of=False)
        if not asked.phrases and asked.across:
            other = sorted(f"={concept}" for concept in asked.concepts)
            theirs = ~self._chinese if HAN.search(asked.text) else self._chinese
            across = self._held(self._concepts, other, (), mask, theirs, all_of=True)
            loose = loose and not across
            found |= across or self._held(self._concepts, other, (), mask, theirs, all_of=False)
        return _best(found), loose

    def _by_any_word(self, asked: Question, mask: Mask | None) -> dict[int, float]:
        """The places that hold the most of the question's words, by weight, in either language."""
        import numpy as np

        shares = self.shares(asked)
        if mask is not None:
            shares = np.where(mask, shares, 0.0)
        depth = min(DEPTH, self.size)
        best = np.argpartition(-shares, depth - 1)[:depth] if depth else np.zeros(0, dtype=np.int64)
        return {int(place): float(shares[place]) for place in best if shares[place] > 0}

    def _with_characters(self, wanted: Sequence[str], mask: Mask | None) -> dict[int, float]:
        """Places with single Chinese characters, which stand in the index in pairs."""
        import numpy as np

        chosen = np.flatnonzero(self._chinese if mask is None else self._chinese & mask).tolist()
        texts = ((n, self.text(n)) for n in chosen)
        held = ((n, text) for n, text in texts if all(character in text for character in wanted))
        return _best({n: round(1 / (1 + len(text)), 6) for n, text in held})

    def _held(
        self,
        terms: Terms,
        wanted: Sequence[str],
        phrases: Sequence[str],
        mask: Mask | None,
        among: Mask | None,
        *,
        all_of: bool,
    ) -> dict[int, float]:
        """Places that hold the wanted terms and the phrases, with the share of the most that they could score.

        Without phrases no more than the best :data:`DEPTH`.
        """
        import numpy as np

        if not wanted:
            return {}
        score, count = terms.scored(wanted)
        chosen = count >= len(set(wanted)) if all_of else count > 0
        for allowed in (mask, among):
            if allowed is not None:
                chosen = chosen & allowed
        places = np.flatnonzero(chosen)
        if not phrases:
            if len(places) > DEPTH:
                least = np.partition(score[places], len(places) - DEPTH)[len(places) - DEPTH]
                places = places[score[places] >= least]
            return dict(zip(places.tolist(), score[places].tolist(), strict=True))
        patterns = [re.compile(r"(?<!\w)" * (not HAN.search(one)) + spaced(one), re.IGNORECASE) for one in phrases]
        texts = ((int(place), self.text(int(place))) for place in places)
        return {
            place: float(score[place])
            for place, text in texts
            if all(pattern.search(text) is not None for pattern in patterns)
        }

    def cosines(self, vector: Vectors) -> Matrix:
        """Return the cosine of each passage with a vector, rounded to four digits: shape ``(size,)``."""
        import numpy as np

        asked = vector.astype(np.float32)
        length = float(np.sqrt((asked.astype(np.float64) ** 2).sum())) or 1.0
        found = np.zeros(self.size)
        for part, at, whole in zip(self._parts, self._places, self._whole, strict=True):
            near = (part.vectors @ asked).astype(np.float64) / (part.lengths * length)
            if whole is not None:
                found[whole] = near
            else:
                found[at[at >= 0]] = near[at >= 0]
        return np.round(found, 4)

    def nearest(self, vectors: Vectors, barred: slice) -> tuple[Places, Matrix]:
        """Return for each of some vectors the nearest passage outside of ``barred``, and its cosine; ties to the first.

        Shapes ``(len(vectors),)`` both. Settled vectors give the same on every machine.
        """
        import numpy as np

        best, place = np.full(len(vectors), -2.0), np.full(len(vectors), -1, dtype=np.int64)
        lengths = lengths_of(vectors)
        for part, at in zip(self._parts, self._places, strict=True):
            out = (at < 0) | ((at >= barred.start) & (at < barred.stop))
            for start in range(0, len(at), COLUMNS):
                chunk = slice(start, start + COLUMNS)
                products = (vectors @ part.vectors[chunk].T).astype(np.float64) / part.lengths[chunk] / lengths[:, None]
                products[:, out[chunk]] = -2.0
                found = products.argmax(axis=1)
                value, where = products[np.arange(len(vectors)), found], at[chunk][found]
                better = (value > best) | ((value == best) & (where < place) & (value > -2.0))
                best[better], place[better] = value[better], where[better]
        return place, np.round(best, 4)

    def vectors(self, places: slice) -> Vectors:
        """Return the vectors of places that follow one another."""
        import numpy as np

        parts, offsets = (one[places] for one in self.where)
        rows = [self._parts[p].vectors[o] for p, o in zip(parts.tolist(), offsets.tolist(), strict=True)]
        return np.stack(rows) if rows else np.zeros((0, 1), dtype=np.float32)

    def _by_meaning(self, cosines: Matrix, mask: Mask | None) -> dict[int, float]:
        """Places near in meaning with their cosines."""
        import numpy as np

        places = np.arange(self.size) if mask is None else np.flatnonzero(mask)
        if not len(places):
            return {}
        chosen = cosines[places]
        depth = min(DEPTH, len(places))
        best = np.argpartition(-chosen, depth - 1)[:depth]
        best = best[chosen[best] >= max(FLOOR, NEAR * float(chosen.max()))]
        return {int(places[n]): float(chosen[n]) for n in best}


COLUMNS = 16_384
"""Passages that are compared with some vectors at once."""


def _in_a_row(places: Places) -> slice | None:
    """The places as a slice, where all are there and follow one another."""
    import numpy as np

    first = int(places[0]) if len(places) else 0
    same = first >= 0 and np.array_equal(places, np.arange(first, first + len(places)))
    return slice(first, first + len(places)) if same else None


def by_cosines(cosines: Sequence[float]) -> Answers:
    """Return what meaning alone answers, of passages whose cosines are known; places are those of the cosines."""
    weights = weights_for("questions")
    least = max(FLOOR, NEAR * max(cosines, default=0.0))
    found = [
        Answer(n, round(weights.meaning * near + weights.tokens * (AT_REST + SLOPE * near), 6), near)
        for n, near in enumerate(cosines)
        if near >= least
    ]
    return Answers(tuple(sorted(found, key=lambda one: (-one.evidence, one.place))))


def spaced(phrase: str) -> str:
    """A pattern for a phrase whose words any white space may part."""
    return r"\s+".join(re.escape(word) for word in phrase.split())


def _best(found: dict[int, float]) -> dict[int, float]:
    if len(found) <= DEPTH:
        return found
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:DEPTH])

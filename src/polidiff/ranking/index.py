"""An index of many passages that is asked one question at a time: by words, phrases and meaning, in two languages.

Words are found by BM25 over stems and pairs of Chinese characters; passages of the other language by the concepts of
the bilingual list. Meaning is the cosine of the question's vector and a passage's. What either finds is put in order
by the sum of both, weighed as ``weights.toml`` says for a search. An index may lie in several parts, in memory or on a
disk: it answers as one of all passages would.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from polidiff.ranking.matter import OnMatter, on_matter
from polidiff.ranking.meaning import AT_REST, SLOPE
from polidiff.ranking.passage import Passage
from polidiff.ranking.postings import Postings, Terms, Whole
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

KNOWN = 1.5
"""What a passage's concepts count by words alone, times the square of the share of the question that the bilingual list
knows; at most 1. Of 200 questions words alone found 0.56 so, 0.36 with 1 for all (``evals.passages_found``)."""


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

    def __init__(
        self, parts: Sequence[Part], places: Sequence[Places] | None = None, whole: tuple[Whole, Whole] | None = None
    ) -> None:
        """Join parts. ``places`` gives for each the place in the index of each of its passages, -1 for one left out.

        Where the passages are a choice of more, ``whole`` tells of the words and the concepts of those.
        """
        import numpy as np

        self._parts = tuple(parts)
        if places is None:
            starts = np.cumsum([0, *(len(part.chinese) for part in parts)])
            places = [start + np.arange(len(part.chinese)) for start, part in zip(starts, parts, strict=False)]
        self._places = tuple(places)
        self._whole = tuple(_in_a_row(at) for at in self._places)
        self.size = int(sum((at >= 0).sum() for at in self._places))
        held = list(zip(self._parts, self._places, strict=True))
        words, concepts = whole if whole is not None else (None, None)
        self._words = Terms([(part.words, at) for part, at in held], self.size, words)
        self._concepts = Terms([(part.concepts, at) for part, at in held], self.size, concepts)

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

        places, loose, points = np.zeros(0, dtype=np.int64), False, np.zeros(self.size)
        exact = self._exactly(asked, mask) if how != "meaning" else None
        if exact is not None:
            places = np.array(sorted(exact), dtype=np.int64)
            points[places] = [exact[place] for place in places.tolist()]
            places = _most(points, places)
        elif how != "meaning":
            places, loose, points = self._worded(asked, how, mask)
        cosines, near = None, np.zeros(self.size, dtype=np.bool_)
        if how != "words" and vector is not None:
            cosines = self.cosines(vector)
            near[self._by_meaning(cosines, mask)] = True
            if exact is None or not asked.phrases:
                either = near.copy()
                either[places] = True
                places = np.flatnonzero(either)
        weights = weights_for("search")
        meant = np.full(len(places), UNKNOWN) if cosines is None else cosines[places]
        total = np.round(weights.meaning * meant + weights.tokens * (AT_REST + SLOPE * meant) + points[places], 6)
        order = np.lexsort((places, -total))
        held = [
            cosine if is_near else None for cosine, is_near in zip(meant.tolist(), near[places].tolist(), strict=True)
        ]
        rows = zip(places[order].tolist(), total[order].tolist(), order.tolist(), strict=True)
        return Answers(tuple(Answer(place, value, held[n]) for place, value, n in rows), loose)

    def _exactly(self, asked: Question, mask: Mask | None) -> dict[int, float] | None:
        """The places that hold the phrases, or the single characters, that were asked for, and what they count.

        None where there are none to look for, and where no place holds them with the other words that were asked for:
        then their words are sought.
        """
        own = terms_of(asked)
        if not asked.phrases and not characters(own):
            return None
        held = self._with_characters(own, mask) if characters(own) else self._with_phrases(own, asked.phrases, mask)
        counts = weights_for("search").terms
        return {place: counts * share for place, share in held.items()} if held or not asked.words else None

    def _worded(self, asked: Question, how: How, mask: Mask | None) -> tuple[Places, bool, Matrix]:
        """The best places by words, whether none has all of them, and what each place's words count, ``(size,)``.

        By words alone those with all the words are taken, and where there are none those with any of them. Words of
        the other language are concepts of a list; where that knows a question in part only, they count the less.
        """
        import numpy as np

        own = terms_of(asked)
        weights = weights_for("search")
        share, count = self._words.scored(own)
        chosen = count >= len(set(own)) if own else np.zeros(self.size, dtype=np.bool_)
        loose = bool(asked.phrases) or (not self._any(chosen, mask) and len(set(own)) > 1)
        points = weights.terms * share
        if loose or how == "both":
            chosen = count > 0
        if asked.across:
            other = concepts_of(asked)
            share, count = self._concepts.scored(other)
            theirs = ~self._chinese if HAN.search(asked.text) else self._chinese
            whole = theirs & (count >= len(other))
            there = self._any(whole, mask)
            loose = loose and not there
            points = np.where(theirs, np.maximum(points, counting(asked, how)[1] * share), points)
            chosen = chosen | (whole if there and how == "words" else theirs & (count > 0))
        if mask is not None:
            chosen = chosen & mask
        return _most(points, np.flatnonzero(chosen)), loose, points

    @staticmethod
    def _any(chosen: Mask, mask: Mask | None) -> bool:
        return bool(chosen.any() if mask is None else (chosen & mask).any())

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

        own = terms_of(asked)
        shares: Matrix = self._words.scored(own)[0] if own else np.zeros(self.size)
        if asked.across:
            shares = np.maximum(shares, self._concepts.scored(concepts_of(asked))[0])
        return shares

    def on(self, asked: Question, vector: Vectors) -> OnMatter:
        """Return how surely each passage is on a matter: as :meth:`evidence`, and by what it names of it."""
        return on_matter(asked, self.evidence(asked, vector), self._words, self._concepts, self._chinese)

    def holding(self, asked: Question) -> Mask:
        """Return which passages hold all the words and phrases of a question, shape ``(size,)``."""
        import numpy as np

        own = terms_of(asked)
        if not asked.phrases and own and not characters(own):
            return self._words.scored(own)[1] >= len(set(own))
        mask = np.zeros(self.size, dtype=np.bool_)
        if own:
            held = self._with_characters(own, None) if characters(own) else self._with_phrases(own, asked.phrases, None)
            mask[list(held)] = True
        return mask

    def _with_characters(self, wanted: Sequence[str], mask: Mask | None) -> dict[int, float]:
        """Places with single Chinese characters, which stand in the index in pairs."""
        import numpy as np

        chosen = np.flatnonzero(self._chinese if mask is None else self._chinese & mask).tolist()
        texts = ((n, self.text(n)) for n in chosen)
        held = ((n, text) for n, text in texts if all(character in text for character in wanted))
        return {n: round(1 / (1 + len(text)), 6) for n, text in held}

    def _with_phrases(self, own: Sequence[str], phrases: Sequence[str], mask: Mask | None) -> dict[int, float]:
        """Places that hold all the terms and the phrases, with the share of the most that they could score."""
        import numpy as np

        score, count = self._words.scored(own)
        chosen = count >= len(set(own))
        places = np.flatnonzero(chosen if mask is None else chosen & mask).tolist() if own else []
        patterns = [re.compile(r"(?<!\w)" * (not HAN.search(one)) + spaced(one), re.IGNORECASE) for one in phrases]
        texts = ((place, self.text(place)) for place in places)
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

    def between(self, vectors: Vectors, places: slice) -> Matrix:
        """Return the cosine of each of some vectors with each of some places that follow one another, to four digits.

        Shape ``(len(vectors), places)``. Settled vectors give the same on every machine.
        """
        import numpy as np

        others, lengths = self._rows(places)
        products = (vectors @ others.T).astype(np.float64)
        return np.round(products / lengths / lengths_of(vectors)[:, None], 4)

    def vectors(self, places: slice) -> Vectors:
        """Return the vectors of places that follow one another."""
        return self._rows(places)[0]

    def _rows(self, places: slice) -> tuple[Vectors, Matrix]:
        """The vectors of places that follow one another, and their lengths."""
        import numpy as np

        parts, offsets = (one[places] for one in self.where)
        if not len(parts):
            return np.zeros((0, 1), dtype=np.float32), np.zeros(0)
        first = int(offsets[0])
        if (parts == parts[0]).all() and np.array_equal(offsets, np.arange(first, first + len(offsets))):
            part, run = self._parts[parts[0]], slice(first, first + len(offsets))
            return part.vectors[run], part.lengths[run]
        held = [(self._parts[p], o) for p, o in zip(parts.tolist(), offsets.tolist(), strict=True)]
        return np.stack([part.vectors[o] for part, o in held]), np.array([part.lengths[o] for part, o in held])

    def _by_meaning(self, cosines: Matrix, mask: Mask | None) -> Places:
        """Places near in meaning."""
        import numpy as np

        best = cosines if mask is None else cosines[mask]
        near = cosines >= max(FLOOR, NEAR * float(best.max(initial=0.0)))
        return _most(cosines, np.flatnonzero(near if mask is None else near & mask))


def _in_a_row(places: Places) -> slice | None:
    """The places as a slice, where all are there and follow one another."""
    import numpy as np

    first = int(places[0]) if len(places) else 0
    same = first >= 0 and np.array_equal(places, np.arange(first, first + len(places)))
    return slice(first, first + len(places)) if same else None


def spaced(phrase: str) -> str:
    """A pattern for a phrase whose words any white space may part."""
    return r"\s+".join(re.escape(word) for word in phrase.split())


def terms_of(asked: Question) -> list[str]:
    """Return the terms of a question's phrases and words."""
    return [term for text in (*asked.phrases, *asked.words) for term in index_terms(text)]


def counting(asked: Question, how: How) -> tuple[float, float]:
    """Return what all words of a question count, and all its concepts in passages of the other language."""
    weights = weights_for("search")
    return weights.terms, weights.words if how == "both" else weights.terms * min(1.0, KNOWN * asked.known**2)


def concepts_of(asked: Question) -> list[str]:
    """Return the terms of the concepts that are sought in the other language."""
    return sorted(f"={concept}" for concept in asked.concepts) if asked.across else []


def characters(own: Sequence[str]) -> bool:
    """Whether single Chinese characters are asked for, and nothing else."""
    return bool(own) and all(len(term) == 1 and HAN.match(term) for term in own)


def _most(values: Matrix, places: Places) -> Places:
    """The :data:`DEPTH` of some places with the most, ascending; of equals the first."""
    import numpy as np

    if len(places) <= DEPTH:
        return places
    here = values[places]
    least = np.partition(here, len(here) - DEPTH)[len(here) - DEPTH]
    above, same = places[here > least], places[here == least]
    return np.sort(np.concatenate([above, same[: DEPTH - len(above)]]))

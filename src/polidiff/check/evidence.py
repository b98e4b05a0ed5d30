"""Which sentences of a document speak to a claim: by words, words of like meaning, headings, and the sentence's sense.

A sentence's score is the share of the claim's content words (weighed by rarity) that it answers, alone or with its
heading and the sentences around it, mixed with the likeness of its meaning. Words of like meaning are found by the
encoder's vectors of single words: a document has a few thousand, so that a long act is ready in seconds; sentences
are encoded only for the few that words put first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from polidiff.check.naming import government, place_of
from polidiff.check.passages import Sentence, sentences_of
from polidiff.check.reading import opposite_words
from polidiff.check.terms import SMALL, Term, lexicon, root, terms_of
from polidiff.coding.words import words_of
from polidiff.encode import Encoder
from polidiff.model import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Vectors

    Floats = NDArray[np.float64]

__all__ = ["Candidate", "Search", "Shelf"]

LIKE, SAME = 0.62, 0.92
"""Cosines of two words' vectors: below the first they are strangers, from the second on one stands for the other."""

HEADING, LEAD_IN, BESIDE = 0.55, 0.8, 0.45
"""How much a word counts that stands in the heading, in the introducing words, or in a sentence beside (0..1)."""

REFERRED = 0.75
"""The same for the sentence before one that points back to it (“These frameworks …”)."""

_POINTING = re.compile(
    r"(?:However, |Moreover, |In addition, |Furthermore, |Rather, )?(?:Th(?:is|ese|ose|at|ey)|Such|It)\b", re.IGNORECASE
)

WORDS, MEANING = 0.62, 0.38
"""Weights of the two kinds of evidence; they were set on the half of evals/claims.jsonl that may be looked at."""

SHORTLIST = 16

OPENING = 16
"""Characters at the start of a claim in which a country is taken for the speaker."""

TELLING = 0.45
"""The weight from which on a term of the claim has to be answered."""

_AUXILIARIES = frozenset(
    {
        "will",
        "would",
        "shall",
        "should",
        "may",
        "might",
        "can",
        "could",
        "must",
        "have",
        "has",
        "had",
        "are",
        "was",
        "were",
        "been",
        "being",
        "does",
        "did",
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may speak to a claim. All numbers are in 0..1.

    ``covered`` holds for each term of the claim how well the sentence and what stands around it answers it, ``own``
    the same for the sentence alone, ``by`` the word (its number in the sentence) that answers it best, or -1.
    ``words`` and ``meaning`` are the two kinds of evidence in ``score``.
    """

    index: int
    sentence: Sentence
    score: float
    words: float
    meaning: float
    covered: tuple[float, ...]
    own: tuple[float, ...]
    by: tuple[int, ...]


@dataclass(frozen=True)
class Search:
    """One claim's search of one document: its terms, the candidates best first, and what every sentence answers.

    ``around`` and ``answers`` have shape ``(terms, sentences)``: how well each sentence answers each term, with and
    without what stands around it; ``by`` is the number of the word that does.
    """

    shelf: Shelf
    claim: str
    terms: tuple[Term, ...]
    candidates: list[Candidate]
    lexical: Floats
    words: Floats
    around: Floats
    answers: Floats
    by: NDArray[np.int64]

    def candidate(self, i: int) -> Candidate:
        """Return sentence ``i`` as a candidate, wherever it ranks."""
        shelf = self.shelf
        meaning = shelf._meaning(self.claim, [i])[i]
        total = meaning if shelf.chinese else WORDS * float(self.lexical[i]) + MEANING * meaning
        if shelf.sentences[i].is_heading:
            total *= 0.9
        return Candidate(
            index=i,
            sentence=shelf.sentences[i],
            score=round(float(total), 4),
            words=round(float(self.words[i]), 4),
            meaning=round(meaning, 4),
            covered=tuple(float(v) for v in self.around[:, i]),
            own=tuple(float(v) for v in self.answers[:, i]),
            by=tuple(int(v) for v in self.by[:, i]),
        )

    def _opposed(self, i: int) -> bool:
        """Whether sentence ``i`` shares a telling term with the claim and has the opposite of another of its words."""
        shared = any(term.weight >= TELLING and self.answers[n, i] >= 0.75 for n, term in enumerate(self.terms))
        return shared and opposite_words(words_of(self.claim), self.shelf.sentences[i].words, lexicon()) is not None

    def beside(self, best: Candidate, reach: int = 4) -> list[Candidate]:
        """The sentences of the same paragraph that answer a telling term which ``best`` leaves open."""
        shelf, found = self.shelf, []
        open_terms = [n for n, term in enumerate(self.terms) if term.weight >= TELLING and best.own[n] < 0.5]
        for i in range(max(0, best.index - reach), min(len(shelf.sentences), best.index + reach + 1)):
            if i == best.index or shelf.sentences[i].block != best.sentence.block:
                continue
            if any(self.answers[n, i] >= 0.75 for n in open_terms) or self._opposed(i):
                found.append(self.candidate(i))
        return sorted(found, key=lambda c: (-c.score, c.index))[:2]


class Shelf:
    """One document made ready: its sentences, and its words with their rarity and vectors."""

    def __init__(self, document: Document, encoder: Encoder) -> None:
        self.document = document
        self.encoder = encoder
        self.sentences = sentences_of(document)
        keys: dict[str, str] = {}
        frequency: Counter[str] = Counter()
        for sentence in self.sentences:
            found = {key: raw for key, raw, _ in reversed(_keys(sentence))}
            frequency.update(found.keys())
            for key, raw in found.items():
                keys.setdefault(key, raw)
        self.frequency = frequency
        self.keys = tuple(sorted(keys))
        self.place = {key: i for i, key in enumerate(self.keys)}
        self._raw = [keys[key] for key in self.keys]
        self._rows = self._postings()
        self._roots: dict[str, list[int]] = {}
        for i, key in enumerate(self.keys):
            self._roots.setdefault(root(key), []).append(i)
        self._idle = [i for i, raw in enumerate(self._raw) if raw in SMALL or len(raw) < 3 or raw in _AUXILIARIES]

    @cached_property
    def chinese(self) -> bool:
        """Whether the document's words are mostly Chinese: then only the meaning of whole sentences speaks."""
        han = sum(sentence.words.cjk for sentence in self.sentences)
        return han * 2 > len(self.sentences)

    @cached_property
    def law(self) -> bool:
        """Whether the document is written as law: there “should” stands in recitals and leaves nothing open."""
        return self.frequency.get("shall", 0) * 6 > len(self.sentences)

    @cached_property
    def _vectors(self) -> Vectors:
        return self.encoder.encode(self._raw)

    @cached_property
    def _lengths(self) -> Floats:
        return _lengths(self._vectors)

    @cached_property
    def meanings(self) -> dict[int, Floats]:
        """Vectors of the sentences that were encoded so far."""
        return {}

    def rarity(self, key: str) -> float:
        """How much a word tells, 0.15..1: one that the document never uses tells most."""
        import numpy as np

        total = max(2, len(self.sentences))
        return float(max(0.15, 1.0 - np.log1p(self.frequency.get(key, 0)) / np.log1p(total)))

    def _postings(self) -> list[list[tuple[int, int]]]:
        """For each key the sentences that hold it, each with the number of its first word of that key."""
        rows: list[list[tuple[int, int]]] = [[] for _ in self.keys]
        for i, sentence in enumerate(self.sentences):
            seen: set[str] = set()
            for key, _, n in _keys(sentence):
                if key not in seen:
                    seen.add(key)
                    rows[self.place[key]].append((i, n))
        return rows

    def _of_root(self, key: str) -> list[int]:
        """The places of the words that share the root of ``key``."""
        found = root(key)
        return self._roots.get(found, []) if len(found) >= 4 and not key.isdigit() and " " not in key else []

    def likeness(self, terms: Sequence[Term]) -> Floats:
        """How well each of the document's words answers each term, shape ``(terms, words)``, in 0..1."""
        import numpy as np

        if not terms or not self.keys:
            return np.zeros((len(terms), len(self.keys)))
        asked = self.encoder.encode([term.raw for term in terms])
        raw = (asked @ self._vectors.T).astype(np.float64) / _lengths(asked)[:, None] / self._lengths[None, :]
        like = np.clip((raw - LIKE) / (SAME - LIKE), 0.0, 1.0) * 0.9
        like[:, self._idle] = 0.0
        for row, term in enumerate(terms):
            if term.number is not None or len(term.raw) <= 3:
                like[row] = 0.0
            for key in term.family:
                if key in self.place:
                    like[row, self.place[key]] = max(like[row, self.place[key]], 0.9)
            for key in term.family:
                for column in self._of_root(key):
                    like[row, column] = max(like[row, column], 0.85)
            for column in self._of_root(term.key):
                like[row, column] = max(like[row, column], 0.9)
            if term.key in self.place:
                like[row, self.place[term.key]] = 1.0
        return like

    def search(self, claim: str, most: int = 12) -> Search:
        """Return the sentences that speak to ``claim``, best first."""
        import numpy as np

        terms = tuple(self._spoken(term, claim) for term in terms_of(claim, self))
        size = len(self.sentences)
        answers, by = self._answers(terms)
        around = self._around(answers)
        weights = np.array([term.weight for term in terms])
        whole = weights.sum() or 1.0
        words = weights @ around / whole if terms else np.zeros(size)
        alone = weights @ answers / whole if terms else np.zeros(size)
        lexical = 0.6 * words + 0.4 * alone
        if self.chinese or not terms:
            order = np.arange(size)
        else:
            order = np.lexsort((np.arange(size), -lexical))[:SHORTLIST]
        search = Search(self, claim, terms, [], lexical, words, around, answers, by)
        self._meaning(claim, [int(i) for i in order])
        found = sorted((search.candidate(int(i)) for i in order), key=lambda c: (-c.score, c.index))
        search.candidates.extend(found[:most])
        return search

    @cached_property
    def government(self) -> str | None:
        """Whose document it is, as a code, or None."""
        return government(self.document)

    def _spoken(self, term: Term, claim: str) -> Term:
        """A term, all but weightless where it only says whose document speaks (“China seeks …” of China's plan)."""
        if term.start > OPENING or place_of(claim[term.start : term.end]) is None:
            return term
        return replace(term, weight=0.15) if place_of(claim[term.start : term.end]) == self.government else term

    def _answers(self, terms: Sequence[Term]) -> tuple[Floats, NDArray[np.int64]]:
        """For each term and sentence the best answer among the sentence's words, and which word gives it."""
        import numpy as np

        answers = np.zeros((len(terms), len(self.sentences)))
        by = np.full((len(terms), len(self.sentences)), -1, dtype=np.int64)
        like = self.likeness(terms)
        for row in range(len(terms)):
            for column in np.flatnonzero(like[row] > 0):
                value = like[row, column]
                for i, n in self._rows[column]:
                    if value > answers[row, i]:
                        answers[row, i] = value
                        by[row, i] = n
        return answers, by

    @cached_property
    def _neighbours(self) -> list[tuple[NDArray[np.int64], Floats]]:
        """For each kind of neighbour (heading, introducing words, before, after): which sentence, and its share."""
        import numpy as np

        size = len(self.sentences)
        start_of = {sentence.span.start: i for i, sentence in enumerate(self.sentences)}
        kinds = [(np.zeros(size, dtype=np.int64), np.zeros(size)) for _ in range(4)]
        last_heading = -1

        def note(kind: int, i: int, j: int, share: float) -> None:
            kinds[kind][0][i], kinds[kind][1][i] = j, share

        for i, sentence in enumerate(self.sentences):
            if sentence.is_heading:
                last_heading = i
                continue
            if last_heading >= 0 and sentence.heading is not None:
                note(0, i, last_heading, HEADING)
            lead = None if sentence.lead_in is None else start_of.get(sentence.lead_in.start)
            if lead is not None:
                note(1, i, lead, LEAD_IN)
            if i and self.sentences[i - 1].block == sentence.block:
                note(2, i, i - 1, REFERRED if _POINTING.match(sentence.text) else BESIDE)
            if i + 1 < size and self.sentences[i + 1].block == sentence.block:
                note(3, i, i + 1, BESIDE)
        return kinds

    def _around(self, answers: Floats) -> Floats:
        """``answers`` with what headings, introducing words and the sentences beside add."""
        import numpy as np

        made = answers
        for which, share in self._neighbours:
            made = np.maximum(made, answers[:, which] * share[None, :])
        return made

    def _meaning(self, claim: str, order: Sequence[int]) -> dict[int, float]:
        new = [i for i in order if i not in self.meanings]
        if new:
            for i, vector in zip(new, _unit(self.encoder.encode([self.sentences[i].text for i in new])), strict=True):
                self.meanings[i] = vector
        asked = _unit(self.encoder.encode([claim]))[0]
        return {i: round(float(max(0.0, self.meanings[i] @ asked)), 4) for i in order}


def _keys(sentence: Sentence) -> list[tuple[str, str, int]]:
    """The sentence's words, and its compounds that some family holds: (key, in lower case, number of the first)."""
    words = sentence.words.words
    found = [(word.key, word.raw.lower(), n) for n, word in enumerate(words)]
    compounds = lexicon().compounds
    for n in range(len(words) - 1):
        for count in (2, 3):
            key = " ".join(word.key for word in words[n : n + count])
            if key in compounds:
                found.append((key, " ".join(word.raw.lower() for word in words[n : n + count]), n))
    return found


def _lengths(vectors: Vectors) -> Floats:
    import numpy as np

    lengths: Floats = np.sqrt((vectors.astype(np.float64) ** 2).sum(axis=1))
    lengths[lengths == 0] = 1.0
    return lengths


def _unit(raw: Vectors) -> Floats:
    import numpy as np

    wide = raw.astype(np.float64)
    lengths = np.sqrt((wide * wide).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1.0
    made: Floats = wide / lengths
    return made

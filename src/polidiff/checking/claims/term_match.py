"""How well each sentence of a document answers each term of a claim, in the words of either language.

Three cases: an English claim on an English document, by the same word, one of its root, one of its family, a synonym or
a word of like meaning; a Chinese one on a Chinese document, by pairs of characters; and a claim in another language
than the document, by concepts of the bilingual list, numbers and names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from polidiff.checking.claims.sentences import Sentence
from polidiff.encode import Encoder
from polidiff.lang.bilingual import terms as concepts
from polidiff.lang.han import simplified
from polidiff.lang.terms import SMALL, Term, bare, lexicon, terms_of
from polidiff.lang.wordnet import entry
from polidiff.lang.words import has_cjk, root

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Vectors

    Floats = NDArray[np.float64]

__all__ = ["Across", "Answers", "Characters", "English", "TermMatches"]

LIKE, SAME = 0.62, 0.92
"""Cosines of two words' vectors: below the first they are strangers, from the second on one stands for the other."""

SYNONYM, OPPOSITE = 0.8, 0.75
"""How well a synonym answers a term, and a word that says the opposite of it (which speaks to it, against it)."""

FORCES = frozenset(
    {"will", "would", "shall", "should", "may", "might", "can", "could", "must", "have", "has", "had", "are", "was",
     "were", "been", "being", "does", "did"}
)  # fmt: skip


@dataclass(frozen=True)
class TermMatches:
    """A claim's terms and what answers them.

    ``answers`` has shape ``(terms, sentences)`` with values in 0..1; ``by`` is the number of the word that answers
    best, or -1; ``against`` is True where that word says the opposite of the term.
    """

    terms: tuple[Term, ...]
    answers: Floats
    by: NDArray[np.int64]
    against: NDArray[np.bool_]


class Answers(Protocol):
    """One way of asking a document's sentences for the terms of a claim."""

    def ask(self, claim: str) -> TermMatches:
        """Return the claim's terms and how well each sentence answers them."""
        ...


class English:
    """An English document's words: where each stands, how rare it is, and its vector."""

    def __init__(self, sentences: Sequence[Sentence], encoder: Encoder) -> None:
        self._encoder = encoder
        self._size = len(sentences)
        keys: dict[str, str] = {}
        self.frequency: Counter[str] = Counter()
        rows: dict[str, list[tuple[int, int]]] = {}
        for i, sentence in enumerate(sentences):
            seen: set[str] = set()
            for key, raw, n in _keys(sentence):
                if key not in seen:
                    seen.add(key)
                    keys.setdefault(key, raw)
                    rows.setdefault(key, []).append((i, n))
            self.frequency.update(seen)
        self.keys = tuple(sorted(keys))
        self._place = {key: i for i, key in enumerate(self.keys)}
        self._rows = [rows[key] for key in self.keys]
        self._raw = [keys[key] for key in self.keys]
        self._roots: dict[str, list[int]] = {}
        for i, key in enumerate(self.keys):
            self._roots.setdefault(root(key), []).append(i)
        self._idle = [i for i, raw in enumerate(self._raw) if raw in SMALL or len(raw) < 3 or raw in FORCES]

    def rarity(self, key: str) -> float:
        """How much a word tells, 0.15..1: one that the document never uses tells most."""
        import numpy as np

        found = self.frequency.get(key, 0)
        return float(max(0.15, 1.0 - np.log1p(found) / np.log1p(max(2, self._size))))

    def ask(self, claim: str) -> TermMatches:
        """Return the claim's terms and how well each sentence answers them."""
        import numpy as np

        terms = terms_of(claim, self)
        answers = np.zeros((len(terms), self._size))
        by = np.full((len(terms), self._size), -1, dtype=np.int64)
        against = np.zeros((len(terms), self._size), dtype=bool)
        like, opposed = self._likeness(terms)
        for row in range(len(terms)):
            for values, turned in ((like, False), (opposed, True)):
                for column in np.flatnonzero(values[row] > 0):
                    value = values[row, column]
                    for i, n in self._rows[column]:
                        if value > answers[row, i]:
                            answers[row, i], by[row, i], against[row, i] = value, n, turned
        return TermMatches(terms, answers, by, against)

    @cached_property
    def _vectors(self) -> Vectors:
        return self._encoder.encode(self._raw)

    @cached_property
    def _lengths(self) -> Floats:
        return _lengths(self._vectors)

    def _likeness(self, terms: Sequence[Term]) -> tuple[Floats, Floats]:
        """How well each of the document's words answers each term, and how well it answers by saying the opposite."""
        import numpy as np

        shape = (len(terms), len(self.keys))
        opposed = np.zeros(shape)
        if not terms or not self.keys:
            return np.zeros(shape), opposed
        asked = self._encoder.encode([term.raw for term in terms])
        raw = (asked @ self._vectors.T).astype(np.float64) / _lengths(asked)[:, None] / self._lengths[None, :]
        like = np.clip((raw - LIKE) / (SAME - LIKE), 0.0, 1.0) * 0.9
        like[:, self._idle] = 0.0
        for row, term in enumerate(terms):
            self._known(term, like[row], opposed[row])
        return like, opposed

    def _known(self, term: Term, like: Floats, opposed: Floats) -> None:
        """Mend the likeness of one term to each word by what word lists and roots say of it."""
        if term.number or len(term.raw) <= 3:
            like[:] = 0.0
        known = entry(term.key)
        pairs = (pair for pair in lexicon().pairs if term.key in pair)
        for key in known.opposites | {key for pair in pairs for key in pair - {term.key}}:
            if key in self._place:
                like[self._place[key]], opposed[self._place[key]] = 0.0, OPPOSITE
        for value, keys in ((SYNONYM, known.synonyms), (0.9, term.family)):
            for key in keys:
                if key in self._place:
                    _raise(like, opposed, self._place[key], value)
        for key in (term.key, *term.family):
            for column in self._of_root(key):
                _raise(like, opposed, column, 0.9 if key == term.key else 0.85)
        if term.key in self._place:
            like[self._place[term.key]] = 1.0

    def _of_root(self, key: str) -> list[int]:
        """The places of the words that share the root of ``key``."""
        found = root(key)
        return self._roots.get(found, []) if len(found) >= 4 and not key.isdigit() and " " not in key else []


def _raise(like: Floats, opposed: Floats, column: int, value: float) -> None:
    """Give a word at least this likeness, unless it says the opposite."""
    if not opposed[column]:
        like[column] = max(like[column], value)


class _Marked:
    """Sentences as sets of marks; a term is answered by its own mark alone."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._marks = [self._of(sentence.text) for sentence in sentences]
        self._count = Counter(mark for marks in self._marks for mark in marks)

    def _of(self, text: str) -> frozenset[str]:
        raise NotImplementedError

    def _terms(self, claim: str) -> list[tuple[str, int, int]]:
        raise NotImplementedError

    def ask(self, claim: str) -> TermMatches:
        """Return the claim's terms and which sentences hold them."""
        import numpy as np

        found: dict[str, Term] = {}
        kept = bare(claim)
        moved = max(0, claim.find(kept))
        for mark, start, end in ((m, a + moved, b + moved) for m, a, b in self._terms(kept)):
            made = Term(claim[start:end], mark, start, end, self._weight(mark), mark[:1].isdigit(), False, ())
            found.setdefault(mark, made)
        terms = tuple(found.values())
        answers = np.array([[float(t.key in marks) for marks in self._marks] for t in terms])
        shape = (len(terms), len(self._marks))
        answers = answers.reshape(shape)
        return TermMatches(terms, answers, np.full(shape, -1, dtype=np.int64), np.zeros(shape, dtype=bool))

    def _weight(self, mark: str) -> float:
        import numpy as np

        return float(max(0.15, 1.0 - np.log1p(self._count.get(mark, 0)) / np.log1p(max(2, len(self._marks)))))


_RUN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]{2,}|\d+(?:\.\d+)?")
_EMPTY = re.compile(
    r"计划|该计划|办法|规定|本办法|方案|文件|要求|提出|应当|必须|可以|不得|需要|需|应|要|将|会|的|了|和|与|及|或|在|对|为|把|被|由|从|向|"
    r"是|有|也|都|等|以及|并|并且|其|该|这|那|所有|全部|一切|任何|每个|每|只有|才|不|没有|无需|不必|禁止|鼓励|支持|推动"
)


class Characters(_Marked):
    """A Chinese document by its pairs of characters."""

    def _of(self, text: str) -> frozenset[str]:
        return frozenset(mark for mark, _, _ in _pairs(simplified(text)))

    def _terms(self, claim: str) -> list[tuple[str, int, int]]:
        plain = simplified(claim)
        kept = _EMPTY.sub(lambda m: "　" * len(m.group()), plain)
        return _pairs(kept) or _pairs(plain)


class Across(_Marked):
    """A document in another language than the claim, by the concepts of the bilingual list."""

    def _of(self, text: str) -> frozenset[str]:
        return frozenset(term.concept for term in concepts(simplified(text), has_cjk(text)))

    def _terms(self, claim: str) -> list[tuple[str, int, int]]:
        return [
            (t.concept, t.start, t.end)
            for t in concepts(simplified(claim), has_cjk(claim))
            if t.concept != "artificial intelligence"
        ]


def _pairs(text: str) -> list[tuple[str, int, int]]:
    found = []
    for match in _RUN.finditer(text):
        run, at = match.group(), match.start()
        if not has_cjk(run):
            found.append((run.lower(), at, match.end()))
            continue
        found.extend((run[i : i + 2], at + i, at + i + 2) for i in range(len(run) - 1))
    return found


def spoken(asked: TermMatches, light: Sequence[int]) -> TermMatches:
    """Return ``asked`` with the terms numbered in ``light`` all but weightless."""
    terms = tuple(replace(t, weight=0.15) if n in light else t for n, t in enumerate(asked.terms))
    return replace(asked, terms=terms)


def _keys(sentence: Sentence) -> list[tuple[str, str, int]]:
    """The sentence's words, and its compounds that some family holds: (key, in lower case, number of the first)."""
    words = sentence.words.words
    found = [(word.key.lower(), word.raw.lower(), n) for n, word in enumerate(words)]
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

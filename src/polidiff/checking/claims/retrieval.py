"""Which sentences of a document speak to a claim: by words, words of like meaning, headings, and the sentence's sense.

Every sentence is scored by the share of the claim's telling words that it answers, alone or with its heading and the
sentences around it, and by likeness of meaning. The best are read a second time, word by word in their context, by the
English encoder where claim and document are English. ``claim_weights.toml`` holds what each measure weighs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from polidiff.checking.article.document_names import DocumentNames as Names
from polidiff.checking.article.document_names import government
from polidiff.checking.claims.sentences import Sentence, sentences_of
from polidiff.checking.claims.similarity import Closeness
from polidiff.checking.claims.term_match import Across, Answers, Characters, English, TermMatches, spoken
from polidiff.checking.claims.weights import weights
from polidiff.coding.bodies import register_of
from polidiff.encode import Encoder
from polidiff.lang.countries import country_of
from polidiff.lang.terms import Term, bare
from polidiff.lang.words import has_cjk
from polidiff.model import Document, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Candidate", "Search", "SentenceIndex"]

HEADING, LEAD_IN, BESIDE = 0.55, 0.8, 0.45
"""How much a word counts that stands in the heading, in the introducing words, or in a sentence beside (0..1)."""

REFERRED = 0.75
"""The same for the sentence before one that points back to it (“These frameworks …”)."""

_POINTING = re.compile(
    r"(?:However, |Moreover, |In addition, |Furthermore, |Rather, )?(?:Th(?:is|ese|ose|at|ey)|Such|It)\b", re.IGNORECASE
)

SHORTLIST = 28
"""Sentences that are read a second time."""

OPENING = 16
"""Characters at the start of a claim in which a country is taken for the speaker."""

OWN = 600
"""Characters at the start of a document in which it tells whose it is."""

PASSAGE = 700
"""Characters of a passage that is shown as a candidate."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may speak to a claim. All numbers are in 0..1.

    ``covered`` holds for each term of the claim how well the sentence and what stands around it answers it, ``own``
    the same for the sentence alone, ``by`` the word (its number in the sentence) that answers it best, or -1, and
    ``against`` whether that word says the opposite. ``words``, ``alone``, ``meaning``, ``near`` and ``woven`` are the
    kinds of evidence in ``score``, the likelihood that the sentence speaks to the claim.
    """

    index: int
    sentence: Sentence
    score: float
    words: float
    alone: float
    meaning: float
    near: float
    woven: float
    covered: tuple[float, ...]
    own: tuple[float, ...]
    by: tuple[int, ...]
    against: tuple[bool, ...]


@dataclass(frozen=True)
class Search:
    """One claim's search of one document: its terms, the candidates best first, and what every sentence answers.

    ``around``, shape ``(terms, sentences)``, is ``asked.answers`` with what stands around each sentence.
    """

    shelf: SentenceIndex
    claim: str
    asked: TermMatches
    candidates: list[Candidate]
    around: Floats
    words: Floats
    alone: Floats
    meaning: Floats

    @property
    def terms(self) -> tuple[Term, ...]:
        """The claim's terms."""
        return self.asked.terms

    def candidates_of(self, order: Sequence[int]) -> list[Candidate]:
        """Return these sentences as candidates, wherever they rank, in the order given."""
        likeness = self.shelf.closeness.near(bare(self.claim), order)
        return [self._candidate(i, *pair) for i, pair in zip(order, likeness, strict=True)]

    def _candidate(self, i: int, near: float, woven: float) -> Candidate:
        shelf, asked = self.shelf, self.asked
        values = {
            "words": float(self.words[i]),
            "alone": float(self.alone[i]),
            "meaning": float(max(0.0, self.meaning[i])),
            "near": near,
            "woven": woven,
        }
        sentence = shelf.sentences[i]
        total = weights().speaks(shelf.manner(self.claim), {**values, "heading": float(sentence.is_heading)})
        return Candidate(
            index=i,
            sentence=sentence,
            score=round(total, 4),
            covered=tuple(float(v) for v in self.around[:, i]),
            own=tuple(float(v) for v in asked.answers[:, i]),
            by=tuple(int(v) for v in asked.by[:, i]),
            against=tuple(bool(v) for v in asked.against[:, i]),
            **{name: round(value, 4) for name, value in values.items()},
        )

    def ranked(self) -> tuple[tuple[Span, float], ...]:
        """The candidates as passages, best first: each sentence with those beside it in its paragraph, none twice."""
        found: list[tuple[Span, float]] = []
        for candidate in self.candidates:
            if not any(candidate.sentence.span.within(span) for span, _ in found):
                found.append((self.shelf.passage(candidate.index), candidate.score))
        return tuple(found)


class SentenceIndex:
    """One document made ready: its sentences, and ways of asking them."""

    def __init__(self, document: Document, encoder: Encoder, others: frozenset[str] = frozenset()) -> None:
        """``others`` are the governments of the documents beside this one, of which a claim may speak too."""
        self.document = document
        self._others = others
        self.encoder = encoder
        self.sentences = sentences_of(document)
        self.closeness = Closeness(self.sentences, encoder, self.chinese)

    @cached_property
    def chinese(self) -> bool:
        """Whether the document's sentences are mostly Chinese."""
        return sum(sentence.words.cjk for sentence in self.sentences) * 2 > len(self.sentences)

    @cached_property
    def english(self) -> English:
        """The document by its English words."""
        return English(self.sentences, self.encoder)

    @cached_property
    def _characters(self) -> Characters:
        return Characters(self.sentences)

    @cached_property
    def _across(self) -> Across:
        return Across(self.sentences)

    def manner(self, claim: str) -> str:
        """How ``claim`` is read: ``english``, ``chinese``, or ``across`` the languages."""
        if has_cjk(claim) != self.chinese:
            return "across"
        return "chinese" if self.chinese else "english"

    def _asks(self, claim: str) -> Answers:
        manner = self.manner(claim)
        if manner == "english":
            return self.english
        return self._characters if manner == "chinese" else self._across

    @cached_property
    def law(self) -> bool:
        """Whether the document is written as law: there “should” stands in recitals and leaves nothing open."""
        return not self.chinese and self.english.frequency.get("shall", 0) * 6 > len(self.sentences)

    def search(self, claim: str, most: int = 12) -> Search:
        """Return the sentences that speak to ``claim``, best first."""
        import numpy as np

        asked = self._asks(claim).ask(claim)
        names = [m.span for m in self._names.mentions(claim) if m.span.start <= OPENING]
        light = [
            n
            for n, term in enumerate(asked.terms)
            if self._speaker(term, claim) or any(Span(term.start, term.end).within(name) for name in names)
        ]
        asked = spoken(asked, light)
        size = len(self.sentences)
        around = self._around(asked.answers)
        shares = np.array([term.weight for term in asked.terms])
        whole = shares.sum() or 1.0
        words = shares @ around / whole if asked.terms else np.zeros(size)
        alone = shares @ asked.answers / whole if asked.terms else np.zeros(size)
        meaning = self.closeness.meaning(bare(claim))
        first = 0.37 * words + 0.25 * alone + 0.38 * meaning
        order = [int(i) for i in np.lexsort((np.arange(size), -first))[:SHORTLIST]]
        search = Search(self, claim, asked, [], around, words, alone, meaning)
        found = sorted(search.candidates_of(order), key=lambda c: (-c.score, c.index))
        search.candidates.extend(found[:most])
        return search

    @cached_property
    def government(self) -> str | None:
        """Whose document it is, as a code, or None."""
        return government(self.document)

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The governments that speak in the documents at hand; none where this one's isn't known."""
        return frozenset() if self.government is None else self._others | {self.government}

    @cached_property
    def own(self) -> str:
        """The document's own names: title, short name, who issued it, and its opening words."""
        document = self.document
        return " ".join((document.title, document.name, document.issuer or "", document.text[:OWN]))

    @cached_property
    def _names(self) -> Names:
        """The document's own names, which tell nothing of what a claim says."""
        return Names([self.document], self.document.language)

    def _speaker(self, term: Term, claim: str) -> bool:
        """Whether a term only says whose document speaks (“China seeks …” of China's plan)."""
        if term.start > OPENING:
            return False
        code = country_of(claim[term.start : term.end])
        return code is not None and code == self.government

    def passage(self, i: int) -> Span:
        """Sentence ``i`` with the sentences beside it in its paragraph, as far as they fit into :data:`PASSAGE`."""
        first = last = i
        block = self.sentences[i].block
        grown = True
        while grown:
            grown = False
            for j in (last + 1, first - 1):
                if not 0 <= j < len(self.sentences) or self.sentences[j].block != block:
                    continue
                low, high = min(first, j), max(last, j)
                if self.sentences[high].span.end - self.sentences[low].span.start <= PASSAGE:
                    first, last, grown = low, high, True
        return Span(self.sentences[first].span.start, self.sentences[last].span.end)

    @cached_property
    def short(self) -> dict[str, str]:
        """The abbreviations of bodies that the document defines, with the full names."""
        return {} if self.chinese else {brief: full for full, brief in register_of(self.document).short.items()}

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

"""How well two provisions answer one another: several kinds of evidence, corrected for hubs, then calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.encode import Encoder, EnglishEncoder, cosines, for_languages
from polidiff.lang.bilingual import term_cosines
from polidiff.ranking.around import BESIDE_SOURCE, BESIDE_TARGET, beside, under
from polidiff.ranking.bm25 import Bm25
from polidiff.ranking.calibration import probabilities
from polidiff.ranking.counted import counted
from polidiff.ranking.meaning import late_interaction, openings, rarities, weighted, weighted_means
from polidiff.ranking.ngrams import ngram_cosines
from polidiff.ranking.passage import Passage, languages_of
from polidiff.ranking.subjects import subject_cosines
from polidiff.ranking.weights import Weights, kind_of, weights_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Matrix

NEAREST = 40
"""Pairs of each row and column whose tokens are compared one by one; more changed no ranking on the dev sets."""

MUTUAL = 8
"""The same of many documents, of which only pairs that are among each other's nearest are looked for."""

HUB_SIZE = 10
"""A target's nearness to everything is the mean of its ten best (Lample et al. 2018, arXiv 1710.04087)."""


@dataclass(frozen=True)
class Measures:
    """What was measured of each pair, matrices of shape ``(len(a), len(b))``; a kind that wasn't is all 0.

    ``above`` holds for each provision of ``a`` and of ``b`` how many rows stand under it (:func:`around.under`).
    """

    meaning: Matrix
    opening: Matrix
    tokens: Matrix
    words: Matrix
    terms: Matrix
    subjects: Matrix
    themes: Matrix
    above: tuple[Matrix, Matrix]

    def turned(self) -> Measures:
        """Return what measuring ``b`` against ``a`` gives."""
        return Measures(
            self.meaning.T,
            self.opening.T,
            self.tokens.T,
            self.words.T,
            self.terms.T,
            self.subjects.T,
            self.themes.T,
            (self.above[1], self.above[0]),
        )

    def kinds(self) -> list[Matrix]:
        """Return the kinds of evidence that were measured, themes left out: most pairs have none."""
        measured = (self.meaning, self.opening, self.tokens, self.words, self.terms, self.subjects)
        return [matrix for matrix in measured if matrix.any()] or [self.meaning]


@dataclass(frozen=True)
class Evidence:
    """What was measured, how it counts, and matrices of shape ``(len(a), len(b))``.

    ``hub`` is what is taken off, ``around`` what the neighbours add, ``total`` the sum and ``score`` the probability
    made of it (0..1). Where only candidates were compared, the matrices have the shape ``(len(a), candidates)`` and
    ``places`` says which of ``b`` each is.
    """

    measures: Measures
    hub: Matrix
    around: Matrix
    total: Matrix
    score: Matrix
    weights: Weights
    across: bool
    places: NDArray[np.int64] | None = None

    def target(self, row: int, column: int) -> int:
        """Return which of ``b`` stands in a column of a row."""
        return column if self.places is None else int(self.places[row, column])


def hubs(total: Matrix) -> Matrix:
    """Return for each target how near it is to everything, shape ``(1, targets)``.

    With few sources that can't be told, and the value draws towards the mean of all targets.
    """
    import numpy as np

    count = min(HUB_SIZE, len(total))
    near: Matrix = np.sort(total, axis=0)[len(total) - count :].mean(axis=0, keepdims=True)
    return drawn(near, len(total))


def drawn(near: Matrix, sources: int) -> Matrix:
    """Return the hubs drawn towards their mean, the more the fewer sources they were told by."""
    share = sources / (sources + HUB_SIZE)
    mean = near.mean()
    found: Matrix = mean + share * (near - mean)
    return found


def evidence(
    a: Sequence[Passage],
    b: Sequence[Passage],
    encoder: Encoder,
    themes: Matrix | None = None,
    *,
    mutual: bool = False,
) -> Evidence:
    """Compare every passage of ``a`` with every one of ``b``; ``themes`` says how far each pair's codes agree.

    With ``mutual`` tokens are compared of pairs only that are among each other's nearest.
    """
    spoken = languages_of(a) | languages_of(b)
    chosen = for_languages(encoder, spoken)
    weights = weights_for(kind_of(a, isinstance(chosen, EnglishEncoder)))
    return judged(measured(a, b, chosen, themes, mutual=mutual), weights, across=across_languages(spoken))


def across_languages(spoken: set[str]) -> bool:
    """Whether texts in these languages share no words."""
    return "zh" in spoken and len(spoken) > 1


def measured(
    a: Sequence[Passage],
    b: Sequence[Passage],
    encoder: Encoder,
    themes: Matrix | None = None,
    *,
    mutual: bool = False,
) -> Measures:
    """Return every kind of evidence for every pair, by an encoder that reads the languages of both; ``mutual`` as
    :func:`evidence` has it."""
    import numpy as np

    texts_a, texts_b = [one.text for one in a], [one.text for one in b]
    spoken = languages_of(a) | languages_of(b)
    opening = tokens = subjects = empty = np.zeros((len(a), len(b)))
    above = (under(a), under(b))
    if not empty.size:
        return Measures(empty, empty, empty, empty, empty, empty, empty, above)
    if isinstance(encoder, EnglishEncoder):
        left, right = encoder.tokens(texts_a), encoder.tokens(texts_b)
        rarity = rarities(left, right)
        meaning = cosines(weighted_means(left, rarity), weighted_means(right, rarity))
        opening = cosines(openings(left, rarity), openings(right, rarity))
        own, other = ([weighted(text, rarity, again=not mutual) for text in side] for side in (left, right))
        tokens = late_interaction(meaning, own, other, MUTUAL if mutual else NEAREST, mutual=mutual)
        subjects = subject_cosines(texts_a, texts_b)
    else:
        meaning = cosines(encoder.encode(texts_a), encoder.encode(texts_b))
    across = across_languages(spoken)
    if across:
        words = term_cosines(*([(one.text, one.language == "zh") for one in side] for side in (a, b)))
    else:
        words = ngram_cosines(texts_a, texts_b, chinese=spoken == {"zh"})
    return Measures(
        meaning, opening, tokens, words, term_shares(a, b, across), subjects, empty if themes is None else themes, above
    )


def term_shares(a: Sequence[Passage], b: Sequence[Passage], across: bool) -> Matrix:
    """Return BM25 of each pair both ways, each as a share of the most that it could be; shape ``(len(a), len(b))``."""
    left, right = counted(a, across), counted(b, across)
    there, back = Bm25.of(right), Bm25.of(left)
    asked: Matrix = there.scores(left) / there.ceilings(left)[:, None]
    answered: Matrix = (back.scores(right) / back.ceilings(right)[:, None]).T
    return (asked + answered) / 2


def judged(found: Measures, weights: Weights, across: bool) -> Evidence:
    """Sum the evidence, take hubs off, add what stands around and make probabilities of it."""
    import numpy as np

    if not found.meaning.size:
        flat = found.meaning
        return Evidence(found, flat, flat, flat, flat, weights, across)
    total, hub, near = summed(found, weights)
    score = np.round(probabilities(total, found.kinds(), weights.curve), 4)
    return Evidence(found, hub, near, total, score, weights, across)


def summed(found: Measures, weights: Weights) -> tuple[Matrix, Matrix, Matrix]:
    """Return the sum of the evidence, what was taken off for hubs, and what was added for what stands around."""
    import numpy as np

    own, hub = own_evidence(found, weights)
    near = np.broadcast_to(weights.under * found.above[1], own.shape)
    if weights.around:
        near = near + weights.around * (beside(own, BESIDE_SOURCE) + beside(own.T, BESIDE_TARGET).T)
    total: Matrix = np.round(own + near, 6)
    return total, hub, near


def own_evidence(found: Measures, weights: Weights) -> tuple[Matrix, Matrix]:
    """Return each pair's own evidence less what its target's nearness to everything takes off, and that."""
    import numpy as np

    own = (
        weights.meaning * found.meaning
        + weights.opening * found.opening
        + weights.tokens * found.tokens
        + weights.words * found.words
        + weights.terms * found.terms
        + weights.subjects * found.subjects
        + weights.themes * found.themes
    )
    hub = np.broadcast_to(weights.hub * hubs(own), own.shape)
    return own - hub, hub


def turned(found: Evidence) -> Evidence:
    """Return what :func:`evidence` gives for ``(b, a)``, without comparing anything again."""
    return judged(found.measures.turned(), found.weights, found.across)

"""How well two provisions answer one another: several kinds of evidence, corrected for hubs, then calibrated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.alignment.around import BESIDE_SOURCE, BESIDE_TARGET, beside, under
from polidiff.alignment.calibration import ACROSS, ENGLISH, Curve, probabilities
from polidiff.alignment.lexical import ngram_cosines
from polidiff.alignment.meaning import late_interaction, openings, rarities, weighted
from polidiff.alignment.sides import CodedDocument
from polidiff.alignment.subjects import subject_cosines
from polidiff.encode import Encoder, EnglishEncoder, cosines, for_languages
from polidiff.encode.threads import one_thread_each
from polidiff.lang.bilingual import term_cosines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Matrix

NEAREST = 40
"""Pairs of each row and column whose tokens are compared one by one; more changed no ranking on the dev sets."""

HUB_SIZE = 10
"""A target's nearness to everything is the mean of its ten best (Lample et al. 2018, arXiv 1710.04087)."""


@dataclass(frozen=True)
class Weights:
    """How much each kind of evidence counts in the sum, and what makes a probability of the sum.

    ``meaning`` is the cosine of means weighted by rarity, ``opening`` that of the texts' openings, ``tokens`` the late
    interaction; ``words`` are character n-grams in one language and listed terms across two; ``subjects`` the broad
    subjects. ``hub`` is taken off for targets that are near to everything. ``around`` is what neighbours have in
    common, ``under`` counts for rows with others under them.
    """

    meaning: float
    opening: float
    tokens: float
    words: float
    subjects: float
    themes: float
    hub: float
    around: float
    under: float
    curve: Curve


ENGLISH_PAIR = Weights(
    meaning=1.0,
    opening=0.5,
    tokens=0.5,
    words=0.5,
    subjects=0.4,
    themes=0.05,
    hub=0.3,
    around=0.2,
    under=0.15,
    curve=ENGLISH,
)
"""Chosen on four expert crosswalks in steps of a tenth or more; docs/aligning.md has the numbers, leave one set out."""

ONE_SPACE = Weights(
    meaning=1.0,
    opening=0.0,
    tokens=0.0,
    words=0.6,
    subjects=0.0,
    themes=0.05,
    hub=0.35,
    around=0.0,
    under=0.0,
    curve=ACROSS,
)
"""For pairs across languages, Chinese pairs, and any encoder that gives no token vectors."""


@dataclass(frozen=True)
class Measures:
    """What was measured of each pair, matrices of shape ``(len(a), len(b))``; a kind that wasn't is all 0.

    ``above`` holds for each provision of ``a`` and of ``b`` how many rows stand under it (:func:`around.under`).
    """

    meaning: Matrix
    opening: Matrix
    tokens: Matrix
    words: Matrix
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
            self.subjects.T,
            self.themes.T,
            (self.above[1], self.above[0]),
        )

    def kinds(self) -> list[Matrix]:
        """Return the kinds of evidence that were measured, themes left out: most pairs have none."""
        measured = (self.meaning, self.opening, self.tokens, self.words, self.subjects)
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


def languages_of(side: CodedDocument) -> set[str]:
    """Return the languages of a side's provisions."""
    return {provision.language for provision in side.provisions}


def theme_overlap(a: CodedDocument, b: CodedDocument) -> Matrix:
    """Return the cosine of the theme scores of each pair of provisions, shape ``(len(a), len(b))``."""
    import numpy as np

    ids = sorted({code.id for side in (a, b) for coding in side.codings for code in coding.themes})
    index = {theme: i for i, theme in enumerate(ids)}

    def matrix(side: CodedDocument) -> Matrix:
        made = np.zeros((len(side.codings), max(1, len(ids))))
        for row, coding in enumerate(side.codings):
            for code in coding.themes:
                made[row, index[code.id]] = code.score
        lengths = np.sqrt((made * made).sum(axis=1, keepdims=True))
        lengths[lengths == 0] = 1.0
        normal: Matrix = np.rint(made / lengths * 4096) / 4096
        return normal

    return matrix(a) @ matrix(b).T


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


def evidence(a: CodedDocument, b: CodedDocument, encoder: Encoder) -> Evidence:
    """Compare every provision of ``a`` with every one of ``b``."""
    spoken = languages_of(a) | languages_of(b)
    chosen = for_languages(encoder, spoken)
    weights = ENGLISH_PAIR if isinstance(chosen, EnglishEncoder) else ONE_SPACE
    return judged(measured(a, b, chosen), weights, across="zh" in spoken and len(spoken) > 1)


def measured(a: CodedDocument, b: CodedDocument, encoder: Encoder) -> Measures:
    """Return every kind of evidence for every pair, by an encoder that reads the languages of both."""
    import numpy as np

    texts_a, texts_b = a.texts(), b.texts()
    spoken = languages_of(a) | languages_of(b)
    opening = tokens = subjects = empty = np.zeros((len(texts_a), len(texts_b)))
    above = (under(a.provisions), under(b.provisions))
    if not empty.size:
        return Measures(empty, empty, empty, empty, empty, empty, above)
    if isinstance(encoder, EnglishEncoder):
        left, right = encoder.tokens(texts_a), encoder.tokens(texts_b)
        rarity = rarities(left, right)
        means_a, tokens_a = weighted(left, rarity)
        means_b, tokens_b = weighted(right, rarity)
        meaning = cosines(means_a, means_b)
        opening = cosines(openings(left, rarity), openings(right, rarity))
        with one_thread_each():
            tokens = late_interaction(meaning, tokens_a, tokens_b, NEAREST)
        subjects = subject_cosines(texts_a, texts_b)
    else:
        meaning = cosines(encoder.encode(texts_a), encoder.encode(texts_b))
    if "zh" in spoken and len(spoken) > 1:
        words = term_cosines(
            [(text, p.language == "zh") for text, p in zip(texts_a, a.provisions, strict=True)],
            [(text, p.language == "zh") for text, p in zip(texts_b, b.provisions, strict=True)],
        )
    else:
        words = ngram_cosines(texts_a, texts_b, chinese=spoken == {"zh"})
    return Measures(meaning, opening, tokens, words, subjects, theme_overlap(a, b), above)


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
        + weights.subjects * found.subjects
        + weights.themes * found.themes
    )
    hub = np.broadcast_to(weights.hub * hubs(own), own.shape)
    return own - hub, hub


def turned(found: Evidence) -> Evidence:
    """Return what :func:`evidence` gives for ``(b, a)``, without comparing anything again."""
    return judged(found.measures.turned(), found.weights, found.across)

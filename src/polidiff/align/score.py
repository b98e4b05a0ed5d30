"""How well two provisions answer one another: several kinds of evidence, corrected for hubs, then calibrated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.align.bilingual import term_cosines
from polidiff.align.calibration import ACROSS, ENGLISH, Curve, probabilities
from polidiff.align.lexical import ngram_cosines
from polidiff.align.meaning import late_interaction, mean_cosines, rarities, weighted
from polidiff.align.sides import Side
from polidiff.encode import Encoder, EnglishEncoder, cosines, for_languages
from polidiff.encode.threads import one_thread_each

if TYPE_CHECKING:
    from polidiff.encode.protocol import Matrix

NEAREST = 40
"""Pairs of each row and column whose tokens are compared one by one; more changed no ranking on the dev sets."""

HUB_SIZE = 10
"""A target's nearness to everything is the mean of its ten best (Lample et al. 2018, arXiv 1710.04087)."""


@dataclass(frozen=True)
class Weights:
    """How much each kind of evidence counts in the sum, and what makes a probability of the sum.

    ``meaning`` is the cosine of means weighted by rarity, ``plain`` that of plain means, ``tokens`` the late
    interaction; ``words`` are character n-grams in one language and listed terms across two; ``hub`` is taken off
    for targets that are near to everything.
    """

    meaning: float
    plain: float
    tokens: float
    words: float
    themes: float
    hub: float
    curve: Curve


ENGLISH_PAIR = Weights(meaning=1.0, plain=0.3, tokens=0.6, words=0.6, themes=0.05, hub=0.35, curve=ENGLISH)
"""Chosen on four expert crosswalks in steps of a tenth or more; docs/aligning.md has the numbers, leave one set out."""

ONE_SPACE = Weights(meaning=1.0, plain=0.0, tokens=0.0, words=0.6, themes=0.05, hub=0.35, curve=ACROSS)
"""For pairs across languages, Chinese pairs, and any encoder that gives no token vectors."""


@dataclass(frozen=True)
class Evidence:
    """Matrices of shape ``(len(a), len(b))``: each kind of evidence, their sum, and the score made of it (0..1)."""

    meaning: Matrix
    plain: Matrix
    tokens: Matrix
    words: Matrix
    themes: Matrix
    hub: Matrix
    total: Matrix
    score: Matrix
    weights: Weights
    across: bool


def languages_of(side: Side) -> set[str]:
    """Return the languages of a side's provisions."""
    return {provision.language for provision in side.provisions}


def theme_overlap(a: Side, b: Side) -> Matrix:
    """Return the cosine of the theme scores of each pair of provisions, shape ``(len(a), len(b))``."""
    import numpy as np

    ids = sorted({code.id for side in (a, b) for coding in side.codings for code in coding.themes})
    index = {theme: i for i, theme in enumerate(ids)}

    def matrix(side: Side) -> Matrix:
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
    share = len(total) / (len(total) + HUB_SIZE)
    mean = near.mean()
    drawn: Matrix = mean + share * (near - mean)
    return drawn


def evidence(a: Side, b: Side, encoder: Encoder) -> Evidence:
    """Compare every provision of ``a`` with every one of ``b``."""
    import numpy as np

    texts_a, texts_b = a.texts(), b.texts()
    spoken = languages_of(a) | languages_of(b)
    across = "zh" in spoken and len(spoken) > 1
    chosen = for_languages(encoder, spoken)
    empty = np.zeros((len(texts_a), len(texts_b)))
    plain = tokens = words = empty
    weights = ONE_SPACE
    if not texts_a or not texts_b:
        return Evidence(empty, empty, empty, empty, empty, empty, empty, empty, weights, across)
    if isinstance(chosen, EnglishEncoder):
        weights = ENGLISH_PAIR
        left, right = chosen.tokens(texts_a), chosen.tokens(texts_b)
        rarity = rarities(left, right)
        means_a, tokens_a = weighted(left, rarity)
        means_b, tokens_b = weighted(right, rarity)
        meaning = cosines(means_a, means_b)
        plain = mean_cosines(left, right)
        with one_thread_each():
            tokens = late_interaction(meaning, tokens_a, tokens_b, NEAREST)
    else:
        meaning = cosines(chosen.encode(texts_a), chosen.encode(texts_b))
    if across:
        words = term_cosines(
            [(text, p.language == "zh") for text, p in zip(texts_a, a.provisions, strict=True)],
            [(text, p.language == "zh") for text, p in zip(texts_b, b.provisions, strict=True)],
        )
    else:
        words = ngram_cosines(texts_a, texts_b, chinese=spoken == {"zh"})
    return judged(meaning, plain, tokens, words, theme_overlap(a, b), weights, across)


def judged(
    meaning: Matrix, plain: Matrix, tokens: Matrix, words: Matrix, themes: Matrix, weights: Weights, across: bool
) -> Evidence:
    """Sum the evidence, take hubs off and make probabilities of it."""
    import numpy as np

    total = (
        weights.meaning * meaning
        + weights.plain * plain
        + weights.tokens * tokens
        + weights.words * words
        + weights.themes * themes
    )
    hub = np.broadcast_to(weights.hub * hubs(total), total.shape)
    total = np.round(total - hub, 6)
    score = np.round(probabilities(total, weights.curve), 4)
    return Evidence(meaning, plain, tokens, words, themes, hub, total, score, weights, across)


def turned(found: Evidence) -> Evidence:
    """Return what :func:`evidence` gives for ``(b, a)``, without comparing anything again."""
    if not found.total.size:
        flat = found.total.T
        return Evidence(flat, flat, flat, flat, flat, flat, flat, flat, found.weights, found.across)
    measures = (found.meaning.T, found.plain.T, found.tokens.T, found.words.T, found.themes.T)
    return judged(*measures, found.weights, found.across)

"""How well two provisions answer one another: meaning, words and themes in one number between 0 and 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.align.lexical import ngram_cosines
from polidiff.align.sides import Side
from polidiff.encode import Encoder, cosines

if TYPE_CHECKING:
    from polidiff.encode.protocol import Matrix


@dataclass(frozen=True)
class Weights:
    """How much each kind of evidence counts, and where the sum is cut to 0..1.

    ``floor`` is the evidence that two unrelated provisions of policy plans commonly show, ``ceiling`` that of two
    that say the same. Set by hand on the founding comparison's English pair and the four crosswalks' ranges; the
    score is a degree of evidence, not a probability.
    """

    meaning: float
    words: float
    themes: float
    floor: float
    ceiling: float


SAME_LANGUAGE = Weights(meaning=0.42, words=0.38, themes=0.20, floor=0.10, ceiling=0.65)
ACROSS_LANGUAGES = Weights(meaning=0.72, words=0.0, themes=0.28, floor=0.10, ceiling=0.75)


@dataclass(frozen=True)
class Evidence:
    """Three matrices of shape ``(len(a), len(b))`` and the score made of them."""

    meaning: Matrix
    words: Matrix
    themes: Matrix
    score: Matrix
    weights: Weights


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
        normal: Matrix = made / lengths
        return normal

    return matrix(a) @ matrix(b).T


def evidence(a: Side, b: Side, encoder: Encoder) -> Evidence:
    """Compare every provision of ``a`` with every one of ``b``."""
    import numpy as np

    texts_a, texts_b = a.texts(), b.texts()
    meaning = cosines(encoder.encode(texts_a), encoder.encode(texts_b))
    spoken = languages_of(a) | languages_of(b)
    across = "zh" in spoken and len(spoken) > 1
    weights = ACROSS_LANGUAGES if across else SAME_LANGUAGE
    if weights.words and texts_a and texts_b:
        words = ngram_cosines(texts_a, texts_b, chinese=spoken == {"zh"})
    else:
        words = np.zeros_like(meaning)
    themes = theme_overlap(a, b)
    total = weights.meaning * meaning + weights.words * words + weights.themes * themes
    score = np.clip((total - weights.floor) / (weights.ceiling - weights.floor), 0.0, 1.0)
    return Evidence(meaning, words, themes, np.round(score, 4), weights)

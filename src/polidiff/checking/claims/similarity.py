"""How close a claim is to a document's sentences in meaning: by whole sentences, and word by word in their context.

Whole sentences are compared by the encoder that knows both languages, all of a document at once. The sentences that
come out first are compared again by the English encoder, where it is at hand and both texts are English: by the mean of
their tokens, and by how near each token of the claim has one in the sentence, the rare ones counting most (the late
interaction of Khattab and Zaharia 2020, arXiv 2004.12832, in one direction).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from polidiff.checking.claims.sentences import Sentence
from polidiff.encode import Encoder, EnglishEncoder, cosines, for_languages
from polidiff.lang.terms import bare
from polidiff.lang.words import has_cjk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode import TokenVectors
    from polidiff.encode.protocol import Vectors

    Floats = NDArray[np.float64]

__all__ = ["Closeness"]


class Closeness:
    """One document's sentences, compared with claims."""

    def __init__(self, sentences: Sequence[Sentence], encoder: Encoder, chinese: bool) -> None:
        self._texts = [sentence.text for sentence in sentences]
        self._encoder = encoder
        finer = for_languages(encoder, {"en"})
        self._finer = finer if isinstance(finer, EnglishEncoder) and not chinese else None

    @cached_property
    def _vectors(self) -> Vectors:
        return self._encoder.encode(self._texts)

    def meaning(self, claim: str) -> Floats:
        """The likeness of every sentence to ``claim``, shape ``(sentences,)``."""
        found: Floats = cosines(self._encoder.encode([claim]), self._vectors)[0]
        return found

    def near(self, claim: str, order: Sequence[int]) -> list[tuple[float, float]]:
        """For each sentence in ``order`` its likeness by tokens: of the means, and from the claim's side.

        Where the English encoder has no say both are the likeness of the whole.
        """
        if self._finer is None or has_cjk(claim):
            whole = self.meaning(claim)
            return [(float(max(0.0, whole[i])),) * 2 for i in order]
        asked, *others = self._finer.tokens([claim, *(self._texts[i] for i in order)])
        return _pairs(asked, others, self._share(asked))

    def woven(self, claim: str, texts: Sequence[str]) -> tuple[Floats, Floats, Floats] | None:
        """Of each token of ``claim`` the likeness to the nearest of the first text and of all, and its rarity.

        Each has shape ``(tokens,)``. None where the English encoder has no say.
        """
        import numpy as np

        if self._finer is None or has_cjk(claim):
            return None
        asked, *others = self._finer.tokens([bare(claim), *texts])
        mine = _unit(asked.vectors.astype(np.float64)[1:-1])
        rows = [(mine @ _unit(o.vectors.astype(np.float64)[1:-1]).T).max(axis=1) for o in others if len(o.ids) > 2]
        if not rows or not len(mine):
            return None
        return np.round(rows[0], 4), np.round(np.max(rows, axis=0), 4), self._share(asked)

    def _share(self, asked: TokenVectors) -> Floats:
        """The rarity of each token in the document, 0.05 or more."""
        import numpy as np

        total = len(self._texts) + 1
        made: Floats = np.maximum([np.log(total / (1 + self._rarity[int(t)])) for t in asked.ids[1:-1]], 0.05)
        return made

    @cached_property
    def _rarity(self) -> Counter[int]:
        from polidiff.encode.wordpiece import tokenize

        return Counter(token for text in self._texts for token in set(tokenize(text, 160)))


def _pairs(a: TokenVectors, others: Sequence[TokenVectors], share: Floats) -> list[tuple[float, float]]:
    """Of each of ``others`` the likeness of its mean to ``a``, and how near the tokens of ``a`` have one in it."""
    import numpy as np

    left = a.vectors.astype(np.float64)
    mean = left.sum(axis=0)
    left = _unit(left[1:-1])
    rights = [other.vectors.astype(np.float64) for other in others]
    inner = [right[1:-1] for right in rights]
    full = [n for n, rows in enumerate(inner) if len(rows) and len(left)]
    woven = np.zeros(len(others))
    if full:
        likeness = left @ _unit(np.concatenate([inner[n] for n in full])).T
        starts = np.cumsum([0, *(len(inner[n]) for n in full[:-1])])
        woven[full] = share @ np.maximum.reduceat(likeness, starts, axis=1) / share.sum()
    found = []
    for right, near in zip(rights, woven.tolist(), strict=True):
        other = right.sum(axis=0)
        whole = float(mean @ other / np.sqrt((mean @ mean) * (other @ other)))
        found.append((round(max(0.0, whole), 6), round(max(0.0, near), 6)))
    return found


def _unit(rows: Floats) -> Floats:
    import numpy as np

    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1.0
    made: Floats = rows / lengths
    return made

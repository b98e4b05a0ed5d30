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
from math import log
from typing import TYPE_CHECKING

from polidiff.checking.claims.sentences import Sentence
from polidiff.encode import Encoder, EnglishEncoder, cosines, for_languages
from polidiff.lang.terms import bare
from polidiff.lang.words import has_cjk
from polidiff.ranking.meaning import WEIGHT_STEPS, Weighted, all_of, interaction, nearest_tokens, weighted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Vectors

    Floats = NDArray[np.float64]

__all__ = ["Closeness"]

LEAST = 0.05
"""The rarity of a token that every sentence of the document has."""


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
        import numpy as np

        if self._finer is None or has_cjk(claim):
            whole = self.meaning(claim)
            return [(float(max(0.0, whole[i])),) * 2 for i in order]
        texts = [self._texts[i] for i in order]
        whole = cosines(self._finer.encode([claim]), self._finer.encode(texts))[0]
        asked, *others = self._inner([claim, *texts])
        found = np.column_stack([whole, interaction(asked, all_of(others), asking=1.0)])
        return [(near, woven) for near, woven in np.round(np.maximum(found, 0.0), 6).tolist()]

    def woven(self, claim: str, texts: Sequence[str]) -> tuple[Floats, Floats, Floats] | None:
        """Of each token of ``claim`` the likeness to the nearest of the first text and of all, and its rarity.

        Each has shape ``(tokens,)``. None where the English encoder has no say.
        """
        import numpy as np

        if self._finer is None or has_cjk(claim):
            return None
        asked, *others = self._inner([bare(claim), *texts])
        if not others:
            return None
        rows = [nearest_tokens(asked, other) for other in others]
        return np.round(rows[0], 4), np.round(np.max(rows, axis=0), 4), asked.weights / WEIGHT_STEPS

    def _inner(self, texts: Sequence[str]) -> list[Weighted]:
        """The tokens of texts by the English encoder, each weighted by its rarity in the document."""
        assert self._finer is not None
        made = self._finer.tokens(texts)
        total = len(self._texts) + 1
        rarity = {
            token: round(WEIGHT_STEPS * max(LEAST, log(total / (1 + self._seen[token]))))
            for token in {int(token) for text in made for token in text.ids}
        }
        return [weighted(text, rarity) for text in made]

    @cached_property
    def _seen(self) -> Counter[int]:
        from polidiff.encode.wordpiece import tokenize

        return Counter(token for text in self._texts for token in set(tokenize(text, 160)))

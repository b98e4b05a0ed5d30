"""Evidence for very large tables: only the candidates nearest in meaning are compared in full.

The full method holds a table of all pairs for each kind of evidence. Here the candidates come from an exact search
block by block, words are compared for those alone, and a target's hub is told by the sources nearest to it. What
stands around a pair, token by token comparison, subjects and themes are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from polidiff.alignment.calibration import NEXT, probabilities
from polidiff.alignment.lexical import ngram_rows
from polidiff.alignment.nearest import nearest
from polidiff.alignment.score import HUB_SIZE, ONE_SPACE, Evidence, Measures, drawn, languages_of
from polidiff.alignment.sides import CodedDocument
from polidiff.encode import DefaultEncoder, Encoder, StaticEncoder, for_languages
from polidiff.lang.bilingual import term_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from polidiff.encode.protocol import Matrix, Vectors

WIDE = 25_000_000
"""Pairs over which only candidates are compared: from there the full tables take more than 2 GB."""

KEPT = 40
"""Candidates of each provision, at the least."""

CHUNK = 10_000
"""Pairs whose words are compared at once."""


def candidates(
    a: CodedDocument,
    b: CodedDocument,
    encoder: Encoder,
    top: int,
    progress: Callable[[str, int, int], None] | None = None,
) -> Evidence:
    """Compare every provision of ``a`` with its candidates in ``b``, enough of them for the best ``top``.

    The fast encoder takes the place of the default one, which would need hours. ``progress`` is told of each step.
    """
    import numpy as np

    spoken = languages_of(a) | languages_of(b)
    chosen = for_languages(StaticEncoder() if isinstance(encoder, DefaultEncoder) else encoder, spoken)
    texts = a.texts(), b.texts()
    vectors = chosen.encode(texts[0]), chosen.encode(texts[1])
    across = "zh" in spoken and len(spoken) > 1
    pairs = _Pairs(vectors, _Words(a, b, texts, spoken), progress)
    if progress is not None:
        progress("finding candidates", 0, 1)
    places, _ = nearest(*vectors, max(KEPT, top + NEXT))
    rows = np.repeat(np.arange(len(places)), places.shape[1])
    meaning, words = (values.reshape(places.shape) for values in pairs.measured(rows, places.ravel()))
    own = ONE_SPACE.meaning * meaning + ONE_SPACE.words * words
    hub = ONE_SPACE.hub * _hubs(vectors, pairs)[places]
    total = np.round(own - hub, 6)
    order = np.argsort(-total, axis=1, kind="stable")
    ordered = np.take_along_axis(places, order, axis=1)
    meaning, words, hub, total = (np.take_along_axis(kind, order, axis=1) for kind in (meaning, words, hub, total))
    none = np.zeros(total.shape)
    found = Measures(meaning, none, none, words, none, none, (none[:, 0], none[:1].ravel()))
    score = np.round(probabilities(total, found.kinds(), ONE_SPACE.curve), 4)
    return Evidence(found, hub, none, total, score, ONE_SPACE, across, ordered)


def _hubs(vectors: tuple[Vectors, Vectors], pairs: _Pairs) -> Matrix:
    """How near each of ``b`` is to everything: the mean evidence of its nearest in ``a``, shape ``(len(b),)``."""
    import numpy as np

    sources, _ = nearest(vectors[1], vectors[0], HUB_SIZE)
    columns = np.repeat(np.arange(len(sources)), sources.shape[1])
    meaning, words = pairs.measured(sources.ravel(), columns)
    own = (ONE_SPACE.meaning * meaning + ONE_SPACE.words * words).reshape(sources.shape)
    return drawn(own.mean(axis=1), len(vectors[0]))


class _Words:
    """Both sides' words as rows: character n-grams in one language, listed terms across two."""

    def __init__(
        self, a: CodedDocument, b: CodedDocument, texts: tuple[list[str], list[str]], spoken: set[str]
    ) -> None:
        from scipy.sparse import csr_matrix

        self.rows: tuple[csr_matrix, csr_matrix]
        if "zh" in spoken and len(spoken) > 1:
            sides = [
                [(text, provision.language == "zh") for text, provision in zip(own, side.provisions, strict=True)]
                for own, side in zip(texts, (a, b), strict=True)
            ]
            left, right = term_rows(*sides)
            self.rows = csr_matrix(left), csr_matrix(right)
        else:
            both, lengths = ngram_rows([*texts[0], *texts[1]], chinese=spoken == {"zh"})
            both = both.multiply(1 / lengths[:, None]).tocsr()
            self.rows = both[: len(texts[0])], both[len(texts[0]) :]


class _Pairs:
    """The evidence of given pairs, chunk by chunk."""

    def __init__(
        self,
        vectors: tuple[Vectors, Vectors],
        words: _Words,
        progress: Callable[[str, int, int], None] | None,
    ) -> None:
        import numpy as np

        self._progress = progress
        self._vectors = vectors
        self._words = words
        lengths = [np.sqrt((side.astype(np.float64) ** 2).sum(axis=1)) for side in vectors]
        self._lengths = [np.where(length == 0, 1.0, length) for length in lengths]

    def measured(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> tuple[Matrix, Matrix]:
        """Return the cosine of meaning and that of words of each pair, each of the shape ``(len(rows),)``."""
        import numpy as np

        meaning, words = np.zeros(len(rows)), np.zeros(len(rows))
        for start in range(0, len(rows), CHUNK):
            if self._progress is not None:
                self._progress("comparing candidates", start, len(rows))
            i, j = rows[start : start + CHUNK], columns[start : start + CHUNK]
            left, right = (side[at].astype(np.float64) for side, at in zip(self._vectors, (i, j), strict=True))
            products = np.einsum("ij,ij->i", left, right)
            meaning[start : start + CHUNK] = products / self._lengths[0][i] / self._lengths[1][j]
            shared = self._words.rows[0][i].multiply(self._words.rows[1][j])
            words[start : start + CHUNK] = np.asarray(shared.sum(axis=1)).ravel()
        return meaning, words

"""Evidence for large tables: only the candidates, nearest in meaning or in words, are compared further.

The full method holds a table of all pairs for each kind of evidence. Here the candidates come from an exact search by
meaning and from one by words, both block by block; what was measured is measured for those alone, and a target's hub
is told by the sources nearest to it. Subjects and what stands around a pair are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.encode import DefaultEncoder, Encoder, EnglishEncoder, StaticEncoder, TokenVectors, for_languages
from polidiff.encode.threads import in_parallel
from polidiff.lang.bilingual import term_rows
from polidiff.ranking.bm25 import Bm25
from polidiff.ranking.calibration import NEXT, probabilities
from polidiff.ranking.counted import counted
from polidiff.ranking.evidence import HUB_SIZE, Evidence, Measures, across_languages, drawn
from polidiff.ranking.meaning import (
    AT_REST,
    SLOPE,
    Weighted,
    all_of,
    interaction,
    rarities,
    telling,
    weighted,
    weighted_means,
)
from polidiff.ranking.nearest import nearest
from polidiff.ranking.ngrams import ngram_rows
from polidiff.ranking.passage import Passage, languages_of
from polidiff.ranking.weights import Weights, kind_of, weights_for
from polidiff.ranking.windows import best_windows, windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from polidiff.encode.protocol import Matrix, Vectors

    Progress = Callable[[str, int, int], None]

MANY = 30_000
"""Texts on both sides over which the fast encoder takes the place of the default one, which would need an hour."""

KEPT = 40
"""Candidates of each source by each way, at the least."""

HELD = 8_000
"""Passages whose tokens are held at once for comparing: 800 MB at the most."""

READ = 4_000
"""Passages over which a question is laid beside those alone that words and the fast encoder find: a question of 13,000
passages takes a second so, and four minutes where all are read first."""

SOUGHT, WINDOWS = 3, 3
"""How many times the candidates are looked through for such of other passages, and windows of one that come first."""

CHUNK, ROWS = 10_000, 512
"""Pairs that are compared, and sources whose words are sought, at once."""

FREQUENT = 400
"""Passages with a word over which it is not sought by, in tables of more than :data:`MANY` texts."""


def candidates(
    a: Sequence[Passage],
    b: Sequence[Passage],
    encoder: Encoder,
    top: int,
    progress: Progress | None = None,
    weights: Weights | None = None,
) -> Evidence:
    """Compare every passage of ``a`` with its candidates in ``b``, enough of them for the best ``top``.

    ``weights`` are those of the kind of texts where none are given. A question is answered by the best window of a
    long passage.
    """
    import numpy as np

    many = len(a) + len(b) > MANY
    spoken = languages_of(a) | languages_of(b)
    across = across_languages(spoken)
    chosen = for_languages(StaticEncoder() if many and isinstance(encoder, DefaultEncoder) else encoder, spoken)
    weights = weights or weights_for(kind_of(a, isinstance(chosen, EnglishEncoder)))
    owners = np.arange(len(b))
    if weights.kind == "questions":
        b, owners = windows(b)
    tell = progress or _silent
    tell("reading words", 0, 1)
    by_words = _Words(a, b, spoken, weights.words > 0)
    kept = max(KEPT, top + NEXT)
    places = None
    if weights.kind == "questions" and len(b) > READ and isinstance(chosen, EnglishEncoder):
        places = _quickly(a, b, owners, by_words, kept)
    tell("reading meanings", 0, 1)
    meanings = _Meanings(a, b, chosen, weights, places)
    pairs = _Pairs(meanings.vectors, by_words, weights, tell)
    if places is None:
        tell("finding candidates", 0, 1)
        worded = by_words.candidates(kept, FREQUENT if many else None)
        places = _united(nearest(*meanings.vectors, 2 * kept)[0], worded, kept)
    rows = np.repeat(np.arange(len(places)), places.shape[1])
    meaning, words, terms = (values.reshape(places.shape) for values in pairs.measured(rows, places.ravel()))
    tokens = meanings.interactions(places, meaning) if weights.tokens else np.zeros(places.shape)
    hub = weights.hub * _hubs(meanings.vectors, pairs)[places] if weights.hub else np.zeros(places.shape)
    total = np.round(_sum(weights, meaning, words, terms) + weights.tokens * tokens - hub, 6)
    order = np.lexsort((places, -total), axis=1)
    if len(owners) > owners[-1] + 1:
        order = best_windows(owners[places], order)
    ordered = owners[np.take_along_axis(places, order, axis=1)]
    meaning, words, terms, tokens, hub, total = (
        np.take_along_axis(kind, order, axis=1) for kind in (meaning, words, terms, tokens, hub, total)
    )
    none = np.zeros(total.shape)
    found = Measures(meaning, none, tokens, words, terms, none, none, (none[:, 0], none[:1].ravel()))
    score = np.round(probabilities(total, found.kinds(), weights.curve), 4)
    return Evidence(found, hub, none, total, score, weights, across, ordered)


def _quickly(
    a: Sequence[Passage], b: Sequence[Passage], owners: NDArray[np.int64], words: _Words, count: int
) -> NDArray[np.int64]:
    """Return ``count`` candidates of each of ``a`` without the default encoder: three in four by words.

    ``owners`` says of which passage each of ``b`` is a window; those beyond :data:`WINDOWS` of one come last.
    """
    import numpy as np

    quick = for_languages(StaticEncoder(), languages_of(b))
    near, _ = nearest(quick.encode([one.text for one in a]), quick.encode([one.text for one in b]), SOUGHT * count)
    both = _united(near, words.candidates(SOUGHT * count, None), count // 4)
    made = np.empty((len(a), min(count, both.shape[1])), dtype=np.int64)
    for row, line in enumerate(both):
        _, passage = np.unique(owners[line], return_inverse=True)
        order = np.argsort(passage, kind="stable")
        before = np.empty(len(line), dtype=np.int64)
        before[order] = np.arange(len(line)) - np.searchsorted(passage[order], passage[order])
        made[row] = line[np.argsort(before >= WINDOWS, kind="stable")][: made.shape[1]]
    return made


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def _sum(weights: Weights, meaning: Matrix, words: Matrix, terms: Matrix) -> Matrix:
    """The evidence of pairs but for the late interaction."""
    own: Matrix = weights.meaning * meaning + weights.words * words + weights.terms * terms
    return own


class _Meanings:
    """Both sides' vectors; with the English encoder weighted by rarity, and the tokens beside them."""

    def __init__(
        self,
        a: Sequence[Passage],
        b: Sequence[Passage],
        encoder: Encoder,
        weights: Weights,
        places: NDArray[np.int64] | None = None,
    ) -> None:
        """With ``places``, shape ``(len(a), candidates)``, no others of ``b`` are read; their vectors are 0."""
        import numpy as np

        texts = [one.text for one in a], [one.text for one in b]
        self._asking = weights.asking
        self._left: list[TokenVectors] = []
        if not isinstance(encoder, EnglishEncoder):
            self.vectors = encoder.encode(texts[0]), encoder.encode(texts[1])
            return
        read = np.arange(len(b)) if places is None else np.unique(places)
        left = self._left = encoder.tokens(texts[0])
        right = encoder.tokens([texts[1][place] for place in read.tolist()], texts[1])
        self._right = dict(zip(read.tolist(), right, strict=True))
        self._there = rarities(left, right)
        self._own = telling(self._there) if weights.kind == "questions" else self._there
        means = weighted_means(right, self._there)
        whole = np.zeros((len(b), means.shape[1]), dtype=np.float32)
        whole[read] = means
        self.vectors = weighted_means(left, self._own), whole

    def interactions(self, places: NDArray[np.int64], meaning: Matrix) -> Matrix:
        """Return the late interaction of candidates; without tokens what their cosine lets expect."""
        import numpy as np

        if not self._left:
            return AT_REST + SLOPE * meaning
        known: dict[int, Weighted] = {}

        def of(row: int) -> Matrix:
            if len(known) > HELD:
                known.clear()
            others = []
            for place in places[row].tolist():
                other = known.get(place)
                if other is None:
                    other = known[place] = weighted(self._right[place], self._there)
                others.append(other)
            return interaction(weighted(self._left[row], self._own), all_of(others), self._asking)

        return np.stack(in_parallel(of, range(len(places))))


def _united(first: NDArray[np.int64], second: NDArray[np.int64], least: int) -> NDArray[np.int64]:
    """Join two lists of candidates row by row: ``least`` of the first, all of the second, then the rest of the first.

    The result has the width of ``first``; each row holds a candidate once.
    """
    import numpy as np

    both = np.concatenate([first[:, :least], second, first[:, least:]], axis=1)
    made = np.empty(first.shape, dtype=np.int64)
    for row, line in enumerate(both):
        _, at = np.unique(line, return_index=True)
        line = line[np.sort(at)]
        made[row] = line[line >= 0][: first.shape[1]]
    return made


def _hubs(vectors: tuple[Vectors, Vectors], pairs: _Pairs) -> Matrix:
    """How near each of ``b`` is to everything: the mean evidence of its nearest in ``a``, shape ``(len(b),)``."""
    import numpy as np

    sources, _ = nearest(vectors[1], vectors[0], HUB_SIZE)
    columns = np.repeat(np.arange(len(sources)), sources.shape[1])
    own = _sum(pairs.weights, *pairs.measured(sources.ravel(), columns)).reshape(sources.shape)
    return drawn(own.mean(axis=1), len(vectors[0]))


@dataclass(frozen=True, eq=False)
class _Asking:
    """One side asking the other: its terms as rows, what most they could score, and the other side's index."""

    asked: csr_matrix
    ceilings: Matrix
    index: Bm25


class _Words:
    """Both sides' words: character n-grams in one language, listed terms across two; and their indexes of terms."""

    def __init__(self, a: Sequence[Passage], b: Sequence[Passage], spoken: set[str], spelled: bool) -> None:
        import numpy as np
        from scipy.sparse import csr_matrix

        across = across_languages(spoken)
        self.rows: tuple[csr_matrix, csr_matrix] | None = None
        if not spelled:
            pass
        elif across:
            left, right = term_rows(*([(one.text, one.language == "zh") for one in side] for side in (a, b)))
            self.rows = csr_matrix(left), csr_matrix(right)
        else:
            both, lengths = ngram_rows([one.text for one in (*a, *b)], chinese=spoken == {"zh"})
            both.data *= np.repeat(1 / lengths, np.diff(both.indptr))
            self.rows = both[: len(a)], both[len(a) :]
        left_terms, right_terms = counted(a, across), counted(b, across)
        self.sides = tuple(
            _Asking(index.asked(own), index.ceilings(own), index)
            for own, index in ((left_terms, Bm25.of(right_terms)), (right_terms, Bm25.of(left_terms)))
        )

    def candidates(self, count: int, frequent: int | None) -> NDArray[np.int64]:
        """Return for each of ``a`` the ``count`` of ``b`` with the best words, -1 where fewer have any.

        With ``frequent`` a word that more passages hold isn't sought by.
        """
        import numpy as np
        from scipy.sparse import diags

        asking = self.sides[0]
        asked, index = asking.asked, asking.index.weights.T.tocsr()
        if frequent is not None:
            asked = (asked @ diags((np.diff(index.indptr) <= frequent).astype(np.float64))).tocsr()
            asked.eliminate_zeros()
        found = np.full((asked.shape[0], count), -1, dtype=np.int64)
        for start in range(0, asked.shape[0], ROWS):
            block = (asked[start : start + ROWS] @ index).tocsr()
            for row in range(block.shape[0]):
                held = slice(block.indptr[row], block.indptr[row + 1])
                places, scores = block.indices[held], np.round(block.data[held], 6)
                if len(places) > 4 * count:
                    least = np.partition(scores, len(scores) - count)[len(scores) - count]
                    places, scores = places[scores >= least], scores[scores >= least]
                best = places[np.lexsort((places, -scores))][:count]
                found[start + row, : len(best)] = best
        return found

    def spelled(self, i: NDArray[np.int64], j: NDArray[np.int64]) -> Matrix:
        """Return the cosines of the rows of pairs, 0 where spelling isn't weighed."""
        import numpy as np

        return np.zeros(len(i)) if self.rows is None else _products(self.rows[0], i, self.rows[1], j)

    def shares(self, i: NDArray[np.int64], j: NDArray[np.int64], asking: float) -> Matrix:
        """Return the BM25 of pairs both ways, each as a share of the most that it could be, ``asking`` of it there."""
        there, back = self.sides
        asked: Matrix = _products(there.asked, i, there.index.weights, j) / there.ceilings[i]
        return asking * asked + (1 - asking) * _products(back.asked, j, back.index.weights, i) / back.ceilings[j]


def _products(left: csr_matrix, i: NDArray[np.int64], right: csr_matrix, j: NDArray[np.int64]) -> Matrix:
    import numpy as np

    found: Matrix = np.asarray(left[i].multiply(right[j]).sum(axis=1)).ravel()
    return found


class _Pairs:
    """The evidence of given pairs, chunk by chunk."""

    def __init__(self, vectors: tuple[Vectors, Vectors], words: _Words, weights: Weights, progress: Progress) -> None:
        import numpy as np

        self.words, self.weights = words, weights
        self._progress = progress
        self._vectors = vectors
        lengths = [np.sqrt((side.astype(np.float64) ** 2).sum(axis=1)) for side in vectors]
        self._lengths = [np.where(length == 0, 1.0, length) for length in lengths]

    def measured(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> tuple[Matrix, Matrix, Matrix]:
        """Return meaning, words and terms of each pair, each of the shape ``(len(rows),)``."""
        import numpy as np

        made = np.zeros((3, len(rows)))

        def measure(start: int) -> None:
            self._progress("comparing candidates", start, len(rows))
            chunk = slice(start, start + CHUNK)
            i, j = rows[chunk], columns[chunk]
            left, right = (side[at].astype(np.float64) for side, at in zip(self._vectors, (i, j), strict=True))
            products = np.einsum("ij,ij->i", left, right)
            made[0, chunk] = products / self._lengths[0][i] / self._lengths[1][j]
            made[1, chunk] = self.words.spelled(i, j)
            made[2, chunk] = self.words.shares(i, j, self.weights.asking)

        in_parallel(measure, range(0, len(rows), CHUNK))
        return made[0], made[1], made[2]

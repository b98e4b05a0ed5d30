"""Character n-grams: likeness of spelling, for words that stems don't meet and for texts of a few words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from polidiff.encode.protocol import Matrix

GRAMS = (3, 4, 5)
"""Lengths of the character n-grams; 3 to 5 within word boundaries was the best lexical method on four crosswalks."""

GRAMS_ZH = (1, 2, 3)

MOST = 400_000
"""N-grams in memory from which on those of earlier texts are forgotten: some 120 MB with the texts of fifty plans."""

WORD = re.compile(r"[^\W\d_][\w’'.&-]*[^\W_]|[^\W_]|\d[\d.,%]*", re.UNICODE)


def folded(text: str) -> str:
    """Return the comparison key of a text: lower case, straight apostrophes, one space between words."""
    return " ".join(text.lower().replace("’", "'").split())


def grams(text: str, chinese: bool) -> Iterator[str]:
    """Yield the character n-grams of a text: of one word for English, over all its letters for Chinese."""
    if chinese:
        text = "".join(c for c in text if c.isalnum())
        for size in GRAMS_ZH:
            yield from (text[i : i + size] for i in range(len(text) - size + 1))
        return
    padded = f" {text} "
    for size in GRAMS:
        yield from (padded[i : i + size] for i in range(max(1, len(padded) - size + 1)))


def ngram_cosines(a: Sequence[str], b: Sequence[str], chinese: bool) -> Matrix:
    """Return TF-IDF cosines of character n-grams, shape ``(len(a), len(b))``; document frequency over both sides."""
    import numpy as np

    matrix, lengths = ngram_rows([*a, *b], chinese)
    products = np.asarray((matrix[: len(a)] @ matrix[len(a) :].T).todense())
    cosines: Matrix = products / lengths[: len(a), None] / lengths[None, len(a) :]
    return cosines


def ngram_rows(texts: Sequence[str], chinese: bool) -> tuple[csr_matrix, Matrix]:
    """Return the TF-IDF of the texts' character n-grams, a row for each, and the rows' lengths (1 for none)."""
    import numpy as np
    from scipy.sparse import csr_matrix

    none = np.zeros(0, dtype=np.int32)
    columns, counts = [none], [none]
    with _LOCK:
        if len(_KNOWN.numbers) > MOST:
            _KNOWN.forget()
        for text in texts:
            found, often = _KNOWN.counted(text, chinese)
            columns.append(found)
            counts.append(often)
        held, ranks = np.concatenate(columns), _KNOWN.ranks()
    ends = np.cumsum([0, *map(len, columns[1:])])
    own, places = np.unique(ranks[held], return_inverse=True)
    often = np.concatenate(counts)
    shares = np.array([0.0, *(1 + log(count) for count in range(1, int(often.max(initial=0)) + 1))])
    frequency = np.bincount(places, minlength=len(own))
    total = len(texts)
    idf = np.log((1 + total) / (1 + frequency)) + 1
    matrix = csr_matrix((shares[often], places.astype(np.int32), ends), shape=(total, max(1, len(own))))
    matrix.sort_indices()
    matrix.data *= idf[matrix.indices]
    squares = csr_matrix((matrix.data**2, matrix.indices, matrix.indptr), shape=matrix.shape)
    lengths = np.sqrt(np.asarray(squares.sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return matrix, lengths


class _Known:
    """N-grams that were met, with their numbers, and texts that were counted: a document is searched many times."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.numbers: dict[str, int] = {}
        self._ordered: list[str] = []
        self._ranks: NDArray[np.int32] | None = None
        self._words: dict[str, NDArray[np.int32]] = {}
        self._texts: dict[tuple[str, bool], tuple[NDArray[np.int32], NDArray[np.int32]]] = {}

    def counted(self, text: str, chinese: bool) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the numbers of a text's n-grams, each once, and how often each stands there."""
        import numpy as np

        if (text, chinese) not in self._texts:
            if chinese:
                held = self._numbered(text, chinese)
            else:
                none = np.zeros(0, dtype=np.int32)
                held = np.concatenate([none, *(self._word(piece) for piece in WORD.findall(folded(text)))])
            found, often = np.unique(held, return_counts=True)
            self._texts[text, chinese] = found.astype(np.int32), often.astype(np.int32)
        return self._texts[text, chinese]

    def _word(self, word: str) -> NDArray[np.int32]:
        if word not in self._words:
            self._words[word] = self._numbered(word, chinese=False)
        return self._words[word]

    def _numbered(self, piece: str, chinese: bool) -> NDArray[np.int32]:
        import numpy as np

        known = self.numbers
        return np.array([known.setdefault(gram, len(known)) for gram in grams(piece, chinese)], dtype=np.int32)

    def ranks(self) -> NDArray[np.int32]:
        """Return the place of each number's n-gram in their order as strings, which is that of the columns."""
        import numpy as np

        if self._ranks is None or len(self._ranks) < len(self.numbers):
            self._ordered += list(self.numbers)[len(self._ordered) :]
            self._ordered.sort()
            numbers = np.fromiter(map(self.numbers.__getitem__, self._ordered), np.int64, len(self._ordered))
            self._ranks = np.empty(len(numbers), dtype=np.int32)
            self._ranks[numbers] = np.arange(len(numbers))
        return self._ranks


_KNOWN, _LOCK = _Known(), Lock()

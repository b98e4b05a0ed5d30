"""Character n-grams: likeness of spelling, for words that stems don't meet and for texts of a few words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from polidiff.encode.protocol import Matrix

GRAMS = (3, 4, 5)
"""Lengths of the character n-grams; 3 to 5 within word boundaries was the best lexical method on four crosswalks."""

GRAMS_ZH = (1, 2, 3)

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

    known: dict[str, int] = {}
    words: dict[str, NDArray[np.int32]] = {}

    def numbered(piece: str) -> NDArray[np.int32]:
        made = [known.setdefault(gram, len(known)) for gram in grams(piece, chinese)]
        return np.array(made, dtype=np.int32)

    none = np.zeros(0, dtype=np.int32)
    columns, counts = [], []
    for text in texts:
        if chinese:
            held = numbered(text)
        else:
            pieces = WORD.findall(folded(text))
            words.update((piece, numbered(piece)) for piece in pieces if piece not in words)
            held = np.concatenate([none, *(words[piece] for piece in pieces)])
        found, often = np.unique(held, return_counts=True)
        columns.append(found.astype(np.int32))
        counts.append(often.astype(np.int32))
    ends = np.cumsum([0, *map(len, columns)])
    found, often = (np.concatenate([none, *parts]) for parts in (columns, counts))
    index = np.empty(len(known), dtype=np.int32)
    index[[known[gram] for gram in sorted(known)]] = np.arange(len(known))
    places = index[found]
    shares = np.array([0.0, *(1 + log(count) for count in range(1, int(often.max(initial=0)) + 1))])
    frequency = np.bincount(places, minlength=len(known))
    total = len(texts)
    idf = np.log((1 + total) / (1 + frequency)) + 1
    matrix = csr_matrix((shares[often], places, ends), shape=(total, max(1, len(index))))
    matrix.sort_indices()
    matrix.data *= idf[matrix.indices]
    squares = csr_matrix((matrix.data**2, matrix.indices, matrix.indptr), shape=matrix.shape)
    lengths = np.sqrt(np.asarray(squares.sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return matrix, lengths

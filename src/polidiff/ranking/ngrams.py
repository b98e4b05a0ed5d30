"""Character n-grams: likeness of spelling, for words that stems don't meet and for texts of a few words."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from polidiff.encode.protocol import Matrix

GRAMS = (3, 4, 5)
"""Lengths of the character n-grams; 3 to 5 within word boundaries was the best lexical method on four crosswalks."""

GRAMS_ZH = (1, 2, 3)

WORD = re.compile(r"[^\W\d_][\w’'.&-]*[^\W_]|[^\W_]|\d[\d.,%]*", re.UNICODE)


def folded(text: str) -> str:
    """Return the comparison key of a text: lower case, straight apostrophes, one space between words."""
    return " ".join(text.lower().replace("’", "'").split())


def grams(text: str, chinese: bool) -> list[str]:
    """Return the character n-grams of a text, within words for English, over the whole text for Chinese."""
    found: list[str] = []
    if chinese:
        letters = "".join(c for c in text if c.isalnum())
        for size in GRAMS_ZH:
            found.extend(letters[i : i + size] for i in range(len(letters) - size + 1))
        return found
    for word in WORD.findall(folded(text)):
        padded = f" {word} "
        for size in GRAMS:
            found.extend(padded[i : i + size] for i in range(max(1, len(padded) - size + 1)))
    return found


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
    columns, ends = array("q"), [0]
    values = array("d")
    for text in texts:
        counts = Counter(grams(text, chinese))
        columns.extend(known.setdefault(gram, len(known)) for gram in counts)
        values.extend(1 + log(count) for count in counts.values())
        ends.append(len(columns))
    index = np.empty(len(known), dtype=np.int64)
    index[[known[gram] for gram in sorted(known)]] = np.arange(len(known))
    places = index[np.frombuffer(columns, dtype=np.int64)] if columns else np.zeros(0, dtype=np.int64)
    frequency = np.bincount(places, minlength=len(known))
    total = len(texts)
    idf = np.log((1 + total) / (1 + frequency)) + 1
    matrix = csr_matrix((np.array(values), places, ends), shape=(total, max(1, len(index))))
    matrix.sort_indices()
    if len(index):
        matrix = matrix.multiply(idf[None, :]).tocsr()
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return matrix, lengths

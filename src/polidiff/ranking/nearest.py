"""The nearest of very many, without the whole matrix: exact search block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polidiff.encode.threads import in_parallel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Vectors

ROWS, COLUMNS = 1024, 8192
"""Rows and columns whose products are held at once: 32 MB for each thread."""

FIRST = 1024
"""Columns that are sorted whole, to have a threshold for the others."""


def nearest(a: Vectors, b: Vectors, top: int) -> tuple[NDArray[np.int64], Vectors]:
    """Return for each settled row of ``a`` the ``top`` rows of ``b`` with the greatest product, best first.

    Both results have the shape ``(len(a), min(top, len(b)))``: indices, and products in whole 1/1024². Ties go to the
    earlier row. Time grows with the product of the two sizes, memory with their sum.
    """
    import numpy as np

    top = min(top, len(b))
    if not len(a) or not top:
        return np.zeros((len(a), top), dtype=np.int64), np.zeros((len(a), top), dtype=np.float32)
    blocks = [a[start : start + ROWS] for start in range(0, len(a), ROWS)]
    found = in_parallel(lambda block: _nearest(block, b, top), blocks)
    return np.concatenate([index for index, _ in found]), np.concatenate([value for _, value in found])


def _nearest(a: Vectors, b: Vectors, top: int) -> tuple[NDArray[np.int64], Vectors]:
    """The same for one block of rows: only products above a row's worst kept one are looked at again."""
    import numpy as np

    first = max(top, FIRST)
    products = a @ b[:first].T
    order = np.argsort(-products, axis=1, kind="stable")[:, :top]
    kept_index, kept = order, np.take_along_axis(products, order, axis=1)
    line = np.arange(len(a))
    for start in range(first, len(b), COLUMNS):
        products = a @ b[start : start + COLUMNS].T
        rows, columns = np.divmod(np.flatnonzero(products > kept[:, -1:]), products.shape[1])
        if not len(rows):
            continue
        all_rows = np.concatenate([np.repeat(line, top), rows])
        index = np.concatenate([kept_index.ravel(), columns + start])
        value = np.concatenate([kept.ravel(), products[rows, columns]])
        order = np.lexsort((index, -value, all_rows))
        chosen = order[np.searchsorted(all_rows[order], line)[:, None] + np.arange(top)]
        kept_index, kept = index[chosen], value[chosen]
    return kept_index, kept

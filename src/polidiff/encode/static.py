"""A fast encoder: one vector a word, learnt from the default encoders, and their weighted sum for a text.

The vectors come with the package; ``evals/distil_encoder.py`` makes them. They know no word order: use them for a first
look at many texts, and the default encoders for a result.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polidiff.encode import kept
from polidiff.encode.protocol import settle
from polidiff.errors import InputError

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors

FILE = Path(__file__).parent / "data" / "static.npz"
PINNED = "d7c9051e9a0feed889021c7713a500f4441191d290e0253822ed7d6bcf7edc64"
"""SHA-256 of the file of vectors."""

LONGEST = 4000
"""Words of a text that are summed: the sums stay whole numbers below 2²⁴, exact in any order."""
BLOCK = 4096
"""Rows that are compared with a word at a time."""
OWN = 1.4
"""How much the English encoder's part counts beside the shared one in an English pair; chosen on the crosswalks."""

_RUN = re.compile(r"[a-z]+|[\u3400-\u9fff]+")
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly")
_LONGEST_CHINESE = 6


@dataclass(frozen=True)
class _Table:
    """The words of the file and their places in its rows; Chinese rows come after the English ones."""

    places: dict[str, int]
    weights: Any
    shared: Any
    own: Any


@cache
def _table() -> _Table:
    import numpy as np

    data = FILE.read_bytes()
    if hashlib.sha256(data).hexdigest() != PINNED:
        raise InputError(
            str(FILE),
            "the fast encoder's file is not the one that this version was measured with",
            "reinstall with: pip install --force-reinstall polidiff",
        )
    with np.load(FILE) as held:
        english = held["english"].tobytes().decode().split("\n")
        chinese = held["chinese"].tobytes().decode().split("\n")
        weights = np.concatenate([held["english_weights"], held["chinese_weights"]]).astype(np.float32)
        shared, own = held["shared"].astype(np.float32), held["own"].astype(np.float32)
    own = np.vstack([own, np.zeros((len(chinese), own.shape[1]), dtype=np.float32)])
    return _Table({word: at for at, word in enumerate([*english, *chinese])}, weights, shared, own)


def english_words() -> list[str]:
    """Return the English words that the fast encoder knows."""
    return [word for word in _table().places if word[:1] <= "z"]


@cache
def _chinese() -> frozenset[str]:
    """The Chinese pieces of two characters or more, without the vectors."""
    import numpy as np

    with np.load(FILE) as held:
        pieces = held["chinese"].tobytes().decode().split("\n")
    return frozenset(one for one in pieces if len(one) > 1 and not {one[0], one[-1]} & set("的了和"))


_SUFFIXES = frozenset("者性化率度力人员业部局院会法权费品物链网型类区")
"""Characters that belong to the word before them where they stand alone."""


def chinese_words(run: str, stops: str = "") -> list[str]:
    """Return a run of Chinese characters cut into words: the longest known ones; what is left goes two by two.

    A character that is left over after a word, and makes words of others (者, 性, 化), is a part of that word. One of
    ``stops`` that is in no known word stands alone.
    """
    known, words, single = _chinese(), list[str](), ""
    at = 0
    while at <= len(run):
        size = next((n for n in range(_LONGEST_CHINESE, 1, -1) if run[at : at + n] in known), 0)
        stop = not size and run[at : at + 1] in stops
        if at < len(run) and not size and not stop:
            single, at = single + run[at], at + 1
            continue
        if len(single) % 2 and words and single[0] in _SUFFIXES:
            words[-1], single = words[-1] + single[0], single[1:]
        words += [single[i : i + 2] for i in range(0, len(single), 2)]
        single = ""
        if at == len(run):
            break
        words.append(run[at : at + (size or 1)])
        at += size or 1
    return words


class StaticEncoder:
    """The fast encoder: about 20,000 provisions a second. English pairs get vectors of both teachers."""

    identity = "static-1 (distilled from the default encoders)"
    languages = frozenset({"en", "zh"})

    def __init__(self, english: bool = False) -> None:
        """Make the encoder of both languages, or with ``english`` the one for English pairs."""
        self._english = english
        self._known: dict[str, tuple[int, ...]] = {}
        self._for_english: StaticEncoder | None = None
        if english:
            self.identity = f"{self.identity}, English"

    def for_languages(self, languages: Iterable[str]) -> StaticEncoder:
        """Return the encoder that reads texts of these languages best."""
        if not set(languages) <= {"en", "und"}:
            return self
        if self._for_english is None:
            self._for_english = StaticEncoder(english=True)
        return self._for_english

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one settled vector a text: shape ``(len(texts), 256)``, or ``(len(texts), 512)`` for English."""
        import numpy as np

        path = kept.named(f"{self.identity} {PINNED}", texts)
        held = kept.load(path)
        if held is None:
            held = {"vectors": self._encoded(texts).astype(np.int16)}
            kept.save(path, held)
        return held["vectors"].astype(np.float32)

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        import numpy as np
        from scipy.sparse import csr_matrix

        table = _table()
        places: list[int] = []
        ends = [0]
        for text in texts:
            found = [at for run in _RUN.findall(text.lower()) for at in self._places(run, table.places)]
            places.extend(found[:LONGEST])
            ends.append(len(places))
        weights = table.weights[places] if places else np.zeros(0, dtype=np.float32)
        counts = csr_matrix((weights, places, ends), shape=(len(texts), len(table.weights)))
        sums = settle(counts @ table.shared)
        if not self._english:
            return sums
        both: Vectors = np.hstack([sums, OWN * settle(counts @ table.own)]).astype(np.float32)
        return settle(both)

    def _places(self, run: str, places: dict[str, int]) -> tuple[int, ...]:
        """The rows of one run of letters: an English word, or Chinese characters without a mark between words."""
        known = self._known.get(run)
        if known is None:
            known = tuple(_split(run, places))
            if run[0] <= "z":
                self._known[run] = known
        return known


def _split(run: str, places: dict[str, int]) -> list[int]:
    """The rows of a run: the word itself, the word without its ending, or the longest words that make it up."""
    if run in places:
        return [places[run]]
    latin = run[0] <= "z"
    if latin:
        for ending in _ENDINGS:
            stem = run.removesuffix(ending)
            if len(stem) >= 4 and stem != run and stem in places:
                return [places[stem]]
    found: list[int] = []
    at = 0
    least = 3 if latin else 1
    while at < len(run):
        longest = len(run) - at if latin else min(_LONGEST_CHINESE, len(run) - at)
        size = next((n for n in range(longest, least - 1, -1) if run[at : at + n] in places), 0)
        if size:
            found.append(places[run[at : at + size]])
        at += size or 1
    return found


def neighbours(words: Sequence[str], least: float, most: int) -> list[list[tuple[str, float]]]:
    """Return, for each word, the known words nearest to it in meaning, in both languages, and their cosines.

    Those of at least ``least``, the nearest first, ``most`` of each language; none for a word that isn't known. A word
    that isn't listed is the sum of its parts. Rows are whole numbers: the cosines are the same on every machine.
    """
    import numpy as np

    table = _table()
    names = _names()
    found: list[list[tuple[str, float]]] = [[] for _ in words]
    rows = {n: held for n, word in enumerate(words) if (held := _split(word, table.places))}
    if not rows:
        return found
    asked = np.stack([table.shared[held].astype(np.float64).sum(axis=0) for held in rows.values()])
    products = np.concatenate(
        [table.shared[n : n + BLOCK].astype(np.float64) @ asked.T for n in range(0, len(table.shared), BLOCK)]
    )
    cosines = np.round(products / _lengths()[:, None] / np.sqrt((asked**2).sum(axis=1)), 3)
    for column, n in enumerate(rows):
        near = np.flatnonzero(cosines[:, column] >= least)
        for english in (True, False):
            here = [at for at in near.tolist() if (names[at][:1] <= "z") is english]
            here.sort(key=lambda at: (-cosines[at, column], at))
            found[n] += [(names[at], float(cosines[at, column])) for at in here[:most]]
    return found


@cache
def _names() -> list[str]:
    return list(_table().places)


@cache
def _lengths() -> Any:
    import numpy as np

    lengths = np.sqrt((_table().shared.astype(np.float64) ** 2).sum(axis=1))
    return np.maximum(lengths, 1.0)

"""Comparison keys: folded text with a map back to the canonical text, which itself is never changed.

Three grades of sameness are used, from strict to loose:

* :func:`strict`: white space aside, the same characters. Line breaks and runs of ordinary white space count as one
  space; a line break between two Chinese characters counts as nothing. This is what ``verbatim`` asks for.
* :func:`typographic`: besides, letter case, quotation marks, dashes, hyphens, soft hyphens, spaces of any kind,
  full-width forms, ligatures, Chinese against Western stops and traditional against simplified characters are the same.
* :class:`Key`: letters, digits and symbols alone. It is only used to find candidate places fast.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from polidiff.lang.han import simplified
from polidiff.lang.words import HAN
from polidiff.model import Span

QUOTE_MARKS = frozenset("\"'`´‘’‚‛“”„‟«»‹›「」『』﹁﹂﹃﹄〝〞〟＂＇′″")
HYPHENS = frozenset("-‐‑‒–—―−﹘﹣－⸺⸻﹣⁃─━")
APOSTROPHES = frozenset("'’‘ʼ＇`´′")
_STOPS = {"。": ".", "．": ".", "｡": ".", "、": ",", "､": ",", "，": ",", "〈": "<", "〉": ">", "《": "<", "》": ">"}
_BRACKETS = {"〔": "[", "【": "[", "［": "[", "〕": "]", "】": "]", "］": "]"}
_HAN_SIDE = HAN + "\u3000-\u303f\uff01-\uff60"
_BREAK_IN_HAN = re.compile(rf"(?<=[{_HAN_SIDE}])[ \t]*[\r\n]+[ \t\r\n]*(?=[{_HAN_SIDE}])")
_ORDINARY_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWER = re.compile(rf"(?<=\d)(?:(?:\^|\*\*)[{{(]?[-−–]?\d+[)}}]?|[⁻{_SUPERSCRIPTS}]+)")
_POWERS = str.maketrans(
    {
        **{char: chr(0x2801 + number) for number, char in enumerate("0123456789")},
        **{char: chr(0x2801 + number) for number, char in enumerate(_SUPERSCRIPTS)},
        **dict.fromkeys("-−–⁻", chr(0x280B)),
        **dict.fromkeys("^*{}()", "\u2060"),
    }
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_])")


def is_han(char: str) -> bool:
    """Return whether ``char`` is a Chinese character."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0002ebef"
    )


def strict(text: str) -> str:
    """Return ``text`` with only its ordinary white space evened out, for the test that ``verbatim`` asks for."""
    return _ORDINARY_SPACE.sub(" ", _BREAK_IN_HAN.sub("", text)).strip()


def powers(text: str) -> str:
    """Return ``text`` at its length, with the digits of an exponent turned into signs that no text holds.

    10²⁵, 10^25, 10^{25} and 10**25 become the same once folded, and none of them is 1025.
    """
    return _POWER.sub(lambda match: match.group().translate(_POWERS), text)


def _plain(char: str) -> str:
    """``char`` without case, width and composition; a traditional Chinese character as the simplified one."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return simplified(folded)


@lru_cache(maxsize=65536)
def _letters(char: str) -> str:
    """The letters, digits, marks and symbols of ``char`` once folded; empty for punctuation and white space."""
    if char in QUOTE_MARKS or char in HYPHENS:
        return ""
    folded = _plain(char)
    kept = (c for c in folded if unicodedata.category(c)[0] in "LNMS" and not "\ufe00" <= c <= "\ufe0f")
    return "".join(kept)


@lru_cache(maxsize=65536)
def _marks(char: str, soft: bool = True) -> str:
    """``char`` folded for :func:`typographic`: punctuation stays, what only typesetting changes goes."""
    if char in QUOTE_MARKS or char in HYPHENS or char.isspace():
        return ""
    folded = _plain(char)
    out = []
    for c in folded:
        kind = unicodedata.category(c)
        if kind in ("Cf", "Zs", "Zl", "Zp", "Cc", "Pd") or "\ufe00" <= c <= "\ufe0f" or c in QUOTE_MARKS:
            continue
        out.append(_STOPS.get(c) or _BRACKETS.get(c) or c)
    return "".join(out)


def typographic(text: str) -> str:
    """Return ``text`` folded so that two texts which only typesetting tells apart become the same.

    An apostrophe inside a word stays ("we're" is not "were"). The result is for comparison only.
    """
    text = _INVISIBLE.sub("", powers(_LINE_HYPHEN.sub("", text)))
    out = []
    last = len(text) - 1
    for index, char in enumerate(text):
        if char in APOSTROPHES and 0 < index < last and text[index - 1].isalpha() and text[index + 1].isalpha():
            out.append("" if is_han(text[index - 1]) or is_han(text[index + 1]) else "'")
        else:
            out.append(_marks(char))
    return "".join(out)


def lighten(folded: str) -> str:
    """Drop from a :func:`typographic` form the marks that only pace a sentence: comma, semicolon, colon, dots."""
    kept = []
    for index, char in enumerate(folded):
        if char in ",;:.":
            before = folded[index - 1 : index]
            after = folded[index + 1 : index + 2]
            if not (before.isdigit() and after.isdigit()) and char != ".":
                continue
        kept.append(char)
    return "".join(kept)


class _Folds:
    """A table from code point to folded bytes, filled as characters are met."""

    def __init__(self) -> None:
        self.blob = bytearray()
        self.offset = np.zeros(0x110000, dtype=np.int32)
        self.length = np.full(0x110000, 255, dtype=np.uint8)

    def learn(self, codes: npt.NDArray[np.uint32]) -> None:
        unknown = codes[self.length[codes] == 255]
        if unknown.size:
            for code in np.unique(unknown).tolist():
                folded = _letters(chr(code)).encode("utf-8", "surrogatepass")
                self.offset[code] = len(self.blob)
                self.length[code] = len(folded)
                self.blob += folded


_FOLDS: list[_Folds] = []


@dataclass(frozen=True, slots=True)
class Key:
    """The letters of a text, folded and in UTF-8: ``at[i]`` is the offset in the text of the byte ``data[i]``."""

    data: bytes
    at: npt.NDArray[np.int32]

    @classmethod
    def of(cls, text: str) -> Key:
        """Fold ``text``. Time and memory grow with its length alone."""
        if not _FOLDS:
            _FOLDS.append(_Folds())
        folds = _FOLDS[0]
        codes = np.frombuffer(powers(text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        folds.learn(codes)
        lengths = folds.length[codes].astype(np.int64)
        at = np.repeat(np.arange(codes.size, dtype=np.int32), lengths)
        if not at.size:
            return cls(b"", at)
        starts = np.cumsum(lengths) - lengths
        within = np.arange(at.size, dtype=np.int64) - np.repeat(starts, lengths)
        blob = np.frombuffer(bytes(folds.blob), dtype=np.uint8)
        data = blob[np.repeat(folds.offset[codes].astype(np.int64), lengths) + within]
        return cls(data.tobytes(), at)

    def without(self, spans: Iterable[Span]) -> Key:
        """Return the key of the text without what stands at ``spans``; offsets stay those of the whole text."""
        kept = np.ones(self.at.size, dtype=bool)
        for span in spans:
            first, last = np.searchsorted(self.at, [span.start, span.end])
            kept[first:last] = False
        data = np.frombuffer(self.data, dtype=np.uint8)[kept]
        return Key(data.tobytes(), self.at[kept])


def word_edge(text: str, at: int) -> bool:
    """Return whether no word runs across offset ``at`` of ``text``. Each Chinese character is a word."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if before in "\u00ad\u200b\u200c\u200d\ufeff":
        return word_edge(text, at - 1) if at > 1 else True
    if not (before.isalnum() and (after.isalnum() or unicodedata.category(after)[0] == "M")):
        return True
    return is_han(before) or is_han(after)

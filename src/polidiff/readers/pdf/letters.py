"""Fonts that lie: whose table says other letters than the page shows, found by words that nobody knows and by shapes.

A font may draw a ``k`` and say ``n``. The words that come out are in no lexicon, and where the letter that is said and
the letter that is drawn differ in height, the shape's box tells: an ``n`` does not reach as high as an ``l``.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator
from statistics import median
from typing import Any, NamedTuple

from polidiff.lang.lexicon import is_word
from polidiff.readers.pdf.calls import Address, Calls, address, handle_of

_WORD = re.compile(r"(?<![^\W\d_])[a-z]{3,}(?![^\W\d_])")
_SMALL = frozenset("aceimnorsuvwxz")
_TALL = frozenset("bdfhkl")
_DEEP = frozenset("gpqy")
_DOTTED = frozenset("ij")
_HIGH = 1.18
"""Heights of an ``x`` above which a small letter is drawn too tall; a tall one is drawn at 1.3 and more."""
_LOW = 1.1
"""Heights of an ``x`` under which a tall letter is drawn too small."""
_BELOW = 0.16
"""Heights of an ``x`` below the baseline from which a letter goes down; a round one goes down by 0.03."""
_MOST_UNKNOWN = 40
"""Different unknown words of one page that are looked at, and known words beside them."""
_FEWEST = 2
"""Different unknown words with wrong shapes that make a page's letters doubtful."""
_HONEST = 0.12
"""Share of the letters of known words that may be of the wrong shape; in small capitals a quarter of them are."""


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SPELT = {"s", "z"}
"""Letters for which words are spelt in two ways."""
_ALIKE = 5
"""Different unknown words that one exchange of letters makes known, from which on a font is taken to lie."""


class _Shape(NamedTuple):
    font: int
    top: float
    bottom: float


class Shapes:
    """The boxes of single letters on one text page, in type sizes from their baseline."""

    def __init__(self, page: Address, calls: Calls, objects: list[int | None]) -> None:
        self._page, self._calls, self._objects = page, calls, objects
        self._edges = array("d", [0.0] * 4)
        self._origin = array("d", [0.0] * 2)
        self._matrix = array("f", [0.0] * 6)  # a b c d e f
        self._matrix_at = address(self._matrix.buffer_info()[0])
        self._at = [address(self._edges.buffer_info()[0] + 8 * index) for index in range(4)]
        self._origin_at = [address(self._origin.buffer_info()[0] + 8 * index) for index in range(2)]

    def of(self, index: int) -> _Shape | None:
        """The shape of a character by its index on the page."""
        key = self._objects[index]
        if not key or not self._calls.char_box(self._page, index, *self._at):
            return None
        if not self._calls.origin(self._page, index, *self._origin_at):
            return None
        _, _, bottom, top = self._edges
        self._calls.matrix(self._page, index, self._matrix_at)
        size = self._calls.font_size(self._page, index) * abs(self._matrix[3])
        if top <= bottom or size <= 0:
            return None
        base = self._origin[1]
        return _Shape(self._calls.font(address(key)) or 0, (top - base) / size, (bottom - base) / size)


def lying_words(text: str, shapes: Shapes) -> list[str]:
    """Return the unknown words of a page, each once, whose letters are drawn as others than the text says."""
    words: dict[str, int] = {}
    for match in _WORD.finditer(text):
        words.setdefault(match.group(), match.start())
    unknown = [word for word in words if not is_word(word)][:_MOST_UNKNOWN]
    if len(unknown) < _FEWEST:
        return []
    return _drawn_otherwise(words, unknown, shapes) or _exchanged(words, unknown)


def _exchanged(words: Collection[str], unknown: list[str]) -> list[str]:
    """The unknown words that one and the same letter in the place of another makes known, where that is most of them.

    The letter that they lack stands in hardly any known word of the page: the font says another for it.
    """
    by: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word in unknown:
        for said in sorted(set(word)):
            for meant in _LETTERS:
                if meant != said and is_word(word.replace(said, meant)) and {said, meant} != _SPELT:
                    by[(said, meant)].append(word)
    if not by:
        return []
    (_, meant), found = max(by.items(), key=lambda item: (len(item[1]), item[0]))
    honest = sum(meant in word for word in words if is_word(word))
    return found if len(found) >= _ALIKE and 2 * len(found) >= len(unknown) and 4 * honest <= len(found) else []


def _drawn_otherwise(words: dict[str, int], unknown: list[str], shapes: Shapes) -> list[str]:
    """The unknown words with letters of another height than the one that is said has."""
    drawn = {word: list(_drawn(word, words[word], shapes)) for word in unknown}
    heights = _heights([one for letters in drawn.values() for one in letters])
    if sum(any(_is_wrong(one, heights) for one in letters) for letters in drawn.values()) < _FEWEST:
        return []
    known = [word for word in words if is_word(word)][:_MOST_UNKNOWN]
    beside = [one for word in known for one in _drawn(word, words[word], shapes)]
    heights = _heights(beside)
    honest = _honest(beside, heights)
    found = [
        word
        for word, letters in drawn.items()
        if any(one[1].font in honest and _is_wrong(one, heights) for one in letters)
    ]
    return found if len(found) >= _FEWEST else []


def _heights(drawn: list[tuple[str, _Shape]]) -> dict[int, float]:
    """The height of an ``x`` of each font."""
    tops: dict[int, list[float]] = defaultdict(list)
    for letter, shape in drawn:
        if letter in _SMALL and letter not in _DOTTED:
            tops[shape.font].append(shape.top)
    return {font: median(values) for font, values in tops.items() if len(values) >= 8 and median(values) > 0}


def _honest(drawn: list[tuple[str, _Shape]], heights: dict[int, float]) -> set[int]:
    """The fonts whose known words are of the right shape."""
    wrong: dict[int, list[bool]] = defaultdict(list)
    for one in drawn:
        if one[1].font in heights:
            wrong[one[1].font].append(_is_wrong(one, heights))
    return {font for font, values in wrong.items() if sum(values) <= _HONEST * len(values)}


def _is_wrong(one: tuple[str, _Shape], heights: dict[int, float]) -> bool:
    height = heights.get(one[1].font)
    return height is not None and _wrong(one[0], one[1], height)


def _drawn(word: str, start: int, shapes: Shapes) -> Iterator[tuple[str, _Shape]]:
    """The letters of a word that starts at a place of its page, each with its shape."""
    for index, letter in enumerate(word, start):
        shape = shapes.of(index)
        if shape is not None:
            yield letter, shape


def _wrong(letter: str, shape: _Shape, height: float) -> bool:
    """Whether a letter is drawn as tall, as small or as deep as it cannot be."""
    if letter in _TALL:
        return shape.top < _LOW * height
    if letter in _SMALL and letter not in _DOTTED:
        return shape.top > _HIGH * height or shape.bottom < -_BELOW * height
    return letter in _DEEP and shape.bottom > -_BELOW * height


def shapes_of(textpage: Any, calls: Calls, objects: list[int | None]) -> Shapes:
    """Return the shapes of the letters on a pdfium text page."""
    return Shapes(handle_of(textpage), calls, objects)

"""Words whose letters are set apart: "D U T I E S" on the page is the word "DUTIES"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from polidiff.lang.lexicon import is_word

_SPREAD = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_])+(?!\S)")
_FEWEST = 5
"""Letters that stand alone, one behind another, from which on they may be words set wide."""
_WORDS = 1.6
"""Times the usual gap between two letters from which a gap parts two words."""


def with_spread_words(
    text: str, objects: Sequence[int | None], edges: Callable[[int], tuple[float, float]]
) -> Sequence[int | None]:
    """Return ``objects`` (the text object of each character) with each word that is set wide made one object's.

    ``edges`` gives the left and right edge of a character by its index. The text layer has a space between any two
    letters of such words; wider gaps part the words. Single letters that make no known words stay apart.
    """
    found: list[int | None] | None = None
    for match in _SPREAD.finditer(text):
        letters = list(range(match.start(), match.end(), 2))
        if len(letters) < _FEWEST or any(objects[at] is None for at in letters):
            continue
        gaps = [edges(after)[0] - edges(before)[1] for before, after in pairwise(letters)]
        usual = median(gaps)
        words = [[letters[0]]]
        for at, gap in zip(letters[1:], gaps, strict=True):
            if gap > _WORDS * usual:
                words.append([])
            words[-1].append(at)
        known = sum(len(word) for word in words if is_word("".join(text[at] for at in word).casefold()))
        if usual <= 0 or 2 * known < len(letters):
            continue
        found = found if found is not None else list(objects)
        for word in words:
            for at in range(word[0], word[-1] + 1):
                found[at] = objects[word[0]]
    return objects if found is None else found

"""Which language a text is in, by its letters alone: English (Latin letters), Chinese (Han characters), or neither."""

from __future__ import annotations

from collections import Counter

from polidiff.model import Language

SAMPLE = 200_000
"""Characters looked at from the beginning of the text."""


def detect_language(text: str) -> Language:
    """Return ``zh`` where Han characters carry the text, ``en`` where Latin letters do, else ``und``.

    A Han character weighs as much as four Latin letters (an English word has about five letters, a Chinese one about
    two characters). Kana or hangul beside Han, or other scripts above a third of all letters, give ``und``.
    """
    han = latin = other = 0
    for c, times in Counter(text[:SAMPLE]).items():
        if "\u4e00" <= c <= "\u9fff" or "\u3400" <= c <= "\u4dbf" or "\U00020000" <= c <= "\U0003134f":
            han += times
        elif "a" <= c <= "z" or "A" <= c <= "Z" or "\u00c0" <= c <= "\u024f":
            latin += times
        elif c.isalpha():
            other += times
    weight = 4 * han + latin + other
    if not weight or other * 3 > weight:
        return "und"
    if 4 * han >= weight / 2:
        return "und" if other * 5 > han else "zh"
    return "en" if latin * 2 >= weight else "und"

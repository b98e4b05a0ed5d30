"""Numerals as they are written: English words, Chinese characters, Roman letters, letters of lists."""

from __future__ import annotations

import re
from functools import lru_cache

from polidiff.lang.data import load_list

__all__ = [
    "ANY_NUMERAL",
    "LABEL_NUMBER",
    "ORDINALS",
    "WORD_NUMBER",
    "ZH_LABEL",
    "ZH_NUMBER",
    "label_number",
    "letters_number",
    "number_words",
    "ordinal_word",
    "roman_number",
    "to_chinese",
    "to_letters",
    "to_roman",
    "word_number",
    "zh_number",
    "zh_value",
]

_DATA = load_list("numbers")
_CARDINALS: dict[str, int] = _DATA["cardinals"]
ORDINALS: dict[str, int] = _DATA["ordinals"]
"""English ordinals in words (``first`` to ``ninetieth``) and their numbers."""
_SCALES: dict[str, int] = {word: 10**power for word, power in _DATA["scales"].items() if len(word) > 2}
_ZH = _DATA["chinese"]
_ZH_DIGITS = {c: n for n, c in enumerate(_ZH["digits"])} | {_ZH["zero"]: 0, **dict.fromkeys(_ZH["two"], 2)}
_ZH_TENS = {c: 10**power for c, power in _ZH["dozens"].items()}
_ZH_MYRIADS = {c: 10**power for c, power in _ZH["myriads"].items() if len(c) == 1}
ZH_NUMBER = f"[{''.join((*_ZH_DIGITS, *_ZH_TENS))}]+"
"""A pattern for the Chinese numerals with which the parts of a text are counted (up to thousands)."""
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip

ANY_NUMERAL = re.compile(rf"\d+|\b[ivxlc]+\b|{ZH_NUMBER}", re.IGNORECASE)
"""Digits, Roman letters or Chinese numerals: what changes in a heading when parts are numbered anew."""

_SMALL = "|".join(sorted(_CARDINALS, key=len, reverse=True))
_BIG = "|".join(_SCALES)
WORD_NUMBER = rf"(?:(?:an?\s+)?(?:{_SMALL}|{_BIG})(?:(?:[-\s]+|\s+and\s+)(?:{_SMALL}|{_BIG}))*)\b"
"""A pattern for a number in English words: ``forty-five``, ``two hundred and ten``, ``a dozen``, ``one million``."""

LABEL_NUMBER = rf"(?:[IVXLC]{{1,8}}\b|(?i:{WORD_NUMBER}|(?:{'|'.join(ORDINALS)})\b))"
"""A pattern for a number that labels a part in Roman capitals or in words: ``IV``, ``Twenty-One``, ``First``."""
_ZH_LEGAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰", "一二二三三四五六六七八九十百")
ZH_LABEL = f"(?:{ZH_NUMBER}|[{''.join(map(chr, _ZH_LEGAL))}零]+)"
"""A pattern for Chinese numerals that label a part of a text, those of deeds (壹贰叁) with them."""

_NUMBER_WORDS = frozenset(
    (*_CARDINALS, *ORDINALS, *_DATA["fractions"], *_DATA["times"], *_DATA["rates"], *_DATA["quantities"]["english"])
) | frozenset(_SCALES)
_NUMBER_WORDS_ZH = frozenset((*_ZH_DIGITS, *_ZH_TENS, *_ZH_MYRIADS, *_ZH["halves"]))


def number_words(text: str) -> frozenset[str]:
    """Return the words and Chinese characters of ``text`` that say a number or a quantity (“twelve”, “most”, 半)."""
    words = re.findall(r"[a-z]+", text.lower())
    return frozenset(word for word in (*words, *text) if word in _NUMBER_WORDS or word in _NUMBER_WORDS_ZH)


def word_number(text: str) -> int | None:
    """Return the number that English words say (``two hundred and ten``), or None where they say none or several."""
    words = [word for word in re.split(r"[-\s]+", text.lower()) if word not in ("", "a", "an", "and")]
    total = current = 0
    last = 0
    for n, word in enumerate(words):
        if word in _SCALES:
            current = (current or 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0
            last = 0
        elif word == "dozen":
            current = (current or 1) * 12
        elif word in _CARDINALS:
            value = _CARDINALS[word]
            if n and last and not (last >= 20 and last % 10 == 0 and 0 < value < 10):
                return None
            current, last = current + value, value
        else:
            return None
    return total + current if words else None


def label_number(value: str) -> int:
    """Return what a label counts, in digits (letters behind them aside), Roman capitals or words; 0 for none."""
    match = re.match(r"\d+", value)
    if match is not None:
        return int(match.group())
    roman = roman_number(value) if value.isupper() else 0
    return roman or ORDINALS.get(value.lower()) or word_number(value) or 0


def ordinal_word(number: int) -> str:
    """Return ``first`` to ``tenth`` in words, larger numbers in digits (``11th``, ``22nd``)."""
    word = next((word for word, value in ORDINALS.items() if value == number <= 10), None)
    if word is not None:
        return word
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


@lru_cache(maxsize=4096)
def roman_number(value: str) -> int:
    """Return the number that Roman numerals say, or 0 when ``value`` is not a well-formed numeral."""
    low = value.casefold()
    if not re.fullmatch(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", low):
        return 0
    total = at = 0
    for number, letters in _ROMAN:
        while low.startswith(letters, at):
            total, at = total + number, at + len(letters)
    return total


def to_roman(number: int) -> str:
    """Return ``number`` (1 or more) in lower-case Roman numerals."""
    parts = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)


def letters_number(value: str) -> int:
    """Return what the letters of a list count: 1 for ``a``, 27 for ``aa``, 28 for ``bb`` or ``ab``; 0 for no letters.

    Lists go on after ``z`` with ``aa``, ``bb`` in acts and ``aa``, ``ab`` elsewhere; a doubled letter is the former.
    """
    if not (value.isalpha() and value.isascii() and value.islower()):
        return 0
    if value == value[0] * len(value):
        return 26 * (len(value) - 1) + ord(value[0]) - 96
    return 26 * (ord(value[0]) - 96) + ord(value[1]) - 96 if len(value) == 2 else 0


def to_letters(number: int) -> str:
    """Return ``a`` for 1, ``z`` for 26, ``aa`` for 27, ``ab`` for 28."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def zh_value(value: str) -> int | None:
    """Return the number that Chinese numerals or digits say (``一百二十万``), or None when they say none."""
    if value.isdecimal():
        return int(value)
    value = value.translate(_ZH_LEGAL)
    if len(value) > 1 and all(c in _ZH_DIGITS for c in value):
        return int("".join(str(_ZH_DIGITS[c]) for c in value))
    total = section = digit = 0
    for char in value:
        if char in _ZH_DIGITS:
            digit = _ZH_DIGITS[char]
        elif char in _ZH_TENS:
            section, digit = section + (digit or 1) * _ZH_TENS[char], 0
        elif char in _ZH_MYRIADS:
            total, section, digit = (total + section + digit or 1) * _ZH_MYRIADS[char], 0, 0
        else:
            return None
    return total + section + digit if value else None


def zh_number(value: str) -> int:
    """Return the number that Chinese numerals or digits say, 0 when they say none."""
    return zh_value(value) or 0


def to_chinese(number: int) -> str:
    """Return ``number`` (1 to 9999) in Chinese numerals: 十, 十二, 二十, 一百零三; others in digits."""
    if not 0 < number < 10_000:
        return str(number)
    out, zero = "", False
    for name, unit in (*reversed(_ZH_TENS.items()), ("", 1)):
        digit, number = divmod(number, unit)
        if digit:
            out += (_ZH["digits"][0] if zero and out else "") + _ZH["digits"][digit] + name
            zero = False
        else:
            zero = bool(out)
    return out[1:] if out.startswith("一十") else out

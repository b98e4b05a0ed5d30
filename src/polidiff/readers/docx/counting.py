"""Word's ways of counting: a number in letters, Chinese numerals, words; and the glyphs of its symbol fonts."""

from __future__ import annotations

from functools import cache

from polidiff.lang.data import load_list
from polidiff.lang.numerals import to_chinese, to_letters, to_roman

_CHINESE = frozenset(
    [
        *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "japaneseDigitalTenThousand"),
        *("taiwaneseCounting", "taiwaneseCountingThousand", "taiwaneseDigital", "ideographDigital"),
        *("koreanCounting", "koreanDigital2", "koreanLegal"),
    ]
)
_SAME = {"decimalEnclosedCircleChinese": "decimalEnclosedCircle", "aiueoFullWidth": "aiueo", "irohaFullWidth": "iroha"}


def counted(number: int, form: str) -> str:
    """Return ``number`` in one of Word's number formats (ECMA-376 part 1, 17.18.59); in digits where it isn't known."""
    if number < 1:
        return str(number)
    number = min(number, 20_000)
    data = load_list("counting")
    series: str = data["series"].get(_SAME.get(form, form), "")
    if series:
        return series[number - 1] if number <= len(series) else str(number)
    if form in data["legal"]:
        return to_chinese(number).translate(str.maketrans("一二三四五六七八九十", data["legal"][form]))
    if form in _CHINESE:
        return to_chinese(number)
    return _western(number, form)


def _western(number: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            # Word repeats the letter: z, aa, bb
            count, rest = divmod(number - 1, 26)
            letters = to_letters(rest + 1) * min(count + 1, 50)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman":
            return to_roman(number) if form == "lowerRoman" else to_roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case "none" | "bullet":
            return ""
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
        case "ordinal":
            last = number % 10 if number % 100 not in (11, 12, 13) else 0
            return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"
        case "cardinalText" | "ordinalText":
            return _in_words(number, form == "ordinalText")
        case "numberInDash":
            return f"- {number} -"
        case _:
            return str(number)


def _in_words(number: int, ordinal: bool) -> str:
    words: dict[str, list[str]] = {name: said.split() for name, said in load_list("counting")["english"].items()}
    last = words["ordinals" if ordinal else "cardinals"]
    if number < 20:
        return last[number - 1]
    if number > 99:
        return str(number)
    tens, rest = divmod(number, 10)
    if not rest:
        return words["tenths" if ordinal else "tens"][tens - 2]
    return f"{words['tens'][tens - 2]}-{last[rest - 1].lower()}"


@cache
def _glyphs(font: str) -> dict[int, str]:
    parts = load_list("counting")["glyphs"].get(font, "").split()
    return {int(code, 16): char for code, char in zip(parts[::2], parts[1::2], strict=True)}


def glyph(font: str, code: int) -> str:
    """Return what a code of a font shows, nothing for a glyph of a symbol font that stands for no character."""
    if not 0xE000 <= code <= 0xF8FF:
        return chr(code) if 32 <= code <= 0x10FFFF else ""
    low = code & 0xFF
    known = _glyphs(font).get(low, "")
    return known or (chr(low) if font == "Symbol" and 0x20 <= low < 0x40 else "")

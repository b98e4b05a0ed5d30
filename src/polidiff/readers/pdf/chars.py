"""What a page's text layer is read into: runs, stretches of text in one type on one baseline, and their faces.

The words are pdfium's, character for character; only what a text layer adds (control characters, ligature code
points, doubled spaces) is undone. Positions are in points from the top left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

GLUED = 0.13
"""Widest gap, in type sizes, between two words of one line that the text layer gives without a space and that is still
no space. Measured on two official PDFs: kerning stays under 0.05, a lost space of a justified line is 0.15 and more."""

HYPHEN = "\u00ad"
"""Stands in a run for a hyphen at the end of a printed line, until the joining of lines decides on it."""

_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
    }
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
_BOLD = re.compile(r"(?i)bold|black|heavy|semibold|demi|simhei|heiti|[,_-]hei\b|yahei.*bd")
_ITALIC = re.compile(r"(?i)ital|oblique|slanted|kursiv")
_SYMBOL = re.compile(r"(?i)symbol|wingding|dingbat|webding")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FORCE_BOLD = 1 << 18
_ITALIC_FLAG = 1 << 6


class Face(NamedTuple):
    """A typeface: its family without weight and slant, and what the name, the flags and the weight say of it."""

    family: str
    bold: bool
    italic: bool
    symbol: bool


@dataclass(slots=True)
class Run:
    """Text in one type on one baseline. ``y`` is the baseline, counted downwards; ``size`` is in points."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    face: Face
    joined: bool = False
    """Whether the text layer has neither a space nor a line break between the run before and this one."""
    struck: bool = False
    """Whether a rule goes through the words."""


class LeftOut(NamedTuple):
    """Words of the text layer that are not in the runs: why (``invisible``, ``ground``, ``covered``, ``clipped``,
    ``layer``, ``outside``, ``tiny``, ``turned``), and the words."""

    why: str
    words: str


@dataclass(slots=True)
class PageText:
    """What one page holds: its runs in the order of the text layer, its size in points, and what was left out."""

    number: int
    width: float
    height: float
    runs: list[Run]
    dots: list[tuple[float, float, float]] = field(default_factory=list)
    """Small drawn shapes, such as bullets: left and right edge, and the height of their middle."""
    left_out: list[LeftOut] = field(default_factory=list)
    unmapped: int = 0
    pictures: int = 0
    recognised: str = ""
    """Who read the runs from the page's picture: ``here`` (Tesseract), ``file`` (the file's own layer), or nobody."""
    unseen: int = 0
    """Letters in the runs that are painted invisible after others, which may be a program's mistake."""
    silent: int = 0
    """Pieces of text on a page without a readable letter: its fonts name none."""
    upright_columns: bool = False
    """Whether those pieces stand below one another in columns, as East Asian text does that is read downwards."""
    downwards: bool = False
    """Whether the page is read in columns, and its runs and size are turned for it."""
    lying: list[str] = field(default_factory=list)
    """Words whose letters are drawn as others than the text layer says."""
    fields: list[str] = field(default_factory=list)
    """The names of the filled form fields and notes that were read into the runs."""
    tables: list[tuple[tuple[float, ...], tuple[float, ...]]] = field(default_factory=list)
    """The ruled tables: the places of their upright rules, and of their level rules."""


def is_cjk(char: str) -> bool:
    """Whether a character belongs to East Asian text, where lines join without a space."""
    code = ord(char)
    return (
        0x3000 <= code <= 0x303F
        or 0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
    )


def char_of(code: int) -> str:
    """Return the character of a code point, U+FFFD where there is none."""
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def clean(text: str) -> str:
    """Undo what a text layer adds: control characters, ligatures, doubled spaces, hyphens inside of a run."""
    text = text.replace("\x02", HYPHEN).replace("\ufffe", HYPHEN).translate(_LIGATURES)
    text = _CONTROLS.sub("", text)
    if HYPHEN in text[:-1]:
        text = text[:-1].replace(HYPHEN, "-") + text[-1]
    if "  " in text or "\t" in text or "\n" in text:
        text = re.sub(r"[ \t\r\n]+", " ", text)
    return text


def face_of(raw: Any, shown: Any) -> Face:
    """Read the name, flags and weight of a text object's font; bold and italic are taken from any of the three."""
    font = raw.FPDFTextObj_GetFont(shown) if shown else None
    if not font:
        return Face("", False, False, False)
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))
    flags = raw.FPDFFont_GetFlags(font)
    weight = raw.FPDFFont_GetWeight(font)
    bold = bool(_BOLD.search(name)) or weight >= 600 or bool(flags > 0 and flags & _FORCE_BOLD and "old" in name)
    italic = bool(_ITALIC.search(name)) or bool(flags > 0 and flags & _ITALIC_FLAG)
    family = re.split(r"[-,]", name)[0]
    return Face(family, bold, italic, bool(_SYMBOL.search(name)))

"""From a PDF page to runs: stretches of text in one type on one baseline, as pdfium's text layer holds them.

The words are pdfium's, character for character; only what a text layer adds (control characters, ligature code
points, doubled spaces) is undone. Positions are in points from the top left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, cast

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


@dataclass(slots=True)
class PageText:
    """What one page holds: its runs in the order of the text layer, its size in points, and what was left out."""

    number: int
    width: float
    height: float
    runs: list[Run]
    dots: list[tuple[float, float, float]] = field(default_factory=list)
    """Small drawn shapes, such as bullets: left and right edge, and the height of their middle."""
    turned: int = 0
    unmapped: int = 0
    pictures: int = 0
    recognised: bool = False
    """Whether the runs were read from the page's picture."""


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


def read_page(page: Any, number: int) -> PageText:
    """Read the runs of one pdfium page (``pypdfium2.PdfPage``); ``number`` counts from 1.

    Text that is not level with the page (margin text, watermarks) is left out and counted in ``turned``. A page most of
    whose text stands on its side is read from that side.
    """
    import pypdfium2.raw as raw

    turn = page.get_rotation()
    crop = page.get_cropbox()
    textpage = page.get_textpage()
    found = _blank(number, crop, turn)
    try:
        count = raw.FPDFText_CountChars(textpage.raw)
        if count > 0:
            reader = _Reader(raw, textpage.raw, count, crop, turn, found)
            reader.read()
            if found.turned > 40 and found.turned > 2 * sum(len(run.text) for run in found.runs):
                turn = max(reader.angles, key=lambda angle: (reader.angles[angle], -angle))
                found = _blank(number, crop, turn)
                _Reader(raw, textpage.raw, count, crop, turn, found).read()
        if found.runs:
            found.dots = _dots(raw, page, crop, turn)
        else:
            found.pictures = sum(
                1 for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3) if item is not None
            )
    finally:
        textpage.close()
    return found


def _blank(number: int, crop: tuple[float, float, float, float], turn: int) -> PageText:
    left, bottom, right, top = crop
    width, height = (top - bottom, right - left) if turn in (90, 270) else (right - left, top - bottom)
    return PageText(number, width, height, [])


class _Reader:
    """Walks one text page and collects its runs."""

    def __init__(
        self,
        raw: Any,
        textpage: Any,
        count: int,
        crop: tuple[float, float, float, float],
        turn: int,
        found: PageText,
    ) -> None:
        self.raw, self.textpage, self.count = raw, textpage, count
        self.crop, self.turn, self.found = crop, turn, found
        self.faces: dict[int, Face] = {}
        self.angles: Counter[int] = Counter({turn: 0})
        self.calls = _calls(raw)
        self.page = ctypes.cast(textpage, ctypes.c_void_p).value
        self.origin, self.matrix_of, self.font_size = self.calls.origin, self.calls.matrix, self.calls.font_size
        self.font, self.loose_box = self.calls.font, self.calls.loose_box
        self.left, self.top = crop[0], crop[3]
        # what the functions write into, as arrays: read in a third of the time of a field of a structure
        self.x, self.y = array("d", [0.0]), array("d", [0.0])
        self.matrix = array("f", [0.0] * (ctypes.sizeof(raw.FS_MATRIX) // 4))  # a b c d e f
        self.box = array("f", [0.0] * (ctypes.sizeof(raw.FS_RECTF) // 4))  # left top right bottom
        self.x_at, self.y_at = self.x.buffer_info()[0], self.y.buffer_info()[0]
        self.matrix_at, self.box_at = self.matrix.buffer_info()[0], self.box.buffer_info()[0]

    def read(self) -> None:
        text = self._text()
        objects = self._objects()
        runs = self.found.runs
        start, size = 0, len(text)
        broken = True
        before: Run | None = None
        while start < size:
            key = objects[start]
            if not key:
                broken = True
                start += 1
                continue
            end = start + 1
            while end < size and objects[end] == key:
                end += 1
            words = text[start:end]
            first, last = start, end - 1
            if words[0] <= " " or words[-1] <= " " or not words.isalnum():
                while first < last and text[first].isspace():
                    first += 1
                while last > first and text[last].isspace():
                    last -= 1
                if text[first].isspace():
                    broken = True
                    start = end
                    continue
                words = text[first : last + 1]
            run = self._run(words, first, last, key)
            if run is not None:
                run.joined = glued = not broken and first == start
                if before is not None and self._continues(before, run, text, start, glued):
                    before.text += run.text if glued else " " + run.text
                    before.x1 = run.x1
                else:
                    runs.append(run)
                    before = run
            broken = last < end - 1
            start = end
        for run in runs:
            run.text = _clean(run.text)
        self.found.unmapped = text.count("\ufffd")

    def _continues(self, before: Run, run: Run, text: str, start: int, glued: bool) -> bool:
        if before.face is not run.face or abs(before.y - run.y) > 0.3 or abs(before.size - run.size) > 0.2:
            return False
        gap = run.x0 - before.x1
        if not -0.5 * run.size < gap < 0.9 * run.size:
            return False
        if glued:
            return gap < GLUED * run.size
        left, right = before.text[-1], run.text[0]
        if (left >= "\u3000" and is_cjk(left)) or (right >= "\u3000" and is_cjk(right)):
            return False
        return text[start - 1] != "\n"

    def _text(self) -> str:
        raw = self.raw
        buffer = (ctypes.c_ushort * (self.count + 1))()
        got = raw.FPDFText_GetText(self.textpage, 0, self.count, buffer)
        if got == self.count + 1:
            words = bytes(buffer).decode("utf-16-le", "surrogatepass")[: self.count]
            if len(words) == self.count:
                return words
        unicode = raw.FPDFText_GetUnicode
        return "".join(_char(unicode(self.textpage, index)) for index in range(self.count))

    def _objects(self) -> list[int]:
        """The address of the text object that shows each character, or 0 where the text layer made it up."""
        find, page = self.calls.text_object, self.page
        return [find(page, index) or 0 for index in range(self.count)]

    def _run(self, text: str, first: int, last: int, key: int) -> Run | None:
        page = self.page
        if not self.origin(page, first, self.x_at, self.y_at):
            return None
        self.matrix_of(page, first, self.matrix_at)
        a, b, c, d, _, _ = self.matrix
        size = self.font_size(page, first) * (abs(d) if not c else math.hypot(c, d))
        font = self.font(key) or 0
        face = self.faces.get(font)
        if face is None:
            face = self.faces[font] = _face(self.raw, self.raw.FPDFText_GetTextObject(self.textpage, first))
        self.loose_box(page, last, self.box_at)
        if self.turn == 0:
            x, y = self.x[0] - self.left, self.top - self.y[0]
            end = self.box[2] - self.left
            level = a > 0 and abs(b) < 0.05 * a
        else:
            x, y = _place(self.x[0], self.y[0], self.crop, self.turn)
            left, top, right, bottom = self.box
            end = max(_place(*corner, self.crop, self.turn)[0] for corner in ((left, bottom), (right, top)))
            angle = math.degrees(math.atan2(b, a)) - self.turn
            level = abs((angle + 180) % 360 - 180) < 3
        if not level:
            self.found.turned += len(text)
            quarter = math.degrees(math.atan2(b, a)) / 90
            if abs(quarter - round(quarter)) < 0.04:
                self.angles[round(quarter) % 4 * 90] += len(text)
            return None
        if size < 0.5 or x < -2 or y < -2 or x > self.found.width + 2 or y > self.found.height + 2:
            return None
        return Run(text, x, max(end, x), y, size, face)


def _place(x: float, y: float, crop: tuple[float, float, float, float], turn: int) -> tuple[float, float]:
    """Turn a place in the page's own space into points from the top left corner as shown."""
    left, bottom, right, top = crop
    if turn == 90:
        return y - bottom, x - left
    if turn == 180:
        return right - x, y - bottom
    if turn == 270:
        return top - y, right - x
    return x - left, top - y


def _dots(raw: Any, page: Any, crop: tuple[float, float, float, float], turn: int) -> list[tuple[float, float, float]]:
    """Find the drawn shapes of a page that are as small and as round (or square) as a bullet."""
    calls = _calls(raw)
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    edges = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.addressof(edge) for edge in edges]
    found: list[tuple[float, float, float]] = []
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        shape = calls.page_object(handle, index)
        if not shape or calls.object_type(shape) != raw.FPDF_PAGEOBJ_PATH or not calls.bounds(shape, *places):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        wide, high = right - left, top - bottom
        if 1 < wide < 9 and 0.6 < wide / max(high, 0.1) < 1.6:
            (x0, y0), (x1, y1) = _place(left, bottom, crop, turn), _place(right, top, crop, turn)
            found.append((min(x0, x1), max(x0, x1), (y0 + y1) / 2))
    return found


def _char(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def _clean(text: str) -> str:
    text = text.replace("\x02", HYPHEN).replace("\ufffe", HYPHEN).translate(_LIGATURES)
    text = _CONTROLS.sub("", text)
    if HYPHEN in text[:-1]:
        text = text[:-1].replace(HYPHEN, "-") + text[-1]
    if "  " in text or "\t" in text or "\n" in text:
        text = re.sub(r"[ \t\r\n]+", " ", text)
    return text


class _Calls(NamedTuple):
    """pdfium's functions that are called for every character or run, with plain addresses for arguments."""

    text_object: Callable[..., Any]
    origin: Callable[..., Any]
    matrix: Callable[..., Any]
    font_size: Callable[..., Any]
    loose_box: Callable[..., Any]
    font: Callable[..., Any]
    page_object: Callable[..., Any]
    object_type: Callable[..., Any]
    bounds: Callable[..., Any]


@cache
def _calls(raw: Any) -> _Calls:
    """Bind the hot functions anew: an argument that is an address costs half of one that is a typed pointer."""
    address, number = ctypes.c_void_p, ctypes.c_int

    def bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
        where = ctypes.cast(getattr(raw, name), address).value
        return cast("Callable[..., Any]", ctypes.PYFUNCTYPE(result, *arguments)(where or 0))

    return _Calls(
        bind("FPDFText_GetTextObject", address, address, number),
        bind("FPDFText_GetCharOrigin", number, address, number, address, address),
        bind("FPDFText_GetMatrix", number, address, number, address),
        bind("FPDFText_GetFontSize", ctypes.c_double, address, number),
        bind("FPDFText_GetLooseCharBox", number, address, number, address),
        bind("FPDFTextObj_GetFont", address, address),
        bind("FPDFPage_GetObject", address, address, number),
        bind("FPDFPageObj_GetType", number, address),
        bind("FPDFPageObj_GetBounds", number, address, address, address, address, address),
    )


def _face(raw: Any, shown: Any) -> Face:
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

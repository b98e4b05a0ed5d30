"""From a pdfium page to its runs: a walk over the text layer, with what the page does not show left out and told."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import compress, groupby, repeat
from typing import Any

from polidiff.readers.pdf.calls import Address, address, calls_of, handle_of
from polidiff.readers.pdf.chars import GLUED, Face, LeftOut, PageText, Run, char_of, clean, face_of, is_cjk
from polidiff.readers.pdf.downwards import turn_columns
from polidiff.readers.pdf.drawn import Crop, drawn_on, in_columns, placed, struck_by_notes, text_places
from polidiff.readers.pdf.drop_caps import with_initials
from polidiff.readers.pdf.forms import add_filled
from polidiff.readers.pdf.letters import lying_words, shapes_of
from polidiff.readers.pdf.overprint import printed_once
from polidiff.readers.pdf.ruled import Walls, boxed_rows, ruled_tables
from polidiff.readers.pdf.shown import Doubtful, Looks, keep_shown, struck_and_seen
from polidiff.readers.pdf.spread import with_spread_words
from polidiff.readers.pdf.struck import Strikes
from polidiff.readers.pdf.tilted import MOST_TILT, straightened

_LEAST_SIZE = 0.5
"""Type size in points below which nobody can read words."""


def read_page(page: Any, number: int, *, layers: bool = False) -> PageText:
    """Read the runs of one pdfium page (``pypdfium2.PdfPage``); ``number`` counts from 1.

    Text that is not level with the page (margin text, watermarks) and text that the page does not show are left out and
    listed in ``left_out``. A page most of whose text stands on its side is read from that side. ``layers`` says that
    the file has layers, which may be switched off.
    """
    import pypdfium2.raw as raw

    turn = page.get_rotation()
    crop = page.get_cropbox()
    textpage = page.get_textpage()
    found = _blank(number, crop, turn)
    try:
        count = raw.FPDFText_CountChars(textpage.raw)
        if count > 0:
            reader = _Reader(raw, page, textpage.raw, count, crop, turn, found, layers)
            reader.read()
            turned = sum(len(left.words) for left in found.left_out if left.why == "turned")
            if turned > 40 and turned > 2 * sum(len(run.text) for run in found.runs):
                turn = max(reader.angles, key=lambda angle: (reader.angles[angle], -angle))
                found = _blank(number, crop, turn)
                reader = _Reader(raw, page, textpage.raw, count, crop, turn, found, layers)
                reader.read()
            upright = turn == page.get_rotation()
            if reader.strikes.near(found.runs):
                found = reader.found = _blank(number, crop, turn)
                reader.read(cut=True)
                if upright:
                    struck_and_seen(page, found, [rule.y for rule in reader.strikes.rules])
            found.runs = with_initials(printed_once(found.runs))
            found.lying = lying_words(reader.text, shapes_of(textpage.raw, reader.calls, reader.objects))
            found.dots = reader.drawn.dots
            tables = ruled_tables(reader.drawn.rules, reader.drawn.uprights, found.runs)
            tables = tables or boxed_rows(reader.looks.filled(), found.runs)
            found.tables = [(one.xs, one.ys) for one in tables]
        else:
            places = text_places(raw, page)
            found.silent, found.upright_columns = len(places), in_columns(places)
        add_filled(raw, page, found, crop, turn)
        turn_columns(found)
        if not found.runs:
            found.pictures = sum(
                1 for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3) if item is not None
            )
    finally:
        textpage.close()
    return found


def _blank(number: int, crop: Crop, turn: int) -> PageText:
    left, bottom, right, top = crop
    width, height = (top - bottom, right - left) if turn in (90, 270) else (right - left, top - bottom)
    return PageText(number, width, height, [])


def _tilt(a: float, b: float, turn: int) -> float:
    """Degrees by which words climb from the level of the page as shown."""
    return (math.degrees(math.atan2(b, a)) - turn + 180) % 360 - 180


def _apart(left: str, right: str, between: str) -> bool:
    """Whether a space may stand for what the text layer has between two characters: no line break, no East Asian."""
    if (left >= "\u3000" and is_cjk(left)) or (right >= "\u3000" and is_cjk(right)):
        return False
    return between != "\n"


class _Reader:
    """Walks one text page and collects its runs."""

    def __init__(
        self,
        raw: Any,
        sheet: Any,
        textpage: Any,
        count: int,
        crop: Crop,
        turn: int,
        found: PageText,
        layers: bool,
    ) -> None:
        self.raw, self.sheet, self.textpage, self.count = raw, sheet, textpage, count
        self.crop, self.turn, self.found = crop, turn, found
        self.faces: dict[int, Face] = {}
        self.angles: Counter[int] = Counter({turn: 0})
        self.calls = calls_of(raw)
        self.page = handle_of(textpage)
        self.origin, self.matrix_of, self.font_size = self.calls.origin, self.calls.matrix, self.calls.font_size
        self.font, self.loose_box = self.calls.font, self.calls.loose_box
        self.left, self.top = crop[0], crop[3]
        # what the functions write into, as arrays: read in a third of the time of a field of a structure
        self.x, self.y = array("d", [0.0]), array("d", [0.0])
        self.matrix = array("f", [0.0] * (ctypes.sizeof(raw.FS_MATRIX) // 4))  # a b c d e f
        self.box = array("f", [0.0] * (ctypes.sizeof(raw.FS_RECTF) // 4))  # left top right bottom
        self.x_at, self.y_at = address(self.x.buffer_info()[0]), address(self.y.buffer_info()[0])
        self.matrix_at, self.box_at = address(self.matrix.buffer_info()[0]), address(self.box.buffer_info()[0])

        self.tilted: list[tuple[float, Run]] = []
        self.text = self._text()
        self.objects = self._objects()
        self.wide = with_spread_words(self.text, self.objects, partial(self._edges, 0))
        self.drawn = drawn_on(raw, sheet, crop, turn, frozenset(filter(None, self.objects)))
        self.walls = Walls(self.drawn.uprights)
        self.looks = Looks(raw, sheet, self.calls, self.drawn, layers)
        self.strikes = Strikes([*self.drawn.rules, *struck_by_notes(raw, sheet, crop, turn)])

    def read(self, cut: bool = False) -> None:
        """Fill ``found``; with ``cut`` runs are cut where a rule goes through them."""
        runs = self.found.runs
        before: Run | None = None
        parts: Sequence[Run]
        doubtful: list[Doubtful] = []
        shows = self.looks.surely()
        goes_on = self._follower(shows) if not self.turn and not cut else None
        for words, start, first, last, key, joined in self._stretches():
            if goes_on is not None and before is not None and goes_on(before, words, start, first, last, key, joined):
                continue
            run = self._run(words, first, last, key)
            if run is None:
                continue
            run.joined = joined
            why = "" if shows(address(key)) else self.looks.why_not(key, run)
            why = why or self.looks.clipped(key, run, self.crop, self.turn)
            if why:
                doubtful.append(Doubtful(len(runs), run, why, key))
                before, parts = None, ()
            else:
                parts = self.strikes.cut(run, partial(self._edges, first)) if cut else (run,)
            for part in parts:
                if before is not None and self._continues(before, part, start):
                    before.text += part.text if part.joined else " " + part.text
                    before.x1 = part.x1
                else:
                    runs.append(part)
                    before = part
        if cut:
            self.strikes.settle()
        runs.extend(straightened(self.tilted))
        if doubtful:
            keep_shown(self.sheet, self.found, doubtful, self.looks, self.turn == self.sheet.get_rotation())
        for run in runs:
            run.text = clean(run.text)
        self.found.unmapped = self.text.count("\ufffd")

    def _stretches(self) -> Iterator[tuple[str, int, int, int, int, bool]]:
        """Yield the words that each text object shows, without white space about them: the words, where the object
        starts, their first and last character, the object's address, and whether nothing parts them from those before.
        """
        text, end, broken = self.text, 0, True
        for key, group in groupby(self.wide):
            start = end
            end += len(list(group))
            if not key:
                broken = True
                continue
            words = text[start:end]
            if self.wide is not self.objects:
                words = "".join(compress(words, self.objects[start:end]))
            first, last = start, end - 1
            if not words.isalnum():
                bare = words.strip()
                if not bare:
                    broken = True
                    continue
                first += len(words) - len(words.lstrip())
                last, words = first + len(bare) - 1, bare
            yield words, start, first, last, key, not broken and first == start
            broken = last < end - 1

    def _follower(self, shows: Callable[[Address], bool]) -> Callable[[Run, str, int, int, int, int, bool], bool]:
        """Return what puts words behind those of a run on an upright page, where they surely go on with it: as
        :meth:`_run` and :meth:`_continues` do, without a run for each of the words.
        """
        origin, matrix_of, font_size, loose_box, _, font = self.calls[1:7]
        page, text, place, level, matrix, box = self.page, self.text, self.x, self.y, self.matrix, self.box
        x_at, y_at, matrix_at, box_at = self.x_at, self.y_at, self.matrix_at, self.box_at
        left, top, width, height, faces = self.left, self.top, self.found.width, self.found.height, self.faces
        walls = self.walls

        def goes_on(before: Run, words: str, start: int, first: int, last: int, key: int, joined: bool) -> bool:
            if not origin(page, first, x_at, y_at):
                return False
            x, y = place[0] - left, top - level[0]
            if not (-0.3 <= before.y - y <= 0.3 and -2 <= x <= width + 2 and -2 <= y <= height + 2):
                return False
            matrix_of(page, first, matrix_at)
            a, b, c, d, _, _ = matrix
            size = font_size(page, first) * (abs(d) if not c else math.hypot(c, d))
            gap, shape = x - before.x1, address(key)
            if (
                size < _LEAST_SIZE
                or not -0.2 <= before.size - size <= 0.2
                or not (a > 0 and -0.05 * a < b < 0.05 * a)
                or not -0.5 * size < gap < (GLUED if joined else 0.9) * size
                or faces.get(font(shape) or 0) is not before.face
                or not (joined or _apart(before.text[-1], words[0], text[start - 1]))
                or not shows(shape)
                or (walls and not joined and walls.part(before.x1, x, y - 0.3 * size))
            ):
                return False
            loose_box(page, last, box_at)
            end = box[2] - left
            before.text += words if joined else " " + words
            before.x1 = end if end > x else x
            return True

        return goes_on

    def _edges(self, first: int, index: int) -> tuple[float, float]:
        """The left and right edge, as shown, of the character ``index`` after ``first``."""
        self.loose_box(self.page, first + index, self.box_at)
        left, top, right, bottom = self.box
        ends = [placed(*corner, self.crop, self.turn)[0] for corner in ((left, bottom), (right, top))]
        return min(ends), max(ends)

    def _continues(self, before: Run, run: Run, start: int) -> bool:
        if before.struck != run.struck or before.face is not run.face:
            return False
        if abs(before.y - run.y) > 0.3 or abs(before.size - run.size) > 0.2:
            return False
        gap = run.x0 - before.x1
        if not -0.5 * run.size < gap < 0.9 * run.size:
            return False
        if run.joined:
            return gap < GLUED * run.size
        if self.walls and self.walls.part(before.x1, run.x0, run.y - 0.3 * run.size):
            return False
        return _apart(before.text[-1], run.text[0], self.text[start - 1])

    def _text(self) -> str:
        raw = self.raw
        buffer = (ctypes.c_ushort * (self.count + 1))()
        got = raw.FPDFText_GetText(self.textpage, 0, self.count, buffer)
        if got == self.count + 1:
            words = bytes(buffer).decode("utf-16-le", "surrogatepass")[: self.count]
            if len(words) == self.count:
                return words
        unicode = raw.FPDFText_GetUnicode
        return "".join(char_of(unicode(self.textpage, index)) for index in range(self.count))

    def _objects(self) -> list[int | None]:
        """The address of the text object that shows each character, or None where the text layer made it up."""
        return list(map(self.calls.text_object, repeat(self.page), range(self.count)))

    def _run(self, text: str, first: int, last: int, key: int) -> Run | None:
        page, found, place = self.page, self.found, self.x
        if not self.origin(page, first, self.x_at, self.y_at):
            return None
        self.matrix_of(page, first, self.matrix_at)
        a, b, c, d, _, _ = self.matrix
        size = self.font_size(page, first) * (abs(d) if not c else math.hypot(c, d))
        font = self.font(address(key)) or 0
        face = self.faces.get(font)
        if face is None:
            face = self.faces[font] = face_of(self.raw, self.raw.FPDFText_GetTextObject(self.textpage, first))
        self.loose_box(page, last, self.box_at)
        if not self.turn:
            x, y = place[0] - self.left, self.top - self.y[0]
            end = self.box[2] - self.left
            level = a > 0 and -0.05 * a < b < 0.05 * a
        else:
            x, y = placed(place[0], self.y[0], self.crop, self.turn)
            left, top, right, bottom = self.box
            end = max(placed(*corner, self.crop, self.turn)[0] for corner in ((left, bottom), (right, top)))
            angle = math.degrees(math.atan2(b, a)) - self.turn
            level = abs((angle + 180) % 360 - 180) < 3
        if not level and abs(tilt := _tilt(a, b, self.turn)) <= MOST_TILT:
            self.tilted.append((tilt, Run(text, x, end if end > x else x, y, size, face)))
            return None
        if level and size >= _LEAST_SIZE and -2 <= x <= found.width + 2 and -2 <= y <= found.height + 2:
            return Run(text, x, end if end > x else x, y, size, face)
        self._leave_out(text, "turned" if not level else "tiny" if size < _LEAST_SIZE else "outside", (a, b))
        return None

    def _leave_out(self, text: str, why: str, way: tuple[float, float]) -> None:
        """Note words that are no run; ``way`` is the direction in which they are set."""
        self.found.left_out.append(LeftOut(why, text))
        quarter = math.degrees(math.atan2(way[1], way[0])) / 90
        if why == "turned" and abs(quarter - round(quarter)) < 0.04:
            self.angles[round(quarter) % 4 * 90] += len(text)

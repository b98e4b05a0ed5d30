"""Words that the page does not show: told by how they are painted, and looked at on the page's picture where in doubt.

Invisible words over a picture, or over drawn letters, are what a recognition program read there: they stay, and the
page says so. Where a page's words turn invisible and stay so to its end, the first of them is left out; those after it
may only lack the order that ends it, which programs forget: they stay, too, and the page is in doubt.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from polidiff.readers.pdf.calls import Address, Calls, address
from polidiff.readers.pdf.chars import LeftOut, PageText, Run
from polidiff.readers.pdf.drawn import Area, Crop, Drawn, order_of, placed

_PALE = 235
"""Least of red, green and blue (0..255) from which paint may be taken for the paper's."""
_STEP = 8
"""Steps of red, green and blue (0..255) that nobody tells apart on one page."""
_PLATE = 8.0
"""Points that a filled shape is wide and high, at least, to hold words of its colour."""
_FAINT = 16
"""Opacity (0..255) below which paint is not seen."""
_CONTRAST = 24
"""Steps of grey (0..255) between the darkest and the lightest point of words that can be seen."""
_DOTS = 1.5
"""Points of the picture an inch of 72: at 108 an inch the strokes of small type are a point wide."""
_MOST_DOTS = 6_000_000
_SHARE = 0.5
"""Share of the page that a picture covers that may be a scan, the words behind it recognised."""
_SCANNED = 200
"""Letters behind a picture from which the page is taken for a scan."""
_PATHS, _CORNERS = 8, 12
"""Paths of a clip, and corners of a path, that are looked at."""
_OVER = 0.5
"""Type sizes between two baselines under which words lie over one another."""
_GAP = 1.5
"""Points beside other words that are not looked at."""
_RULE = 2.0
"""Points above and below the middle of a rule that may show it."""
_INVISIBLE_MODES = frozenset((3, 7))


class Doubtful(NamedTuple):
    """A run that the page may not show: its place among the runs, why not, and the address of its text object."""

    at: int
    run: Run
    why: str
    shape: int


class Looks:
    """How the text objects of one page are painted."""

    def __init__(self, raw: Any, page: Any, calls: Calls, drawn: Drawn, layers: bool) -> None:
        self.raw, self.calls, self.drawn, self.layers = raw, calls, drawn, layers
        self._page = page
        self._point = (ctypes.c_float(), ctypes.c_float())
        self._paint = array("I", [0, 0, 0, 0])
        start = self._paint.buffer_info()[0]
        self._places = [address(start + index * self._paint.itemsize) for index in range(4)]
        self._mode, self._fill = calls.render_mode, calls.fill
        self._late = [area for area in drawn.areas if area.order > drawn.first and self._opaque(area)]

    @cached_property
    def order(self) -> dict[int, int]:
        """How many objects are drawn before each."""
        return order_of(self.raw, self._page)

    def surely(self) -> Callable[[Address], bool]:
        """Return a test of text objects, as quick as it can be: whether the page surely shows one."""
        if self._late or self.layers:
            return lambda shape: False
        mode, fill, paint, plates = self._mode, self._fill, self._paint, self._plates
        red, green, blue, opacity = self._places

        def shows(shape: Address) -> bool:
            return not mode(shape) and (
                not fill(shape, red, green, blue, opacity) or (paint[0] < _PALE and paint[3] >= _FAINT)
            )

        def shows_on_plates(shape: Address) -> bool:
            return shows(shape) and not (fill(shape, red, green, blue, opacity) and _shade(paint) in plates)

        return shows_on_plates if plates else shows

    def why_not(self, shape: int, run: Run) -> str:
        """Return why the page may not show ``run`` of the text object ``shape``; nothing where it surely does."""
        mode = self._mode(address(shape))
        if mode in _INVISIBLE_MODES:
            return "invisible"
        if mode != 1 and self.pale(shape):
            return "ground"
        if mode != 1 and self._plates and self._on_its_colour(shape, run):
            return "plate"
        if self.layers and self.calls.marks(address(shape)) and self._layered(shape):
            return "layer"
        if self._late:
            order = self.order.get(shape, 1 << 30)
            y = run.y - 0.3 * run.size
            if any(one.order > order and one.holds(run.x0, y) and one.holds(run.x1, y) for one in self._late):
                return "covered"
        return ""

    def clipped(self, shape: int, run: Run, crop: Crop, turn: int) -> str:
        """Return ``clipped`` where ``run`` of a text object lies wholly outside of a path to which it is clipped.

        An object in a form, whose space may be another than the page's, may only be so: ``covered``.
        """
        raw = self.raw
        clip = raw.FPDFPageObj_GetClipPath(ctypes.cast(shape, raw.FPDF_PAGEOBJECT))
        for path in range(min(raw.FPDFClipPath_CountPaths(clip), _PATHS) if clip else 0):
            count = raw.FPDFClipPath_CountPathSegments(clip, path)
            corners = []
            for index in range(count if count <= _CORNERS else 0):
                segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
                if raw.FPDFPathSegment_GetPoint(segment, *self._point):
                    corners.append(placed(self._point[0].value, self._point[1].value, crop, turn))
            if corners and _apart(run, corners):
                return "clipped" if shape in self.order else "covered"
        return ""

    def pale(self, shape: int) -> bool:
        """Return whether the paint of a text object may be taken for the paper's."""
        paint = self._paint
        if not self._fill(address(shape), *self._places) or (paint[0] < _PALE and paint[3] >= _FAINT):
            return False
        red, green, blue, opacity = paint
        return opacity < _FAINT or min(red, green, blue) >= _PALE

    @cached_property
    def _plates(self) -> frozenset[tuple[int, int, int]]:
        """The colours of the filled shapes of the page that are not pale, in steps."""
        return frozenset(_shade(self._paint) for area in self.drawn.areas if self._tinted(area))

    def _tinted(self, area: Area) -> bool:
        wide = area.x1 - area.x0 > _PLATE and area.y1 - area.y0 > _PLATE
        return wide and self._filled(area) and min(self._paint[:3]) < _PALE

    def _on_its_colour(self, shape: int, run: Run) -> bool:
        """Whether ``run`` stands on a filled shape of the colour in which it is painted itself."""
        if not self._fill(address(shape), *self._places) or (own := _shade(self._paint)) not in self._plates:
            return False
        order = self.order.get(shape, 1 << 30)
        x, y = (run.x0 + run.x1) / 2, run.y - 0.3 * run.size
        under = [area for area in self.drawn.areas if area.order < order and area.holds(x, y) and self._tinted(area)]
        return bool(under) and self._tinted(under[-1]) and _shade(self._paint) == own

    def _layered(self, shape: int) -> bool:
        """Whether one of the text object's marks puts it on a layer."""
        handle = ctypes.cast(shape, self.raw.FPDF_PAGEOBJECT)
        name, size = (ctypes.c_ushort * 4)(), ctypes.c_ulong()
        for index in range(self.calls.marks(address(shape))):
            mark = self.raw.FPDFPageObj_GetMark(handle, index)
            if self.raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), size) and bytes(name[:2]) == b"OC":
                return True
        return False

    def _opaque(self, area: Area) -> bool:
        """Whether a picture or a filled shape hides what is drawn before it."""
        handle = ctypes.cast(area.shape, self.raw.FPDF_PAGEOBJECT)
        if self.raw.FPDFPageObj_HasTransparency(handle):
            return False
        return area.kind == self.raw.FPDF_PAGEOBJ_IMAGE or self._filled(area)

    def filled(self) -> list[Area]:
        """Return the filled shapes of the page."""
        return [area for area in self.drawn.areas if self._filled(area)]

    def _filled(self, area: Area) -> bool:
        if area.kind != self.raw.FPDF_PAGEOBJ_PATH:
            return False
        handle = ctypes.cast(area.shape, self.raw.FPDF_PAGEOBJECT)
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        if not self.raw.FPDFPath_GetDrawMode(handle, mode, stroke) or not mode.value:
            return False
        return not self._fill(address(area.shape), *self._places) or self._paint[3] > 200

    def on_dark(self, run: Run, shape: int) -> bool:
        """Whether a picture, a shading or a shape that is not pale lies behind ``run``."""
        order = self.order.get(shape, 1 << 30)
        x, y = (run.x0 + run.x1) / 2, run.y - 0.3 * run.size
        for area in self.drawn.areas:
            if area.order < order and area.holds(x, y):
                if area.kind in (self.raw.FPDF_PAGEOBJ_IMAGE, self.raw.FPDF_PAGEOBJ_SHADING):
                    return True
                if self._filled(area) and min(self._paint[:3]) < _PALE:
                    return True
        return False


def _shade(paint: Sequence[int]) -> tuple[int, int, int]:
    """A colour in steps that cannot be told apart."""
    return paint[0] // _STEP, paint[1] // _STEP, paint[2] // _STEP


def _apart(run: Run, corners: Sequence[tuple[float, float]]) -> bool:
    """Whether the letters of a run and the rectangle around ``corners`` have no point in common."""
    across, down = [x for x, _ in corners], [y for _, y in corners]
    level = max(across) < run.x0 or min(across) > run.x1
    return level or max(down) < run.y - 0.7 * run.size or min(down) > run.y


def keep_shown(page: Any, found: PageText, doubtful: Sequence[Doubtful], looks: Looks, upright: bool) -> None:
    """Put those of the doubtful runs that the page shows back in their places, and list the others as left out.

    ``upright`` says that the runs are placed as the page is shown, so that its picture can be asked.
    """
    kept: list[Doubtful] = []
    asked: list[Doubtful] = []
    gone: list[Doubtful] = []
    behind = _behind_scan(found, doubtful, looks)
    for one in doubtful:
        scanned = one.why == "invisible" and _on_picture(page, one.run, looks)
        if scanned or (behind and one.why == "covered"):
            kept.append(one)
            found.recognised = "file"
        elif one.why == "clipped":
            gone.append(one)
        elif one.why == "ground" and looks.on_dark(one.run, one.shape):
            kept.append(one)
        else:
            asked.append(one)
    sure = [*found.runs, *(one.run for one in kept)]
    seen = _seen(page, [one.run for one in asked], others=sure) if asked and upright else [True] * len(asked)
    carried = False
    for one, shows in zip(asked, seen, strict=True):
        invisible = one.why == "invisible"
        if shows:
            kept.append(one)
            found.recognised = "file" if invisible else found.recognised
        elif invisible and carried and one.at == len(found.runs) and not looks.pale(one.shape):
            kept.append(one)
            found.unseen += len(one.run.text)
        else:
            gone.append(one)
            carried = carried or (invisible and 0 < one.at == len(found.runs))
    for one in sorted(kept, key=lambda one: one.at, reverse=True):
        found.runs.insert(one.at, one.run)
    found.left_out.extend(LeftOut("ground" if one.why == "plate" else one.why, one.run.text) for one in gone)


def _on_picture(page: Any, run: Run, looks: Looks) -> bool:
    raw = looks.raw
    x, y = (run.x0 + run.x1) / 2, run.y - 0.3 * run.size
    kinds = {area.kind for area in looks.drawn.areas if area.holds(x, y)}
    if raw.FPDF_PAGEOBJ_IMAGE in kinds:
        return True
    if raw.FPDF_PAGEOBJ_FORM not in kinds:
        return False
    return any(item is not None for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _behind_scan(found: PageText, doubtful: Sequence[Doubtful], looks: Looks) -> bool:
    """Whether nearly all words of a page lie behind a picture of the whole page: a program recognised them."""
    covered = [one for one in doubtful if one.why == "covered"]
    letters = sum(len(one.run.text) for one in covered)
    others = sum(len(run.text) for run in found.runs)
    if letters < _SCANNED or letters < 4 * others:
        return False
    for area in looks.drawn.areas:
        share = (area.x1 - area.x0) * (area.y1 - area.y0) / max(found.width * found.height, 1.0)
        if area.kind == looks.raw.FPDF_PAGEOBJ_IMAGE and share >= _SHARE:
            return any(area.order > looks.order.get(one.shape, 1 << 30) for one in covered)
    return False


def struck_and_seen(page: Any, found: PageText, heights: Sequence[float]) -> None:
    """Take struck runs out of ``found`` of which the page shows but the rule at one of ``heights``."""
    struck = [run for run in found.runs if run.struck]
    seen = _seen(page, struck, heights) if struck else []
    gone = {id(run) for run, shows in zip(struck, seen, strict=True) if not shows}
    found.left_out.extend(LeftOut("covered", run.text) for run in struck if id(run) in gone)
    found.runs = [run for run in found.runs if id(run) not in gone]


def _seen(page: Any, runs: Iterable[Run], rules: Sequence[float] = (), others: Sequence[Run] = ()) -> list[bool]:
    """Say of each run whether anything but rules at these heights, and but the words of ``others`` that lie over it,
    can be seen at its place on the page's picture.
    """
    width, height = page.get_size()
    scale = min(_DOTS, (_MOST_DOTS / max(width * height, 1.0)) ** 0.5)
    try:
        bitmap = page.render(scale=scale, grayscale=True)
    except ValueError:  # a page whose boxes contradict one another has no picture
        return [True for _ in runs]
    try:
        rows, stride = memoryview(bitmap.buffer).cast("B"), bitmap.stride
        found = []
        for run in runs:
            top = max(int((run.y - 0.75 * run.size) * scale), 0)
            bottom = min(int((run.y + 0.1 * run.size) * scale) + 1, bitmap.height)
            dark, light = 255, 0
            for start, end in _free(run, others):
                left, right = max(int(start * scale), 0), min(int(end * scale) + 1, bitmap.width)
                for row in range(top, bottom):
                    if any(abs(row / scale - rule) < _RULE for rule in rules):
                        continue
                    line = bytes(rows[row * stride + left : row * stride + right])
                    if line:
                        dark, light = min(dark, min(line)), max(light, max(line))
            found.append(light - dark >= _CONTRAST)
        return found
    finally:
        bitmap.close()


def _free(run: Run, others: Sequence[Run]) -> list[tuple[float, float]]:
    """The stretches of a run from edge to edge over which no other lies."""
    found, start = [], run.x0
    over = sorted(
        (o.x0, o.x1) for o in others if abs(o.y - run.y) < _OVER * run.size and o.x0 < run.x1 and o.x1 > run.x0
    )
    for left, right in [*over, (run.x1, run.x1)]:
        if left > start:
            found.append((start, min(left, run.x1) - (_GAP if left < run.x1 else 0.0)))
        start = max(start, right + _GAP)
    return [(left, right) for left, right in found if right - left >= _GAP]

"""Text recognition for the pages of a PDF that are pictures: pdfium draws them, Tesseract reads them.

Only where it is asked for (``POLIDIFF_OCR``, ``--ocr``), and with the Tesseract of the system: polidiff brings none.
``POLIDIFF_OCR`` is ``1``, or Tesseract's names of the languages (``chi_sim+eng``).
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from polidiff.processes import run_program
from polidiff.readers.pdf.chars import Face, PageText, Run, is_cjk
from polidiff.settings import settings

DPI = 300
"""Dots an inch at which a page is drawn for Tesseract: what its own guide asks for."""

MOST_PIXELS = 40_000_000
"""Pixels of one drawn page; a larger page is drawn smaller."""

PAGE_SECONDS = 90
"""Seconds that Tesseract may take for one page."""

SURE = 70.0
"""Mean confidence (0..100) of English below which a page is tried in Chinese, too."""

_SAME = 0.16
"""Share by which the measured type size of a line may differ from the page's usual one and still be it: Tesseract
measures the heights of letters, which jump with the letters that a line happens to hold."""

_SPACE = 0.2
"""Least gap, in type sizes, between two words that Tesseract parts: its boxes touch where words are set close."""

_BULLETS = frozenset("e©¢®°«»*o■●•§¤")
"""What Tesseract takes a bullet for: one of these alone, well before the words of a line, is one."""

_FACE = Face("recognised", False, False, False)


class Reading(NamedTuple):
    """The runs of one page and the mean confidence of its words, 0..100."""

    runs: list[Run]
    sure: float


def wanted() -> str:
    """Return what ``POLIDIFF_OCR`` says: nothing, ``1``, or languages."""
    return settings().ocr


def available() -> bool:
    """Return whether the system has Tesseract."""
    return shutil.which("tesseract") is not None


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that the system's Tesseract knows."""
    done = run_program(["tesseract", "--list-langs"], seconds=30)
    said = done.stdout.decode("utf-8", "replace")
    return tuple(line.strip() for line in said.splitlines()[1:] if line.strip())


def recognise(page: Any, found: PageText) -> PageText:
    """Return ``found`` with the words that Tesseract sees on the page (``pypdfium2.PdfPage``), or as it is."""
    asked = wanted()
    if not asked or not available():
        return found
    width, height = page.get_size()
    if width < 1 or height < 1:
        return found
    scale = min(DPI / 72, (MOST_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels = bitmap.to_numpy()
        picture = b"P5 %d %d 255\n" % (pixels.shape[1], pixels.shape[0]) + pixels.tobytes()
    finally:
        bitmap.close()

    def attempt(language: str) -> Reading:
        return _read(picture, language, round(scale * 72), 1 / scale)

    reading = attempt(asked) if asked.lower() not in ("1", "true", "yes", "on") else _best(attempt)
    if reading.runs:
        found.runs, found.recognised = reading.runs, "here"
    return found


def _best(attempt: Callable[[str], Reading]) -> Reading:
    known = languages()
    reading = attempt("eng") if "eng" in known else Reading([], 0.0)
    if reading.sure < SURE and "chi_sim" in known:
        other = attempt("chi_sim")  # its data knows Latin letters, too
        reading = max(reading, other, key=lambda one: one.sure)
    return reading


def _read(picture: bytes, language: str, dpi: int, points: float) -> Reading:
    command = ["tesseract", "stdin", "stdout", "-l", language, "--dpi", str(dpi), "-c", "tessedit_create_hocr=1"]
    try:
        done = run_program(command, seconds=PAGE_SECONDS, data=picture, more={"OMP_THREAD_LIMIT": "1"})
    except (OSError, subprocess.TimeoutExpired):
        return Reading([], 0.0)
    return _runs(done.stdout, points) if done.returncode == 0 else Reading([], 0.0)


def _runs(hocr: bytes, points: float) -> Reading:
    """Return the words of Tesseract's hOCR as runs. ``points`` is the size of a pixel."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(hocr, parser=parser)
    if root is None:
        return Reading([], 0.0)
    runs: list[Run] = []
    sure: list[float] = []
    for line in root.iter("{*}span"):
        facts = _facts(line)
        if "x_size" not in facts or "bbox" not in facts:
            continue
        left, _, _, bottom = facts["bbox"]
        slope, offset = facts.get("baseline", [0.0, 0.0])
        size = facts["x_size"][0] * points
        words: list[Run] = []
        for word in line.iter("{*}span"):
            said = _facts(word)
            text = " ".join("".join(map(str, word.itertext())).split())
            if "x_wconf" not in said or "bbox" not in said or not text:
                continue
            x0, _, x1, _ = said["bbox"]
            y = (bottom + offset + slope * (x0 - left)) * points
            words.append(Run(text, x0 * points, x1 * points, y, size, _FACE))
            sure.append(said["x_wconf"][0])
        if len(words) > 1 and words[0].text in _BULLETS and words[1].x0 - words[0].x1 > 0.45 * size:
            words[0].text = "•"
        for before, after in pairwise(words):
            if not (is_cjk(before.text[-1]) and is_cjk(after.text[0])):
                before.x1 = max(before.x0, min(before.x1, after.x0 - _SPACE * size))
        runs.extend(words)
    if runs:
        usual = median(run.size for run in runs for _ in run.text)
        for run in runs:
            if abs(run.size - usual) < _SAME * usual:
                run.size = usual
    return Reading(runs, sum(sure) / len(sure) if sure else 0.0)


def _facts(element: Any) -> dict[str, list[float]]:
    """Return the numbers in an hOCR title: ``bbox 1 2 3 4; x_size 5`` and so on."""
    found: dict[str, list[float]] = {}
    for part in str(element.get("title") or "").split(";"):
        name, *values = part.split()
        try:
            found[name] = [float(value) for value in values]
        except ValueError:
            continue
    return found

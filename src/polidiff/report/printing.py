"""Paper and pictures: a page printed as PDF, a figure drawn as PNG, by a browser of the Chromium family.

The browser is asked for nothing but a local file: no network, no profile of its user, no extension. What it writes is
made free of dates, so that the same page, browser and fonts give the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from polidiff.errors import InputError
from polidiff.processes import run_program
from polidiff.settings import settings

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
    "brave-browser",
    "vivaldi",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
PATIENCE = 180
"""Seconds after which the browser is stopped."""

DENSITY = 2.0
"""Pixels of a picture for each pixel of its figure."""

_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \()D:[^)]*(\))")


def browser() -> str:
    """The path of a browser of the Chromium family. Raises :class:`InputError` that says how to come by one.

    ``POLIDIFF_BROWSER`` names one; else the usual names are looked for on the path, and the usual places.
    """
    named = settings().browser
    if named:
        found = shutil.which(named)
        if found is None:
            raise InputError("POLIDIFF_BROWSER", f"no program {named}", "name the path of Chromium, Chrome or Edge")
        return found
    for name in BROWSERS:
        found = shutil.which(name)
        if found is not None:
            return found
    for place in PLACES:
        if Path(place).is_file():
            return place
    raise InputError(
        "printing",
        "no Chromium, Chrome or Edge was found on this machine",
        "install one, or set POLIDIFF_BROWSER to its path, or open the page in any browser and print it there",
    )


def printed(page: Path) -> bytes:
    """An HTML file as PDF, laid out by its own rules for paper, without dates.

    Raises :class:`InputError` where there is no browser or it fails.
    """
    program = browser()
    with tempfile.TemporaryDirectory(prefix="polidiff-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "page.pdf"
        command = [program, *QUIET, f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}"]
        if sys.platform == "linux" and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to run as root with its sandbox
        try:
            done = run_program([*command, page.resolve().as_uri()], seconds=PATIENCE)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(program, f"it could not print {page.name} ({error})", "try another browser") from error
        if not made.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            what = f"it printed nothing of {page.name} ({said[-1][:200] if said else f'status {done.returncode}'})"
            raise InputError(program, what, "set POLIDIFF_BROWSER to another browser's path")
        return _DATE.sub(_undated, made.read_bytes())


def _undated(match: re.Match[bytes]) -> bytes:
    """The same date in every file, as long as what stood there: a PDF counts its bytes."""
    room = len(match[0]) - len(match[1]) - len(match[2])
    return match[1] + b"D:20000101000000+00'00'"[:room].ljust(room) + match[2]


def picture(svg: str) -> bytes:
    """A figure as PNG, twice its size in pixels. Raises what :func:`printed` raises."""
    import pypdfium2 as pdfium

    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise InputError("figure", "it has no viewBox", "give a figure that polidiff drew")
    width, height = float(found[1]), float(found[2])
    style = f"@page{{size:{width}px {height}px;margin:0}}html,body{{margin:0}}svg{{display:block}}"
    with tempfile.TemporaryDirectory(prefix="polidiff-") as folder:
        page = Path(folder) / "figure.html"
        page.write_text(f'<!doctype html><meta charset="utf-8"><style>{style}</style>{svg}', encoding="utf-8")
        drawn = pdfium.PdfDocument(printed(page))
        try:
            bitmap = drawn[0].render(scale=DENSITY * 96 / 72)
            return _png(bitmap.to_numpy()[: round(height * DENSITY), : round(width * DENSITY), 2::-1])
        finally:
            drawn.close()


def _png(pixels: object) -> bytes:
    """A PNG of ``pixels`` (height × width × 3, 0..255), every colour as it is."""
    import numpy as np

    from polidiff.readers.pdf.render import chunk

    rows = np.asarray(pixels, np.uint8)
    height, width, _ = rows.shape
    lines = np.concatenate([np.zeros((height, 1), np.uint8), rows.reshape(height, width * 3)], axis=1).tobytes()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")

"""Pictures of a PDF's pages as PNG files, small enough to stand in one HTML page."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from typing import Any, NamedTuple

DPI = 84.0
"""Dots an inch: text of 9 points can be read, a page of A4 weighs about 50 kB."""

MOST_PAGES = 400
"""Pages of which pictures are made; an HTML page with more is more than a browser shows with ease."""

MOST_PIXELS = 3_000_000
"""Pixels of one picture; a larger page is drawn smaller."""

_GREY = 12
"""Widest difference between a pixel's three colours, of 255, that still counts as grey."""


class Picture(NamedTuple):
    """The picture of page ``number`` (counted from 1): ``png`` is the file in base64."""

    number: int
    png: str


def page_pictures(data: bytes, *, name: str) -> tuple[Picture, ...]:
    """Draw the pages of a PDF, in a process of its own. Raises what :func:`polidiff.readers.read_bytes` raises.

    A page that cannot be drawn has no picture.
    """
    from polidiff.readers.sandbox.client import call_apart, needs_sandbox

    body = call_apart("pictures", data, name=name) if needs_sandbox("pdf", len(data)) else draw(data)
    return tuple(Picture(number, png) for number, png in json.loads(body))


def page_picture(data: bytes, number: int, *, name: str) -> bytes | None:
    """Draw one page of a PDF (counted from 1), in a process of its own; None where there is none, or it can't be drawn.

    Returns the bytes of a PNG file. Raises what :func:`polidiff.readers.read_bytes` raises.
    """
    from polidiff.readers.sandbox.client import call_apart, needs_sandbox

    apart = needs_sandbox("pdf", len(data))
    body = call_apart("pictures", data, name=name, only=number) if apart else draw(data, number)
    return next((base64.b64decode(png) for _, png in json.loads(body)), None)


def draw(data: bytes, only: int | None = None) -> bytes:
    """Draw the pages (or ``only`` one) in this process; return them as JSON, one ``[number, base64]`` a page."""
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(data)
    made: list[tuple[int, str]] = []
    try:
        count = len(pdf)
        for index in range(min(count, MOST_PAGES)) if only is None else range(only - 1, min(only, count)):
            try:
                page = pdf[index]
            except pdfium.PdfiumError:
                continue
            try:
                png = _page(page)
            except (pdfium.PdfiumError, ValueError, OverflowError):
                continue
            finally:
                page.close()
            made.append((index + 1, base64.b64encode(png).decode("ascii")))
    finally:
        pdf.close()
    return json.dumps(made).encode("ascii")


def _page(page: Any) -> bytes:
    width, height = page.get_size()
    if not (1 <= width < 1e5 and 1 <= height < 1e5):
        raise ValueError("no such page")
    scale = min(DPI / 72, (MOST_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale)
    try:
        return png_of(bitmap.to_numpy()[:, :, 2::-1])
    finally:
        bitmap.close()


def png_of(pixels: Any) -> bytes:
    """Return a PNG of ``pixels`` (height × width × 3, red, green, blue, 0..255).

    Grey pictures get 16 steps of grey, others a palette of 216 colours: a third of the size of the full picture.
    """
    import numpy as np

    height, width, _ = pixels.shape
    sample = pixels[::2, ::2].astype(np.int16)
    apart = np.maximum(abs(sample[:, :, 0] - sample[:, :, 1]), abs(sample[:, :, 1] - sample[:, :, 2]))
    grey = bool((apart <= _GREY).mean() > 0.9995)
    if grey:
        steps = ((np.arange(256) + 8) // 17).astype(np.uint8)[pixels[:, :, 1]]
        if width % 2:
            steps = np.concatenate([steps, np.zeros((height, 1), steps.dtype)], axis=1)
        rows = steps[:, 0::2] << 4 | steps[:, 1::2]
        depth, kind, palette = 4, 0, b""
    else:
        steps = ((np.arange(256) + 25) // 51).astype(np.uint8)[pixels]
        rows = steps[:, :, 0] * 36 + steps[:, :, 1] * 6 + steps[:, :, 2]
        depth, kind = 8, 3
        palette = bytes(51 * part for index in range(216) for part in (index // 36, index // 6 % 6, index % 6))
    lines = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1).tobytes()
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    made = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    if palette:
        made += chunk(b"PLTE", palette)
    return made + chunk(b"IDAT", zlib.compress(lines, 6)) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

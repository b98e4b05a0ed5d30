"""The pages of a PDF as they come out of pdfium, read in one go or by two processes, each a part."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from polidiff.readers.pdf.chars import Face, LeftOut, PageText, Run
from polidiff.readers.pdf.ocr import recognise
from polidiff.readers.pdf.page_text import read_page

LEAST = 24
"""Pages below which a PDF is read by one process: to share it costs more than it gains."""

_PACKED = re.compile(rb"/ObjStm\b[^>]{0,200}>>\s*stream\r?\n")
_UNPACKED = 30_000_000
"""Bytes of packed objects that are looked through for layers."""

Rest = Callable[[], bytes | None]
"""Waits for the pages that another process reads, and returns them packed; None where that process failed."""


def own_pages(total: int, share: float) -> int:
    """Return how many of ``total`` pages, from the first on, the first process reads; ``share`` is the other's."""
    return total if total < LEAST else total - int(total * share)


def page_texts(pdf: Any, data: bytes, share: float = 0.0, rest: Rest | None = None) -> Iterator[PageText | None]:
    """Yield what each page of ``data``, opened as ``pdf``, holds, in order, None for a damaged page.

    ``rest`` gives the pages of the other process.
    """
    total, layers = len(pdf), has_layers(data)
    own = own_pages(total, share) if rest is not None else total
    yield from _read(pdf, 0, own, layers)
    if rest is None or own == total:
        return
    packed = rest()
    if packed is None:
        yield from _read(pdf, own, total, layers)
        return
    yield from unpack_pages(packed)


def other_pages(data: bytes, share: float) -> bytes:
    """Read the pages that the first process leaves, and return them packed."""
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(data)
    try:
        return pack_pages(_read(pdf, own_pages(len(pdf), share), len(pdf), has_layers(data)))
    finally:
        pdf.close()


def has_layers(data: bytes) -> bool:
    """Whether a PDF has layers, which may be switched off: its catalogue says so, in the open or packed."""
    if b"/OCProperties" in data:
        return True
    left = _UNPACKED
    for start in _PACKED.finditer(data):
        unpacker = zlib.decompressobj()
        try:
            words = unpacker.decompress(data[start.end() : start.end() + left], left)
        except zlib.error:
            continue
        if b"/OCProperties" in words:
            return True
        left -= len(words)
        if left <= 0:
            break
    return False


def _read(pdf: Any, first: int, end: int, layers: bool) -> Iterator[PageText | None]:
    """Read pages ``first`` to ``end`` (counted from 0); each is closed before the next is opened."""
    import pypdfium2 as pdfium

    if pdf.get_formtype():
        pdf.init_forms()
    for index in range(first, end):
        try:
            page = pdf[index]
        except pdfium.PdfiumError:
            yield None
            continue
        try:
            found: PageText | None = read_page(page, index + 1, layers=layers)
            if found is not None and not found.runs and found.pictures:
                found = recognise(page, found)
        except pdfium.PdfiumError:
            found = None
        finally:
            page.close()
        yield found


def pack_pages(pages: Iterator[PageText | None]) -> bytes:
    """Return pages as JSON. Runs that share a face share it afterwards, too."""
    return json.dumps([None if page is None else _packed(page) for page in pages]).encode("ascii")


def _packed(page: PageText) -> list[Any]:
    faces: dict[int, int] = {}
    kinds: list[Face] = []
    runs = []
    for run in page.runs:
        if id(run.face) not in faces:
            faces[id(run.face)] = len(kinds)
            kinds.append(run.face)
        runs.append((run.text, run.x0, run.x1, run.y, run.size, faces[id(run.face)], run.joined, run.struck))
    counts = [page.left_out, page.unmapped, page.pictures, page.recognised, page.unseen, page.silent]
    counts += [page.upright_columns, page.downwards, page.lying, page.fields, page.tables]
    return [page.number, page.width, page.height, kinds, runs, page.dots, *counts]


def unpack_pages(packed: bytes) -> Iterator[PageText | None]:
    """Yield the pages that :func:`pack_pages` packed."""
    for row in json.loads(packed):
        if row is None:
            yield None
            continue
        number, width, height, kinds, rows, dots, left_out, *counts = row
        faces = [Face(*kind) for kind in kinds]
        runs = [Run(text, x0, x1, y, size, faces[face], *how) for text, x0, x1, y, size, face, *how in rows]
        gone = [LeftOut(*one) for one in left_out]
        yield PageText(number, width, height, runs, [tuple(dot) for dot in dots], gone, *counts)

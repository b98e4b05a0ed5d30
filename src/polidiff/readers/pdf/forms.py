"""What people wrote on a page: filled form fields and free-text notes, read as runs at their places."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from polidiff.readers.pdf.chars import Face, PageText, Run
from polidiff.readers.pdf.drawn import Crop, placed

_SIZE = 11.0
"""Type size in points of words whose size the file does not say."""
_LABEL = 260.0
"""Points left of a field, or :data:`_ABOVE` above it, within which printed words are its label."""
_ABOVE = 24.0
_FACE = Face("form", False, False, False)
_UNSEEN = 2 | 32  # hidden, no view
_TICK = "☒"


class Filled(NamedTuple):
    """A filled field or a note: its name, its words, and its place: left, top, right, bottom in points."""

    name: str
    words: str
    place: tuple[float, float, float, float]


def add_filled(raw: Any, page: Any, found: PageText, crop: Crop, turn: int) -> None:
    """Add what is filled into the fields and notes of a pdfium page to ``found``, with their names."""
    if raw.FPDFPage_GetAnnotCount(page.raw) < 1:
        return
    printed = list(found.runs)
    for one in _filled(raw, page, crop, turn):
        left, top, right, bottom = one.place
        lines = [line.strip() for line in one.words.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        size = min(_SIZE, max(0.75 * (bottom - top), 4.0))
        y = top + 0.8 * size if len(lines) > 1 else (top + bottom) / 2 + 0.3 * size
        if one.name and not _labelled(one, printed):
            lines[0] = f"{one.name}: {lines[0]}"
        for number, line in enumerate(lines):
            if line:
                wide = min(right, left + 0.5 * size * len(line))
                found.runs.append(Run(line, left, max(wide, left + 1), y + 1.2 * size * number, size, _FACE))
        found.fields.append(one.name or "—")


def _labelled(one: Filled, printed: list[Run]) -> bool:
    left, top, right, bottom = one.place
    for run in printed:
        beside = top - 2 < run.y < bottom + 4 and (-_LABEL < run.x1 - left <= 6 or 0 <= run.x0 - right < _LABEL)
        above = 0 <= top - run.y < _ABOVE and run.x0 < right and run.x1 > left
        if beside or above:
            return True
    return False


def _filled(raw: Any, page: Any, crop: Crop, turn: int) -> Iterator[Filled]:
    form = getattr(page, "formenv", None)
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(note)
            if kind not in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT) or raw.FPDFAnnot_GetFlags(note) & _UNSEEN:
                continue
            name, words = ("", "")
            if kind == raw.FPDF_ANNOT_FREETEXT:
                words = _said(lambda *to, note=note: raw.FPDFAnnot_GetStringValue(note, b"Contents", *to))
            elif form is not None:
                name, words = _field(raw, form, note)
            rect = raw.FS_RECTF()
            if words.strip() and raw.FPDFAnnot_GetRect(note, rect):
                one, two = placed(rect.left, rect.top, crop, turn), placed(rect.right, rect.bottom, crop, turn)
                across, down = sorted((one[0], two[0])), sorted((one[1], two[1]))
                yield Filled(name, words, (across[0], down[0], across[1], down[1]))
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _field(raw: Any, form: Any, note: Any) -> tuple[str, str]:
    """The name of a form field and what is filled in; a box that is ticked holds a tick."""
    kind = raw.FPDFAnnot_GetFormFieldType(form, note)
    if kind in (raw.FPDF_FORMFIELD_PUSHBUTTON, raw.FPDF_FORMFIELD_SIGNATURE):
        return "", ""
    name = _said(lambda *to: raw.FPDFAnnot_GetFormFieldName(form, note, *to))
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return name, _TICK if raw.FPDFAnnot_IsChecked(form, note) else ""
    return name, _said(lambda *to: raw.FPDFAnnot_GetFormFieldValue(form, note, *to))


def _said(ask: Callable[..., int]) -> str:
    """The answer of a pdfium function that fills a buffer with UTF-16."""
    size = ask(None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")

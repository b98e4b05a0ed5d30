"""pdfium's functions that are called for every character, run or shape, with plain addresses for arguments."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, cast


class Calls(NamedTuple):
    """The functions, bound anew."""

    text_object: Callable[..., Any]
    origin: Callable[..., Any]
    matrix: Callable[..., Any]
    font_size: Callable[..., Any]
    loose_box: Callable[..., Any]
    font: Callable[..., Any]
    page_object: Callable[..., Any]
    object_type: Callable[..., Any]
    bounds: Callable[..., Any]
    render_mode: Callable[..., Any]
    fill: Callable[..., Any]
    marks: Callable[..., Any]
    char_box: Callable[..., Any]


@cache
def calls_of(raw: Any) -> Calls:
    """Bind the hot functions anew: an argument that is an address costs half of one that is a typed pointer."""
    address, number = ctypes.c_void_p, ctypes.c_int

    def bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
        where = ctypes.cast(getattr(raw, name), address).value
        return cast("Callable[..., Any]", ctypes.PYFUNCTYPE(result, *arguments)(where or 0))

    return Calls(
        bind("FPDFText_GetTextObject", address, address, number),
        bind("FPDFText_GetCharOrigin", number, address, number, address, address),
        bind("FPDFText_GetMatrix", number, address, number, address),
        bind("FPDFText_GetFontSize", ctypes.c_double, address, number),
        bind("FPDFText_GetLooseCharBox", number, address, number, address),
        bind("FPDFTextObj_GetFont", address, address),
        bind("FPDFPage_GetObject", address, address, number),
        bind("FPDFPageObj_GetType", number, address),
        bind("FPDFPageObj_GetBounds", number, address, address, address, address, address),
        bind("FPDFTextObj_GetTextRenderMode", number, address),
        bind("FPDFPageObj_GetFillColor", number, address, address, address, address, address),
        bind("FPDFPageObj_CountMarks", number, address),
        bind("FPDFText_GetCharBox", number, address, number, address, address, address, address),
    )

"""pdfium's functions that are called for every character, run or shape, bound so that a call costs little."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, NewType, cast

Address = NewType("Address", object)
"""An address as pdfium's functions take it; a bare number would be cut to 32 bits."""

address: Callable[[int | None], Address] = ctypes.c_void_p.from_param  # type: ignore[assignment]
"""Make an address of a number: once for many calls."""


class Calls(NamedTuple):
    """The functions, bound anew. Those on characters take the text page and a character's index; what they return in
    places they write to the addresses that follow.
    """

    text_object: Callable[[Address, int], int | None]
    origin: Callable[[Address, int, Address, Address], int]
    matrix: Callable[[Address, int, Address], int]
    font_size: Callable[[Address, int], float]
    loose_box: Callable[[Address, int, Address], int]
    char_box: Callable[[Address, int, Address, Address, Address, Address], int]
    font: Callable[[Address], int | None]
    page_object: Callable[[Address, int], int | None]
    object_type: Callable[[Address], int]
    bounds: Callable[[Address, Address, Address, Address, Address], int]
    render_mode: Callable[[Address], int]
    fill: Callable[[Address, Address, Address, Address, Address], int]
    marks: Callable[[Address], int]


@cache
def calls_of(raw: Any) -> Calls:
    """Bind the hot functions anew, without types of arguments: to convert them costs as much again as the call."""
    pointer, number = ctypes.c_void_p, ctypes.c_int

    def bind(name: str, result: Any = number) -> Callable[..., Any]:
        where = ctypes.cast(getattr(raw, name), pointer).value
        return cast("Callable[..., Any]", ctypes.PYFUNCTYPE(result)(where or 0))

    return Calls(
        bind("FPDFText_GetTextObject", pointer),
        bind("FPDFText_GetCharOrigin"),
        bind("FPDFText_GetMatrix"),
        bind("FPDFText_GetFontSize", ctypes.c_double),
        bind("FPDFText_GetLooseCharBox"),
        bind("FPDFText_GetCharBox"),
        bind("FPDFTextObj_GetFont", pointer),
        bind("FPDFPage_GetObject", pointer),
        bind("FPDFPageObj_GetType"),
        bind("FPDFPageObj_GetBounds"),
        bind("FPDFTextObj_GetTextRenderMode"),
        bind("FPDFPageObj_GetFillColor"),
        bind("FPDFPageObj_CountMarks"),
    )


def handle_of(handle: Any) -> Address:
    """Return the address of one of pdfium's handles."""
    return address(ctypes.cast(handle, ctypes.c_void_p).value)

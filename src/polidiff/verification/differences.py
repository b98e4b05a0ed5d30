"""Where a file first differs from what it should be, named so that a person finds it: a cell, an element, a path."""

from __future__ import annotations

import io
import json
import re
import zipfile
from itertools import zip_longest
from typing import Any

from polidiff.verification.office import DAMAGED, RefusedXml, docx_text, xlsx_named_sheets
from polidiff.verification.report import excerpt

_ID = re.compile(r'\sid="([^"]+)"')
_TITLE = re.compile(r"<title>([^<]*)</title>")
_TAG = re.compile(r"<[^>]*>")
_MISSING: Any = object()


def first_place(name: str, held: bytes, made: bytes) -> tuple[str, str]:
    """Return (place, what) of the first thing in which ``held``, a file called ``name``, isn't ``made``."""
    suffix = name.rpartition(".")[2].lower()
    try:
        if suffix in {"json", "jsonld"}:
            return _in_json(json.loads(held), json.loads(made)) or ("", "is written in another form than polidiff's")
        if suffix == "xlsx":
            return _in_workbook(held, made)
        if suffix == "docx":
            return _in_word(held, made)
    except (RecursionError, RefusedXml, *DAMAGED) as error:
        return "", f"can't be read ({error})"
    return _in_text(held.decode("utf-8", "replace"), made.decode("utf-8", "replace"), marked=suffix in {"html", "svg"})


def same_parts(held: bytes, made: bytes) -> bool:
    """Whether two zip files hold the same parts in the same order; how they are packed doesn't matter."""
    try:
        return _parts(held) == _parts(made)
    except DAMAGED:
        return False


def _parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _said(value: Any) -> str:
    if value is _MISSING:
        return "nothing"
    return excerpt(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _against(held: Any, made: Any) -> str:
    return f"it has {_said(held)}, and what it is made of gives {_said(made)}"


def _in_json(held: Any, made: Any, path: str = "") -> tuple[str, str] | None:
    """The path of the first value that differs; 1, 1.0 and true are three different values."""
    if isinstance(held, dict) and isinstance(made, dict):
        for key in [*made, *(key for key in held if key not in made)]:
            pair = held.get(key, _MISSING), made.get(key, _MISSING)
            if found := _in_json(*pair, f"{path}.{key}" if path else key):
                return found
        return None
    if isinstance(held, list) and isinstance(made, list):
        for index, pair in enumerate(zip_longest(held, made, fillvalue=_MISSING)):
            if found := _in_json(*pair, f"{path}[{index}]"):
                return found
        return None
    return None if type(held) is type(made) and held == made else (path, _against(held, made))


def _in_workbook(held: bytes, made: bytes) -> tuple[str, str]:
    ours, theirs = xlsx_named_sheets(made), xlsx_named_sheets(held)
    if list(theirs) != list(ours):
        return "its sheets", _against(", ".join(theirs), ", ".join(ours))
    none: list[str] = []
    for name, rows in ours.items():
        for number, (there, here) in enumerate(zip_longest(theirs[name], rows, fillvalue=none), start=1):
            for column, (cell, true) in enumerate(zip_longest(there, here, fillvalue="")):
                if cell != true:
                    return f"sheet {name}, {_letters(column)}{number}", _against(cell, true)
    return _in_parts(held, made)


def _letters(column: int) -> str:
    """The letters of a column counted from 0."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def _in_word(held: bytes, made: bytes) -> tuple[str, str]:
    pairs = zip_longest(docx_text(held).split("\n"), docx_text(made).split("\n"), fillvalue="")
    for number, (there, here) in enumerate(pairs, start=1):
        if there != here:
            return f"paragraph {number}", _against(_around(there, here), _around(here, there))
    return _in_parts(held, made)


def _in_parts(held: bytes, made: bytes) -> tuple[str, str]:
    """What differs in two office files of the same words: a link, a form, a property."""
    ours, theirs = _parts(made), _parts(held)
    for name in [*ours, *(name for name in theirs if name not in ours)]:
        if theirs.get(name) != ours.get(name):
            pair = (parts.get(name, b"").decode("utf-8", "replace") for parts in (theirs, ours))
            _, what = _in_text(*pair, marked=False)
            return f"its part {name}", f"the words are the same, the form isn't: {what}"
    return "", "is packed in another form than polidiff's"


def _around(text: str, other: str, before: int = 20, after: int = 40) -> str:
    """The words of ``text`` around its first character that ``other`` doesn't have."""
    at = _first(text, other)
    return text[max(0, at - before) : at + after]


def _first(a: str, b: str) -> int:
    """The first place at which two texts part."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _in_text(held: str, made: str, *, marked: bool) -> tuple[str, str]:
    at = _first(held, made)
    place = f"line {made.count(chr(10), 0, at) + 1}"
    if marked:
        near = [*_ID.finditer(made, 0, at), *_TITLE.finditer(made, 0, at)]
        if near:
            place += f", in or after {excerpt(max(near, key=lambda one: one.start()).group(1))}"
    there, here = _around(held, made), _around(made, held)
    if marked and _TAG.sub("", there) != _TAG.sub("", here):
        there, here = _TAG.sub("", there), _TAG.sub("", here)
    return place, _against(there, here)

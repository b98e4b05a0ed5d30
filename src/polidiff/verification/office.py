"""Words of DOCX and XLSX, straight from the zip file's XML with the standard library's parser.

A document type declaration is refused, so that no entity can be expanded, and every part is bounded in size.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

MAX_PART = 256 * 1024 * 1024
"""Bound on one unpacked part of an office file, in bytes."""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math "
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships "
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_PRINTS = {_W + "tab": " ", _W + "br": " ", _W + "cr": " ", _W + "noBreakHyphen": "-"}
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_RELATIONS = "word/_rels/document.xml.rels"
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_TARGET = re.compile(r'Target="([^"]+)"')


DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, KeyError, ValueError, struct.error)
"""What is raised of a damaged zip file."""


class RefusedXml(Exception):
    """The XML declares a document type, or an office file is damaged or too large."""


def is_docx(raw: bytes) -> bool:
    """Whether a zip file is a Word document."""
    return "word/document.xml" in _names(raw)


def is_xlsx(raw: bytes) -> bool:
    """Whether a zip file is an Excel workbook."""
    return "xl/workbook.xml" in _names(raw)


def _names(raw: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return archive.namelist()
    except zipfile.BadZipFile:
        return []


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            data = part.read(MAX_PART + 1)
    except DAMAGED as error:
        raise RefusedXml(f"part {name} cannot be unpacked ({error})") from None
    if len(data) > MAX_PART:
        raise RefusedXml(f"part {name} is larger than {MAX_PART // 1024 // 1024} MB")
    return data


Start = Callable[[str, dict[str, str]], None]


def _parse(data: bytes, start: Start, end: Callable[[str], None], chars: Callable[[str], None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise RefusedXml("it declares a document type, which an office file never needs")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = chars
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise RefusedXml(f"damaged XML ({error})") from None


def docx_notes(raw: bytes) -> list[tuple[str, str]]:
    """Return (words, place) of each footnote that polidiff wrote, by the character styles of their runs."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if "word/footnotes.xml" not in archive.namelist():
            return []
        data = _part(archive, "word/footnotes.xml")
    notes: list[dict[str, str]] = []
    state = {"style": "", "text": ""}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == _W + "footnote":
            notes.append({"PolidiffWords": "", "PolidiffPlace": ""})
        elif tag == _W + "r":
            state["style"] = ""
        elif tag == _W + "rStyle":
            state["style"] = attributes.get(_W + "val", "")
        elif tag == _W + "t":
            state["text"] = "yes"
        elif tag == _W + "br":
            chars("\n", within=True)

    def end(tag: str) -> None:
        if tag == _W + "t":
            state["text"] = ""

    def chars(data: str, *, within: bool = False) -> None:
        if notes and (within or state["text"]) and state["style"] in notes[-1]:
            notes[-1][state["style"]] += data

    _parse(data, start, end, chars)
    return [(note["PolidiffWords"], note["PolidiffPlace"]) for note in notes if any(note.values())]


def docx_text(raw: bytes, page: Callable[[bytes], str] | None = None) -> str:
    """Return the words of a Word document's body, then of its notes; deleted text and field codes are left out.

    Pages of the web that the document brings in whole are read by ``page``, where it is given.
    """
    out: list[str] = []
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()

        def chunk(ident: str) -> str:
            rels = _part(archive, _RELATIONS).decode("utf-8", "replace") if _RELATIONS in names else ""
            tag = next((t for t in _RELATION.findall(rels) if f'Id="{ident}"' in t), "")
            target = _TARGET.search(tag)
            name = f"word/{target.group(1).removeprefix('/word/')}" if target is not None else ""
            return page(_part(archive, name)) if page is not None and name in names else ""

        for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if name in names:
                _docx_part(_part(archive, name), out, chunk)
    return "".join(out)


def _docx_part(data: bytes, out: list[str], chunk: Callable[[str], str]) -> None:
    """Add the words of one part. The names of Strict Open XML are turned into those of the common kind first."""
    data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
    state = {"text": 0, "fallback": 0}

    def start(tag: str, given: dict[str, str]) -> None:
        if tag in {_MC + "Fallback", _W + "rt"}:
            state["fallback"] += 1
        elif tag in {_W + "t", _M + "t"}:
            state["text"] += 1
        elif tag == _W + "altChunk":
            out.append(f"\n{chunk(given.get(_R + 'id', ''))}\n")
        else:
            out.append(_PRINTS.get(tag, ""))

    def end(tag: str) -> None:
        if tag in {_MC + "Fallback", _W + "rt"}:
            state["fallback"] -= 1
        elif tag in {_W + "t", _M + "t"}:
            state["text"] -= 1
        elif tag in {_W + "p", _W + "tc"}:
            out.append("\n")

    def chars(data: str) -> None:
        if state["text"] and not state["fallback"]:
            out.append(data)

    _parse(data, start, end, chars)


def xlsx_text(raw: bytes) -> str:
    """Return the cells of every sheet, row by row, one a line."""
    out: list[str] = []
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        shared = _shared(_part(archive, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
        for name in sorted(n for n in names if n.startswith("xl/worksheets/") and n.endswith(".xml")):
            out.extend("\n".join(row) for row in _sheet(_part(archive, name), shared))
    return "\n".join(out)


def _shared(data: bytes) -> list[str]:
    strings: list[str] = []
    state = {"text": 0, "phonetic": 0}

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == _S + "si":
            strings.append("")
        elif tag == _S + "t":
            state["text"] += 1
        elif tag == _S + "rPh":
            state["phonetic"] += 1

    def end(tag: str) -> None:
        if tag == _S + "t":
            state["text"] -= 1
        elif tag == _S + "rPh":
            state["phonetic"] -= 1

    def chars(data: str) -> None:
        if state["text"] and not state["phonetic"] and strings:
            strings[-1] += data

    _parse(data, start, end, chars)
    return strings


def _sheet(data: bytes, shared: list[str]) -> list[list[str]]:
    """The rows of one sheet, each the text of its cells in order (an empty cell is an empty string)."""
    rows: list[list[str]] = []
    cell = {"type": "", "value": ""}
    state = {"text": 0, "column": 0}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == _S + "row":
            rows.append([])
        elif tag == _S + "c":
            cell.update(type=attributes.get("t", "n"), value="")
            state["column"] = _column(attributes.get("r", ""))
        elif tag in {_S + "v", _S + "t"}:
            state["text"] += 1

    def end(tag: str) -> None:
        if tag in {_S + "v", _S + "t"}:
            state["text"] -= 1
        elif tag == _S + "c" and rows:
            value = cell["value"]
            if cell["type"] == "s" and value.isdigit() and int(value) < len(shared):
                value = shared[int(value)]
            rows[-1].extend([""] * (state["column"] - len(rows[-1])))
            rows[-1].append(value)

    def chars(data: str) -> None:
        if state["text"]:
            cell["value"] += data

    _parse(data, start, end, chars)
    return rows


def _column(reference: str) -> int:
    """The column, counted from 0, of a cell reference such as ``C7``; bounded to Excel's 16,384."""
    number = 0
    for char in reference:
        if not char.isalpha():
            break
        number = number * 26 + (ord(char.upper()) - 64)
    return max(0, min(number, 16384) - 1)


def xlsx_named_sheets(raw: bytes) -> dict[str, list[list[str]]]:
    """Return every sheet of a workbook by its name, in the workbook's order, as rows of cells' text."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        shared = _shared(_part(archive, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
        titles: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == _S + "sheet":
                titles.append(attributes.get("name", ""))

        _parse(_part(archive, "xl/workbook.xml"), start, lambda tag: None, lambda data: None)
        parts = [n for n in names if n.startswith("xl/worksheets/") and n.endswith(".xml")]
        parts.sort(key=lambda name: (len(name), name))
        return {title: _sheet(_part(archive, name), shared) for title, name in zip(titles, parts, strict=True)}

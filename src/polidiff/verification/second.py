"""A second reader for every format: the source's words in order, by another way than the pipeline's.

It keeps running heads, page numbers, notes and menus; it only has to show that words stand in the source.
"""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Any

from polidiff.verification.columns import Item, in_columns
from polidiff.verification.office import docx_text, is_docx, is_xlsx, xlsx_text

MAX_PAGES = 3000

_ENCODING = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_LINK = re.compile(r"\]\((?:<[^>]*>|[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_AMENDED = re.compile(r"[▼►]\s*[A-Z]{1,2}\d{0,3}(?!\w)|◄")
_SILENT = frozenset({"script", "style", "template", "rt", "rp", "rtc"})
_NOTES = frozenset({"authorialnote", "footnote", "note"})
_EMPTY = frozenset({"br", "hr", "img", "wbr", "input", "meta", "link", "col", "source"})


class Unreadable(Exception):
    """The second reader cannot read these bytes; the message says why."""


def read_again(raw: bytes, name: str, media_type: str) -> list[list[str]]:
    """Return the source's words as one or more readings, each a list of pages (one where the format has none).

    The readings differ in order or mark-up (a PDF by lines, by pieces, by columns, as drawn; Markdown with and without
    the targets of links); words need to stand in one of them. Raises :class:`Unreadable`.
    """
    if raw.startswith(b"%PDF") or b"%PDF-" in raw[:1024]:
        return _pdf(raw)
    if raw.startswith(b"PK"):
        if is_docx(raw):
            return [[docx_text(raw, lambda page: html_text(decode(page)))]]
        if is_xlsx(raw):
            return [[xlsx_text(raw)]]
        raise Unreadable("a zip file that is neither DOCX nor XLSX")
    suffix = PurePath(name).suffix.lower()
    if "multipart" in media_type or suffix in {".mhtml", ".mht"}:
        return [reading for page in _saved_pages(raw) for reading in _page(page)]
    text = decode(raw)
    if (
        "html" in media_type
        or "xml" in media_type
        or suffix in {".html", ".htm", ".xhtml", ".xml"}
        or _looks_tagged(text)
    ):
        return _page(text)
    if "csv" in media_type or suffix == ".csv":
        return [["\n".join("\n".join(row) for row in csv.reader(io.StringIO(text, newline="")))], [text]]
    if "json" in media_type or suffix in {".jsonl", ".json", ".ndjson"}:
        return [[_json_text(text)], [text]]
    if "markdown" in media_type or suffix in {".md", ".markdown"}:
        return [[text], [_LINK.sub("]", text)], [html_text(_LINK.sub("]", text))]]
    return [[text]]


def decode(raw: bytes) -> str:
    """Decode text by its mark, as UTF-8, by the encoding that an HTML page declares, or as GB 18030 or Windows 1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = _ENCODING.search(raw[:4096])
    for encoding in ([declared.group(1).decode("ascii")] if declared else []) + ["gb18030", "cp1252"]:
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable("in no encoding that is known here")


def _looks_tagged(text: str) -> bool:
    head = text[:2048].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<?xml")) or "<body" in head


def _pdf(raw: bytes) -> list[list[str]]:
    from liteparse import LiteParse

    try:
        parser = LiteParse(
            ocr_enabled=False, output_format="json", quiet=True, keep_headers_footers=True, max_pages=MAX_PAGES
        )
        result = parser.parse(raw)
    except Exception as error:  # the library raises its own and the runtime's errors alike
        raise Unreadable(f"the second PDF reader gave up ({error})") from error
    lines = [page.text for page in result.pages]
    pieces = ["\n".join(item.text for item in page.text_items) for page in result.pages]
    columns = [
        in_columns([Item(i.x, i.y, i.width, i.height, i.text) for i in page.text_items], page.width)
        for page in result.pages
    ]
    by_column = [[text for found in columns for text in found]] if any(len(found) > 1 for found in columns) else []
    return [lines, pieces, *by_column, *_drawn(raw, len(lines))]


def _drawn(raw: bytes, pages: int) -> list[list[str]]:
    """The words of each page in the order in which the file draws them: one reading, or none.

    The layout of the other readings loses a word now and then that stands under the box of another.
    """
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(raw) as document:
            if len(document) != pages:
                return []
            return [[document[index].get_textpage().get_text_range() for index in range(pages)]]
    except (pdfium.PdfiumError, UnicodeError):
        return []


class _Words(HTMLParser):
    """Gather the text of a page, entities resolved, without scripts, styles and readings beside characters.

    Without ``tips`` what shows only when pointed at is left out too, and so are notes in the middle of a law's text.
    """

    def __init__(self, tips: bool = True) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._silent = 0
        self._tips = tips
        self._tip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        aside = not self._tips and (("role", "tooltip") in attrs or tag in _NOTES)
        if tag not in _EMPTY and (self._tip or aside):
            self._tip += 1
        if tag != "wbr":
            self.out.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if self._tip and tag not in _EMPTY:
            self._tip -= 1
        if tag != "ruby" and tag not in _SILENT:
            self.out.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "wbr":
            self.out.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._tip:
            self.out.append(data)


def _page(text: str) -> list[list[str]]:
    """The words of a page, and where it has notes or marks of amendments in sentences those without them."""
    whole, bare = html_text(text), html_text(text, tips=False)
    found = [whole, bare, _AMENDED.sub(" ", whole)]
    return [[reading] for reading in dict.fromkeys(found)]


def _saved_pages(raw: bytes) -> list[str]:
    """The pages of the web in a page that a browser saved whole (MHTML)."""
    from email import message_from_bytes

    pages = []
    for part in message_from_bytes(raw).walk():
        body = part.get_payload(decode=True)
        if part.get_content_type() in {"text/html", "application/xhtml+xml"} and isinstance(body, bytes):
            charset = part.get_content_charset()
            pages.append(body.decode(charset, "replace") if charset else decode(body))
    if not pages:
        raise Unreadable("a saved page without HTML")
    return pages


def html_text(text: str, *, tips: bool = True) -> str:
    """Return the words of an HTML page in order, with everything that surrounds an article."""
    words = _Words(tips)
    words.feed(text)
    words.close()
    return "".join(words.out)


def _json_text(text: str) -> str:
    """Every string value of JSON or JSON Lines, in order."""
    values: list[str] = []

    def gather(value: Any) -> None:
        if isinstance(value, str):
            values.append(value)
        elif isinstance(value, dict):
            for inner in value.values():
                gather(inner)
        elif isinstance(value, list):
            for inner in value:
                gather(inner)

    try:
        gather(json.loads(text))
    except ValueError:
        for line in text.splitlines():
            if line.strip():
                try:
                    gather(json.loads(line))
                except ValueError as error:
                    raise Unreadable(f"not JSON Lines ({error})") from None
    return "\n".join(values)

"""The door of the room: a source by name, path, address or standard input becomes a Document."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.lang.countries import code_said
from polidiff.lang.data import load_list
from polidiff.lang.language import detect_language
from polidiff.model import Document, DocumentKind, Language, Notice, Reason, Span
from polidiff.readers.choices import NONE, Choices, with_choices
from polidiff.readers.detect import Format, detect
from polidiff.readers.draft import Draft, NoteDraft, assemble
from polidiff.readers.facts import with_found_facts
from polidiff.readers.limits import MAX_SOURCE_BYTES
from polidiff.readers.origin import jurisdiction_of, with_facts
from polidiff.readers.site_words import mark_site_lines, site_lines
from polidiff.readers.sources import Found, id_of, locate

if TYPE_CHECKING:
    from polidiff.readers.html.document import HtmlParts

Progress = Callable[[int, int], None]

MEDIA_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "html": "text/html",
    "mhtml": "multipart/related",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "markdown": "text/markdown",
    "text": "text/plain",
    "csv": "text/csv",
    "jsonl": "application/jsonl",
}

ENDINGS: dict[str, tuple[Format, ...]] = {
    "pdf": ("pdf",),
    "docx": ("docx",),
    "xlsx": ("xlsx",),
    "html": ("html", "mhtml", "xml"),
    "htm": ("html", "mhtml", "xml"),
}
"""Endings of file names that promise a format, and the formats that keep the promise."""

TEXT_FORMATS: dict[str, tuple[str, str]] = {}
"""Formats that are plain text and that only the file's name tells: its ending → the media type, and ``module:function``
that makes drafts of the text. A new one is a module and a line here (``docs/recipes/format.md``)."""


def read(
    source: str | Path,
    *,
    id: str | None = None,
    kind: DocumentKind | None = None,
    choices: Choices = NONE,
    progress: Progress | None = None,
) -> Document:
    """Read ``source`` and return its Document.

    ``source`` is a path, an https address, ``-`` for standard input, or the name of a bundled or catalogued document.
    ``id`` defaults to the file's name without its last extension, or the catalogue's id. ``kind`` overrides what the
    document says of itself. ``progress`` is called with (pages done, pages in all), or (bytes, bytes) in a download.
    Raises SourceNotFound, UnreadableSource (and its kinds) or FetchError, each with one line to show.
    """
    return read_with_bytes(source, id=id, kind=kind, choices=choices, progress=progress)[0]


def read_with_bytes(
    source: str | Path,
    *,
    id: str | None = None,
    kind: DocumentKind | None = None,
    choices: Choices = NONE,
    progress: Progress | None = None,
) -> tuple[Document, bytes]:
    """Read as :func:`read` does, and return the document's bytes too (pictures of its pages are made from them)."""
    found = locate(source, progress=progress)
    return read_found(found, id=id, kind=kind, choices=choices, progress=progress), found.data


def read_found(
    found: Found,
    *,
    id: str | None = None,
    kind: DocumentKind | None = None,
    choices: Choices = NONE,
    progress: Progress | None = None,
) -> Document:
    """Read a source that :func:`polidiff.readers.sources.locate` found, here or on another machine."""
    document = read_bytes(found.data, name=found.name, id=id or found.id, kind=kind, choices=choices, progress=progress)
    facts = found.facts
    if facts is None:
        place = document.jurisdiction or jurisdiction_of(found.address)
        return dataclasses.replace(document, source=found.address, jurisdiction=place)
    return dataclasses.replace(
        document,
        source=facts.address or found.address,
        title=document.title if document.is_digest else facts.title or document.title,
        date=document.date or facts.date,
        jurisdiction=document.jurisdiction or facts.jurisdiction,
    )


def read_bytes(
    data: bytes,
    *,
    name: str,
    id: str | None = None,
    kind: DocumentKind | None = None,
    choices: Choices = NONE,
    progress: Progress | None = None,
) -> Document:
    """Read a document from its bytes. ``name`` is its file name, for messages and for the default ``id``.

    The format is found from the bytes (see :func:`polidiff.readers.detect.detect`). What native code reads is read in a
    process of its own (see :mod:`polidiff.readers.sandbox.client`).
    """
    from polidiff.readers.sandbox.client import needs_sandbox, read_apart

    if len(data) > MAX_SOURCE_BYTES:
        raise SourceTooLarge(
            name, f"{len(data) >> 20} MB is over the bound of {MAX_SOURCE_BYTES >> 20} MB", "give a part of it"
        )
    ident = id or id_of(name)
    format_ = detect(data, name)
    document: Document | None = None
    if needs_sandbox(format_, len(data)):
        with contextlib.suppress(OSError):  # no process can be started here: read in this one
            document = read_apart(data, name=name, id=ident, format=format_, choices=choices, progress=progress)
    if document is None and format_ == "pdf":
        from polidiff.readers.pdf.document import read_pdf

        document = read_pdf(data, id=ident, name=name, progress=progress)
    elif document is None:
        document = _read(data, name, ident, format_, choices)
    if not document.text.strip():
        raise UnreadableSource(name, "the document holds no words", "check that it is the right file")
    document = with_choices(with_found_facts(with_facts(document)), choices)
    if misnamed := _misnamed(name, format_):
        document = dataclasses.replace(document, warnings=(misnamed, *document.warnings))
    return dataclasses.replace(document, kind=kind) if kind is not None else document


def _misnamed(name: str, format_: Format) -> Notice | None:
    """Say that the file's ending promises another format than its bytes have: a saved error page, a text, is no PDF."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if format_ in ENDINGS.get(ending, (format_,)):
        return None
    named = ending.upper()
    if format_ in ("text", "markdown", "csv", "jsonl"):
        return Notice(Reason.of("format.text", named=named))
    return Notice(Reason.of("format.named", named=named, read=format_.upper()))


def read_here(
    data: bytes,
    name: str,
    ident: str,
    format_: Format,
    progress: Progress | None = None,
    share: float = 0.0,
    rest: Callable[[], bytes | None] | None = None,
    choices: Choices | None = None,
) -> tuple[Document, list[list[str]]]:
    """Read in this process, without a PDF's second reader. Returns the document and a PDF's printed lines, folded.

    ``share`` and ``rest`` are those of :func:`polidiff.readers.pdf.document.read_words`.
    """
    if format_ == "pdf":
        from polidiff.readers.pdf.document import read_words

        return read_words(data, id=ident, name=name, progress=progress, share=share, rest=rest)
    return _read(data, name, ident, format_, choices or NONE), []


def _read(data: bytes, name: str, ident: str, format_: Format, choices: Choices) -> Document:
    if format_ in ("text", "markdown") and (found := TEXT_FORMATS.get(name.rpartition(".")[2].lower())):
        return _by_name(data, name, ident, *found)
    reader = _READERS.get(format_)
    return _table(data, name, ident, format_, choices) if reader is None else reader(data, name, ident, format_)


def _by_name(data: bytes, name: str, ident: str, media_type: str, where: str) -> Document:
    """Read a format of :data:`TEXT_FORMATS`."""
    from polidiff.readers.decode import decode

    module, _, function = where.partition(":")
    drafts: list[Draft] = getattr(import_module(module), function)(decode(data, name=name)[0])
    return dataclasses.replace(_document(data, ident, "text", drafts, []), media_type=media_type)


def _document(
    data: bytes,
    ident: str,
    format_: Format,
    drafts: list[Draft],
    notes: list[NoteDraft],
    *,
    title: str = "",
    meta: dict[str, str] | None = None,
    warnings: tuple[Notice, ...] = (),
) -> Document:
    if format_ != "xml":
        mark_site_lines(drafts)
    text, blocks, records, struck = assemble(drafts, notes)
    facts = meta or {}
    printed = next((draft.text for draft in drafts if draft.kind == "title"), "")
    kind = facts.get("kind", "").lower()
    said = facts.get("language", "").lower()[:2]
    language: Language = cast(Language, said) if said in ("en", "zh") else detect_language(text)
    return Document(
        id=ident,
        title=facts.get("title")
        or title
        or printed
        or next((d.text for d in drafts if d.kind == "heading"), "")
        or ident,
        language=language,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MEDIA_TYPES[format_],
        text=text,
        blocks=blocks,
        notes=records,
        kind=cast(DocumentKind, kind) if kind in get_args(DocumentKind) else "official",
        issuer=_told(facts, "issuer") or None,
        date=_told(facts, "date") or None,
        jurisdiction=code_said(_told(facts, "jurisdiction")) or None,
        warnings=(*_struck(text, struck), *warnings),
        struck=struck,
    )


def _told(facts: Mapping[str, str], fact: str) -> str:
    """What front matter or metadata say of a fact, under the best of its keys."""
    return next((held for key in load_list("publishers")["keys"][fact] if (held := facts.get(key, ""))), "")


def _struck(text: str, spans: tuple[Span, ...]) -> tuple[Notice, ...]:
    """Return the notice on struck-through words, with the first of them."""
    if not spans:
        return ()
    words = tuple(" ".join(span.cut(text).split())[:60] for span in spans[:3])
    more = len(spans) - len(words)
    reason = Reason.of("struck.more", words=words, more=more) if more else Reason.of("struck.words", words=words)
    return (Notice(reason),)


def _markdown(data: bytes, name: str, ident: str, format_: Format) -> Document:
    from polidiff.readers.decode import decode
    from polidiff.readers.markdown import read_markdown

    parts = read_markdown(decode(data, name=name)[0], name)
    address = parts.meta.get("source_url") or parts.meta.get("source") or ""
    meta = {"jurisdiction": jurisdiction_of(address) or "", **parts.meta}
    return _document(data, ident, format_, parts.drafts, parts.notes, meta=meta)


def _html(data: bytes, name: str, ident: str, format_: Format) -> Document:
    from polidiff.readers.decode import decode
    from polidiff.readers.html.document import declared_encoding, read_html

    text = decode(data, name=name, declared=declared_encoding(data))[0]
    return _page(read_html(text, name), data, ident, format_)


def _page(parts: HtmlParts, data: bytes, ident: str, format_: Format, address: str = "") -> Document:
    meta = {"date": parts.date or "", "jurisdiction": jurisdiction_of(parts.address or address) or ""}
    warnings = tuple(Notice(warning) for warning in parts.warnings)
    return _document(data, ident, format_, parts.drafts, parts.notes, title=parts.title, meta=meta, warnings=warnings)


def _mhtml(data: bytes, name: str, ident: str, format_: Format) -> Document:
    from polidiff.readers.decode import decode
    from polidiff.readers.html.document import declared_encoding, read_html
    from polidiff.readers.mhtml import page_of

    page = page_of(data, name)
    text = decode(page.data, name=name, declared=page.charset or declared_encoding(page.data))[0]
    return _page(read_html(text, name), data, ident, format_, page.address)


def _text(data: bytes, name: str, ident: str, format_: Format) -> Document:
    from polidiff.readers.decode import decode
    from polidiff.readers.text import text_blocks

    text, _ = decode(data, name=name)
    parts = text_blocks(text)
    site = site_lines([text[block.start : block.end] for block in parts.blocks])
    blocks = tuple(
        dataclasses.replace(block, kind="furniture", level=0, marker=None) if of_site else block
        for block, of_site in zip(parts.blocks, site, strict=True)
    )
    title = next((text[b.start : b.end] for b in blocks if b.kind == "title"), "")
    title = title or next((text[b.start : b.end] for b in blocks if b.kind == "heading"), "")
    return Document(
        id=ident,
        title=title or ident,
        language=detect_language(text),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MEDIA_TYPES[format_],
        text=text,
        blocks=blocks,
        pages=parts.pages,
        pieces=parts.pieces,
    )


def _table(data: bytes, name: str, ident: str, format_: Format, choices: Choices = NONE) -> Document:
    from polidiff.readers.columns import table_drafts
    from polidiff.readers.decode import decode
    from polidiff.readers.oscal import catalog_table, is_catalog
    from polidiff.readers.table import csv_table, jsonl_table, xlsx_tables

    if format_ == "xlsx":
        tables = xlsx_tables(data, name)
    else:
        text = decode(data, name=name)[0]
        if format_ == "jsonl" and is_catalog(text):
            tables = [catalog_table(text, name)]
        else:
            tables = [jsonl_table(text, name) if format_ == "jsonl" else csv_table(text, name)]
    drafts, warnings = table_drafts([table for table in tables if table.rows], name, choices)
    notices = tuple(Notice(warning) for warning in warnings[:50])
    return _document(data, ident, format_, drafts, [], title=ident, meta={"kind": "table"}, warnings=notices)


def _docx(data: bytes, name: str, ident: str, format_: Format) -> Document:
    from polidiff.readers.docx.document import read_docx

    parts = read_docx(data, name)
    notices = tuple(Notice(warning) for warning in parts.warnings)
    return _document(
        data, ident, format_, parts.drafts, parts.notes, title=parts.title, meta=parts.meta, warnings=notices
    )


def _xml(data: bytes, name: str, ident: str, format_: Format) -> Document:
    from polidiff.readers.xml.document import read_xml

    parts = read_xml(data, name)
    return _document(data, ident, format_, parts.drafts, parts.notes, title=parts.title, meta=parts.meta)


_READERS: dict[Format, Callable[[bytes, str, str, Format], Document]] = {
    "markdown": _markdown,
    "html": _html,
    "mhtml": _mhtml,
    "text": _text,
    "docx": _docx,
    "xml": _xml,
}

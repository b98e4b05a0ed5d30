"""What a source is, by its bytes. A file name only decides between formats that are all plain text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from polidiff.errors import EncryptedSource, UnreadableSource

Format = Literal["pdf", "html", "mhtml", "docx", "xlsx", "xml", "markdown", "text", "csv", "jsonl"]

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a BMP picture"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"OggS", "a sound or film file"),
    (b"ID3", "a sound file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"{\\rtf", "a Rich Text (RTF) file"),
    (b"%!PS", "a PostScript file"),
    (b"AT&TFORM", "a DjVu file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"wOFF", "a font"),
    (b"PAR1", "a Parquet file"),
)
_SAVE_AS = {
    "a Rich Text (RTF) file": "save it as .docx",
    "a PostScript file": "convert it to PDF",
    "a DjVu file": "convert it to PDF",
}
_MARKUP_HEAD = re.compile(rb"(?:\s|<!--.*?-->|<\?.*?\?>)*<(!doctype\s+html|[a-z][\w:-]*|!doctype|!\[)", re.I | re.S)
_MHTML = re.compile(rb"\s*[A-Za-z-]{2,40}:[^\r\n]{0,500}\r?\n")
_MULTIPART = re.compile(rb"^content-type:\s*(?:multipart/related|text/html)\b", re.I | re.M)
_MAIL = re.compile(
    rb"^(?:from|to|date|subject|message-id|received|mime-version|content-type|return-path)\s*:[ \t]", re.I | re.M
)
_MAIL_LINES = 4
"""Lines of a mail's head from which on a text is a mail."""
_HTML_BLOCKS = frozenset(
    b"html head body title meta link style script p div section article main header nav table ul ol h1 h2 h3 h4 h5 h6 "
    b"center blockquote base font form frameset".split()
)
_INLINE = frozenset(b"a span b i u em strong img br sup sub small details".split())
_PDF_PARTS = re.compile(rb"(?m)^\d+ \d+ obj\b")
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|[-*+] \S|\d+\. \S|> \S|```|\|.+\|$)", re.M)


def detect(data: bytes, name: str) -> Format:
    """Return the format of ``data``.

    ``name`` is used in messages, and to tell Markdown, plain text and tables apart: they are the same bytes.
    Raises UnreadableSource, with what the bytes are, for anything that is not a document of a known format, and
    EncryptedSource for an Office file behind a password.
    """
    if not data:
        raise UnreadableSource(name, "the file is empty (0 bytes)", "download or save it again")
    if not data.strip(b"\x00 \t\r\n\x0c"):
        raise UnreadableSource(name, "the file holds nothing but white space or zero bytes", "download it again")
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and not _MARKUP_HEAD.match(data[:4096])):
        return "pdf"
    if _PDF_PARTS.search(data[:65536]) and b"startxref" in data[-2048:]:
        return "pdf"  # its first line is damaged
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedSource(
                name, "the Office file is protected by a password", "save a copy without the password"
            )
        raise UnreadableSource(name, "this is an old Office file (.doc, .xls, .ppt)", "save it as .docx, .xlsx or PDF")
    for signature, what in _SIGNATURES:
        if data.startswith(signature) and (len(signature) > 3 or _binary(data)):
            remedy = _SAVE_AS.get(what, "give the document itself: PDF, HTML, DOCX, Markdown, text or a table")
            raise UnreadableSource(name, f"this is {what}, not a document", remedy)
    if data[4:8] == b"ftyp":
        raise UnreadableSource(name, "this is a film or picture file, not a document", "give the document itself")
    return _textual(data, name)


def _binary(data: bytes) -> bool:
    return any(byte < 9 for byte in data[:512])


def _zip(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:80] if "mimetype" in names and len(names) < 10_000 else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, KeyError) as error:
        raise UnreadableSource(
            name, f"the file begins like a ZIP archive (DOCX, XLSX) but is damaged: {error}", "download it again"
        ) from None
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "[Content_Types].xml" in names:
        if any(member.startswith("word/") for member in names):
            return "docx"
        if any(member.startswith("ppt/") for member in names):
            raise UnreadableSource(name, "this is a PowerPoint file", "save it as PDF")
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise UnreadableSource(name, "this is an OpenDocument file", "save it as .docx or PDF")
    if kind.startswith(b"application/epub"):
        raise UnreadableSource(name, "this is an EPUB book", "convert it to HTML or PDF")
    raise UnreadableSource(name, "this is a ZIP archive that is no DOCX or XLSX", "unpack it and give the document")


def _textual(data: bytes, name: str) -> Format:
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    head = data[:262_144]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:4096]:
        from polidiff.readers.decode import decode

        head = decode(data, name=name)[0][:65536].encode("utf-8", "replace")
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _MHTML.match(head) and _MULTIPART.search(head[:4096]):
        return "mhtml"
    if _MHTML.match(head) and len(_MAIL.findall(head[:8192])) >= _MAIL_LINES:
        raise UnreadableSource(
            name, "this is an e-mail message", "save the document that it holds or carries by itself"
        )
    markdown = suffix in ("md", "markdown", "mdown", "mkd")
    found = _MARKUP_HEAD.match(head)
    marked = _markup(head, found.group(1).lower(), suffix, markdown) if found else None
    return marked or ("markdown" if markdown else _plain(head, suffix))


def _markup(head: bytes, tag: bytes, suffix: str, markdown: bool) -> Format | None:
    """What a text is whose first tag is ``tag``: HTML, XML, or something in which a tag may stand."""
    if (tag.startswith(b"!doctype") and tag != b"!doctype") or tag in (b"html", b"head", b"body"):
        return "html"
    if head.lstrip().startswith(b"<?xml"):
        return "html" if re.search(rb"<html[\s>]", head[:4096], re.I) else "xml"
    if markdown:
        return None
    if tag in _HTML_BLOCKS and (b"</" in head or tag in (b"p", b"meta", b"font")):
        return "html"
    if suffix in ("html", "htm", "xhtml") or (tag in _INLINE and b"</p>" in head):
        return "html"
    return "xml" if tag not in _INLINE and b"</" in head else None


def _plain(head: bytes, suffix: str) -> Format:
    """What a text without markup at its head is, by its name, else by its first lines."""
    if suffix in ("html", "htm", "xhtml") and re.search(rb"<(?:p|div|br|h[1-6]|table|ul|ol)\b", head, re.I):
        return "html"
    if suffix in ("jsonl", "ndjson") or (suffix in ("", "json") and head.lstrip()[:1] == b"{"):
        return "jsonl"
    if suffix in ("csv", "tsv", "tab"):
        return "csv"
    return "text" if suffix in ("txt", "text", "asc") else _guess(head)


def _guess(head: bytes) -> Format:
    """Return markdown where two or more of its marks stand at line starts, or front matter opens the text."""
    text = head.decode("utf-8", "replace")
    if re.match(r"---\r?\n[\w-]+:", text):
        return "markdown"
    first = (text.lstrip().splitlines() or [""])[0].lower()
    if re.search(r"(?:^|[,;\t|])\"?id\"?(?:[,;\t|]|$)", first) and re.search(r"[,;\t|]\"?text\"?(?:[,;\t|]|$)", first):
        return "csv"
    heading = re.search(r"^#{1,6} \S", text, re.M)
    return "markdown" if heading and len(_MARKDOWN.findall(text)) >= 2 else "text"

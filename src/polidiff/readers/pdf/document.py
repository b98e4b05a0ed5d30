"""Read a PDF: from bytes to a :class:`~polidiff.model.Document` with blocks, notes, pages and a map to boxes.

The words are pdfium's text layer; lines, columns, running heads, footnotes, paragraphs and headings are worked out from
the place and the type of its characters, page by page. A second reader goes over the same bytes and the pages on which
the two disagree are named in the document's warnings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any

from polidiff.errors import EncryptedSource, ScannedSource, SourceTooLarge, UnreadableSource
from polidiff.lang.language import detect_language
from polidiff.model import Document, Notice, Page, Reason
from polidiff.readers.limits import MAX_PAGES
from polidiff.readers.names import told_title
from polidiff.readers.pdf.blocks import body_of, group, set_depths
from polidiff.readers.pdf.chars import PageText
from polidiff.readers.pdf.columns import set_edges
from polidiff.readers.pdf.downwards import turned_back
from polidiff.readers.pdf.footnotes import take_notes
from polidiff.readers.pdf.furniture import Sheet, remove_furniture
from polidiff.readers.pdf.headings import Bookmark, mark_headings
from polidiff.readers.pdf.line_numbers import take_line_numbers
from polidiff.readers.pdf.lines import page_lines
from polidiff.readers.pdf.notices import Told, doubt_of, struck_notices
from polidiff.readers.pdf.ocr import available, wanted
from polidiff.readers.pdf.pages import Rest, page_texts
from polidiff.readers.pdf.parted import mend_parted
from polidiff.readers.pdf.second_reader import UNSURE, compare_readings, fold, second_reading
from polidiff.readers.pdf.written import write

_REPAIR = "download it again or repair it (`qpdf in.pdf out.pdf`)"
_COLLECTION = re.compile(rb"/Collection\b")
_MOST_NAMED = 30
"""Files in a PDF that are named."""

MAX_CHARACTERS = 60_000_000
"""Characters that one document's text layer may hold."""

__all__ = ["read_pdf", "read_words"]


def read_pdf(data: bytes, *, id: str, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Read the bytes of a PDF. ``name`` is what messages call the file; ``progress`` is told (pages done, pages).

    Raises :class:`~polidiff.errors.EncryptedSource`, :class:`~polidiff.errors.ScannedSource`,
    :class:`~polidiff.errors.SourceTooLarge` or :class:`~polidiff.errors.UnreadableSource`.
    """
    document, printed = read_words(data, id=id, name=name, progress=progress)
    return compare_readings(document, printed, second_reading(data, len(document.pages)))


def read_words(
    data: bytes,
    *,
    id: str,
    name: str,
    progress: Callable[[int, int], None] | None = None,
    share: float = 0.0,
    rest: Rest | None = None,
) -> tuple[Document, list[list[str]]]:
    """Read as :func:`read_pdf` does, without a second reader.

    ``rest`` gives the pages that another process reads, the last ``share`` of them (see
    :func:`~polidiff.readers.pdf.pages.page_texts`). Returns the document and, page by page, its printed lines, folded,
    for :func:`~polidiff.readers.pdf.second_reader.compare_readings`.
    """
    pdf = _open(data, name)
    try:
        attached = _attached(pdf, data, name)
        sheets, warnings = _sheets(page_texts(pdf, data, share, rest), len(pdf), name, progress)
        labels = _page_labels(pdf, len(sheets))
        bookmarks = _bookmarks(pdf)
        meta_title = told_title(pdf.get_metadata_dict().get("Title") or "")
    finally:
        pdf.close()
    printed = [[] if s.ours else [fold(line.text) for line in s.lines] + s.unseen for s in sheets]
    take_line_numbers(sheets)
    remove_furniture(sheets)
    body = body_of([line for sheet in sheets for line in sheet.lines])
    notes = take_notes(sheets, body.size)
    lines = [line for sheet in sheets for line in sheet.lines]
    set_edges(lines)
    body = body_of(lines)
    drafts, title = mark_headings(mend_parted(group(lines, body)), body, bookmarks, meta_title)
    set_depths(drafts)
    written = write(drafts, notes, lines, body)
    text = written.text
    turned = {sheet.number: sheet.height for sheet in sheets if sheet.downwards}
    pieces = turned_back(written.pieces, turned) if turned else written.pieces
    document = Document(
        id=id,
        title=title or name,
        language=detect_language(text),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf",
        text=text,
        blocks=written.blocks,
        pieces=pieces,
        pages=tuple(_page(sheet, labels) for sheet in sheets),
        notes=written.notes,
        warnings=(*attached, *warnings, *struck_notices(written.struck, pieces, text)),
        struck=written.struck,
    )
    return document, printed


def _page(sheet: Sheet, labels: dict[int, str]) -> Page:
    width, height = (sheet.height, sheet.width) if sheet.downwards else (sheet.width, sheet.height)
    return Page(sheet.number, width, height, sheet.label or labels.get(sheet.number), sheet.doubt)


def _open(data: bytes, name: str) -> Any:
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data)
        pages = len(pdf)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == 4 or "password" in str(error).lower():
            raise EncryptedSource(
                name, "the PDF is locked with a password", "save a copy without the password and read that"
            ) from None
        raise UnreadableSource(name, "the PDF is damaged and cannot be opened", _REPAIR) from None
    if pages == 0:
        pdf.close()
        raise UnreadableSource(name, "the PDF has no pages", "download it again")
    if pages > MAX_PAGES:
        pdf.close()
        raise SourceTooLarge(
            name, f"the PDF has {pages:,} pages, more than {MAX_PAGES:,}", "split it and read the parts"
        )
    return pdf


def _attached(pdf: Any, data: bytes, name: str) -> tuple[Notice, ...]:
    """Return a notice that names the files in the PDF; a portfolio, whose pages are but a cover, is refused."""
    names = tuple(pdf.get_attachment(index).get_name() for index in range(min(pdf.count_attachments(), _MOST_NAMED)))
    if names and _COLLECTION.search(data):
        raise UnreadableSource(
            name,
            f"the PDF is a portfolio: a cover around {len(names)} attached files ({', '.join(names)})",
            "save the attached files and read each of them",
        )
    return (Notice(Reason.of("pdf.attached", files=names)),) if names else ()


def _sheets(
    texts: Iterable[PageText | None], total: int, name: str, progress: Callable[[int, int], None] | None
) -> tuple[list[Sheet], list[Notice]]:
    """Turn what each page holds into lines."""
    sheets: list[Sheet] = []
    told = Told()
    characters = 0
    blank: list[PageText] = []
    for number, found in enumerate(texts, start=1):
        if found is None:
            told.notices.append(Notice(Reason.of("page.damaged"), number))
            sheets.append(Sheet(number, 0.0, 0.0, []))
            continue
        characters += sum(len(run.text) for run in found.runs)
        if characters > MAX_CHARACTERS:
            raise SourceTooLarge(
                name, f"more than {MAX_CHARACTERS:,} characters by page {number}", "split the file and read the parts"
            )
        if not found.runs:
            blank.append(found)
        told.page(found)
        sheet = Sheet(number, found.width, found.height, page_lines(found))
        sheet.doubt, sheet.ours, sheet.downwards = doubt_of(found), found.recognised == "here", found.downwards
        sheet.unseen = [UNSURE + fold(left.words) for left in found.left_out]
        sheets.append(sheet)
        if progress is not None:
            progress(number, total)
    damaged = sum(notice.reason.code == "page.damaged" for notice in told.notices)
    if damaged == total:
        raise UnreadableSource(name, f"the PDF is damaged: none of its {total} pages can be opened", _REPAIR)
    pictures = [found for found in blank if found.pictures]
    if len(blank) == total or (characters < 40 * total and len(pictures) > 0.8 * total):
        if pictures:
            raise ScannedSource(
                name,
                f"{len(blank)} of {total} pages are pictures without a text layer",
                _way_out(),
            )
        if len(blank) == total:
            raise UnreadableSource(
                name,
                _without_letters(blank),
                "if the words are drawn, run text recognition first, for example `ocrmypdf --force-ocr in.pdf out.pdf`",
            )
    told.notices.extend(Notice(Reason.of("page.picture"), found.number) for found in pictures)
    return sheets, told.all()


def _without_letters(blank: list[PageText]) -> str:
    """What is wrong with a document none of whose pages holds a readable letter."""
    pieces = sum(found.silent for found in blank)
    if any(found.upright_columns for found in blank):
        return f"its text is set from top to bottom, letter by letter ({pieces}), in a font that names no letters"
    if pieces:
        return f"its fonts name none of the letters that they show ({pieces} pieces of text)"
    return f"none of its {len(blank)} pages holds text"


def _way_out() -> str:
    """Return what the reader of a scanned document can do."""
    if not available():
        return "install Tesseract and set POLIDIFF_OCR=1, or run text recognition first: `ocrmypdf in.pdf out.pdf`"
    if not wanted():
        return "set POLIDIFF_OCR=1 (--ocr) to have Tesseract read them, or run `ocrmypdf in.pdf out.pdf`"
    return "Tesseract found no words on them either"


def _page_labels(pdf: Any, pages: int) -> dict[int, str]:
    """The file's own page labels, where they say more than the page's place."""
    found: dict[int, str] = {}
    for number in range(1, pages + 1):
        label = pdf.get_page_label(number - 1)
        if not label:
            return {}
        found[number] = label
    return found if any(label != str(number) for number, label in found.items()) else {}


def _bookmarks(pdf: Any) -> list[Bookmark]:
    """The file's outline, without a single root that holds all the rest."""
    found: list[Bookmark] = []
    for entry in pdf.get_toc(max_depth=9):
        title = " ".join((entry.get_title() or "").split())
        target = entry.get_dest()
        index = target.get_index() if target is not None else None
        if title:
            found.append(Bookmark(entry.level, title, index + 1 if index is not None else None))
        if len(found) >= 20_000:
            break
    if len(found) > 2 and sum(1 for bookmark in found if bookmark.depth == 0) == 1 and found[0].depth == 0:
        found = [found[0], *(Bookmark(bookmark.depth - 1, bookmark.title, bookmark.page) for bookmark in found[1:])]
    return found

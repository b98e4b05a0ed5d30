"""Pictures of a PDF's pages with a passage marked on them: drawn apart, one at a time, and kept a while."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.model import Box, Document, Provision
from polidiff.model.documents import Page as Printed
from polidiff.readers.pdf.render import page_picture
from polidiff.web.pages import Page
from polidiff.workspace import Workspace
from polidiff.workspace.originals import PDF, original

MOST_PAGES = 4
"""Pages of one passage of which pictures are shown."""

KEPT = 64
"""Pictures that are kept in memory; one of A4 is some 50 to 150 kB."""


@dataclass(frozen=True)
class Sheet:
    """A page of the file: its number, its size in points, and where the passage stands on it."""

    number: int
    width: float
    height: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Scan:
    """A passage of a PDF, with the pages that it stands on. ``held`` is whether the workspace has the file."""

    document: Document
    provision: Provision
    sheets: tuple[Sheet, ...]
    more: int
    held: bool


class Pictures:
    """Pictures by the file's hash and the page. One is drawn at a time, however many ask; the oldest go first."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], bytes | None] = {}
        self._drawing = threading.Lock()

    def get(self, page: Page, document: Document, number: int) -> bytes | None:
        """Return a page as a PNG file; None where it can't be drawn, or the workspace doesn't hold the file."""
        key = document.sha256, number
        if (held := self._kept.get(key)) is not None:
            return held
        with self._drawing:
            if key not in self._kept:
                with page.desk.workspace() as work:
                    data = original(work.store, document)
                if data is None:
                    return None
                self._kept[key] = page_picture(data, number, name=document.id)
                if len(self._kept) > KEPT:
                    del self._kept[next(iter(self._kept))]
            return self._kept[key]


_pictures = Pictures()


def holds_pictures(work: Workspace, document: Document) -> bool:
    """Whether pages of a document can be drawn: it is a PDF, and the workspace has the file."""
    return document.media_type == PDF and original(work.store, document) is not None


def sheet_of(page: Printed, boxes: Iterable[Box]) -> Sheet:
    """Return a page of a document with those of the boxes that stand on it."""
    return Sheet(page.number, page.width, page.height, tuple(box for box in boxes if box.page == page.number))


def scans_of(page: Page, passages: Sequence[tuple[Document, Provision]]) -> list[Scan]:
    """Return the passages that stand in a PDF, with their pages."""
    made = []
    for document, provision in passages:
        first, last = provision.page_start, provision.page_end or provision.page_start
        if document.media_type != PDF or first is None or last is None:
            continue
        with page.desk.workspace() as work:
            held = holds_pictures(work, document)
        pages = [one for one in document.pages if first <= one.number <= last]
        sheets = tuple(sheet_of(one, provision.boxes) for one in pages[:MOST_PAGES])
        made.append(Scan(document, provision, sheets, len(pages) - len(sheets), held))
    return made


def picture(page: Page) -> Response:
    """The picture of a page of a document that the workspace holds: ``document`` is its id, ``number`` from 1."""
    with page.desk.workspace() as work:
        read = work.places().documents.get(page.query.get("document", ""))
    number = page.number("number") or 0
    if read is None or not 1 <= number <= len(read[0].pages):
        raise HTTPException(404)
    png = _pictures.get(page, read[0], number)
    if png is None:
        raise HTTPException(404)
    kept = page.query.get("v") == read[0].sha256[:12]
    how = "private, max-age=86400" if kept else "no-cache"
    return Response(png, media_type="image/png", headers={"cache-control": how})

"""The parts of a Word file: the main document, what stands beside it, and documents that it brings in whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from polidiff.errors import SourceTooLarge
from polidiff.model import Reason
from polidiff.readers.archive import Archive
from polidiff.readers.draft import Draft

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HTML = ("html", "htm", "xhtml")
_MOST = 50
Nested = Callable[[bytes, str], tuple[list[Draft], list[Reason]]]


class WordParts:
    """A Word file, unpacked within bounds. ``nested`` reads a Word file that this one holds."""

    def __init__(self, data: bytes, name: str, nested: Nested) -> None:
        self.name = name
        self._archive = Archive(data, name)
        self._nested = nested
        self._member = _main_member(self._archive)
        self._folder = self._member.rpartition("/")[0]
        self._chunks = 0
        self._relations = self._related()
        self.main: Any | None = self._archive.xml(self._member)

    def beside(self, part: str) -> Any | None:
        """Return the root of ``part`` (styles, numbering, footnotes) of the main document, or None.

        The relations of the document name the member; Word on the web calls it ``styles2.xml``.
        """
        named = (member for kind, member in self._relations.values() if kind == part and member in self._archive.names)
        return self._archive.xml(next(named, f"{self._folder}/{part}.xml"))

    def _related(self) -> dict[str, tuple[str, str]]:
        """The relations of the main document by id: the last part of the relation's kind, and the member."""
        rels = self._archive.xml(f"{self._folder}/_rels/{self._member.rpartition('/')[2]}.rels")
        found: dict[str, tuple[str, str]] = {}
        for rel in rels if rels is not None else ():
            target = str(rel.get("Target") or "")
            member = target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}"
            found[str(rel.get("Id"))] = (str(rel.get("Type") or "").rpartition("/")[2], member)
        return found

    def core(self) -> dict[str, str]:
        """Return what the file's properties say: title, creator, created …"""
        root = self._archive.xml("docProps/core.xml")
        if root is None:
            return {}
        return {str(el.tag).rpartition("}")[2]: (el.text or "").strip() for el in root}

    def chunk(self, ident: str) -> tuple[list[Draft], list[Reason]]:
        """Return the drafts of the document that the relation ``ident`` brings in, and what a reader should know.

        Raises UnreadableSource where it is damaged.
        """
        member = self._relations.get(ident, ("", ""))[1]
        data = self._archive.read(member)
        kind = member.rpartition(".")[2].lower()
        self._chunks += 1
        if self._chunks > _MOST or self.name.count(" > ") > 2:
            raise SourceTooLarge(self.name, f"it brings in more than {_MOST} documents", "save it again in Word")
        if data is None:
            return [], [Reason.of("docx.chunk_missing")]
        if kind == "docx":
            return self._nested(data, f"{self.name} > {member}")
        if kind in _HTML or kind in ("mht", "mhtml"):
            return self._page(data, kind), []
        if kind == "txt":
            from polidiff.readers.decode import decode

            lines = decode(data, name=self.name)[0].splitlines()
            return [Draft("paragraph", line.strip()) for line in lines if line.strip()], []
        return [], [Reason.of("docx.chunk_kind", kind=kind[:12])]

    def _page(self, data: bytes, kind: str) -> list[Draft]:
        from polidiff.readers.decode import decode
        from polidiff.readers.html.document import declared_encoding, read_fragment
        from polidiff.readers.mhtml import page_of

        declared = None
        if kind not in _HTML:
            page = page_of(data, self.name)
            data, declared = page.data, page.charset or None
        return read_fragment(decode(data, name=self.name, declared=declared or declared_encoding(data))[0], self.name)


def _main_member(archive: Archive) -> str:
    """Return the member that holds the document: as the relations say, else ``word/document.xml``."""
    rels = archive.xml("_rels/.rels")
    if rels is not None:
        for rel in rels:
            if str(rel.get("Type") or "").endswith("/officeDocument"):
                target = str(rel.get("Target") or "").lstrip("/")
                if target in archive.names:
                    return target
    return "word/document.xml"

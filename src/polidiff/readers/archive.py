"""Members of a DOCX or XLSX file, unpacked within bounds."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from polidiff.errors import EncryptedSource, SourceTooLarge, UnreadableSource
from polidiff.readers.limits import MAX_ARCHIVE_BYTES, MAX_ARCHIVE_MEMBERS, MAX_MEMBER_BYTES, MAX_RATIO, RATIO_FLOOR

_CHUNK = 1 << 20
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")


class Archive:
    """A ZIP file whose declared and actual sizes are bounded. ``name`` is the file's name for messages."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise UnreadableSource(name, f"the file is damaged: {error}", "download or save it again") from None
        if len(members) > MAX_ARCHIVE_MEMBERS:
            raise SourceTooLarge(name, f"the file has more than {MAX_ARCHIVE_MEMBERS} members", "save it again in Word")
        if sum(member.file_size for member in members) > MAX_ARCHIVE_BYTES:
            raise SourceTooLarge(
                name, f"the file unpacks to more than {MAX_ARCHIVE_BYTES >> 20} MB", "give a part of it"
            )
        for member in members:
            self._check(member)
            if member.flag_bits & 1:
                raise EncryptedSource(name, "the file is protected by a password", "save a copy without the password")
        self.names = frozenset(member.filename for member in members)
        self._budget = MAX_ARCHIVE_BYTES

    def _check(self, member: zipfile.ZipInfo) -> None:
        big = member.file_size > RATIO_FLOOR
        if big and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise SourceTooLarge(
                self.name,
                f"its member {member.filename[:80]} unpacks to more than {MAX_RATIO} times its size",
                "save it again",
            )

    def read(self, member: str) -> bytes | None:
        """Return the bytes of ``member``, or None where there is none. What it declares is not trusted."""
        if member not in self.names:
            return None
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > min(MAX_MEMBER_BYTES, self._budget):
                        raise SourceTooLarge(
                            self.name, f"its member {member[:80]} unpacks to more than the bound", "give a part of it"
                        )
                    parts.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise UnreadableSource(
                self.name, f"its member {member[:80]} is damaged ({error})", "download or save it again"
            ) from None
        self._budget -= size
        return b"".join(parts)

    def xml(self, member: str) -> Any | None:
        """Return the root element of an XML member, or None where there is none. No entities, no network.

        The names of Strict Open XML (ISO 29500) are those of the common kind then.
        """
        data = self.read(member)
        if data is None:
            return None
        if b"http://purl.oclc.org/ooxml/" in data:
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        return parse_xml(data, f"{self.name} ({member[:80]})")


def parse_xml(data: bytes, name: str) -> Any:
    """Return the root element of ``data``. Entities are not resolved, nothing is loaded, sizes and depth are bounded.

    Raises UnreadableSource with the line at fault, or SourceTooLarge for an entity bomb or too deep a nesting.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        words = str(error)
        if any(
            sign in words.lower() for sign in ("amplification", "excessive depth", "entity loop", "huge", "too long")
        ):
            raise SourceTooLarge(name, f"the XML is over a bound ({words})", "give the document as published") from None
        raise UnreadableSource(name, f"the XML is damaged ({words})", "download or save it again") from None
    if root is None:
        raise UnreadableSource(name, "the XML is empty", "download or save it again")
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise SourceTooLarge(
            name, "the XML declares entities of its own", "give the document as published, without a DTD"
        )
    return root

"""Structured documents in XML: Akoma Ntoso and StratML. Their structure is taken as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.readers.archive import parse_xml
from polidiff.readers.draft import Draft, NoteDraft
from polidiff.readers.limits import MAX_TEXT_BYTES


@dataclass(slots=True)
class XmlParts:
    """What an XML file gives a Document."""

    drafts: list[Draft]
    notes: list[NoteDraft]
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)


def local(el: Any) -> str:
    """Return an element's name without its namespace, or nothing for a comment."""
    return str(el.tag).rpartition("}")[2] if isinstance(el.tag, str) else ""


def read_xml(data: bytes, name: str) -> XmlParts:
    """Return the document of an Akoma Ntoso or StratML file.

    Raises UnreadableSource for other XML or damaged XML, SourceTooLarge beyond a bound.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise SourceTooLarge(name, f"the file is larger than {MAX_TEXT_BYTES >> 20} MB", "give a part of it")
    root = parse_xml(data, name)
    kind = local(root)
    if kind in ("akomaNtoso", "akomantoso"):
        from polidiff.readers.xml.akoma_ntoso import read_akn

        return read_akn(root)
    if kind in ("StrategicPlan", "PerformancePlanOrReport"):
        from polidiff.readers.xml.stratml import read_stratml

        return read_stratml(root)
    raise UnreadableSource(
        name,
        f"this is XML with the root <{kind[:60]}>; of XML, only Akoma Ntoso and StratML are read",
        "give the document as HTML, PDF, DOCX or Markdown",
    )

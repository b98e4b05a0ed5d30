"""Structured documents in XML: Akoma Ntoso and StratML. Their structure is taken as it is."""

from __future__ import annotations

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.readers.archive import parse_xml
from polidiff.readers.limits import MAX_TEXT_BYTES
from polidiff.readers.xml.akoma_ntoso import read_akn
from polidiff.readers.xml.parts import XmlParts, local
from polidiff.readers.xml.stratml import read_stratml


def read_xml(data: bytes, name: str) -> XmlParts:
    """Return the document of an Akoma Ntoso or StratML file.

    Raises UnreadableSource for other XML or damaged XML, SourceTooLarge beyond a bound.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise SourceTooLarge(name, f"the file is larger than {MAX_TEXT_BYTES >> 20} MB", "give a part of it")
    root = parse_xml(data, name)
    kind = local(root)
    if kind in ("akomaNtoso", "akomantoso"):
        return read_akn(root)
    if kind in ("StrategicPlan", "PerformancePlanOrReport"):
        return read_stratml(root)
    raise UnreadableSource(
        name,
        f"this is XML with the root <{kind[:60]}>; of XML, only Akoma Ntoso and StratML are read",
        "give the document as HTML, PDF, DOCX or Markdown",
    )

"""Structured documents in XML, a kind by a reader of its own: legislatures' formats and StratML.

Their structure is taken as it is. A new kind is one module and one line in :data:`KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.readers.archive import parse_xml
from polidiff.readers.limits import MAX_TEXT_BYTES
from polidiff.readers.xml.parts import XmlParts, local


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of XML: its name, the roots or the part of the namespace that tell it, and where its reader is."""

    name: str
    reader: str
    roots: frozenset[str] = frozenset()
    namespaces: tuple[str, ...] = ()


KINDS = (
    Kind("Akoma Ntoso", "akoma_ntoso:read_akn", frozenset(["akomaNtoso", "akomantoso"])),
    Kind("USLM", "uslm:read_uslm", namespaces=("schemas.gpo.gov/xml/uslm", "xml.house.gov/schemas/uslm")),
    Kind("CLML", "clml:read_clml", namespaces=("legislation.gov.uk/namespaces/legislation",)),
    Kind(
        "StratML",
        "stratml:read_stratml",
        frozenset(["StrategicPlan", "PerformancePlanOrReport"]),
    ),
    Kind("the bill DTD of the US Congress", "us_bill:read_us_bill", frozenset(["bill", "resolution", "amendment-doc"])),
    Kind(
        "Formex",
        "formex:read_formex",
        frozenset(
            [
                "ACT",
                "CONS.ACT",
                "ANNEX",
                "CONS.ANNEX",
                "AGR",
                "CONS.AGR",
                "PROT",
                "LETTER",
                "GENERAL",
                "DECLARATION",
                "DECISION",
            ]
        ),
    ),
    Kind("LIMS of Canada", "lims:read_lims", frozenset(["Statute", "Regulation"])),
)
"""The kinds of XML that are read. A namespace decides before a root's name."""


def kinds() -> str:
    """Return the names of the kinds that are read, for a sentence."""
    names = [kind.name for kind in KINDS]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def read_xml(data: bytes, name: str) -> XmlParts:
    """Return the document of an XML file of one of the :data:`KINDS`.

    Raises UnreadableSource for other XML or damaged XML, SourceTooLarge beyond a bound.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise SourceTooLarge(name, f"the file is larger than {MAX_TEXT_BYTES >> 20} MB", "give a part of it")
    root = parse_xml(data, name)
    kind = _kind_of(root)
    if kind is None:
        raise UnreadableSource(
            name,
            f"this is XML with the root <{local(root)[:60]}>; of XML, these are read: {kinds()}",
            "give the document as HTML, PDF, DOCX or Markdown",
        )
    module, _, function = kind.reader.partition(":")
    reader: Callable[[Any], XmlParts] = getattr(import_module(f"polidiff.readers.xml.{module}"), function)
    return reader(root)


def _kind_of(root: Any) -> Kind | None:
    space = str(root.tag).rpartition("}")[0].lower()
    name = local(root)
    spaced = next((kind for kind in KINDS if any(part in space for part in kind.namespaces)), None)
    return spaced or next((kind for kind in KINDS if name in kind.roots), None)

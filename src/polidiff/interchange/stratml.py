"""StratML part 1 (ISO 17469-1): headings as goals, provisions as objectives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from polidiff.interchange.refi import clean, guid
from polidiff.model import Document, Provision

__all__ = ["stratml"]

CORE = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"


def stratml(document: Document, provisions: Sequence[Provision]) -> bytes:
    """Return the document as a strategic plan: a goal a heading (its last one), an objective a leaf under it."""
    from lxml import etree

    root = etree.fromstring(f'<StrategicPlan xmlns="{CORE}"/>')
    _put(root, "Name", document.title or document.id)
    _put(root, "OtherInformation", f"SHA-256 {document.sha256}; {document.kind}")
    core = _put(root, "StrategicPlanCore")
    organization = _put(core, "Organization")
    _put(organization, "Name", document.issuer or document.jurisdiction or "unknown")
    _put(organization, "Identifier", f"_{guid('organization', document.issuer, document.jurisdiction)}")
    goal, held = None, None
    for number, one in enumerate((p for p in provisions if p.leaf), 1):
        if goal is None or one.path != held:
            held = one.path
            goal = _goal(core, document, one, number)
        objective = _put(goal, "Objective")
        _put(objective, "Name", one.number or one.id)
        _put(objective, "Description", one.text)
        _put(objective, "Identifier", f"_{guid('objective', document.sha256, one.id)}")
        _put(objective, "SequenceIndicator", one.number or str(number))
    administration = _put(root, "AdministrativeInformation")
    if document.date:
        _put(administration, "PublicationDate", document.date)
    if document.source.startswith("https://"):
        _put(administration, "Source", document.source)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=False)
    return made


def _goal(core: Any, document: Document, one: Provision, number: int) -> Any:
    goal = _put(core, "Goal")
    _put(goal, "Name", one.path[-1] if one.path else document.title or document.id)
    _put(goal, "Description", " / ".join(one.path[:-1]))
    _put(goal, "Identifier", f"_{guid('goal', document.sha256, *one.path, number)}")
    return goal


def _put(parent: Any, name: str, text: str = "") -> Any:
    from lxml import etree

    made = etree.SubElement(parent, f"{{{CORE}}}{name}")
    made.text = clean(text) or None
    return made

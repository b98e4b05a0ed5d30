"""StratML: headings as goals, provisions as objectives.

Part 1 (ISO 17469-1) is the plan; part 2 (ANSI/AIIM 22) adds who is to act, and how firmly, to each objective.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from polidiff.interchange.refi import clean, guid
from polidiff.model import Coding, Document, Provision

__all__ = ["stratml"]

CORE = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
PLAN = "http://www.stratml.net/PerformancePlanOrReport"


def stratml(document: Document, provisions: Sequence[Provision], codings: Sequence[Coding] | None = None) -> bytes:
    """Return the document as a strategic plan: a goal a heading (its last one), an objective a leaf under it.

    With ``codings`` (one a provision) it is a plan of part 2: the bodies that lead or take part are an objective's
    stakeholders, and how firmly it commits is told beside it.
    """
    from lxml import etree

    space, name = (CORE, "StrategicPlan") if codings is None else (PLAN, "PerformancePlanOrReport")
    root = etree.fromstring(f'<{name} xmlns="{space}"/>')
    if codings is not None:
        root.set("Type", "Strategic_Plan")
    _put(root, "Name", document.title or document.id)
    _put(root, "OtherInformation", f"SHA-256 {document.sha256}; {document.kind}")
    core = _put(root, "StrategicPlanCore")
    organization = _put(core, "Organization")
    _put(organization, "Name", document.issuer or document.jurisdiction or "unknown")
    _put(organization, "Identifier", f"_{guid('organization', document.issuer, document.jurisdiction)}")
    goal, held = None, None
    for number, (one, coding) in enumerate(_leaves(provisions, codings), 1):
        if goal is None or one.path != held:
            held = one.path
            goal = _goal(core, document, one, number)
        objective = _put(goal, "Objective")
        _put(objective, "Name", one.number or one.id)
        _put(objective, "Description", one.text)
        _put(objective, "Identifier", f"_{guid('objective', document.sha256, one.id)}")
        _put(objective, "SequenceIndicator", one.number or str(number))
        if coding is not None:
            _coded(objective, coding)
    administration = _put(root, "AdministrativeInformation")
    if document.date and re.fullmatch(r"\d{4}-\d\d-\d\d", document.date):
        _put(administration, "PublicationDate", document.date)
    if document.source.startswith("https://"):
        _put(administration, "Source", document.source)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=False)
    return made


def _leaves(
    provisions: Sequence[Provision], codings: Sequence[Coding] | None
) -> Iterator[tuple[Provision, Coding | None]]:
    for number, one in enumerate(provisions):
        if one.leaf:
            yield one, codings[number] if codings is not None else None


def _coded(objective: Any, coding: Coding) -> None:
    for role, actors in (("lead", coding.lead), ("takes part", coding.others)):
        for actor in actors:
            stakeholder = _put(objective, "Stakeholder")
            _put(stakeholder, "Name", actor.name)
            held = _put(stakeholder, "Role")
            _put(held, "Name", role)
            _put(held, "RoleType", "Performer")
    _put(objective, "OtherInformation", f"strength: {coding.strength.id}")


def _goal(core: Any, document: Document, one: Provision, number: int) -> Any:
    goal = _put(core, "Goal")
    _put(goal, "Name", one.path[-1] if one.path else document.title or document.id)
    _put(goal, "Description", " / ".join(one.path[:-1]))
    _put(goal, "Identifier", f"_{guid('goal', document.sha256, *one.path, number)}")
    return goal


def _put(parent: Any, name: str, text: str = "") -> Any:
    from lxml import etree

    made = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    made.text = clean(text) or None
    return made

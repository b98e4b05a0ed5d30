"""StratML (ISO 17469-1, and ANSI/AIIM 21 and 22): strategic plans as goals and objectives."""

from __future__ import annotations

import re
from typing import Any

from polidiff.readers.draft import Draft
from polidiff.readers.xml.parts import XmlParts, local

_ASIDE = frozenset(["Organization", "Stakeholder", "PerformanceIndicator", "Relationship", "Role", "Submitter"])
_SILENT = frozenset(
    [
        "Identifier",
        "SequenceIndicator",
        "AdministrativeInformation",
        "StartDate",
        "EndDate",
        "PublicationDate",
        "Source",
        "Acronym",
        "RelationshipType",
        "ReferentIdentifier",
        "StratMLDescription",
    ]
)


def read_stratml(root: Any) -> XmlParts:
    """Return the plan: its name as title, goals and objectives as headings, each description a block of its own.

    An objective's description (its name, where it has none) is an item with the objective's sequence number.
    Organizations, stakeholders and indicators are words of the document but no commitments.
    """
    drafts: list[Draft] = []
    title = _text(_child(root, "Name"))
    if title:
        drafts.append(Draft("title", title))
    for child in root:
        if local(child) != "Name":
            _walk(child, drafts, 0, "")
    meta: dict[str, str] = {}
    for wanted in ("PublicationDate", "StartDate"):
        date = next((_text(el) for el in root.iter() if local(el) == wanted and _text(el)), "")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", date) and "date" not in meta:
            meta["date"] = date
    return XmlParts(drafts, [], title, meta)


def _child(el: Any, name: str) -> Any | None:
    return next((child for child in el if local(child) == name), None)


def _text(el: Any | None) -> str:
    return " ".join("".join(el.itertext()).split()) if el is not None else ""


def _walk(el: Any, drafts: list[Draft], level: int, above: str) -> None:
    name = local(el)
    if not name or name in _SILENT or level > 20:
        return
    if name in ("Goal", "Objective", "Value"):
        _aim(el, name, drafts, level)
    elif name in _ASIDE:
        for leaf in el.iter():
            if local(leaf) not in _SILENT and not len(leaf) and _text(leaf):
                drafts.append(Draft("furniture", _text(leaf)))
    elif not any(isinstance(child.tag, str) for child in el):
        if _text(el):
            drafts.append(Draft("paragraph", _text(el)))
    else:
        for child in el:
            _walk(child, drafts, level, name)


def _aim(el: Any, name: str, drafts: list[Draft], level: int) -> None:
    title, words = _text(_child(el, "Name")), _text(_child(el, "Description"))
    number = _text(_child(el, "SequenceIndicator")) or None
    leaf = not any(local(child) in ("Goal", "Objective") for child in el)
    if title and (words or not leaf):
        drafts.append(Draft("heading", title, level=min(level + 1, 9), marker=number))
    elif title:
        drafts.append(Draft("item", title, level=0, marker=number))
    if words:
        drafts.append(Draft("item", words, level=0, marker=number) if leaf else Draft("paragraph", words))
    for child in el:
        if local(child) not in ("Name", "Description"):
            _walk(child, drafts, level + 1, name)

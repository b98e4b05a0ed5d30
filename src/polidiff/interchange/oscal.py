"""OSCAL 1.2.1: a crosswalk as a mapping collection, documents as catalogs, findings as assessment results.

Mappings came into OSCAL with 1.2; catalogs and results have the same form in 1.1. See https://pages.nist.gov/OSCAL.
Identifiers are made of the records, and times are fixed, so that the same report gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from polidiff.errors import InputError
from polidiff.interchange.opened import Opened
from polidiff.interchange.refi import guid
from polidiff.model import Comparison, Document, Match, Provision
from polidiff.model.codec import JsonObject

__all__ = ["VERSION", "assessment", "catalog", "mappings", "token"]

VERSION = "1.2.1"
NAMESPACE = "https://pypi.org/project/polidiff/ns/oscal"
NO_TIME = "1970-01-01T00:00:00Z"
"""OSCAL demands a time; polidiff has no clock. The date of the document, or of the latest, stands there if known."""

RELATIONS = {
    "equal": "equal-to",
    "subset_of": "subset-of",
    "superset_of": "superset-of",
    "intersects_with": "intersects-with",
}
RATIONALES = ("syntactic", "semantic", "functional")


def mappings(report: Opened) -> JsonObject:
    """Return every link of a crosswalk as one mapping collection, a mapping a pair of documents."""
    made = _made(report)
    held = {document.id: document for document in made.documents}
    pairs: dict[tuple[str, str], list[Match]] = {}
    for match in made.matches:
        if match.relation in RELATIONS:
            pairs.setdefault((match.source_document, match.document), []).append(match)
    return {
        "mapping-collection": {
            "uuid": _uuid("mappings", *(d.sha256 for d in made.documents)),
            "metadata": _metadata(
                report, "Crosswalk of " + " and ".join(d.title for d in made.documents), made.documents
            ),
            "provenance": {
                "method": "automation",
                "matching-rationale": "semantic",
                "status": "draft",
                "mapping-description": _one_line("; ".join(f"{name}: {value}" for name, value in report.method)),
            },
            "mappings": [
                {
                    "uuid": _uuid("mapping", held[a].sha256, held[b].sha256),
                    "source-resource": {"type": "catalog", "href": f"{token(a)}.oscal-catalog.json"},
                    "target-resource": {"type": "catalog", "href": f"{token(b)}.oscal-catalog.json"},
                    "maps": [_map(match) for match in found],
                    **_gap(made, "source", a, b, {match.source for match in found}),
                    **_gap(made, "target", b, a, {match.id for match in found}),
                }
                for (a, b), found in sorted(pairs.items())
            ],
        }
    }


def _gap(made: Comparison, end: str, document: str, other: str, mapped: set[str]) -> JsonObject:
    """Return the summary of the controls of ``document`` that no map to ``other`` names; nothing where all are."""
    sides = zip(made.documents, made.provisions, strict=True)
    own = next(provisions for held, provisions in sides if held.id == document)
    left = [_control(one.id) for one in own if one.leaf and one.id not in mapped]
    if not left:
        return {}
    gap = {"uuid": _uuid("gap", end, document, other), "unmapped-controls": [{"with-ids": left}]}
    return {f"{end}-gap-summary": gap}


def _relationship(match: Match) -> str:
    """The relationship in OSCAL's terms, which tell the same words (equal) from the same meaning (equivalent)."""
    same = match.judged == "same" and match.relation == "intersects_with"
    if same or (match.relation == "equal" and match.rationale == "semantic"):
        return "equivalent-to"
    return RELATIONS[match.relation]


def _map(match: Match) -> JsonObject:
    ends = (match.source_document, match.source, match.document, match.id)
    return {
        "uuid": _uuid("map", *ends),
        **({"matching-rationale": match.rationale} if match.rationale in RATIONALES else {}),
        "relationship": _relationship(match),
        "sources": [{"type": "control", "id-ref": _control(match.source)}],
        "targets": [{"type": "control", "id-ref": _control(match.id)}],
        "props": [
            _property("score", f"{match.score:.4f}"),
            *([_property("strength", str(match.strength))] if match.strength is not None else []),
        ],
        **({"remarks": "\n".join(reason.text for reason in match.reasons)} if match.reasons else {}),
    }


def catalog(report: Opened, document: Document, provisions: tuple[Provision, ...]) -> JsonObject:
    """Return a document as a catalog: a control a provision, with its words, number, headings and place."""
    return {
        "catalog": {
            "uuid": _uuid("catalog", document.sha256),
            "metadata": _metadata(report, document.title, (document,)),
            "controls": [_as_control(one) for one in provisions],
        }
    }


def _as_control(one: Provision) -> JsonObject:
    identity = _control(one.id)
    title = _one_line(" / ".join([*one.path[-1:], one.number or ""]).strip(" /") or one.id)
    places = [_property("start", str(one.start)), _property("end", str(one.end))]
    if one.page_start is not None:
        places.append(_property("page", str(one.page_start)))
    return {
        "id": identity,
        "class": one.kind,
        "title": title,
        "props": [*([{"name": "label", "value": _one_line(one.number)}] if one.number else []), *places],
        "parts": [{"id": f"{identity}_smt", "name": "statement", "prose": one.text}],
    }


def assessment(report: Opened) -> JsonObject:
    """Return the findings as assessment results: an observation a passage, a finding a theme or matter."""
    made = _made(report)
    observations: dict[str, JsonObject] = {}
    findings = []
    for number, one in enumerate([*made.findings, *made.matters]):
        if one.finding == "undecided":
            continue
        seen = []
        for passage in one.passages:
            uuid = _uuid("observation", passage.document, passage.start, passage.end)
            seen.append(uuid)
            place = f"{passage.document} {passage.start}:{passage.end}"
            observations[uuid] = {
                "uuid": uuid,
                "description": passage.text,
                "methods": ["EXAMINE"],
                "props": [_property("place", place), _property("control-id", _control(passage.provision))],
                "collected": _time(made.documents),
            }
        findings.append(
            {
                "uuid": _uuid("finding", number, one.theme, one.matter),
                "title": _one_line(f"{one.finding}: {one.name}"),
                "description": "\n".join(reason.text for reason in one.reasons) or one.name,
                "target": {
                    "type": "objective-id",
                    "target-id": _control(one.matter or one.theme),
                    "status": {"state": "satisfied" if one.finding == "shared" else "not-satisfied"},
                },
                "props": [_property("kind", one.finding), _property("by", one.by)],
                **({"related-observations": [{"observation-uuid": u} for u in dict.fromkeys(seen)]} if seen else {}),
            }
        )
    return {
        "assessment-results": {
            "uuid": _uuid("assessment", *(d.sha256 for d in made.documents)),
            "metadata": _metadata(
                report, "Findings on " + " and ".join(d.title for d in made.documents), made.documents
            ),
            "import-ap": {"href": "#", "remarks": "The comparison was planned by no document of its own."},
            "results": [
                {
                    "uuid": _uuid("result", *(d.sha256 for d in made.documents)),
                    "title": "What the documents share, where they part, what stands in one alone",
                    "description": "A finding is satisfied where all documents hold it, else not.",
                    "start": _time(made.documents),
                    "reviewed-controls": {"control-selections": [{"include-all": {}}]},
                    **({"observations": list(observations.values())} if observations else {}),
                    **({"findings": findings} if findings else {}),
                }
            ],
        }
    }


def _made(report: Opened) -> Comparison:
    if report.comparison is None:
        raise InputError(str(report.path), "it holds no comparison, which oscal is made of", "choose another --to")
    return report.comparison


def _metadata(report: Opened, title: str, documents: Sequence[Document]) -> JsonObject:
    when = _time(documents)
    return {
        "title": _one_line(title),
        "last-modified": when,
        "version": dict(report.method).get("polidiff", "0"),
        "oscal-version": VERSION,
        **({"remarks": "No date is known of what this was made from; 1970 stands for it."} if when == NO_TIME else {}),
    }


def _time(documents: Sequence[Document]) -> str:
    """The latest day on which one of the documents is dated, its first day where only the year or month is known."""
    days = (re.fullmatch(r"(\d{4})(-\d\d)?(-\d\d)?", document.date or "") for document in documents)
    known = [f"{day[1]}{day[2] or '-01'}{day[3] or '-01'}" for day in days if day is not None]
    return f"{max(known)}T00:00:00Z" if known else NO_TIME


def _property(name: str, value: str) -> JsonObject:
    return {"name": name, "ns": NAMESPACE, "value": _one_line(value)}


def _uuid(*parts: Any) -> str:
    return guid("oscal", *parts)


def _one_line(text: str) -> str:
    return " ".join(text.split()) or "-"


def token(text: str) -> str:
    """Return ``text`` as a part of a file's name or of an identifier."""
    return re.sub(r"[^\w.-]", "_", text)


def _control(identity: str) -> str:
    """A provision's id as OSCAL's token: it may not begin with a digit, nor hold spaces or signs."""
    made = token(identity)
    return made if re.match(r"[^\W\d]", made) else f"_{made}"

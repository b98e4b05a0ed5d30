"""ELI, the European Legislation Identifier: what a document is and its provisions, as JSON-LD.

The ontology is http://data.europa.eu/eli/ontology. polidiff mints no ELI: a document's address is the one it was read
from, or ``urn:sha256:`` and its hash where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from polidiff.model import Document, Provision

__all__ = ["eli"]

_LANGUAGES = {"en": "ENG", "zh": "ZHO", "fr": "FRA", "de": "DEU", "es": "SPA", "it": "ITA", "pt": "POR", "ja": "JPN"}
_AUTHORITY = "http://publications.europa.eu/resource/authority/language/"


def eli(pairs: Iterable[tuple[Document, Sequence[Provision]]]) -> dict[str, Any]:
    """Return a graph of a ``LegalResource`` a document, and of a ``LegalResourceSubdivision`` a provision."""
    graph: list[dict[str, Any]] = []
    for document, provisions in pairs:
        graph += _document(document, provisions)
    return {"@context": {"eli": "http://data.europa.eu/eli/ontology#"}, "@graph": graph}


def _document(document: Document, provisions: Sequence[Provision]) -> list[dict[str, Any]]:
    named = document.source.startswith("https://") and not re.search(r"[\s<>\"{}|\\^`]", document.source)
    home = document.source.partition("#")[0] if named else f"urn:sha256:{document.sha256}"
    ids = {one.id: f"{home}#{quote(one.id, safe='')}" for one in provisions}
    text: dict[str, Any] = {"@id": f"{home}#expression", "@type": "eli:LegalExpression", "eli:title": document.title}
    text["eli:realizes"] = {"@id": home}
    if document.language in _LANGUAGES:
        text["eli:language"] = {"@id": _AUTHORITY + _LANGUAGES[document.language]}
    whole: dict[str, Any] = {"@id": home, "@type": "eli:LegalResource", "eli:is_realized_by": {"@id": text["@id"]}}
    whole["eli:id_local"] = document.id
    if document.date:
        whole["eli:date_document"] = document.date
    if document.issuer:
        whole["eli:responsibility_of"] = document.issuer
    whole["eli:has_part"] = [{"@id": ids[one.id]} for one in provisions if one.parent not in ids]
    return [whole, text, *(_provision(one, ids, home) for one in provisions)]


def _provision(one: Provision, ids: dict[str, str], home: str) -> dict[str, Any]:
    made: dict[str, Any] = {"@id": ids[one.id], "@type": "eli:LegalResourceSubdivision", "eli:id_local": one.id}
    made["eli:is_part_of"] = {"@id": ids.get(one.parent or "", home)}
    if one.number:
        made["eli:number"] = one.number
    made["eli:description"] = one.text
    return made

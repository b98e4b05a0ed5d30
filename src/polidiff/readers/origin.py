"""Whose document it is: the catalogue's facts for a file with a known SHA-256, and the state that a host belongs to."""

from __future__ import annotations

import dataclasses
from urllib.parse import urlsplit

from polidiff.model import Document
from polidiff.readers.catalog import catalog

HOSTS: tuple[tuple[str, str], ...] = (
    (".gov.uk", "GB"),
    ("legislation.gov.uk", "GB"),
    (".parliament.uk", "GB"),
    (".gov.cn", "CN"),
    (".europa.eu", "EU"),
    (".whitehouse.gov", "US"),
    (".gov", "US"),
    (".mil", "US"),
    (".gc.ca", "CA"),
    (".canada.ca", "CA"),
    (".go.jp", "JP"),
    (".go.kr", "KR"),
    (".gov.in", "IN"),
    (".gov.sg", "SG"),
    (".gov.au", "AU"),
    (".gov.br", "BR"),
    (".bund.de", "DE"),
    (".gouv.fr", "FR"),
    (".un.org", "UN"),
    (".unesco.org", "UNESCO"),
    (".oecd.org", "OECD"),
)
"""Ends of host names that one state, union or organisation alone uses for its own pages."""


def jurisdiction_of(address: str) -> str | None:
    """Return the state or organisation whose host an address names, or None."""
    try:
        host = "." + (urlsplit(address).hostname or "").lower()
    except ValueError:
        return None
    return next((state for end, state in HOSTS if host.endswith(end if end.startswith(".") else f".{end}")), None)


def with_facts(document: Document) -> Document:
    """Return the document with the jurisdiction and date of the catalogue, where its bytes are a catalogued file's."""
    entry = next((e for e in catalog().values() if e.sha256 and e.sha256 == document.sha256), None)
    if entry is None:
        return document
    return dataclasses.replace(
        document,
        date=document.date or entry.date,
        jurisdiction=document.jurisdiction or entry.jurisdiction,
    )

"""What the user says of a source that its bytes do not: its name, country and date, and which columns of a table."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from polidiff.errors import InputError
from polidiff.lang.countries import code_of, country_of
from polidiff.model import Document, Notice, Reason

KINDS = (
    "plan", "strategy", "framework", "guidance", "law", "regulation", "measures", "order", "opinions", "notice",
    "code", "report", "response", "manifesto",
)  # fmt: skip
"""Kinds of documents, as their titles name them."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Nothing said is an empty string. ``id_column`` and ``text_column`` are names of columns, whatever their case.

    ``kind`` is that of the document (:data:`KINDS`).
    """

    name: str = ""
    country: str = ""
    date: str = ""
    id_column: str = ""
    text_column: str = ""
    issuer: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        """Refuse a date or a kind that is none. Raises InputError."""
        checked_date("--date", self.date)
        if self.kind and self.kind not in KINDS:
            raise InputError("kind", f"{self.kind!r} is no kind of document", f"the kinds are {', '.join(KINDS)}")


def checked_date(where: str, date: str) -> str:
    """Return a date, or a part of one, or nothing, as it was said. Raises InputError for what is none."""
    if date and not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", date):
        raise InputError(where, f"{date!r} is no date", "write it as 2025, 2025-07 or 2025-07-23")
    return date


NONE = Choices()
_TOLD = {
    "name": "facts.given_name",
    "jurisdiction": "facts.given_jurisdiction",
    "date": "facts.given_date",
    "issuer": "facts.given_issuer",
    "genre": "facts.given_kind",
}


def told_of(document: Document) -> Choices:
    """Return what the user said of a document, as its notices tell."""
    told = {
        one.reason.code: str(dict(one.reason.parameters)["value"])
        for one in document.warnings
        if one.reason.code in _TOLD.values()
    }
    name, country, date, issuer, kind = (told.get(code, "") for code in _TOLD.values())
    return Choices(name=name, country=country, date=date, issuer=issuer, kind=kind)


def with_choices(document: Document, choices: Choices) -> Document:
    """Return the document with what the user said in place of what was found, and a notice that says so."""
    told = {
        "name": choices.name,
        "jurisdiction": (country_of(choices.country) or code_of(choices.country)) if choices.country else "",
        "date": choices.date,
        "issuer": choices.issuer,
        "genre": choices.kind,
    }
    told = {key: value for key, value in told.items() if value}
    if not told:
        return document
    notices = tuple(Notice(Reason.of(_TOLD[key], value=value)) for key, value in told.items())
    given: dict[str, Any] = told
    return dataclasses.replace(document, **given, warnings=(*document.warnings, *notices))

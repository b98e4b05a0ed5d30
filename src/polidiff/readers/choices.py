"""What the user says of a source that its bytes do not: its name, country and date, and which columns of a table."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from polidiff.errors import InputError
from polidiff.lang.countries import code_of, country_of
from polidiff.model import Document, Notice, Reason


@dataclass(frozen=True, slots=True)
class Choices:
    """Nothing said is an empty string. ``id_column`` and ``text_column`` are names of columns, whatever their case."""

    name: str = ""
    country: str = ""
    date: str = ""
    id_column: str = ""
    text_column: str = ""

    def __post_init__(self) -> None:
        """Refuse a date that is none. Raises InputError."""
        checked_date("--date", self.date)


def checked_date(where: str, date: str) -> str:
    """Return a date, or a part of one, or nothing, as it was said. Raises InputError for what is none."""
    if date and not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", date):
        raise InputError(where, f"{date!r} is no date", "write it as 2025, 2025-07 or 2025-07-23")
    return date


NONE = Choices()
_TOLD = {"name": "facts.given_name", "jurisdiction": "facts.given_jurisdiction", "date": "facts.given_date"}


def told_of(document: Document) -> Choices:
    """Return what the user said of a document, as its notices tell."""
    told = {
        one.reason.code: str(dict(one.reason.parameters)["value"])
        for one in document.warnings
        if one.reason.code in _TOLD.values()
    }
    name, country, date = (told.get(code, "") for code in _TOLD.values())
    return Choices(name=name, country=country, date=date)


def with_choices(document: Document, choices: Choices) -> Document:
    """Return the document with what the user said in place of what was found, and a notice that says so."""
    told = {
        "name": choices.name,
        "jurisdiction": (country_of(choices.country) or code_of(choices.country)) if choices.country else "",
        "date": choices.date,
    }
    told = {key: value for key, value in told.items() if value}
    if not told:
        return document
    notices = tuple(Notice(Reason.of(_TOLD[key], value=value)) for key, value in told.items())
    return dataclasses.replace(
        document,
        name=told.get("name", document.name),
        jurisdiction=told.get("jurisdiction", document.jurisdiction),
        date=told.get("date", document.date),
        warnings=(*document.warnings, *notices),
    )

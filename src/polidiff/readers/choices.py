"""What the user says of a source that its bytes do not: its name, country, date, language, and a table's columns."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date as calendar
from typing import Any, get_args

from polidiff.errors import InputError
from polidiff.lang.countries import code_said
from polidiff.lang.data import load_list
from polidiff.lang.dates import dates_of
from polidiff.model import Document, Language, Notice, Reason

KINDS = (
    "plan", "strategy", "framework", "guidance", "law", "regulation", "measures", "order", "opinions", "notice",
    "code", "report", "response", "manifesto",
)  # fmt: skip
"""Kinds of documents, as their titles name them."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Nothing said is an empty string. ``id_column`` and ``text_column`` are names of columns, whatever their case.

    ``kind`` is that of the document (:data:`KINDS`), ``language`` a code (:func:`language_code`), ``date`` as
    :func:`checked_date` writes it.
    """

    name: str = ""
    country: str = ""
    date: str = ""
    id_column: str = ""
    text_column: str = ""
    issuer: str = ""
    kind: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        """Write date, kind and language in one way, and refuse what is none. Raises InputError."""
        object.__setattr__(self, "date", checked_date("--date", self.date))
        object.__setattr__(self, "kind", self.kind.lower())
        object.__setattr__(self, "language", language_code(self.language) if self.language else "")
        if self.kind and self.kind not in KINDS:
            raise InputError("kind", f"{self.kind!r} is no kind of document", f"the kinds are {', '.join(KINDS)}")


_FIGURES = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
"""As many tables write it: a point puts the day first, and so does a first number that is no month."""


def checked_date(where: str, date: str) -> str:
    """Return a date that somebody typed ("31 March 2015", "2015/3/31", "2015年3月31日", "31.03.2015") in ISO 8601.

    Nothing stays nothing. Raises InputError where the words are no date, hold another word beside it, or leave open
    which number is the month; ``where`` names the place of the words.
    """
    plain = " ".join(date.split())
    if not plain:
        return ""
    parts: tuple[int | None, ...] = ()
    if found := _FIGURES.fullmatch(plain):
        parts = tuple(None if part is None else int(part) for part in found.group(1, 3, 4))
    elif (found := _DAY_FIRST.fullmatch(plain)) and (found.group(2) == "." or int(found.group(1)) > 12):
        parts = tuple(int(part) for part in found.group(4, 3, 1))
    elif len(dates := dates_of(plain)) == 1 and (dates[0].start, dates[0].end) == (0, len(plain)):
        parts = dates[0].year, dates[0].month, dates[0].day
    given = [part for part in parts if part is not None]
    try:
        calendar(*[*given, 1, 1][:3])
    except (ValueError, TypeError):
        remedy = "write it as 2015-03-31, 31 March 2015, 2015-03 or 2015"
        raise InputError(where, f"{plain!r} is no date", remedy) from None
    return "-".join(f"{part:0{4 if place == 0 else 2}}" for place, part in enumerate(given))


def language_code(said: str) -> str:
    """Return the code of a language that was named by its code (``en``, ``zh-Hans``) or its name. Raises InputError.

    Only English and Chinese are read as such (:data:`polidiff.model.Language`); another one is kept as what was said.
    """
    named: dict[str, str] = load_list("languages")["names"]
    plain = said.strip().lower().replace("_", "-")
    code = named.get(plain, plain.partition("-")[0])
    if code not in named.values():
        remedy = "give a code of two letters (en, zh, fr) or a name (English, 中文)"
        raise InputError("language", f"{said!r} is no language that polidiff knows", remedy)
    return code


NONE = Choices()
_TOLD = {
    "name": "facts.given_name",
    "jurisdiction": "facts.given_jurisdiction",
    "date": "facts.given_date",
    "issuer": "facts.given_issuer",
    "genre": "facts.given_kind",
    "language": "facts.given_language",
}


def told_of(document: Document) -> Choices:
    """Return what the user said of a document, as its notices tell."""
    told = {
        one.reason.code: str(dict(one.reason.parameters)["value"])
        for one in document.warnings
        if one.reason.code in _TOLD.values()
    }
    name, country, date, issuer, kind, language = (told.get(code, "") for code in _TOLD.values())
    return Choices(name=name, country=country, date=date, issuer=issuer, kind=kind, language=language)


def spoken(document: Document) -> str:
    """Return the code of a document's language: what the user said, which may be one that isn't read as such."""
    return told_of(document).language or document.language


def with_choices(document: Document, choices: Choices) -> Document:
    """Return the document with what the user said in place of what was found, and a notice that says so."""
    told = {
        "name": choices.name,
        "jurisdiction": code_said(choices.country),
        "date": choices.date,
        "issuer": choices.issuer,
        "genre": choices.kind,
        "language": choices.language,
    }
    told = {key: value for key, value in told.items() if value}
    if not told:
        return document
    codes = {_TOLD[key] for key in told}
    before = (one for one in document.warnings if one.reason.code not in codes)
    notices = (*before, *(Notice(Reason.of(_TOLD[key], value=value)) for key, value in told.items()))
    given: dict[str, Any] = {**told, "warnings": notices}
    if "language" in told and told["language"] not in get_args(Language):
        given["language"] = "und"
    return dataclasses.replace(document, **given)


def without_choices(document: Document, facts: Collection[str]) -> Document:
    """Return the document without what the user said of these facts (its fields); the fields stay as they are."""
    codes = {_TOLD[one] for one in facts if one in _TOLD}
    left = tuple(one for one in document.warnings if one.reason.code not in codes)
    return dataclasses.replace(document, warnings=left)

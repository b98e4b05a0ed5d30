"""What a document is called, corrected by a person: its words and provisions stay, its record gets a new version."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from polidiff.errors import InputError
from polidiff.lang.dates import dates_of
from polidiff.workspace.decisions import moment
from polidiff.workspace.library import as_version

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = ["CORRECTED", "correct", "date_written"]

CORRECTED = ("title", "issuer", "date", "jurisdiction", "kind")
"""The facts of a document that a person can correct."""


_FIGURES = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?")


def date_written(words: str) -> str:
    """Return a date that somebody typed ("31 March 2015", "2015/3/31", "2015年3月31日") as ISO 8601 writes it.

    Raises InputError where the words are no date, hold another word beside it, or leave open which number is the month.
    """
    plain = " ".join(words.split())
    parts: tuple[int | None, ...] = ()
    if found := _FIGURES.fullmatch(plain):
        parts = tuple(None if part is None else int(part) for part in found.group(1, 3, 4))
    elif len(dates := dates_of(plain)) == 1 and (dates[0].start, dates[0].end) == (0, len(plain)):
        parts = dates[0].year, dates[0].month, dates[0].day
    given = [part for part in parts if part is not None]
    try:
        date(*[*given, 1, 1][:3])
    except (ValueError, TypeError):
        raise InputError(plain, "is no date", "write it as 2015-03-31, 31 March 2015, 2015-03 or 2015") from None
    return "-".join(f"{part:0{4 if place == 0 else 2}}" for place, part in enumerate(given))


def correct(work: Workspace, document: str, facts: Mapping[str, str], *, when: datetime) -> bool:
    """Correct what a document was read as, and return whether anything changed.

    ``facts`` maps names of :data:`CORRECTED` to what holds; an empty word takes an issuer, a date or a jurisdiction
    away. The text, and so every decision on it, stays. Raises InputError where there is no such document, and where a
    date is none.
    """
    current = work.library.current().get(document)
    if current is None:
        raise InputError(document, "is no document of the workspace")
    held, provisions = work.library.read(document, current.version)
    changes: dict[str, Any] = {}
    for name in CORRECTED:
        value = " ".join(facts[name].split()) if name in facts else None
        if value is None or value == (getattr(held, name) or ""):
            continue
        if value or name not in ("title", "kind"):
            changes[name] = (date_written(value) if name == "date" and value else value) or None
    if not changes:
        return False
    version = as_version(dataclasses.replace(held, **changes))
    work.library.keep_provisions(version.version, provisions)
    work.store.add(version, moment(when))
    return True

"""What a document is called, corrected by a person: its words stay, its record gets a new version."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from polidiff.errors import InputError
from polidiff.readers.choices import Choices, with_choices, without_choices
from polidiff.workspace.decisions import moment
from polidiff.workspace.library import as_version

if TYPE_CHECKING:
    from polidiff.model import Document
    from polidiff.workspace.project import Workspace

__all__ = ["CORRECTED", "correct"]

CORRECTED = ("title", "issuer", "date", "jurisdiction", "kind")
"""The facts of a document that the workbench's first page shows to be put right."""

_CHOICES = {
    "name": "name",
    "issuer": "issuer",
    "date": "date",
    "jurisdiction": "country",
    "genre": "kind",
    "language": "language",
}
"""Facts that hold for later versions of the file too, as of a table of metadata; and what they are called there."""


def correct(work: Workspace, document: str, facts: Mapping[str, str], *, when: datetime) -> bool:
    """Correct what a document was read as, and return whether anything changed.

    ``facts`` maps fields of the record (:data:`CORRECTED`, ``name``, ``genre``, ``language``) to what holds; an empty
    word takes an issuer, a date, a jurisdiction, a genre or a name away. The text, and so every decision on it, stays;
    provisions do too, unless the language is another. Raises InputError where there is no such document, and where a
    date, kind or language is none.
    """
    current = work.library.current().get(document)
    if current is None:
        raise InputError(document, "is no document of the workspace", "see: polidiff status WORKSPACE")
    held, provisions = work.library.read(document, current.version)
    said = {name: " ".join(value.split()) for name, value in facts.items()}
    new = _corrected(held, {name: value for name, value in said.items() if value != (getattr(held, name) or "")})
    if new == held:
        return False
    version = as_version(new)
    if new.language == held.language:
        work.library.keep_provisions(version.version, provisions)
    work.store.add(version, moment(when))
    return True


def _corrected(held: Document, said: Mapping[str, str]) -> Document:
    gone: dict[str, Any] = {name: None for name, value in said.items() if name in _CHOICES and not value}
    if "language" in gone:
        raise InputError("language", "can't be taken away", "give en, zh or und")
    plain: dict[str, Any] = {name: value for name, value in said.items() if value and name not in _CHOICES}
    told = Choices(**{_CHOICES[name]: value for name, value in said.items() if value and name in _CHOICES})
    return with_choices(without_choices(dataclasses.replace(held, **gone, **plain), gone), told)

"""What a document is called, corrected by a person: its words and provisions stay, its record gets a new version."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from polidiff.errors import InputError
from polidiff.workspace.decisions import moment
from polidiff.workspace.library import as_version

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = ["CORRECTED", "correct"]

CORRECTED = ("title", "issuer", "date", "jurisdiction", "kind")
"""The facts of a document that a person can correct."""


def correct(work: Workspace, document: str, facts: Mapping[str, str], *, when: datetime) -> bool:
    """Correct what a document was read as, and return whether anything changed.

    ``facts`` maps names of :data:`CORRECTED` to what holds; an empty word takes an issuer, a date or a jurisdiction
    away. The text, and so every decision on it, stays. Raises InputError where there is no such document.
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
            changes[name] = value or None
    if not changes:
        return False
    version = as_version(dataclasses.replace(held, **changes))
    work.library.keep_provisions(version.version, provisions)
    work.store.add(version, moment(when))
    return True

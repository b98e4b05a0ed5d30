"""What each document is called on the page, and which letter, colour and pattern it wears throughout."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from polidiff.model import Document
from polidiff.report.strings import Tongue, say

_SUITS = "abcdef"


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the comparison, as the reader meets it.

    ``label`` is short (a jurisdiction where that tells the documents apart, the document's id otherwise); ``suit`` is
    the class that carries colour and pattern.
    """

    index: int
    id: str
    title: str
    label: str
    suit: str
    language: str
    is_digest: bool


def parties(documents: tuple[Document, ...], tongue: Tongue) -> tuple[Party, ...]:
    """Name each of ``documents``, in order."""
    places = [place(document.jurisdiction, tongue) for document in documents]
    counts = Counter(places)
    return tuple(
        Party(
            index=index,
            id=document.id,
            title=document.title or document.id,
            label=where if where and counts[where] == 1 else document.id,
            suit=_SUITS[index % len(_SUITS)],
            language=lang(document.language),
            is_digest=document.is_digest,
        )
        for index, (document, where) in enumerate(zip(documents, places, strict=True))
    )


def place(jurisdiction: str | None, tongue: Tongue) -> str:
    """The name of a jurisdiction given by code (``US``) or by name; empty when there is none."""
    if not jurisdiction:
        return ""
    code = jurisdiction.strip().upper()
    return say(f"place.{code}", tongue) if f"place.{code}" in say.table else jurisdiction.strip()


def lang(language: str) -> str:
    """The value of a ``lang`` attribute: empty for an undetermined language, as HTML asks."""
    return {"en": "en", "zh": "zh-Hans", "und": ""}.get(language, language)

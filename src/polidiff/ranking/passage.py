"""What is ranked: a passage, by the words and the place that speak for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from polidiff.model import Document, Provision

SHORT_WORDS = 8
SHORT_CHARACTERS = 14
"""An item of fewer words (English) or characters (Chinese) says too little alone: its lead-in and heading are put
before it when it is compared. They are never shown as its words."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage, or words that ask for one.

    ``text`` is what it is compared by, ``place`` the words over it (headings and lead-in), which count less.
    ``number`` is its id in a table of nested ids, or None.
    """

    text: str
    language: str = "en"
    place: str = ""
    number: str | None = None


def passage_of(document: Document, provision: Provision) -> Passage:
    """Return a provision as a passage."""
    lead_in = "" if provision.lead_in is None else document.cut(provision.lead_in)
    return Passage(
        text=compared_text(document, provision),
        language=provision.language,
        place=" ".join([*provision.path[-2:], lead_in]).strip(),
        number=provision.number if provision.kind == "row" else None,
    )


def compared_text(document: Document, provision: Provision) -> str:
    """Return the provision's words, with its lead-in and nearest heading before them when it is short."""
    words = provision.text
    if provision.language == "zh":
        short = len(words) < SHORT_CHARACTERS
    else:
        short = len(words.split()) < SHORT_WORDS
    if not short:
        return words
    parts = list(provision.path[-1:])
    if provision.lead_in is not None:
        lead_in = document.cut(provision.lead_in)
        if lead_in not in parts:
            parts.append(lead_in)
    return " ".join([*parts, words])


def languages_of(passages: Iterable[Passage]) -> set[str]:
    """Return the languages of passages."""
    return {passage.language for passage in passages}

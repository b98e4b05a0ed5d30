"""Provisions: one commitment each, with its place in the document's tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from polidiff.model.documents import Language
from polidiff.model.shown import quotation, short
from polidiff.model.spans import Box, Span

ProvisionKind = Literal[
    "action",
    "recommendation",
    "article",
    "recital",
    "annex",
    "section",
    "paragraph",
    "point",
    "item",
    "definition",
    "prose",
    "row",
]


@short
@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of a document.

    ``text`` is always ``document.text[start:end]``. ``path`` holds the titles of the headings above it, outermost
    first. ``number`` is its full number as a lawyer would cite it (``4(a)``, ``5(1)(b)``, ``第十七条（三）``), or
    None. ``parent`` is the id of the provision one level up, or None. ``lead_in`` is the span of the words that
    introduce it ("Providers shall:"), or None. Pages count from 1. ``refs`` holds ids of provisions of the same
    document that it names. ``leaf`` is False for a container, whose children are provisions of their own.
    """

    document: str
    id: str
    number: str | None
    kind: ProvisionKind
    path: tuple[str, ...]
    text: str
    start: int
    end: int
    page_start: int | None = None
    page_end: int | None = None
    boxes: tuple[Box, ...] = ()
    language: Language = "und"
    parent: str | None = None
    lead_in: Span | None = None
    leaf: bool = True
    refs: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """The provision's span of the canonical text."""
        return Span(self.start, self.end)

    def _repr_html_(self) -> str:
        return quotation(self.text, self.document, self.path, self.page_start, self.start, self.end)


@short
@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of a document's outline: level 1 is the highest; ``page`` counts from 1 or is None."""

    level: int
    title: str
    page: int | None
    start: int
    end: int
    number: str | None = None

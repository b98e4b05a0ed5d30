"""Cells and sheets: what they hold, and words as a cell can hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from polidiff.report.passages import ReportContext
from polidiff.wording import say

LONGEST = 32_000
"""Characters of a cell; Excel holds 32,767. Longer words are cut, and the cell says where to read on."""

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Link(NamedTuple):
    """A cell that leads somewhere: ``external:index.html#d0-p3`` beside the workbook, or an address."""

    url: str
    words: str


Cell = str | int | float | Link | None
Column = tuple[str, int]
"""The head of a column and its width in characters."""


class Sheet(NamedTuple):
    """A sheet: its name, its columns and its rows. Words of a document stand beside their place, which cuts them."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def words(value: str) -> str:
    """``value`` as a cell can hold it."""
    clean = _UNSPEAKABLE.sub("\ufffd", value)
    return clean if len(clean) <= LONGEST else clean[:LONGEST] + " [cut here: read on in the document]"


def called(bench: ReportContext, document: str | None) -> str:
    """The document's short name, with the digest named as one."""
    if document is None:
        return ""
    party = bench.party.get(document)
    if party is None:
        return document
    return f"{party.label} ({say('tag.digest', bench.tongue)})" if party.is_digest else party.label

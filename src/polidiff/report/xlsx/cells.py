"""Cells and sheets: what they hold, and words as a cell can hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from polidiff.report.passages import ReportContext
from polidiff.wording import Locale, say

LONGEST = 32_000
"""Characters of a cell; Excel holds 32,767. Longer words are cut, and the cell says where to read on."""

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Link(NamedTuple):
    """A cell that leads somewhere: ``external:index.html#d0-p3`` beside the workbook, or an address."""

    url: str
    words: str


Cell = str | int | float | Link | None


class Column(NamedTuple):
    """A column: the key of its name, its width in characters, and what stands behind the name (`` A``)."""

    key: str
    width: int
    behind: str = ""


def columns(names: str, of: str = "") -> tuple[Column, ...]:
    """Return the columns of ``key:width`` words, each for the document ``of``; ``key:width:A`` is a pair's first."""
    parts = [name.split(":") for name in names.split()]
    return tuple(Column(p[0], int(p[1]), f" {p[2]}" if len(p) > 2 else f": {of}" if of else "") for p in parts)


class Sheet(NamedTuple):
    """A sheet: its name's key, its columns and its rows. Documents' words stand beside the place that cuts them."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def words(value: str, tongue: Locale) -> str:
    """``value`` as a cell can hold it."""
    clean = _UNSPEAKABLE.sub("\ufffd", value)
    return clean if len(clean) <= LONGEST else clean[:LONGEST] + say("cell.cut", tongue)


def called(bench: ReportContext, document: str | None) -> str:
    """The document's short name, with the digest named as one."""
    if document is None:
        return ""
    party = bench.party.get(document)
    if party is None:
        return document
    return say("digest.named", bench.tongue, who=party.label) if party.is_digest else party.label

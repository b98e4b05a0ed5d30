"""The brief: a comparison told in sentences, each with the passages that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from polidiff.model.comparisons import Passage
from polidiff.model.shown import short

PieceKind = Literal["said", "words", "name", "title", "date", "label", "number"]
StatementKind = Literal["headline", "opening", "both", "apart", "alone", "due", "each", "open", "made"]
"""``due`` tells of money and terms, ``each`` what every document says first on a theme, without a verdict."""


@short
@dataclass(frozen=True, slots=True)
class BriefPiece:
    """A part of a sentence, printed as it stands in ``text`` (of ``words``: as it stands in ``shown``).

    ``said`` are polidiff's own words. ``words`` are a document's: ``text`` is ``document.text[start:end]``, and
    ``shown`` is the same with white space folded and, where it continues a sentence, its first letter small. ``name``,
    ``title`` and ``date`` are those of the document ``of``; ``label`` is the name of the statement's finding;
    ``number`` is the count that ``of`` names (``themes``, ``themes.shared``, ``matters.only`` …).
    """

    text: str
    kind: PieceKind = "said"
    of: str = ""
    document: str = ""
    start: int = -1
    end: int = -1
    shown: str = ""

    @property
    def printed(self) -> str:
        """What stands on the page."""
        return self.shown or self.text


@short
@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the brief, or a headline.

    ``finding`` is its finding's place in ``findings`` of ``comparison.json`` (those on themes, then the others), None
    where it is about the whole. ``passages`` are what it rests on, in the order in which it speaks of them; the
    words in its pieces lie inside them. ``by`` is ``rule``, or ``model`` where a model wrote it and it was proved.
    """

    id: str
    kind: StatementKind
    finding: int | None
    pieces: tuple[BriefPiece, ...]
    passages: tuple[Passage, ...] = ()
    by: Literal["rule", "model"] = "rule"

    @property
    def printed(self) -> str:
        """The sentence as it stands on the page, without the marks of its notes."""
        return "".join(piece.printed for piece in self.pieces)


@short
@dataclass(frozen=True, slots=True)
class Named:
    """What a document is called: ``label`` by itself, ``named`` within a sentence."""

    document: str
    label: str
    named: str


@short
@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence of a model that was left out, since it isn't supported; ``why`` is the verdict on it."""

    text: str
    why: str


@short
@dataclass(frozen=True, slots=True)
class Brief:
    """A comparison as an article of two pages in one language; ``statements`` are in the order of print."""

    language: Literal["en", "zh"]
    title: str
    names: tuple[Named, ...]
    statements: tuple[Statement, ...]
    dropped: tuple[Dropped, ...] = ()

    def of(self, kind: StatementKind) -> tuple[Statement, ...]:
        """The statements of one kind, in order."""
        return tuple(one for one in self.statements if one.kind == kind)

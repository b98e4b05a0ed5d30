"""A brief as runs of words and marks of notes: what every format of it is printed from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polidiff.model import Passage
from polidiff.model.briefs import Brief, BriefPiece, Statement, StatementKind
from polidiff.report.names import headings
from polidiff.report.passages import ReportContext
from polidiff.wording import Locale, say

__all__ = ["SECTIONS", "Note", "Run", "below", "heading", "notes_of", "place_of", "runs"]

SECTIONS: tuple[StatementKind, ...] = ("both", "apart", "alone", "due", "each", "open")
"""The parts of a brief that have a heading, in order."""
_CLOSING = re.compile(r"(?:\s…)?[”’」』]?")


@dataclass(frozen=True, slots=True)
class Note:
    """A passage under its number."""

    number: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence, or the mark of a note where ``note`` is one."""

    piece: BriefPiece | None
    note: Note | None = None


def heading(brief: Brief, kind: StatementKind, tongue: Locale) -> str:
    """Return the heading above the sentences of a kind; that of what is open says how many findings are."""
    if kind == "open":
        return brief.of(kind)[0].printed
    several = ".many" if kind == "both" and len(brief.names) > 2 else ""
    return say(f"brief.section.{kind}{several}", tongue)


def below(brief: Brief, kind: StatementKind) -> tuple[Statement, ...]:
    """Return the statements under the heading of a kind."""
    return brief.of(kind)[1:] if kind == "open" else brief.of(kind)


def notes_of(brief: Brief) -> dict[tuple[str, int], Note]:
    """Return the notes by statement and place of the passage in it; a passage that comes again keeps its number."""
    known: dict[tuple[str, int, int], Note] = {}
    found = {}
    for statement in brief.statements:
        for place, passage in enumerate(statement.passages):
            key = (passage.document, passage.start, passage.end)
            note = known.setdefault(key, Note(len(known) + 1, passage))
            found[statement.id, place] = note
    return found


def runs(statement: Statement, notes: dict[tuple[str, int], Note]) -> Iterator[Run]:
    """Yield the sentence's pieces, the mark of each note behind the last words of its passage and what closes them.

    Where a sentence only names what its passages are on, as many to each name, their marks stand behind it.
    """
    last: dict[int, list[int]] = {}
    labels = [at for at, piece in enumerate(statement.pieces) if piece.kind == "label"]
    each = len(statement.passages) // len(labels) if labels else 0
    named = labels if each and each * len(labels) == len(statement.passages) else []
    for place, passage in enumerate(statement.passages):
        inside = [at for at, piece in enumerate(statement.pieces) if _within(piece, passage)]
        behind = inside[-1] if inside else named[place // each] if named else len(statement.pieces) - 1
        last.setdefault(behind, []).append(place)
    waiting: list[Note] = []
    for at, piece in enumerate(statement.pieces):
        if waiting and piece.kind == "said":
            closing = _CLOSING.match(piece.text)
            end = closing.end() if closing else 0
            if end:
                yield Run(BriefPiece(piece.text[:end]))
            yield from (Run(None, note) for note in waiting)
            waiting = []
            if piece.text[end:]:
                yield Run(BriefPiece(piece.text[end:]))
        else:
            yield Run(piece)
        waiting += [notes[statement.id, place] for place in last.get(at, ())]
    yield from (Run(None, note) for note in waiting)


def _within(piece: BriefPiece, passage: Passage) -> bool:
    return piece.kind == "words" and piece.document == passage.document and passage.start <= piece.start < passage.end


def place_of(bench: ReportContext, passage: Passage) -> Sequence[str]:
    """Where a passage stands, in words: the document's title, the page, the headings above it, its number."""
    provision = bench.provisions.get((passage.document, passage.provision))
    document = bench.documents[passage.document]
    number = (provision.number or "") if provision is not None else ""
    path = " › ".join(headings(document.title, passage.path))
    parts = [bench.party[passage.document].title, bench.page(document, passage.page), path, number]
    return [" ".join(part.split()) for part in parts if part]

"""The brief as a Word document of two pages: its passages as footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polidiff.model import Comparison
from polidiff.model.briefs import Brief, Statement
from polidiff.report.briefing.notes import SECTIONS, Note, heading, notes_of, place_of, runs
from polidiff.report.docx.footnotes import Notes, package, speakable
from polidiff.report.docx.frame import framed
from polidiff.report.passages import ReportContext
from polidiff.wording import say, term

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def build(comparison: Comparison, brief: Brief) -> bytes:
    """The document's bytes: the same for the same brief."""
    return _Writer(ReportContext(comparison, brief.language), brief).write()


class _Writer:
    def __init__(self, bench: ReportContext, brief: Brief) -> None:
        import docx

        self.bench, self.brief = bench, brief
        self.book = docx.Document()
        self.footnotes = Notes(self.book)
        self.notes = notes_of(brief)
        self.set: dict[int, int] = {}

    def write(self) -> bytes:
        """Write every part and return the bytes."""
        framed(self.book, self.brief.title, self.brief.language)
        self.book.add_heading(speakable(self.brief.title), 0)
        for statement in self.brief.of("opening"):
            self._line(statement, "Subtitle")
        for statement in self.brief.of("headline"):
            self._line(statement, "List Bullet", bold=True)
        for kind in SECTIONS:
            told = [one for one in self.brief.of(kind) if one.passages]
            if told:
                self.book.add_heading(speakable(heading(self.brief, kind, self.brief.language)), 1)
                for statement in told:
                    self._line(statement)
        if self.brief.dropped:
            self.book.add_heading(say("brief.section.dropped", self.brief.language), 1)
            for one in self.brief.dropped:
                self.book.add_paragraph(speakable(f"{one.text} ({one.why})"), "List Bullet")
        for statement in self.brief.of("made"):
            self._line(statement, italic=True)
        self.footnotes.attach()
        return package(self.book)

    def _line(
        self, statement: Statement, style: str | None = None, *, bold: bool = False, italic: bool = False
    ) -> None:
        line = self.book.add_paragraph(style=style)
        for run in runs(statement, self.notes):
            if run.note is not None:
                self._note(line, run.note)
            elif run.piece is not None:
                made = line.add_run(speakable(run.piece.printed))
                made.bold = bold or run.piece.kind == "label" or None
                made.italic = italic or None

    def _note(self, line: Paragraph, note: Note) -> None:
        """A footnote with the passage, or a mark that leads to the footnote that has it already."""
        if note.number in self.set:
            self.footnotes.again(line, self.set[note.number])
            return
        passage = note.passage
        held = self.bench.documents[passage.document]
        where = list(place_of(self.bench, passage))
        if held.kind in ("digest", "translation"):
            where.append(term("kind", held.kind, self.brief.language))
        provision = self.bench.provisions.get((passage.document, passage.provision))
        language = provision.language if provision is not None else held.language
        after = f"” {', '.join(where)}. "
        place = f"{passage.document} {passage.start}-{passage.end}"
        self.set[note.number] = self.footnotes.add(line, "“", passage.text, after, place, language[:2])

"""The brief as a Word document of two pages: its passages as footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polidiff.model import Comparison
from polidiff.model.briefs import Brief, Statement
from polidiff.report.briefing.notes import SECTIONS, Note, below, heading, notes_of, place_of, runs
from polidiff.report.docx.footnotes import Notes, package, speakable
from polidiff.report.docx.frame import framed
from polidiff.report.passages import ReportContext
from polidiff.wording import say, term

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph


def build(comparison: Comparison, brief: Brief) -> bytes:
    """The document's bytes: the same for the same brief."""
    import docx
    from docx.shared import Pt

    book = docx.Document()
    notes = Notes(book)
    lines = BriefLines(ReportContext(comparison, brief.language), brief, book, notes)
    framed(book, brief.title, brief.language)
    for name, size in (("Title", 18), ("Normal", 10), ("footnote text", 7.5)):
        book.styles[name].font.size = Pt(size)
    book.add_heading(speakable(brief.title), 0)
    for statement in brief.of("opening"):
        lines.add(statement, "Subtitle")
    for statement in brief.of("headline"):
        lines.add(statement, "List Bullet", bold=True)
    lines.sections(1)
    notes.attach()
    return package(book)


class BriefLines:
    """The sentences of a brief, as paragraphs of a Word document that may hold more."""

    def __init__(self, bench: ReportContext, brief: Brief, book: WordDocument, footnotes: Notes) -> None:
        self.bench, self.brief, self.book, self.footnotes = bench, brief, book, footnotes
        self.notes = notes_of(brief)
        self.set: dict[int, int] = {}

    def sections(self, level: int) -> None:
        """Add the sections with their headings, what was left out, and how it was made."""
        for kind in SECTIONS:
            if self.brief.of(kind):
                self.book.add_heading(speakable(heading(self.brief, kind, self.brief.language)), level)
                for statement in below(self.brief, kind):
                    self.add(statement)
        if self.brief.dropped:
            self.book.add_heading(say("brief.section.dropped", self.brief.language), level)
            for one in self.brief.dropped:
                self.book.add_paragraph(speakable(f"{one.text} ({one.why})"), "List Bullet")
        for statement in self.brief.of("made"):
            self.add(statement, italic=True)

    def add(self, statement: Statement, style: str | None = None, *, bold: bool = False, italic: bool = False) -> None:
        """Add a sentence as a paragraph."""
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

"""The comparison as a Word document: each finding in a sentence, its passages as footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from polidiff.model import ArticleCheck, Comparison
from polidiff.report import articles, matters, themes
from polidiff.report.briefing.article import brief
from polidiff.report.cards import CardView, Fragment
from polidiff.report.docx.brief import BriefLines
from polidiff.report.docx.footnotes import Notes, package, speakable
from polidiff.report.docx.frame import framed
from polidiff.report.passages import PassageView, ReportContext
from polidiff.report.view import DocumentView, document_view, method_rows
from polidiff.wording import Locale, listed, say, term, upper

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

PAIRS = 3
"""Pairs of passages a theme that get a line and two notes."""

OTHERS = 3
"""Further passages of a document a theme that get a note."""


def build(comparison: Comparison, check: ArticleCheck | None, tongue: Locale) -> bytes:
    """The document's bytes: the same for the same comparison."""
    return _Writer(ReportContext(comparison, tongue), check).write()


class _Writer:
    def __init__(self, bench: ReportContext, check: ArticleCheck | None) -> None:
        import docx

        self.bench = bench
        self.tongue = bench.tongue
        self.check = check
        self.book: WordDocument = docx.Document()
        self.notes = Notes(self.book)
        held = [*bench.comparison.documents, *(check.documents if check is not None else ())]
        self.texts = {document.id: document.text for document in held}
        self.kinds = {document.id: document.kind for document in held}

    def write(self) -> bytes:
        """Write every part and return the bytes."""
        comparison = self.bench.comparison
        title = say("title", self.tongue, titles=listed([party.title for party in self.bench.parties], self.tongue))
        if not comparison.findings and self.check is not None:
            title = say("check.title", self.tongue, title=self.check.article.title or self.check.article.id)
        framed(self.book, title, self.tongue)
        self.book.add_heading(speakable(title), 0)
        documents = [
            document_view(self.bench, document, party, Markup(""))
            for document, party in zip(comparison.documents, self.bench.parties, strict=True)
        ]
        if comparison.findings:
            self._brief()
            self._say(say("word.notes", self.tongue))
        self._documents(documents)
        if comparison.findings:
            self._findings()
        self._matters()
        if self.check is not None:
            self._article(articles.article(self.bench, self.check))
        self._method(documents)
        self.notes.attach()
        return package(self.book)

    def _brief(self) -> None:
        """The brief, its passages as footnotes."""
        told = brief(self.bench)
        lines = BriefLines(self.bench, told, self.book, self.notes)
        for statement in told.of("headline"):
            lines.add(statement, "List Bullet", bold=True)
        lines.sections(1)

    def _say(self, text: str, style: str | None = None) -> Paragraph:
        return self.book.add_paragraph(speakable(text), style)

    def _table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table with its first row bold; ``widths`` of its columns in centimetres."""
        from docx.shared import Cm, Pt

        table = self.book.add_table(rows=0, cols=len(head), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for number, row in enumerate((head, *rows)):
            for cell, text, width in zip(table.add_row().cells, row, widths, strict=True):
                cell.width = Cm(width)
                line = cell.paragraphs[0]
                line.paragraph_format.space_after = Pt(0)
                run = line.add_run(speakable(text))
                run.font.size, run.bold = Pt(9), number == 0
        self.book.add_paragraph()

    def _documents(self, documents: Sequence[DocumentView]) -> None:
        for one in documents:
            line = self._say("", "List Bullet")
            line.add_run(speakable(one.party.title)).bold = True
            caution = f" {one.caution}" if one.caution else ""
            line.add_run(speakable(f" ({one.party.label} · {' · '.join(one.facts)}) {one.kind}.{caution}"))

    def _findings(self) -> None:
        """A table of the broad themes, then each theme in its place."""
        heads = themes.heads(self.bench)
        self.book.add_heading(say("chart.themes", self.tongue), 1)
        count = len(self.bench.parties)
        self._table(
            [say("col.themes", self.tongue), say("col.finding", self.tongue), *(p.label for p in self.bench.parties)],
            [
                [view.name, f"{view.symbol} {view.verdict}", *(str(n) if n else "–" for n in view.counts)]
                for head in heads
                for view in head.themes
            ],
            [6.2, 4.2, *([6 / count] * count)],
        )
        for head in heads:
            self.book.add_heading(speakable(head.name), 1)
            for view in head.themes:
                self._theme(view, 2)
                for own in view.narrower:
                    self._theme(own, 3)

    def _matters(self) -> None:
        """The decided matters of these very documents, each as a theme is told."""
        shown, _ = matters.matters(self.bench)
        if shown:
            self.book.add_heading(say("matters", self.tongue), 1)
            for view in shown:
                self._theme(view, 2)

    def _theme(self, view: themes.ThemeView, level: int) -> None:
        self.book.add_heading(speakable(f"{view.symbol} {view.name}"), level)
        if view.headline:
            self._say("").add_run(speakable(view.headline)).bold = True
        deck = self._say("")
        deck.add_run(speakable(f"{view.verdict}. ")).italic = True
        deck.add_run(speakable(view.deck))
        for label, values in view.differs:
            said = "; ".join(f"{party.label}: {value}" for party, value in values)
            self._say(f"{upper(label)} — {said}", "List Bullet")
        for pair in (*view.pairs, *view.more_pairs)[:PAIRS]:
            line = self._say(f"{pair.tie}: ", "List Bullet")
            for side, joint in ((pair.left, f" {say('and', self.tongue)} "), (pair.right, "")):
                line.add_run(speakable(side.party.label))
                self._note(line, side)
                line.add_run(joint)
            if pair.relation:
                line.add_run(speakable(f" ({pair.relation})"))
        for column in view.columns:
            rest = (*column.shown, *column.folded)[:OTHERS]
            if rest:
                text = say("word.also", self.tongue, who=column.party.named, n=column.total)
                line = self._say(upper(text), "List Bullet")
                for place, one in enumerate(rest):
                    line.add_run(" " if place else "")
                    self._note(line, one)
        for absence in view.absences:
            self._say(f"{absence.title}. {absence.searched} {absence.risk}", "List Bullet")

    def _note(self, line: Paragraph, one: PassageView) -> None:
        where = [one.party.title, one.page, " › ".join(one.path), one.number]
        self._cite(line, one.document, one.start, one.end, one.language, where)

    def _cite(self, line: Paragraph, document: str, start: int, end: int, language: str, where: Sequence[str]) -> None:
        """A footnote with a document's own words, where they stand, and what kind of text it is."""
        kind = self.kinds[document]
        warned = [term("kind", kind, self.tongue)] if kind in {"digest", "translation"} else []
        after = f"” {', '.join(part for part in (*where, *warned) if part)}. "
        text = self.texts[document][start:end]
        self.notes.add(line, "“", text, after, f"{document} {start}-{end}", language[:2])

    def _article(self, view: articles.ArticleView) -> None:
        """Each quotation and claim with its verdict, the document's words as a note."""
        self.book.add_heading(say("article", self.tongue), 1)
        self._say(view.title).runs[0].bold = True
        for name, _, counts in view.tally:
            self._say(f"{name}: " + ", ".join(f"{number} {sign} {words_}" for sign, words_, number in counts))
        for card in view.cards:
            self._card(card)

    def _card(self, card: CardView) -> None:
        line = self._say("")
        name = say(f"one.{card.kind}", self.tongue)
        line.add_run(speakable(f"{card.number} {name}: {card.sign} {card.verdict}. ")).bold = True
        line.add_run(speakable(f"“{card.plain}”"))
        for one in card.fragments:
            line.add_run(" ")
            self._fragment(line, one)
        for text in (*card.edits, *card.warnings, *card.reasons):
            self._say(text, "List Bullet")
        for key, fragments in (
            ("left.out", card.left_out),
            ("says.too", card.elsewhere if card.kind == "claim" else ()),
            ("answers.it", card.answers),
        ):
            if fragments:
                more = self._say(say(key, self.tongue), "List Bullet")
                for one in fragments:
                    self._fragment(more, one)

    def _fragment(self, line: Paragraph, one: Fragment) -> None:
        self._cite(line, one.document, one.start, one.end, one.language, [one.title, one.page])

    def _method(self, documents: Sequence[DocumentView]) -> None:
        self.book.add_heading(say("method", self.tongue), 1)
        if self.bench.comparison.findings:
            self._say(say("method.how", self.tongue))
            self._say(say("method.limits", self.tongue))
        else:
            self._say(say("check.how", self.tongue))
            self._say(say("check.limits", self.tongue))
        rows = [
            list(row) for row in method_rows(self.bench.comparison.method, self.tongue, self.bench.comparison.codebook)
        ]
        for one in documents:
            rows.append([one.party.label, f"{one.party.title} ({one.kind}) {one.source}"])
            rows.append([say("hash.source", self.tongue), one.sha256])
            rows.append([say("hash.text", self.tongue), one.text_sha256])
        self._table([say("method.made", self.tongue), ""], rows, [4.4, 12])

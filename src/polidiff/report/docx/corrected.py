"""The corrected article as a Word document, with comments and tracked suggestions; and the letter to the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polidiff.model import ArticleCheck
from polidiff.report.corrected import Correction, Fault, Line, Segment, correction, lede, letter, said_of
from polidiff.report.docx.footnotes import package, speakable
from polidiff.report.docx.frame import framed
from polidiff.wording import Locale, say

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

AUTHOR, INITIALS = "polidiff", "pd"
WHEN = "2000-01-01T00:00:00Z"
"""The date of every suggestion and comment: the same article gives the same bytes."""


def build(check: ArticleCheck, tongue: Locale) -> bytes:
    """The corrected article's bytes."""
    import docx

    made = correction(check, tongue)
    book = docx.Document()
    framed(book, say("corrected.title", tongue, title=made.title), tongue)
    _Writer(book, made, tongue).write()
    return package(book)


def build_letter(check: ArticleCheck, tongue: Locale) -> bytes:
    """The letter's bytes."""
    import docx

    book = docx.Document()
    title = say("letter.title", tongue, title=check.article.title or check.article.id)
    framed(book, title, tongue)
    book.add_heading(speakable(title), 1)
    for number, line in enumerate(letter(check, tongue)):
        item = line.startswith(("“", "\u201c")) and number
        book.add_paragraph(speakable(line), "List Number" if item else None)
    return package(book)


class _Writer:
    def __init__(self, book: WordDocument, made: Correction, tongue: Locale) -> None:
        self.book, self.made, self.tongue = book, made, tongue
        self.changes = 0

    def write(self) -> None:
        """Write every paragraph of the article."""
        self.book.add_paragraph(speakable(lede(self.made, self.tongue)), "Subtitle")
        for place, line in enumerate(self.made.lines):
            self._line(line, "Heading 1" if place == 0 and not line.faults else None)

    def _line(self, line: Line, style: str | None) -> None:
        paragraph = self.book.add_paragraph(style=style)
        comments = {fault.number: self._comment(fault) for fault in line.faults}
        begun: set[int] = set()
        for segment in line.segments:
            for number in segment.faults:
                if number not in begun:
                    begun.add(number)
                    paragraph._p.append(_element("w:commentRangeStart", id=comments[number]))
            paragraph._p.append(self._run(segment))
            for number in segment.ends:
                paragraph._p.append(_element("w:commentRangeEnd", id=comments[number]))
                mark = _element("w:r")
                mark.append(_element("w:commentReference", id=comments[number]))
                paragraph._p.append(mark)

    def _comment(self, fault: Fault) -> str:
        text = f"{fault.number}. {said_of(fault, self.tongue)}"
        comment = self.book.comments.add_comment(text=speakable(text), author=AUTHOR, initials=INITIALS)
        element = comment._comment_elm
        element.set(_name("w:date"), WHEN)
        return str(comment.comment_id)

    def _run(self, segment: Segment) -> Any:
        """A run of the article's words, or of words struck out or put in."""
        run = _element("w:r")
        words = _element("w:delText" if segment.kind == "del" else "w:t")
        words.text = speakable(segment.words)
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
        if not segment.kind:
            return run
        self.changes += 1
        change = _element(f"w:{segment.kind}", id=str(1000 + self.changes), author=AUTHOR, date=WHEN)
        change.append(run)
        return change


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(_name(f"w:{key}"), value)
    return made

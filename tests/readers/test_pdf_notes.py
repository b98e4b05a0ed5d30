"""Footnotes stand apart from the body, and hyphens at line ends are kept or undone as the document shows."""

from __future__ import annotations

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from tests.readers.made_pdf import make_pdf, sentences

from polidiff.model import Document
from polidiff.readers.pdf.document import read_pdf

NOTES = {
    1: [("1", "Board of Yards, Yearly Report, www.example.org/report."), ("2", "Yards Act, section 4.")],
    2: [("3", "A note of some length on the history of the yards, so long that it does not end before the line does.")],
}


def noted() -> Document:
    story = [
        ("h1", "Aims"),
        (
            "p",
            "The work began in 2015.<super>1</super> It grew to 10<super>12</super> grains of sand. " + sentences(1, 3),
        ),
        ("p", "The law is older. <super>2</super>"),
        ("p", sentences(2, 48)),
        ("p", sentences(3, 6)),
        ("p", "Quarries<super>3</super> and mines are meant."),
    ]
    return read_pdf(make_pdf(story, foot=str, notes=NOTES), id="made", name="made.pdf")


def test_notes_stand_behind_the_body_with_their_place() -> None:
    document = noted()
    assert [(note.mark, note.page) for note in document.notes] == [("1", 1), ("2", 1), ("3", 2)]
    assert [document.text[note.start : note.end] for note in document.notes] == [
        words for page in NOTES.values() for _, words in page
    ]
    before = [document.text[: note.at].split()[-1] for note in document.notes]
    assert before == ["2015.", "older.", "Quarries"]
    assert document.body_end == document.notes[0].start


def test_marks_are_taken_out_of_the_body_and_exponents_stay() -> None:
    document = noted()
    body = document.text[: document.body_end]
    assert "in 2015. It grew to 10¹² grains" in body
    assert "The law is older.\n" in body
    assert "Quarries and mines are meant." in body
    assert "Yards Act" not in body


def test_a_paragraph_goes_on_over_the_footnotes() -> None:
    document = noted()
    assert sentences(2, 48) in [document.cut(block.span) for block in document.blocks]


def test_endnotes_are_notes() -> None:
    story = [("p", f"{sentences(part, 3)}<super>{part}</super> {sentences(part + 20, 2)}") for part in range(1, 5)]
    story += [("h1", "Notes"), *(("p", f"{part}. Source number {part} of the board.") for part in range(1, 5))]
    document = read_pdf(make_pdf(story), id="made", name="made.pdf")
    assert [note.mark for note in document.notes] == ["1", "2", "3", "4"]
    assert document.text[document.notes[3].start : document.notes[3].end] == "Source number 4 of the board."
    assert all(note.at is not None for note in document.notes)
    assert f"{sentences(1, 3)} {sentences(21, 2)}" in document.text


def lines_pdf(lines: list[str]) -> Document:
    """Lines set one below the other, each as wide as the page."""
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    y = 760.0
    for line in lines:
        text = canvas.beginText(70, y)
        text.setFont("Times-Roman", 11)
        text.setHorizScale(100 * 450 / canvas.stringWidth(line, "Times-Roman", 11))
        text.textLine(line)
        canvas.drawText(text)
        y -= 13
    canvas.save()
    return read_pdf(target.getvalue(), id="made", name="made.pdf")


def test_typesetting_hyphens_are_undone_and_real_ones_kept() -> None:
    document = lines_pdf(
        [
            "The regulation of yards is old, and a well-known law says that every regu-",
            "lation must be read with care, as must the long-term and the large-",
            "scale plans of the board, which the council and the minis-",
            "tries of the region have kept for many years and that a well-",
            "known author of laws on large ships and of scale models has praised.",
        ]
    )
    assert "every regulation must" in document.text
    assert "large-scale plans" in document.text
    assert "the ministries of" in document.text
    assert "a well-known author" in document.text


def test_a_document_that_breaks_no_words_keeps_all_its_hyphens() -> None:
    document = lines_pdf(
        [
            "The board will open source its plans, and an open-",
            "source licence will be given to each multi-",
            "tiered programme that the like-",
            "minded councils of the region have asked it to open.",
        ]
    )
    assert "an open-source licence" in document.text
    assert "each multi-tiered programme" in document.text
    assert "the like-minded councils" in document.text

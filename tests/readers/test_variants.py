"""Variants of kinds that public reports name, as an adversary would think them out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from polidiff.errors import UnreadableSource
from polidiff.model import Document
from polidiff.provisions import outline, split
from polidiff.readers import read_bytes
from polidiff.readers.pdf.document import read_pdf
from polidiff.readers.pdf.letters import _exchanged

from made_pdf import draw_pdf, make_pdf, sentences  # isort: skip

WORDS = [
    "The board lists each crane of the harbour in a book that the clerk",
    "keeps for ten years, and it paints thirty of them every spring with",
    "colours that each yard may choose from a card.",
]  # fmt: skip


def pdf(*pages: Any) -> Document:
    return read_pdf(draw_pdf(*pages), id="made", name="made.pdf")


def put(canvas: Any, x: float, y: float, lines: list[str], size: float = 11, font: str = "Helvetica") -> None:
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= 1.3 * size


def letters(canvas: Any, x: float, y: float, words: str, step: float, size: float = 11) -> None:
    """Draw words letter by letter, as programs do that set type by place, with ``step`` em between two letters."""
    canvas.setFont("Helvetica", size)
    for letter in words:
        if letter != " ":
            canvas.drawString(x, y, letter)
        x += canvas.stringWidth(letter, "Helvetica", size) + step * size


def test_narrow_letters_are_struck_with_the_others() -> None:
    def page(canvas: Any) -> None:
        letters(canvas, 70, 700, "little tilt", 0.0)
        canvas.rect(70, 703, canvas.stringWidth("little tilt", "Helvetica", 11), 0.6, fill=1, stroke=0)
        put(canvas, 70, 660, WORDS)

    made = pdf(page)
    assert [made.text[span.start : span.end] for span in made.struck] == ["little tilt"]


def test_words_set_wide_are_words() -> None:
    def page(canvas: Any) -> None:
        letters(canvas, 70, 760, "DUTIES OF MASTERS", 0.4, 14)
        put(canvas, 70, 700, WORDS)

    assert pdf(page).text.startswith("DUTIES OF MASTERS")


def test_words_in_the_colour_of_the_plate_below_them_are_left_out() -> None:
    def page(canvas: Any) -> None:
        put(canvas, 70, 760, WORDS)
        for y, ink in ((640, 0.6), (560, 0.0)):
            canvas.setFillGray(0.6)
            canvas.rect(60, y, 300, 40, fill=1, stroke=0)
            canvas.setFillGray(ink)
            put(canvas, 70, y + 15, [f"The toll is {round(10 * ink)} crowns a boat."])

    made = pdf(page)
    assert "0 crowns" in made.text
    assert "6 crowns" not in made.text
    assert any("6 crowns" in notice.message for notice in made.warnings)


def test_every_fifth_line_is_numbered() -> None:
    def page(canvas: Any) -> None:
        for n in range(1, 13):
            put(canvas, 90, 780 - 18 * n, [f"({n}) A harbour authority must publish notice number {n}."])
            if n % 5 == 0:
                put(canvas, 520, 780 - 18 * n, [str(n)], 9)

    made = pdf(page)
    assert [p.text for p in split(made)][4] == "A harbour authority must publish notice number 5."


def test_a_running_head_that_names_the_section_beside_the_work() -> None:
    def sheet(name: str) -> Any:
        def page(canvas: Any) -> None:
            put(canvas, 70, 810, ["National Ports Plan 2031"], 8)
            put(canvas, 430, 810, [name], 8)
            put(canvas, 70, 770, WORDS * 6)

        return page

    made = pdf(*map(sheet, ("Introduction", "Quays", "Quays", "Lights", "Lights", "Money")))
    assert "National Ports Plan" not in made.text


def test_the_first_of_counted_headings_is_no_title() -> None:
    story = [
        part for n in range(1, 5) for part in (("h1", f"Priority {n}: yard"), ("p", sentences(n, 30)), ("break", ""))
    ]
    made = read_pdf(make_pdf(story), id="made", name="made.pdf")
    assert [heading.title for heading in outline(made)] == [f"Priority {n}: yard" for n in range(1, 5)]


def test_letters_of_one_height_that_lie() -> None:
    said = ["harbeur", "berd", "werk", "meter", "cleck", "shert", "perts", "bettem"]
    unknown = ["harbeur", "werk", "cleck", "shert", "perts", "feund", "bettem", "greund"]
    assert set(_exchanged(said + unknown, unknown)) >= {"harbeur", "shert", "feund", "greund"}
    assert _exchanged(["house", "work", "board", "xyzq", "brrt"], ["xyzq", "brrt"]) == []


def test_word_raised_by_hand() -> None:
    word = Word()
    lifted = '<w:rPr><w:position w:val="8"/><w:sz w:val="14"/></w:rPr>'
    runs = f"<w:r><w:t>More than 10</w:t></w:r><w:r>{lifted}<w:t>26</w:t></w:r>"
    word.element.body[-1].addprevious(parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"))
    data = io.BytesIO()
    word.save(data)
    assert read_bytes(data.getvalue(), name="x.docx").text == "More than 10²⁶"


def test_tabs_name_their_panels_and_lists_count_down() -> None:
    body = (
        "<h1>Ports</h1><p>The board keeps a list of boats and prints it in June of every year, in the harbour.</p>"
        "<div role=tablist><button role=tab aria-controls=t1>Dues</button></div>"
        "<div role=tabpanel id=t1 aria-hidden=true><p>Dues shall be paid in June.</p></div>"
        "<ol reversed><li>Third.</li><li>Second.</li><li>First.</li></ol>"
    )
    made = read_bytes(f"<html><body><main>{body}</main></body></html>".encode(), name="p.html")
    assert [block.marker for block in made.blocks if block.kind == "item"] == ["3.", "2.", "1."]
    assert next(p for p in split(made) if "Dues shall" in p.text).path[-1] == "Dues"


def test_a_mail_is_refused_as_what_it_is() -> None:
    mail = (
        b"From: a@b.example\r\nTo: c@d.example\r\nSubject: Plan\r\nMIME-Version: 1.0\r\n\r\nThe board shall print.\r\n"
    )
    with pytest.raises(UnreadableSource, match="e-mail"):
        read_bytes(mail, name="x.eml")

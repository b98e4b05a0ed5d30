"""What a reader of designed PDFs would notice: captions, section names at page tops, line numbers, three columns."""

from __future__ import annotations

from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from polidiff.model import Document
from polidiff.readers.pdf.document import read_pdf

SENTENCES = [
    "The harbour board paints each crane in spring and lists the colour of every one of them in a book.",
    "A clerk of the quay reads the book aloud when the first ship of the year comes in with its timber.",
    "No lamp may burn above the water after the bell has rung unless the master of the yard has said so.",
    "Whoever keeps a dog near the ropes sees to it that the dog does not bite them while the tide is low.",
    "The weight of grain is taken twice and the lower of the two figures is written on the merchant's slip.",
]


def wrapped(words: str, width: float, font: str, size: float) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and pdfmetrics.stringWidth(f"{lines[-1]} {word}", font, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def column(canvas: Canvas, x: float, y: float, width: float, paragraphs: list[str], size: float = 9) -> float:
    for words in paragraphs:
        canvas.setFont("Times-Roman", size)
        for line in wrapped(words, width, "Times-Roman", size):
            canvas.drawString(x, y, line)
            y -= 1.25 * size
        y -= 6
    return y


def paragraph(number: int) -> str:
    return " ".join(SENTENCES[(number + step) % len(SENTENCES)] for step in range(3)) + f" This is rule {number}."


def read(canvas: Canvas, data: BytesIO) -> Document:
    canvas.save()
    return read_pdf(data.getvalue(), id="made", name="made.pdf")


def words(document: Document, kind: str) -> list[str]:
    return [document.cut(block.span) for block in document.blocks if block.kind == kind]


def test_three_columns_are_read_one_after_another() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(612, 792))
    told = [paragraph(number) for number in range(18)]
    for place in range(3):
        column(canvas, 54 + place * 174, 720, 158, told[place * 6 : place * 6 + 6])
    assert words(read(canvas, data), "paragraph") == told


def test_a_short_last_column_is_read_after_the_full_one() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    told = [paragraph(number) for number in range(9)]
    column(canvas, 60, 760, 225, told[:8], 10)
    column(canvas, 310, 760, 225, [SENTENCES[0]], 10)
    assert words(read(canvas, data), "paragraph") == [*told[:8], SENTENCES[0]]


def test_the_name_of_a_section_at_the_top_of_one_page_is_not_part_of_its_text() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    names = ["Cranes of the north quay", "Ropes of the long yard", "Lamps of the outer wall"]
    for page, name in enumerate(names):
        if page:
            canvas.setFont("Helvetica", 8)
            canvas.drawRightString(535, 800, name)
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(60, 740, name)
        column(canvas, 60, 700, 475, [paragraph(page * 5 + part) for part in range(5)], 10)
        canvas.showPage()
    document = read(canvas, data)
    assert words(document, "paragraph") == [paragraph(number) for number in range(15)]
    assert [document.text.count(name) for name in names] == [1, 1, 1]


def test_captions_are_no_headings() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(60, 780, "Cranes")
    y = column(canvas, 60, 750, 475, [paragraph(1), paragraph(2)], 10)
    for label in ("Figure 1: Cranes by quay and year", "Table 2.1 – Cranes that were painted", "Figure 3. Ropes"):
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(60, y - 12, label)
        y = column(canvas, 60, y - 36, 475, [paragraph(3)], 10)
    document = read(canvas, data)
    assert len(words(document, "caption")) == 3
    assert words(document, "heading") + words(document, "title") == ["Cranes"]


def test_line_numbers_in_the_margin_are_taken_out() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(612, 792))
    told = [paragraph(number) for number in range(9)]
    lines = [line for text in told for line in wrapped(text, 340, "Times-Roman", 13)]
    assert len(lines) > 24
    for at, line in enumerate(lines):
        if at and not at % 24:
            canvas.showPage()
        y = 700 - at % 24 * 25
        canvas.setFont("Times-Roman", 10)
        canvas.drawRightString(126, y, str(at % 24 + 1))
        canvas.setFont("Times-Roman", 13)
        canvas.drawString(140, y, line)
    document = read(canvas, data)
    assert " ".join(document.text.split()) == " ".join(told)


def test_the_sections_of_a_statute_are_no_table() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    y = column(canvas, 90, 780, 400, [paragraph(0)], 11)
    for number in (1, 2, 3):
        canvas.setFont("Times-Bold", 11)
        canvas.drawString(90, y - 8, str(number))
        canvas.drawString(120, y - 8, f"Cranes of the {number}th quay")
        y -= 28
        for label in ("(1)", "(2)"):
            canvas.setFont("Times-Roman", 11)
            canvas.drawString(118, y, label)
            y = column(canvas, 140, y, 350, [SENTENCES[number]], 11)
    document = read(canvas, data)
    assert words(document, "row") == []
    assert words(document, "heading") == [f"{number} Cranes of the {number}th quay" for number in (1, 2, 3)]


def test_numbered_sentences_in_bold_are_a_list_where_some_are_long() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    y = column(canvas, 72, 780, 450, [paragraph(0)], 11)
    for number in range(1, 5):
        text = f"{number}. " + ("Paint the cranes." if number == 3 else " ".join(SENTENCES[number - 1 : number + 1]))
        canvas.setFont("Times-Bold", 11)
        for line in wrapped(text, 440, "Times-Bold", 11):
            canvas.drawString(72, y - 6, line)
            y -= 14
        y = column(canvas, 72, y - 14, 450, [paragraph(number)], 11)
    assert words(read(canvas, data), "heading") == []


def test_a_bullet_does_not_take_the_paragraph_below_it() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    y = column(canvas, 72, 780, 450, [paragraph(0)], 11)
    bullet = wrapped(" ".join(SENTENCES), 432, "Times-Roman", 11)[0] + " end."
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(76, y, "•")
    canvas.drawString(94, y, bullet)
    column(canvas, 72, y - 13.75, 450, [paragraph(1)], 11)
    document = read(canvas, data)
    assert words(document, "item") == [bullet]
    assert paragraph(1) in words(document, "paragraph")


def test_a_round_bullet_of_the_second_level_is_no_word() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    y = column(canvas, 72, 780, 450, [paragraph(0)], 11)
    for x, glyph, text in ((76, "•", "Paint the cranes:"), (94, "o", "In spring."), (94, "o", "In autumn.")):
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(x, y, glyph)
        canvas.drawString(x + 18, y, text)
        y -= 18
    document = read(canvas, data)
    assert [(b.level, document.cut(b.span)) for b in document.blocks if b.kind == "item"] == [
        (0, "Paint the cranes:"),
        (1, "In spring."),
        (1, "In autumn."),
    ]


def test_a_chinese_line_that_opens_with_a_digit_opens_a_block() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 14)
    told = [
        "（一）港口维护",
        "1.每年春季为港口的全部起重机重新上漆，并将颜色登记在册，供社会公众随时查阅。",
        "2.夜间不得在水面以上点灯。",
    ]
    y = 760.0
    for words_ in told:
        at, start = 0, 113.0
        while at < len(words_):
            count = 27 if start > 100 else 29
            canvas.drawString(start, y, words_[at : at + count])
            at, start, y = at + count, 85.0, y - 24
    document = read(canvas, data)
    assert [document.cut(block.span) for block in document.blocks] == told


def test_large_numbers_stand_before_the_blocks_beside_them() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    for number in (1, 2, 3):
        top = 760 - 90 * number
        canvas.setFont("Helvetica", 27)
        canvas.drawString(70, top - 20, f"0{number}")
        canvas.setFont("Helvetica", 9)
        for row in range(3):
            canvas.drawString(122, top - 13 * row, f"Line {row} of block {number} says that boats are kept.")
    found = read(canvas, data).text
    assert [found.index(f"0{number}") < found.index(f"Line 0 of block {number}") for number in (1, 2, 3)] == [True] * 3
    assert all(found.index(f"0{number}") > found.index(f"Line 2 of block {number - 1}") for number in (2, 3))


def test_boxes_side_by_side_are_read_one_by_one() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    column(canvas, 70, 780, 450, [paragraph(1)])
    said = [("Boats are", "kept dry"), ("Ropes are", "coiled well"), ("Lamps are", "lit at dusk")]
    for index, (first, second) in enumerate(said):
        canvas.setFillColorRGB(0.9, 0.95, 1)
        canvas.rect(70 + 150 * index, 500, 130, 80, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(80 + 150 * index, 550, first)
        canvas.drawString(80 + 150 * index, 535, second)
    text = read(canvas, data).text
    assert "Boats are kept dry\tRopes are coiled well\tLamps are lit at dusk" in text

"""Small PDFs made after public reports on other programs; the ids of the reports stand beside each."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth

from polidiff.model import Document
from polidiff.provisions import split
from polidiff.readers.pdf.document import read_pdf

from made_pdf import draw_pdf, make_pdf, sentences  # isort: skip


def read(data: bytes) -> Document:
    return read_pdf(data, id="made", name="made.pdf")


def told(document: Document) -> str:
    return "\n".join(notice.message for notice in document.warnings)


def blocks(document: Document) -> list[str]:
    return [document.cut(block.span) for block in document.blocks]


def put(
    canvas: Any, x: float, y: float, words: list[str], step: float = 14, size: float = 11, font: str = "Times-Roman"
) -> float:
    canvas.setFont(font, size)
    for line in words:
        canvas.drawString(x, y, line)
        y -= step
    return y


WORDS = [
    "The board lists each crane of the harbour in a book that the clerk",
    "keeps for ten years, and it paints thirty of them every spring with",
    "colours that each yard may choose from a card.",
]  # fmt: skip


def test_headings_at_the_side_stand_before_their_paragraphs() -> None:
    """docling#3643, docling PR 3648."""

    def page(canvas: Any) -> None:
        y = 760.0
        for number, name in enumerate(("Painting", "Listing", "Lending", "Repair"), 1):
            put(canvas, 50, y, [name], font="Times-Bold")
            words = [f"Duty {number}. {WORDS[0]}", *WORDS[1:]]
            y = put(canvas, 150, y, words) - 20

    found = blocks(read(draw_pdf(page)))
    for number, name in enumerate(("Painting", "Listing", "Lending", "Repair"), 1):
        at = next(i for i, words in enumerate(found) if words.startswith(f"Duty {number}."))
        assert found[at - 1] == name
        assert found[at].endswith("from a card.")


def test_a_word_drawn_last_at_the_head_of_a_line() -> None:
    """docling#2016."""

    def page(canvas: Any) -> None:
        width = stringWidth("MANDAWA", "Times-Bold", 11)
        put(canvas, 60 + width, 700, [", the open town of painters, is a quaint place in the heart of the region."])
        put(canvas, 60, 686, ["It has kept fine works and halls, as the best of the arts of an older age."])
        put(canvas, 60, 700, ["MANDAWA"], font="Times-Bold")

    assert blocks(read(draw_pdf(page)))[0].startswith("MANDAWA, the open town of painters, is a quaint place")


def test_a_number_far_left_of_its_paragraph() -> None:
    """docling#3198."""

    def page(canvas: Any) -> None:
        y = 760.0
        for number in ("1.3.1", "1.3.2", "1.3.3"):
            put(canvas, 60, y, [number])
            y = (
                put(
                    canvas,
                    130,
                    y,
                    [
                        "The builder shall hand in the latest records of each gauge, and the",
                        "work may only go on when they are approved.",
                    ],
                )
                - 8
            )

    found = blocks(read(draw_pdf(page)))
    assert [words.split()[0] for words in found] == ["1.3.1", "1.3.2", "1.3.3"]
    assert all(words.endswith("work may only go on when they are approved.") for words in found)


def test_a_heading_drawn_last_stands_first() -> None:
    """docling#3422."""

    def page(canvas: Any) -> None:
        put(canvas, 60, 700, ["BACKGROUND"], font="Times-Bold", size=12)
        put(canvas, 60, 675, ["1.1. " + WORDS[0], *WORDS[1:]])
        put(canvas, 60, 615, ["OBJECTIVE"], font="Times-Bold", size=12)
        put(canvas, 60, 590, ["1.2. " + WORDS[0], *WORDS[1:]])
        put(canvas, 60, 740, ["1. INTRODUCTION"], font="Times-Bold", size=16)

    assert blocks(read(draw_pdf(page)))[:2] == ["1. INTRODUCTION", "BACKGROUND"]


def test_words_of_a_heading_drawn_in_another_order() -> None:
    """docling#1203."""

    def page(canvas: Any) -> None:
        put(canvas, 60 + stringWidth("Key ", "Times-Bold", 16), 740, ["Features"], font="Times-Bold", size=16)
        put(canvas, 60, 740, ["Key"], font="Times-Bold", size=16)
        put(canvas, 60, 700, WORDS)

    assert blocks(read(draw_pdf(page)))[0] == "Key Features"


def test_letters_set_one_by_one_are_no_words() -> None:
    """pypdf#3358, pypdf#1424, pypdf#2336."""

    def page(canvas: Any) -> None:
        for y, line in ((700, "Ensure modern gates for each place that"), (686, "the town has kept (by hand).")):
            x = 60.0
            for index, char in enumerate(line):
                text = canvas.beginText(x, y)
                text.setFont("Times-Roman", 11)
                text.textOut(char)
                canvas.drawText(text)
                x += stringWidth(char, "Times-Roman", 11) + (0.9 if index % 4 == 0 else -0.2)

    assert blocks(read(draw_pdf(page)))[0] == "Ensure modern gates for each place that the town has kept (by hand)."


def test_words_without_a_space_between_them() -> None:
    """pypdf#1328, pypdf#3341."""

    def page(canvas: Any) -> None:
        for y, line in ((700, "Reporting crude oil leak in the well, which was"), (686, "closed at once by hand.")):
            x = 60.0
            for word in line.split():
                canvas.setFont("Times-Roman", 11)
                canvas.drawString(x, y, word)
                x += stringWidth(word, "Times-Roman", 11) + 2.2

    assert blocks(read(draw_pdf(page)))[0] == "Reporting crude oil leak in the well, which was closed at once by hand."


def test_words_outside_of_the_part_that_is_shown() -> None:
    """pypdf#559, pdfminer.six#725."""

    def page(canvas: Any) -> None:
        canvas.setCropBox((50, 400, 545, 800))
        put(canvas, 60, 700, WORDS)
        put(canvas, 60, 200, ["An older table of fees stood here and no page shows it."])

    document = read(draw_pdf(page))
    assert "older table" not in document.text
    assert "outside" in told(document)


def test_letters_with_a_shadow_are_read_once() -> None:
    """pdfminer.six#623, pdfminer#225, camelot#194."""

    def page(canvas: Any) -> None:
        canvas.setFillGray(0.7)
        put(canvas, 61.2, 738.8, ["01 Open Sans of the Harbour"], font="Times-Bold", size=21)
        canvas.setFillGray(0)
        put(canvas, 60, 740, ["01 Open Sans of the Harbour"], font="Times-Bold", size=21)
        put(canvas, 60, 700, WORDS)

    assert read(draw_pdf(page)).text.count("Open Sans") == 1


def test_pictures_at_the_left_and_words_at_the_right() -> None:
    """docling#570."""

    def page(canvas: Any) -> None:
        put(canvas, 60, 780, ["Cranes of the harbour"], font="Times-Bold", size=18)
        for index, name in enumerate(("First crane", "Second crane")):
            y = 740 - index * 250
            canvas.setFillGray(0.8)
            canvas.rect(60, y - 200, 180, 200, fill=1, stroke=0)
            canvas.setFillGray(0)
            put(canvas, 260, y - 12, [name], font="Times-Bold", size=13)
            put(canvas, 260, y - 40, ["The board lists each crane in a book", "and paints it every spring."])

    assert blocks(read(draw_pdf(page))) == [
        "Cranes of the harbour",
        "First crane",
        "The board lists each crane in a book and paints it every spring.",
        "Second crane",
        "The board lists each crane in a book and paints it every spring.",
    ]


def test_labels_and_values_in_mirrored_places() -> None:
    """pypdf#2138."""

    def page(canvas: Any) -> None:
        for y, (label, value) in zip(
            (700, 680), (("Company:", "EAGLE WORKS"), ("Place:", "HARBOUR OF THE NORTH")), strict=True
        ):
            for x, words in ((60, label), (150, value)):
                canvas.saveState()
                canvas.transform(1, 0, 0, 1, x, y)
                text = canvas.beginText()
                text.setTextTransform(1, 0, 0, 1, 0, 0)
                text.setFont("Times-Roman", 9)
                text.textOut(words)
                canvas.drawText(text)
                canvas.restoreState()
        put(canvas, 60, 640, WORDS)

    words = read(draw_pdf(page)).text.replace("\t", " ")
    assert words.startswith("Company: EAGLE WORKS\nPlace: HARBOUR OF THE NORTH\n")


CHINESE = "各市应当清理池塘并且每年公布清单，任何单位和个人不得填塘，违反规定的由主管部门责令改正并处以罚款。"


def test_two_chinese_columns_of_unequal_length() -> None:
    """PDF-Extract-Kit#96, MinerU#2463."""

    def page(canvas: Any) -> None:
        def column(x: float, first: int, count: int) -> None:
            y = 760.0
            for number in range(first, first + count):
                canvas.setFont("STSong-Light", 11)
                words = f"　　第{'一二三四五六七八'[number - 1]}条　{CHINESE}"
                for at in range(0, len(words), 20):
                    canvas.drawString(x, y, words[at : at + 20])
                    y -= 17

        column(60, 1, 3)
        column(310, 4, 5)

    make_pdf([("p", "x")])  # registers the font
    found = blocks(read(draw_pdf(page)))
    assert [words[:3] for words in found] == [f"第{n}条" for n in "一二三四五六七八"]
    assert all(words.endswith("罚款。") for words in found)


def grid(canvas: Any, xs: list[float], ys: list[float], skip: set[tuple[int, int]] = frozenset()) -> None:  # type: ignore[assignment]
    """Rule a table; ``skip`` names cells (column, row) without a rule below."""
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])
    for row, y in enumerate(ys):
        for column in range(len(xs) - 1):
            if (column, row - 1) not in skip:
                canvas.line(xs[column], y, xs[column + 1], y)


def test_a_cell_over_two_rows_of_a_ruled_table() -> None:
    """marker#441, marker#476."""

    def page(canvas: Any) -> None:
        put(canvas, 60, 780, ["The plan has these duties."])
        grid(canvas, [60, 160, 360, 500], [740, 715, 690, 665], {(0, 1)})
        for x, y, words in (
            (65, 722, "Aim"), (165, 722, "Duty"), (365, 722, "Led by"),
            (65, 685, "Clean water"), (165, 697, "Dig ten ponds"), (365, 697, "Towns"),
            (165, 672, "Fill two wells"), (365, 672, "The state"),
        ):  # fmt: skip
            put(canvas, x, y, [words], size=10)
        put(canvas, 60, 640, ["It is read each year by the board."])

    document = read(draw_pdf(page))
    rows = [document.cut(b.span).split("\t") for b in document.blocks if b.kind == "row"]
    assert rows[0] == ["Aim", "Duty", "Led by"]
    assert rows[1][-2:] == ["Dig ten ponds", "Towns"]
    assert rows[2][-2:] == ["Fill two wells", "The state"]
    assert document.text.count("Clean water") == 1


def test_a_table_between_paragraphs_is_read_once() -> None:
    """PyMuPDF#3980."""

    def page(canvas: Any) -> None:
        put(canvas, 60, 780, ["This is a story about loans of cranes."])
        grid(canvas, [60, 160, 300], [750, 725, 700])
        for x, y, words in ((65, 732, "Col 1"), (165, 732, "Col 2"), (65, 707, "Value 1"), (165, 707, "Value 2")):
            put(canvas, x, y, [words], size=10)
        put(canvas, 60, 670, ["Another part goes on here."])

    assert blocks(read(draw_pdf(page))) == [
        "This is a story about loans of cranes.",
        "Col 1\tCol 2",
        "Value 1\tValue 2",
        "Another part goes on here.",
    ]


def test_a_table_whose_head_stands_alone_at_the_foot_of_a_page() -> None:
    """MinerU#4111, MinerU#1876."""

    def first(canvas: Any) -> None:
        put(canvas, 60, 780, [sentences(1, 1)[:90], *WORDS])
        grid(canvas, [60, 160, 300], [125, 100])
        put(canvas, 65, 107, ["Park"], size=10)
        put(canvas, 165, 107, ["State of it"], size=10)

    def second(canvas: Any) -> None:
        grid(canvas, [60, 160, 300], [790, 765, 740])
        for y, (a, b) in ((772, ("North", "open")), (747, ("South", "closed"))):
            put(canvas, 65, y, [a], size=10)
            put(canvas, 165, y, [b], size=10)
        put(canvas, 60, 700, WORDS)

    document = read(draw_pdf(first, second))
    assert [document.cut(b.span) for b in document.blocks if b.kind == "row"] == [
        "Park\tState of it",
        "North\topen",
        "South\tclosed",
    ]


def test_a_table_wider_than_its_column() -> None:
    """MinerU#4219."""

    def page(canvas: Any) -> None:
        for x, name in ((60, "Left"), (310, "Right")):
            y = put(
                canvas,
                x,
                760,
                [
                    f"{name} one. The board lists each crane",
                    "of the harbour in a book that the",
                    "clerk keeps for ten years.",
                ],
            )
            y = put(
                canvas,
                x,
                y - 8,
                [
                    f"{name} two. It paints thirty of them",
                    "every spring with colours that each",
                    "yard may choose from a card.",
                ],
            )
        grid(canvas, [60, 220, 380, 540], [640, 615, 590])
        for x, y, words in (
            (65, 622, "Crane"),
            (225, 622, "Colour"),
            (385, 622, "Yard"),
            (65, 597, "A"),
            (225, 597, "red"),
            (385, 597, "north"),
        ):
            put(canvas, x, y, [words], size=10)
        for x, name in ((60, "Left"), (310, "Right")):
            put(
                canvas,
                x,
                560,
                [f"{name} three. The clerk reads the book", "aloud when the first ship of the year", "has come in."],
            )

    words = read(draw_pdf(page)).text
    order = [
        "Left one.",
        "Left two.",
        "Right one.",
        "Right two.",
        "Crane\tColour\tYard",
        "A\tred\tnorth",
        "Left three.",
        "Right three.",
    ]
    places = [words.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_running_heads_of_even_and_odd_pages_with_their_chapter() -> None:
    """marker#557, textstack PR 241, mdgate/converters#102."""

    def head(page: int) -> str:
        chapter = ("Water of towns", "Air of towns")[page > 4]
        return f"{page} | Chapter {1 + (page > 4)}: {chapter}" if page % 2 else f"{chapter} | {page}"

    story: list[tuple[str, str]] = [("h1", "Chapter 1: Water of towns")]
    for number in range(1, 41):
        if number == 21:
            story += [("break", ""), ("h1", "Chapter 2: Air of towns")]
        story.append(("p", sentences(number, 7)))
    document = read(make_pdf(story, head=head))
    assert len(document.pages) >= 5
    assert "|" not in document.text
    assert document.text.count("Chapter 2: Air of towns") == 1


def test_a_heading_that_running_heads_repeat_stays() -> None:
    """book-to-skill PR 113."""
    story: list[tuple[str, str]] = [("p", sentences(1, 6)), ("h1", "Water of towns")]
    story += [("p", sentences(number, 7)) for number in range(2, 32)]
    document = read(make_pdf(story, head=lambda page: "Water of towns"))
    assert len(document.pages) >= 4
    assert document.text.count("Water of towns") == 1
    assert "Water of towns" in [document.cut(b.span) for b in document.blocks if b.kind in ("heading", "title")]


def test_right_to_left_words_are_told() -> None:
    """pypdf#1296, pdf-inspector#212, pdf-inspector#327."""
    from pathlib import Path

    import pytest
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not font.is_file():
        pytest.skip("no font with Hebrew letters on this machine")
    pdfmetrics.registerFont(TTFont("DejaVu", str(font)))

    def page(canvas: Any) -> None:
        put(canvas, 60, 760, WORDS)
        canvas.setFont("DejaVu", 11)
        for y in (700, 680, 660):
            canvas.drawRightString(540, y, "םירוביצה לכ לש תוכירבה תא הקנמ ריעה"[::1])

    assert "right" in told(read(draw_pdf(page)))


def test_digits_that_are_page_numbers_of_notes() -> None:
    """mdgate/converters#102: a page number that is also the number of a note is no note."""
    notes = {1: [("1", "See the book of the clerk."), ("2", "Only in spring."), ("3", "By hand.")]}
    words = f"{sentences(1, 2)} It is kept.<super>1</super> {sentences(2, 1)} It is read.<super>2</super>"
    words += " It is sold.<super>3</super>"
    document = read(make_pdf([("p", words), ("p", sentences(3, 4))], notes=notes, foot=str))
    assert [note.mark for note in document.notes] == ["1", "2", "3"]
    assert split(document)


def test_a_title_that_a_program_wrote_is_no_title() -> None:
    """docling#1212 (kind): the file's name or a word for want of one stands where the title should."""
    for said in ("untitled", "Microsoft Word - plan_v7.doc", "(anonymous)", "plan final.indd"):
        document = read(make_pdf([("p", sentences(1, 4))], title=said))
        assert document.title == "made.pdf"
    assert read(make_pdf([("p", sentences(1, 4))], title="Plan for ponds")).title == "Plan for ponds"

"""Kinds of page that print order or joins alone would get wrong: initials, pull quotes, notes in margins, forms …"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from polidiff.errors import UnreadableSource
from polidiff.model import Document
from polidiff.provisions import split
from polidiff.readers.pdf.document import read_pdf
from polidiff.readers.pdf.letters import Shapes, lying_words

from made_pdf import draw_pdf, make_pdf, sentences  # isort: skip


def read(data: bytes) -> Document:
    return read_pdf(data, id="made", name="made.pdf")


def put(canvas: Any, x: float, y: float, words: list[str], step: float = 14, size: float = 11) -> float:
    canvas.setFont("Times-Roman", size)
    for line in words:
        canvas.drawString(x, y, line)
        y -= step
    return y


def blocks(document: Document) -> list[str]:
    return [document.cut(block.span) for block in document.blocks]


def test_an_initial_over_two_lines_goes_with_its_word() -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("Times-Roman", 32)
        canvas.drawString(60, 746, "T")
        put(
            canvas,
            83,
            760,
            ["he harbour board paints each crane in the spring and it lists the colour", "of every one of"],
        )
        put(canvas, 60, 732, ["them in a book that is kept for ten years by the clerk of the quay."])
        canvas.setFont("Times-Roman", 32)
        canvas.drawString(60, 646, "A")
        put(
            canvas,
            90,
            660,
            ["clerk of the quay reads the book aloud when the first ship of the year has", "come in with timber."],
        )

    assert blocks(read(draw_pdf(page))) == [
        "The harbour board paints each crane in the spring and it lists the colour of every one of them in a book that "
        "is kept for ten years by the clerk of the quay.",
        "A clerk of the quay reads the book aloud when the first ship of the year has come in with timber.",
    ]


def test_a_pull_quote_does_not_part_a_sentence() -> None:
    def page(canvas: Any) -> None:
        put(
            canvas,
            60,
            760,
            ["The board keeps a list of cranes. The fund will paint thirty of them in the harbour of the"],
        )
        put(canvas, 110, 700, ["“Thirty cranes, one colour.”"], size=18)
        put(canvas, 60, 650, ["capital and will ask each yard for a picture of its own crane by the end of the year."])

    found = blocks(read(draw_pdf(page)))
    assert "The fund will paint thirty of them in the harbour of the capital and will ask each yard" in found[0]
    assert found[1] == "“Thirty cranes, one colour.”"


def test_notes_in_the_margin_stay_out_of_the_paragraphs_beside_them() -> None:
    def page(canvas: Any) -> None:
        for number in range(1, 5):
            top = 800 - 60 * number
            first = f"({number}) The clerk finds that the crane of yard {number} was painted in time by"
            put(canvas, 80, top, [first, "the master of the yard, who had asked for paint in the winter of the year."])
            canvas.setFont("Helvetica-Oblique", 8)
            canvas.drawString(470, top, f"Paint of yard {number}")

    found = blocks(read(draw_pdf(page)))
    assert "(2) The clerk finds that the crane of yard 2 was painted in time by the master of the yard," in found[1]
    assert all("Paint of yard" not in words for words in found[:4])
    assert found[4:] == [f"Paint of yard {number}" for number in range(1, 5)]


def test_counted_headings_at_page_tops_are_no_running_heads() -> None:
    story = [("p", sentences(1, 3)), ("break", "")]
    for number in range(1, 6):
        story += [("h1", f"Goal {number}"), ("p", sentences(number + 5, 3)), ("break", "")]
    document = read(make_pdf(story, foot=str))
    heads = [document.cut(block.span) for block in document.blocks if block.kind in ("heading", "title")]
    assert [f"Goal {number}" in heads for number in range(1, 6)] == [True] * 5


def test_a_dash_at_a_line_end_joins_what_it_stands_between() -> None:
    def page(canvas: Any) -> None:
        put(canvas, 60, 760, ["The plan for the years 2026–", "2031 holds for quays 7–", "9. It is renewed by then."])

    assert read(draw_pdf(page)).text == "The plan for the years 2026–2031 holds for quays 7–9. It is renewed by then."


def test_words_broken_at_line_ends_are_joined_and_compounds_keep_their_hyphen() -> None:
    lines = [
        "The harbour board answers for the super-",
        "vision of cranes, and the inspec-",
        "torate may ask for a price-",
        "determining list of well-",
        "known yards in the region.",
    ]

    def page(canvas: Any) -> None:
        put(canvas, 60, 760, lines)

    assert read(draw_pdf(page)).text == (
        "The harbour board answers for the supervision of cranes, and the inspectorate may ask for a price-determining "
        "list of well-known yards in the region."
    )


def test_large_bullets_in_the_right_column_leave_the_left_one_alone() -> None:
    left = [f"Line {n} of the left side speaks of cranes and of the quay." for n in range(1, 17)]

    def page(canvas: Any) -> None:
        put(canvas, 42, 710, left, step=11.5, size=9.5)
        for item in range(3):
            y = 664 - 46 * item
            canvas.setFont("Helvetica", 20)
            canvas.drawString(297, y, "•")
            item_lines = [
                "The yard shall paint a crane each year in",
                "the colour that the clerk has chosen",
                "for all of them.",
            ]
            put(canvas, 313, y, item_lines, step=11.5, size=9.5)
        put(
            canvas,
            297,
            710,
            ["The plan has three aims, which the yards", "and the board have set together, as it", "says:"],
            11.5,
            9.5,
        )

    document = read(draw_pdf(page))
    assert " ".join(left) in " ".join(document.text.split())
    assert (
        document.text.count("The yard shall paint a crane each year in the colour that the clerk has chosen for all")
        == 3
    )


def test_rows_of_sentences_that_go_on_below_are_read_side_by_side() -> None:
    def page(canvas: Any) -> None:
        put(canvas, 60, 760, ["The board looked at the national", "plan for cranes and"])
        put(canvas, 330, 760, ["set aside a sum of nine million", "crowns for the coming year."])

    words = read(draw_pdf(page)).text
    assert "The board looked at the national plan for cranes and" in words
    assert "set aside a sum of nine million crowns for the coming year." in words


def test_filled_fields_and_notes_are_read_with_their_names() -> None:
    def page(canvas: Any) -> None:
        put(canvas, 60, 760, ["Name of the crane:"])
        canvas.acroForm.textfield(name="crane", x=170, y=752, width=200, height=20, value="Old Bertha")
        canvas.acroForm.textfield(name="duty", x=60, y=600, width=300, height=20, value="It lifts ten tonnes.")
        canvas.acroForm.checkbox(name="painted", x=60, y=500, checked=True)

    document = read(draw_pdf(page))
    assert "Name of the crane: Old Bertha" in document.text
    assert "duty: It lifts ten tonnes." in document.text
    assert "painted: ☒" in document.text
    assert "crane, duty, painted" in document.warnings[0].message


def _portfolio(cover: bytes, collection: bool) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(cover)))
    writer.add_attachment("rules.pdf", draw_pdf(lambda canvas: None))
    if collection:
        writer.root_object[NameObject("/Collection")] = DictionaryObject({NameObject("/View"): NameObject("/D")})
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_a_portfolio_names_its_parts() -> None:
    cover = make_pdf([("p", sentences(1, 2))])
    with pytest.raises(UnreadableSource, match=r"portfolio.*rules\.pdf"):
        read(_portfolio(cover, True))
    assert "rules.pdf" in read(_portfolio(cover, False)).warnings[0].message


def test_points_of_a_bill_are_told_apart_though_one_ends_in_and() -> None:
    lines = [
        (110, "(b) CONTENTS.—The list shall hold—"),
        (130, "(1) the name of the crane;"),
        (130, "(2) the colour of it, in not more than four"),
        (110, "words; and"),
        (130, "(3) the day on which it was last painted by"),
        (110, "the yard."),
    ]

    def page(canvas: Any) -> None:
        canvas.setFont("Times-Roman", 13)
        for number, (x, words) in enumerate(lines):
            canvas.drawString(x, 760 - 26 * number, words)

    found = [(one.number or "", one.text) for one in split(read(draw_pdf(page)))]
    assert [number[-3:] for number, _ in found] == ["(b)", "(1)", "(2)", "(3)"]
    assert found[2][1] == "the colour of it, in not more than four words; and"


def test_a_label_at_half_the_height_of_its_text_is_read_before_it() -> None:
    text = [
        "The board will paint the cranes of the quay in the colour that the",
        "clerk has chosen, and it will print a list of them in the spring of",
        "each year so that every master of a yard can see when it is his turn",
        "to bring the ladders and the brushes to the quay before the day.",
        "The list hangs at the gate until the last crane has been painted.",
    ]

    def page(canvas: Any) -> None:
        for block in range(3):
            top = 760 - 120 * block
            put(canvas, 140, top, text)
            put(canvas, 60, top - 24, ["Description"])

    assert blocks(read(draw_pdf(page))) == ["Description", " ".join(text)] * 3


def test_a_title_at_a_slant_is_read_in_order() -> None:
    def page(canvas: Any) -> None:
        canvas.rotate(8)
        put(canvas, 200, 650, ["A crane for each quay", "and a colour for each crane"], step=40, size=30)

    assert read(draw_pdf(page)).text.split("\n")[0] == "A crane for each quay and a colour for each crane"


class _Font(Shapes):
    """Shapes as a font draws them: the text says ``n`` where ``k`` is drawn."""

    def __init__(self, drawn: str) -> None:
        self._drawn = drawn

    def of(self, index: int) -> Any:
        from polidiff.readers.pdf.letters import _Shape

        letter = self._drawn[index]
        return _Shape(1, 0.7 if letter in "bdfhklt" else 0.45, -0.2 if letter in "gjpqy" else 0.0)


def test_letters_drawn_as_others_than_the_text_says_are_found() -> None:
    drawn = "the worker takes a book of each risk and speaks of the kind of work that makes the market weaker in a week"
    assert "marnet" in lying_words(drawn.replace("k", "n"), _Font(drawn))
    assert lying_words(drawn, _Font(drawn)) == []


def test_names_that_no_lexicon_knows_are_no_lie() -> None:
    drawn = "the harbour of ruritania and the quay of borduria were painted by the yard of syldavia in the month of may"
    assert lying_words(drawn, _Font(drawn)) == []


def _type3(words: list[str], place: Any) -> bytes:
    """A PDF with a font of squares whose table names the letters of ``words``; ``place`` gives each letter's place."""
    letters = sorted(set("".join(words)))
    names = " ".join(f"/g{index}" for index in range(len(letters)))
    table = "\n".join(f"<{index + 1:02x}> <{ord(letter):04x}>" for index, letter in enumerate(letters))
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{table}\nendbfchar endcmap end"
    )
    drawn = [(letter, *place(row, at)) for row, word in enumerate(words) for at, letter in enumerate(word)]
    page = "\n".join(f"BT /F1 14 Tf {x} {y} Td <{letters.index(one) + 1:02x}> Tj ET" for one, x, y in drawn)
    square = "1000 0 0 0 1000 1000 d1 100 0 800 800 re f"
    procs = " ".join(f"/g{index} 7 0 R" for index in range(len(letters)))
    widths = " ".join(["1000"] * len(letters))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        "/Resources << /Font << /F1 4 0 R >> >> >>",
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 1 "
        f"/LastChar {len(letters)} /Widths [{widths}] /Encoding << /Type /Encoding /Differences [1 {names}] >> "
        f"/CharProcs << {procs} >> /Resources << >> /ToUnicode 6 0 R >>",
        *(f"<< /Length {len(part)} >>\nstream\n{part}\nendstream" for part in (page, cmap, square)),
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{at:010d} 00000 n \n" for at in places)
    end = f"trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return (out + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n" + table + end).encode("latin-1")


def test_text_that_is_read_downwards_is_read_column_by_column_from_the_right() -> None:
    columns = ["第一条港口每年检查一次码头的灯", "具并在春季公布检查的结果。"]
    document = read(_type3(columns, lambda column, at: (480 - 26 * column, 740 - 18 * at)))
    assert document.text == "".join(columns)
    box = document.pieces[0].box
    assert box is not None
    assert 475 < box.x0 < box.x1 < 500
    assert 85 < box.y0 < 105
    assert (document.pages[0].width, document.pages[0].height) == (595, 842)

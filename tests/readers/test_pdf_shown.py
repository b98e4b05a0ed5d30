"""The text is what the page shows: struck words are marked, hidden ones are left out and told, none is read twice."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from polidiff.model import Document
from polidiff.readers.pdf.document import read_pdf
from polidiff.readers.pdf.pages import has_layers

from made_pdf import draw_pdf, make_pdf  # isort: skip

LINES = [
    "Every ferry carries a lamp at night.",
    "The crew paints the hull in spring.",
    "A rope lies ready on each deck.",
]


def read(data: bytes) -> Document:
    return read_pdf(data, id="made", name="made.pdf")


def lines(canvas: Any, top: float = 760) -> None:
    for number, words in enumerate(LINES):
        canvas.drawString(60, top - 20 * number, words)


def told(document: Document) -> str:
    return "\n".join(f"{notice.page}: {notice.message}" for notice in document.warnings)


def test_struck_words_are_marked_and_underlined_ones_are_not() -> None:
    words = "A ferry <strike>may</strike> <u>shall</u> leave within <strike>ten</strike> five minutes of the bell."
    document = read(make_pdf([("p", words), ("p", "<strike>No ferry waits for a dog.</strike>"), ("p", LINES[0])]))
    assert [document.cut(span) for span in document.struck] == ["may", "ten", "No ferry waits for a dog."]
    assert "1: struck-through words" in told(document)


def test_a_rule_that_reaches_beyond_the_words_strikes_nothing() -> None:
    def page(canvas: Any) -> None:
        lines(canvas)
        canvas.line(40, 763, 500, 763)  # a chart's grid goes through its labels

    assert read(draw_pdf(page)).struck == ()


def test_a_strike_out_note_strikes_the_words_under_it() -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(draw_pdf(lines))))
    rect = [60.0, 737.0, 232.0, 749.0]
    quad = [60.0, 749.0, 232.0, 749.0, 60.0, 737.0, 232.0, 737.0]
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/StrikeOut"),
            NameObject("/Rect"): ArrayObject(map(FloatObject, rect)),
            NameObject("/QuadPoints"): ArrayObject(map(FloatObject, quad)),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([note])
    target = BytesIO()
    writer.write(target)
    document = read(target.getvalue())
    assert [document.cut(span) for span in document.struck] == [LINES[1]]


def _invisible(canvas: Any) -> None:
    lines(canvas)
    canvas.saveState()
    words = canvas.beginText(60, 700)
    words.setFont("Helvetica", 11)
    words.setTextRenderMode(3)
    words.textLine("Ferries pay nothing at all.")
    canvas.drawText(words)
    canvas.restoreState()
    canvas.drawString(60, 660, "The bell rings twice.")


def _white(canvas: Any) -> None:
    lines(canvas)
    canvas.setFillGray(1)
    canvas.drawString(60, 700, "Ferries pay nothing at all.")
    canvas.setFillGray(0)
    canvas.drawString(60, 660, "The bell rings twice.")


def _covered(canvas: Any) -> None:
    lines(canvas)
    canvas.drawString(60, 700, "Ferries pay nothing at all.")
    canvas.rect(50, 690, 300, 24, fill=1)
    canvas.drawString(60, 660, "The bell rings twice.")


def _outside(canvas: Any) -> None:
    lines(canvas)
    canvas.drawString(60, 900, "Ferries pay nothing at all.")
    canvas.drawString(60, 660, "The bell rings twice.")


@pytest.mark.parametrize("page", [_invisible, _white, _covered, _outside])
def test_words_that_the_page_does_not_show_are_left_out_and_told(page: Any) -> None:
    document = read(draw_pdf(page))
    assert "nothing at all" not in document.text
    assert "The bell rings twice." in document.text
    assert "were left out: “Ferries pay nothing at all.”" in told(document)
    assert document.warnings[0].page == 1
    assert "readers disagree" not in told(document)


def test_white_words_on_a_dark_bar_and_words_on_a_late_frame_are_read() -> None:
    def page(canvas: Any) -> None:
        canvas.rect(50, 690, 300, 24, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(60, 700, "What a ferry pays")
        canvas.setFillGray(0)
        lines(canvas)
        canvas.rect(50, 600, 400, 200, fill=0)

    document = read(draw_pdf(page))
    assert "What a ferry pays" in document.text
    assert all(words in document.text for words in LINES)
    assert not document.warnings


def test_words_that_stay_invisible_to_the_end_of_the_page_are_read_and_in_doubt() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(60, 780, "The bell rings twice.")
        words = canvas.beginText(60, 760)
        words.setTextRenderMode(3)
        words.textLine("Ferries pay nothing at all.")
        canvas.drawText(words)
        lines(canvas, 740)

    document = read(draw_pdf(page))
    assert "nothing at all" not in document.text
    assert LINES[2] in document.text
    assert document.pages[0].doubt == "unseen"


def test_the_words_of_a_scan_are_read_and_said_to_be_recognised() -> None:
    picture = Image.new("L", (300, 420), 255)
    picture.paste(90, (30, 30, 200, 45))

    def page(canvas: Any) -> None:
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
        words = canvas.beginText(60, 760)
        words.setTextRenderMode(3)
        for line in LINES:
            words.textLine(line)
        canvas.drawText(words)

    document = read(draw_pdf(page))
    assert all(words in document.text for words in LINES)
    assert document.pages[0].doubt == "recognised"
    assert "1: the page is a picture" in told(document)


def test_words_printed_twice_at_one_place_are_read_once() -> None:
    def page(canvas: Any) -> None:
        for shift in (0, 0.4):
            x = 60 + shift
            for word in ["No", "ferry", "sails", "without", "a", "lamp."]:
                canvas.drawString(x, 760, word)
                x += canvas.stringWidth(word + " ", "Helvetica", 11)
        lines(canvas, 700)
        canvas.drawString(60.3, 700, LINES[0])

    document = read(draw_pdf(page))
    assert document.text.startswith("No ferry sails without a lamp.")
    assert document.text.count("lamp") == 2


def test_raised_digits_stay_apart_and_lowered_ones_do_not() -> None:
    words = "The tank holds 10<super>25</super> drops on 4 m<super>2</super> and no CO<sub>2</sub> at all."
    assert read(make_pdf([("p", words)])).text == "The tank holds 10²⁵ drops on 4 m² and no CO2 at all."


@pytest.mark.parametrize("off", [True, False])
def test_words_on_a_layer_are_read_where_it_is_switched_on(off: bool) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

    def page(canvas: Any) -> None:
        canvas.drawString(60, 780, LINES[0])
        canvas._code.append("/OC /old BDC")
        canvas.drawString(60, 760, "No ferry needs a lamp.")
        canvas._code.append("EMC")
        canvas.drawString(60, 740, LINES[1])

    writer = PdfWriter(clone_from=PdfReader(BytesIO(draw_pdf(page))))
    name, kind = NameObject("/Name"), NameObject("/Type")
    layer = writer._add_object(DictionaryObject({kind: NameObject("/OCG"), name: TextStringObject("old")}))
    resources = writer.pages[0]["/Resources"].get_object()
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/old"): layer})
    shown = NameObject("/OFF" if off else "/ON")
    state = DictionaryObject({shown: ArrayObject([layer])})
    layers = DictionaryObject({NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): state})
    writer._root_object[NameObject("/OCProperties")] = layers
    stream = BytesIO()
    writer.write(stream)
    document = read(stream.getvalue())
    assert ("No ferry needs a lamp." in document.text) is not off
    assert ("hidden layer" in told(document)) is off


def test_layers_are_found_in_packed_objects() -> None:
    packed = zlib.compress(b"7 0 <</Type/Catalog/OCProperties 8 0 R>>")
    head = b"3 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length 40>>\nstream\r\n"
    assert has_layers(head + packed + b"\nendstream")
    assert not has_layers(head + packed[:4] + b"\nendstream")


def test_a_raised_number_in_the_margin_numbers_no_lines() -> None:
    def page(canvas: Any) -> None:
        for number in range(8):
            canvas.drawString(40, 760 - 20 * number, "¹")
            canvas.drawString(60, 760 - 20 * number, LINES[number % 3])

    assert LINES[1] in read(draw_pdf(page)).text


def test_words_under_other_words_are_not_taken_for_shown() -> None:
    def page(canvas: Any) -> None:
        lines(canvas)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(62, 740, "A cheque lies in the boat.")  # white on white, behind the second line
        canvas.setFillColorRGB(0, 0, 0)

    document = read(draw_pdf(page))
    assert document.text.split("\n")[0].count("paints the hull") == 1
    assert "cheque" not in document.text
    assert "in the colour of" in told(document)


def test_words_outside_of_their_clip_are_left_out() -> None:
    def page(canvas: Any) -> None:
        lines(canvas)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(300, 300, 100, 100)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.drawString(60, 500, "No ferry is clipped away.")
        canvas.drawString(305, 350, "Inside it is seen.")
        canvas.restoreState()

    document = read(draw_pdf(page))
    assert "clipped" not in document.text
    assert "Inside it is seen." in document.text
    assert "clipped away" in told(document)

"""Tables whose cells the page rules: rows stay rows, whatever stands in their cells, also over the end of a page."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from polidiff.provisions import split
from polidiff.readers import read_bytes

XS = (60.0, 260.0, 460.0, 540.0)
PROSE = "Each town keeps its ponds, and the county looks after the wells that lie between them."


def table(canvas: Canvas, top: float, heights: list[float], rows: list[list[list[str]]]) -> None:
    """Rule and fill a table; each cell is a list of lines, a bold one where it begins with *."""
    y = top
    for height, row in zip(heights, rows, strict=True):
        canvas.line(XS[0], y, XS[-1], y)
        for left, cell in zip(XS, row, strict=False):
            at = y - 14
            for line in cell:
                canvas.setFont("Helvetica-Bold" if line.startswith("*") else "Helvetica", 10)
                canvas.drawString(left + 4, at, line.lstrip("*"))
                at -= 14
        y -= height
    canvas.line(XS[0], y, XS[-1], y)
    for x in XS:
        canvas.line(x, top, x, y)


def made() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(60, 780, "Answer to the Pond Plan")
    canvas.setFont("Helvetica", 10)
    for index in range(8):
        canvas.drawString(60, 740 - 14 * index, PROSE)
    table(
        canvas,
        600,
        [24, 80, 80],
        [
            [["*Recommendation"], ["*Response"], ["*When"]],
            [
                ["*Recommendation 1", "", "Dig a pond in every", "town."],
                ["Agree. The county will dig", "thirty."],
                ["May 2031"],
            ],
            [
                ["*Recommendation 2", "", "Count the frogs."],
                ["Agree in part. Frogs will be", "counted by the schools and"],
                ["June"],
            ],
        ],
    )
    canvas.showPage()
    table(canvas, 780, [40], [[[], ["by the wardens."], []]])
    canvas.setFont("Helvetica", 10)
    for index in range(8):
        canvas.drawString(60, 700 - 14 * index, PROSE)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_rows_of_a_ruled_table_are_recommendations_with_their_answers() -> None:
    document = read_bytes(made(), name="answer.pdf")
    rows = [document.cut(block.span) for block in document.blocks if block.kind == "row"]
    assert rows == [
        "Recommendation\tResponse\tWhen",
        "Recommendation 1 Dig a pond in every town.\tAgree. The county will dig thirty.\tMay 2031",
        "Recommendation 2 Count the frogs.\t"
        "Agree in part. Frogs will be counted by the schools and by the wardens.\tJune",
    ]
    found = [(p.kind, p.number, p.text) for p in split(document) if p.leaf and p.number]
    assert found == [
        ("recommendation", "1", "Dig a pond in every town."),
        ("prose", "1", "Agree. The county will dig thirty."),
        ("recommendation", "2", "Count the frogs."),
        ("prose", "2", "Agree in part. Frogs will be counted by the schools and by the wardens."),
    ]


def test_a_box_around_words_and_lines_of_a_drawing_make_no_table() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", 10)
    for x in (60, 300, 540):
        canvas.line(x, 800, x, 300)
    for y in (800, 300):
        canvas.line(60, y, 540, y)
    for index in range(12):
        canvas.drawString(70, 760 - 14 * index, PROSE)
    canvas.save()
    document = read_bytes(stream.getvalue(), name="box.pdf")
    assert {block.kind for block in document.blocks} == {"paragraph"}

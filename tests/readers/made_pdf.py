"""PDFs made for tests, in our own words, with reportlab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph

WIDTH, HEIGHT = A4

_BASE: dict[str, Any] = {"fontName": "Times-Roman", "fontSize": 11, "leading": 13.5, "spaceAfter": 7}
STYLES = {
    "p": ParagraphStyle("p", **_BASE, alignment=4),
    "ragged": ParagraphStyle("ragged", **_BASE),
    "indented": ParagraphStyle("indented", **{**_BASE, "spaceAfter": 0}, alignment=4, firstLineIndent=16),
    "bullet": ParagraphStyle("bullet", **_BASE, alignment=4, leftIndent=22, bulletIndent=8),
    "dash": ParagraphStyle("dash", **_BASE, alignment=4, leftIndent=44, bulletIndent=30),
    "h1": ParagraphStyle("h1", fontName="Times-Bold", fontSize=16, leading=20, spaceBefore=14, spaceAfter=8),
    "h2": ParagraphStyle("h2", fontName="Times-Bold", fontSize=12, leading=15, spaceBefore=10, spaceAfter=5),
    "h3": ParagraphStyle("h3", fontName="Times-Italic", fontSize=11, leading=13.5, spaceBefore=10, spaceAfter=5),
    "cover": ParagraphStyle("cover", fontName="Times-Bold", fontSize=30, leading=36, alignment=1, spaceBefore=160),
    "date": ParagraphStyle("date", fontName="Times-Roman", fontSize=14, leading=18, alignment=1, spaceBefore=20),
    "label": ParagraphStyle("label", fontName="Times-Italic", fontSize=11, leading=14, alignment=1, spaceBefore=12),
    "name": ParagraphStyle("name", fontName="Times-Bold", fontSize=11, leading=14, alignment=1, spaceAfter=9),
    "zh": ParagraphStyle("zh", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK"),
    "zh_title": ParagraphStyle(
        "zh_title", fontName="STSong-Light", fontSize=20, leading=28, alignment=1, spaceAfter=14
    ),
    "zh_chapter": ParagraphStyle(
        "zh_chapter", fontName="STSong-Light", fontSize=15, leading=22, alignment=1, spaceBefore=12, spaceAfter=8
    ),
}
_NOTE = ParagraphStyle("note", fontName="Times-Roman", fontSize=8.5, leading=10)
_MARKERS = {"bullet": "\u2022", "dash": "\u2013"}

NOUNS = [
    *("agency", "board", "bureau", "council", "data", "energy", "forecast", "grid"),
    *("harbour", "index", "journal", "kiln", "laboratory", "market", "notice", "office"),
    *("permit", "quarry", "register", "sensor", "timber", "union", "valley", "workshop"),
    *("yard"),
]
VERBS = [
    *("audits", "builds", "checks", "funds", "lists", "maps", "opens", "pays"),
    *("reports", "shares", "tests", "trains"),
]


def sentences(start: int, count: int) -> str:
    """``count`` plain sentences that no other start gives, of eight to thirteen words each."""
    made = []
    for number in range(start * 100, start * 100 + count):
        a, b, c = NOUNS[number % 25], NOUNS[(number // 3 + 7) % 25], NOUNS[(number // 7 + 13) % 25]
        verb = VERBS[number % 12]
        made.append(f"The {a} of case {number} {verb} the {b} and every {c} that the region has kept.")
    return " ".join(made)


def make_pdf(
    story: Sequence[tuple[str, str]],
    *,
    columns: int = 1,
    head: Callable[[int], str] | None = None,
    foot: Callable[[int], str] | None = None,
    notes: dict[int, Sequence[tuple[str, str]]] | None = None,
    font: str = "Times-Roman",
    **settings: Any,
) -> bytes:
    """Set (style, words) pairs on A4 pages; ``head`` and ``foot`` give a page's furniture, ``notes`` its footnotes."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def furniture(canvas: Any, _: Any) -> None:
        page = canvas.getPageNumber()
        canvas.setFont(font, 9)
        if head is not None:
            canvas.drawString(70, HEIGHT - 36, head(page))
        if foot is not None:
            canvas.drawCentredString(WIDTH / 2, 28, foot(page))
        y = 120.0
        for mark, words in (notes or {}).get(page, ()):
            note = Paragraph(f"<super>{mark}</super> {words}", _NOTE)
            y -= note.wrap(WIDTH - 140, 200)[1]
            note.drawOn(canvas, 70, y)

    bottom = 130 if notes else 60
    if columns == 1:
        frames = [Frame(70, bottom, WIDTH - 140, HEIGHT - bottom - 60)]
    else:
        width = (WIDTH - 140 - 22) / 2
        frames = [Frame(x, bottom, width, HEIGHT - bottom - 60) for x in (70, 92 + width)]
    target = BytesIO()
    document = BaseDocTemplate(target, pagesize=A4, invariant=1, **settings)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    flow: list[Any] = []
    for style, words in story:
        if style == "break":
            flow.append(PageBreak())
        else:
            flow.append(Paragraph(words, STYLES[style], bulletText=_MARKERS.get(style)))
    document.build(flow)
    return target.getvalue()


def draw_pdf(*pages: Callable[[Any], None], size: tuple[float, float] = A4) -> bytes:
    """Return a PDF whose pages are drawn on a canvas by one function each, in Helvetica of 11 points."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    for page in pages:
        canvas.setFont("Helvetica", 11)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()

"""Laws that hold for any document of any format: spans cut the words, the map to the page runs forward, splitting is
stable. Made documents with headings, bullets, footnotes, line-end hyphens, mixed scripts, right-to-left text, combining
marks and characters beyond the first plane.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from polidiff.model import Document, Span
from polidiff.provisions import leaves, outline, split
from polidiff.readers import read_bytes


@pytest.fixture(autouse=True, scope="module")
def in_this_process():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLIDIFF_INPROCESS", "1")
        yield


class Part(NamedTuple):
    """``kind`` is heading, bullet, paragraph or note (a paragraph with a footnote that says ``note``)."""

    kind: str
    words: str
    note: str = ""


# words of Latin with marks, Chinese, Hebrew, Arabic, Devanagari, combining marks, mathematical letters, emoji
EVERY = "aZé9 bß一总第。，שלاकिe\u0301n\u0303𠀀😀𝔘”—-x"
LATIN = "abcdefgGHé9ßÅn-—’ii"


def phrases(alphabet: str) -> st.SearchStrategy[str]:
    ends = st.sampled_from([c for c in alphabet if c.isalpha()])
    inner = st.text(st.sampled_from(alphabet.replace(" ", "")), max_size=7)
    word = st.tuples(ends, inner, ends).map("".join)
    return st.lists(word, min_size=2, max_size=14).map(lambda words: "So " + " ".join(words) + " ends.")


def stories(alphabet: str) -> st.SearchStrategy[list[Part]]:
    words = phrases(alphabet)
    part = st.one_of(
        st.builds(Part, st.just("heading"), words.map(lambda w: w[:40].rstrip(" .-") + " x"), st.just("")),
        st.builds(Part, st.sampled_from(["bullet", "bullet", "paragraph"]), words, st.just("")),
        st.builds(Part, st.just("note"), words, words),
    )
    return st.lists(part, min_size=1, max_size=9).map(lambda parts: [*parts, Part("paragraph", "The very end of it.")])


def markdown(story: list[Part]) -> bytes:
    marks = {"heading": "## ", "bullet": "- ", "paragraph": "", "note": ""}
    lines, notes = [], []
    for number, part in enumerate(story):
        call = f"[^n{number}]" if part.kind == "note" else ""
        lines.append(marks[part.kind] + part.words + call)
        if call:
            notes.append(f"{call}: {part.note}")
    return "\n\n".join([*lines, *notes]).encode()


def web(story: list[Part]) -> bytes:
    tags = {"heading": "h2", "bullet": "li", "paragraph": "p", "note": "p"}
    lines, notes = [], []
    for number, part in enumerate(story, start=1):
        call = f'<sup><a href="#n{number}" id="r{number}">{number}</a></sup>' if part.kind == "note" else ""
        line = f"<{tags[part.kind]}>{html.escape(part.words)}{call}</{tags[part.kind]}>"
        lines.append(f"<ul>{line}</ul>" if part.kind == "bullet" else line)
        if call:
            notes.append(f'<li id="n{number}">{html.escape(part.note)} <a href="#r{number}">↩</a></li>')
    foot = f"<section class=footnotes><ol>{''.join(notes)}</ol></section>" if notes else ""
    return f"<html><head><meta charset=utf-8></head><body><main>{''.join(lines)}{foot}</main></body></html>".encode()


def akn(story: list[Part]) -> bytes:
    lines = []
    for number, part in enumerate(story, start=1):
        words = html.escape(part.words)
        if part.kind == "heading":
            lines.append(f"<chapter><heading>{words}</heading></chapter>")
        elif part.kind == "bullet":
            lines.append(f"<list><point><num>({number})</num><content><p>{words}</p></content></point></list>")
        else:
            note = (
                f'<authorialNote marker="{number}"><p>{html.escape(part.note)}</p></authorialNote>' if part.note else ""
            )
            lines.append(f"<article><num>{number}.</num><content><p>{words}{note}</p></content></article>")
    space = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
    return f'<akomaNtoso xmlns="{space}"><act><body>{"".join(lines)}</body></act></akomaNtoso>'.encode()


def word(story: list[Part]) -> bytes:
    made = docx.Document()
    styles = {"heading": "Heading 2", "bullet": "List Bullet", "paragraph": "Normal", "note": "Normal"}
    for part in story:
        made.add_paragraph(part.words, style=styles[part.kind])
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def plain(story: list[Part]) -> bytes:
    marks = {"heading": "", "bullet": "• ", "paragraph": "", "note": ""}
    return "\n\n".join(marks[part.kind] + part.words for part in story).encode()


def pdf(story: list[Part], font: str) -> bytes:
    """Set a story on A4 pages line by line: long words break at a hyphen, notes stand at the foot of their page."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    page, y = 1, 770.0
    notes: list[tuple[str, str]] = []
    called = 0

    def turn() -> None:
        nonlocal page, y
        canvas.setFont(font, 9)
        canvas.drawString(70, 812, "A plan that was made")
        canvas.drawString(290, 24, str(page))
        for place, (mark, words) in enumerate(notes):
            canvas.setFont(font, 5)
            canvas.drawString(70, 110 - 11 * place + 3, mark)
            canvas.setFont(font, 8)
            canvas.drawString(76, 110 - 11 * place, words)
        notes.clear()
        canvas.showPage()
        page, y = page + 1, 770.0

    for part in story:
        size = 15 if part.kind == "heading" else 11
        x = 92 if part.kind == "bullet" else 70
        y -= 14
        first = True
        lines = wrapped(part.words, 46 if part.kind == "heading" else 64)
        for place, line in enumerate(lines):
            if y < 170:
                turn()
            canvas.setFont(font, size)
            if part.kind == "bullet" and first:
                canvas.drawString(78, y, "\u2022")
            canvas.drawString(x, y, line)
            if part.kind == "note" and place == len(lines) - 1 and len(notes) < 6:
                called += 1
                at = x + pdfmetrics.stringWidth(line, font, size)
                canvas.setFont(font, 6)
                canvas.drawString(at + 0.5, y + 4.5, str(called))
                notes.append((str(called), part.note[:90]))
            first = False
            y -= size * 1.25
    turn()
    canvas.save()
    return target.getvalue()


def wrapped(words: str, width: int) -> list[str]:
    lines, line = [], ""
    for token in words.split(" "):
        if line and len(line) + 1 + len(token) > width:
            room = width - len(line) - 2
            if 3 < room < len(token) - 3 and token.isalpha() and token.isascii():
                lines.append(f"{line} {token[:room]}-")
                line = token[room:]
                continue
            lines.append(line)
            line = token
        else:
            line = f"{line} {token}" if line else token
    return [*lines, line]


def obey(document: Document, again: Document) -> None:
    text = document.text
    assert document == again
    spans = [block.span for block in document.blocks] + [Span(n.start, n.end) for n in document.notes]
    for before, after in pairwise(spans):
        assert before.end <= after.start
    for span in spans:
        assert document.cut(span) == text[span.start : span.end]
        assert document.cut(span).strip()
    found = split(document)
    assert found == split(again)
    assert outline(document) == outline(again)
    ids = {provision.id: provision for provision in found}
    assert len(ids) == len(found)
    for provision in found:
        assert text[provision.start : provision.end] == provision.text
        assert provision.text == provision.text.strip()
        if provision.parent is not None:
            assert provision.span.within(ids[provision.parent].span)
        if provision.lead_in is not None:
            assert document.cut(provision.lead_in).strip()
        for note in document.notes:
            assert not provision.span.overlaps(Span(note.start, note.end))
    ends = [provision.span for provision in leaves(found)]
    assert all(a.end <= b.start for a, b in pairwise(ends))


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text))


MAKERS = {"made.md": markdown, "made.html": web, "made.xml": akn, "made.docx": word, "made.txt": plain}


@pytest.mark.parametrize("name", MAKERS)
@settings(max_examples=15)
@given(story=stories(EVERY))
def test_formats_without_pages(name, story):
    data = MAKERS[name](story)
    document = read_bytes(data, name=name)
    obey(document, read_bytes(data, name=name))
    kept = letters(document.text)
    for part in story:
        assert letters(part.words) in kept
        if part.kind == "note" and name in ("made.md", "made.html", "made.xml"):
            assert letters(part.note) in letters(document.text[document.body_end :])


def check_pdf(data: bytes, story: list[Part], *, ordered: bool) -> None:
    document = read_bytes(data, name="made.pdf")
    obey(document, read_bytes(data, name="made.pdf"))
    body = [piece for piece in document.pieces if piece.end <= document.body_end]
    for before, after in pairwise(body):
        assert before.page <= after.page
        if before.page == after.page and before.box is not None and after.box is not None:
            assert before.box.y0 <= after.box.y0 + 3  # one column: what is read later stands lower
    for piece in document.pieces:
        assert piece.box is not None
        page = document.pages[piece.page - 1]
        assert -3 <= piece.box.x0 <= piece.box.x1
        assert -3 <= piece.box.y0 <= piece.box.y1 <= page.height + 3
    kept = letters(document.text)
    assert "Aplanthatwasmade" not in kept or len(document.pages) < 2
    for part in story:
        if ordered:
            assert letters(part.words) in kept, (part.words, document.text)


@settings(max_examples=15)
@given(story=stories(LATIN))
def test_pdf_in_latin_letters(story):
    check_pdf(pdf(story * 3, "Times-Roman"), story, ordered=True)


@settings(max_examples=10)
@given(story=stories("一总第条应当港口船舶进入规定办法国家ab"))
def test_pdf_in_chinese(story):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    check_pdf(pdf(story, "STSong-Light"), story, ordered=True)


@settings(max_examples=10)
@given(story=stories("abγδжщéשלמاde\u0301n\u0303𝔘"))
def test_pdf_in_mixed_scripts(story):
    try:
        pdfmetrics.registerFont(TTFont("Mixed", "DejaVuSans.ttf"))
    except Exception:
        pytest.skip("no font with letters of many scripts is here (DejaVu Sans)")
    check_pdf(pdf(story, "Mixed"), story, ordered=False)

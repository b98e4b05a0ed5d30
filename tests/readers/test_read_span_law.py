"""The span law on made documents of every format but PDF: spans cut the words, nothing is lost, reading is stable."""

from __future__ import annotations

import html
import io
import re

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from polidiff.model import Document
from polidiff.readers import read_bytes

# mixed scripts, right-to-left, combining marks, astral characters; no white space, no markup characters
WORD = st.text(
    st.sampled_from("aZé9一总第。，ﬁ”אבשلا\u0301\u05b0ßÅ𠀀😀𝔘कि\u200d\u00a0x"), min_size=1, max_size=8
).filter(lambda word: word.strip() == word and word.isprintable() is not None and any(c.isalpha() for c in word))
PARAGRAPH = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
PARAGRAPHS = st.lists(PARAGRAPH, min_size=1, max_size=8)


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def obey(document: Document, again: Document, words: list[str]) -> None:
    last = 0
    for index, block in enumerate(document.blocks):
        cut = document.text[block.start : block.end]
        assert cut
        assert cut == cut.strip()
        if document.media_type != "text/plain" and index:
            assert document.text[last : block.start] == "\n"
        if block.lead is not None:
            assert block.start == block.lead.start < block.lead.end <= block.end
        last = block.end
    for note in document.notes:
        assert document.body_end <= note.start <= note.end <= len(document.text)
        assert note.at is None or 0 <= note.at <= document.body_end
    assert letters(document.text) == letters("".join(words))
    assert document == again


@settings(max_examples=60)
@given(PARAGRAPHS)
def test_plain_text(words):
    data = "\r\n\r\n".join(words).encode()
    document = read_bytes(data, name="x.txt")
    assert document.text == data.decode()
    obey(document, read_bytes(data, name="x.txt"), words)


@settings(max_examples=60)
@given(PARAGRAPHS, st.sampled_from(["p", "li", "h2", "blockquote", "td", "div"]))
def test_html(words, tag):
    inner = "".join(f"<{tag}><b>{html.escape(w[:3])}</b>{html.escape(w[3:])}</{tag}>\n" for w in words)
    inner = {"li": f"<ul>{inner}</ul>", "td": f"<table><tr>{inner}</tr></table>"}.get(tag, inner)
    data = f"<html><head><meta charset=utf-8></head><body>{inner}</body></html>".encode()
    obey(read_bytes(data, name="x.html"), read_bytes(data, name="x.html"), words)


@settings(max_examples=60)
@given(PARAGRAPHS, st.sampled_from(["", "# ", "- ", "> ", "**"]))
def test_markdown(words, mark):
    close = mark if mark == "**" else ""
    body = "\n\n".join(f"{mark}{w}{close}" if mark != "**" else f"**{w}** x" for w in words)
    data = f"---\nlanguage: en\n---\n\n{body}\n".encode()
    expected = [f"{w} x" for w in words] if mark == "**" else words
    document = read_bytes(data, name="x.md")
    if mark == "**":  # emphasis needs a flank that is no punctuation: asterisks may stay as words
        document_letters = letters(document.text).replace("*", "")
        assert document_letters == letters("".join(expected))
        return
    obey(document, read_bytes(data, name="x.md"), expected)


@settings(max_examples=25)
@given(PARAGRAPHS, st.sampled_from(["Normal", "Heading 2", "List Bullet", "List Number", "Quote"]))
def test_docx(words, style):
    word = docx.Document()
    for text in words:
        line = word.add_paragraph(style=style)
        line.add_run(text[:3]).bold = True
        line.add_run(text[3:])
    stream = io.BytesIO()
    word.save(stream)
    data = stream.getvalue()
    obey(read_bytes(data, name="x.docx"), read_bytes(data, name="x.docx"), words)

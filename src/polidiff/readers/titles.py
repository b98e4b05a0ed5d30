"""A document's title where none was found, or where what stands in the largest type is a letterhead, an addressee, or
one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from polidiff.lang.data import load_list
from polidiff.model import Block, Document
from polidiff.readers.bodies import is_body, opens_with_body
from polidiff.readers.names import BOOK, kind_of, short_name
from polidiff.readers.pdf.contents import CONTENTS

_BILL = re.compile(
    r"\d{1,3}(?:st|nd|rd|th) CONGRESS\b|(?:1st|2d|2nd) SESSION|IN THE (?:HOUSE|SENATE) OF\b|A BILL$"
    r"|(?:H\. ?R|S)\. \d+$",
    re.I,
)
"""Lines above the words of a bill of the United States."""
_CITED = re.compile(r"may be cited as (?:the )?[“‘\"`'*_]{0,3}([A-Z][^”’\"'.*_]{5,140}?)(?=[”’\"'.*_])")
_FRONT = 30
"""Blocks at the head among which a line names the document's subject."""
_FIRST = 10
_LONGEST = 220
"""Characters that a title has at most; twice as many where it is named as such."""
_SUBJECT = re.compile(r"^(?:SUBJECT|Subject|Title|主题|标题|Objet|Asunto|Betreff)\s*[:：\t]\s*(\S.{6,})$")
_ADDRESSEE = re.compile(r"^(?:MEMORANDUM|Memorandum|LETTER|NOTE) (?:FOR|for|TO|to)\b")
_STOP = re.compile(r"[.;:。；：，,!?？]$")
_PART = re.compile(r"^(?:[A-Z][\w,&’' -]{2,50} (?:Chapter|Volume|Module)|Volume (?:\d{1,2}|[IVX]{1,5})\b.{0,50})$")
_HEADS = ("title", "heading", "paragraph", "furniture")


def title_of(document: Document) -> str:
    """Return the document's title, mended; nothing where it has none."""
    title = "" if document.title == document.id or document.title.startswith(f"{document.id}.") else document.title
    heads = [block for block in document.blocks[:_FIRST] if block.kind in _HEADS]
    if title and not _is_none(title, document):
        return f"{title}: {part}" if (part := _part(document, title)) else title
    found = _subject(document) or (_naming_kind(document, heads, title) if title else "") or _set_apart(document, heads)
    if found or not title:
        return found
    return document.id if CONTENTS.match(title) else title


def name_of(document: Document, title: str) -> str:
    """Return a short name made of a title: without the body above it that issued the document, where the rest says
    what the document is.
    """
    parts = [_line(document, block) for block in document.blocks[:_FIRST] if block.kind == "title"]
    if len(parts) > 1 and " ".join(parts) == title:
        rest = " ".join(parts[1:])
        if opens_with_body(parts[0]) and not kind_of(parts[0]) and kind_of(rest) and len(rest.split()) > 2:
            title = rest
    return short_name(title, document.language)


def kind_said(document: Document, title: str) -> str:
    """Return the kind that the title names, that words of enactment at the head imply, or that a line of the cover
    names beside a year.
    """
    said = load_list("publishers")["said"]
    head = document.text[: _LONGEST * 6]
    enacted = next((kind for kind, words in said.items() if any(word in head for word in words)), "")
    return enacted or kind_of(title) or next(_dated_kinds(document), "")


def _dated_kinds(document: Document) -> Iterator[str]:
    for block in document.blocks[:_FIRST]:
        line = _line(document, block)
        for part in re.split(r"\s*[|•]\s*", line) if block.kind in _HEADS and len(line) <= 90 else ():
            match = re.search(r"([A-Za-z]+) (?:19|20)\d\d(?:[-–]\d{2,4})?$", part)
            if match is not None and (kind := kind_of(match.group(1).capitalize())):
                yield kind


def _is_none(title: str, document: Document) -> bool:
    """Whether words in the place of a title are none: a body, an addressee, a table of contents, one word."""
    lone = document.media_type == "application/pdf" and " " not in title
    return (
        is_body(title)
        or _BILL.match(title) is not None
        or CONTENTS.match(title) is not None
        or _ADDRESSEE.match(title) is not None
        or (lone and document.language == "en")
        or (opens_with_body(title) and _is_office(title))
    )


def _is_office(title: str) -> bool:
    """Whether a title is an office's name: it begins with the word for one and names no kind of document."""
    first = title.split(maxsplit=1)[0].lower()
    return first in load_list("publishers")["names"]["offices"] and not kind_of(title)


def _line(document: Document, block: Block) -> str:
    return " ".join(document.cut(block.span).split())


def _subject(document: Document) -> str:
    """What a memorandum, a letter or a table of particulars at the head names as its subject."""
    for block in document.blocks[:_FRONT]:
        match = _SUBJECT.match(document.cut(block.span).strip().split("\n")[0])
        if match is not None and len(match.group(1)) <= 2 * _LONGEST:
            return " ".join(match.group(1).split())
    cited = _CITED.search(document.text[: _LONGEST * 20]) if _BILL.match(document.title) else None
    return " ".join(cited.group(1).split()) if cited is not None else ""


def _naming_kind(document: Document, heads: Sequence[Block], title: str) -> str:
    """The first short block after ``title`` that names a kind of document: a letterhead stands above the title. Else
    the book that a covering letter names.
    """
    lines = (_line(document, block) for block in heads)
    named = next(
        (ln for ln in lines if ln != title and len(ln) <= _LONGEST and kind_of(ln) and not _is_none(ln, document)), ""
    )
    book = BOOK.search(document.text[:600])
    return named or (" ".join(book.group(1).split()) if book is not None else "")


def _set_apart(document: Document, heads: Sequence[Block]) -> str:
    """The first of the first blocks that is a heading in bold, or the very first where it stands in the middle."""
    for index, block in enumerate(heads[:5]):
        words = _line(document, block)
        apart = (block.kind == "heading" and (block.bold or not index)) or (not index and (block.centred or block.bold))
        if (
            apart
            and len(words.split()) > 2
            and len(words) <= _LONGEST
            and not _STOP.search(words)
            and not is_body(words)
        ):
            return words
    return ""


def _part(document: Document, title: str) -> str:
    """The name of the part of a work that a document is: a heading on the cover, right below the title."""
    last = max((at for at, block in enumerate(document.blocks[:_FIRST]) if block.kind == "title"), default=-1)
    below = document.blocks[last + 1] if 0 <= last < len(document.blocks) - 1 else None
    if below is None or below.kind != "heading":
        return ""
    words = _line(document, below)
    return words if _PART.match(words) and words not in title else ""

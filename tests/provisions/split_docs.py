"""Small documents made by hand for the split tests, from the block contract alone."""

from __future__ import annotations

from typing import Any

from polidiff.model import Block, Document, Language, Piece


def document(*parts: tuple[Any, ...], language: Language = "en", title: str = "A made document", **kw: Any) -> Document:
    """Build a document from ``(kind, words, {block fields})``: one line break between two blocks."""
    text = ""
    blocks = []
    for kind, words, *rest in parts:
        if text:
            text += "\n"
        start = len(text)
        text += words
        blocks.append(Block(kind, start, len(text), **(rest[0] if rest else {})))
    return Document("made", title, language, "0" * 64, "text/html", text, tuple(blocks), **kw)


def paged(*parts: tuple[str, str, int], language: Language = "en") -> Document:
    """Build a document whose blocks stand on the given pages."""
    plain = document(*[(kind, words) for kind, words, _ in parts], language=language)
    pieces = tuple(Piece(b.start, b.end, page) for b, (_, _, page) in zip(plain.blocks, parts, strict=True))
    return Document("made", "A made document", language, "0" * 64, "application/pdf", plain.text, plain.blocks, pieces)


def by_id(provisions: Any) -> dict[str, Any]:
    return {p.id: p for p in provisions}

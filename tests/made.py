"""Small documents made by hand for tests: one provision a line, in our own words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from polidiff.model import Block, Document, Language, Provision


def made_document(name: str, lines: Sequence[str], language: Language = "en", kind: str = "official") -> Document:
    """Return a document whose blocks are the lines, without pages."""
    text = "\n".join(lines)
    blocks = []
    at = 0
    for line in lines:
        blocks.append(Block("item", at, at + len(line)))
        at += len(line) + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=name,
        title=f"The plan {name}",
        language=language,
        sha256=digest,
        media_type="text/plain",
        text=text,
        blocks=tuple(blocks),
        kind=kind,  # type: ignore[arg-type]
        source=f"{name}.txt",
    )


def made_provisions(document: Document, path: tuple[str, ...] = ("Actions",)) -> tuple[Provision, ...]:
    """Return one leaf a block."""
    return tuple(
        Provision(
            document=document.id,
            id=f"{document.id}-{number}",
            number=str(number),
            kind="action",
            path=path,
            text=document.cut(block.span),
            start=block.start,
            end=block.end,
            language=document.language,
        )
        for number, block in enumerate(document.blocks, 1)
    )

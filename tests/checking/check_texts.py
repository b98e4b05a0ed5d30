"""Short documents of our own for the tests of the check room."""

# ruff: noqa: E501

from __future__ import annotations

import hashlib

from polidiff.model import Block, Document, DocumentKind, Language, Page, Piece

HARBOUR = """Plan for Quiet Harbours

The ministry will fund forty new pilot boats by 2031, and it must publish a yearly account of their use.

If the fund runs dry, ports may charge visiting ships a modest fee of 2.5 percent. The ministry does not intend to close small harbours in winter.

Critics say that the harbour tax punishes honest skippers. The council shall review “safe passage” rules with fishing co-operatives every spring.

Lighthouse keepers should be trained in first aid — and in radio work — before the season opens."""

MEADOW = """Meadow Renewal Strategy

The agency will plant two million trees along rivers, working with farmers and schools.

Farmers could receive support for hedges, ponds and late mowing. The agency must publish a yearly account of their use.

No meadow shall be drained without the written consent of the commune."""

CANAL = """运河保护条例

第一条 为了保护运河水质，促进沿岸城镇可持续发展，制定本条例。

第二条 沿岸企业应当每年公布排水数据，不得向运河倾倒废料。

第三条 主管部门可以会同渔业协会开展联合检查，并向社会公开检查结果。"""


def document(
    text: str,
    name: str,
    title: str = "",
    language: Language = "en",
    kind: DocumentKind = "official",
    jurisdiction: str | None = None,
    quotes: bool = False,
) -> Document:
    """A document with a block for each line; lines that begin with ``>`` are block quotes when ``quotes``."""
    blocks = []
    pieces = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            quote = quotes and line.startswith(">")
            blocks.append(Block("quote" if quote else "paragraph", at, at + len(line)))
            pieces.append(Piece(at, at + len(line), number // 2 + 1))
        at += len(line) + 1
    return Document(
        id=name,
        title=title or text.split("\n")[0],
        language=language,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        text=text,
        blocks=tuple(blocks),
        pieces=tuple(pieces),
        pages=tuple(Page(n + 1, 600, 800) for n in range(text.count("\n") // 2 + 1)),
        kind=kind,
        jurisdiction=jurisdiction,
    )


def shelf() -> list[Document]:
    return [
        document(HARBOUR, "uk-harbours", jurisdiction="UK"),
        document(MEADOW, "fr-meadows", jurisdiction="FR"),
        document(CANAL, "cn-canal", language="zh", jurisdiction="CN"),
    ]

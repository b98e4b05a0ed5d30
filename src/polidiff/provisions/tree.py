"""From a builder's nodes to provisions: ids, pages, boxes, and long texts cut into runs of sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from polidiff.lang.sentences import grouped, last_sentence, sentences
from polidiff.model import Document, Heading, Provision, ProvisionKind, Span
from polidiff.provisions.units import Unit, trim

# A passage over this many characters cannot be read side by side with another. In Chinese a character says more.
LONG = 1400
LONG_ZH = 600


@dataclass(slots=True)
class Node:
    """A provision in the making. ``key`` is its part of the id; children lie inside ``start:end``, in order."""

    kind: ProvisionKind
    key: str
    number: str | None
    start: int
    end: int
    path: tuple[str, ...] = ()
    lead_in: Span | None = None
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """What a builder makes of a document: the provisions' roots and the outline, both in document order."""

    roots: list[Node] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


class Builder:
    """What the builders of all kinds of document begin with; each adds what its kind of document asks for."""

    def __init__(self, document: Document, units: list[Unit]) -> None:
        self.document = document
        self.text = document.text
        self.units = units
        self.tree = Tree()


class Walker(Builder):
    """A builder that takes the units one after another."""

    def walk(self, index: int = 0) -> Tree:
        """Give the units one after another to :meth:`_unit`, which says where to go on, and return the tree."""
        while index < len(self.units):
            index = self._unit(index)
        self._close()
        return self.tree

    def _unit(self, index: int) -> int:
        raise NotImplementedError

    def _close(self) -> None:
        raise NotImplementedError


def provisions(document: Document, roots: Sequence[Node]) -> list[Provision]:
    """Flatten ``roots`` into provisions in document order, a container before what it holds."""
    out: list[Provision] = []
    taken: dict[str, int] = {}
    limit = LONG_ZH if document.language == "zh" else LONG
    for root in roots:
        _flatten(document, root, None, out, taken, limit)
    return out


def _flatten(
    document: Document, node: Node, parent: str | None, out: list[Provision], taken: dict[str, int], limit: int
) -> None:
    span = trim(document.text, node.start, node.end)
    if span.end <= span.start:
        return
    ident = _unique(node.key if parent is None else f"{parent}.{node.key}", taken)
    children = [child for child in node.children if trim(document.text, child.start, child.end).end > child.start]
    if not children and span.end - span.start > limit and node.kind != "row":
        runs = grouped(document.text, span.start, span.end, document.language, limit)
        if len(runs) > 1:
            children = [
                Node("prose", f"t{i}", node.number, run.start, run.end, node.path, node.lead_in)
                for i, run in enumerate(runs, 1)
            ]
    page_start, page_end = document.pages_of(span)
    out.append(
        Provision(
            document=document.id,
            id=ident,
            number=node.number,
            kind=node.kind,
            path=node.path,
            text=document.cut(span),
            start=span.start,
            end=span.end,
            page_start=page_start,
            page_end=page_end,
            boxes=document.boxes_of(span),
            language=document.language,
            parent=parent,
            lead_in=node.lead_in,
            leaf=not children,
        )
    )
    for child in children:
        _flatten(document, child, ident, out, taken, limit)


def _unique(ident: str, taken: dict[str, int]) -> str:
    ident = re.sub(r"\s+", "-", ident)
    found = ident
    while found in taken:
        taken[ident] += 1
        found = f"{ident}~{taken[ident]}"
    taken[found] = 1
    return found


def extend(roots: Sequence[Node], end: int) -> None:
    """Let the last provision and those that hold it reach to ``end``."""
    level = roots
    while level:
        level[-1].end = max(level[-1].end, end)
        level = level[-1].children


def introduces(text: str, start: int, end: int) -> bool:
    """Whether the words introduce what follows: they end with a colon or a dash."""
    return text[start:end].rstrip("* _").endswith((":", "：", "—", "–", ":-"))


def lead_in(document: Document, start: int, end: int) -> Span:
    """Return the span of the sentence at the end of ``start:end`` that introduces a list."""
    return last_sentence(document.text, start, end, document.language)


def says_more(document: Document, start: int, end: int) -> bool:
    """Whether an introduction says something of its own before the sentence that introduces the list."""
    return len(sentences(document.text[start:end], document.language)) > 1

"""From nested branches to nodes: which words introduce, which stand alone, and how each is cited."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from polidiff.model import Document, ProvisionKind, Span
from polidiff.provisions.nest import Branch
from polidiff.provisions.tree import Node, introduces, lead_in, says_more

_QUOTED_TERM = re.compile(
    r"(?:(?:[Tt]he|[Tt]he terms?|[Tt]erms?|an?)\s+)*[‘“\"][^’”\"]{1,90}[’”\"].{0,80}?"
    r"(?:\bmeans?\b|\bhas the (?:same )?meaning\b|\bhave the meaning\b|\brefers? to\b|\bincludes?\b)",
    re.DOTALL,
)
_SHORT_TITLE = 80
_ZH_TERM = re.compile(r"[^，。；：]{1,40}(?:（[^）]{1,60}）)?，?是?指")


@dataclass(frozen=True, slots=True)
class Citation:
    """How one kind of document names its parts.

    ``number`` gives a branch's full number from its parent's and its own label at a depth (0: the first level);
    ``loose`` that of the n-th run of unlabelled text of a provision at a depth, or None where such runs are not
    provisions of their own. ``kinds`` are the kinds by depth, the last for all deeper ones.
    """

    number: Callable[[str | None, Branch, int], str | None]
    loose: Callable[[str | None, int, int], str | None] | None
    kinds: tuple[ProvisionKind, ...]
    loose_kind: ProvisionKind = "paragraph"
    loose_key: str = "s"


def nodes(
    document: Document, branch: Branch, number: str | None, path: tuple[str, ...], cite: Citation, depth: int = 0
) -> list[Node]:
    """Return the nodes of what is nested in ``branch``; empty when it is one run of text alone."""
    parts = branch.parts
    inner = branch.branches
    if not inner and (cite.loose is None or len(parts) < 2):
        return []
    out: list[Node] = []
    lead: Span | None = None
    runs = 0
    base = number
    seen: set[str | None] = set()
    for index, part in enumerate(parts):
        if isinstance(part, Span):
            runs += 1
            base = number
            after = parts[index + 1] if index + 1 < len(parts) else None
            above, lead = lead, None
            end = part.end
            if isinstance(after, Span) and _is_title(document.text, part):
                lead = part
                continue
            if isinstance(after, Branch) and _leads(document, part):
                lead = lead_in(document, part.start, part.end)
                if not says_more(document, part.start, part.end):
                    continue
                end = lead.start
            own = cite.loose(number, runs, depth) if cite.loose else number
            kind = cite.loose_kind if cite.loose else "prose"
            titled = above if above is not None and index and above == parts[index - 1] else None
            out.append(Node(kind, f"{cite.loose_key}{runs}", own, part.start, end, path, titled))
        else:
            if cite.loose is not None and cite.number(number, part, depth) in seen:
                # A second list of the same provision: its points are told apart by the subparagraph.
                base = cite.loose(number, runs, depth)
            node = _node(document, part, base, path, cite, depth, lead)
            seen.add(node.number)
            out.append(node)
    if len(out) == 1 and not inner:
        return []
    return out


def _is_title(text: str, span: Span) -> bool:
    """Whether a run of text is the short title of what follows it: "Introduction"."""
    return span.end - span.start < _SHORT_TITLE and text[span.end - 1] not in ".。;；:：!?,，"


def _leads(document: Document, span: Span) -> bool:
    text = document.text
    return introduces(text, span.start, span.end) or text[span.end - 1 : span.end] not in ".。;；!?"


def _node(
    document: Document,
    branch: Branch,
    parent: str | None,
    path: tuple[str, ...],
    cite: Citation,
    depth: int,
    lead: Span | None,
) -> Node:
    number = cite.number(parent, branch, depth)
    kind = cite.kinds[min(depth, len(cite.kinds) - 1)]
    if depth == 0 and branch.style != "1." and kind == "paragraph" and cite.loose is not None:
        kind = "point"
    if kind in ("point", "item") and is_definition(document.text, branch.body, branch.end):
        kind = "definition"
    key = _key(branch)
    node = Node(kind, key, number, branch.body, branch.end, path, lead)
    node.children = nodes(document, branch, number, path, cite, depth + 1)
    return node


def _key(branch: Branch) -> str:
    if branch.label is None or branch.style.startswith("•"):
        return f"b{branch.ordinal}"
    if branch.style[0] in "一（①":
        return str(branch.ordinal)
    return branch.label.value.replace(".", "-")


def is_definition(text: str, start: int, end: int) -> bool:
    """Whether the words define a term: ‘term’ means …, the term “…” has the meaning …, …，是指…"""
    head = text[start : min(end, start + 240)]
    if _QUOTED_TERM.match(head):
        return True
    return bool(_ZH_TERM.match(head)) and "指" in head[:60]

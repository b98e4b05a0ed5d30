"""An analyst's cuts: one provision taken apart in two, or two that follow one another put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from polidiff.model import Document, Provision, Span


def leaf_at(provisions: Sequence[Provision], span: Span) -> int | None:
    """Return the index of the leaf that stands exactly at ``span``, or None."""
    return next((i for i, p in enumerate(provisions) if p.leaf and p.span == span), None)


def cut(document: Document, provisions: Sequence[Provision], index: int, offset: int) -> tuple[Provision, ...] | None:
    """Take the leaf at ``index`` apart at ``offset`` of the document; None where one part would hold no words."""
    whole = provisions[index]
    if not whole.start < offset < whole.end:
        return None
    first = _trimmed(document, Span(whole.start, offset))
    second = _trimmed(document, Span(offset, whole.end))
    if first.start == first.end or second.start == second.end:
        return None
    parts = [_placed(document, whole, f"{whole.id}/{n}", span) for n, span in enumerate((first, second), 1)]
    return (*provisions[:index], *parts, *provisions[index + 1 :])


def join(document: Document, provisions: Sequence[Provision], index: int) -> tuple[Provision, ...] | None:
    """Put the leaf at ``index`` together with the next provision; None where that is no leaf beside it."""
    if index + 1 >= len(provisions):
        return None
    first, second = provisions[index], provisions[index + 1]
    if not second.leaf or (first.parent, first.path) != (second.parent, second.path) or second.start < first.end:
        return None
    whole = _placed(document, first, f"{first.id}+{second.id}", Span(first.start, second.end))
    return (*provisions[:index], whole, *provisions[index + 2 :])


def _trimmed(document: Document, span: Span) -> Span:
    words = document.cut(span)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _placed(document: Document, like: Provision, name: str, span: Span) -> Provision:
    first, last = document.pages_of(span)
    return replace(
        like,
        id=name,
        text=document.cut(span),
        start=span.start,
        end=span.end,
        page_start=first,
        page_end=last,
        boxes=document.boxes_of(span),
    )

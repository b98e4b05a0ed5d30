"""A span of a document as HTML: escaped, with marks that may nest, touch or cross.

The text content of what :func:`marked` returns is the document's own text at the span, character for character, so
that a verifier can prove it. Two kinds of character have no form in HTML and stand as U+FFFD: NUL and lone surrogates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup, escape

_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")


class Mark(NamedTuple):
    """An element around ``start:end`` of a document; an empty element where the two are equal.

    ``attributes`` are written as given, in order; ``id`` is written once where a crossing cuts the mark in two.
    Of marks over the same span the lower ``rank`` is the outer one.
    """

    start: int
    end: int
    tag: str = "mark"
    attributes: tuple[tuple[str, str], ...] = ()
    rank: int = 0


def safe(text: str) -> Markup:
    """Escape ``text`` for HTML text or a quoted attribute; a carriage return survives an HTML parser."""
    spoken = _UNSPEAKABLE.sub("\ufffd", text)
    return Markup(str(escape(spoken)).replace("\r", "&#13;"))


def marked(text: str, start: int, end: int, marks: Iterable[Mark] = ()) -> Markup:
    """``text[start:end]`` as HTML with ``marks`` (offsets of ``text``) around their words."""
    inside = sorted(
        {
            mark._replace(start=max(mark.start, start), end=min(mark.end, end))
            for mark in marks
            if (mark.start < end and mark.end > start) or start <= mark.start == mark.end <= end
        },
        key=lambda mark: (mark.start, mark.end != mark.start, -mark.end, mark.rank, mark.tag, mark.attributes),
    )
    points = sorted({start, end, *(mark.start for mark in inside), *(mark.end for mark in inside)})
    out: list[str] = []
    stack: list[Mark] = []
    queue = inside[::-1]
    for here, there in zip(points, [*points[1:], end], strict=True):
        _close(out, stack, here)
        while queue and queue[-1].start == here:
            mark = queue.pop()
            if mark.start == mark.end:
                out.append(f"{_open(mark, first=True)}</{mark.tag}>")
                continue
            _open_in_order(out, stack, mark)
        out.append(str(safe(text[here:there])))
    _close(out, stack, end)
    return Markup("".join(out))


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """``spans`` in order, with those that overlap or touch joined and empty ones left out."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _open_in_order(out: list[str], stack: list[Mark], mark: Mark) -> None:
    """Open ``mark`` inside those that end no earlier; cut those that end earlier in two around its start."""
    cut: list[Mark] = []
    while stack and stack[-1].end < mark.end:
        cut.append(stack.pop())
        out.append(f"</{cut[-1].tag}>")
    out.append(_open(mark, first=True))
    stack.append(mark)
    for again in reversed(cut):
        out.append(_open(again, first=False))
        stack.append(again)


def _close(out: list[str], stack: list[Mark], here: int) -> None:
    """Close what ends at ``here`` and open again what was closed only to reach it."""
    depth = next((index for index, mark in enumerate(stack) if mark.end <= here), None)
    if depth is None:
        return
    cut = stack[depth:]
    del stack[depth:]
    out.extend(f"</{mark.tag}>" for mark in reversed(cut))
    for mark in cut:
        if mark.end > here:
            out.append(_open(mark, first=False))
            stack.append(mark)


def _open(mark: Mark, *, first: bool) -> str:
    attributes = "".join(f' {name}="{safe(value)}"' for name, value in mark.attributes if first or name != "id")
    return f"<{mark.tag}{attributes}>"

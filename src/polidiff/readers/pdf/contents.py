"""Printed tables of contents: told by dots that lead to page numbers, or by a title and numbers far right."""

from __future__ import annotations

import re
from collections import defaultdict

from polidiff.readers.pdf.line import Line

_LEADER = re.compile(r"(?:\.\s?){4,}\s*[\divxlcA-Z\-–.]*\s*$|…{2,}\s*\d*\s*$|·{4,}\s*\d*\s*$")
_TRAILING_NUMBER = re.compile(r"\s[\divxlc]{1,4}\s*$")
CONTENTS = re.compile(r"(?i)^\s*(?:table of contents|contents|目\s*录|目\s*次)\s*$")
"""The heading of a table of contents."""


def _leads(text: str) -> bool:
    """Whether dots lead to the end of a line, or to a page's number there."""
    return ("…" in text or "·" in text or text.count(".") >= 4) and bool(_LEADER.search(text))


def contents_of(lines: list[Line]) -> dict[int, str]:
    """Return the lines of printed tables of contents by index: ``new`` begins an entry, ``more`` goes on with one."""
    ends: dict[int, list[int]] = defaultdict(list)
    titled: set[int] = set()
    for index, line in enumerate(lines):
        if _leads(line.text):
            ends[line.page].append(index)
        elif CONTENTS.match(line.text):
            titled.add(line.page)
    for index, line in enumerate(lines):
        if (line.page in titled or line.page - 1 in titled) and not _leads(line.text):
            far = (
                line.gaps and max(line.gaps) > 1.5 * line.size and line.x1 > line.left + 0.7 * (line.right - line.left)
            )
            if far and _TRAILING_NUMBER.search(line.text):
                ends[line.page].append(index)
    found: dict[int, str] = {}
    for places in ends.values():
        if len(places) < 3:
            continue
        places.sort()
        open_entry = False
        span = range(places[0], places[-1] + 1)
        if places[0] > 0 and lines[places[0] - 1].page == lines[places[0]].page:
            first, upper = lines[places[0]], lines[places[0] - 1]
            if upper.x0 < first.x0 - 2 and first.y - upper.y < 1.5 * first.size and upper.size == first.size:
                span = range(places[0] - 1, places[-1] + 1)
        for index in span:
            found[index] = "more" if open_entry else "new"
            open_entry = index not in places
    return found

"""What a reader of a PDF is told of its pages: words left out, recognised, struck through, or in doubt."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from polidiff.model import Doubt, Notice, Piece, Reason, Span
from polidiff.readers.pdf.chars import PageText

MANY = 4
"""Pages from which on the same words that are left out are told once for the document."""

_SHOWN = 60
"""Letters of words that a notice shows."""


_NAMED = 5
"""Words that a notice names."""

_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of scripts that are read from right to left."""
_FEWEST = 8
"""Such letters on a page from which on the order of its words is doubted."""

_LEFT_OUT = {
    "invisible": ("left_out.invisible", "left_out.invisible.pages"),
    "ground": ("left_out.ground", "left_out.ground.pages"),
    "clipped": ("left_out.clipped", "left_out.clipped.pages"),
    "covered": ("left_out.covered", "left_out.covered.pages"),
    "layer": ("left_out.layer", "left_out.layer.pages"),
    "outside": ("left_out.outside", "left_out.outside.pages"),
    "tiny": ("left_out.tiny", "left_out.tiny.pages"),
    "turned": ("left_out.turned", "left_out.turned.pages"),
}
"""The reasons for words that are left out: on one page, and on many."""


class Told:
    """The notices on the pages, in their order."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self._left_out: dict[tuple[str, str], list[int]] = defaultdict(list)

    def page(self, found: PageText) -> None:
        """Note what there is to tell of one page."""
        if found.recognised:
            code = "page.recognised" if found.recognised == "here" else "page.recognised_before"
            self._tell(found, Reason.of(code))
        if found.unmapped:
            self._tell(found, Reason.of("page.unmapped", n=found.unmapped))
        if found.unseen:
            self._tell(found, Reason.of("page.unseen", n=found.unseen))
        if found.lying:
            self._tell(found, Reason.of("page.letters", words=", ".join(found.lying[:_NAMED])))
        if found.fields:
            self._tell(found, Reason.of("page.fields", fields=tuple(found.fields)))
        if sum(len(_LEFTWARDS.findall(run.text)) for run in found.runs if not run.text.isascii()) >= _FEWEST:
            self._tell(found, Reason.of("page.right_to_left"))
        words_of: dict[str, list[str]] = defaultdict(list)
        for why, words in found.left_out:
            if any(char.isalnum() for char in words):
                words_of[why].append(words.strip())
        for why, parts in words_of.items():
            self._left_out[(why, " ".join(" ".join(parts).split()))].append(found.number)

    def _tell(self, found: PageText, reason: Reason) -> None:
        self.notices.append(Notice(reason, found.number))

    def all(self) -> list[Notice]:
        """Return the notices; the same words left out on many pages are told once."""
        found = list(self.notices)
        for (why, words), pages in self._left_out.items():
            shown = words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + "…"
            if len(pages) < MANY:
                found.extend(Notice(Reason.of(_LEFT_OUT[why][0], words=shown), page) for page in pages)
            else:
                found.append(Notice(Reason.of(_LEFT_OUT[why][1], words=shown, pages=_ranges(pages))))
        return found


def doubt_of(found: PageText) -> Doubt:
    """Return why the words of a page should be compared with its picture, or nothing."""
    if found.lying:
        return "letters"
    return "recognised" if found.recognised else "unseen" if found.unseen else ""


def struck_notices(struck: Iterable[Span], pieces: Sequence[Piece], text: str) -> list[Notice]:
    """Return a notice for each page with struck-through words."""
    on: dict[int, list[str]] = defaultdict(list)
    starts = [piece.start for piece in pieces]
    for span in struck:
        at = bisect_right(starts, span.start) - 1
        while 0 <= at < len(pieces) and pieces[at].start < span.end:
            on[pieces[at].page].append(text[max(span.start, pieces[at].start) : min(span.end, pieces[at].end)])
            at += 1
    return [Notice(Reason.of("page.struck", words=" … ".join(words)[:_SHOWN]), page) for page, words in on.items()]


def _ranges(pages: Sequence[int]) -> str:
    """Page numbers, those that follow one another as a range."""
    found: list[list[int]] = []
    for page in pages:
        if found and page == found[-1][1] + 1:
            found[-1][1] = page
        else:
            found.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)

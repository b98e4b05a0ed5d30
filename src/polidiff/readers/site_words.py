"""Lines in which a web page speaks of itself: when it was put up, type sizes, buttons to print and share, menus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from polidiff.lang.data import load_list
from polidiff.readers.draft import Draft

_LONGEST = 240
"""Letters of a line that may be the page's."""
_BETWEEN = re.compile(r"[\s|·•/>»＞丨｜,，;；\[\]【】（）()-]*")


def site_lines(lines: Sequence[str]) -> list[bool]:
    """Say of each line whether it holds nothing but words of the page.

    These are words that are so anywhere, or their like in company: in one line, or in lines that follow one another.
    """
    looked = [_of_site(line) if len(line) <= _LONGEST else (False, False) for line in lines]
    found = [whole and sure for whole, sure in looked]
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for at in order:
            beside = at - 1 if order.step > 0 else at + 1
            found[at] = found[at] or (looked[at][0] and found[beside])
    return found


def mark_site_lines(drafts: Sequence[Draft]) -> None:
    """Make furniture of the blocks, titles and rows aside, that are words of the page and no document's."""
    chosen = [draft for draft in drafts if draft.text and draft.kind in ("paragraph", "heading", "item", "quote")]
    for draft, of_site in zip(chosen, site_lines([draft.text for draft in chosen]), strict=True):
        if of_site:
            draft.kind, draft.level, draft.marker = "furniture", 0, None


def _of_site(line: str) -> tuple[bool, bool]:
    """Whether a line is words of a page from end to end, and whether some of them are so anywhere."""
    sure, weak = _patterns()
    at, certain, some = 0, False, False
    while at < len(line):
        gap = _BETWEEN.match(line, at)
        at = gap.end() if gap else at
        match = sure.match(line, at) or weak.match(line, at)
        if match is None or match.end() == at:
            break
        certain, some = certain or match.re is sure, True
        at = match.end()
    return some and at >= len(line), certain


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words that are a page's anywhere, and their like; a word ends where its letters do."""
    sure, weak = (
        re.compile(rf"(?:{'|'.join(load_list('site_words')[kind])})(?![A-Za-z])") for kind in ("sure", "weak")
    )
    return sure, weak

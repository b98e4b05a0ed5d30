"""Lines that are bold alone and serve as headings, in documents whose authors marked none as such."""

from __future__ import annotations

import re

from polidiff.readers.draft import Draft

_LONGEST = 150
_WORDS = 22
_OWN = 2
"""Headings that a document whose author marks none as such may have all the same."""
_SHARE = 0.3
"""Bold lines that hold more than this share of the running text set words in bold; they are no headings."""
_STOP = re.compile(r"[.;:,。；：，!?！？][”’\"')）]*$")
_LABEL = re.compile(r"\w")
"""A letter or a digit in the marker of an item, which is no bullet then."""
_DIVISION = re.compile(
    r"(?:part|chapter|title|pillar|schedule|annex|appendix)\s+(?:\d{1,2}|[ivxlc]{1,6}|[a-z])\b(?:\s*$|\s*[.:—–-]?\s*(?-i:[A-Z“‘]))",
    re.I,
)
_BRACKETED = re.compile(r"[（(].*[）)]", re.S)
_CAPTION = re.compile(r"(?:table|figure|fig\.|box|note|source|图|表|注)\s*\d*\b", re.I)


def bold_headings(drafts: list[Draft]) -> None:
    """Make headings of the short lines that are bold alone, larger type above smaller, and a title of the first.

    A line counts where words follow it that are not bold. Nothing is done where the document has headings of its own;
    below one or two of them the lines stand one level deeper, and before the first on its level.
    """
    if sum(draft.kind == "heading" for draft in drafts) > _OWN:
        return
    found = [index for index, draft in enumerate(drafts) if _stands_out(draft) and _leads(drafts, index)]
    text = sum(len(draft.text) for draft in drafts if draft.kind in ("paragraph", "item", "heading"))
    if not found or sum(len(drafts[index].text) for index in found) > _SHARE * text:
        return
    found = _without_title(drafts, found)
    sizes = sorted({drafts[index].size or 0.0 for index in found}, reverse=True)
    above = min((draft.level for draft in drafts if draft.kind == "heading"), default=1) - 1
    chosen = set(found)
    for index, draft in enumerate(drafts):
        if draft.kind == "heading":
            above = draft.level
        elif index in chosen:
            draft.kind = "heading"
            draft.level = min(above + 1 + sizes.index(draft.size or 0.0), 9)


def division_headings(drafts: list[Draft]) -> None:
    """Make headings of the short lines that name a part or a chapter by its number, in a document without headings."""
    if any(draft.kind == "heading" for draft in drafts):
        return
    found = [
        draft
        for draft in drafts
        if draft.kind == "paragraph"
        and len(draft.text) <= _LONGEST
        and _DIVISION.match(draft.text)
        and not _STOP.search(draft.text)
    ]
    if len(found) >= _OWN:
        for draft in found:
            draft.kind, draft.level = "heading", 1


def first_line_title(drafts: list[Draft]) -> None:
    """Make a short first line without a stop the title of a document that has neither a title nor a heading."""
    if len(drafts) < 2 or any(draft.kind in ("title", "heading") for draft in drafts):
        return
    first = drafts[0]
    short = len(first.text) <= _LONGEST // 2 and not _STOP.search(first.text) and any(c.isalpha() for c in first.text)
    if first.kind == "paragraph" and first.marker is None and not first.bold and short and len(drafts[1].text) > 0:
        first.kind, first.level = "title", 0


def _stands_out(draft: Draft) -> bool:
    words = draft.text
    return (
        (draft.kind == "paragraph" or (draft.kind == "item" and bool(_LABEL.search(draft.marker or ""))))
        and draft.bold
        and len(words) <= _LONGEST
        and len(words.split()) <= _WORDS
        and any(char.isalpha() for char in words)
        and not draft.struck
        and (not _STOP.search(words) or words.endswith(("?", "？")))
        and not _CAPTION.match(words)
        and not _BRACKETED.fullmatch(words)
    )


def _leads(drafts: list[Draft], index: int) -> bool:
    """Whether running words follow, with no more than two further bold lines or headings between."""
    for draft in drafts[index + 1 : index + 4]:
        if draft.text and not _stands_out(draft) and draft.kind != "heading":
            return draft.kind in ("paragraph", "item", "row", "quote")
    return False


def _without_title(drafts: list[Draft], found: list[int]) -> list[int]:
    """Set the document's title among the bold lines with which it opens; return the other lines."""
    if any(draft.kind == "title" or (draft.kind == "heading" and draft.level == 1) for draft in drafts):
        return found
    opening = []
    for index in range(len(drafts)):
        if index not in found:
            break
        opening.append(index)
    rest = [index for index in found if index not in opening]
    largest = max((drafts[index].size or 0.0 for index in opening), default=0.0)
    later = max((drafts[index].size or 0.0 for index in rest), default=0.0)
    titles = [index for index in opening if (drafts[index].size or 0.0) == largest]
    if not opening or (largest <= later and not _apart(drafts, titles[0], rest)):
        return found
    if largest <= later or len(titles) == len(opening) > 1:
        titles = titles[:1]
    for index in titles:
        drafts[index].kind, drafts[index].level = "title", 0
    return [index for index in found if index not in titles]


def _apart(drafts: list[Draft], index: int, rest: list[int]) -> bool:
    """Whether the line is centred, or in capitals, and no later one is."""
    draft = drafts[index]
    if draft.centred and not any(drafts[other].centred for other in rest):
        return True
    return draft.text.isupper() and not any(drafts[other].text.isupper() for other in rest)

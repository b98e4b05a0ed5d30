"""The second reader: the same file read by other code, and the pages on which the two do not agree."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from polidiff.model import Document, Notice, Reason

UNSURE = "?"
"""Opens a folded line that is not among our words and that the second reader may have or not."""

_NOT_WORDS = re.compile(r"[\W_]+")


def second_reading(data: bytes, pages: int) -> list[str] | None:
    """Return the words of each page as ``liteparse`` reads them, folded; None where it cannot read the file."""
    import liteparse

    try:
        reader = liteparse.LiteParse(
            ocr_enabled=False, output_format="json", quiet=True, keep_headers_footers=True, max_pages=pages
        )
        result = reader.parse(data)
    except Exception:  # a foreign reader may fail in any way: its answer is then missing, ours stands
        return None
    found: list[str] = []
    for page in result.pages:
        if 0 < page.page_num <= pages:
            found.extend([""] * (page.page_num - len(found)))
            found[page.page_num - 1] = fold(" ".join([item.text for item in page.text_items]))
    return found


def compare_readings(document: Document, printed: Sequence[Sequence[str]], theirs: Sequence[str] | None) -> Document:
    """Return ``document`` with a notice for each page on which the second reading says something else.

    ``printed`` holds each page's printed lines, folded, in our order (those after :data:`UNSURE` were left out);
    ``theirs`` the second reader's words of each
    page, folded, or None where it could not read the file.
    """
    notices = list(document.warnings)
    if theirs is None:
        notices.append(Notice(Reason.of("second_reader.failed")))
    else:
        for number, lines in enumerate(printed, start=1):
            found = _difference(number, lines, theirs[number - 1] if number <= len(theirs) else "")
            if found is not None:
                notices.append(found)
    notices.sort(key=lambda notice: (notice.page or 0, notice.reason.code))
    return dataclasses.replace(document, warnings=tuple(notices))


def fold(text: str) -> str:
    """Letters and digits alone, in lower case: what two readers of one page must have in common."""
    return _NOT_WORDS.sub("", text).lower()


def differences(ours: Mapping[int, Sequence[str]], theirs: Sequence[str]) -> list[Notice]:
    """Compare, page by page, the printed lines that we read (in our order) with the second reader's words."""
    found = [
        _difference(page, [fold(line) for line in lines], theirs[page - 1])
        for page, lines in ours.items()
        if page <= len(theirs)
    ]
    return [notice for notice in found if notice is not None]


def _difference(page: int, folded: Sequence[str], other: str) -> Notice | None:
    ours = [line for line in folded if not line.startswith(UNSURE)]
    whole = "".join(ours)
    if whole == other:
        return None
    seen = Counter(other)
    unsure = Counter("".join(line[len(UNSURE) :] for line in folded if line.startswith(UNSURE)))
    mine = Counter(whole)
    missing, more = seen - mine, sum((mine - seen).values())
    fewer = sum((missing - unsure).values())
    if more + fewer > max(4, 0.004 * len(whole)):
        return Notice(_disagreement(more, fewer, ours, other), page)
    return None


def _disagreement(more: int, fewer: int, folded: Sequence[str], other: str) -> Reason:
    """How many letters or digits each reading has alone, and the first line that the other one lacks."""
    near = next((line for line in folded if len(line) > 3 and line not in other), "")[:30]
    if near:
        return Reason.of("readers_differ.near", here=more, there=fewer, words=near)
    return Reason.of("readers_differ.page", here=more, there=fewer)

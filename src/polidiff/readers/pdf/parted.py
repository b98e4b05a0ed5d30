"""Sentences that a pull quote, a picture's words or a table parts: put together again."""

from __future__ import annotations

from polidiff.readers.pdf.blocks import STOP, Draft
from polidiff.readers.pdf.line import Line

_PARTING = 4
"""Blocks in other type that may part a sentence."""
_OPEN_LETTERS = 40
"""Letters that a block without a stop has at least where its sentence goes on elsewhere."""


def mend_parted(drafts: list[Draft]) -> list[Draft]:
    """Return ``drafts`` with sentences put together that a pull quote, a picture's words or a table parts.

    What parts them is set in other type and stands after the sentence then.
    """
    result: list[Draft] = []
    index = 0
    while index < len(drafts):
        draft = drafts[index]
        result.append(draft)
        index += 1
        while (rest := _rest_of(draft, drafts, index)) is not None:
            draft.tail.append(len(draft.lines))
            draft.lines.extend(drafts[rest].lines)
            draft.below = drafts[rest].below
            drafts = [*drafts[:rest], *drafts[rest + 1 :]]
    return result


def _rest_of(draft: Draft, drafts: list[Draft], start: int) -> int | None:
    """The index of the draft that goes on with the open sentence of ``draft`` behind drafts in other type, or None."""
    words = draft.text.rstrip()
    if (
        draft.kind not in ("paragraph", "item")
        or STOP.search(words)
        or words[-1:] in ":："
        or len(words) < _OPEN_LETTERS
    ):
        return None
    for index in range(start, min(start + _PARTING + 1, len(drafts))):
        other = drafts[index]
        if other.lines[0].page > draft.lines[-1].page + 1:
            return None
        same = _type_of(other.lines[0]) == _type_of(draft.lines[-1])
        if same and index > start and other.kind == "paragraph" and other.text[:1].islower():
            return index
        if same and other.kind != "row":
            return None
    return None


def _type_of(line: Line) -> tuple[str, float, bool, bool]:
    return line.face.family, round(line.size), line.bold, line.italic

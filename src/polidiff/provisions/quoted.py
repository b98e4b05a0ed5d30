"""Law that is quoted inside of an amending provision: which units are another act's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polidiff.provisions.labels import label_at
from polidiff.provisions.units import Unit

_PAIRS = {"‘": "’", "“": "”", "«": "»", "„": "“"}
_AMENDS = re.compile(
    r"\b(?:replaced|inserted|added|amended|reads?|worded|substitut\w+|deleted|follow(?:s|ing)|insert|add|replace"
    r"|remplacée?s?|insérée?s?|ajoutée?s?|modifiée?s?|suivante?s?|sustituye|sustituido|añade|sostituito|aggiunto|ersetzt|eingefügt|angefügt)\b"
    r"|修改为|增加|改为",
    re.IGNORECASE,
)
# The opening of a quotation that the unit does not close: after a colon, or at the very start.
_INLINE = re.compile(r"(?:[:：]|\breads?|\bwith|\binsert(?:ing)?|\bby)\s*([‘“«„])")
_REACH = 60


def quoted(text: str, units: Sequence[Unit]) -> list[bool]:
    """Return, for each unit, whether it is a later part of a quotation of law.

    A quotation opens after words that announce one ("the following paragraph is added:") and runs to the first unit
    that ends with its closing mark and a stop. The unit in which it opens after other words is not marked; one that
    is nothing but the quotation is. A quotation that never closes within 60 units marks nothing.
    """
    flags = _marked(text, units)
    index = 0
    while index < len(units):
        mark = None if flags[index] else _opened(text, units, index)
        if mark is None:
            index += 1
            continue
        closer, own = mark
        stop = next((j for j in range(index, min(index + _REACH, len(units))) if _closes(text, units[j], closer)), None)
        if stop is None or (stop == index and not own):
            index += 1
            continue
        for j in range(index if own else index + 1, stop + 1):
            flags[j] = True
        index = stop + 1
    return flags


def _marked(text: str, units: Sequence[Unit]) -> list[bool]:
    """Return which units the reader marked as quoted, where the run of such units opens with a quotation mark."""
    flags = [False] * len(units)
    for index, unit in enumerate(units):
        follows = index > 0 and units[index - 1].block.kind == "quote"
        opens = flags[index - 1] if follows else index > 0 and text[unit.start] in _PAIRS
        flags[index] = unit.block.kind == "quote" and opens
    return flags


def _opened(text: str, units: Sequence[Unit], index: int) -> tuple[str, bool] | None:
    """Return the closing mark of a quotation that opens in the unit, and whether the unit is wholly its words."""
    unit = units[index]
    words = text[unit.start : unit.end]
    if words[0] in _PAIRS:
        if index and text[units[index - 1].start : units[index - 1].end].rstrip().endswith((":", "：")):
            before = text[units[index - 1].start : units[index - 1].end]
            if _AMENDS.search(before):
                return _PAIRS[words[0]], True
        return None
    label = label_at(text, unit.start, unit.end)
    if label is not None and text[label.body : label.body + 1] in _PAIRS:
        return None
    openings = list(_INLINE.finditer(words)) if any(mark in words for mark in _PAIRS) else []
    if not openings:
        return None
    opening = openings[-1]
    if not _AMENDS.search(words[: opening.start() + 1]):
        return None
    if _closes(text, unit, _PAIRS[opening.group(1)]):
        return None
    return _PAIRS[opening.group(1)], False


def _closes(text: str, unit: Unit, closer: str) -> bool:
    return bool(re.search(re.escape(closer) + r"\s*[.;,。；，]*\s*(?:and|or)?[.;]?$", text[unit.start : unit.end]))

"""The list that is open in a plan, and how deep its next item stands."""

from __future__ import annotations

from dataclasses import dataclass

from polidiff.model import Span
from polidiff.provisions.labels import Label, readings
from polidiff.provisions.tree import Node, introduces
from polidiff.provisions.units import Unit

_ORDER = ("一、", "一（）", "1.", "1、", "（1）", "(1)", "①")
"""Styles of labels from the outermost list to the innermost, where nothing else tells the depth."""


@dataclass(frozen=True, slots=True)
class Held:
    """An item of the list that is open: its depth, and what its label may count."""

    level: int
    node: Node
    counts: frozenset[tuple[str, int]] = frozenset()


@dataclass(slots=True)
class Open:
    """Where the next unit may hang: the last provision at each depth of a list, and the words that introduce it.

    ``members`` are the outermost items of the list that is open, with whether each states an action.
    """

    lead: Span | None = None
    owner: Node | None = None
    stack: list[Held] | None = None
    members: list[tuple[Node, bool]] | None = None


def level_of(text: str, unit: Unit, label: Label | None, stack: list[Held]) -> int:
    """How deep an item stands: its label goes on with an open list or opens one below; else its block says so."""
    printed = unit.depth if unit.block.kind == "item" else _depth(label)
    if label is None or not stack:
        return printed
    found = readings(label)
    before = {(style, ordinal - 1) for style, ordinal in found}
    goes_on = [held.level for held in reversed(stack) if before & held.counts]
    if goes_on:
        return printed if printed in goes_on else goes_on[0]
    styles = {style for held in stack for style, _ in held.counts}
    opens = any(ordinal == 1 and style not in styles for style, ordinal in found)
    last = stack[-1].node
    return stack[-1].level + 1 if opens and introduces(text, last.start, last.end) else printed


def _depth(label: Label | None) -> int:
    if label is None:
        return 0
    style = readings(label)[0][0] if readings(label) else ""
    return _ORDER.index(style) if style in _ORDER else 3

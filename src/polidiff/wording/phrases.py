"""Small forms of language: lists, quotation marks, shares."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.wording.catalogue import Locale


def listed(items: Sequence[str], locale: Locale) -> str:
    """Return ``a, b and c`` as the language has it."""
    if locale == "zh":
        return "、".join(items[:-1]) + ("和" if len(items) > 1 else "") + items[-1] if items else ""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def quoted(words: str) -> str:
    """Return ``words`` in quotation marks, which English and Chinese print alike."""
    return f"“{words}”"


def percent(share: float) -> str:
    """Return a share in 0..1 as a whole percentage, never claiming certainty that rounding made up."""
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{share * 100:.0f}%"


def upper(sentence: str) -> str:
    """Return ``sentence`` with a large first letter where it opens with an article; names and ids stay as they are."""
    return f"T{sentence[1:]}" if sentence.startswith("the ") else sentence

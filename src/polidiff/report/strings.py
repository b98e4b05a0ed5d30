"""Every word that the page says for itself, in English and Chinese.

Each entry holds both, so that neither language can lack one. ``{}`` fields are filled by name. Documents' words are
never in here: they are shown as printed, in their own language.
"""

from __future__ import annotations

from typing import Literal

from polidiff.report._diff_phrases import DIFF
from polidiff.report._phrases import PHRASES
from polidiff.report._terms import TERMS

Locale = Literal["en", "zh"]

_COLUMN = {"en": 0, "zh": 1}


class Say:
    """Look up a phrase and fill its fields."""

    def __init__(self, table: dict[str, tuple[str, str]]) -> None:
        self.table = table

    def __call__(self, key: str, tongue: Locale, /, **fields: object) -> str:
        """The phrase ``key`` in ``tongue``; ``n`` among the fields picks ``key.one`` where n is 1 and that exists."""
        if fields.get("n") == 1 and f"{key}.one" in self.table:
            key = f"{key}.one"
        return self.table[key][_COLUMN[tongue]].format(**fields)


say = Say({**PHRASES, **TERMS, **DIFF})


def term(kind: str, value: str, tongue: Locale) -> str:
    """A coder's label (``strength``, ``mandate``) in ``tongue``; a label without an entry stands as it is."""
    key = f"{kind}.{value}"
    return say(key, tongue) if key in say.table else value.replace("_", " ")


def listed(items: list[str], tongue: Locale) -> str:
    """``a, b and c`` in ``tongue``."""
    if tongue == "zh":
        return "、".join(items[:-1]) + ("和" if len(items) > 1 else "") + items[-1] if items else ""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def quoted(words: str) -> str:
    """``words`` in quotation marks, which English and Chinese print alike."""
    return f"“{words}”"


def percent(share: float) -> str:
    """A share in 0..1 as a whole percentage, never claiming certainty that rounding made up."""
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{share * 100:.0f}%"


def upper(sentence: str) -> str:
    """``sentence`` with a large first letter where it opens with an article; names and ids stay as they are."""
    return f"T{sentence[1:]}" if sentence.startswith("the ") else sentence

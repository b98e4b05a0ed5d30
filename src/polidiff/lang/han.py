"""Traditional Chinese characters as simplified ones, for comparing: the text itself is never changed.

The table is that of OpenCC (`opencc-python-reimplemented`, Apache-2.0), character by character, so that lengths stay.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["simplified"]


def simplified(text: str) -> str:
    """Return ``text`` at its length, each traditional character as the simplified one that stands for it."""
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if "\t" in line)
    found = {row[0]: row[1] for row in rows if len(row) > 1 and len(row[0]) == len(row[1]) == 1}
    return {ord(char): found.get(plain, plain) for char, plain in found.items()}

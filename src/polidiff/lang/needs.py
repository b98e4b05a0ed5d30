"""Patterns that are tried only where they can match: on texts that hold the letters which every match needs.

A list of long alternatives costs a try at every letter of every text, and most of its patterns have no word there.
What a pattern needs is read off its own syntax, so that what it finds is what :mod:`re` finds.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any

__all__ = ["Sought", "needs_of"]

MOST = 48
"""Spellings of one part of a pattern that are looked for, at the most."""

FEWEST = 2
"""Letters that a spelling must have to be worth looking for; a Chinese character counts as two."""

Needs = tuple[tuple[str, ...], ...]
"""Of each group of spellings one must stand in the folded text."""


class Sought:
    """A compiled pattern with what its matches need."""

    __slots__ = ("_needs", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Compile; raises :class:`re.error` as :func:`re.compile` does."""
        self.pattern = re.compile(pattern, flags)
        self._needs = needs_of(self.pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, as ``re.search`` does."""
        return self.pattern.search(text) if self._may(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches, as ``re.finditer`` does."""
        return self.pattern.finditer(text) if self._may(text) else iter(())

    def _may(self, text: str) -> bool:
        low = _folded(text)
        for spellings in self._needs:
            for one in spellings:
                if one in low:
                    break
            else:
                return False
        return True


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    """The text in lower case, with the letters that ``re.IGNORECASE`` takes for an ``i`` or an ``s`` as such."""
    if not text.isascii():
        text = text.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    return text.lower()


def needs_of(pattern: re.Pattern[str]) -> Needs:
    """Return the groups of spellings, in lower case, of which each match holds one; empty where that can't be told."""
    try:
        parsed: Any = importlib.import_module("re._parser").parse(pattern.pattern, pattern.flags)
        found = _groups(parsed)
    except (ImportError, AttributeError, ValueError, TypeError):  # another Python's own affair
        return ()
    best = sorted(found, key=lambda group: (-min(map(_size, group)), len(group), group))
    return tuple(best[:2])


def _size(spelling: str) -> int:
    return sum(1 + (letter >= "\u3000") for letter in spelling)


def _groups(items: Iterable[Any]) -> set[tuple[str, ...]]:
    """What stands in every match of a sequence: groups of spellings of its parts."""
    found: set[tuple[str, ...]] = set()
    run: set[str] = {""}

    def close() -> None:
        if min(map(_size, run)) >= FEWEST:
            found.add(tuple(sorted(_least(run))))
        run.clear()
        run.add("")

    for item in items:
        spelled = _spelled((item,))
        if spelled is not None and len(run) * len(spelled) <= MOST:
            run = {a + b for a, b in product(run, spelled)}
            continue
        close()
        if spelled is not None:
            run = set(spelled)
        else:
            found |= _inner(item)
    close()
    return found


def _inner(item: Any) -> set[tuple[str, ...]]:
    """What stands in every match of one part that has no few spellings."""
    kind, given = str(item[0]), item[1]
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _groups(given[2]) if given[0] else set()
    if kind in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _groups(given[-1] if kind == "SUBPATTERN" else given)
    if kind != "BRANCH":
        return set()
    parts = [_groups(branch) for branch in given[1]]
    if not all(parts):
        return set()
    best = [max(part, key=lambda group: (min(map(_size, group)), -len(group), group)) for part in parts]
    whole = _least({one for group in best for one in group})
    return {tuple(sorted(whole))} if len(whole) <= MOST else set()


def _spelled(items: Iterable[Any]) -> set[str] | None:
    """All that a sequence can match, in lower case, where that is a few strings; None where it isn't."""
    made = {""}
    for kind, given in ((str(item[0]), item[1]) for item in items):
        part: set[str] | None = None
        if kind in ("AT", "ASSERT", "ASSERT_NOT"):
            part = {""}
        elif kind == "LITERAL":
            part = _letter(given)
        elif kind == "IN" and all(str(one) == "LITERAL" for one, _ in given):
            letters = [_letter(code) for _, code in given]
            part = None if None in letters else {one for some in letters if some for one in some}
        elif kind == "SUBPATTERN":
            part = _spelled(given[-1])
        elif kind == "BRANCH":
            parts = [_spelled(branch) for branch in given[1]]
            part = None if None in parts else {one for some in parts if some is not None for one in some}
        elif kind == "MAX_REPEAT" and given[:2] == (0, 1) and (inner := _spelled(given[2])) is not None:
            part = {"", *inner}
        if part is None or len(made) * len(part) > MOST:
            return None
        made = {a + b for a, b in product(made, part)}
    return made


def _letter(code: int) -> set[str] | None:
    """A letter as the folded text has it; None for one whose two cases aren't a matter of this module."""
    letter = chr(code).lower()
    return {letter} if len(letter) == 1 and (letter.isascii() or not letter.isalpha() or letter >= "\u3000") else None


def _least(spellings: set[str]) -> set[str]:
    """Those that hold no other one."""
    return {one for one in spellings if not any(other != one and other in one for other in spellings)}

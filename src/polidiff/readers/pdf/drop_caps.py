"""Large initials that reach over several lines: each goes with the word that it begins, on the line at its top."""

from __future__ import annotations

import re
from dataclasses import replace

from polidiff.lang.lexicon import is_word
from polidiff.readers.pdf.chars import Run

_INITIAL = re.compile(r"^[“‘\"'«]?[^\W\d_]$")
_LARGER = 1.7
"""Times the type size of the words beside it from which a letter is an initial."""
_BESIDE = 1.6
"""Type sizes of the words by which they may stand away from their initial."""
_CAP = 0.72
"""Height of a capital, in type sizes."""
_FIRST = re.compile(r"^[^\W\d_]+")


def with_initials(runs: list[Run]) -> list[Run]:
    """Return ``runs`` with each large initial joined to its word, and the lines beside it begun at its left edge."""
    initials = [run for run in runs if len(run.text) <= 2 and _INITIAL.match(run.text)]
    if not initials:
        return runs
    gone: set[int] = set()
    made: dict[int, Run] = {}
    for initial in initials:
        beside = sorted((run for run in runs if _is_beside(run, initial)), key=lambda run: (run.y, run.x0))
        if not beside or len({run.y for run in beside}) < 2:
            continue
        edge = beside[0].x0
        gone.add(id(initial))
        for position, run in enumerate(beside):
            if not position:
                made[id(run)] = replace(run, text=_joined(initial.text, run, edge - initial.x1), x0=initial.x0)
            elif abs(run.x0 - edge) < run.size and run.y > beside[0].y:
                made[id(run)] = replace(run, x0=initial.x0)
    return [made.get(id(run), run) for run in runs if id(run) not in gone] if gone else runs


def _is_beside(run: Run, initial: Run) -> bool:
    """Whether ``run`` stands right of an initial, at a height between its top and its foot."""
    gap = run.x0 - initial.x1
    return (
        run is not initial
        and initial.size > _LARGER * run.size
        and -0.3 * run.size < gap < _BESIDE * run.size
        and initial.y - _CAP * initial.size < run.y < initial.y + 0.3 * run.size
        and any(char.isalpha() for char in run.text)
    )


def _joined(letter: str, run: Run, gap: float) -> str:
    """The initial and the words beside it, with a space where the initial is a word of its own (``A``, ``I``)."""
    first = _FIRST.match(run.text)
    if first is None:
        return letter + run.text
    whole, rest = letter[-1] + first.group(), first.group()
    alone = letter[-1].lower() in "ai" and is_word(rest) and (not is_word(whole) or gap > 0.6 * run.size)
    return f"{letter} {run.text}" if alone else letter + run.text

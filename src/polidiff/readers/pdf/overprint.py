"""Letters printed twice at one place, as some programs make bold type: each is kept once."""

from __future__ import annotations

from polidiff.readers.pdf.chars import Run

_SAME_LINE = 0.15
"""Type sizes by which the baselines of two prints of one word may differ."""
_LETTER = 0.7
"""Letters by which two runs overlap from which a single letter may be printed by both."""
_SAME_PLACE = 0.35
"""Type sizes by which the edges of two prints of one word may differ."""


def printed_once(runs: list[Run]) -> list[Run]:
    """Return ``runs`` without those that lie over another with the same words; of a run that lies over the end of
    another, the words that both have are kept once.
    """
    order = sorted(range(len(runs)), key=lambda index: (round(runs[index].y), runs[index].x0))
    gone: set[int] = set()
    for place, index in enumerate(order):
        run = runs[index]
        if index in gone:
            continue
        for other in order[place + 1 :]:
            later = runs[other]
            if round(later.y) > round(run.y) + 1 or (round(later.y) == round(run.y) and later.x0 > run.x1):
                break
            if other in gone or abs(later.y - run.y) > _SAME_LINE * run.size or abs(later.size - run.size) > 0.3:
                continue
            if _doubled(run, later):
                gone.add(other)
    return [run for index, run in enumerate(runs) if index not in gone] if gone else runs


def _doubled(run: Run, later: Run) -> bool:
    """Whether ``later`` lies over ``run`` with the same words; cuts its beginning off where only that does."""
    slack = _SAME_PLACE * run.size
    if later.x0 < run.x0 - slack or later.x0 > run.x1 - slack:
        return False
    if later.x1 <= run.x1 + slack:
        width = run.x1 - run.x0
        expected = (later.x0 - run.x0) / width * len(run.text) if width > 0 else 0.0
        at = run.text.find(later.text, max(0, int(expected) - 3))
        return at >= 0 and abs(at - expected) < 3 + 0.1 * len(run.text)
    width = later.x1 - later.x0
    shared = (run.x1 - later.x0) / width * len(later.text)
    least = 0 if shared > _LETTER else 1
    for length in range(min(len(later.text) - 1, int(shared) + 3), max(least, int(shared) - 3), -1):
        shared_words = later.text[:length].rstrip()
        if shared_words and run.text.endswith(shared_words):
            later.text = later.text[len(shared_words) :]
            later.x0 = run.x1
            return not later.text.strip()
    return False

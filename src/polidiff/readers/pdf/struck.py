"""Words that a rule goes through: runs are cut where it begins and ends, and marked as struck."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace

from polidiff.readers.pdf.chars import Run
from polidiff.readers.pdf.drawn import Rule

_LOWEST = 0.12
_HIGHEST = 0.5
"""Type sizes above the baseline between which a rule strikes words through; an underline stands at 0 or lower."""

_OVER = 0.75
"""Type sizes by which a rule may reach beyond the words that it strikes; that of a table or chart reaches farther."""


class Strikes:
    """The rules of one page that may go through words."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = sorted(rules, key=lambda rule: (rule.y, rule.x0))
        self._heights = [rule.y for rule in self.rules]
        self._found: dict[int, list[Run]] = {}

    def near(self, runs: Iterable[Run]) -> bool:
        """Return whether a rule may go through any of ``runs``."""
        return bool(self.rules) and any(self._over(run) for run in runs)

    def cut(self, run: Run, edges: Callable[[int], tuple[float, float]]) -> list[Run]:
        """Return ``run`` in parts, each struck or not; ``edges`` gives the left and right edge of a character."""
        over = self._over(run)
        if not over:
            return [run]
        boxes = [edges(index) for index in range(len(run.text))]
        by = [next((at for at in over if self._through(at, box)), -1) for box in boxes]
        for index, char in enumerate(run.text):  # a space goes with the words on both sides of it
            if char.isspace() and 0 < index < len(by) - 1:
                by[index] = by[index - 1] if by[index - 1] == by[index + 1] else -1
        parts: list[Run] = []
        start = 0
        for end in range(1, len(by) + 1):
            if end < len(by) and by[end] == by[start]:
                continue
            words = run.text[start:end]
            lead, tail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
            if words.strip():
                first, last = start + lead, end - 1 - tail
                close = run.joined if not first else not run.text[first - 1].isspace()
                x0 = run.x0 if not first else boxes[first][0]
                part = replace(run, text=words.strip(), x0=x0, x1=max(x0, boxes[last][1]), joined=close)
                if by[start] >= 0:
                    part.struck = True
                    self._found.setdefault(by[start], []).append(part)
                parts.append(part)
            start = end
        return parts

    def _over(self, run: Run) -> list[int]:
        low = bisect_left(self._heights, run.y - _HIGHEST * run.size)
        found = []
        for at in range(low, len(self.rules)):
            rule = self.rules[at]
            if rule.y > run.y - _LOWEST * run.size:
                break
            if min(rule.x1, run.x1) - max(rule.x0, run.x0) > min(0.3 * run.size, 0.5 * (run.x1 - run.x0)):
                found.append(at)
        return found

    def _through(self, at: int, box: tuple[float, float]) -> bool:
        return self.rules[at].x0 <= (box[0] + box[1]) / 2 <= self.rules[at].x1

    def settle(self) -> None:
        """Take the mark off words under a rule that reaches beyond them: it is a table's or a chart's."""
        for at, runs in self._found.items():
            rule, size = self.rules[at], runs[0].size
            left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
            worded = any(char.isalnum() for run in runs for char in run.text)
            if not worded or left - rule.x0 > _OVER * size or rule.x1 - right > _OVER * size:
                for run in runs:
                    run.struck = False

"""Printed once: where the page has a passage already, what is folded names its place instead of its words again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from polidiff.report.gathered import ClusterView
from polidiff.report.matters import OpenView
from polidiff.report.passages import PassageView
from polidiff.report.themes import AbsenceView, PairView, ThemeView

__all__ = ["Printed"]


class Printed:
    """What a page has shown so far; ask in the page's order. What is open to the eye is shown whole each time."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, int, int]] = set()

    def theme(self, view: ThemeView) -> ThemeView:
        """``view`` with each folded passage that the page has already marked ``again``, narrower themes included."""
        for pair in view.pairs:
            self._open((pair.left, pair.right))
        for column in view.columns:
            self._open(column.shown)
        return replace(
            view,
            more_pairs=tuple(map(self._pair, view.more_pairs)),
            columns=tuple(replace(column, folded=self._folded(column.folded)) for column in view.columns),
            absences=tuple(map(self._absence, view.absences)),
            narrower=tuple(map(self.theme, view.narrower)),
        )

    def open_matter(self, view: OpenView) -> OpenView:
        """The same of an undecided matter, which is folded as a whole."""
        return replace(view, passages=self._folded(view.passages))

    def cluster(self, view: ClusterView) -> ClusterView:
        """The same of a cluster."""
        return replace(view, passages=self._folded(view.passages))

    def _pair(self, pair: PairView) -> PairView:
        left, right = self._folded((pair.left, pair.right))
        return replace(pair, left=left, right=right)

    def _absence(self, absence: AbsenceView) -> AbsenceView:
        return replace(absence, nearest=self._folded(absence.nearest))

    def _open(self, passages: Iterable[PassageView]) -> None:
        self._seen.update((one.document, one.start, one.end) for one in passages)

    def _folded(self, passages: tuple[PassageView, ...]) -> tuple[PassageView, ...]:
        told = tuple(
            replace(one, again=one.anchor is not None and (one.document, one.start, one.end) in self._seen)
            for one in passages
        )
        self._open(passages)
        return told

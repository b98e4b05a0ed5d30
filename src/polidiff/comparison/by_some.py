"""A theme over more than two documents: which commit themselves on it, which go another way, and which stay in doubt.

That every one of fifty documents speaks on a theme is rare, and no reader asks for it: the question is who does and who
doesn't. So a theme is shared by those of them that surely take it up, where they are two or more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.alignment.many import MANY
from polidiff.comparison.themes import ThemeCoverage, ways_apart
from polidiff.model import Reason

__all__ = ["MANY", "TakenUp", "Weighed", "taken_up"]


@dataclass(frozen=True)
class Weighed:
    """What was weighed of one document on a theme: how likely it commits itself, how likely its surest passage is on
    the theme, and the way that its weightiest passages go, None where they don't agree."""

    heard: ThemeCoverage
    sure: float
    best: float
    way: str | None

    @property
    def document(self) -> str:
        """The document's id."""
        return self.heard.side.document.id


@dataclass(frozen=True)
class TakenUp:
    """Those that take the theme up (``by``), those of them that go against most (``apart``), and the doubtful."""

    by: tuple[Weighed, ...]
    apart: tuple[Weighed, ...]
    unsure: tuple[str, ...]

    def reasons(self, total: int) -> list[Reason]:
        """Return what is to be told of them, of ``total`` documents."""
        told = [Reason.of("shared.some", 1.0, n=len(self.by), total=total)]
        if self.apart:
            told.append(
                Reason.of("shared.apart", 1.0, sides=tuple((one.document, one.way or "") for one in self.apart))
            )
        if self.unsure:
            told.append(Reason.of("shared.unsure", 0.0, documents=self.unsure))
        return told


def taken_up(weighed: Sequence[Weighed], both: float, side: float) -> TakenUp:
    """Part the documents that speak on a theme.

    One takes it up where any two such would do so together with the chance ``both``, and where its surest passage is on
    the theme with the chance ``side``.
    """
    sure = [one for one in weighed if one.sure >= both**0.5 and one.best >= side]
    ways = Counter(one.way for one in sure if one.way is not None)
    apart = [one for one in sure if one.way is not None and _against(one.way, ways)]
    by = [one for one in sure if one not in apart]
    unsure = [one.document for one in weighed if one not in sure]
    return TakenUp(tuple(by), tuple(apart), tuple(unsure))


def _against(way: str, ways: Counter[str]) -> bool:
    """Whether more documents go a way that is opposed to this one; of equals, the ways are told in their order."""
    against = sum(count for other, count in ways.items() if ways_apart(way, other))
    return against > ways[way] or (against == ways[way] and way > min(o for o in ways if ways_apart(way, o)))

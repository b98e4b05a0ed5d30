"""What the figures show, as rows of numbers. The page draws them as tables with bars, :mod:`drawing` as SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from polidiff.model import Coding, Forum, LawStrength, PlanStrength, Posture
from polidiff.report.passages import ReportContext
from polidiff.report.themes import HeadView
from polidiff.report.words import shares
from polidiff.wording import percent, say, term


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a label, where it leads, and one value and its wording for each document.

    ``narrow`` rows are part of the row above them that isn't.
    """

    label: str
    values: tuple[float, ...]
    shown: tuple[str, ...]
    anchor: str = ""
    symbol: str = ""
    note: str = ""
    kind: str = ""
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure: groups of rows on one scale. ``dots`` draws values as dots on one line, not as mirrored bars.

    ``full`` is the end of the scale where that isn't the largest value.
    """

    name: str
    title: str
    caption: str
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    dots: bool = False
    full: float = 0.0

    @property
    def top(self) -> float:
        """The end of the scale: the largest value, if no other is set, and never zero."""
        return (
            self.full
            or max((value for _, rows in self.groups for row in rows for value in row.values), default=0.0)
            or 1.0
        )

    @property
    def lean(self) -> int:
        """Of two mirrored sides, the tenths of the width that the left one needs: both are on one scale."""
        tops = self._tops()
        return min(8, max(2, round(10 * tops[0] / (sum(tops[:2]) or 1)))) if len(tops) == 2 else 5

    def width(self, value: float, side: int | None = None) -> float:
        """``value`` in percent of the room for bars: of the largest value, or, given a side, of that side's room."""
        if side is None or len(self._tops()) != 2:
            return round(value / self.top * 100, 1)
        rooms = (self.lean / 10, 1 - self.lean / 10)
        unit = min(room / top for room, top in zip(rooms, self._tops(), strict=True) if top)
        return round(value * unit / rooms[side] * 100, 1)

    def _tops(self) -> list[float]:
        columns = zip(*(row.values for _, rows in self.groups for row in rows), strict=True)
        return [max(column) for column in columns]


def coded_charts(bench: ReportContext, heads: tuple[HeadView, ...]) -> tuple[Chart, ...]:
    """The figures on themes and on what provisions are coded with, in order; those without rows are left out."""
    made = (_themes(bench, heads), _distance(bench, heads), _firmness(bench), _stance(bench))
    return tuple(chart for chart in made if any(row.values for _, rows in chart.groups for row in rows))


def _themes(bench: ReportContext, heads: tuple[HeadView, ...]) -> Chart:
    """Themes by document: how many passages each has, and the verdict."""
    tongue = bench.tongue
    return Chart(
        "themes",
        say("chart.themes", tongue),
        say("chart.themes.caption", tongue),
        tuple(
            (
                head.name,
                tuple(
                    Row(
                        label=view.name,
                        values=tuple(float(count) for count in view.counts),
                        shown=tuple(str(count) if count else "–" for count in view.counts),
                        anchor=view.anchor,
                        symbol=view.symbol,
                        note=view.verdict,
                        kind=view.kind,
                        narrow=view not in head.themes,
                    )
                    for view in head.every
                ),
            )
            for head in heads
        ),
    )


def _distance(bench: ReportContext, heads: tuple[HeadView, ...]) -> Chart:
    """Each theme's share of each document's passages, the widest gap first."""
    anchors = {view.theme: view.anchor for head in heads for view in head.every}
    rows = sorted(shares(bench), key=lambda row: (-round(max(row[2]) - min(row[2]), 6), row[0]))
    tongue = bench.tongue
    return Chart(
        "distance",
        say("chart.distance", tongue),
        say("chart.distance.caption", tongue),
        (
            (
                "",
                tuple(
                    Row(name, tuple(values), tuple(percent(value) for value in values), anchors.get(theme, ""))
                    for theme, name, values in rows
                ),
            ),
        )
        if rows
        else (),
        dots=True,
    )


def _firmness(bench: ReportContext) -> Chart:
    """How firmly each document speaks: the share of its provisions at each strength."""
    order = [*get_args(PlanStrength), *get_args(LawStrength)]
    rows = _label_rows(bench, "strength", order, lambda coding: coding.strength.id)
    tongue = bench.tongue
    groups = (("", rows),) if rows else ()
    return Chart("firmness", say("chart.firmness", tongue), say("chart.firmness.caption", tongue), groups)


def _stance(bench: ReportContext) -> Chart:
    """Posture and forum: the share of each document's provisions that say either."""
    tongue = bench.tongue
    postures = [label for label in get_args(Posture) if label != "neutral"]
    forums = [label for label in get_args(Forum) if label != "none"]
    groups = (
        (say("chart.posture", tongue), _label_rows(bench, "posture", postures, lambda coding: coding.posture.id)),
        (say("chart.forum", tongue), _label_rows(bench, "forum", forums, lambda coding: coding.forum.id)),
    )
    return Chart(
        "stance",
        say("chart.stance", tongue),
        say("chart.stance.caption", tongue),
        tuple((name, rows) for name, rows in groups if rows),
    )


def _label_rows(bench: ReportContext, family: str, order: list[str], label: Callable[[Coding], str]) -> tuple[Row, ...]:
    """A row for each label that any document has, in ``order``: its share of each document's leaf provisions."""
    tallies: list[Counter[str]] = []
    for provisions, codings in zip(bench.comparison.provisions, bench.comparison.codings, strict=True):
        pairs = zip(provisions, codings, strict=True)
        tallies.append(Counter(label(coding) for provision, coding in pairs if provision.leaf))
    totals = [max(1, sum(tally.values())) for tally in tallies]
    present = [name for name in dict.fromkeys(order) if any(tally[name] for tally in tallies)]
    rows: list[Row] = []
    for name in present:
        values = tuple(tally[name] / total for tally, total in zip(tallies, totals, strict=True))
        shown = tuple(
            f"{percent(value)} ({tally[name]})" if tally[name] else "–"
            for value, tally in zip(values, tallies, strict=True)
        )
        rows.append(Row(term(family, name, bench.tongue), values, shown))
    return tuple(rows)

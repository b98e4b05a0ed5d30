"""Figures of what is to be done: which way and by whom, by when, with what money; rows of numbers, as in ``charts``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from polidiff.coding.fit import binds
from polidiff.lang.amounts import amounts_of
from polidiff.lang.dates import dates_of
from polidiff.model import Code, Coding, Provision, Stance
from polidiff.report.figures.charts import Chart, Row
from polidiff.report.passages import ReportContext
from polidiff.wording import percent, say, term

__all__ = ["plan_charts"]

DIRECTIONS = ("promote", "ease", "limit", "safeguard")
ACTORS = ("state", "regional", "regulator", "public_bodies", "firms", "international", "people")
FEWEST = 3
"""Commitments on a theme from which a document's stand on it is drawn."""
FURTHEST = 5
"""Themes in each respect that are drawn, those where the documents stand furthest apart."""
SPANS = (3, 6, 12, 36)
"""Upper ends, in months, of the groups of times within which something is due; what is longer comes last."""
_MONTHS = {"hour": 1 / 730, "workday": 1 / 21, "month": 1.0}


def plan_charts(bench: ReportContext) -> tuple[Chart, ...]:
    """Return the figures on what the documents commit themselves to; those without rows are left out."""
    held = [list(_committed(bench, side)) for side in range(len(bench.parties))]
    made = (_positions(bench), _directions(bench, held), _deadlines(bench, held), *_money(bench, held))
    return tuple(chart for chart in made if any(rows for _, rows in chart.groups))


def _positions(bench: ReportContext) -> Chart:
    """Where each document stands on each theme, from -1 to 1: in each respect those themes where they are furthest."""
    tongue, book = bench.tongue, bench.comparison.codebook
    names = {one.id: (one.name_zh if tongue == "zh" else "") or one.name for one in book.themes}
    held: dict[str, dict[str, dict[str, Stance]]] = {}
    for one in bench.comparison.stances:
        if one.count >= FEWEST:
            held.setdefault(one.respect, {}).setdefault(one.theme, {})[one.document] = one
    groups = []
    for respect, themes in held.items():
        whole = [(theme, own) for theme, own in themes.items() if len(own) == len(bench.parties)]
        far = sorted(whole, key=lambda item: (-round(_spread(item[1]), 6), item[0]))[:FURTHEST]
        rows = []
        for theme, own in far:
            stances = [own[party.id] for party in bench.parties]
            shown = tuple(f"{s.value:+.2f}" for s in stances)
            note = "; ".join(f"[{s.low:+.2f}, {s.high:+.2f}] ({s.count})" for s in stances)
            places = tuple((s.value + 1) / 2 for s in stances)
            rows.append(Row(names.get(theme, theme), places, shown, note=note))
        groups.append((term("respect", respect, tongue), tuple(rows)))
    caption = say("chart.positions.caption", tongue, fewest=FEWEST)
    kept = tuple(one for one in groups if one[1])
    return Chart("positions", say("chart.positions", tongue), caption, kept, dots=True, full=1.0)


def _spread(own: Mapping[str, Stance]) -> float:
    values = [one.value for one in own.values()]
    return max(values) - min(values)


Held = list[list[tuple[Provision, Coding]]]


def _committed(bench: ReportContext, side: int) -> Iterator[tuple[Provision, Coding]]:
    """The leaves of a document that are likely to commit it to something."""
    rows = zip(bench.comparison.provisions[side], bench.comparison.codings[side], strict=True)
    return ((one, coding) for one, coding in rows if one.leaf and binds(coding))


def _directions(bench: ReportContext, held: Held) -> Chart:
    """Which way the commitments of each document go, and who is to act, as shares of its commitments."""
    tongue = bench.tongue
    groups = []
    families: tuple[tuple[str, tuple[str, ...], Callable[[str], str]], ...] = (
        ("direction", DIRECTIONS, lambda label: term("direction", label, tongue)),
        ("actor", ACTORS, lambda label: term("actor", label, tongue)),
    )
    for family, labels, name in families:
        counts = [Counter(_label(coding, family).id for _, coding in rows) for rows in held]
        rows = []
        for label in labels:
            numbers = [count[label] for count in counts]
            if any(numbers):
                shares = tuple(n / max(1, len(own)) for n, own in zip(numbers, held, strict=True))
                shown = tuple(f"{percent(s)} ({n})" if n else "–" for s, n in zip(shares, numbers, strict=True))
                rows.append(Row(name(label), shares, shown))
        groups.append((say(f"chart.directions.{family}", tongue), tuple(rows)))
    caption = say("chart.directions.caption", tongue)
    return Chart("directions", say("chart.directions", tongue), caption, tuple(one for one in groups if one[1]))


def _label(coding: Coding, family: str) -> Code:
    return coding.direction if family == "direction" else coding.actor


def _deadlines(bench: ReportContext, held: Held) -> Chart:
    """How many commitments are due by each year, and within what time where no date is named."""
    tongue = bench.tongue
    years: list[Counter[int]] = []
    spans: list[Counter[int]] = []
    for party, rows in zip(bench.parties, held, strict=True):
        year_of = re.match(r"\d{4}", bench.documents[party.id].date or "")
        written = int(year_of.group()) if year_of else 0
        dates = [[date for date in dates_of(one.text) if date.limit == "by"] for one, _ in rows]
        due = [{date.year for date in some if date.year >= written} for some in dates]
        years.append(Counter(year for some in due for year in some))
        spans.append(Counter(place for one, _ in rows for place in _within(one.text)))
    dated = _counted(sorted({year for count in years for year in count}), years, str)
    timed = _counted(
        sorted({place for count in spans for place in count}),
        spans,
        lambda at: (
            say("chart.within", tongue, months=SPANS[at])
            if at < len(SPANS)
            else say("chart.longer", tongue, months=SPANS[-1])
        ),
    )
    groups = ((say("chart.deadlines.by", tongue), dated), (say("chart.deadlines.within", tongue), timed))
    caption = say("chart.deadlines.caption", tongue)
    return Chart("deadlines", say("chart.deadlines", tongue), caption, tuple(one for one in groups if one[1]))


def _within(text: str) -> set[int]:
    """The groups of times within which a provision says that something is due."""
    found = set()
    for amount in amounts_of(text):
        if amount.kind == "time" and amount.bound == "within":
            months = amount.value * _MONTHS[amount.unit]
            found.add(next((n for n, most in enumerate(SPANS) if months <= most), len(SPANS)))
    return found


def _counted(keys: list[int], counts: list[Counter[int]], name: Callable[[int], str]) -> tuple[Row, ...]:
    rows = []
    for key in keys:
        numbers = [count[key] for count in counts]
        rows.append(Row(name(key), tuple(map(float, numbers)), tuple(str(n) if n else "–" for n in numbers)))
    return tuple(rows)


def _money(bench: ReportContext, held: Held) -> Iterator[Chart]:
    """The sums of money that commitments name, by theme, a chart for each currency."""
    tongue = bench.tongue
    sums: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0] * len(held)))
    for side, rows in enumerate(held):
        for provision, coding in rows:
            found = {(one.unit, one.high or one.value) for one in amounts_of(provision.text) if one.kind == "money"}
            theme = coding.themes[0].id if coding.themes else ""
            for unit, value in found:
                sums[unit][theme][side] += value
    book = bench.comparison.codebook
    names = {one.id: (one.name_zh if tongue == "zh" else "") or one.name for one in book.themes}
    for place, (unit, themes) in enumerate(sorted(sums.items(), key=lambda item: (-len(item[1]), item[0]))):
        rows_ = [
            Row(names.get(theme, say("chart.money.other", tongue)), tuple(values), tuple(map(_sum, values)))
            for theme, values in sorted(themes.items(), key=lambda item: (-sum(item[1]), item[0]))
        ]
        yield Chart(
            "money" if not place else f"money-{unit.lower()}",
            say("chart.money", tongue, unit=unit),
            say("chart.money.caption", tongue),
            (("", tuple(rows_)),),
        )


def _sum(value: float) -> str:
    """A sum as it is printed: in millions and billions where it is large."""
    if not value:
        return "–"
    for size, mark in ((1e9, "bn"), (1e6, "m")):
        if value >= size:
            return f"{value / size:,.4g} {mark}"
    return f"{value:,.0f}"

"""The figures as SVG files: titled and described, told apart by pattern and shape as well as by colour."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field

from markupsafe import Markup

from polidiff.report.figures.charts import Chart, Row
from polidiff.report.marks import safe
from polidiff.report.names import Party
from polidiff.wording import Locale, say

INK, SOFT, RULE, PAPER = "#1d1b18", "#5c5750", "#d9d4c9", "#fffdf8"
COLOURS = {"a": "#1f4f8b", "b": "#b4531a", "c": "#2f6b55", "d": "#6a4a8c", "e": "#8a6d00", "f": "#444444"}
"""Blue and orange first: the pair that people with any of the common colour deficiencies tell apart."""

WIDTH, MARGIN, LABEL = 960, 28, 350
ROW, GROUP = 24, 34
SANS = "system-ui, 'Helvetica Neue', Arial, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
SERIF = "'Iowan Old Style', Palatino, Georgia, 'Noto Serif CJK SC', 'Songti SC', SimSun, serif"


@dataclass
class _Sheet:
    """An SVG being written from the top down."""

    parts: list[str] = field(default_factory=list)
    y: float = 0.0

    def text(
        self, x: float, words: str, *, size: int = 13, anchor: str = "start", fill: str = INK, extra: str = ""
    ) -> None:
        """Set ``words`` on the line at ``y``."""
        self.parts.append(
            f'<text x="{_n(x)}" y="{_n(self.y)}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{extra}>'
            f"{safe(words)}</text>"
        )

    def add(self, element: str) -> None:
        """Add an element as it is."""
        self.parts.append(element)


def svg(chart: Chart, parties: tuple[Party, ...], tongue: Locale, foot: str = "") -> str:
    """``chart`` as a standalone SVG document; ``foot`` says below it what it was made from."""
    sheet = _Sheet(y=44)
    sheet.text(MARGIN, chart.title, size=22, extra=f' font-family="{SERIF}"')
    for line in _wrapped(chart.caption, WIDTH - 2 * MARGIN, 13):
        sheet.y += 20
        sheet.text(MARGIN, line, fill=SOFT)
    sheet.y += 30
    _legend(sheet, parties, tongue, dots=chart.dots)
    for name, rows in chart.groups:
        if name:
            sheet.y += GROUP
            sheet.text(MARGIN, name, extra=' font-weight="600"')
            sheet.add(_line(MARGIN, sheet.y + 7, WIDTH - MARGIN, sheet.y + 7, RULE))
            sheet.y += 4
        else:
            sheet.y += 8
        for row in rows:
            sheet.y += ROW
            _row(sheet, chart, row, parties)
    sheet.y += 12
    for line in _wrapped(foot, WIDTH - 2 * MARGIN, 10) if foot else ():
        sheet.y += 14
        sheet.text(MARGIN, line, size=10, fill=SOFT)
    height = sheet.y + MARGIN
    described = " ".join(
        f"{row.label}: " + ", ".join(f"{p.label} {v}" for p, v in zip(parties, row.shown, strict=True)) + "."
        for _, rows in chart.groups
        for row in rows
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_n(height)}" width="{WIDTH}" '
        f'height="{_n(height)}" role="img" aria-labelledby="title desc" lang="{"zh-Hans" if tongue == "zh" else "en"}" '
        f'font-family="{SANS}">\n<title id="title">{safe(chart.title)}</title>\n'
        f'<desc id="desc">{safe(chart.caption)} {safe(described)}</desc>\n<defs>{patterns()}</defs>\n'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>\n' + "\n".join(sheet.parts) + "\n</svg>\n"
    )


def patterns() -> Markup:
    """The fill of each document: solid, slanted lines, dots, cross-hatch, upright lines, level lines."""
    drawn = {
        "b": '<path d="M-2 8L8 -2M2 12L12 2" stroke="{c}" stroke-width="2.6"/>',
        "c": '<circle cx="2.5" cy="2.5" r="1.7" fill="{c}"/><circle cx="7.5" cy="7.5" r="1.7" fill="{c}"/>',
        "d": '<path d="M0 0L10 10M10 0L0 10" stroke="{c}" stroke-width="1.8"/>',
        "e": '<path d="M2.5 0V10M7.5 0V10" stroke="{c}" stroke-width="2.4"/>',
        "f": '<path d="M0 2.5H10M0 7.5H10" stroke="{c}" stroke-width="2.4"/>',
    }
    made = [
        f'<pattern id="fill-a" width="10" height="10" patternUnits="userSpaceOnUse">'
        f'<rect width="10" height="10" fill="{COLOURS["a"]}" class="ink-a"/></pattern>'
    ]
    for series, shape in drawn.items():
        colour = COLOURS[series]
        made.append(
            f'<pattern id="fill-{series}" width="10" height="10" patternUnits="userSpaceOnUse" class="ink-{series}">'
            f'<rect width="10" height="10" fill="{colour}" fill-opacity="0.28"/>{shape.format(c=colour)}</pattern>'
        )
    return Markup("".join(made))


def disc(series: str, count: int, top: float, x: int) -> Markup:
    """A disc for the first document, a square for another, around ``x``: the area stands for ``count`` of ``top``."""
    if not count:
        return Markup("")
    r = max(2.4, 12 * math.sqrt(count / top))
    if series == "a":
        return Markup(f'<circle cx="{x}" cy="13" r="{_n(r)}" class="ring-a"/>')
    half = r * math.sqrt(math.pi) / 2
    return Markup(
        f'<rect x="{_n(x - half)}" y="{_n(13 - half)}" width="{_n(2 * half)}" height="{_n(2 * half)}" '
        f'class="ring-{series}"/>'
    )


def dot(series: str, x: str, y: float, r: float = 6) -> Markup:
    """The document's own shape at ``x`` (a number or a percentage): a disc, a square, a ring and so on."""
    colour = COLOURS[series]
    if series in {"b", "d"}:
        corner, side = _n(1 - r), _n(2 * r - 2)
        return Markup(
            f'<svg x="{x}" y="{_n(y)}" overflow="visible"><rect x="{corner}" y="{corner}" width="{side}" '
            f'height="{side}" fill="{PAPER if series == "b" else colour}" stroke="{colour}" stroke-width="2.5" '
            f'class="dot-{series}"/></svg>'
        )
    solid = series in {"a", "e"}
    return Markup(
        f'<circle cx="{x}" cy="{_n(y)}" r="{_n(r)}" fill="{colour if solid else PAPER}" stroke="{colour}" '
        f'stroke-width="2.5" class="dot-{series}"/>'
    )


def _legend(sheet: _Sheet, parties: tuple[Party, ...], tongue: Locale, *, dots: bool) -> None:
    x = float(MARGIN)
    for party in parties:
        if dots:
            sheet.add(str(dot(party.series, _n(x + 7), sheet.y - 4)))
        else:
            sheet.add(
                f'<rect x="{_n(x)}" y="{_n(sheet.y - 11)}" width="26" height="13" fill="url(#fill-{party.series})" '
                f'stroke="{COLOURS[party.series]}"/>'
            )
        label = say("digest.named", tongue, who=party.label) if party.is_digest else party.label
        sheet.text(x + 34, label)
        x += 34 + _measure(label, 13) + 28


def _row(sheet: _Sheet, chart: Chart, row: Row, parties: tuple[Party, ...]) -> None:
    indent = 16 if row.narrow else 0
    lines = _wrapped(row.label, LABEL - 16 - indent, 13)
    fill = SOFT if row.narrow else INK
    sheet.text(MARGIN + indent, lines[0] + ("…" if len(lines) > 1 else ""), fill=fill)
    left, right = MARGIN + LABEL, WIDTH - MARGIN
    if chart.dots:
        _dots(sheet, chart, row, parties, left, right)
    elif len(parties) == 2:
        _mirror(sheet, chart, row, parties, left, right)
    else:
        _columns(sheet, chart, row, parties, left, right)


def _mirror(sheet: _Sheet, chart: Chart, row: Row, parties: tuple[Party, ...], left: float, right: float) -> None:
    gap, number = 18, 66
    room = right - left - 2 * (gap + number)
    middle = left + number + gap + room * chart.lean / 10
    for party, value, shown, side in zip(parties, row.values, row.shown, (-1, 1), strict=True):
        own = room * (chart.lean if side < 0 else 10 - chart.lean) / 10
        width = own * chart.width(value, party.index) / 100
        edge = middle + side * gap
        if width:
            _bar(sheet, edge if side > 0 else edge - width, width, party)
        sheet.text(edge + side * (width + 7), shown, size=12, anchor="end" if side < 0 else "start", fill=SOFT)
    if row.symbol:
        sheet.text(middle, row.symbol, size=14, anchor="middle")


def _columns(sheet: _Sheet, chart: Chart, row: Row, parties: tuple[Party, ...], left: float, right: float) -> None:
    wide = (right - left - 24) / len(parties)
    if row.symbol:
        sheet.text(left, row.symbol, size=14)
    for party, value, shown in zip(parties, row.values, row.shown, strict=True):
        x = left + 24 + wide * party.index
        width = max(0.0, (wide - 66) * value / chart.top)
        if width:
            _bar(sheet, x, width, party)
        sheet.text(x + width + 6, shown, size=12, fill=SOFT)


def _dots(sheet: _Sheet, chart: Chart, row: Row, parties: tuple[Party, ...], left: float, right: float) -> None:
    track = right - left - 130
    y = sheet.y - 4
    places = [left + 10 + track * value / chart.top for value in row.values]
    sheet.add(_line(left + 10, y, left + 10 + track, y, RULE))
    sheet.add(
        f'<line x1="{_n(min(places))}" y1="{_n(y)}" x2="{_n(max(places))}" y2="{_n(y)}" stroke="{SOFT}" '
        f'stroke-width="3"/>'
    )
    for party, x in zip(parties, places, strict=True):
        sheet.add(str(dot(party.series, _n(x), y)))
    sheet.text(right, " · ".join(row.shown), size=12, anchor="end", fill=SOFT)


def _bar(sheet: _Sheet, x: float, width: float, party: Party) -> None:
    sheet.add(
        f'<rect x="{_n(x)}" y="{_n(sheet.y - 12)}" width="{_n(width)}" height="15" fill="url(#fill-{party.series})" '
        f'stroke="{COLOURS[party.series]}"/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str) -> str:
    return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{stroke}"/>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _measure(words: str, size: int) -> float:
    """The width of ``words`` in pixels, near enough to lay out: full-width characters are 1 em, others 0.55 em."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.55 for c in words) * size


def _wrapped(words: str, width: float, size: int) -> list[str]:
    """``words`` in lines no wider than ``width``, broken at spaces, and between full-width characters."""
    pieces: list[str] = []
    for word in words.split():
        piece = ""
        for char in word:
            if unicodedata.east_asian_width(char) in "WF":
                pieces += [piece, char] if piece else [char]
                piece = ""
            else:
                piece += char
        pieces.append(f"{piece} ")
    lines = [""]
    for piece in pieces:
        if lines[-1] and _measure((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines if line.strip()] or [""]

"""Side by side: documents in columns, provisions that answer one another in one row, a window of rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.comparison.passages import passage_of
from polidiff.model import Provision, Span
from polidiff.report.marks import marked
from polidiff.report.names import lang
from polidiff.report.passages import PassageView, ReportContext
from polidiff.web.pages import Page, lang_of
from polidiff.web.routing import View, get
from polidiff.web.snapshot import Snapshot
from polidiff.web.views import scans
from polidiff.web.views.across import ONLY, Cell, Link, Row, by_matter, differences, holding, rows
from polidiff.web.views.apart import apart
from polidiff.web.views.queue import standings_of
from polidiff.web.views.waiting import waiting
from polidiff.wording import Locale, say

WINDOW = 40
"""Rows of one window."""

TABLES = 8
"""Tables (columns, theme) whose rows are kept at hand."""

ORDERS = ("matter", "text")
"""Orders of the rows: by the matter that they are on, or as the leading document has them."""

LETTERS = "abcd"
"""The columns, as the address names them."""

NEAREST = 160
"""Characters of the nearest passage that are shown where nothing answers."""

MOST_HEADINGS = 200
"""Headings in the list to jump to; the finest level that has no more is taken."""


class Jump(NamedTuple):
    """A heading to jump to: the place and the id of the first row under it, its level, its words, their language."""

    place: int
    provision: str
    level: int
    words: str
    language: str


@dataclass(frozen=True)
class LinkView:
    """A link as it is shown: ``review`` is its name in the queue, or empty where nobody is asked about it."""

    link: Link
    passage: PassageView
    differs: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    review: str


@dataclass(frozen=True)
class CellView:
    """A cell as it is shown. ``nearest`` is the nearest passage where there is no link: its place, and its opening."""

    document: str
    links: tuple[LinkView, ...]
    rejected: tuple[LinkView, ...]
    nearest: tuple[Provision, Markup, int] | None
    score: float
    alone: float
    searched: int


@dataclass(frozen=True)
class RowView:
    """A row as it is shown, with the headings and the introducing words that are new with it."""

    number: int
    heading: tuple[str, ...]
    heading_language: str
    path: tuple[str, ...]
    lead: tuple[Span, Markup] | None
    passage: PassageView
    provision: Provision
    cells: tuple[CellView, ...]


def show(page: Page) -> Response:
    """A window of rows, with the ways to others. ``at`` names a provision to begin near, ``from`` a row."""
    snapshot, fresh = page.desk.snapshot(patience=0)
    if snapshot is None:
        return waiting(page, "side")
    columns = _columns(page, snapshot)
    found, standing = _rows(page, snapshot, columns)
    at = page.query.get("at", "")
    place = next((place for place, row in enumerate(found) if at and row.provision.id == at), None)
    first = (place if place is not None else _first(page)) // WINDOW * WINDOW
    first = min(first, max(0, len(found) - 1) // WINDOW * WINDOW)
    bench = snapshot.bench(page.tongue)
    return page.render(
        "side.html",
        here_is="side",
        fresh=fresh,
        bench=bench,
        columns=columns,
        parties=[bench.party[name] for name in columns],
        letters=LETTERS,
        only=_only(page),
        onlys=tuple(ONLY),
        orders=ORDERS,
        order=_order(page),
        sought=_sought(page),
        theme=page.query.get("theme", ""),
        themes=_themes(page, snapshot),
        total=len(found),
        provisions=standing,
        linked=sum(row.linked for row in found),
        first=first,
        window=WINDOW,
        headings=_matters(page, snapshot, found) if _order(page) == "matter" else _headings(found),
        rows=_views(snapshot, bench, columns, found, first, _order(page)),
        lit=at,
    )


def window(page: Page) -> Response:
    """The rows from ``from`` on, without a page around them."""
    snapshot, _ = page.desk.snapshot(patience=0)
    if snapshot is None:
        raise HTTPException(404)
    columns = _columns(page, snapshot)
    found, _ = _rows(page, snapshot, columns)
    bench = snapshot.bench(page.tongue)
    parties = [bench.party[name] for name in columns]
    shown = _views(snapshot, bench, columns, found, _first(page) // WINDOW * WINDOW, _order(page))
    return page.render("_side_rows.html", bench=bench, columns=columns, parties=parties, rows=shown, lit="")


def passage(page: Page) -> Response:
    """One provision with what answers it, why, and the pictures of their pages."""
    snapshot, fresh = page.desk.snapshot(patience=0)
    if snapshot is None:
        return waiting(page, "side")
    columns = _columns(page, snapshot)
    name = page.query.get("at", "")
    found, _ = _rows(page, snapshot, columns)
    if all(row.provision.id != name for row in found):  # a decision may have taken it out of the choice
        found = rows(snapshot, columns, standings_of(page))
    place = next((place for place, row in enumerate(found) if row.provision.id == name), None)
    if place is None:
        raise HTTPException(404)
    bench = snapshot.bench(page.tongue)
    view = _view(snapshot, bench, columns, found[place], None, "text")
    shown = [view.provision, *(bench.provisions[_end(link)] for cell in view.cells for link in cell.links[:1])]
    return page.render(
        "side_passage.html",
        here_is="side",
        fresh=fresh,
        bench=bench,
        columns=columns,
        row=view,
        before=found[place - 1].provision.id if place else None,
        after=found[place + 1].provision.id if place + 1 < len(found) else None,
        scans=scans.scans_of(page, [(bench.documents[one.document], one) for one in shown]),
    )


def _end(link: LinkView) -> tuple[str, str]:
    return link.link.match.document, link.link.match.id


def _columns(page: Page, snapshot: Snapshot) -> list[str]:
    """The documents of the columns: those that the address names, else the first two. Answers 404 to an unknown one."""
    held = [document.id for document in snapshot.comparison.documents]
    asked = list(dict.fromkeys(page.query[letter] for letter in LETTERS if page.query.get(letter)))
    if any(name not in held for name in asked):
        raise HTTPException(404)
    return asked + [name for name in held if name not in asked][: max(0, 2 - len(asked))]


def _rows(page: Page, snapshot: Snapshot, columns: Sequence[str]) -> tuple[list[Row], int]:
    """The rows that the address asks for, and how many there are without ``only``."""
    only, theme = _only(page), page.query.get("theme", "")
    name = "side.rows", *columns, theme, str(page.desk.stamp().decisions)
    if name not in snapshot.kept:
        for old in [one for one in list(snapshot.kept) if one[0] == name[0]][: -TABLES + 1]:
            snapshot.kept.pop(old, None)
        snapshot.kept[name] = rows(snapshot, columns, standings_of(page), theme)
    every = cast(list[Row], snapshot.kept[name])
    found = [row for row in every if ONLY[only](row)]
    if sought := _sought(page):
        found = holding(snapshot, found, sought)
    return (by_matter(snapshot, found) if _order(page) == "matter" else found), len(every)


def _only(page: Page) -> str:
    asked = page.query.get("only", "")
    return asked if asked in ONLY else next(iter(ONLY))


def _order(page: Page) -> str:
    asked = page.query.get("order", "")
    return asked if asked in ORDERS else ORDERS[0]


def _sought(page: Page) -> str:
    return " ".join(page.query.get("q", "").split())[:200]


def _first(page: Page) -> int:
    return page.number("from") or 0


def _themes(page: Page, snapshot: Snapshot) -> list[tuple[str, str]]:
    return [
        (one.id, (one.name_zh if page.tongue == "zh" else one.name) or one.id)
        for one in snapshot.comparison.codebook.themes
    ]


def _headings(found: Sequence[Row]) -> list[Jump]:
    """Where to jump, down to a level that doesn't make too long a list."""
    listed: list[Jump] = []
    for depth in range(1, 6):
        made: list[Jump] = []
        last: tuple[str, ...] = ()
        for place, row in enumerate(found):
            path = row.provision.path[:depth]
            for level in range(_common(last, path), len(path)):
                made.append(Jump(place, row.provision.id, level, path[level], lang(row.provision.language)))
            last = path
        if len(made) > MOST_HEADINGS and listed:
            break
        listed = made
    return listed[: 2 * MOST_HEADINGS] if len(listed) > 1 else []


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def _matters(page: Page, snapshot: Snapshot, found: Sequence[Row]) -> list[Jump]:
    """The matters to jump to."""
    listed: list[Jump] = []
    for place, row in enumerate(found):
        name = _matter(snapshot, row, page.tongue)
        if not listed or listed[-1].words != name:
            listed.append(Jump(place, row.provision.id, 0, name, lang_of(page.tongue)))
    return listed[: 2 * MOST_HEADINGS] if len(listed) > 1 else []


def _matter(snapshot: Snapshot, row: Row, tongue: Locale) -> str:
    """The matter of a row as it is called, with the theme that it is on."""
    held = snapshot.matters.get((row.provision.document, row.provision.id))
    if held is None:
        return say("side.matter.none", tongue)
    finding = held[1]
    name = (finding.name_zh if tongue == "zh" else finding.name) or finding.name or finding.name_zh
    themes = {one.id: one for one in snapshot.comparison.codebook.themes}
    theme = themes.get(finding.theme)
    above = "" if theme is None else (theme.name_zh if tongue == "zh" else theme.name)
    return f"{above} · {name}" if above else name


def _views(
    snapshot: Snapshot, bench: ReportContext, columns: Sequence[str], found: Sequence[Row], first: int, order: str
) -> list[RowView]:
    """The rows of a window as they are shown."""
    made = []
    before = found[first - 1] if 0 < first <= len(found) else None
    for row in found[first : first + WINDOW]:
        made.append(_view(snapshot, bench, columns, row, before, order))
        before = row
    return made


def _view(
    snapshot: Snapshot, bench: ReportContext, columns: Sequence[str], row: Row, before: Row | None, order: str
) -> RowView:
    provision = row.provision
    old = before.provision if before is not None else None
    lead = provision.lead_in if provision.lead_in != (old.lead_in if old is not None else None) else None
    heading: tuple[str, ...]
    path: tuple[str, ...]
    if order == "matter":
        name = _matter(snapshot, row, bench.tongue)
        heading = () if before is not None and _matter(snapshot, before, bench.tongue) == name else (name,)
        language, path = lang_of(bench.tongue), provision.path
    else:
        heading = provision.path[_common(old.path, provision.path) if old is not None else 0 :]
        language, path = lang(provision.language), ()
    words: list[Span] = []
    differing: tuple[Span, ...] = ()
    answer = next((links[0].match for cell in row.cells for links in (cell.links,) if links), None)
    if answer is not None and row.cells[0].links:
        words = [span for span, _ in answer.words]
        differing = apart(bench, provision, bench.provisions[answer.document, answer.id], answer.differs)[0]
    document = bench.documents[provision.document]
    return RowView(
        number=row.number,
        heading=heading,
        heading_language=language,
        path=path,
        lead=(lead, marked(document.text, *lead)) if lead is not None else None,
        passage=bench.view(passage_of(provision), same=words, apart=differing),
        provision=provision,
        cells=tuple(
            _cell(snapshot, bench, provision, name, cell) for name, cell in zip(columns[1:], row.cells, strict=True)
        ),
    )


def _cell(snapshot: Snapshot, bench: ReportContext, provision: Provision, document: str, cell: Cell) -> CellView:
    alone = cell.alone
    near = bench.provisions.get((document, alone.nearest)) if alone is not None and alone.nearest else None
    nearest = None
    if near is not None and not cell.links:
        end = min(near.end, near.start + NEAREST)
        nearest = near, marked(bench.documents[document].text, near.start, end), end
    return CellView(
        document=document,
        links=tuple(_link(snapshot, bench, provision, one) for one in cell.links),
        rejected=tuple(_link(snapshot, bench, provision, one) for one in cell.rejected),
        nearest=nearest,
        score=alone.nearest_score if alone is not None else 0.0,
        alone=alone.probability if alone is not None else 0.0,
        searched=alone.searched if alone is not None else 0,
    )


def _link(snapshot: Snapshot, bench: ReportContext, provision: Provision, link: Link) -> LinkView:
    match = link.match
    other = bench.provisions[match.document, match.id]
    one, two = f"{match.source_document}#{match.source}", f"{match.document}#{match.id}"
    names = (name for name in (f"{one}--{two}", f"{two}--{one}") if name in snapshot.by_name)
    return LinkView(
        link=link,
        passage=bench.view(
            passage_of(other, match.score),
            same=[span for _, span in match.words],
            apart=apart(bench, provision, other, match.differs)[1],
        ),
        differs=tuple(
            differences(
                match,
                bench.codings.get((provision.document, provision.id)),
                bench.codings.get((match.document, match.id)),
                bench.tongue,
            )
        ),
        reasons=tuple(map(bench.reason, match.reasons)),
        review=next(names, ""),
    )


VIEW = View(
    "side",
    "/side",
    (get("/side", show), get("/side/rows", window), get("/side/passage", passage), get("/side/page", scans.picture)),
)

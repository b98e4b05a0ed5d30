"""Side by side: documents in columns, provisions that answer one another in one row, a window of rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.report.names import lang
from polidiff.web.pages import Page, lang_of
from polidiff.web.routing import View, get
from polidiff.web.snapshot import Snapshot
from polidiff.web.views import scans
from polidiff.web.views.across import ONLY, Row, by_matter, holding, rows
from polidiff.web.views.queue import standings_of
from polidiff.web.views.shown import WINDOW, LinkView, common, matter_name, row_view, row_views
from polidiff.web.views.waiting import waiting

TABLES = 8
"""Tables (columns, theme) whose rows are kept at hand."""

ORDERS = ("matter", "text")
"""Orders of the rows: by the matter that they are on, or as the leading document has them."""

LETTERS = "abcd"
"""The columns, as the address names them."""

MOST_HEADINGS = 200
"""Headings in the list to jump to; the finest level that has no more is taken."""


class Jump(NamedTuple):
    """A heading to jump to: the place and the id of the first row under it, its level, its words, their language."""

    place: int
    provision: str
    level: int
    words: str
    language: str


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
        rows=row_views(snapshot, bench, columns, found, first, _order(page)),
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
    shown = row_views(snapshot, bench, columns, found, _first(page) // WINDOW * WINDOW, _order(page))
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
    view = row_view(snapshot, bench, columns, found[place], None, "text")
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
            for level in range(common(last, path), len(path)):
                made.append(Jump(place, row.provision.id, level, path[level], lang(row.provision.language)))
            last = path
        if len(made) > MOST_HEADINGS and listed:
            break
        listed = made
    return listed[: 2 * MOST_HEADINGS] if len(listed) > 1 else []


def _matters(page: Page, snapshot: Snapshot, found: Sequence[Row]) -> list[Jump]:
    """The matters to jump to."""
    listed: list[Jump] = []
    for place, row in enumerate(found):
        name = matter_name(snapshot, row, page.tongue)
        if not listed or listed[-1].words != name:
            listed.append(Jump(place, row.provision.id, 0, name, lang_of(page.tongue)))
    return listed[: 2 * MOST_HEADINGS] if len(listed) > 1 else []


VIEW = View(
    "side",
    "/side",
    (get("/side", show), get("/side/rows", window), get("/side/passage", passage), get("/side/page", scans.picture)),
)

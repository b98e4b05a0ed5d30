"""Tables to browse: documents, provisions, codings and findings, sorted, narrowed and counted; as CSV too.

What is asked stands whole in the address, so a table is shared as a link.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from starlette.responses import Response

from polidiff.model.codec import JsonObject
from polidiff.readers.names import printed_title
from polidiff.report.names import place
from polidiff.web.pages import Page, called
from polidiff.web.routing import View, get
from polidiff.workspace.audit import cell
from polidiff.workspace.corpus import Filter
from polidiff.workspace.corpus.tables import COLUMNS, SORTS, TABLES, Query, Table, Which, table

COUNT = 50
"""Rows of a page."""

MOST_ROWS = 100_000
"""Rows of a file; what is more has to be narrowed."""

FINDINGS: tuple[str, ...] = ("name", "finding", "documents", "probability", "head")
NARROWED = ("theme", "strength", "country", "kind", "language", "year", "document", "finding")
LONGEST = 300
"""Characters of a provision that a cell shows."""


def show(page: Page) -> Response:
    """A page of a table, with its facets."""
    which, compared = page.query.get("table", TABLES[0]), True
    number = max(1, page.number("page") or 1)
    first = (number - 1) * COUNT
    index = page.desk.finder.index(patience=2.0)
    rows: Sequence[JsonObject] = ()
    total = 0
    facets: Mapping[str, tuple[tuple[str, int], ...]] = {}
    columns: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    if which == "findings":
        found = _findings(page)
        held, compared = found or [], found is not None
        total, columns, sorts = len(held), FINDINGS, FINDINGS
        facets = {name: tuple(Counter(str(row[name]) for row in held).most_common(20)) for name in ("finding", "head")}
        rows = held[first : first + COUNT]
    elif index is not None:
        made = _table(page, which)
        total, facets, columns, sorts = made.total, made.facets, _shown(made.which), SORTS[made.which]
        rows = made.rows(first, COUNT)
        which = made.which
    return page.render(
        "browse.html",
        here_is="browse",
        ready=index is not None,
        compared=compared,
        most=MOST_ROWS,
        which=which,
        tables=(*TABLES, "findings"),
        columns=columns,
        sorts=sorts,
        rows=rows,
        total=total,
        facets={name: held for name, held in facets.items() if len(held) > 1},
        chosen={name: page.query.get(name, "") for name in NARROWED if page.query.get(name)},
        number=number,
        more=first + COUNT < total,
        words=page.query.get("q", ""),
        sort=page.query.get("sort", ""),
        down=page.query.get("down") == "1",
        themes=_names(page),
        heads={ident: (zh if page.tongue == "zh" else name) or ident for ident, name, zh in page.desk.codebook().heads},
        called=called(page),
        place=lambda code: place(code, page.tongue),
        longest=LONGEST,
        printed=printed_title,
    )


def download(page: Page) -> Response:
    """The whole table as CSV, in UTF-8 with a mark of its order of bytes."""
    which = page.query.get("table", TABLES[0])
    rows: Iterator[JsonObject] | Sequence[JsonObject]
    if which == "findings":
        columns, rows = FINDINGS, _findings(page) or []
    else:
        made = _table(page, which)
        columns, rows = COLUMNS[made.which], made.rows(0, MOST_ROWS)
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(columns)
    lines.writerows([cell(_flat(row[name])) for name in columns] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{which}.csv"'}
    data = b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)


def _flat(value: object) -> object:
    return "; ".join(str(one) for one in value) if isinstance(value, list | tuple) else value


def _shown(which: Which) -> tuple[str, ...]:
    return tuple(name for name in COLUMNS[which] if name not in ("start", "end", "coded"))


def _table(page: Page, which: str) -> Table:
    from polidiff.errors import InputError

    index = page.desk.finder.index(patience=2.0)
    if index is None:
        raise InputError("the table", "is not ready yet", "load the page again in a moment")
    asked = page.query.get
    year = asked("year", "")
    narrowed = Filter(
        documents=tuple(one for one in page.query.getlist("document") if one),
        theme=asked("theme", ""),
        strength=asked("strength", ""),
        country=asked("country", ""),
        genre=asked("kind", ""),
        language=asked("language", ""),
        since=year,
        until=year,
    )
    chosen: Which = which if which in TABLES else TABLES[0]
    return table(index, chosen, Query(asked("q", "")[:400], narrowed, asked("sort", ""), asked("down") == "1"))


def _names(page: Page) -> Mapping[str, str]:
    themes = page.desk.codebook().themes
    return {theme.id: (theme.name_zh if page.tongue == "zh" else theme.name) or theme.id for theme in themes}


def _findings(page: Page) -> list[JsonObject] | None:
    """The findings of the last comparison, narrowed and sorted; None before there is one."""
    snapshot, _ = page.desk.snapshot()
    if snapshot is None:
        return None
    rows: list[JsonObject] = [
        {
            "name": (one.name_zh if page.tongue == "zh" else one.name) or one.name,
            "finding": one.finding,
            "documents": list(one.documents),
            "probability": one.probability,
            "head": one.head,
            "theme": one.theme,
            "matter": one.matter,
        }
        for one in snapshot.comparison.findings
    ]
    asked = {name: page.query.get(name, "") for name in ("finding", "head", "theme")}
    words = page.query.get("q", "").casefold().split()
    kept = [
        row
        for row in rows
        if all(not value or row[name] == value for name, value in asked.items())
        and all(word in row["name"].casefold() for word in words)
    ]
    sort = page.query.get("sort", "")
    if sort == "probability":
        kept.sort(key=lambda row: row[sort] or 0.0, reverse=page.query.get("down") == "1")
    elif sort in FINDINGS:
        kept.sort(key=lambda row: str(_flat(row[sort])), reverse=page.query.get("down") == "1")
    return kept


VIEW = View("browse", "/browse", (get("/browse", show), get("/browse.csv", download)))

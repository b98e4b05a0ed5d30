"""Overview: documents by themes, how far apart the documents stand, and each theme with its provisions."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.report.words import lede
from polidiff.web.pages import Page
from polidiff.web.routing import View, get
from polidiff.web.views.distance import distances
from polidiff.web.views.queue import progress
from polidiff.web.views.waiting import waiting

KINDS = ("shared", "divergent", "only")


def show(page: Page) -> Response:
    """The matrix: a row a theme, a column a document. ``kind`` and ``only`` (a document's id) narrow it."""
    snapshot, fresh = page.desk.snapshot()
    if snapshot is None:
        return waiting(page, "overview")
    bench = snapshot.bench(page.tongue)
    kind = page.query.get("kind", "")
    chosen = [
        (head, [theme for theme in head.every if kind not in KINDS or theme.kind == kind])
        for head in snapshot.heads(page.tongue)
    ]
    findings = bench.comparison.findings
    return page.render(
        "overview.html",
        here_is="overview",
        fresh=fresh,
        bench=bench,
        lede=lede(bench),
        heads=[(head, themes) for head, themes in chosen if themes],
        kind=kind,
        narrow=snapshot.comparison.within,
        counts={one: sum(finding.finding == one for finding in findings) for one in KINDS},
        distance=distances(snapshot, page.tongue),
        progress=progress(page, snapshot),
    )


def theme(page: Page) -> Response:
    """One theme with its passages, as the report shows it."""
    snapshot, fresh = page.desk.snapshot()
    if snapshot is None:
        return waiting(page, "overview")
    name = page.request.path_params["theme"]
    views = [one for head in snapshot.heads(page.tongue) for one in head.every]
    place = next((number for number, one in enumerate(views) if one.theme == name), None)
    if place is None:
        raise HTTPException(404)
    return page.render(
        "theme.html",
        here_is="overview",
        fresh=fresh,
        bench=snapshot.bench(page.tongue),
        theme=views[place],
        before=views[place - 1] if place else None,
        after=views[place + 1] if place + 1 < len(views) else None,
    )


VIEW = View("overview", "/", (get("/", show), get("/themes/{theme:path}", theme)))

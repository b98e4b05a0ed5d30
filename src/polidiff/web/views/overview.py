"""Overview: documents by themes, how far apart the documents stand, and each theme with its provisions."""

from __future__ import annotations

import math
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.model import Finding
from polidiff.report.counts import decided, undecided
from polidiff.report.names import Party, finding_name
from polidiff.report.passages import PassageView, ReportContext
from polidiff.report.themes import by_whom
from polidiff.report.words import lede
from polidiff.web.pages import Page
from polidiff.web.routing import View, get, post
from polidiff.web.snapshot import Snapshot
from polidiff.web.views import start
from polidiff.web.views.deciding import name_of_reader, remember
from polidiff.web.views.distance import distances
from polidiff.web.views.queue import ALL, Queue, standings_of
from polidiff.web.views.unsettled import columns_of, missing, open_theme, unsettled
from polidiff.web.views.waiting import waiting
from polidiff.workspace.forms import parse_decision

MOST_MATTERS = 24
"""Matters that the overview shows; the report has all."""

KINDS = ("shared", "divergent", "only")


def show(page: Page) -> Response:
    """The matrix: a row a theme, a column a document. ``kind`` and ``only`` (a document's id) narrow it."""
    snapshot, fresh = page.desk.snapshot()
    if snapshot is None:
        return start.show(page) if start.wanted(page) else waiting(page, "overview")
    bench = snapshot.bench(page.tongue)
    kind = page.query.get("kind", "")
    chosen = [
        (head, [theme for theme in head.every if kind not in KINDS or theme.kind == kind])
        for head in snapshot.heads(page.tongue)
    ]
    findings = bench.comparison.findings
    shown = {finding.theme for finding in (*findings, *undecided(bench.comparison)) if finding.matter is None}
    return page.render(
        "overview.html",
        here_is="overview",
        fresh=fresh,
        bench=bench,
        lede=lede(bench),
        headlines=[(one.printed, _place(snapshot, one.finding)) for one in snapshot.brief(page.tongue).of("headline")],
        heads=[(head, themes) for head, themes in chosen if themes],
        kind=kind,
        heat=_heat(max((count for _, themes in chosen for one in themes for count in one.counts), default=0)),
        narrow=snapshot.comparison.within,
        counts={one: sum(finding.finding == one for finding in findings) for one in KINDS},
        distance=distances(snapshot, page.tongue),
        settle=Queue(snapshot, standings_of(page), ALL).counts["settle"],
        matters=_matters(page, bench),
        open_ones=unsettled(page, snapshot),
        people={one.theme: by_whom(bench, one) for one in findings if one.by == "person"},
        left=[(name, _named(page, name)) for name in snapshot.findings if name not in shown],
    )


def _matters(page: Page, bench: ReportContext) -> list[tuple[str, str, list[Party], list[PassageView]]]:
    """The weightiest matters that are decided: name, what was found, who speaks to it, and a passage of each."""
    made: list[tuple[str, str, list[Party], list[PassageView]]] = []
    firsts_of = {one.matter: one for one in reversed(decided(bench.comparison))}
    for finding in [one for one in decided(bench.comparison) if firsts_of[one.matter] is one][:MOST_MATTERS]:
        name = finding_name(finding, page.tongue)
        firsts = {one.document: one for one in reversed(finding.passages)}
        parties = [party for party in bench.parties if party.id in finding.documents]
        made.append((name, finding.finding, parties, [bench.view(firsts[p.id]) for p in parties if p.id in firsts]))
    return made


HEATS = 5
"""Shades of the table; the darkest is for the most passages, each step for a third of those of the one above it."""


def _heat(most: int) -> Callable[[int], int]:
    """Return which shade (0, none, to :data:`HEATS`) a number of passages has where the largest is ``most``."""

    def shade(count: int) -> int:
        if not count:
            return 0
        return max(1, min(HEATS, HEATS - int(math.log(most / count) / math.log(3) + 0.5)))

    return shade


def _place(snapshot: Snapshot, finding: int | None) -> str:
    """The theme of the page that shows a headline's finding; empty where it is on a matter."""
    themes = snapshot.comparison.findings
    return themes[finding].theme if finding is not None and finding < len(themes) else ""


def theme(page: Page) -> Response:
    """One theme with its passages, as the report shows it."""
    snapshot, fresh = page.desk.snapshot()
    if snapshot is None:
        return waiting(page, "overview")
    name = page.request.path_params["theme"]
    views = [one for head in snapshot.heads(page.tongue) for one in head.every]
    place = next((number for number, one in enumerate(views) if one.theme == name), None)
    if all(one.id != name for one in page.desk.codebook().themes):
        raise HTTPException(404)
    held = None
    if name in snapshot.findings:
        with page.desk.workspace() as work:
            held = work.standing(snapshot.findings[name])
    if place is None and (open_one := open_theme(snapshot, name)) is not None:
        reasons = list(map(snapshot.bench(page.tongue).reason, open_one.reasons))
        return page.render(
            "open.html", here_is="overview", fresh=fresh, bench=snapshot.bench(page.tongue), name=_named(page, name),
            theme=name, held=held, missing=missing(page, snapshot, open_one), reasons=reasons,
            columns=columns_of(page, snapshot, open_one), choices=_choices(open_one), unsettled=True,
        )  # fmt: skip
    if place is None:
        return page.render(
            "left.html", here_is="overview", fresh=fresh, name=_named(page, name), theme=name, held=held,
            choices=(), unsettled=False,
        )  # fmt: skip
    return page.render(
        "theme.html",
        held=held,
        here_is="overview",
        fresh=fresh,
        bench=snapshot.bench(page.tongue),
        theme=views[place],
        choices=_choices(next(one for one in snapshot.comparison.findings if one.theme == name)),
        unsettled=False,
        before=views[place - 1] if place else None,
        after=views[place + 1] if place + 1 < len(views) else None,
    )


def _choices(finding: Finding) -> tuple[str, ...]:
    """What a person can say of a finding instead: one document alone speaks, or several share a theme or part on it."""
    alone = len({passage.document for passage in finding.passages}) == 1
    possible = (*(("shared", "divergent") if len(finding.documents) > 1 else ()), *(("only",) if alone else ()))
    return tuple(one for one in possible if one != finding.finding)


def _named(page: Page, theme: str) -> str:
    names = {one.id: one for one in page.desk.codebook().themes}
    if theme not in names:
        return theme
    return (names[theme].name_zh if page.tongue == "zh" else names[theme].name) or theme


def decide(page: Page) -> Response:
    """Accept a finding, leave it out of the report, or note something about it."""
    by = name_of_reader(page)
    snapshot, _ = page.desk.snapshot(patience=0)
    name = page.request.path_params["theme"]
    if snapshot is None or name not in snapshot.findings:
        raise HTTPException(404)
    with page.desk.workspace() as work:
        form = parse_decision(work, snapshot.findings[name], {"seen": "", **page.form})
        form.write(work, by=by, when=page.desk.now())
    page.desk.wake()
    return remember(page, by, page.go(f"/themes/{name}", "decide"))


VIEW = View("overview", "/", (get("/", show), get("/themes/{theme:path}", theme), post("/themes/{theme:path}", decide)))

"""Review: the queue by doubt, one proposal at a time; decided by buttons, or by single keys where scripts run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.errors import InputError
from polidiff.report.passages import PassageView
from polidiff.report.reasons import said
from polidiff.web.pages import Page
from polidiff.web.routing import View, get, post
from polidiff.web.snapshot import Snapshot
from polidiff.web.views.deciding import name_of_reader, remember
from polidiff.web.views.queue import KINDS, SHOWS, Choice, choice_of, chosen, is_open, overlaid, standings_of
from polidiff.web.views.waiting import waiting
from polidiff.workspace import Decision, Item, Verb, Workspace
from polidiff.workspace.decisions import RELATIONS
from polidiff.workspace.names import name_of
from polidiff.workspace.state import agreements

NEXT = 8
"""Proposals that are listed as coming next."""


def show(page: Page) -> Response:
    """One proposal. ``at`` names it; without, the first of the list."""
    snapshot, fresh = page.desk.snapshot(patience=0)
    if snapshot is None:
        return waiting(page, "review")
    choice = choice_of(page)
    standings = standings_of(page)
    items = overlaid(snapshot, standings, blind=choice.blind)
    listed = chosen(items, choice)
    item, before, after, place = _around(items, listed, page.query.get("at", ""))
    with page.desk.workspace() as work:
        people = Counter(row.by for row in work.rows() if row.verb not in ("note", "undo"))
        last = _said(page, work, page.query.get("did", ""))
    total = len(items)
    return page.render(
        "review.html",
        here_is="review",
        fresh=fresh,
        choice=choice,
        shows=SHOWS,
        kinds=KINDS,
        documents=[document.id for document in snapshot.comparison.documents],
        item=item,
        passages=_passages(page, snapshot, item) if item is not None else (),
        proposed=_proposed(page, snapshot, item) if item is not None else "",
        reasons=[said(reason.text, page.tongue) for reason in item.reasons] if item is not None else [],
        relations=list(enumerate(RELATIONS, 1)),
        before=before,
        after=after,
        place=place,
        listed=listed,
        coming=_coming(listed, item),
        short=lambda one: _proposed(page, snapshot, one),
        done=total - sum(is_open(one, choice) for one in items),
        total=total,
        last=last,
        problem=page.query.get("problem", ""),
        agreements=agreements(standings.values()),
        people=sorted(people.items()),
    )


def _around(
    items: Sequence[Item], listed: Sequence[Item], at: str
) -> tuple[Item | None, Item | None, Item | None, int]:
    """The proposal that is looked at, its neighbours in the list, and its place there (0: it isn't in the list)."""
    if not at:
        return (listed[0] if listed else None), None, (listed[1] if len(listed) > 1 else None), min(1, len(listed))
    order = {item.name: number for number, item in enumerate(items)}
    if at not in order:
        raise HTTPException(404)
    here = order[at]
    before = [item for item in listed if order[item.name] < here]
    after = [item for item in listed if order[item.name] > here]
    inside = len(before) + len(after) < len(listed)
    return items[here], (before[-1] if before else None), (after[0] if after else None), (len(before) + 1) * inside


def _coming(listed: Sequence[Item], item: Item | None) -> list[Item]:
    place = next((n for n, one in enumerate(listed) if item is not None and one.name == item.name), -1)
    return list(listed[place + 1 : place + 1 + NEXT])


def _passages(page: Page, snapshot: Snapshot, item: Item) -> list[PassageView]:
    """The passages of a proposal, with the words in common marked for a link, and the cues for a code."""
    bench = snapshot.bench(page.tongue)
    if item.target.kind != "link":
        return [bench.view(passage) for passage in item.passages]
    return [bench.view(replace(passage, cues=()), same=passage.cues) for passage in item.passages]


def _proposed(page: Page, snapshot: Snapshot, item: Item) -> str:
    """What is proposed, in words."""
    if item.target.kind == "link":
        return page.t(f"relation.{item.proposed}")
    ident = item.target.code.partition(":")[2]
    for theme in snapshot.comparison.codebook.themes:
        if theme.id == ident:
            return (theme.name_zh if page.tongue == "zh" else theme.name) or theme.id
    return ident


def _said(page: Page, work: Workspace, ident: str) -> tuple[Decision, str] | None:
    """The decision that was just made, to be said and taken back."""
    row = next((one for one in reversed(work.rows()) if one.id == ident), None) if ident else None
    return None if row is None else (row, name_of(row.target, work.places()) or "")


def decide(page: Page) -> Response:
    """Write a decision down, and go on to the next open proposal of the list."""
    by = name_of_reader(page)
    snapshot, _ = page.desk.snapshot(patience=0)
    name, verb = str(page.form.get("at", "")), str(page.form.get("verb", ""))
    item = snapshot.by_name.get(name) if snapshot is not None else None
    if snapshot is None or item is None:
        raise HTTPException(404)
    choice = choice_of(page)
    why = str(page.form.get("why", ""))
    with page.desk.workspace() as work:
        value = ""
        if verb in RELATIONS:
            verb, value = "relation", verb
        elif verb == "accept" and item.target.kind == "link":
            held = None if choice.blind else work.standing(item.target).decided
            value = held.value if held is not None and held.verdict != "reject" else item.proposed
        elif verb not in ("accept", "reject", "note"):
            raise InputError("verb", "is nothing that can be decided here")
        row = work.decide(
            item.target, cast(Verb, verb), by=by, when=page.desk.now(), value=value, why=why, blind=choice.blind
        )
    if verb == "note":
        return remember(page, by, page.go("/review", **_carried(page), at=name))
    after = _next_open(page, snapshot, choice, name)
    return remember(page, by, page.go("/review", **_carried(page), at=after, did=row.id))


def _next_open(page: Page, snapshot: Snapshot, choice: Choice, name: str) -> str:
    """The name of the next proposal of the list after one; empty where that was the last."""
    items = overlaid(snapshot, standings_of(page), blind=choice.blind)
    after = _around(items, chosen(items, choice), name)[2]
    return after.name if after is not None else ""


def undo(page: Page) -> Response:
    """Take a decision back: the one that is named, or the reader's last."""
    by = name_of_reader(page)
    wanted = str(page.form.get("id", ""))
    with page.desk.workspace() as work:
        live = {row.id for held in (*work.standings().values(), *work.orphans().values()) for row in held.live}
        mine = [row for row in reversed(work.rows()) if row.by == by and row.verb != "undo" and row.id in live]
        row = next((one for one in mine if not wanted or one.id == wanted), None)
        if row is None:
            return page.go("/review", **_carried(page), at=page.form.get("at", ""), problem="undo")
        work.undo(row, by=by, when=page.desk.now())
        name = name_of(row.target, work.places()) or ""
    snapshot, _ = page.desk.snapshot(patience=0)
    known = snapshot is not None and name in snapshot.by_name
    return page.go("/review", **_carried(page), at=name if known else "", problem="undone")


def _carried(page: Page) -> dict[str, object]:
    """The choice of the list, from one page to the next."""
    return {name: page.query[name] for name in ("show", "kind", "document", "theme", "blind") if name in page.query}


VIEW = View("review", "/review", (get("/review", show), post("/review", decide), post("/review/undo", undo)))

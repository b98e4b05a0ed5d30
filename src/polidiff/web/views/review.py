"""Review: the queue by worth, one proposal at a time; decided by buttons, or by single keys where scripts run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.coding.decided import FEWEST, Tuning
from polidiff.report.names import finding_name
from polidiff.report.passages import PassageView
from polidiff.web.pages import Page
from polidiff.web.routing import View, get, post
from polidiff.web.snapshot import KINDS, Snapshot
from polidiff.web.views import judging
from polidiff.web.views.deciding import name_of_reader, remember
from polidiff.web.views.queue import ALL, SHOWS, Choice, Queue, choice_of, standings_of
from polidiff.web.views.waiting import waiting
from polidiff.workspace import Decision, DecisionState, Item, Target, Workspace
from polidiff.workspace import tuning as tunings
from polidiff.workspace.decisions import RELATIONS
from polidiff.workspace.forms import parse_decision
from polidiff.workspace.learning import taught
from polidiff.workspace.names import name_of
from polidiff.workspace.state import agreements

OPENING = 48
"""Characters of a passage by which a decision on it is told."""

NEXT = 8
"""Proposals that are listed as coming next."""


def show(page: Page) -> Response:
    """One proposal. ``at`` names it; without, the first of the list."""
    snapshot, fresh = page.desk.snapshot(patience=0)
    if snapshot is None:
        return waiting(page, "review")
    choice = choice_of(page)
    standings = standings_of(page)
    queue = Queue(snapshot, standings, choice)
    number, before, after, place = _looked_at(queue, page.query.get("at", ""))
    item = None if number is None else queue.item(number)
    with page.desk.workspace() as work:
        tuning, kept = _taught(snapshot, standings), tunings.kept(work.store)
        people = Counter(row.by for row in work.rows() if row.verb not in ("note", "undo"))
        last = _said(work, page.query.get("did", ""))
        numbered = {row.id: place for place, row in enumerate(work.rows())} if last is not None else {}
    effects = page.desk.history.effects(numbered[last.id]) if last is not None else None
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
        shown=_accepted(item, choice) if item is not None else "",
        seen=item.standing.tips if item is not None and item.standing is not None and not choice.blind else (),
        reasons=list(map(snapshot.bench(page.tongue).reason, item.reasons)) if item is not None else [],
        relations=list(enumerate(RELATIONS, 1)),
        before=None if before is None else queue.item(before).name,
        after=None if after is None else queue.item(after).name,
        place=place,
        left=len(queue.listed),
        coming=[(one, queue.item(one)) for one in _coming(queue, number)],
        short=lambda one: _proposed(page, snapshot, one),
        done=queue.done,
        total=queue.total,
        last=last,
        last_called=_called(snapshot, last) if last is not None else "",
        effects=effects,
        tuning=tuning,
        kept=kept,
        fewest=FEWEST,
        asking=judging.asking(page),
        showing=queue.show,
        counts=queue.counts,
        settle=(queue if choice == ALL else Queue(snapshot, standings, ALL)).counts["settle"],
        stake=queue.stake(number),
        named=finding_name,
        stakes={one: stake for one in _coming(queue, number) if (stake := queue.stake(one)) is not None},
        party=snapshot.bench(page.tongue).party,
        problem=page.query.get("problem", ""),
        agreements=agreements(standings.values()),
        people=sorted(people.items()),
    )


def _taught(snapshot: Snapshot, standings: Mapping[Target, DecisionState]) -> Tuning | None:
    """What the decisions on codes teach; None where there are too few."""
    decided = (
        replace(snapshot.items[snapshot.numbers[target]], standing=held)
        for target, held in standings.items()
        if target in snapshot.numbers
    )
    return taught(decided)


def learn(page: Page) -> Response:
    """Let comparisons use what the decisions teach, where that gains anything, or the bundled scores again."""
    snapshot, _ = page.desk.snapshot(patience=0)
    if snapshot is None:
        raise HTTPException(404)
    tuning = _taught(snapshot, standings_of(page)) if page.form.get("what") == "keep" else None
    with page.desk.workspace() as work:
        if tuning is not None and tuning.gains:
            tunings.keep(work.store, tuning)
        else:
            tunings.forget(work.store)
    page.desk.wake()
    return page.go("/review", "teach")


def _looked_at(queue: Queue, at: str) -> tuple[int | None, int | None, int | None, int]:
    """The proposal that is looked at, its neighbours in the list, and its place there."""
    if at:
        try:
            return queue.around(at)
        except KeyError as error:
            raise HTTPException(404) from error
    first, second = (*queue.listed[:2], None, None)[:2]
    return first, None, second, min(1, len(queue.listed))


def _coming(queue: Queue, number: int | None) -> list[int]:
    place = queue.listed.index(number) + 1 if number in queue.listed else 0
    return queue.listed[place : place + NEXT]


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


def _accepted(item: Item, choice: Choice) -> str:
    """What is accepted of what is shown: the relation that was decided, else the one that is proposed."""
    held = None if choice.blind or item.standing is None else item.standing.decided
    return held.value if held is not None and held.verdict != "reject" else item.proposed


def _said(work: Workspace, ident: str) -> Decision | None:
    """The decision that was just made, to be said and taken back."""
    return next((one for one in reversed(work.rows()) if one.id == ident), None) if ident else None


def _called(snapshot: Snapshot, row: Decision) -> str:
    """What a decision was on, by the first words of its passages."""
    number = snapshot.numbers.get(row.target)
    passages = snapshot.items[number].passages if number is not None else ()
    return " ↔ ".join(f"“{passage.text[:OPENING].strip()}…”" for passage in passages)


def decide(page: Page) -> Response:
    """Write a decision down, and go on to the next open proposal of the list."""
    by = name_of_reader(page)
    snapshot, _ = page.desk.snapshot(patience=0)
    name = str(page.form.get("at", ""))
    if snapshot is None or name not in snapshot.by_name:
        raise HTTPException(404)
    item = snapshot.items[snapshot.by_name[name]]
    choice = choice_of(page)
    with page.desk.workspace() as work:
        form = parse_decision(work, item.target, page.form, proposed=item.proposed)
        row = form.write(work, by=by, when=page.desk.now(), blind=choice.blind)
        at_odds = work.standing(item.target).conflict and not choice.blind
    if form.verb == "note" or at_odds:
        return remember(page, by, page.go("/review", "now", **_carried(page), at=name))
    queue = Queue(snapshot, standings_of(page), choice)
    after = queue.around(name)[2]
    following = "" if after is None else queue.item(after).name
    return remember(page, by, page.go("/review", "now", **_carried(page), at=following, did=row.id))


def undo(page: Page) -> Response:
    """Take a decision back: the one that is named, or the reader's last."""
    by = name_of_reader(page)
    wanted = str(page.form.get("id", ""))
    with page.desk.workspace() as work:
        live = {row.id for held in (*work.standings().values(), *work.orphans().values()) for row in held.live}
        mine = [row for row in reversed(work.rows()) if row.by == by and row.verb != "undo" and row.id in live]
        row = next((one for one in mine if not wanted or one.id == wanted), None)
        if row is None:
            return page.go("/review", "now", **_carried(page), at=page.form.get("at", ""), problem="undo")
        work.undo(row, by=by, when=page.desk.now())
        name = name_of(row.target, work.places()) or ""
    page.desk.wake()
    if document := str(page.form.get("document", "")):
        return page.go("/provision", document=document, at=str(page.form.get("at", "")))
    snapshot, _ = page.desk.snapshot(patience=0)
    known = snapshot is not None and name in snapshot.by_name
    return page.go("/review", "now", **_carried(page), at=name if known else "", problem="undone")


def _carried(page: Page) -> dict[str, object]:
    """The choice of the list, from one page to the next."""
    return {name: page.query[name] for name in ("show", "kind", "document", "theme", "blind") if name in page.query}


VIEW = View(
    "review",
    "/review",
    (
        get("/review", show),
        post("/review", decide),
        post("/review/undo", undo),
        post("/review/learn", learn),
        post("/review/judge", judging.ask),
    ),
)

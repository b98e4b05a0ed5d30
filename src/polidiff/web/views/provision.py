"""One provision: its codes, and the decisions that no queue asks for: other labels, added themes, cuts, notes."""

from __future__ import annotations

from typing import get_args

from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.lang.sentences import sentences
from polidiff.model import Coding, Forum, LawStrength, PlanStrength, Posture, Provision
from polidiff.report.names import headings, lang
from polidiff.web.pages import Page
from polidiff.web.views.deciding import name_of_reader, remember
from polidiff.workspace import Workspace
from polidiff.workspace.apply import decided, side_as_decided
from polidiff.workspace.forms import parse_decision

SINGLE = {"posture": get_args(Posture), "forum": get_args(Forum)}


def show(page: Page) -> Response:
    """The provision that holds an offset (``at``) of a document."""
    with page.desk.workspace() as work:
        found = _found(page, work, page.query.get("document", ""), page.query.get("at", ""))
        places = work.places()
        document = places.documents[found.document][0]
        after = places.next_leaf(found)
        scale = work.store.settings().get("scale", "plan")
        standings = work.standings()
        held = [one for target, one in standings.items() if places.anchor(document.id, found.span) in target.anchors]
        coding = _coding(page, work, found)
    joins = after is not None and (after.parent, after.path) == (found.parent, found.path)
    cuts = [
        (found.start + span.start, found.text[span.start : span.end])
        for span in sentences(found.text, found.language)[1:]
    ]
    steps = get_args(LawStrength if scale == "law" else PlanStrength)
    names = {t.id: (t.name_zh if page.tongue == "zh" else t.name) or t.id for t in page.desk.codebook().themes}
    return page.render(
        "provision.html",
        here_is="documents",
        provision=found,
        document=document,
        above=headings(document.title, found.path),
        language=lang(found.language),
        coding=coding,
        themes=names,
        labels={"strength": steps, **SINGLE},
        cuts=cuts,
        joins=joins,
        rows=[row for one in held for row in one.live],
        last=next((row for one in held for row in one.live if row.id == page.query.get("did", "-")), None),
        by=page.by,
    )


def decide(page: Page) -> Response:
    """Write a decision down, or the name of who decides, and go back to the provision."""
    by = name_of_reader(page)
    document, at = str(page.form.get("document", "")), str(page.form.get("at", ""))
    if page.form.get("what") == "name":
        return remember(page, by, page.go("/provision", document=document, at=at))
    with page.desk.workspace() as work:
        found = _found(page, work, document, at)
        words = str(page.form.get("words", "")).strip()
        fields = {"verb": page.form.get("what"), "split": words, **{k: page.form.get(k) for k in ("value", "why")}}
        row = parse_decision(work, f"{found.document}#{found.id}", fields).write(work, by=by, when=page.desk.now())
    page.desk.wake()
    return remember(page, by, page.go("/provision", document=document, at=at, did=row.id))


def _found(page: Page, work: Workspace, document: str, at: str) -> Provision:
    read = work.places().documents.get(document)
    place = int(at) if at.isascii() and at.isdigit() and len(at) < 12 else -1
    found = next((p for p in read[1] if p.leaf and p.start <= place < p.end), None) if read is not None else None
    if found is None:
        raise HTTPException(404)
    return found


def _coding(page: Page, work: Workspace, found: Provision) -> Coding | None:
    """The coding as it was decided up to now, where the provision is coded."""
    snapshot, _ = page.desk.snapshot(patience=0)
    if snapshot is None:
        return None
    side = next((side for side in snapshot.proposal.sides if side.document.id == found.document), None)
    if side is None:
        return None
    made = side_as_decided(side, decided(work.standings().values(), work.places()).codes)
    both = zip(made.provisions, made.codings, strict=True)
    return next((coding for provision, coding in both if provision.id == found.id), None)

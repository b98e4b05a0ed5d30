"""One provision: its codes, and the decisions that no queue asks for: other labels, added themes, cuts, notes."""

from __future__ import annotations

from typing import get_args

from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.errors import InputError
from polidiff.lang.sentences import sentences
from polidiff.model import Coding, Forum, LawStrength, PlanStrength, Posture, Provision
from polidiff.report.names import lang
from polidiff.web.pages import Page
from polidiff.web.views.deciding import name_of_reader, remember
from polidiff.workspace import Workspace
from polidiff.workspace.apply import decided, side_as_decided

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
        language=lang(found.language),
        coding=coding,
        themes=names,
        labels={"strength": steps, **SINGLE},
        cuts=cuts,
        joins=joins,
        rows=[row for one in held for row in one.live],
        by=page.by,
    )


def decide(page: Page) -> Response:
    """Write a decision down, and go back to the provision."""
    by = name_of_reader(page)
    document, at = str(page.form.get("document", "")), str(page.form.get("at", ""))
    what, value = str(page.form.get("what", "")), str(page.form.get("value", ""))
    why = str(page.form.get("why", ""))
    with page.desk.workspace() as work:
        found = _found(page, work, document, at)
        name = f"{found.document}#{found.id}"
        now = page.desk.now()
        if what == "split":
            words = str(page.form.get("words", "")).strip()
            place = str(work.offset(name, words)) if words else value
            work.decide(name, "split", by=by, when=now, value=place, why=why)
        elif what == "merge":
            work.decide(name, "merge", by=by, when=now, why=why)
        elif what == "note":
            work.decide(name, "note", by=by, when=now, why=why)
        elif what in ("accept", "reject"):
            work.decide(f"{name}=theme:{value}", "accept" if what == "accept" else "reject", by=by, when=now, why=why)
        elif what in ("strength", "posture", "forum"):
            work.decide(f"{name}={what}", "label", by=by, when=now, value=value, why=why)
        else:
            raise InputError("what", "is nothing that can be decided here")
    page.desk.wake()
    return remember(page, by, page.go("/provision", document=document, at=at))


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

"""Documents: what is held, adding, and reading a text with a passage lit up."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.interchange.citations import Form, quotation
from polidiff.model import Block, Document, Provision, Span
from polidiff.readers.catalog import bundled
from polidiff.report.marks import Mark, marked
from polidiff.report.names import lang, place
from polidiff.web.pages import Page
from polidiff.web.routing import View, get, post
from polidiff.web.snapshot import MOST, choose, chosen_of
from polidiff.web.views import provision
from polidiff.web.views.uploads import fetch, sample, upload
from polidiff.web.views.work import outcome
from polidiff.wording import Locale, say
from polidiff.workspace.status import Held

LONGEST = 20_000
"""Characters of a quotation."""

PART = 120
"""Blocks of a text on one page."""

PROBLEMS = ("file", "url", "name", "choice")


@dataclass(frozen=True)
class Line:
    """A block as it is shown: its words, with the provisions that begin in it."""

    kind: str
    level: int
    start: int
    page: str
    html: Markup
    lit: bool
    provisions: tuple[Provision, ...]


def show(page: Page) -> Response:
    """The list of documents, and the forms to add some."""
    with page.desk.workspace() as work:
        places = work.places()
        versions = Counter(name for name, _, _ in work.store.versions())
        facts = {name: read[0] for name, read in places.documents.items()}
        held = [
            Held(
                id=name,
                title=places.documents[name][0].title,
                kind=places.documents[name][0].kind,
                text_sha256=one.text_sha256,
                source_sha256=places.documents[name][0].sha256,
                added=one.when[:16].replace("T", " "),
                versions=versions[name],
                provisions=sum(p.leaf for p in places.documents[name][1]),
            )
            for name, one in work.library.current().items()
        ]
        languages = {name: lang(read[0].language) for name, read in places.documents.items()}
        chosen = frozenset(chosen_of(work))
        orphans = sum(bool(one.live) for one in work.orphans().values())
    problem = page.query.get("problem", "")
    narrowed = {name: page.query.get(name, "") for name in ("country", "kind", "year")}
    kept = {name for name, document in facts.items() if all(_is(document, *one) for one in narrowed.items())}
    tasks = [task for task in page.desk.work.tasks() if task.order.kind == "add"][:8]
    return page.render(
        "documents.html",
        here_is="documents",
        held=[one for one in held if one.id in kept],
        all_held=len(held),
        facts=facts,
        countries=sorted(_countries(page, facts.values()), key=lambda pair: pair[1]),
        doc_kinds=sorted({one.kind for one in facts.values()}),
        years=sorted({one.date[:4] for one in facts.values() if one.date}),
        narrowed=narrowed,
        place=lambda code: place(code, page.tongue),
        languages=languages,
        orphans=orphans,
        chosen=chosen,
        most_compared=MOST,
        problem=problem if problem in PROBLEMS else "",
        most=page.settings.max_upload >> 20,
        samples=[name for name in bundled() if name.endswith((".en", ".zh")) and name not in {one.id for one in held}],
        tasks=tasks,
        outcome={task.id: outcome(page, task) for task in tasks},
    )


def _countries(page: Page, documents: Iterable[Document]) -> set[tuple[str, str]]:
    return {(one.jurisdiction, place(one.jurisdiction, page.tongue)) for one in documents if one.jurisdiction}


def _is(document: Document, name: str, value: str) -> bool:
    """Whether a document is of this country, kind or year, where one is named."""
    own = {"country": document.jurisdiction, "kind": document.kind, "year": (document.date or "")[:4]}[name]
    return not value or own == value


def compare(page: Page) -> Response:
    """Choose which documents are compared, for everybody who works on the workspace."""
    names = [str(name) for name in page.form["*"].getlist("document")]
    with page.desk.workspace() as work:
        known = set(work.library.current()) & set(names)
        if len(known) == 1 or len(known) > MOST:
            return page.go("/documents", problem="choice")
        choose(work, [] if len(known) == len(work.library.current()) else sorted(known))
    page.desk.wake()
    return page.go("/documents")


def text(page: Page) -> Response:
    """A document's own words, a part at a time. ``at`` is an offset: its provision is lit up."""
    name = page.request.path_params["document"]
    with page.desk.workspace() as work:
        read = work.places().documents.get(name)
    if read is None:
        raise HTTPException(404)
    document, provisions = read
    blocks = [block for block in document.blocks if block.start < block.end]
    at = number_of(page, "at")
    lit = next((p for p in provisions if p.leaf and at is not None and p.start <= at < p.end), None)
    parts = max(1, -(-len(blocks) // PART))
    part = number_of(page, "part")
    if part is None:
        place = bisect_right([block.start for block in blocks], at) - 1 if at is not None else 0
        part = max(0, place) // PART + 1
    part = min(max(part, 1), parts)
    return page.render(
        "document.html",
        here_is="documents",
        document=document,
        language=lang(document.language),
        lines=_lines(document, blocks[(part - 1) * PART : part * PART], provisions, lit, page.tongue),
        part=part,
        parts=parts,
        source=[one for one in (document.issuer, document.title, document.date) if one],
    )


def quote(page: Page) -> Response:
    """Words of a document with their source, in every form: ``start`` and ``end`` are offsets of its text."""
    name = page.query.get("document", "")
    with page.desk.workspace() as work:
        read = work.places().documents.get(name)
    start, end = number_of(page, "start"), number_of(page, "end")
    if read is None or start is None or end is None or not start < end <= min(len(read[0].text), start + LONGEST):
        raise HTTPException(404)
    document, span = read[0], Span(start, end)
    return page.render(
        "quote.html",
        here_is="documents",
        document=document,
        language=lang(document.language),
        start=start,
        words=marked(document.text, start, end),
        end=end,
        forms=[(form, quotation(document, span, form, page.tongue)) for form in get_args(Form)],
    )


def number_of(page: Page, name: str) -> int | None:
    """A number in the address, or None."""
    value = page.query.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None


def _lines(
    document: Document, blocks: list[Block], provisions: tuple[Provision, ...], lit: Provision | None, tongue: Locale
) -> list[Line]:
    leaves = sorted((p for p in provisions if p.leaf), key=lambda p: p.start)
    starts = [p.start for p in leaves]
    lines = []
    for block in blocks:
        inside = leaves[bisect_right(starts, block.start - 1) : bisect_right(starts, block.end - 1)]
        shown = lit is not None and block.span.overlaps(lit.span)
        marks = [Mark(lit.start, lit.end, "mark", (("class", "lit"),))] if lit is not None and shown else []
        html = marked(document.text, block.start, block.end, marks)
        first = document.pages_of(block.span)[0]
        where = say("page.number", tongue, number=first) if first is not None else ""
        lines.append(Line(block.kind, min(block.level, 4), block.start, where, html, shown, tuple(inside)))
    return lines


VIEW = View(
    "documents",
    "/documents",
    (
        get("/documents", show),
        post("/documents", upload),
        post("/documents/address", fetch),
        post("/documents/sample", sample),
        post("/documents/compare", compare),
        get("/documents/{document:path}", text),
        get("/quote", quote),
        get("/provision", provision.show),
        post("/provision", provision.decide),
    ),
)

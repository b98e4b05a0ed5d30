"""Documents: what is held, narrowed and chosen, and adding some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from starlette.responses import Response

from polidiff.model import Document
from polidiff.readers.catalog import bundled
from polidiff.report.names import lang, place, title_of
from polidiff.web.pages import Page
from polidiff.web.routing import View, get, post
from polidiff.web.snapshot import MOST, choose, chosen_of
from polidiff.web.views import against, provision, reading, versions
from polidiff.web.views.uploads import fetch, sample, upload
from polidiff.web.views.work import outcome
from polidiff.workspace.status import Held

PROBLEMS = ("file", "url", "name", "choice")


def show(page: Page) -> Response:
    """The list of documents, and the forms to add some."""
    with page.desk.workspace() as work:
        places = work.places()
        counts = Counter(name for name, _, _ in work.store.versions())
        facts = {name: read[0] for name, read in places.documents.items()}
        held = [
            Held(
                id=name,
                title=title_of(places.documents[name][0]),
                kind=places.documents[name][0].kind,
                text_sha256=one.text_sha256,
                source_sha256=places.documents[name][0].sha256,
                added=one.when[:16].replace("T", " "),
                versions=counts[name],
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


VIEW = View(
    "documents",
    "/documents",
    (
        get("/documents", show),
        post("/documents", upload),
        post("/documents/address", fetch),
        post("/documents/sample", sample),
        post("/documents/compare", compare),
        get("/documents/{document:path}", reading.show),
        get("/versions/{document:path}", versions.show),
        get("/against/{document:path}", against.show),
        get("/quote", reading.quote),
        get("/provision", provision.show),
        post("/provision", provision.decide),
    ),
)

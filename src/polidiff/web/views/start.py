"""The way in: choose files, see what each was read as, put that right, compare; the result opens by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from starlette.responses import Response

from polidiff.errors import InputError
from polidiff.model import Document
from polidiff.model.documents import DocumentKind
from polidiff.readers.catalog import bundled
from polidiff.readers.choices import checked_date
from polidiff.report.names import lang, place
from polidiff.web.pages import Page
from polidiff.web.routing import View, get, post
from polidiff.web.snapshot import MOST, choose, chosen_of
from polidiff.web.views.uploads import take_files
from polidiff.web.views.work import outcome
from polidiff.web.worker import Order
from polidiff.wording import reason_text
from polidiff.workspace.corrections import CORRECTED, correct

SAMPLE = ("us-ai-action-plan-2025.digest.en", "cn-global-ai-governance-2025.digest.en")
"""The two bundled digests that the sample compares."""

PROBLEMS = ("file", "choice", "date")


@dataclass(frozen=True)
class ReadAs:
    """What a document was read as, to be looked at and put right. ``facts`` are the fields that can be corrected."""

    document: Document
    language: str
    facts: Mapping[str, str]
    provisions: int
    warnings: tuple[str, ...]
    chosen: bool


def wanted(page: Page) -> bool:
    """Whether there is nothing to show yet but the way in."""
    return page.desk.held or len(page.desk.stamp().documents) < 2


def show(page: Page) -> Response:
    """Files to be chosen, what they were read as, and the button that compares."""
    with page.desk.workspace() as work:
        held = work.library.current()
        chosen = frozenset(chosen_of(work))
        if len(held) > MOST and len(chosen) == len(held):
            chosen = frozenset()  # more than can be compared: whoever wants some ticks them
        read = [
            _read_as(page, document, sum(one.leaf for one in provisions), document.id in chosen)
            for document, provisions in work.places().documents.values()
        ]
    tasks = [task for task in page.desk.work.tasks() if task.order.kind == "add"]
    problem = page.query.get("problem", "")
    return page.render(
        "start.html",
        here_is="overview",
        read=read,
        failed=[task for task in tasks if task.state == "failed"],
        reading=[task for task in tasks if task.open],
        outcome={task.id: outcome(page, task) for task in tasks},
        kinds=[one for one in get_args(DocumentKind) if one in ("official", "digest", "translation")],
        problem=problem if problem in PROBLEMS else "",
        said=page.query.get("said", "")[:80],
        most=page.settings.max_upload >> 20,
        most_compared=MOST,
        sample=all(name in bundled() for name in SAMPLE),
    )


def _read_as(page: Page, document: Document, provisions: int, chosen: bool) -> ReadAs:
    facts = {name: getattr(document, name) or "" for name in CORRECTED}
    facts["jurisdiction"] = place(document.jurisdiction, page.tongue)
    warnings = [
        (page.t("page.number", number=one.page) + ": " if one.page else "") + reason_text(one.reason, page.tongue)
        for one in document.warnings
    ]
    return ReadAs(document, lang(document.language), facts, provisions, tuple(warnings), chosen)


def take(page: Page) -> Response:
    """Take the files, and read them; nothing is compared before somebody says so."""
    page.desk.hold(page.desk.snapshot(patience=0)[0] is None)
    return page.go("/", problem="" if take_files(page) else "file")


def sample(page: Page) -> Response:
    """Take the bundled digests and compare them."""
    page.desk.hold(False)
    with page.desk.workspace() as work:
        held = set(work.library.current())
    for name in SAMPLE:
        if name not in held:
            page.desk.work.add(Order("add", name, name))
    return page.go("/")


def compare(page: Page) -> Response:
    """Put right what was read wrong, and compare the documents that are ticked."""
    names = {str(name) for name in page.form["*"].getlist("document")}
    with page.desk.workspace() as work:
        held = work.places().documents
        chosen = [name for name in held if name in names]
        if not 2 <= len(chosen) <= MOST:
            return page.go("/", problem="choice")
        facts = {name: _facts(page, held[name][0]) for name in held}
        undated = [facts[name].pop("date") for name in held if not _dated(facts[name].get("date", ""))]
        for name in held:
            correct(work, name, facts[name], when=page.desk.now())
        choose(work, [] if len(chosen) == len(held) else chosen)
    if undated:
        return page.go("/", problem="date", said=undated[0])
    page.desk.hold(False)
    page.desk.wake()
    return page.go("/")


def _dated(words: str) -> bool:
    """Whether a date that was typed can be understood, or none was."""
    try:
        checked_date("", words)
        return True
    except InputError:
        return False


def _facts(page: Page, document: Document) -> dict[str, str]:
    """What the form says of a document; a place that is as the page named it stays as it was read."""
    given = {name: page.form.get(f"{name}.{document.id}") for name in CORRECTED}
    facts = {name: value[:300] for name, value in given.items() if isinstance(value, str)}
    if facts.get("jurisdiction") == place(document.jurisdiction, page.tongue):
        facts["jurisdiction"] = document.jurisdiction or ""
    if facts.get("kind", "official") not in get_args(DocumentKind):
        del facts["kind"]
    return facts


VIEW = View(
    "start",
    "/",
    (
        get("/start", lambda page: page.go("/")),
        post("/start", take),
        post("/start/sample", sample),
        post("/start/compare", compare),
    ),
)

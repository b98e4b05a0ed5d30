"""Article: paste one or upload it; each quotation and claim by its verdict, with the passage beside it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from markupsafe import Markup
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.report.articles import numbered
from polidiff.report.cards import family, verdict_name
from polidiff.report.names import lang
from polidiff.web.pages import Page
from polidiff.web.routing import View, get, post
from polidiff.web.views.deciding import name_of_reader, remember
from polidiff.web.views.report import DOCX, READ
from polidiff.web.views.uploads import clean_name
from polidiff.web.views.waiting import steps_of
from polidiff.web.views.work import outcome
from polidiff.web.worker import Order
from polidiff.wording import term
from polidiff.workspace import Decision, Workspace
from polidiff.workspace.articles import (
    FILES,
    WORDS,
    check_of,
    checked_articles,
    checked_file,
    files_of,
    first_verdicts,
    overrule,
    take_back,
    verdict_target,
)
from polidiff.workspace.originals import original_key

STEPS = {"quotes": ("quotes",), "claims": ("claims",), "writing": ()}
"""The steps of a check in their order, with what each finds."""

MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".docx": DOCX,
}


READABLE = {
    "en": ("article.corrected.html", "article.html"),
    "zh": ("article.corrected.zh.html", "article.zh.html"),
}
"""The pages that are read in place."""

BOTH = ("article.docx", "check.json", "claimreview.json")
"""The files that have no other language."""

AT_DESK = ("article.letter", "article.corrected")
"""The files that go to whoever edits the article."""

ENDING = re.compile(r"\.(?:md|txt|html?|docx|pdf)$", re.IGNORECASE)
"""How the name of an uploaded article ends."""

LONGEST_NAME = 70
"""Characters by which a pasted article is called."""

SHOWN = ("all", "bad", "aside")
"""Which verdicts are shown: all, those that don't hold, those that are open."""


def show(page: Page) -> Response:
    """The form, what is being checked with what was found so far, and what was checked.

    ``task`` names work of this server: once that is done, its article opens.
    """
    task = page.desk.work.task(page.number("task") or 0)
    if task is not None and task.state == "done":
        return page.go(f"/article/{task.result['article']}")
    with page.desk.workspace() as work:
        held = checked_articles(work.store)
        documents = len(work.library.current())
        digest = task.order.source.partition(":")[2] if task is not None and task.open else ""
        first = first_verdicts(work.store, digest, page.tongue) if digest else ""
    tasks = [one for one in page.desk.work.tasks() if one.order.kind == "article"]
    return page.render(
        "article.html", here_is="article", held=held, documents=documents, tasks=tasks, lang_of=lang,
        problem=page.query.get("problem", "") == "empty", task=task, steps=steps_of(page, task, STEPS),
        first=Markup(first), outcome={one.id: outcome(page, one) for one in tasks},
    )  # fmt: skip


def take(page: Page) -> Response:
    """Take a pasted or an uploaded article: its bytes go into the workspace, and checking it begins."""
    file = page.form.get("file")
    pasted = str(page.form.get("text", "")).strip()
    if isinstance(file, UploadFile) and file.filename:
        file.file.seek(0)
        name, data = clean_name(file.filename), file.file.read()
    elif pasted:
        again = clean_name(str(page.form.get("name", ""))) if page.form.get("name") else ""
        ending = ENDING.search(again)
        name = f"{again[: ending.start()]}.md" if ending is not None else headline(pasted) or page.t("article.pasted")
        data = pasted.replace("\r\n", "\n").encode("utf-8", "replace")
    else:
        return page.go("/article", problem="empty")
    digest = hashlib.sha256(data).hexdigest()
    with page.desk.workspace() as work:
        work.store.keep({original_key(digest): data})
    task = page.desk.work.add(Order("article", f"upload:{digest}", name, f"article-{digest[:8]}"))
    return page.go("/article", task=task.id)


def headline(text: str) -> str:
    """Return a pasted article's first line, as the article is called while it is checked; cut where it is long."""
    line = " ".join(next(iter(text.splitlines()), "").lstrip("#* ").split())
    return line if len(line) <= LONGEST_NAME else line[:LONGEST_NAME].rsplit(" ", 1)[0] + "…"


def one(page: Page) -> Response:
    """A checked article, as the page of ``polidiff check -o`` shows it."""
    article = page.request.path_params["id"]
    with page.desk.workspace() as work:
        held = next((each for each in checked_articles(work.store) if each.id == article), None)
        body = checked_file(work.store, article, f"body.{page.tongue}") if held is not None else None
        words = checked_file(work.store, article, WORDS)
        names = files_of(work.store, article)
        verdicts = [] if held is None else _verdicts(page, work, article)
    if held is None or body is None:
        raise HTTPException(404)
    shown = page.query.get("show", "")
    return page.render(
        "checked.html",
        here_is="article",
        held=held,
        body=Markup(body.decode("utf-8", "replace")),
        files=[name for name in names if name in BOTH or (".zh." in name) == _in_chinese(name, page, held.language)],
        readable=[name for name in names if name in READABLE[page.tongue]],
        language=lang(held.language),
        words=(words or b"").decode("utf-8", "replace"),
        verdicts=verdicts,
        shown=shown if shown in SHOWN else SHOWN[0],
        showns=SHOWN,
    )


@dataclass(frozen=True)
class Ruled:
    """A verdict that a person can overrule, or has: ``decided`` says who did, and why."""

    number: int
    name: str
    words: str
    decided: Decision | None


def _verdicts(page: Page, work: Workspace, article: str) -> list[Ruled]:
    """The verdicts of a check, with what people said of them: those first that don't bear the article out."""
    check = check_of(work, article)
    if check is None:
        return []
    standings, found = work.standings(), []
    for number, each in numbered(check):
        state = standings.get(verdict_target(check, each))
        decided = None if state is None else state.decided
        name = verdict_name(each, page.tongue) if decided is None else term("verdict", decided.value, page.tongue)
        found.append((family(each) == "good", Ruled(number, name, " ".join(each.text.split()), decided)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def decide(page: Page) -> Response:
    """Overrule a verdict, or take that back; what was kept of the check is made again."""
    by = name_of_reader(page)
    article, number = page.request.path_params["id"], str(page.form.get("number", ""))
    if not number.isascii() or not number.isdigit():
        raise HTTPException(404)
    with page.desk.workspace() as work:
        if page.form.get("verb") == "undo":
            take_back(work, article, int(number), by=by, when=page.desk.now())
        else:
            why, said = str(page.form.get("why", ""))[:10_000], str(page.form.get("verb", ""))
            overrule(work, article, int(number), said, by=by, when=page.desk.now(), why=why)
    return remember(page, by, page.go(f"/article/{article}"))


def _in_chinese(name: str, page: Page, language: str) -> bool:
    """Whether a file is offered in Chinese: what goes to the article's desk in its language, else in the reader's."""
    return (language if name.startswith(AT_DESK) else page.tongue) == "zh"


def read(page: Page) -> Response:
    """A page of a check, read in place: a page apart, as a report's is."""
    name = page.request.path_params["name"]
    if name not in READABLE["en"] + READABLE["zh"]:
        raise HTTPException(404)
    answer = download(page)
    answer.headers["content-security-policy"] = READ
    del answer.headers["content-disposition"]
    return answer


def download(page: Page) -> Response:
    """One of the files of a check, always as a download."""
    article, name = page.request.path_params["id"], page.request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    with page.desk.workspace() as work:
        known = any(each.id == article for each in checked_articles(work.store))
        data = checked_file(work.store, article, name) if known else None
    if data is None:
        raise HTTPException(404)
    media = next(media for ending, media in MEDIA.items() if name.endswith(ending))
    return Response(data, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})


VIEW = View(
    "article",
    "/article",
    (
        get("/article", show),
        post("/article", take),
        get("/article/{id}", one),
        post("/article/{id}", decide),
        get("/article/{id}/read/{name}", read),
        get("/article/{id}/{name}", download),
    ),
)

"""Article: paste one or upload it; each quotation and claim by its verdict, with the passage beside it."""

from __future__ import annotations

import hashlib

from markupsafe import Markup
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.report.names import lang
from polidiff.web.pages import Page
from polidiff.web.routing import View, get, post
from polidiff.web.views.report import DOCX
from polidiff.web.views.uploads import clean_name
from polidiff.web.worker import Order
from polidiff.workspace.articles import FILES, checked_articles, checked_file
from polidiff.workspace.originals import original_key

MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".docx": DOCX,
}


def show(page: Page) -> Response:
    """The form, what is being checked, and what was."""
    with page.desk.workspace() as work:
        held = checked_articles(work.store)
        documents = len(work.library.current())
    tasks = [task for task in page.desk.work.tasks() if task.order.kind == "article"]
    return page.render(
        "article.html", here_is="article", held=held, documents=documents, tasks=tasks, lang_of=lang,
        problem=page.query.get("problem", "") == "empty",
    )  # fmt: skip


def take(page: Page) -> Response:
    """Take a pasted or an uploaded article: its bytes go into the workspace, and checking it begins."""
    file = page.form.get("file")
    pasted = str(page.form.get("text", "")).strip()
    if isinstance(file, UploadFile) and file.filename:
        file.file.seek(0)
        name, data = clean_name(file.filename), file.file.read()
    elif pasted:
        name, data = page.t("article.pasted"), pasted.replace("\r\n", "\n").encode("utf-8", "replace")
    else:
        return page.go("/article", problem="empty")
    digest = hashlib.sha256(data).hexdigest()
    with page.desk.workspace() as work:
        work.store.keep({original_key(digest): data})
    page.desk.work.add(Order("article", f"upload:{digest}", name, f"article-{digest[:8]}"))
    return page.go("/article")


def one(page: Page) -> Response:
    """A checked article, as the page of ``polidiff check -o`` shows it."""
    article = page.request.path_params["id"]
    with page.desk.workspace() as work:
        held = next((each for each in checked_articles(work.store) if each.id == article), None)
        body = checked_file(work.store, article, f"body.{page.tongue}") if held is not None else None
    if held is None or body is None:
        raise HTTPException(404)
    return page.render(
        "checked.html", here_is="article", held=held, body=Markup(body.decode("utf-8", "replace")), files=FILES,
        language=lang(held.language),
    )  # fmt: skip


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
    (get("/article", show), post("/article", take), get("/article/{id}", one), get("/article/{id}/{name}", download)),
)

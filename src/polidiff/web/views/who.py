"""Which documents commit to a matter, how firmly and since when, which are open, and which have nothing on it."""

from __future__ import annotations

from starlette.responses import Response

from polidiff.ranking.query import Question, lights, question
from polidiff.report.marks import Mark, marked
from polidiff.report.names import headings, lang, place
from polidiff.web.pages import Page, called
from polidiff.web.routing import View, get
from polidiff.workspace.corpus.who import Passage, Stand, stands

MOST_OPEN = 40
"""Open documents that are shown with their passages; the others are named."""


def show(page: Page) -> Response:
    """The form, and where each document stands. The matter stands in the address."""
    index = page.desk.finder.index(patience=2.0)
    asked = question(page.query.get("q", ""))
    found: tuple[Stand, ...] = ()
    if index is not None and asked:
        found = stands(index, page.desk.finder.encode, asked.text)
    groups = [(name, [one for one in found if one.commits is held]) for name, held in GROUPS]
    return page.render(
        "who.html",
        here_is="search",
        index=index,
        asked=asked,
        found=found,
        groups=groups,
        searched=sum(one.searched for one in found),
        most_open=MOST_OPEN,
        called=called(page),
        place=lambda code: place(code, page.tongue),
        body=lambda one: _body(one, asked),
        path=lambda stand, one: headings(stand.title, one.provision.path),
        tongue_of=lambda one: lang(one.provision.language),
        of_twenty=lambda one: max(1, round(20 * (one.error or 0.0))),
    )


GROUPS = (("commit", True), ("open", None), ("nothing", False))


def _body(one: Passage, asked: Question) -> object:
    """A passage's text with the words that were asked for marked."""
    text, pattern = one.provision.text, lights(asked)
    found = pattern.finditer(text) if pattern is not None else ()
    marks = [Mark(m.start(), m.end(), "mark", (("class", "same"),)) for m in found if m.group()]
    return marked(text, 0, len(text), marks)


VIEW = View("who", "/who", (get("/who", show),))

"""Search: provisions by words, phrases and meaning, narrowed by document, theme, actor and strength."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup
from starlette.responses import Response

from polidiff.ranking.index import How
from polidiff.ranking.query import Question, lights, question
from polidiff.readers.names import printed_title
from polidiff.report.marks import Mark, marked
from polidiff.report.names import headings, lang
from polidiff.web.pages import Page, called
from polidiff.web.routing import View, get
from polidiff.workspace.corpus import Filter, Hit

COUNT = 20
"""Provisions on one page."""

MOST_LISTED = 24
"""Documents that are named with how much each has."""

MOST_ACTORS = 300
"""Names that are offered while one is typed."""


@dataclass(frozen=True)
class Result:
    """A provision that was found, as it is shown. ``html`` has the text content of the provision."""

    hit: Hit
    title: str
    path: tuple[str, ...]
    language: str
    html: Markup
    strength: str
    themes: tuple[str, ...]
    actors: tuple[str, ...]


def show(page: Page) -> Response:
    """The form, and what was found. Everything that was asked stands in the address."""
    index = page.desk.finder.index(patience=2.0)
    asked = question(page.query.get("q", ""))
    given = page.query.get("how", "both")
    how: How = "words" if given == "words" else "meaning" if given == "meaning" else "both"
    narrowed = Filter(
        tuple(one for one in page.query.getlist("document") if one),
        page.query.get("theme", ""),
        " ".join(page.query.get("actor", "").split())[:100],
        page.query.get("strength", ""),
    )
    number = max(1, page.number("page") or 1)
    names = _themes(page)
    found, results, taken = None, [], 0
    if index is not None and (asked or narrowed != Filter()):
        started = time.perf_counter()
        found = index.search(
            asked, how, narrowed, page.desk.finder.encode,
            first=(number - 1) * COUNT, count=COUNT, decided=_decided(page, narrowed.theme),
        )  # fmt: skip
        taken = round((time.perf_counter() - started) * 1000)
        titles = dict(index.documents)
        results = [_result(page, hit, asked, names, titles) for hit in found.hits]
    return page.render(
        "search.html",
        here_is="search",
        index=index,
        asked=asked,
        how=how,
        hows=get_args(How),
        narrowed=narrowed,
        found=found,
        results=results,
        number=number,
        silent=[one for one, _ in index.documents if one not in dict((*found.by_document, *found.nearly))]
        if index is not None and found is not None and not narrowed.documents
        else [],
        titles=dict(index.documents) if index is not None else {},
        more=found is not None and number * COUNT < found.total,
        taken=taken,
        themes=sorted(((names.get(one, one), one) for one in index.themes) if index is not None else ()),
        most_actors=MOST_ACTORS,
        most_listed=MOST_LISTED,
        called=called(page),
    )


def _themes(page: Page) -> dict[str, str]:
    themes = page.desk.codebook().themes
    return {theme.id: (theme.name_zh if page.tongue == "zh" else theme.name) or theme.id for theme in themes}


def _decided(page: Page, theme: str) -> dict[tuple[str, int, int], bool]:
    """Where people gave or took a theme, as against the coder."""
    made: dict[tuple[str, int, int], bool] = {}
    if theme:
        with page.desk.workspace() as work:
            for target, held in work.standings().items():
                if target.code == f"theme:{theme}" and target.kind == "code" and held.decided is not None:
                    place = target.anchors[0]
                    made[place.document, place.start, place.end] = held.decided.verdict != "reject"
    return made


def _result(page: Page, hit: Hit, asked: Question, names: dict[str, str], titles: dict[str, str]) -> Result:
    provision = hit.provision
    pattern = lights(asked)
    found = pattern.finditer(provision.text) if pattern is not None else ()
    marks = [Mark(one.start(), one.end(), "mark", (("class", "same"),)) for one in found if one.group()]
    coding = hit.coding
    return Result(
        hit,
        printed_title(titles[provision.document]),
        headings(titles[provision.document], provision.path),
        lang(provision.language),
        marked(provision.text, 0, len(provision.text), marks),
        coding.strength.id if coding is not None else "",
        tuple(names.get(one.id, one.id) for one in coding.themes) if coding is not None else (),
        tuple(dict.fromkeys(one.name for one in (*coding.lead, *coding.others))) if coding is not None else (),
    )


VIEW = View("search", "/search", (get("/search", show),))

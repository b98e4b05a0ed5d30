"""The whole page as plain records for the template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from polidiff.coding import is_law
from polidiff.coding.fit import better, covered
from polidiff.model import ArticleCheck, Codebook, Comparison, Document
from polidiff.model.briefs import Brief
from polidiff.model.forms import text_file
from polidiff.report import articles, gathered, themes
from polidiff.report import matters as on_matters
from polidiff.report.briefing.article import brief
from polidiff.report.briefing.page import BriefView, brief_view
from polidiff.report.counts import Counted, counted_matters, counted_themes, undecided
from polidiff.report.figures import svg as drawing
from polidiff.report.figures.charts import Chart
from polidiff.report.figures.every import charts
from polidiff.report.fulltext import fulltext
from polidiff.report.many import MARKS, Grid, clusters_grid, is_many, lede, themes_grid
from polidiff.report.names import Party, book_title, lang, place
from polidiff.report.once import Printed
from polidiff.report.passages import ReportContext
from polidiff.report.words import none_found
from polidiff.wording import Locale, listed, say, term, upper

TallyRows = tuple[tuple[str, str, int, str], ...]

PAGES: dict[Locale, str] = {"en": "index.html", "zh": "index.zh.html"}


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in the masthead, at the head of its full text, and in the method."""

    party: Party
    facts: tuple[str, ...]
    kind: str
    is_digest: bool
    is_translation: bool
    caution: str
    source: str
    sha256: str
    text_sha256: str
    warnings: tuple[str, ...]
    html: Markup
    file: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page begins with (its language and where the other one stands, its title and first sentences), and
    ends with: how it was made and is proved."""

    tongue: Locale
    lang: str
    other_lang: str
    other_page: str
    title: str
    lede: tuple[str, ...]
    digest_rule: str
    how: tuple[str, ...]
    proof: str
    method: tuple[tuple[str, str], ...]
    patterns: Markup


@dataclass(frozen=True, slots=True)
class PageView(Frame):
    """Everything on the page."""

    parties: tuple[Party, ...]
    many: bool
    grids: tuple[Grid, ...]
    marks: Mapping[str, str]
    brief: BriefView
    documents: tuple[DocumentView, ...]
    tally: Counted
    counted: tuple[tuple[str, TallyRows], ...]
    heads: tuple[themes.HeadView, ...]
    charts: tuple[Chart, ...]
    matters: tuple[themes.ThemeView, ...]
    matters_left: tuple[themes.ThemeView, ...]
    undecided: tuple[on_matters.OpenView, ...]
    undecided_left: int
    clusters: tuple[gathered.ClusterView, ...]
    clusters_left: int
    article: articles.ArticleView | None


def page_view(
    comparison: Comparison, check: ArticleCheck | None, tongue: Locale, told: Brief | None = None
) -> PageView:
    """The view of a comparison, and of the check of an article about it, in one language."""
    bench = ReportContext(comparison, tongue)
    by_head = themes.heads(bench)
    hits = articles.hits(check)
    by_matter, left = on_matters.matters(bench)
    on_themes = counted_themes(comparison)
    printed = Printed()
    shown = tuple(map(printed.theme, by_matter[: on_matters.WHOLE]))
    left = tuple(map(printed.open_matter, left))
    by_head = tuple(replace(head, themes=tuple(map(printed.theme, head.themes))) for head in by_head)
    many = is_many(bench)
    grids = [themes_grid(bench), clusters_grid(bench, gathered.MOST)] if many else []
    digests = [party.named for party in bench.parties if party.is_digest]
    other: Locale = "zh" if tongue == "en" else "en"
    return PageView(
        tongue=tongue,
        lang=lang(tongue),
        other_lang=lang(other),
        other_page=PAGES[other],
        title=page_title(bench),
        lede=(
            *_unfit(comparison, tongue),
            *(() if comparison.findings else (none_found(comparison, tongue),)),
            *(lede(bench, grids[0]) if grids else ()),
        ),
        parties=bench.parties,
        many=many,
        marks=MARKS,
        grids=tuple(grid for grid in grids if grid.rows),
        brief=brief_view(bench, told or brief(bench)),
        documents=tuple(
            document_view(bench, document, party, Markup("") if many else fulltext(bench, party.index, hits))
            for document, party in zip(comparison.documents, bench.parties, strict=True)
        ),
        tally=on_themes,
        counted=_counted(bench, on_themes),
        heads=by_head,
        charts=() if many else charts(bench, by_head),
        matters=shown,
        matters_left=by_matter[on_matters.WHOLE :],
        undecided=left,
        undecided_left=len(undecided(comparison)) - len(left),
        clusters=tuple(map(printed.cluster, gathered.clusters(bench))),
        clusters_left=max(0, len(comparison.clusters) - gathered.MOST),
        article=articles.article(bench, check) if check is not None else None,
        digest_rule=upper(say("digest.rule", tongue, who=listed(digests, tongue), n=len(digests))) if digests else "",
        how=(say("method.how", tongue), say("method.limits", tongue)),
        proof=say("method.verify.how", tongue),
        method=method_rows(comparison.method, tongue, comparison.codebook),
        patterns=drawing.patterns(),
    )


def page_title(bench: ReportContext) -> str:
    """Return the page's title: the documents' own, of many their number."""
    if is_many(bench):
        return say("title.many", bench.tongue, n=len(bench.parties))
    return say("title", bench.tongue, titles=listed([party.title for party in bench.parties], bench.tongue))


def _unfit(comparison: Comparison, tongue: Locale) -> tuple[str, ...]:
    """A warning where the codebook covers little of what the documents commit to, and another one fits."""
    other = better(list(zip(comparison.provisions, comparison.codings, strict=True)), comparison.codebook)
    if other is None:
        return ()
    least = min(covered(codings, comparison.codebook) for codings in comparison.codings)
    book, fitting = book_title(comparison.codebook, tongue), book_title(other, tongue)
    return (say("lede.unfit", tongue, book=book, share=f"{least:.0%}", other=fitting),)


def method_rows(
    method: Sequence[tuple[str, str]], tongue: Locale, book: Codebook | None = None
) -> tuple[tuple[str, str], ...]:
    """What a result was made with, each name in ``tongue``; ``book`` names the themes that were left out."""
    return tuple(
        (
            term("method", "version" if name == "polidiff" else name, tongue),
            _method_value(name, value, tongue, book),
        )
        for name, value in method
    )


def _method_value(name: str, value: str, tongue: Locale, book: Codebook | None) -> str:
    """A value of the method, which a record holds in English, as a page in ``tongue`` says it."""
    if tongue == "en":
        return value
    if name == "left_out" and book is not None:
        names = {theme.name: theme.name_zh or theme.name for theme in book.themes}
        longest = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        return re.sub(rf"(?:^|(?<=; ))(?:{longest})(?= \()", lambda found: names[found.group()], value)
    if name == "encoder":
        return value.replace("English pairs", say("method.encoder.english", tongue))
    if name in ("printed", "scale", "strictness"):
        return re.sub(r"[a-z]+", lambda found: term("method.said", found.group(), tongue), value)
    return value


def _counted(bench: ReportContext, on_themes: Counted) -> tuple[tuple[str, TallyRows], ...]:
    """What is counted and how many there are, with the numbers of each kind: of themes, and of matters if any."""

    def level(key: str, held: Counted) -> tuple[str, TallyRows]:
        left = say("tally.left", bench.tongue, k=held.undecided) if held.undecided else ""
        return say(key, bench.tongue, k=held.total) + left, _tally(bench, held)

    own = counted_matters(bench.comparison)
    on_matters = (level("tally.matters", own),) if own.total or own.undecided else ()
    return (level("tally.themes", on_themes), *on_matters)


def _tally(bench: ReportContext, held: Counted) -> TallyRows:
    """(symbol, words, number, filter) for each kind of finding; ``only`` once for each document.

    Of more than two documents those that have nothing alone are left out. What a document only touches in passing is
    counted last, not among what is shared.
    """
    tongue, only = bench.tongue, themes.SYMBOLS["only"]
    rows = [
        (themes.SYMBOLS[kind], term("finding", kind, tongue), number, kind)
        for kind, number in (("shared", held.shared), ("divergent", held.divergent))
    ]
    rows += [
        (only, say("verdict.only", tongue, who=party.named), held.alone[party.id], party.series)
        for party in bench.parties
        if party.id in held.alone or len(bench.parties) == 2
    ]
    if held.some:
        rows.append((only, say("tally.some", tongue), held.some, "some"))
    if held.passing:
        rows.append((themes.PASSING, say("tally.passing", tongue), held.passing, "passing"))
    return tuple(rows)


def document_view(bench: ReportContext, document: Document, party: Party, html: Markup) -> DocumentView:
    """A document for the page; ``html`` is its full text, or empty."""
    tongue = bench.tongue
    where = place(document.jurisdiction, tongue)
    facts = [where if where != party.label else "", document.date or "", term("language", document.language, tongue)]
    if document.pages:
        facts.append(say("pages", tongue, n=len(document.pages)))
    leaves = sum(provision.leaf for provision in bench.comparison.provisions[party.index])
    if leaves:
        facts.append(say("provisions", tongue, n=leaves))
    if is_law(document, bench.comparison.provisions[party.index]):
        facts.append(say("read.as.law", tongue))
    cautions = {"digest": "caution.digest", "translation": "caution.translation"}
    return DocumentView(
        party=party,
        facts=tuple(fact for fact in facts if fact),
        kind=term("kind", document.kind, tongue),
        is_digest=document.is_digest,
        is_translation=document.kind == "translation",
        caution=say(cautions[document.kind], tongue) if document.kind in cautions else "",
        source=document.source,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        warnings=tuple(
            (bench.page(document, notice.page) + say("colon", tongue) if notice.page else "")
            + bench.reason(notice.reason)
            for notice in document.warnings
        ),
        html=html,
        file=text_file(document.id),
    )

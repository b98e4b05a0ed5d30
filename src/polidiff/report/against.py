"""The page of one document against all that are held, as plain records for the template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup

from polidiff.coding.fit import binds
from polidiff.comparison.passages import passage_of
from polidiff.model import Codebook, Comparison, Provision, Span
from polidiff.model.against import Against, AgainstKind, Answered, Lacking, Searched
from polidiff.model.forms import text_file
from polidiff.report.figures import svg as drawing
from polidiff.report.figures.charts import Chart
from polidiff.report.fulltext import fulltext
from polidiff.report.names import Party, lang, place
from polidiff.report.passages import PassageView, ReportContext
from polidiff.report.view import DocumentView, Frame, document_view, method_rows
from polidiff.wording import Locale, listed, say

PAGES: dict[Locale, str] = {"en": "against.html", "zh": "against.zh.html"}

WORDS: tuple[AgainstKind, ...] = ("borrowed", "common", "lent")
ELSEWHERE: tuple[AgainstKind, ...] = ("answered", "near", "slight")

NAMED = 4
"""Documents that the first sentences name."""


@dataclass(frozen=True, slots=True)
class RowView:
    """A provision, the nearest of another document, and how near; ``binds`` says whether it commits to something."""

    own: PassageView
    other: PassageView | None
    said: str
    binds: bool


@dataclass(frozen=True, slots=True)
class PartView:
    """Rows that stand under one heading of the document; those that commit to something, and the others."""

    title: str
    rows: tuple[RowView, ...]
    others: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class LackingView:
    """A matter that is missing: its passage, who has it, some of the others' passages, and the document's nearest."""

    passage: PassageView
    said: str
    passages: tuple[PassageView, ...]
    nearest: PassageView
    how_near: str


@dataclass(frozen=True, slots=True)
class SearchedView:
    """A document that was searched: its facts, its counts, and its text where something of it is shown."""

    party: Party | None
    title: str
    facts: tuple[str, ...]
    counts: tuple[int, ...]
    said: str
    text: str


@dataclass(frozen=True, slots=True)
class AgainstView(Frame):
    """Everything on the page. ``documents`` are the document and those that are quoted; ``own`` is the first."""

    kicker: str
    own: DocumentView
    documents: tuple[DocumentView, ...]
    tally: tuple[tuple[str, str, int], ...]
    new: tuple[PartView, ...]
    lacking: tuple[LackingView, ...]
    words: tuple[tuple[str, tuple[RowView, ...]], ...]
    elsewhere: tuple[tuple[str, tuple[PartView, ...]], ...]
    searched: tuple[SearchedView, ...]
    lacking_none: str
    charts: tuple[Chart, ...] = ()


def context(found: Against, tongue: Locale) -> ReportContext:
    """What the views of a document against others are made from: the passages that are shown, as a comparison's."""
    documents = (found.document, *found.quoted)
    shown: dict[str, dict[str, Provision]] = {one.id: {} for one in documents}
    beside = [row.nearest for row in found.rows] + [
        one for held in found.lacking for one in (held.passage, *held.passages)
    ]
    for one in (*(row.provision for row in found.rows), *beside):
        if one is not None:
            shown[one.document].setdefault(one.id, one)
    codings = {(one.document, one.provision): one for one in found.codings}
    provisions = tuple(tuple(shown[one.id].values()) for one in documents)
    coded = tuple(
        tuple(held for p in run if (held := codings.get((p.document, p.id))) is not None) for run in provisions
    )
    return ReportContext(
        Comparison(documents, provisions, coded, Codebook("", "", "", (), ()), (), (), (), found.method), tongue
    )


def against_view(found: Against, tongue: Locale) -> AgainstView:
    """The view of a document against all others, in one language."""
    bench = context(found, tongue)
    other: Locale = "zh" if tongue == "en" else "en"
    first, *quoted = bench.parties
    own = document_view(bench, found.document, first, fulltext(bench, 0, {}))
    counts = found.counts
    return AgainstView(
        tongue=tongue,
        lang=lang(tongue),
        other_lang=lang(other),
        other_page=PAGES[other],
        title=say("against.title", tongue, title=first.title),
        kicker=say("against.kicker", tongue, n=len(found.searched)),
        lede=tuple(_lede(bench, found)),
        own=own,
        documents=(
            own,
            *(document_view(bench, d, p, Markup("")) for d, p in zip(found.quoted, quoted, strict=True)),
        ),
        tally=tuple((kind, say(f"against.tally.{kind}", tongue), count) for kind, count in counts.items() if count),
        new=tuple(_parts(bench, found.of("new"))),
        lacking=tuple(_lacking(bench, found, one) for one in found.lacking),
        words=tuple((kind, tuple(_rows(bench, found.of(kind)))) for kind in WORDS if found.of(kind)),
        elsewhere=tuple((kind, tuple(_parts(bench, found.of(kind)))) for kind in ELSEWHERE if found.of(kind)),
        searched=tuple(_searched(bench, found)),
        lacking_none=_none_lacking(found, tongue),
        digest_rule="",
        how=(say("against.how", tongue), say("against.limits", tongue)),
        proof=say("against.proof", tongue),
        method=method_rows(found.method, tongue),
        patterns=drawing.patterns(),
    )


def _lede(bench: ReportContext, found: Against) -> Iterator[str]:
    """What was set against what, and what came of it, in plain sentences."""
    tongue = bench.tongue
    others = [one for one in found.searched if not one.version]
    yield say("against.lede", tongue, m=len(found.rows), n=len(others), k=f"{sum(one.provisions for one in others):,}")
    new = found.of("new")
    firm = sum(_binds(bench, one) for one in new)
    if new:
        yield say("against.lede.new", tongue, n=len(new), k=firm)
    for kind in WORDS:
        held = found.of(kind)
        if held:
            names = dict.fromkeys(one.nearest.document for one in held if one.nearest is not None)
            who = listed([bench.party[name].named for name in names][:NAMED], tongue)
            more = say("against.lede.more", tongue, n=len(names) - NAMED) if len(names) > NAMED else ""
            yield say(f"against.lede.{kind}", tongue, n=len(held), who=who + more)
    if found.lacking:
        yield say("against.lede.lacking", tongue, n=len(found.lacking), k=found.lacking[0].of)
    versions = [one.title for one in found.searched if one.version]
    if versions:
        yield say("against.lede.versions", tongue, n=len(versions), what=listed(versions, tongue))


def _none_lacking(found: Against, tongue: Locale) -> str:
    """Why nothing is said to be missing, where nothing is."""
    if found.lacking:
        return ""
    alike = sum(one.alike for one in found.searched)
    return say("against.lacking.none" if alike > 2 else "against.lacking.alone", tongue, n=alike)


def _parts(bench: ReportContext, rows: Sequence[Answered]) -> Iterator[PartView]:
    """Rows by the first heading that they stand under, in the document's order."""
    for title, held in groupby(rows, key=lambda row: row.provision.path[0] if row.provision.path else ""):
        made = tuple(_rows(bench, list(held)))
        yield PartView(title, tuple(one for one in made if one.binds), tuple(one for one in made if not one.binds))


def _rows(bench: ReportContext, rows: Sequence[Answered]) -> Iterator[RowView]:
    for row in rows:
        key = "against.nearness" if row.own is None else "against.words"
        own = _view(bench, row.provision, row.own)
        other = None if row.nearest is None else _view(bench, row.nearest, row.theirs)
        yield RowView(own, other, say(key, bench.tongue, score=f"{row.cosine:.2f}"), _binds(bench, row))


def _binds(bench: ReportContext, row: Answered) -> bool:
    coding = bench.codings.get((row.provision.document, row.provision.id))
    return coding is not None and binds(coding)


def _view(bench: ReportContext, one: Provision, same: Span | None = None) -> PassageView:
    """A passage; a way to the full text has the document's own alone, which the page holds."""
    made = bench.view(passage_of(one, 0.0), same=() if same is None else (same,))
    return made if made.party.index == 0 else replace(made, anchor=None)


def _lacking(bench: ReportContext, found: Against, one: Lacking) -> LackingView:
    tongue = bench.tongue
    titles = {each.document: each.title for each in found.searched}
    who = listed([titles[name] for name in one.documents], tongue)
    return LackingView(
        passage=_view(bench, one.passage),
        said=say("against.lacking.said", tongue, n=len(one.documents), k=one.of, who=who),
        passages=tuple(_view(bench, passage) for passage in one.passages),
        nearest=_view(bench, one.nearest),
        how_near=say("against.nearness", tongue, score=f"{one.cosine:.2f}"),
    )


def _searched(bench: ReportContext, found: Against) -> Iterator[SearchedView]:
    """The documents that were searched, those with the most answers first."""
    tongue = bench.tongue
    for one in sorted(found.searched, key=lambda one: (-one.answers, one.document)):
        party = bench.party.get(one.document)
        yield SearchedView(
            party=party,
            title=one.title,
            facts=tuple(filter(None, (place(one.country, tongue), one.date))),
            counts=(one.provisions, one.answers, one.nearest, one.borrowed),
            said=_standing(one, tongue),
            text=quote(text_file(one.document)) if party is not None else "",
        )


def _standing(one: Searched, tongue: Locale) -> str:
    return say("against.version", tongue) if one.version else say("against.alike", tongue) if one.alike else ""

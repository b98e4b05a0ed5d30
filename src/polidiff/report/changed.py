"""The page of two versions of a document, as plain records for the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from polidiff.model import ArticleCheck, Document, Provision
from polidiff.model.versions import Change, ChangeKind, VersionDiff, WordEdit
from polidiff.report.checked import bare
from polidiff.report.figures import svg as drawing
from polidiff.report.figures.charts import Chart
from polidiff.report.marks import Mark, marked
from polidiff.report.names import Party, headings, lang
from polidiff.report.passages import ReportContext
from polidiff.report.view import DocumentView, Frame, document_view, method_rows
from polidiff.wording import Locale, say

PAGES: dict[Locale, str] = {"en": "diff.html", "zh": "diff.zh.html"}
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
FIRST = ("strengthened", "weakened", "dropped", "added", "reworded", "split", "merged", "moved", "retitled")
"""The order of the sections: what matters most to a reader first. What isn't here is only counted."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One provision: where it stands, and its words with what changed marked."""

    party: Party
    place: str
    language: str
    start: int
    end: int
    html: Markup


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: what else is to be said of it, why, and the words on both sides."""

    also: tuple[str, ...]
    reasons: tuple[str, ...]
    old: tuple[Shown, ...]
    new: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class DiffView(Frame):
    """Everything on the page."""

    documents: tuple[DocumentView, ...]
    tally: tuple[tuple[str, str, int], ...]
    sections: tuple[tuple[str, str, tuple[ChangeView, ...]], ...]
    charts: tuple[Chart, ...] = ()


def diff_view(found: VersionDiff, tongue: Locale) -> DiffView:
    """The view of a diff in one language."""
    bench = ReportContext(bare(ArticleCheck(found.old, (found.old, found.new), ()), found.method), tongue)
    counts: Counter[str] = Counter(change.kind for change in found.changes)
    other: Locale = "zh" if tongue == "en" else "en"
    still = counts["unchanged"] + counts["renumbered"] + counts["translated"]
    return DiffView(
        tongue=tongue,
        lang=lang(tongue),
        other_lang=lang(other),
        other_page=PAGES[other],
        title=say("diff.title", tongue, title=bench.parties[1].title),
        lede=(say("diff.lede", tongue, n=len(found.changes), still=still),),
        documents=tuple(
            document_view(bench, document, party, Markup(""))
            for document, party in zip((found.old, found.new), bench.parties, strict=True)
        ),
        tally=tuple((kind, say(f"diff.{kind}", tongue), counts[kind]) for kind in KINDS if counts[kind]),
        sections=tuple(
            (
                kind,
                say(f"diff.{kind}", tongue),
                tuple(_change(bench, found, c) for c in found.changes if c.kind == kind),
            )
            for kind in FIRST
            if counts[kind]
        ),
        digest_rule="",
        how=(say("diff.how", tongue),),
        proof=say("check.proof", tongue),
        method=method_rows(found.method, tongue),
        patterns=drawing.patterns(),
    )


def _change(bench: ReportContext, found: VersionDiff, change: Change) -> ChangeView:
    old, new = bench.parties
    return ChangeView(
        also=tuple(say(f"diff.{kind}", bench.tongue) for kind in change.also),
        reasons=tuple(map(bench.reason, change.reasons)),
        old=tuple(_shown(bench, found.old, old, p, change.edits, was=True) for p in change.old),
        new=tuple(_shown(bench, found.new, new, p, change.edits, was=False) for p in change.new),
    )


def _shown(
    bench: ReportContext,
    document: Document,
    party: Party,
    provision: Provision,
    edits: Sequence[WordEdit],
    *,
    was: bool,
) -> Shown:
    spans = [edit.old if was else edit.new for edit in edits if edit.matters != "typography"]
    tag = "del" if was else "ins"
    marks = [Mark(span.start, span.end, tag) for span in spans if span.start < span.end]
    page = bench.page(document, provision.page_start) if provision.page_start is not None else ""
    place = " · ".join(
        part
        for part in (provision.number or provision.id, page, " › ".join(headings(document.title, provision.path)))
        if part
    )
    html = marked(document.text, provision.start, provision.end, marks)
    return Shown(party, place, lang(provision.language), provision.start, provision.end, html)

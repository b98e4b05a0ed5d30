"""The brief for a template: its sentences as runs, its passages as a list."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from polidiff.model import Comparison
from polidiff.model.briefs import Brief, Dropped
from polidiff.report.briefing.notes import SECTIONS, Run, below, heading, notes_of, place_of, runs
from polidiff.report.figures import svg as drawing
from polidiff.report.figures.charts import Chart
from polidiff.report.names import Party, lang
from polidiff.report.passages import ReportContext
from polidiff.wording import Locale

__all__ = ["BriefPage", "BriefView", "brief_page", "brief_view"]

PAGES: dict[Locale, str] = {"en": "brief.html", "zh": "brief.zh.html"}
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    """A passage under its number, and where it stands."""

    number: int
    document: str
    start: int
    end: int
    language: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class BriefView:
    """The brief ready for the template."""

    opening: tuple[Runs, ...]
    headlines: tuple[Runs, ...]
    sections: tuple[tuple[str, tuple[Runs, ...]], ...]
    made: tuple[Runs, ...]
    notes: tuple[NoteView, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class BriefPage:
    """A page that holds the brief alone."""

    tongue: Locale
    lang: str
    other_lang: str
    other_page: str
    title: str
    brief: BriefView
    parties: tuple[Party, ...]
    patterns: Markup
    charts: tuple[Chart, ...] = ()


def brief_view(bench: ReportContext, brief: Brief) -> BriefView:
    """Return what the template shows of a brief."""
    notes = notes_of(brief)
    made = {one.id: tuple(runs(one, notes)) for one in brief.statements}
    sections = []
    for kind in SECTIONS:
        told = tuple(made[one.id] for one in below(brief, kind))
        if brief.of(kind):
            sections.append((heading(brief, kind, bench.tongue), told))
    listed = sorted({note.number: note for note in notes.values()}.items())
    return BriefView(
        opening=tuple(made[one.id] for one in brief.of("opening")),
        headlines=tuple(made[one.id] for one in brief.of("headline")),
        sections=tuple(sections),
        made=tuple(made[one.id] for one in brief.of("made")),
        notes=tuple(
            NoteView(
                number=number,
                document=note.passage.document,
                start=note.passage.start,
                end=note.passage.end,
                language=lang(bench.documents[note.passage.document].language),
                text=note.passage.text,
                place=", ".join(place_of(bench, note.passage)),
            )
            for number, note in listed
        ),
        dropped=brief.dropped,
    )


def brief_page(comparison: Comparison, brief: Brief) -> BriefPage:
    """Return what the page of a brief shows."""
    bench = ReportContext(comparison, brief.language)
    other: Locale = "zh" if brief.language == "en" else "en"
    return BriefPage(
        tongue=brief.language,
        lang=lang(brief.language),
        other_lang=lang(other),
        other_page=PAGES[other],
        title=brief.title,
        brief=brief_view(bench, brief),
        parties=bench.parties,
        patterns=drawing.patterns(),
    )

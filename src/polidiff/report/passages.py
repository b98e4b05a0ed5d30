"""One passage as the page shows it: its own words with marks, where it stands, and what the coder says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from polidiff.model import Coding, Comparison, DifferenceKind, Document, Match, Passage, Provision, Reason, Span
from polidiff.report.anchors import Anchors
from polidiff.report.marks import Mark, marked, merged
from polidiff.report.names import Party, headings, lang, parties
from polidiff.report.parting import parting_words
from polidiff.wording import Locale, reason_text, say, term

LIKELY = 0.3
"""Score, a probability that an expert would link the two, from which the page says how a pair relates. Under it the
pair is only called the nearest that there is."""


def relation_said(match: Match) -> str:
    """How a pair relates, as a person gave it where one did: ``opposed``, or its relation; empty under ``LIKELY``."""
    codes = [reason.code for reason in match.reasons if reason.code.startswith("decision.")]
    if codes and codes[-1].startswith("decision.opposed"):
        return "opposed"
    return match.relation if codes or match.score >= LIKELY else ""


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage ready for the template. ``html`` has the text content ``document.text[start:end]``.

    ``words`` are its first ones, for links. ``again`` says that the page has shown it before (:mod:`.once`).
    """

    party: Party
    document: str
    start: int
    end: int
    language: str
    html: Markup
    path: tuple[str, ...]
    number: str
    page: str
    anchor: str | None
    tags: tuple[tuple[str, str], ...]
    score: float
    words: str
    again: bool = False


class ReportContext:
    """The comparison with everything looked up by name: what the views ask again and again."""

    def __init__(self, comparison: Comparison, tongue: Locale) -> None:
        self.comparison = comparison
        self.tongue: Locale = tongue
        self.parties = parties(comparison.documents, tongue)
        self.anchors = Anchors(comparison)
        self.documents = {document.id: document for document in comparison.documents}
        self.party = {party.id: party for party in self.parties}

    @cached_property
    def provisions(self) -> dict[tuple[str, str], Provision]:
        """Every provision by document and id."""
        return {(one.document, one.id): one for run in self.comparison.provisions for one in run}

    @cached_property
    def codings(self) -> dict[tuple[str, str], Coding]:
        """Every coding by document and provision."""
        return {(one.document, one.provision): one for run in self.comparison.codings for one in run}

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """The broader theme of each theme of the codebook."""
        return {theme.id: theme.parent for theme in self.comparison.codebook.themes}

    @cached_property
    def matches(self) -> dict[tuple[str, str, str, str], Match]:
        """Every match by source document, source, target document and target."""
        return {(m.source_document, m.source, m.document, m.id): m for m in self.comparison.matches}

    @cached_property
    def across(self) -> dict[tuple[str, str], list[tuple[str, str, float]]]:
        """For each provision by document and id, those that answer it: (document, id, score), from either side."""
        found: dict[tuple[str, str], list[tuple[str, str, float]]] = {}
        for m in self.comparison.matches:
            found.setdefault((m.source_document, m.source), []).append((m.document, m.id, m.score))
            found.setdefault((m.document, m.id), []).append((m.source_document, m.source, m.score))
        return found

    def match(self, one: Passage, other: Passage) -> tuple[Match | None, bool]:
        """The match between two passages and whether it runs from ``other`` to ``one``."""
        forward = self.matches.get((one.document, one.provision, other.document, other.provision))
        if forward is not None:
            return forward, False
        return self.matches.get((other.document, other.provision, one.document, one.provision)), True

    def page(self, document: Document, number: int | None) -> str:
        """``p. 9`` for a page of the file, with the printed number where it is another; empty without pages."""
        if number is None:
            return ""
        label = document.pages[number - 1].label if 0 < number <= len(document.pages) else None
        if label and label != str(number):
            return say("page.labelled", self.tongue, number=number, label=label)
        return say("page.number", self.tongue, number=number)

    def reason(self, reason: Reason) -> str:
        """A reason in words; the documents and themes that it names are called what the page calls them."""
        return reason_text(reason, self.tongue, self._called)

    @cached_property
    def themes(self) -> dict[str, str]:
        """The name of each theme of the codebook."""
        themes = self.comparison.codebook.themes
        return {one.id: (one.name_zh if self.tongue == "zh" else one.name) or one.id for one in themes}

    def _called(self, document: str) -> str:
        return self.party[document].named if document in self.party else self.themes.get(document, document)

    def view(
        self,
        passage: Passage,
        *,
        same: Iterable[Span] = (),
        parts: Iterable[DifferenceKind] = (),
        theme: str = "",
        apart: Iterable[Span] = (),
    ) -> PassageView:
        """``passage`` with marks on its cues, on ``same`` and ``apart``, and on the words on which documents part.

        ``parts`` are the respects in which they part; ``apart`` are places of the document.
        """
        document = self.documents[passage.document]
        key = (passage.document, passage.provision)
        provision = self.provisions.get(key)
        coding = self.codings.get(key)
        marks = [
            *_marks(same, "same", 0),
            *_marks(parting_words(coding, frozenset(parts), frozenset({theme, self.parents.get(theme)})), "parts", 1),
            *_marks(apart, "parts", 1),
            *_marks(passage.cues, "cue", 2),
        ]
        language = provision.language if provision is not None else document.language
        return PassageView(
            party=self.party[passage.document],
            document=document.id,
            start=passage.start,
            end=passage.end,
            language=lang(language),
            html=marked(document.text, passage.start, passage.end, [one for one in marks if _worded(document, one)]),
            path=headings(document.title, passage.path),
            number=(provision.number or "") if provision is not None else "",
            page=self.page(document, passage.page),
            anchor=self.anchors.provision(*key),
            tags=tuple(_tags(coding, self.tongue)) if coding is not None else (),
            score=passage.score,
            words=" ".join(document.text[passage.start : passage.end].split())[:90],
        )


def _worded(document: Document, mark: Mark) -> bool:
    """Whether there is a letter in what is marked: a lone comma that a cue begins with says nothing to a reader."""
    return any(map(str.isalnum, document.text[mark.start : mark.end]))


def _marks(spans: Iterable[Span], name: str, rank: int) -> list[Mark]:
    return [Mark(start, end, "mark", (("class", name),), rank) for start, end in merged(spans)]


def _tags(coding: Coding, tongue: Locale) -> Iterable[tuple[str, str]]:
    """What the coder says of the provision, as (kind, words)."""
    if coding.strength.id not in {"none", "statement"} or coding.strength.cues:
        yield "strength", term("strength", coding.strength.id, tongue)
    lead = list(dict.fromkeys(actor.name for actor in coding.lead))
    others = [name for name in dict.fromkeys(actor.name for actor in coding.others) if name not in lead]
    if lead:
        yield "lead", say("tag.lead", tongue, names=", ".join(lead[:4]))
    if others:
        more = f" +{len(others) - 4}" if len(others) > 4 else ""
        yield "others", say("tag.others", tongue, names=", ".join(others[:4]) + more)
    if coding.forum.id != "none":
        yield "forum", term("forum", coding.forum.id, tongue)
    if coding.posture.id != "neutral":
        yield "posture", term("posture", coding.posture.id, tongue)

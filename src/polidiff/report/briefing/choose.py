"""Which act of a document says most on a finding: commitments before mentions, specific before general."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from polidiff.coding import is_law
from polidiff.coding.fit import commits
from polidiff.lang.amounts import amounts_of
from polidiff.lang.clauses import Clause, clauses, leans, shortened, vague
from polidiff.lang.countries import names_of
from polidiff.lang.dates import dates_of
from polidiff.lang.sentences import sentences
from polidiff.lang.words import has_cjk
from polidiff.model import Coding, Finding, Passage, Provision, Span
from polidiff.report.passages import ReportContext

__all__ = ["HEADLINE", "Desk", "Lead"]

_ACTS = {"order": 1.0, "must": 1.0, "will": 1.0, "ban": 1.0, "should": 0.85, "may": 0.7, "propose": 0.9, "aim": 0.6}
"""What an act weighs by how bindingly it is said."""
_FORECAST = {"will": 0.55, "may": 0.2}
"""The same of others' acts outside of laws: what they will or may do is rather foreseen than wanted."""
_NO_ACT = 0.12
"""What a sentence weighs that names no act."""
_ADDRESSED = frozenset({"firms", "people"})
"""Whom a document orders where it doesn't speak of its author's own acts."""
_SURE = 0.5
_PROPER = re.compile(r"(?<=[a-z,;] )(?:the )?[A-Z][\w-]+|[A-Z]{3,}|“|‘")
_TITLE = re.compile(r"(?:(?:[A-Z][\w’'&-]*|\d+|and|of|the|for|in|to|a|on|with|&)\s+){3,}(?:[A-Z][\w’'-]*|\d+)$")
"""A heading, or a line of a table of contents."""
_LISTED = re.compile(r"(?:\t|\.{3,}\s*)\d{1,3}\s*$")
"""A line of a table of contents: its page stands at the end."""
HEADLINE = 18
"""Words of a document in a headline's half."""
_LONGEST = 60
"""Words of a sentence past which it is hard to quote."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence that leads: its passage (the sentence alone), the act in it, spans of the document, and its weight.

    ``own`` says that the document's author is to act himself, ``itself`` that the sentence calls him “we” or by the
    name that the report has for him; ``law`` that its words bind as a law's do.
    """

    passage: Passage
    clause: Clause | None
    own: bool
    law: bool
    language: str
    weight: float
    itself: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Its provision's place."""
        return self.passage.document, self.passage.provision


class Desk:
    """All that the brief asks of a comparison, each passage's lead found once."""

    def __init__(self, bench: ReportContext) -> None:
        self.bench = bench
        self._leads: dict[tuple[str, str], Lead] = {}
        compared = bench.comparison
        self._laws = {
            document.id: is_law(document, provisions)
            for document, provisions in zip(compared.documents, compared.provisions, strict=True)
        }
        self._names = {
            document.id: (*names_of(document.jurisdiction or "", ("name",)), bench.party[document.id].label)
            for document in compared.documents
        }

    def lead(self, passage: Passage) -> Lead:
        """The sentence of a passage's provision that says most."""
        key = (passage.document, passage.provision)
        if key not in self._leads:
            self._leads[key] = self._found(passage)
        return self._leads[key]

    def best(self, passages: Iterable[Passage], taken: frozenset[tuple[str, str]] = frozenset()) -> Lead | None:
        """The weightiest lead of ``passages`` that isn't ``taken``; a passage's score counts too."""
        leads = [(one.score, self.lead(one)) for one in passages if (one.document, one.provision) not in taken]
        ranked = sorted(leads, key=lambda row: (-row[1].weight * (0.5 + row[0]), row[1].passage.start))
        return ranked[0][1] if ranked else None

    def pair(
        self, finding: Finding, taken: frozenset[tuple[str, str]] = frozenset(), least: float = 0.0
    ) -> tuple[Lead, Lead, float] | None:
        """Of the finding's pairs that are near enough, the one whose both sides say most; and how near they are."""
        places = {(one.document, one.provision): one for one in finding.passages}
        found = []
        for pair in finding.pairs:
            keys = ((pair.source_document, pair.source), (pair.document, pair.id))
            sure = pair.judged in ("same", "means", "opposed")
            if not places.keys() >= set(keys) or taken & set(keys) or (pair.score < least and not sure):
                continue
            left, right = (self.lead(places[key]) for key in keys)
            near = max(pair.score, 0.6 if sure else 0.0)
            found.append((-min(left.weight, right.weight) * near**0.75, left.passage.start, left, right, near))
        if not found:
            return None
        _, _, left, right, near = min(found, key=lambda row: row[:2])
        first = self.bench.party[left.passage.document].index < self.bench.party[right.passage.document].index
        return (left, right, near) if first else (right, left, near)

    def _found(self, passage: Passage) -> Lead:
        key = (passage.document, passage.provision)
        provision, coding = self.bench.provisions.get(key), self.bench.codings.get(key)
        if provision is None:
            return Lead(passage, None, False, False, "und", 0.0)
        own = self._own(provision, coding)
        firm = commits(coding) if coding is not None else 0.3
        options = []
        for place, clause in enumerate(clauses(provision.text, provision.language, self._names[passage.document])):
            worth = self._worth(provision, clause, passage.cues) * (1.0 if place == 0 else 0.8)
            options.append((-worth, place, clause))
        if not options:
            moved = self._sentence(passage, provision, None)
            return Lead(moved, None, False, self._laws[passage.document], provision.language, firm * _NO_ACT)
        worth, _, clause = min(options, key=lambda row: row[:2])
        law = self._laws[passage.document]
        return Lead(
            passage=self._sentence(passage, provision, clause),
            clause=_moved(clause, provision.start),
            own=own and clause.own and not (law and clause.act == "order"),
            law=law,
            language=provision.language,
            weight=round(-worth * firm, 6),
            itself=clause.subject is not None and self._itself(clause.subject.cut(provision.text), passage.document),
        )

    def _itself(self, subject: str, document: str) -> bool:
        plain = subject.removeprefix("The ").removeprefix("the ")
        return plain.lower() == "we" or plain in self._names[document]

    def _own(self, provision: Provision, coding: Coding | None) -> bool:
        """Whether an order in this provision is its author's own business: nobody else is told to do it."""
        if coding is not None and coding.actor.id in _ADDRESSED and coding.actor.score >= _SURE:
            return False
        if provision.lead_in is None:
            return True
        before = provision.lead_in.cut(self.bench.documents[provision.document].text).rstrip(" :：—–-")
        told = clauses(f"{before} do so.", provision.language, self._names[provision.document])
        return not any(one.modal is not None and not one.own for one in told)

    def _worth(self, provision: Provision, clause: Clause, cues: Sequence[Span]) -> float:
        """How much an act says: how bindingly, of what, and whether it is on the theme."""
        words = clause.whole.cut(provision.text)
        specific = 0.5
        specific += 0.15 if amounts_of(words) or dates_of(words) else 0.0
        if has_cjk(words):
            specific += 0.2 if clause.subject is not None else 0.1
            fit = (1.0 if 8 <= len(words) <= 120 else 0.7) * (0.6 if leans(words) else 1.0)
        else:
            specific += 0.15 if _PROPER.search(words) else 0.0
            specific += 0.0 if vague(clause.verb.cut(provision.text)) else 0.2
            fit = (1.0 if 5 <= len(words.split()) <= _LONGEST else 0.6) * (0.2 if _TITLE.match(words) else 1.0)
        if clause.passive or clause.negated:
            specific -= 0.1
        fit *= 0.5 if "“" in words or '"' in words else 1.0
        fit *= 0.1 if _LISTED.search(provision.text) else 1.0
        sentence = Span(provision.start + clause.sentence.start, provision.start + clause.sentence.end)
        on_theme = 1.0 if not cues or any(cue.within(sentence) for cue in cues) else 0.75
        _, cut = shortened(provision.text, clause.whole, HEADLINE)
        fit *= 0.85 if cut else 1.0
        one_page = 1.0 if provision.page_start == provision.page_end else 0.9
        act = _ACTS[clause.act]
        if self._laws[provision.document]:
            act *= 0.3 if clause.act == "order" and not has_cjk(words) else 1.0
        elif not clause.own:
            act = _FORECAST.get(clause.act, act)
        return act * specific * fit * on_theme * one_page

    def _sentence(self, passage: Passage, provision: Provision, clause: Clause | None) -> Passage:
        """The passage cut to the sentence of its act."""
        if clause is None:
            held = [one.shifted(provision.start) for one in sentences(provision.text, provision.language)]
            told = [one for one in held if any(cue.within(one) for cue in passage.cues)] or held
            span = told[0] if told else Span(passage.start, passage.end)
        else:
            span = clause.sentence.shifted(provision.start)
        document = self.bench.documents[passage.document]
        return replace(
            passage,
            page=document.pages_of(span)[0],
            text=span.cut(self.bench.documents[passage.document].text),
            start=span.start,
            end=span.end,
            cues=(),
        )


def _moved(clause: Clause, by: int) -> Clause:
    """The clause as spans of the document."""
    return replace(
        clause,
        sentence=clause.sentence.shifted(by),
        subject=clause.subject.shifted(by) if clause.subject else None,
        modal=clause.modal.shifted(by) if clause.modal else None,
        verb=clause.verb.shifted(by),
        rest=clause.rest.shifted(by),
    )

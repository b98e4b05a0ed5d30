"""Which sentence of a passage can be quoted by itself: each act of a document, and how likely it is well told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from polidiff.coding import is_law
from polidiff.lang.clauses import Clause, clauses, formal, leans
from polidiff.lang.countries import names_of
from polidiff.model import Coding, Passage, Provision, Span
from polidiff.report.briefing.chances import chance
from polidiff.report.briefing.common import SharedWords
from polidiff.report.briefing.features import Features, half, is_choice
from polidiff.report.names import of_party
from polidiff.report.passages import ReportContext

__all__ = ["Desk", "Lead"]

ON_THEME = 0.35
"""How surely a provision is on a theme that it counts for."""
OFTEN = 12
"""Uses in a document from which its readers know a short form."""
_SHORT_FORM = re.compile(r"[A-Z]{2,}[a-z]?")
_BELONGING = re.compile(r"(?<=.) and (?:its|their|the|all) ")
"""What a name goes on with: “the Union and its member states”."""
_MAYBE = frozenset({"may not", "may never"})
"""What a law forbids with; elsewhere it says that something isn't sure."""
_HELD_TO = frozenset({"is required to", "are required to", "is obliged to", "are obliged to"})
"""With these a document that orders nothing itself tells what others' rules ask."""
_ADDRESSED = frozenset({"firms", "people"})
"""Whom a document orders where it doesn't speak of its author's own acts."""
_SURE = 0.5
_ADDRESSING = frozenset({"guidance", "code", "order", "measures", "law"})
"""Kinds of documents whose orders go to others."""


_NONE: Mapping[tuple[str, str], Sequence[Span]] = {}


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence that leads: its passage (the sentence alone), the act in it, spans of the document.

    ``own`` says that the document's author is to act himself, ``named`` that the sentence calls him by his name,
    ``law`` that its words bind as a law's do. ``chance`` is how likely the sentence, told by itself, says what the
    document wants, by its ``features``; ``keys`` are its words.
    """

    passage: Passage
    clause: Clause
    own: bool
    named: bool
    law: bool
    language: str
    chance: float
    keys: frozenset[str]
    features: Features

    @property
    def key(self) -> tuple[str, str]:
        """Its provision's place."""
        return self.passage.document, self.passage.provision


class Desk:
    """All that the brief asks of a comparison, the acts of each provision found once."""

    def __init__(self, bench: ReportContext) -> None:
        self.bench = bench
        self.words = SharedWords(bench.comparison)
        self._leads: dict[tuple[str, str], tuple[Lead, ...]] = {}
        compared = bench.comparison
        self._laws = {
            document.id: is_law(document, provisions)
            for document, provisions in zip(compared.documents, compared.provisions, strict=True)
        }
        self._of_party = {document.id for document in compared.documents if of_party(document)}
        self._said: Counter[tuple[str, str]] = Counter()
        self._names = {document.id: self._called(document.id) for document in compared.documents}

    def _called(self, document: str) -> tuple[str, ...]:
        """How a document's author is called in it: a state by its names, a party never by its country's."""
        label = self.bench.party[document].label
        held = self.bench.documents[document]
        if document not in self._of_party:
            return (*names_of(held.jurisdiction or "", ("name",)), label)
        words = [word for word in label.split() if word[0].isupper() and word != "The"]
        return tuple(dict.fromkeys((label, label.removeprefix("The "), label.removesuffix(" Party"), initials(words))))

    def leads(self, document: str, provision: str) -> tuple[Lead, ...]:
        """The sentences of a provision that name an act, the likeliest to be told well first."""
        key = (document, provision)
        if key not in self._leads:
            self._leads[key] = self._found(key)
        return self._leads[key]

    def theme(self, key: tuple[str, str]) -> str:
        """The theme that a provision is foremost on; empty where it is surely on none."""
        coding = self.bench.codings.get(key)
        return next((code.id for code in coding.themes if code.score >= ON_THEME), "") if coding is not None else ""

    def said_on(self, document: str, theme: str) -> int:
        """How many provisions of a document are foremost on a theme."""
        if not self._said:
            self._said.update((one, self.theme((one, provision))) for one, provision in self.bench.codings)
        return self._said[document, theme] if theme else 0

    def best(self, passages: Iterable[Passage], taken: frozenset[tuple[str, str]] = frozenset()) -> Lead | None:
        """The likeliest lead of ``passages`` that isn't ``taken``; how surely a passage is on the theme counts too."""
        ranked = [
            (-lead.chance * (0.5 + one.score), lead.passage.start, lead)
            for one in passages
            if (one.document, one.provision) not in taken
            for lead in self.leads(one.document, one.provision)[:1]
        ]
        return min(ranked, key=lambda row: row[:2])[2] if ranked else None

    def beside(
        self, one: tuple[str, str], other: tuple[str, str], words: Mapping[tuple[str, str], Sequence[Span]] = _NONE
    ) -> tuple[Lead, Lead] | None:
        """The sentences of two provisions that are told side by side: well told, and of the same words.

        Of a provision whose ``words`` decided, only sentences that hold some of them.
        """
        sides = [[lead for lead in self.leads(*key) if _holds(lead, words.get(key, ()))] for key in (one, other)]
        found = [
            (-((left.chance * right.chance) ** 0.5) * (0.2 + self.alike(left, right)), left.passage.start, left, right)
            for left in sides[0]
            for right in sides[1]
        ]
        return min(found, key=lambda row: row[:2])[2:] if found else None

    def alike(self, left: Lead, right: Lead) -> float:
        """How much of either sentence stands in the other, 0..1."""
        return (self.words.share(left.keys, right.keys) + self.words.share(right.keys, left.keys)) / 2

    def _found(self, key: tuple[str, str]) -> tuple[Lead, ...]:
        provision, coding = self.bench.provisions.get(key), self.bench.codings.get(key)
        if provision is None or coding is None:
            return ()
        law, document = self._laws[provision.document], self.bench.documents[provision.document]
        if provision.lead_in is not None:
            before = provision.lead_in.cut(document.text)
            binding = law or document.genre in _ADDRESSING
            if is_choice(before) or (binding and provision.language == "zh"):
                return ()
        addressed = self._addressed(provision, coding)
        made = []
        for place, clause in enumerate(clauses(provision.text, provision.language, self._names[provision.document])):
            ordered = clause.act == "order" and (law or document.genre in _ADDRESSING)
            own = clause.own and not addressed and not ordered and self._his(provision, clause)
            text = clause.sentence.cut(provision.text)
            if not self._stands(provision, clause, own=own, law=law):
                continue
            features = half(provision, coding, clause, own=own, law=law, place=place)
            made.append(
                Lead(
                    passage=self._passage(provision, clause.sentence.shifted(provision.start)),
                    clause=_moved(clause, provision.start),
                    own=own,
                    named=clause.own and self._his_name(provision, clause),
                    law=law,
                    language="zh" if clause.verb.start == clause.verb.end else provision.language,
                    chance=chance("half", features),
                    keys=self.words.keys(text),
                    features=features,
                )
            )
        return tuple(sorted(made, key=lambda one: (-one.chance, one.passage.start)))

    def _stands(self, provision: Provision, clause: Clause, *, own: bool, law: bool) -> bool:
        """Whether a sentence can be told by itself: no formula, no part of another one, nothing that points away, no
        end of a quotation.
        """
        text, before = clause.sentence.cut(provision.text), provision.text[: clause.sentence.start].rstrip()
        if formal(text) or leans(clause.whole.cut(provision.text)):
            return False
        modal = clause.modal.cut(provision.text) if clause.modal is not None else ""
        orders = law or self.bench.documents[provision.document].genre in _ADDRESSING
        if (modal in _MAYBE and not law) or (modal in _HELD_TO and not orders) or text.count("”") > text.count("“"):
            return False
        if self._unknown(provision, clause):
            return False
        if before.endswith(("；", "，")) and orders:
            return False
        return not (clause.act == "order" and not own and clause.verb.cut(provision.text)[:1].islower())

    def _unknown(self, provision: Provision, clause: Clause) -> bool:
        """Whether the subject is a short form that the document seldom uses: a reader of the sentence can't know it."""
        if clause.subject is None:
            return False
        words = clause.subject.cut(provision.text).removeprefix("The ").removeprefix("the ")
        whole = self.bench.documents[provision.document].text
        known = words in self._names[provision.document] or whole.count(words) >= OFTEN
        return _SHORT_FORM.fullmatch(words) is not None and not known

    def _his(self, provision: Provision, clause: Clause) -> bool:
        """Whether who is to act is the author: “the government” of a party's programme isn't the party."""
        if clause.subject is None or provision.document not in self._of_party:
            return True
        return clause.subject.cut(provision.text).lower() == "we" or self._his_name(provision, clause)

    def _his_name(self, provision: Provision, clause: Clause) -> bool:
        """Whether a sentence calls the author by his name."""
        if clause.subject is None:
            return False
        words = clause.subject.cut(provision.text).removeprefix("The ").removeprefix("the ")
        return _BELONGING.split(words)[0] in self._names[provision.document]

    def _addressed(self, provision: Provision, coding: Coding) -> bool:
        """Whether an order in this provision goes to somebody else than its author."""
        if coding.actor.id in _ADDRESSED and coding.actor.score >= _SURE:
            return True
        if provision.lead_in is None:
            return False
        before = provision.lead_in.cut(self.bench.documents[provision.document].text).rstrip(" :：—–-")
        told = clauses(f"{before} do so.", provision.language, self._names[provision.document])
        return any(one.modal is not None and not one.own for one in told)

    def _passage(self, provision: Provision, span: Span) -> Passage:
        document = self.bench.documents[provision.document]
        return Passage(
            document=provision.document,
            provision=provision.id,
            path=provision.path,
            text=span.cut(document.text),
            start=span.start,
            end=span.end,
            page=document.pages_of(span)[0],
        )


def initials(words: Sequence[str]) -> str:
    """The short form of a name of several words: “PSP”, “WP”; of one word the word."""
    return "".join(word[0] for word in words) if len(words) > 1 else "".join(words)


def _holds(lead: Lead, words: Sequence[Span]) -> bool:
    place = Span(lead.passage.start, lead.passage.end)
    return not words or any(one.overlaps(place) for one in words)


def _moved(clause: Clause, by: int) -> Clause:
    """The clause as spans of the document."""
    return replace(
        clause,
        sentence=clause.sentence.shifted(by),
        subject=clause.subject.shifted(by) if clause.subject else None,
        condition=clause.condition.shifted(by) if clause.condition else None,
        modal=clause.modal.shifted(by) if clause.modal else None,
        verb=clause.verb.shifted(by),
        rest=clause.rest.shifted(by),
    )

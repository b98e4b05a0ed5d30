"""What a brief could say: sentences of two documents side by side, and those on which the other is silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from polidiff.model import Finding, Judged, Match, PassagePair, Span
from polidiff.model.briefs import StatementKind
from polidiff.report.briefing.chances import chance
from polidiff.report.briefing.choose import Desk, Lead
from polidiff.report.briefing.features import Features
from polidiff.report.briefing.together import beside, by_itself
from polidiff.report.opposed import showing

__all__ = ["Candidate", "Key", "Scores", "alone", "apart", "both", "decided"]

Key = tuple[str, str]
Pair = tuple[Key, Key]

NEAR = 0.1
"""Score, a probability, from which two passages are looked at side by side."""
SILENT = 0.3
"""Chance that a passage has no counterpart, from which it is looked at."""
AGREEING: frozenset[Judged] = frozenset({"same", "means"})
TOLD = 0.95
"""How often what a judge or a person said of a pair is right, at the least (docs/judging.md)."""
SAID, SEEN = 0.55, 0.5
"""What a judge said of whole passages holds of a sentence alone by so much, and more the likelier it looks so."""
NEARLY, NEARER = 0.35, 2.0
"""A judge saw whole passages: what he said holds of two sentences of them by so much, and by so much more the likelier
they are on one matter."""
PARTED, ELSEWHERE = 0.75, 0.35
"""How often an opposition of passages that two askings are sure of shows in two of their sentences, where these are on
one theme and act by one means (rules, money …), and where they aren't."""
BY_RULE = 0.4
"""How often documents that a rule says to part do: 12 of 30 oppositions by a reader."""
JUDGED_BY = frozenset({"model", "person"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing to say: its sentences, the finding that it belongs to (-1: none that is decided), and its chance.

    ``judged`` says that a judge or a person decided it, not the chooser alone; ``weight`` is that of its theme.
    ``across`` says that the documents are of two languages, ``spare`` that it is told where there is little else.
    """

    kind: StatementKind
    leads: tuple[Lead, ...]
    finding: int
    chance: float
    features: Features
    judged: bool = False
    weight: float = 1.0
    across: bool = False
    spare: bool = False

    @property
    def bar(self) -> str:
        """The name of the bar that it has to reach; what a judge says to part two documents has that of its kind."""
        if self.judged and self.kind != "apart":
            return "judged"
        return f"{self.kind} across" if self.across and self.kind in ("both", "alone") else self.kind


def decided(finding: Finding) -> bool:
    """Whether a judge or a person said so."""
    return finding.by in JUDGED_BY


class Scores:
    """Every pair of passages of a comparison that was scored, in the order of their documents, and who judged it."""

    def __init__(self, desk: Desk) -> None:
        compared = desk.bench.comparison
        self.desk = desk
        self.of: dict[Pair, float] = {}
        self.judged: dict[Pair, Judged] = {}
        listed = (pair for one in (*compared.findings, *compared.matters) for pair in one.pairs)
        every: list[Match | PassagePair] = [*compared.matches, *listed]
        for one in every:
            pair = self.ordered((one.source_document, one.source), (one.document, one.id))
            self.of[pair] = max(one.score, self.of.get(pair, 0.0))
            if one.judged is not None:
                self.judged[pair] = one.judged
        self.words: dict[Key, list[Span]] = {}
        """The words of each passage by which a judge decided."""
        for finding in (*compared.findings, *compared.matters):
            if decided(finding):
                for passage in finding.passages:
                    self.words.setdefault((passage.document, passage.provision), []).extend(passage.cues)
        self._ranked: dict[Key, list[float]] = {}
        for pair, score in self.of.items():
            for key in pair:
                self._ranked.setdefault(key, []).append(score)
        for own in self._ranked.values():
            own.sort(reverse=True)

    def ordered(self, one: Key, other: Key) -> Pair:
        """A pair in the order of its documents."""
        party = self.desk.bench.party
        return (one, other) if party[one[0]].index < party[other[0]].index else (other, one)

    def features(self, leads: tuple[Lead, Lead]) -> Features:
        """What is known of two sentences side by side."""
        pair = (leads[0].key, leads[1].key)
        score = self.of.get(pair, 0.0)
        others = []
        for key in pair:
            ranked = self._ranked.get(key, [])
            others.append(ranked[1] if len(ranked) > 1 and ranked[0] <= score else ranked[0] if ranked else 0.0)
        mutual = all(self._ranked.get(key, [score])[0] <= score for key in pair)
        return beside(self.desk, *leads, score, max(others), mutual)

    def nearest(self, key: Key) -> float:
        """The best score of a pair that a passage is in."""
        return self._ranked.get(key, [0.0])[0]


def both(desk: Desk) -> Iterator[Candidate]:
    """Yield pairs of sentences that may want one thing."""
    scores = Scores(desk)
    home = _home(desk, "shared")
    for pair, score in scores.of.items():
        judged = scores.judged.get(pair)
        if (score < NEAR and judged is None) or (judged is not None and judged not in AGREEING):
            continue
        leads = desk.beside(*pair, scores.words if judged else {})
        if leads is not None:
            features = scores.features(leads)
            likely = (_told(features) if judged else chance("both", features)) * leads[0].chance * leads[1].chance
            where = next((at for at in home.get(pair[0], ()) if at in home.get(pair[1], ())), -1)
            across = bool(features["across"])
            yield Candidate("both", leads, where, round(likely, 4), features, judged is not None, across=across)


def apart(desk: Desk) -> Iterator[Candidate]:
    """Yield pairs of sentences in which the documents go different ways: judged so, or on a theme's two sides."""
    scores = Scores(desk)
    seen: set[Pair] = set()
    for number, finding in enumerate(_every(desk)):
        if finding.finding != "divergent":
            continue
        for leads in _opposed(desk, finding, scores):
            pair = (leads[0].key, leads[1].key)
            if pair not in seen:
                seen.add(pair)
                features = scores.features(leads)
                judged = scores.judged.get(pair) == "opposed" or decided(finding)
                meeting = PARTED if features["theme"] and features["means"] else ELSEWHERE
                told = meeting if judged else BY_RULE
                likely = round(told * leads[0].chance * leads[1].chance, 4)
                yield Candidate("apart", leads, number, likely, features, judged)


def _opposed(desk: Desk, finding: Finding, scores: Scores) -> list[tuple[Lead, Lead]]:
    """The pairs of a divergence whose sentences show it: those judged opposed, else the best of each side."""
    found = []
    for one in finding.pairs:
        pair = scores.ordered((one.source_document, one.source), (one.document, one.id))
        if scores.judged.get(pair) == "opposed" and (leads := desk.beside(*pair, scores.words)) is not None:
            found.append(leads)
    if found or decided(finding):
        return found
    sides = showing(desk.bench, finding)
    best = [desk.best(sides[document]) for document in sorted(sides, key=lambda one: desk.bench.party[one].index)]
    held = [lead for lead in best if lead is not None]
    return [(held[0], held[1])] if len(held) == 2 else []


def _told(features: Features) -> float:
    """How likely a judged pair of passages is right where these sentences show it: surer the nearer they are."""
    return TOLD * min(1.0, NEARLY + NEARER * chance("both", features))


def alone(desk: Desk) -> Iterator[Candidate]:
    """Yield sentences of one document on which every other may be silent."""
    scores = Scores(desk)
    silent: dict[Key, list[tuple[float, str]]] = {}
    for unique in desk.bench.comparison.uniques:
        silent.setdefault((unique.document, unique.source), []).append((unique.probability, unique.other))
    home = _home(desk, "only")
    every = _every(desk)
    for key, held in silent.items():
        sure, other = min(held)
        where = next((at for at in home.get(key, ()) if every[at].documents == (key[0],)), -1)
        told = where >= 0 and decided(every[where])
        leads = desk.leads(*key)[:1]
        if leads and (sure >= SILENT or told):
            of_theme = (every[where].probability or 0.8) if where >= 0 else 0.0
            features = by_itself(desk, leads[0], other, sure, scores.nearest(key), of_theme)
            silence = chance("alone", features)
            likely = (TOLD * min(1.0, SAID + SEEN * silence) if told else silence) * leads[0].chance
            across = desk.bench.documents[other].language != leads[0].language
            yield Candidate("alone", leads, where, round(likely, 4), features, told, across=across)


def _every(desk: Desk) -> tuple[Finding, ...]:
    return (*desk.bench.comparison.findings, *desk.bench.comparison.matters)


def _home(desk: Desk, kind: str) -> dict[Key, list[int]]:
    """For each passage the findings of a kind that hold it, those that a judge or a person decided first."""
    found: dict[Key, list[int]] = {}
    every = list(enumerate(_every(desk)))
    for number, one in sorted(every, key=lambda row: (not decided(row[1]), row[0])):
        if one.finding == kind:
            for key in dict.fromkeys((p.document, p.provision) for p in one.passages):
                found.setdefault(key, []).append(number)
    return found

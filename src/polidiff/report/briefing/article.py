"""The brief's sentences: which findings are told, in what order, and how each is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from polidiff.model import Finding
from polidiff.model.briefs import Brief, Named, Statement, StatementKind
from polidiff.report.briefing.choose import Desk, Lead
from polidiff.report.briefing.sides import Pieces, filled, side, told
from polidiff.report.opposed import showing
from polidiff.report.passages import ReportContext
from polidiff.thresholds import threshold
from polidiff.wording import listed, say, upper

__all__ = ["brief", "headline"]

FEWEST, MOST = 500, 1150
"""Words of a brief (of Chinese: one and a half times as many characters)."""

ROOM: dict[StatementKind, int] = {"both": 6, "apart": 5, "alone": 6, "open": 3}
"""Sentences of a kind with which a brief begins; more are told where it stays short."""

HEADLINES = 5

_WORD, _HAN = re.compile(r"[^\W\u3400-\u9fff]+"), re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class _Told:
    """A finding ready to be told: its sentence, its headline, and its weight."""

    kind: StatementKind
    finding: int
    pieces: Pieces
    leads: tuple[Lead, ...]
    weight: float
    head: Pieces = field(default=())


def headline(bench: ReportContext, finding: Finding) -> str:
    """Return what a decided finding says in one line; empty where it has no passages to set against each other."""
    if finding.finding == "undecided":
        return ""
    made = _Maker(bench, Desk(bench)).tell(-1, finding, far=True)
    return "".join(piece.printed for piece in made.head) if made is not None else ""


def brief(bench: ReportContext) -> Brief:
    """Return the comparison as an article of two pages."""
    maker = _Maker(bench, Desk(bench))
    chosen = maker.chosen()
    statements: list[Statement] = []
    heads = _front([one for one in chosen if one.head])
    for number, one in enumerate(heads, start=1):
        passages = tuple(lead.passage for lead in one.leads)
        statements.append(Statement(f"h{number}", "headline", one.finding, one.head, passages))
    for number, party in enumerate(bench.parties, start=1):
        statements.append(Statement(f"o{number}", "opening", None, maker.opening(party.id)))
    place = 0
    for kind in ROOM:
        lines = [one for one in chosen if one.kind == kind]
        if kind == "open" and (left := maker.left()) is not None:
            lines.insert(0, left)
        for one in lines:
            place += 1
            about = one.finding if one.finding >= 0 else None
            statements.append(
                Statement(f"s{place}", kind, about, one.pieces, tuple(lead.passage for lead in one.leads))
            )
    statements.append(Statement("m1", "made", None, told("said", say("brief.made", bench.tongue))))
    names = [party.named for party in bench.parties]
    return Brief(
        language=bench.tongue,
        title=upper(say("brief.title", bench.tongue, names=listed(names, bench.tongue))),
        names=tuple(Named(party.id, party.label, party.named) for party in bench.parties),
        statements=tuple(statements),
    )


def _front(told_: list[_Told]) -> list[_Told]:
    """The headlines: the weightiest of each kind first, then what is left by weight."""
    ranked = sorted(told_, key=lambda one: (-one.weight, one.finding))
    front = [one for kind in ("apart", "both", "alone") for one in [each for each in ranked if each.kind == kind][:1]]
    for one in ranked:
        same = sum(each.kind == one.kind for each in front)
        if len(front) < HEADLINES and one not in front and same < HEADLINES // 2:
            front.append(one)
    return front


class _Maker:
    def __init__(self, bench: ReportContext, desk: Desk) -> None:
        self.bench, self.desk, self.tongue = bench, desk, bench.tongue
        self.every = (*bench.comparison.findings, *bench.comparison.matters)

    def chosen(self) -> list[_Told]:
        """The findings to tell, each passage in one of them alone, the weightiest of each kind first."""
        tellers: list[tuple[StatementKind, Callable[[Finding], bool]]] = [
            ("apart", lambda one: one.finding == "divergent"),
            ("both", lambda one: one.finding == "shared"),
            ("alone", lambda one: one.finding == "only"),
            ("open", lambda one: one.finding == "undecided"),
        ]
        taken: set[tuple[str, str]] = set()
        ready: dict[StatementKind, list[_Told]] = {}
        for kind, wanted in tellers:
            held = [(number, one) for number, one in enumerate(self.every) if wanted(one)]
            ready[kind] = list(self._without_repeats(held, taken))
        picked = {kind: ready[kind][: ROOM[kind]] for kind in ROOM}
        self._fit(picked, ready)
        return [one for kind in ROOM for one in picked[kind]]

    def _without_repeats(self, held: list[tuple[int, Finding]], taken: set[tuple[str, str]]) -> Iterator[_Told]:
        """The findings by weight, told without the passages that one before them tells."""
        findings = dict(held)
        left = {number: made for number, one in held if (made := self.tell(number, one, frozenset(taken)))}
        alone: Counter[str] = Counter()
        while left:
            best = max(
                left.values(),
                key=lambda one: (one.weight / (1 + alone[one.leads[0].key[0]] * (one.kind == "alone")), -one.finding),
            )
            alone[best.leads[0].key[0]] += 1
            told_now = {lead.key for lead in best.leads}
            taken |= told_now
            del left[best.finding]
            yield best
            for number, made in list(left.items()):
                if any(lead.key in told_now for lead in made.leads):
                    again = self.tell(number, findings[number], frozenset(taken))
                    if again is None:
                        del left[number]
                    else:
                        left[number] = again

    def _fit(self, picked: dict[StatementKind, list[_Told]], ready: dict[StatementKind, list[_Told]]) -> None:
        """Tell more where the brief is short, and fewer where it is long."""
        while self._length(picked) < FEWEST:
            more = [kind for kind in ROOM if len(picked[kind]) < len(ready[kind])]
            if not more:
                return
            for kind in more:
                picked[kind].append(ready[kind][len(picked[kind])])
        while self._length(picked) > MOST:
            longest = max(ROOM, key=lambda kind: len(picked[kind]))
            picked[longest].pop()

    def _length(self, picked: dict[StatementKind, list[_Told]]) -> float:
        texts = ["".join(piece.printed for piece in one.pieces) for some in picked.values() for one in some]
        return 120 + sum(len(_WORD.findall(text)) + len(_HAN.findall(text)) / 1.5 for text in texts)

    def tell(
        self, number: int, finding: Finding, taken: frozenset[tuple[str, str]] = frozenset(), *, far: bool = False
    ) -> _Told | None:
        """The finding in a sentence and a headline; None where its passages say too little, or are told already.

        With ``far`` passages that aren't near one another are set side by side too: the strongest of each document.
        """
        made = self._sides(finding, taken)
        if made is None and far and len(finding.documents) > 1:
            made = self._strongest(finding, taken)
        if made is None:
            return None
        leads, weight = made
        weight *= self._rare(finding)
        label = (
            ()
            if finding.matter
            else (*told("label", self._name(finding)), *told("said", say("brief.stop", self.tongue)))
        )
        if finding.finding == "only":
            return self._alone(number, finding, leads, weight, label)
        if len(leads) == 1:
            return self._half_open(number, finding, leads[0], weight, label)
        kind: StatementKind = {"shared": "both", "divergent": "apart"}.get(finding.finding, "open")  # type: ignore[assignment]
        left, right = leads
        foreign = any(lead.language not in (self.tongue, "und") for lead in leads)
        form = ".foreign" if foreign else ""
        halves = [side(self.bench, one, headline=False, first=foreign or one is left) for one in leads]
        pieces = self._say(f"brief.{kind}{form}", label=label, a=halves[0], b=halves[1])
        kicker = (*label[:1], *told("said", say("brief.colon", self.tongue))) if foreign and label else ()
        front = [
            side(self.bench, one, headline=True, first=(foreign and one is right) or (one is left and not kicker))
            for one in leads
        ]
        head = self._say(f"brief.headline{form}", label=kicker, a=front[0], b=front[1])
        return _Told(kind, number, pieces, leads, weight, head if kind != "open" else ())

    def _say(self, key: str, **fields: Pieces) -> Pieces:
        return filled(key, self.tongue, fields)

    def _alone(self, number: int, finding: Finding, leads: tuple[Lead, ...], weight: float, label: Pieces) -> _Told:
        half = side(self.bench, leads[0], headline=False, first=True)
        pieces = self._say("brief.alone", label=label, a=half)
        head = self._say("brief.headline.alone", a=side(self.bench, leads[0], headline=True))
        return _Told("alone", number, pieces, leads, weight, head)

    def _half_open(self, number: int, finding: Finding, lead: Lead, weight: float, label: Pieces) -> _Told | None:
        if finding.finding != "undecided":
            return None
        half = side(self.bench, lead, headline=False, first=True)
        return _Told("open", number, self._say("brief.open.half", label=label, a=half), (lead,), weight)

    def _sides(self, finding: Finding, taken: frozenset[tuple[str, str]]) -> tuple[tuple[Lead, ...], float] | None:
        """The leads of the finding, one a document, and what it weighs."""
        if finding.finding == "divergent" and (sides := showing(self.bench, finding)):
            order = sorted(sides, key=lambda document: self.bench.party[document].index)
            best = [self.desk.best(sides[document], taken) for document in order]
            leads = tuple(lead for lead in best if lead is not None)
            return (leads, 1.5 * min(one.weight for one in leads)) if len(leads) == 2 else None
        least = threshold("brief.pair")
        if finding.finding in ("shared", "divergent") and len(finding.documents) > 1:
            pair = self.desk.pair(finding, taken, least)
            if pair is None:
                return None
            left, right, near = pair
            if min(left.weight, right.weight) < threshold("brief.lead") or not (left.clause and right.clause):
                return None
            return (left, right), min(left.weight, right.weight) * (0.5 + near)
        return self._strongest(finding, taken)

    def _strongest(self, finding: Finding, taken: frozenset[tuple[str, str]]) -> tuple[tuple[Lead, ...], float] | None:
        """The strongest lead of each of at most two documents that speak."""
        found = []
        for document in finding.documents[:2]:
            lead = self.desk.best((one for one in finding.passages if one.document == document), taken)
            if (
                lead is not None
                and lead.weight >= threshold("brief.lead")
                and (lead.clause or finding.finding != "only")
            ):
                found.append(lead)
        if not found or (finding.finding == "only" and len(finding.documents) > 1):
            return None
        sure = finding.probability if finding.probability is not None else 0.8
        return tuple(found), min(one.weight for one in found) * (0.4 + 0.6 * sure)

    def _rare(self, finding: Finding) -> float:
        """How much a theme says by being rare: what every plan takes up says little of two of them."""
        return 1.0

    def _name(self, finding: Finding) -> str:
        return (finding.name_zh if self.tongue == "zh" else finding.name) or finding.name or finding.theme

    def opening(self, document: str) -> Pieces:
        """What a document's name stands for."""
        held = self.bench.documents[document]
        title = " ".join((held.name or self.bench.party[document].title).split())
        fields = {
            "name": told("name", self.bench.party[document].label, document),
            "title": told("title", title, document),
        }
        if not held.date:
            return self._say("brief.stands", **fields)
        return self._say("brief.stands.dated", date=told("date", held.date, document), **fields)

    def left(self) -> _Told | None:
        """How many findings are not decided: the heading above those that are told."""
        count = sum(one.finding == "undecided" for one in self.every)
        number = told("number", str(count), "undecided")
        return _Told("open", -1, self._say("brief.left", count=number), (), 0.0) if count else None

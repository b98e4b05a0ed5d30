"""The brief's sentences: which are told, in what order, and how each is said."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from polidiff.model import Finding, Passage
from polidiff.model.briefs import Brief, BriefPiece, Named, Statement, StatementKind
from polidiff.report.briefing.candidates import Candidate, Key, alone, apart, both
from polidiff.report.briefing.chances import least
from polidiff.report.briefing.choose import Desk, Lead
from polidiff.report.briefing.each import VAGUE, due, each
from polidiff.report.briefing.features import HEADLINE, UNFIT
from polidiff.report.briefing.rarity import rarity
from polidiff.report.briefing.sides import Pieces, filled, joined, side, told, whole
from polidiff.report.counts import Counted, counted_matters, counted_themes, decided, undecided
from polidiff.report.names import finding_name
from polidiff.report.passages import ReportContext
from polidiff.wording import listed, say, term, upper

__all__ = ["brief", "desk_of", "headline", "sentence"]

CLOSING = 240
"""Words that a brief opens and closes with, about."""

MOST = 1060
"""Words of a brief without its headlines (of Chinese: one and a half times as many characters)."""

ROOM: dict[StatementKind, int] = {"apart": 4, "both": 6, "alone": 7, "due": 4, "each": 12}
"""Sentences of a kind, at the most; the first kinds take their passages first."""

ONCE: frozenset[StatementKind] = frozenset({"apart", "each"})
"""Kinds that tell of a finding once."""

FEWEST = 6
"""Sentences below which a brief tells less sure ones on themes, which claim nothing of two documents together."""

PLENTY = 10
"""Sentences below which it tells what each document wants best whatever it is on."""

ORDER: tuple[StatementKind, ...] = ("both", "apart", "alone", "due", "each")

EMPHASIS = 0.15
"""What each further passage of a document on a theme (its logarithm) adds to the weight of an act on it."""
AHEAD = 2
"""How many acts on themes more than of another are told of one document."""

HEADLINES, OF_ONE_KIND = 5, 3
GLANCE = 40
"""Words of a headline that comes before longer ones."""

NAMED = 5
"""Undecided themes and matters that are named."""

PEOPLE = 8
"""Findings that people decided, which are named with who did."""

MATTERS = 6
"""Matters that are shared, and that stand in one alone, that are named."""

_WORD, _HAN = re.compile(r"[^\W\u3400-\u9fff]+"), re.compile(r"[\u3400-\u9fff]")
_desks: WeakKeyDictionary[ReportContext, Desk] = WeakKeyDictionary()


def desk_of(bench: ReportContext) -> Desk:
    """Return the desk of a comparison's context, made once."""
    if bench not in _desks:
        _desks[bench] = Desk(bench)
    return _desks[bench]


@dataclass(frozen=True)
class _Ready:
    """A candidate ready to be told: its sentence, and its headline where it has one."""

    of: Candidate
    pieces: Pieces
    head: Pieces
    weight: float

    @property
    def sure(self) -> bool:
        """Whether it reaches the bar of its kind."""
        return self.of.judged or self.of.chance >= least(self.of.bar)

    @property
    def alone(self) -> bool:
        return len(self.of.leads) == 1


def sentence(bench: ReportContext, kind: StatementKind, leads: tuple[Lead, ...], label: str = "") -> Pieces:
    """Return what the sentences of documents say, as a sentence of the brief; ``label`` is the theme's name."""
    tongue = bench.tongue
    if kind == "each" and label:
        between = told("said", say("brief.each.between", tongue))
        sides = [side(bench, one, headline=False, first=one is leads[0]) for one in leads]
        joint = tuple(piece for place, half in enumerate(sides) for piece in (*(between if place else ()), *half))
        return filled("brief.each", tongue, {"label": told("label", label), "sides": joint})
    if len(leads) == 1:
        return filled("brief.alone", tongue, {"a": side(bench, leads[0], headline=False, first=True)})
    foreign = any(lead.language not in (tongue, "und") for lead in leads)
    first, second = (side(bench, one, headline=False, first=foreign or one is leads[0]) for one in leads)
    return filled(f"brief.{kind}{'.foreign' if foreign else ''}", tongue, {"a": first, "b": second})


def _head(bench: ReportContext, leads: tuple[Lead, ...], label: Pieces = ()) -> Pieces:
    """The same as a headline."""
    tongue = bench.tongue
    foreign = any(lead.language not in (tongue, "und") for lead in leads)
    if len(leads) == 1:
        key = "brief.headline.alone.foreign" if foreign else "brief.headline.alone"
        return filled(key, tongue, {"a": side(bench, leads[0], headline=True)})
    front = [
        side(bench, one, headline=True, first=(foreign and one is leads[1]) or (one is leads[0] and not label))
        for one in leads
    ]
    form = ".foreign" if foreign else ""
    return filled(f"brief.headline{form}", tongue, {"label": label, "a": front[0], "b": front[1]})


def headline(bench: ReportContext, finding: Finding) -> str:
    """Return what a decided finding says in one line; empty where it has no passages to set against each other."""
    if finding.finding == "undecided":
        return ""
    desk = desk_of(bench)
    leads = _lead_pair(desk, finding) if len(finding.documents) > 1 else None
    if leads is None:
        best = (
            desk.best(one for one in finding.passages if one.document == document) for document in finding.documents[:2]
        )
        leads = tuple(lead for lead in best if lead is not None)
    wanted = 1 if len(finding.documents) == 1 else 2
    if len(leads) != wanted or (finding.finding == "only" and len(finding.documents) > 1):
        return ""
    name = finding_name(finding, bench.tongue)
    foreign = any(lead.language not in (bench.tongue, "und") for lead in leads)
    label = (*told("label", name), *told("said", say("brief.colon", bench.tongue))) if foreign else ()
    return "".join(piece.printed for piece in _head(bench, leads, label))


def _lead_pair(desk: Desk, finding: Finding) -> tuple[Lead, ...] | None:
    """The finding's pair whose sentences are told best and are near."""
    found = []
    for pair in finding.pairs:
        leads = desk.beside((pair.source_document, pair.source), (pair.document, pair.id))
        if leads is not None:
            worth = min(leads[0].chance, leads[1].chance) * pair.score
            ordered = sorted(leads, key=lambda lead: desk.bench.party[lead.key[0]].index)
            found.append((-worth, leads[0].passage.start, tuple(ordered)))
    return min(found, key=lambda row: row[:2])[2] if found else None


def brief(bench: ReportContext) -> Brief:
    """Return the comparison as an article of two pages."""
    maker = _Maker(bench)
    chosen = maker.chosen()
    statements: list[Statement] = []
    for number, one in enumerate(_front(chosen), start=1):
        statements.append(_statement(f"h{number}", "headline", one, one.head))
    for number, party in enumerate(bench.parties, start=1):
        statements.append(Statement(f"o{number}", "opening", None, maker.opening(party.id)))
    place = 0
    for kind in ORDER:
        for one in (one for one in chosen if one.of.kind == kind):
            place += 1
            statements.append(_statement(f"s{place}", kind, one, one.pieces))
    for number, pieces in enumerate(maker.open(), start=1):
        statements.append(Statement(f"u{number}", "open", None, pieces))
    made = [
        (maker.counted(), ()),
        *maker.named(),
        *maker.people(),
        (told("said", say("brief.made", bench.tongue)), ()),
    ]
    statements += (Statement(f"m{n}", "made", None, pieces, cited) for n, (pieces, cited) in enumerate(made, start=1))
    names = [party.named for party in bench.parties]
    return Brief(
        language=bench.tongue,
        title=upper(say(_title(chosen, len(names)), bench.tongue, names=listed(names, bench.tongue))),
        names=tuple(Named(party.id, party.label, party.named) for party in bench.parties),
        statements=tuple(statements),
    )


def _title(chosen: Iterable[_Ready], documents: int) -> str:
    """The phrase of the brief's title: it promises what follows, and no more."""
    if not {"both", "apart"} <= {one.of.kind for one in chosen}:
        return "brief.title.plain"
    return "brief.title" if documents == 2 else "brief.title.many"


def _statement(name: str, kind: StatementKind, one: _Ready, pieces: Pieces) -> Statement:
    about = one.of.finding if one.of.finding >= 0 else None
    return Statement(name, kind, about, pieces, tuple(lead.passage for lead in one.of.leads))


def _front(chosen: Iterable[_Ready]) -> list[_Ready]:
    """The headlines, of sentences that need no cut: the first of each kind, then what is left, short ones first."""
    fit = sorted((one for one in chosen if one.head), key=_long)
    front = [
        one for kind in ("apart", "both", "each", "alone") for one in [some for some in fit if some.of.kind == kind][:1]
    ]
    for one in sorted(fit, key=lambda one: (_long(one), *_rank(one))):
        same = sum(some.of.kind == one.of.kind for some in front)
        if len(front) < HEADLINES and one not in front and same < OF_ONE_KIND:
            front.append(one)
    return front


def _long(one: _Ready) -> bool:
    """Whether a headline is longer than one takes in at a glance."""
    words = "".join(piece.printed for piece in one.head)
    return len(_WORD.findall(words)) + len(_HAN.findall(words)) / 1.5 > GLANCE


def _rank(one: _Ready) -> tuple[bool, bool, float, int]:
    return one.of.spare or not one.sure, not one.of.judged, -one.weight, one.of.leads[0].passage.start


class _Maker:
    def __init__(self, bench: ReportContext) -> None:
        self.bench, self.desk, self.tongue = bench, desk_of(bench), bench.tongue
        self.every = (*bench.comparison.findings, *bench.comparison.matters)

    def chosen(self) -> list[_Ready]:
        """What is told, each passage once: of a kind first what a judge or a person decided, then by weight."""
        found: dict[StatementKind, Iterable[Candidate]] = {
            "apart": apart(self.desk), "both": both(self.desk), "alone": alone(self.desk),
            "due": due(self.desk), "each": each(self.desk),
        }  # fmt: skip
        taken: set[Key] = set()
        made: list[_Ready] = []
        for kind, room in ROOM.items():
            likely = [one for one in found[kind] if one.chance >= self._least(one)]
            made += self._of_kind(likely, room, taken, len(made))
        while self._length(made) > MOST:
            made.pop(max(range(len(made)), key=lambda at: (_counted(made)[made[at].of.kind], at)))
        return made

    def _least(self, one: Candidate) -> float:
        return least("spare" if one.spare else "sparse" if one.kind == "each" else one.bar)

    def _of_kind(self, found: list[Candidate], room: int, taken: set[Key], before: int) -> list[_Ready]:
        """The first of a kind whose passages are free; of what one alone takes up the documents take turns.

        ``before`` sentences are told already: where they are few, less sure ones that claim little are told too.
        """
        ranked = sorted((self._ready(one) for one in found), key=_rank)
        made: list[_Ready] = []
        turns: Counter[str] = Counter()
        told: set[int] = set()
        themes: set[tuple[str, str]] = set()
        while ranked and len(made) < room:
            best = min(ranked, key=lambda one: (*_rank(one)[:2], turns[one.of.leads[0].key[0]] * one.alone))
            ranked.remove(best)
            if before + len(made) >= (PLENTY if best.of.spare else FEWEST if not best.sure else MOST):
                continue
            again = best.of.kind in ONCE and best.of.finding in told - {-1}
            if best.of.kind == "each" and best.alone:
                others = (turns[party.id] for party in self.bench.parties)
                again |= turns[best.of.leads[0].key[0]] - min(others) >= AHEAD
            own = {(lead.key[0], theme) for lead in best.of.leads if (theme := self.desk.theme(lead.key))}
            again |= best.of.kind in ("both", "alone") and bool(own) and own <= themes
            if not again and not any(lead.key in taken for lead in best.of.leads):
                themes |= own
                told.add(best.of.finding)
                turns.update(lead.key[0] for lead in best.of.leads)
                taken |= {lead.key for lead in best.of.leads}
                made.append(best)
        return made

    def _ready(self, one: Candidate) -> _Ready:
        fit = all(whole(self.bench, lead, HEADLINE) and not UNFIT & lead.features.keys() for lead in one.leads)
        label = finding_name(self.every[one.finding], self.tongue) if one.kind == "each" and not one.spare else ""
        colon = say("brief.colon", self.tongue)
        front = (*told("label", label), *told("said", colon)) if label else ()
        headed = fit and (one.kind in ("both", "apart", "alone") or len(one.leads) == 2)
        return _Ready(
            one,
            (*sentence(self.bench, one.kind, one.leads, label), *self._by_whom(one.leads)),
            _head(self.bench, one.leads, front) if headed else (),
            round(one.weight * one.chance * min(self._news(lead) for lead in one.leads), 6),
        )

    def _news(self, lead: Lead) -> float:
        """What a sentence weighs: more the rarer its matter is, less where its verb commits to little."""
        much = 1.0 + EMPHASIS * math.log1p(self.desk.said_on(lead.key[0], self.desk.theme(lead.key)))
        return rarity(self.bench.codings[lead.key]) * much * (VAGUE if "vague" in lead.features else 1.0)

    def _by_whom(self, leads: tuple[Lead, ...]) -> Pieces:
        """Which person decided that two passages go together, and why."""
        match = self.bench.match(leads[0].passage, leads[-1].passage)[0] if len(leads) == 2 else None
        said = [one for one in match.reasons if one.code.startswith("decision.")] if match is not None else []
        return told("said", f" [{self.bench.reason(said[-1])}]") if said else ()

    def _length(self, made: Iterable[_Ready]) -> float:
        texts = ["".join(piece.printed for piece in one.pieces) for one in made]
        return CLOSING + sum(len(_WORD.findall(text)) + len(_HAN.findall(text)) / 1.5 for text in texts)

    def counted(self) -> Pieces:
        """How many themes and matters of each kind the report has beside."""
        own = counted_matters(self.bench.comparison)
        fields = self._level("themes", counted_themes(self.bench.comparison))
        if not own.total and not own.undecided:
            return filled("brief.more.themes", self.tongue, fields)
        return filled("brief.more", self.tongue, {**fields, **self._level("matters", own)})

    def _level(self, level: str, held: Counted) -> dict[str, Pieces]:
        """The number of one level, and of each of its kinds that there are."""
        said: list[BriefPiece] = []
        for kind in ("shared", "passing", "divergent", "only", "undecided"):
            number = getattr(held, kind)
            if number:
                many = ".many" if kind == "only" and len(self.bench.parties) > 2 else ""
                said += told("said", say("brief.more.gap", self.tongue)) if said else ()
                counted = {"n": told("number", str(number), f"{level}.{kind}")}
                said += filled(f"brief.more.{kind}{many}", self.tongue, counted)
        are = joined([*told("said", say("brief.colon", self.tongue)), *said]) if said else ()
        return {level: told("number", str(held.total), level), f"{level}_are": are}

    def named(self) -> list[tuple[Pieces, tuple[Passage, ...]]]:
        """The names of the themes and of the matters that are shared, and of those in one only.

        Each has the first passage of one document, or of two that share it.
        """
        lines = []
        for level, every in (("themes", self.bench.comparison.broad), ("matters", decided(self.bench.comparison))):
            for kind in ("shared", "only"):
                found = [one for one in every if one.finding == kind and not one.passing and _firsts(one)]
                if found:
                    lines.append(self._named(level, kind, found))
        return lines

    def _named(self, level: str, kind: str, every: Sequence[Finding]) -> tuple[Pieces, tuple[Passage, ...]]:
        found = list({finding_name(one, self.tongue): one for one in reversed(every)}.values())[::-1]
        shown = found[:MATTERS]
        many = ".many" if kind == "only" and len(self.bench.parties) > 2 else ""
        fields = {
            "what": told("said", say(f"brief.named.{kind}{many}", self.tongue)),
            "names": self._names(shown, self._speaking if kind == "only" else None),
        }
        left = len(every) - len(shown)
        if left:
            fields["count"] = told("said", str(left))
        pieces = filled(f"brief.named.{level}.more" if left else f"brief.named.{level}", self.tongue, fields)
        return pieces, tuple(passage for one in shown for passage in _firsts(one))

    def people(self) -> list[tuple[Pieces, tuple[Passage, ...]]]:
        """What people decided of whole findings, and what they left out, with their names and reasons."""
        lines: list[tuple[Pieces, tuple[Passage, ...]]] = []
        colon = told("said", say("brief.colon", self.tongue))
        for one in self.bench.comparison.findings:
            said = [reason for reason in one.reasons if reason.code.startswith("decision.")]
            if said and len(lines) < PEOPLE:
                words = told("said", self.bench.reason(said[-1]))
                lines.append(((*told("label", finding_name(one, self.tongue)), *colon, *words), ()))
        left = dict(self.bench.comparison.method).get("left_out", "")
        if left:
            lines.append((told("said", f"{term('method', 'left_out', self.tongue)}{colon[0].text}{left}"), ()))
        return lines

    def _speaking(self, finding: Finding) -> str:
        return listed([self.bench.party[document].label for document in finding.documents], self.tongue)

    def _names(self, findings: Sequence[Finding], beside: Callable[[Finding], str] | None) -> Pieces:
        """Names of findings in a row, with what stands in brackets beside each."""
        names: list[BriefPiece] = []
        for place, one in enumerate(findings):
            names += told("said", say("brief.named.gap", self.tongue)) if place else ()
            names += told("label", finding_name(one, self.tongue))
            if beside is not None:
                names += told("said", say("brief.named.by", self.tongue, who=beside(one)))
        return tuple(names)

    def open(self) -> list[Pieces]:
        """How many themes and matters nobody decided, and the weightiest by name."""
        left = sorted(undecided(self.bench.comparison), key=lambda one: one.matter is not None)
        if not left:
            return []
        on_themes = sum(one.matter is None for one in left)
        counts = {
            "themes": told("number", str(on_themes), "themes.undecided"),
            "matters": told("number", str(len(left) - on_themes), "matters.undecided"),
        }
        shown = list({finding_name(one, self.tongue): one for one in reversed(left)}.values())[::-1][:NAMED]
        lines = [filled("brief.left", self.tongue, counts)]
        more = len(left) - len(shown)
        fields = {"names": self._names(shown, None), "count": told("said", str(more))}
        lines.append(filled("brief.left.names.more" if more else "brief.left.names", self.tongue, fields))
        return lines

    def opening(self, document: str) -> Pieces:
        """What a document's name stands for."""
        held = self.bench.documents[document]
        label, title = self.bench.party[document].label, self.bench.party[document].title
        fields = {"name": told("name", label, document), "title": told("title", title, document)}
        own = ".own" if label == title else ""
        if not held.date:
            return filled(f"brief.stands{own}", self.tongue, fields)
        return filled(f"brief.stands{own}.dated", self.tongue, {**fields, "date": told("date", held.date, document)})


def _firsts(finding: Finding) -> list[Passage]:
    """The foremost passage of one document, or of two that share what a finding is on; none where one lacks."""
    held = {one.document: one for one in reversed(finding.passages)}
    sides = 2 if finding.finding == "shared" else 1
    found = [held[document] for document in finding.documents if document in held][:sides]
    return found if len(found) == sides else []


def _counted(made: Iterable[_Ready]) -> Counter[StatementKind]:
    return Counter(one.of.kind for one in made)

"""The findings, theme by theme, as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from polidiff.alignment.figures import figures_said
from polidiff.comparison.measured import wrong_of
from polidiff.model import Absence, DifferenceKind, Finding, Match, Passage
from polidiff.report.anchors import theme_anchor
from polidiff.report.briefing.article import headline
from polidiff.report.many import is_many
from polidiff.report.names import Party, finding_name
from polidiff.report.opposed import opposed
from polidiff.report.passages import PassageView, ReportContext, relation_said
from polidiff.wording import Locale, listed, percent, say, term, upper

SYMBOLS = {"shared": "●", "divergent": "◆", "only": "○"}
PASSING = "◐"
"""The sign of a shared theme that some document only touches in passing."""
VISIBLE = 2
FOLDED = 12
LINKED = 100
"""Further passages of a document that a theme leads to; the workbook holds all."""


@dataclass(frozen=True, slots=True)
class PairView:
    """Two passages that answer each other, and what ties and parts them."""

    left: PassageView
    right: PassageView
    tie: str
    score: str
    relation: str
    differs: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One document's further passages: shown, folded, and, past those, links into its full text alone.

    ``left`` passages are past those, too.
    """

    party: Party
    total: int
    shown: tuple[PassageView, ...]
    folded: tuple[PassageView, ...]
    linked: tuple[PassageView, ...]
    left: int = 0

    @property
    def more(self) -> int:
        """Passages that are not shown at once."""
        return self.total - len(self.shown)


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """What was searched of a document that is silent on the theme, and how sure that is."""

    party: Party
    title: str
    searched: str
    terms: tuple[str, ...]
    risk: str
    note: str
    nearest: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One theme: the verdict, why, and the passages. ``headline`` is empty where no acts can be set side by side."""

    anchor: str
    theme: str
    name: str
    head: str
    kind: str
    series: str
    symbol: str
    verdict: str
    deck: str
    definition: str
    differs: tuple[tuple[str, tuple[tuple[Party, str], ...]], ...]
    reasons: tuple[str, ...]
    pairs: tuple[PairView, ...]
    more_pairs: tuple[PairView, ...]
    columns: tuple[ColumnView, ...]
    absences: tuple[AbsenceView, ...]
    counts: tuple[int, ...]
    passing: bool = False
    headline: str = ""
    narrower: tuple[ThemeView, ...] = ()

    @property
    def has_others(self) -> bool:
        """Whether any document has passages beside those that answer each other."""
        return any(column.total for column in self.columns)


@dataclass(frozen=True, slots=True)
class HeadView:
    """A head of the codebook with its broad themes, in the order of the page; each holds its narrower ones."""

    id: str
    name: str
    themes: tuple[ThemeView, ...]

    @property
    def every(self) -> tuple[ThemeView, ...]:
        """The themes, each followed by its narrower ones."""
        return tuple(one for theme in self.themes for one in (theme, *theme.narrower))


def heads(bench: ReportContext) -> tuple[HeadView, ...]:
    """The findings by head: what is shared first, then divergent, then what stands in one alone."""
    within = bench.comparison.within
    narrower: dict[str, list[ThemeView]] = {}
    broad: list[ThemeView] = []
    for position, finding in enumerate(bench.comparison.findings):
        view = theme(bench, finding, position)
        if finding.theme in within:
            narrower.setdefault(within[finding.theme], []).append(view)
        else:
            broad.append(view)
    by_head: dict[str, list[ThemeView]] = {}
    for view in broad:
        own = tuple(sorted(narrower.get(view.theme, ()), key=_rank))
        by_head.setdefault(view.head, []).append(replace(view, narrower=own))
    names = {head: (en, zh) for head, en, zh in bench.comparison.codebook.heads}
    order = [head for head in names if head in by_head] + [head for head in by_head if head not in names]
    column = 0 if bench.tongue == "en" else 1
    return tuple(
        HeadView(head, names.get(head, (head, head))[column] or head, tuple(sorted(by_head[head], key=_rank)))
        for head in order
    )


def _rank(view: ThemeView) -> tuple[int, bool, str, int]:
    return list(SYMBOLS).index(view.kind), view.passing, view.series, -sum(view.counts)


def theme(bench: ReportContext, finding: Finding, position: int) -> ThemeView:
    """One finding for the template."""
    tongue = bench.tongue
    kinds = tuple(difference.kind for difference in finding.differs)
    pairs, rest = _pairs(bench, finding, kinds)
    coded = next((one for one in bench.comparison.codebook.themes if one.id == finding.theme), None)
    spoken = [bench.party[document] for document in finding.documents]
    passing = finding.finding == "shared" and bool(finding.passing)
    said = "" if passing or is_many(bench) else headline(bench, finding)
    deck = "" if said and finding.finding != "only" else _deck(bench, finding, spoken)
    return ThemeView(
        anchor=theme_anchor(position),
        theme=finding.theme,
        name=finding_name(finding, tongue),
        head=finding.head,
        kind=finding.finding,
        series=spoken[0].series if finding.finding == "only" and len(spoken) == 1 else "",
        symbol=PASSING if passing else SYMBOLS[finding.finding],
        verdict=verdict(bench, finding),
        deck=f"{deck} {by_whom(bench, finding)}".strip(),
        definition=coded.defined(tongue) if coded is not None else "",
        differs=tuple(
            (
                term("differs", difference.kind, tongue),
                tuple((bench.party[doc], _value(bench, difference.kind, value)) for doc, value in difference.values),
            )
            for difference in finding.differs
        ),
        reasons=tuple(bench.reason(one) for one in finding.reasons if one.code != "finding.measured"),
        pairs=tuple(pairs[:VISIBLE]),
        more_pairs=tuple(pairs[VISIBLE:]),
        columns=tuple(_column(bench, party, rest, kinds, finding.theme) for party in spoken),
        absences=tuple(_absence(bench, absence) for absence in finding.absences),
        counts=tuple(sum(p.document == party.id for p in finding.passages) for party in bench.parties),
        passing=passing,
        headline=said,
    )


def by_whom(bench: ReportContext, finding: Finding) -> str:
    """Who says it, and how often such a finding was wrong, where that has been measured."""
    if finding.by == "person":
        said = [bench.reason(one) for one in finding.reasons if one.code.startswith("decision.finding")]
        return say("by.said", bench.tongue, said=upper(said[-1])) if said else say("by.decided", bench.tongue)
    who = term("by", finding.by, bench.tongue)
    held = wrong_of(finding.by, finding.finding)
    if held is None or is_many(bench):
        return say("by", bench.tongue, who=who)
    wrong, n = held
    return say("by.measured", bench.tongue, who=who, n=n, wrong=wrong)


def verdict(bench: ReportContext, finding: Finding) -> str:
    """What was found, in a few words: shared, shared and in whom in passing, divergent, or only in whom."""
    if is_many(bench) and finding.finding in ("shared", "only"):
        key, total = f"verdict.{finding.finding}.many", len(bench.parties)
        return say(key, bench.tongue, n=len(finding.documents), total=total)
    if finding.finding == "shared" and finding.passing:
        light = [bench.party[document].named for document in finding.passing]
        return say("passing.in", bench.tongue, who=listed(light, bench.tongue))
    if finding.finding != "only":
        return term("finding", finding.finding, bench.tongue)
    spoken = [bench.party[document].named for document in finding.documents]
    return say("verdict.only", bench.tongue, who=listed(spoken, bench.tongue))


def _deck(bench: ReportContext, finding: Finding, spoken: list[Party]) -> str:
    """The finding in one plain sentence."""
    tongue = bench.tongue
    if is_many(bench) and finding.finding in ("shared", "only"):
        return say(f"deck.{finding.finding}.many", tongue, n=len(spoken), total=len(bench.parties))
    names = listed([party.named for party in spoken], tongue)
    what = listed(
        list(dict.fromkeys(term("differs", difference.kind, tongue) for difference in finding.differs)), tongue
    )
    if finding.finding == "only":
        silent = listed([party.named for party in bench.parties if party not in spoken], tongue)
        return upper(say("deck.only", tongue, who=names, silent=silent, n=len(finding.passages)))
    if finding.finding == "divergent":
        return upper(say("deck.divergent" if what else "deck.divergent.plain", tongue, who=names, what=what))
    return upper(say("deck.shared.differs" if what else "deck.shared", tongue, who=names, what=what))


def _value(bench: ReportContext, kind: DifferenceKind, value: str) -> str:
    """What a document says on a difference, in words: labels of the vocabularies and positions are named."""
    tongue = bench.tongue
    for theme_ in bench.comparison.codebook.themes:
        for position in theme_.positions:
            if value in {position.id, f"{theme_.id}:{position.id}", position.name}:
                return position.name_zh if tongue == "zh" and position.name_zh else position.name
    for family in (kind, "posture", "strength", "forum"):
        named = term(family, value, tongue)
        if named != value.replace("_", " "):
            return named
    return value or say("nothing", tongue)


def _pairs(
    bench: ReportContext, finding: Finding, kinds: tuple[DifferenceKind, ...]
) -> tuple[list[PairView], list[Passage]]:
    """Passages that answer each other, each in its best pair alone, and the passages that are left.

    Where the documents take different sides, the two that show it best come first, whatever their score.
    """
    order = {party.id: party.index for party in bench.parties}
    by_place = {(passage.document, passage.provision): passage for passage in finding.passages}
    used: set[tuple[str, str]] = set()
    views: list[PairView] = []
    first = opposed(bench, finding)
    if first is not None:
        left, right = sorted(first[:2], key=lambda passage: order[passage.document])
        used |= {(left.document, left.provision), (right.document, right.provision)}
        views.append(_pair(bench, left, right, first[2], kinds, finding.theme, part=True))
    for pair in finding.pairs:
        keys = {(pair.source_document, pair.source), (pair.document, pair.id)}
        if keys & used or not keys <= by_place.keys():
            continue
        used |= keys
        left, right = sorted((by_place[key] for key in keys), key=lambda passage: order[passage.document])
        views.append(_pair(bench, left, right, pair.score, kinds, finding.theme))
    return views, [p for p in finding.passages if (p.document, p.provision) not in used]


def _pair(
    bench: ReportContext,
    left: Passage,
    right: Passage,
    score: float | None,
    kinds: tuple[DifferenceKind, ...],
    theme_: str,
    *,
    part: bool = False,
) -> PairView:
    match, turned = bench.match(left, right)
    words = [(b, a) if turned else (a, b) for a, b in match.words] if match is not None else []
    parts: tuple[DifferenceKind, ...] = match.differs if match is not None else kinds
    if part:
        parts = ("direction",)
    tongue = bench.tongue
    relation = relation_said(match) if match is not None else ""
    if turned and relation in {"subset_of", "superset_of"}:
        relation = "superset_of" if relation == "subset_of" else "subset_of"
    return PairView(
        left=bench.view(left, same=[a for a, _ in words], parts=parts, theme=theme_),
        right=bench.view(right, same=[b for _, b in words], parts=parts, theme=theme_),
        score=f"{score:.2f}" if score is not None else "",
        tie=say("parted" if part else "answers", tongue),
        relation=term("relation", relation or "none", tongue) if relation or not part else "",
        differs=_differing(match, left, right, tongue) if match is not None else "",
        reasons=tuple(bench.reason(r) for r in match.reasons if r.kind in {"words", "meaning", "decision"})
        if match is not None
        else (),
    )


def _differing(match: Match, left: Passage, right: Passage, tongue: Locale) -> str:
    """In what two passages differ; figures with what each says."""
    figures = figures_said(left.text, right.text)
    named = []
    for kind in match.differs:
        values = f" ({' ↔ '.join(figures[kind])})" if kind in figures else ""
        named.append(term("differs", kind, tongue) + values)
    return listed(named, tongue)


def _column(
    bench: ReportContext, party: Party, rest: list[Passage], kinds: tuple[DifferenceKind, ...], theme_: str
) -> ColumnView:
    parts = [kind for kind in kinds if kind in {"direction", "forum"}]
    own = [p for p in rest if p.document == party.id]
    visible, folded, linked = (1, 0, 0) if is_many(bench) else (VISIBLE, FOLDED, LINKED)
    most = visible + folded + linked
    views = [bench.view(p, parts=parts, theme=theme_) for p in own[:most]]
    return ColumnView(
        party=party,
        total=len(own),
        shown=tuple(views[:visible]),
        folded=tuple(views[visible : visible + folded]),
        linked=tuple(views[visible + folded :]),
        left=len(own[most:]),
    )


def _absence(bench: ReportContext, absence: Absence) -> AbsenceView:
    tongue = bench.tongue
    return AbsenceView(
        party=bench.party[absence.document],
        title=upper(say("absence.title", tongue, who=bench.party[absence.document].named)),
        searched=say("absence.searched", tongue, n=absence.searched),
        terms=absence.terms,
        risk=say("absence.risk", tongue, risk=percent(1 - absence.probability)),
        note=say("gap", tongue).join(map(bench.reason, absence.reasons)),
        nearest=tuple(bench.view(passage) for passage in absence.nearest),
    )

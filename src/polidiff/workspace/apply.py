"""Decisions put to work: codings, alignments and findings as people decided them.

What is in conflict stays as the machine proposed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from polidiff.model import Code, Coding, Finding, FindingKind, Judged, Match, Reason, Relation
from polidiff.workspace.decisions import Decision, Target, flipped
from polidiff.workspace.places import Places
from polidiff.workspace.state import DecisionState

if TYPE_CHECKING:
    from polidiff.alignment import Alignment, CodedDocument
    from polidiff.comparison.rulings import Rulings

End = tuple[str, str]
"""A document's id and a provision's id."""

GROUPS = {"theme": "themes", "instrument": "instruments"}
SINGLE = ("strength", "posture", "forum")


@dataclass
class Decided:
    """The decisions that hold, by what they change. Links are held in both directions."""

    links: dict[tuple[End, End], tuple[Decision, Relation | None]] = field(default_factory=dict)
    codes: dict[End, list[tuple[str, Decision]]] = field(default_factory=dict)
    findings: dict[Target, Decision] = field(default_factory=dict)


def decided(standings: Iterable[DecisionState], places: Places) -> Decided:
    """Sort out what holds, by the ids of the current provisions."""
    made = Decided()
    for held in standings:
        row = held.decided
        if row is None:
            continue
        if held.target.kind == "finding":
            made.findings[held.target] = row
        if held.target.kind in ("finding", "verdict"):
            continue
        provisions = [places.provision(anchor) for anchor in held.target.anchors]
        ends = [(p.document, p.id) for p in provisions if p is not None]
        if len(ends) < len(provisions):
            continue
        if held.target.kind == "link":
            said = "intersects_with" if row.verb == "opposed" else row.value
            relation = None if row.verdict == "reject" else cast(Relation, said)
            made.links[ends[0], ends[1]] = row, relation
            made.links[ends[1], ends[0]] = row, None if relation is None else flipped(relation)
        elif held.target.kind == "code":
            made.codes.setdefault(ends[0], []).append((held.target.code, row))
    return made


def side_as_decided(side: CodedDocument, codes: Mapping[End, Sequence[tuple[str, Decision]]]) -> CodedDocument:
    """Return a side whose codings are as people decided them."""
    codings = []
    for coding in side.codings:
        for code, row in codes.get((coding.document, coding.provision), ()):
            coding = _recoded(coding, code, row)
        codings.append(coding)
    return replace(side, codings=tuple(codings))


def _recoded(coding: Coding, code: str, row: Decision) -> Coding:
    group, _, name = code.partition(":")
    if group in SINGLE:
        single: dict[str, Any] = {group: Code(row.value, 1.0)}
        return replace(coding, **single) if row.verb == "label" else coding
    held: tuple[Code, ...] = getattr(coding, GROUPS[group])
    others = tuple(one for one in held if one.id != name)
    if row.verdict == "reject":
        kept = others
    elif len(others) < len(held):
        kept = tuple(replace(one, score=1.0, by="person", printed=True) if one.id == name else one for one in held)
    else:
        kept = (*held, Code(name, 1.0, by="person", printed=True))
    several: dict[str, Any] = {GROUPS[group]: kept}
    changed = replace(coding, **several)
    if group == "theme" and row.verdict == "reject":
        positions = tuple(one for one in changed.positions if one.id.partition(":")[0] != name)
        changed = replace(changed, positions=positions)
    return changed


def alignment_as_decided(alignment: Alignment, a: CodedDocument, b: CodedDocument, made: Decided) -> Alignment:
    """Return an alignment between sides as decided: rejected links out, decided relations in, added links added."""
    from polidiff.alignment import differences

    names = a.document.id, b.document.id
    touched: dict[str, dict[str, tuple[Decision, Relation | None]]] = {}
    for (here, there), held in made.links.items():
        if (here[0], there[0]) == names:
            touched.setdefault(here[1], {})[there[1]] = held
    recoded = {end[1] for end in made.codes if end[0] in names}
    if not touched and not recoded:
        return replace(alignment, a=a, b=b)
    rows = {p.id: i for i, p in enumerate(a.provisions)}
    columns = {p.id: j for j, p in enumerate(b.provisions)}
    parted: list[tuple[int, int]] = []
    answered: set[int] = set()
    matches: list[tuple[Match, ...]] = []
    for provision, best in zip(a.provisions, alignment.matches, strict=True):
        links = touched.get(provision.id, {})
        i = rows[provision.id]
        kept = []
        for match in best:
            if match.id in links:
                row, relation = links[match.id]
                if relation is None:
                    continue
                match = _as_decided(match, row, relation)
            if recoded & {match.source, match.id}:
                match = replace(match, differs=differences(a.codings[i], b.codings[columns[match.id]]))
            kept.append(match)
        found = {match.id for match in best}
        for target, (row, relation) in links.items():
            if relation is None:
                parted.append((i, columns[target]))
                continue
            answered.add(i)
            if target not in found:
                score = float(alignment.scores.at([i], [columns[target]])[0, 0])
                made_match = Match(*_ends(names, provision.id, target), score, relation)
                kept.append(_as_decided(made_match, row, relation))
        matches.append(tuple(kept))
    uniques = tuple(
        replace(one, probability=0.0) if number in answered else one for number, one in enumerate(alignment.uniques)
    )
    scores = alignment.scores.without(parted)
    return replace(alignment, a=a, b=b, matches=tuple(matches), uniques=uniques, scores=scores)


def rulings_by_people(sides: Sequence[CodedDocument], made: Decided) -> Rulings:
    """Return what people said of links as rulings on pairs: that they do the same, or the like, or are opposed."""
    from polidiff.comparison.rulings import PairRuling, Rulings

    places = {
        (side.document.id, provision.id): ((number, index), provision)
        for number, side in enumerate(sides)
        for index, provision in enumerate(side.provisions)
    }
    pairs = []
    for ends, (row, relation) in sorted(made.links.items()):
        if relation is None or any(end not in places for end in ends):
            continue
        (a, one), (b, other) = places[ends[0]], places[ends[1]]
        if a < b:
            label: Judged = "opposed" if row.verb == "opposed" else "same" if relation == "equal" else "means"
            words = ((a, one.start, one.end), (b, other.start, other.end))
            pairs.append(PairRuling(a, b, label, row.by, words, by="person"))
    return Rulings(tuple(pairs))


def said_by_people(findings: Sequence[Finding], made: Decided) -> tuple[Finding, ...]:
    """Return the findings, those that a person's word made with who said it among their reasons."""
    told = []
    for finding in findings:
        if finding.by == "person":
            ends = (((pair.source_document, pair.source), (pair.document, pair.id)) for pair in finding.pairs)
            held = (made.links[one] for one in ends if one in made.links)
            said = dict.fromkeys(_reason(row, relation) for row, relation in held if relation is not None)
            if finding.matter is None:
                said |= dict.fromkeys(_on_theme(finding, made))
            finding = replace(finding, reasons=(*finding.reasons, *said))
        told.append(finding)
    return tuple(told)


def _on_theme(finding: Finding, made: Decided) -> Iterator[Reason]:
    """Who said of its passages that they are on a finding's theme."""
    for passage in finding.passages:
        for code, row in made.codes.get((passage.document, passage.provision), ()):
            if code == f"theme:{finding.theme}" and row.verdict != "reject":
                if row.why:
                    yield Reason.of("decision.theme.why", by=row.by, why=row.why)
                else:
                    yield Reason.of("decision.theme", by=row.by)


def _ends(names: tuple[str, str], source: str, target: str) -> tuple[str, str, str, str]:
    return names[0], source, names[1], target


def _as_decided(match: Match, row: Decision, relation: Relation) -> Match:
    reason = _reason(row, relation)
    rationale = match.rationale if relation == match.relation else None
    return replace(match, relation=relation, rationale=rationale, reasons=(*match.reasons, reason))


def _reason(row: Decision, relation: Relation) -> Reason:
    if row.verb == "opposed":
        if row.why:
            return Reason.of("decision.opposed.why", by=row.by, why=row.why)
        return Reason.of("decision.opposed", by=row.by)
    if row.why:
        return Reason.of("decision.why", relation=relation, by=row.by, why=row.why)
    return Reason.of("decision.made", relation=relation, by=row.by)


def findings_as_decided(
    findings: Sequence[Finding], targets: Mapping[str, Target], made: Decided
) -> tuple[Finding, ...]:
    """Return the findings as people decided them: rejected ones left out, accepted and changed ones with who says so.

    ``targets`` maps a theme to its finding's target; findings on matters are as they were.
    """
    kept = []
    for finding in findings:
        row = None if finding.matter is not None else ruling(targets[finding.theme], made)
        if row is None:
            kept.append(finding)
        elif row.verdict != "reject":
            kind = cast(FindingKind, row.value) if row.verb == "label" else finding.finding
            said = Reason.of("decision.finding", finding=kind, by=row.by)
            if row.why:
                said = Reason.of("decision.finding.why", finding=kind, by=row.by, why=row.why)
            if kind == "only":
                speaking = {passage.document for passage in finding.passages}
                finding = replace(finding, documents=tuple(one for one in finding.documents if one in speaking))
            kept.append(replace(finding, finding=kind, by="person", probability=None, reasons=(*finding.reasons, said)))
    return tuple(kept)


def ruling(target: Target, made: Decided) -> Decision | None:
    """What holds of a theme's finding: the decision on it, else what a person said it is when it was another one."""
    row = made.findings.get(target)
    if row is None:
        theme = target.code.partition("=")[0]
        for other, said in made.findings.items():
            same = other.anchors == target.anchors and other.code.partition("=")[0] == theme
            if same and said.verb == "label" and (row is None or said.when > row.when):
                row = said
    return None if row is not None and row.verb == "accept" and target.code.endswith("=undecided") else row

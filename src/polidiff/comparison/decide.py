"""Findings on matters: what is said by a judge's proved pairs, what by the scores, and what is left undecided.

A matter is *shared* where passages of both sides that commit them answer one another; *divergent* only where a model
or a person has said, with words of both, that two of them are opposed; *only* in one where nothing of the other answers
any of its commitments and no passage of the other holds the words that name it. All else is *undecided*.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from polidiff.alignment import Alignment, CodedDocument
from polidiff.comparison.absence import folded, words_found
from polidiff.comparison.figured import figures_of_pairs
from polidiff.comparison.matters import Matter, said
from polidiff.comparison.passages import passage_of, points_of
from polidiff.comparison.phrases import Phrases, phrases_of
from polidiff.comparison.questions import Member
from polidiff.comparison.rulings import COMMITS, PairRuling, Rulings
from polidiff.comparison.themes import opposed
from polidiff.judges.protocol.calibration import measured_reasons
from polidiff.model import By, Codebook, Coding, Finding, FindingKind, Judged, Passage, PassagePair, Reason, Span
from polidiff.thresholds import threshold

__all__ = ["alone_chance", "log_odds", "matter_findings"]

Alignments = Mapping[tuple[str, str], Alignment]


@dataclass(frozen=True)
class _Case:
    """A matter with all that is known of it."""

    sides: Sequence[CodedDocument]
    alignments: Alignments
    matter: Matter
    rulings: Rulings
    codebook: Codebook

    def committed(self, side: int) -> list[int]:
        """The provisions of a side on the matter that commit it, the surest first."""
        return [index for index in self.matter.of(side) if said(self.sides[side], index) >= COMMITS]

    def without(self, members: Container[Member]) -> _Case:
        """The case without some passages, which stand under a verdict already."""
        kept = [at for at, member in enumerate(self.matter.members) if member not in members]
        apart = tuple(self.matter.apart[at] for at in kept if at < len(self.matter.apart))
        return replace(
            self, matter=replace(self.matter, members=tuple(self.matter.members[at] for at in kept), apart=apart)
        )


def matter_findings(
    sides: Sequence[CodedDocument],
    alignments: Alignments,
    matters: Sequence[Matter],
    rulings: Rulings,
    codebook: Codebook,
) -> Iterator[Finding]:
    """Yield the findings on each matter, in the order of ``matters``; a matter may be shared in one point and
    divergent in another, on other passages. A pair that a judge ruled on counts for the matter of its first passage."""
    home = {member: number for number, matter in enumerate(matters) for member in matter.members}
    ruled: dict[int, list[PairRuling]] = {}
    for ruling in rulings.pairs:
        number = home.get(ruling.a, home.get(ruling.b))
        if number is not None:
            ruled.setdefault(number, []).append(ruling)
    parted: dict[int, list[Sequence[PairRuling]]] = {}
    for parting in rulings.partings:
        homes = Counter(home[member] for one in parting for member in (one.a, one.b) if member in home)
        if homes:
            parted.setdefault(min(homes, key=lambda number: (-homes[number], number)), []).append(parting)
    for number, matter in enumerate(matters):
        case = _Case(sides, alignments, matter, rulings, codebook)
        yield from _on(case, ruled.get(number, ()), parted.get(number, ()))


def _on(case: _Case, ruled: Sequence[PairRuling], parted: Sequence[Sequence[PairRuling]]) -> Iterator[Finding]:
    told = {(one.a, one.b) for parting in case.rulings.partings for one in parting if one.sure}
    opposed = [one for one in ruled if one.label == "opposed" and (one.a, one.b) not in told]
    alike = [one for one in ruled if one.label != "opposed"]
    for star in (*parted, *_stars(opposed)):
        yield _ruled(case, "divergent" if any(one.sure for one in star) else "undecided", star)
    for group in _together(alike, case.rulings):
        yield _ruled(case, "shared", group)
    alone = list(_said_alone(case))
    yield from alone
    if ruled:
        return
    if not alone:
        points = _points_alone(case)
        yield from (_alone_learnt(case, some) for some in points)
        case = case.without({member for some in points for member in some})
    speaking = [side for side in range(len(case.sides)) if case.committed(side)]
    if len(speaking) > 1:
        yield _by_scores(case, speaking)
    elif speaking and not alone:
        yield from _alone(case, speaking[0])


def _together(alike: Sequence[PairRuling], rulings: Rulings) -> Iterator[Sequence[PairRuling]]:
    """The pairs that agree on one matter: all in one group, unless that would set opposed passages side by side."""
    members = {member for one in alike for member in (one.a, one.b)}
    if any(one.label == "opposed" and one.a in members and one.b in members for one in rulings.pairs):
        yield from _stars(alike)
    elif alike:
        yield alike


def _stars(pairs: Sequence[PairRuling]) -> Iterator[list[PairRuling]]:
    """Part pairs into groups around one passage each, so that every pair across a group was judged itself."""
    left = list(pairs)
    while left:
        counts = Counter(member for one in left for member in (one.a, one.b))
        hub = min(counts, key=lambda member: (-counts[member], member))
        yield [one for one in left if hub in (one.a, one.b)]
        left = [one for one in left if hub not in (one.a, one.b)]


def _said_alone(case: _Case) -> Iterator[Finding]:
    """The points to which a judge says no passage of the other side speaks, unless the search is sure of one.

    The search answers for whole provisions: where other words of one are answered, it says nothing of the point.
    """
    for side, index in case.matter.members:
        chance = _chance_alone(case, (side, index))
        words = case.rulings.alone.get((side, index))
        other_words = (side, index) in case.rulings.met
        if words is not None and (other_words or chance >= threshold("judging.alone")):
            reason = Reason.of("matter.alone", round(chance, 4), n=1, chance=round(chance, 2))
            for passage in points_of(case.sides[side].provisions[index], words, said(case.sides[side], index)):
                yield _finding(case, "only", [passage], [], by="model", probability=round(chance, 4), reasons=(reason,))


def _ruled(case: _Case, kind: FindingKind, pairs: Sequence[PairRuling]) -> Finding:
    """What a judge's pairs say; the words that decided are their cues."""
    cues: dict[Member, set[Span]] = {}
    for member, start, end in (word for one in pairs for word in one.words):
        cues.setdefault(member, set()).add(Span(start, end))
    judged = [one for one in pairs if one.by == "model"]
    labels = tuple(sorted({one.label for one in judged}))
    ruled = (Reason.of("judge.pairs", 1.0, n=len(judged), model=judged[0].model, labels=labels),) if judged else ()
    known = case.rulings.calibrations.get(judged[0].model) if judged else None
    reasons = (*ruled, *measured_reasons(known, "finding", labels))
    by: By = "model" if len(judged) == len(pairs) else "person"
    chances = [one.probability for one in judged if one.probability is not None]
    sure = by == "model" and known is not None and known.on("finding") is not None
    chance = min(chances, default=None) if sure else None
    passages = [_passage(case, member, tuple(sorted(spans))) for member, spans in sorted(cues.items())]
    linked = [(p.a, p.b, None if kind == "undecided" else p.label) for p in pairs]
    return _finding(case, kind, passages, linked, by=by, probability=chance, reasons=reasons)


def _by_scores(case: _Case, speaking: Sequence[int]) -> Finding:
    """Whether passages of two sides answer one another, as the alignment's calibrated scores have it."""
    pairs = _pairs(case, speaking)
    best = pairs[0][0] if pairs else 0.0
    reason = Reason.of("matter.pairs", round(best, 4), n=len(pairs), best=round(best, 2))
    kind: FindingKind = "shared" if best >= threshold("findings.shared") else "undecided"
    linked = [(a, b, None) for score, a, b in pairs if score >= threshold("findings.pair")]
    if kind == "shared":
        speaking = sorted({side for a, b, _ in linked for side, _ in (a, b)})
    passages = [_passage(case, (side, index)) for side in speaking for index in case.committed(side)]
    return _finding(case, kind, passages, linked, by="learnt", probability=round(best, 4), reasons=(reason,))


def _alone(case: _Case, side: int) -> Iterator[Finding]:
    """Whether the matter stands in one document only: by the absence test of its surer half, and by its words.

    What is said to stand alone is that half; of the others nothing is said.
    """
    members = [(side, index) for index in case.committed(side)]
    chances = {member: _chance_alone(case, member) for member in members}
    if not chances:
        return
    surest = sorted(members, key=lambda member: (-chances[member], member))[: max(1, len(members) // 2)]
    probability = sum(chances[member] for member in surest) / len(surest)
    against = [member for member in members if member in case.rulings.met]
    worded = _worded(case, side)
    alone = probability >= threshold("findings.only") and not worded and not against
    kind: FindingKind = "only" if alone else "undecided"
    members = [member for member in members if member in surest] if alone else members
    reasons = (
        Reason.of("matter.alone", round(probability, 4), n=len(members), chance=round(probability, 2)),
        *((Reason.of("matter.words", 0.0, words=worded),) if worded else ()),
    )
    passages = [_passage(case, member) for member in members]
    yield _finding(case, kind, passages, [], by="learnt", probability=round(probability, 4), reasons=reasons)


def _points_alone(case: _Case) -> list[dict[Member, float]]:
    """The commitments of each side that nothing in the others answers, with the chance of that, by side.

    Said of English documents only: across languages the search is less sure of an absence, and of the development
    pairs' three provisions that were wrongly called alone all were Chinese.
    """
    if any(side.document.language == "zh" for side in case.sides):
        return []
    distance = dict(zip(case.matter.members, case.matter.apart, strict=False))
    found = []
    for side in range(len(case.sides)):
        held = [(side, index) for index in case.committed(side) if (side, index) not in case.rulings.met]
        chances = {member: alone_chance(_chance_alone(case, member), distance.get(member, 0.0)) for member in held}
        found.append({member: chance for member, chance in chances.items() if chance >= threshold("alone.only")})
    return [some for some in found if some]


def _alone_learnt(case: _Case, sure: Mapping[Member, float]) -> Finding:
    """That passages of one side stand alone, by their fitted chances."""
    chance = sum(sure.values()) / len(sure)
    reason = Reason.of("matter.alone", round(chance, 4), n=len(sure), chance=round(chance, 2))
    passages = [_passage(case, member) for member in sure]
    return _finding(case, "only", passages, [], by="learnt", probability=round(chance, 4), reasons=(reason,))


def alone_chance(unique: float, apart: float) -> float:
    """Return the chance that nothing of the other document answers a provision.

    ``unique`` is the ranking's own chance of that, ``apart`` how far it is from all of the other
    (:class:`~polidiff.comparison.matters.Matter`).
    """
    value = threshold("alone.bias") + threshold("alone.odds") * log_odds(unique) + threshold("alone.apart") * apart
    return 1 / (1 + math.exp(-value))


def log_odds(chance: float) -> float:
    """Return the log odds of a chance, kept finite."""
    return math.log((chance + 0.01) / (1.01 - chance))


def _chance_alone(case: _Case, member: Member) -> float:
    """The least chance, over the other documents, that nothing there answers this provision."""
    side, index = member
    name = case.sides[side].document.id
    held = (case.alignments.get((name, other.document.id)) for other in case.sides if other.document.id != name)
    return min((alignment.uniques[index].probability for alignment in held if alignment is not None), default=0.0)


def _worded(case: _Case, side: int) -> tuple[str, ...]:
    """The phrases of the matter's name that stand in another document."""
    found = []
    others: dict[str, list[CodedDocument]] = {language: [] for language, _ in case.matter.names}
    for number, other in enumerate(case.sides):
        if number != side:
            others.get(other.document.language, []).append(other)
    for language, name in case.matter.names:
        for phrase in name.split("、" if language == "zh" else ", "):
            for other in others[language]:
                if not _absent(phrase, [folded(other.document.text)]) and words_found((phrase,), other):
                    found.append(phrase)
    return tuple(dict.fromkeys(found))


def _pairs(case: _Case, speaking: Sequence[int]) -> list[tuple[float, Member, Member]]:
    """Pairs of commitments across sides with their scores, best first; none that point opposite ways."""
    found = []
    for place, a in enumerate(speaking):
        for b in speaking[place + 1 :]:
            alignment = case.alignments.get((case.sides[a].document.id, case.sides[b].document.id))
            if alignment is None:
                continue
            rows, columns = case.committed(a), case.committed(b)
            scores = alignment.scores.at(rows, columns).tolist()
            found += [
                (score, (a, row), (b, column))
                for row, line in zip(rows, scores, strict=True)
                for column, score in zip(columns, line, strict=True)
                if score > 0 and not opposed(_coding(case, a, row), _coding(case, b, column))
            ]
    return sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2]))


def _coding(case: _Case, side: int, index: int) -> Coding:
    return case.sides[side].codings[index]


def _finding(
    case: _Case,
    kind: FindingKind,
    passages: Sequence[Passage],
    pairs: Sequence[tuple[Member, Member, Judged | None]],
    *,
    by: By,
    probability: float | None,
    reasons: tuple[Reason, ...],
) -> Finding:
    known = {theme.id: theme for theme in case.codebook.themes}
    theme = known.get(case.matter.theme)
    speaking = {passage.document for passage in passages}
    listed = tuple(_pair(case, a, b, judged) for a, b, judged in pairs)
    members = {member for a, b, _ in pairs for member in (a, b)}
    provisions = {(p.document, p.id): p for p in (case.sides[side].provisions[index] for side, index in members)}
    alone = _alone_named(case, passages) if kind == "only" else ""
    return Finding(
        theme=case.matter.theme,
        name=alone or case.matter.name("en"),
        name_zh=alone or case.matter.name("zh"),
        head=theme.head if theme else "",
        finding=kind,
        documents=tuple(side.document.id for side in case.sides if side.document.id in speaking),
        differs=figures_of_pairs(sorted(listed, key=lambda one: -one.score), provisions),
        passages=tuple(passages),
        pairs=listed,
        reasons=reasons,
        matter=case.matter.id,
        probability=probability,
        by=by,
    )


def _alone_named(case: _Case, passages: Sequence[Passage]) -> str:
    """A name for what stands in some documents alone, in words that none of the others has; empty where there is none.

    The matter's own name may hold words that the others use on something else.
    """
    speaking = {passage.document for passage in passages}
    languages = {side.document.language for side in case.sides if side.document.id in speaking}
    if len(languages) != 1:
        return ""
    others = [folded(side.document.text) for side in case.sides if side.document.id not in speaking]
    held = phrases_of([passage.text for passage in passages])
    own = [{key: form for key, form in one.items() if _absent(form, others)} for one in held.held]
    places = list(range(len(passages)))
    named = Phrases(tuple(own), held.spread).best(places, [0] * len(places))
    return ("、" if languages == {"zh"} else ", ").join(named)


def _absent(words: str, texts: Sequence[str]) -> bool:
    return all(words.casefold() not in text for text in texts)


def _passage(case: _Case, member: Member, cues: tuple[Span, ...] = ()) -> Passage:
    side, index = member
    return passage_of(case.sides[side].provisions[index], said(case.sides[side], index), cues)


def _pair(case: _Case, a: Member, b: Member, judged: Judged | None) -> PassagePair:
    left, right = case.sides[a[0]].provisions[a[1]], case.sides[b[0]].provisions[b[1]]
    alignment = case.alignments.get((left.document, right.document))
    score = float(alignment.scores.at([a[1]], [b[1]])[0, 0]) if alignment else 0.0
    return PassagePair(left.document, left.id, right.document, right.id, score, judged)

"""Findings: theme by theme, what documents share, where they part, and what stands in only one of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from polidiff.alignment import Alignment, CodedDocument
from polidiff.coding.fit import commits
from polidiff.comparison.absence import absence
from polidiff.comparison.by_some import MANY, Weighed, taken_up
from polidiff.comparison.figured import figures_of_pairs
from polidiff.comparison.passages import passage_of
from polidiff.comparison.themes import ThemeCoverage, children, dominant, positions, postures, voice, ways_apart
from polidiff.encode import Encoder
from polidiff.judges.protocol.requests import length
from polidiff.model import (
    TREATED,
    By,
    Codebook,
    Difference,
    DifferenceKind,
    Finding,
    FindingKind,
    Passage,
    PassagePair,
    Reason,
    Theme,
)
from polidiff.thresholds import threshold

PAIRS = 12
"""Pairs of passages that a finding lists at the most, best first."""

PAIR_SCORE = 0.08
"""Score under which two provisions of one theme are not set across from each other. Scores are probabilities that an
expert would link the two, so one in twelve is little; the page says of such a pair that it is the nearest there is."""

WEIGHED = 6
"""Passages of a document that are weighed for whether it commits itself on a theme."""

LEAST_WORDS = 4
"""Words of a provision under which it names something and says nothing of it; two Chinese characters count as one."""

VOTES = 2
"""Provisions that must show a respect before a document is said to have a way of its own in it."""

Alignments = Mapping[tuple[str, str], Alignment]


def findings(
    sides: Sequence[CodedDocument],
    alignments: Alignments,
    codebook: Codebook,
    encoder: Encoder,
    met: frozenset[tuple[int, int]] = frozenset(),
) -> tuple[Finding, ...]:
    """Return one finding a theme, in the codebook's order, for every theme on which at least one document speaks.

    ``met`` are provisions, by side and index, of which a judge said that another document speaks to them: no theme of
    theirs stands in one document only.
    """
    answered = {(sides[side].document.id, sides[side].provisions[index].id) for side, index in met}
    found: dict[str, Finding] = {}
    lent: set[str] = set()
    for theme, voices in said_on(sides, codebook):
        made = _finding(theme, voices, alignments, encoder)
        if made.finding == "only" and any((p.document, p.provision) in answered for p in made.passages):
            made = replace(made, finding="undecided")
        found[theme.id] = made
        if all(heard.narrower for heard in voices if heard.spoken):
            lent.add(theme.id)
    told = {theme for theme, made in found.items() if made.finding != "undecided"}
    return tuple(
        made
        for theme, made in found.items()
        if theme not in lent or (theme in told and told.isdisjoint(children(codebook, codebook.theme(theme))))
    )


def said_on(sides: Sequence[CodedDocument], codebook: Codebook) -> Iterator[tuple[Theme, list[ThemeCoverage]]]:
    """Yield what each document says on each theme on which one of them speaks, in the codebook's order.

    Where all of it is on narrower themes, it stands there, if one of these is told.
    """
    for theme in codebook.themes:
        voices = [voice(side, theme, children(codebook, theme)) for side in sides]
        speaking = [heard for heard in voices if heard.spoken]
        if speaking:
            yield theme, voices


def _finding(theme: Theme, voices: Sequence[ThemeCoverage], alignments: Alignments, encoder: Encoder) -> Finding:
    speaking = [heard for heard in voices if heard.spoken]
    silent = [heard for heard in voices if not heard.spoken]
    differs, reasons = _differences(theme, speaking)
    absences = tuple(absence(theme, speaking, heard.side, encoder) for heard in silent)
    chances = sorted(_sure(heard) for heard in speaking)
    sure = math.prod(chances[:2])
    kind: FindingKind
    if silent:
        names = tuple(heard.side.document.id for heard in silent)
        reasons.insert(0, Reason.of("absence.uncoded", 1.0, documents=names))
        chance = _alone(speaking, silent, alignments)
        reasons.append(Reason.of("matter.alone", round(chance, 4), n=len(speaking[0].spoken), chance=round(chance, 2)))
        sure = min(sure, chance)
        worded = any(reason.code != "absence.no_words" for one in absences for reason in one.reasons[1:])
        linked = _nearest(speaking, silent, alignments) >= threshold("findings.only_link")
        alone = chance >= _least_alone(speaking, silent) and not worded and not linked and _named(speaking[0])
        kind = "only" if alone else "undecided"
    elif any(difference.kind == "direction" for difference in differs):
        kind = "divergent"
    elif ways := _ways_apart(speaking):
        kind = "undecided"
        reasons.append(Reason.of("direction.ways", 1.0, sides=ways))
    else:
        kind = "shared"
    if kind != "undecided" and sure < threshold("findings.theme" if silent else "findings.theme_both"):
        kind = "undecided"
    if kind == "shared" and any(_best(heard) < _side() for heard in speaking):
        kind = "undecided"
    if kind == "undecided" and len(voices) > 2:
        some = taken_up([_weighed(heard) for heard in speaking], threshold("findings.theme_both"), _side())
        if len(some.by) > 1:
            speaking = [one.heard for one in some.by]
            kind, sure = "shared", math.prod(sorted(one.sure for one in some.by)[:2])
            differs, reasons = _differences(theme, speaking)
            reasons = [*some.reasons(len(voices)), *reasons]
    many = len(voices) > MANY
    if many:
        reasons = [reason for reason in reasons if reason.code != "theme.coded"]
    pairs = _pairs(speaking, alignments)
    spoken = [heard.side.provisions[one.index] for heard in speaking for one in heard.spoken]
    provisions = {(p.document, p.id): p for p in spoken}
    differs += figures_of_pairs(pairs, provisions)
    light = [h for h in speaking if max(spoken.code.score for spoken in h.spoken) < TREATED]
    reasons += [Reason.of("passing.only", 1.0, document=heard.side.document.id) for heard in light]
    return Finding(
        theme=theme.id,
        name=theme.name,
        name_zh=theme.name_zh,
        head=theme.head,
        finding=kind,
        documents=tuple(heard.side.document.id for heard in speaking),
        differs=tuple(differs),
        passages=tuple(passage for heard in speaking for passage in passages(heard, WEIGHED if many else None)),
        pairs=pairs,
        reasons=tuple(reasons),
        absences=absences,
        probability=round(sure, 4),
        by=_by(kind, speaking),
    )


def _by(kind: FindingKind, speaking: Sequence[ThemeCoverage]) -> By:
    """Who says it: a person or a judge, where documents share a theme and a passage of each was named by them; else a
    head or a rule."""
    said = [{spoken.code.by for spoken in heard.spoken} for heard in speaking]
    if kind == "shared" and all("person" in by for by in said):
        return "person"
    if kind == "shared" and all("model" in by for by in said):
        return "model"
    return "learnt" if any(by & {"learnt", "model"} for by in said) else "rule"


def _side() -> float:
    return threshold("findings.theme_side")


def _weighed(heard: ThemeCoverage) -> Weighed:
    return Weighed(heard, _sure(heard), _best(heard), _way(heard))


def _sure(heard: ThemeCoverage) -> float:
    """The chance that a document commits itself on the theme at all: that not all of its passages on it are mistaken.

    The strongest :data:`WEIGHED` passages count, each by the chance that it is on the theme and that it commits.
    Where a person said so of one passage, it does.
    """
    if any(spoken.code.by == "person" for spoken in heard.spoken):
        return 1.0
    chances = sorted(
        (
            spoken.code.score * commits(heard.side.codings[spoken.index])
            for spoken in heard.spoken
            if _says(heard, spoken.index)
        ),
        reverse=True,
    )
    return 1 - math.prod(1 - chance for chance in chances[:WEIGHED])


def _best(heard: ThemeCoverage) -> float:
    """The chance that the surest passage of a document is on the theme: many weak ones may all err in one way."""
    return max((spoken.code.score for spoken in heard.spoken if _says(heard, spoken.index)), default=0.0)


def _named(heard: ThemeCoverage) -> bool:
    """Whether a rule, a model or a person says of one passage, likely rightly, that it takes a theme up.

    A learnt head alone doesn't do for a theme that is said to stand in one document only: second readers called right 3
    of 9 of such themes, of six comparisons outside of AI; nor does a cue that a head doubts (0 of 4, of six others).
    """
    return any(
        spoken.code.by != "learnt"
        and spoken.code.score >= threshold("findings.theme_best")
        and _says(heard, spoken.index)
        for spoken in heard.spoken
    )


def _ways_apart(speaking: Sequence[ThemeCoverage]) -> tuple[tuple[str, str], ...]:
    """The documents and their directions, where the weightiest passages of two point opposite ways; else nothing."""
    taken = [(heard.side.document.id, way) for heard in speaking if (way := _way(heard)) is not None]
    apart = any(ways_apart(one, other) for _, one in taken for _, other in taken)
    return tuple(taken) if apart else ()


def _way(heard: ThemeCoverage) -> str | None:
    """The direction of most of the weight of a document's weightiest passages on the theme, or None."""
    weighed = sorted(
        (
            (spoken.code.score * commits(coding), coding.direction.id)
            for spoken in heard.spoken
            if (coding := heard.side.codings[spoken.index]) and _says(heard, spoken.index)
        ),
        reverse=True,
    )[:WEIGHED]
    weights: Counter[str] = Counter()
    for weight, way in weighed:
        weights[way] += round(weight * 10_000)
    return dominant(weights)


def _says(heard: ThemeCoverage, index: int) -> bool:
    """Whether a provision says something: the name of a body or a heading of a table commits nobody to anything."""
    return length(heard.side.provisions[index].text) >= LEAST_WORDS and commits(heard.side.codings[index]) >= 0.5


def _least_alone(speaking: Sequence[ThemeCoverage], silent: Sequence[ThemeCoverage]) -> float:
    """The chance from which a theme is said to stand in one document only: higher where languages differ."""
    languages = {heard.side.document.language for heard in (*speaking, *silent)}
    return threshold("findings.only_theme" if len(languages) == 1 else "findings.only_theme_across")


def _alone(speaking: Sequence[ThemeCoverage], silent: Sequence[ThemeCoverage], alignments: Alignments) -> float:
    """The chance that the silent documents don't answer the theme's passages: the mean over the surer half of them."""
    means = []
    for heard in speaking:
        for other in silent:
            alignment = alignments.get((heard.side.document.id, other.side.document.id))
            if alignment is None:
                return 0.0
            chances = sorted((alignment.uniques[s.index].probability for s in heard.spoken), reverse=True)
            half = chances[: max(1, (len(chances) + 1) // 2)]
            means.append(sum(half) / len(half))
    return min(means, default=0.0)


def _nearest(speaking: Sequence[ThemeCoverage], silent: Sequence[ThemeCoverage], alignments: Alignments) -> float:
    """The likeliest link of any of the theme's passages to a provision of a silent document."""
    links = [
        match.score
        for heard in speaking
        for other in silent
        if (alignment := alignments.get((heard.side.document.id, other.side.document.id))) is not None
        for spoken in heard.spoken
        for match in alignment.matches[spoken.index]
    ]
    return max(links, default=0.0)


def passages(heard: ThemeCoverage, most: int | None = None) -> list[Passage]:
    """Return the passages of one document on a theme, strongest first, at most so many."""
    return [passage_of(heard.side.provisions[s.index], s.code.score, s.code.cues) for s in heard.spoken[:most]]


def _pairs(speaking: Sequence[ThemeCoverage], alignments: Alignments) -> tuple[PassagePair, ...]:
    """Pairs of provisions on the theme across documents, by alignment score, best first."""
    import numpy as np

    found: list[tuple[float, int, int, PassagePair]] = []
    for i, left in enumerate(speaking):
        for right in speaking[i + 1 :]:
            alignment = alignments.get((left.side.document.id, right.side.document.id))
            if alignment is None:
                continue
            rows, columns = [s.index for s in left.spoken], [s.index for s in right.spoken]
            scores = alignment.scores.at(rows, columns)
            for x, y in np.argwhere(scores >= PAIR_SCORE).tolist():
                a, b = left.side.provisions[rows[x]], right.side.provisions[columns[y]]
                pair = PassagePair(a.document, a.id, b.document, b.id, float(scores[x, y]))
                found.append((-pair.score, a.start, b.start, pair))
    found.sort()
    return tuple(pair for _, _, _, pair in found[:PAIRS])


def _differences(theme: Theme, speaking: Sequence[ThemeCoverage]) -> tuple[list[Difference], list[Reason]]:
    """In what the speaking documents differ on the theme, and the reasons."""
    differs: list[Difference] = []
    reasons: list[Reason] = []
    for heard in speaking:
        count = len(heard.spoken)
        best = heard.spoken[0].code.score
        reasons.append(Reason.of("theme.coded", round(best, 4), n=count, document=heard.side.document.id))
    if len(speaking) < 2:
        return differs, reasons
    direction = _direction(theme, speaking)
    if direction is not None:
        differs.append(direction)
        reasons.append(_sides(theme, direction))
    for kind, labels in _RESPECTS:
        difference = _respect(kind, [(h.side.document.id, labels(h)) for h in speaking])
        if difference is not None:
            differs.append(difference)
    return differs, reasons


def _sides(theme: Theme, direction: Difference) -> Reason:
    if not theme.positions:
        return Reason.of("direction.postures", 1.0, sides=direction.values)
    chinese = {position.name: position.name_zh or position.name for position in theme.positions}
    sides = tuple((document, name, chinese.get(name, name)) for document, name in direction.values)
    return Reason.of("direction.sides", 1.0, sides=sides)


def _direction(theme: Theme, speaking: Sequence[ThemeCoverage]) -> Difference | None:
    """Whether the documents stand on different sides of what the theme turns on."""
    names = {position.id: position.name for position in theme.positions}
    if theme.positions:
        values = [(h.side.document.id, dominant(positions(h, theme))) for h in speaking]
    elif theme.axis == "posture":
        values = [(h.side.document.id, dominant(postures(h))) for h in speaking]
    else:
        return None
    taken = [(document, value) for document, value in values if value is not None]
    if len({value for _, value in taken}) < 2:
        return None
    return Difference("direction", tuple((document, names.get(value, value)) for document, value in taken))


def _respect(kind: DifferenceKind, values: Sequence[tuple[str, Counter[str]]]) -> Difference | None:
    """A difference in one respect: every document shows one label in several provisions, and they aren't the same."""
    leading = [(document, dominant(counts) if sum(counts.values()) >= VOTES else None) for document, counts in values]
    said = [(document, label) for document, label in leading if label is not None]
    if len(said) < len(values) or len({label for _, label in said}) < 2:
        return None
    return Difference(kind, tuple(said))


def _forums(heard: ThemeCoverage) -> Counter[str]:
    labels = (heard.side.codings[s.index].forum.id for s in heard.spoken)
    return Counter(label for label in labels if label != "none")


def _strengths(heard: ThemeCoverage) -> Counter[str]:
    codes = (heard.side.codings[s.index].strength for s in heard.spoken)
    return Counter(code.id for code in codes if code.cues)


def _instruments(heard: ThemeCoverage) -> Counter[str]:
    return Counter(code.id for s in heard.spoken for code in heard.side.codings[s.index].instruments[:1])


def _leads(heard: ThemeCoverage) -> Counter[str]:
    return Counter(actor.name for s in heard.spoken for actor in heard.side.codings[s.index].lead)


_RESPECTS: tuple[tuple[DifferenceKind, Callable[[ThemeCoverage], Counter[str]]], ...] = (
    ("forum", _forums),
    ("strength", _strengths),
    ("instrument", _instruments),
    ("actor", _leads),
)

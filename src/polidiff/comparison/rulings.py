"""What a judge is asked of two documents, and what its answers say: pairs that agree or clash, and what stands alone.

Three kinds of question are put, all of one form: on each matter and on each theme the strongest passages of both sides
at once (opposition is often a matter of stance, in words that are not near), and for each commitment of the shorter
document the nearest passages of the longer one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.alignment import CodedDocument
from polidiff.comparison.matters import Matter, said
from polidiff.judges.protocol import AskedPassage, Item, Memory, item_of
from polidiff.model import Judged, Provision
from polidiff.thresholds import threshold

if TYPE_CHECKING:
    from polidiff.comparison.findings import Alignments

__all__ = ["PairRuling", "Rulings", "asked_items", "rulings_of"]

Member = tuple[int, int]
"""A side and the index of a provision in it."""

EACH = 8
"""Passages of each side that one question on a matter shows (a trial with fewer missed oppositions of stance)."""
NEAREST = 7
"""Passages of the other document that are shown beside one of a document's own."""
LONGEST = 900
"""Code points of a passage that are shown."""
_TASKS = ("finding", "relation")
_RELATED: dict[str, Judged] = {"same": "same", "means": "means", "opposed": "opposed"}
COMMITS = 0.5
"""How far a provision must commit its document to be asked about by itself."""


@dataclass(frozen=True, slots=True)
class PairRuling:
    """What a judge says of two provisions twice, proved by words of both: ``same``, ``means`` or ``opposed``."""

    a: Member
    b: Member
    label: Judged
    model: str
    probability: float | None = None


@dataclass(frozen=True)
class Rulings:
    """Everything that a judge has said of a comparison.

    ``alone`` are provisions of which it said that no passage shown of the other side speaks to them; ``met`` those of
    which it said that one does.
    """

    pairs: tuple[PairRuling, ...] = ()
    alone: frozenset[Member] = frozenset()
    met: frozenset[Member] = frozenset()


def asked_items(
    sides: Sequence[CodedDocument], alignments: Alignments, matters: Sequence[Matter], budget: int | None = None
) -> list[Item]:
    """Return what is to be asked, by worth: matters by weight, themes, single provisions; at most ``budget``."""
    items: dict[str, Item] = {}
    for item in _items(sides, alignments, matters):
        items.setdefault(item.id, item)
        if budget is not None and len(items) >= budget:
            break
    return list(items.values())


def _items(sides: Sequence[CodedDocument], alignments: Alignments, matters: Sequence[Matter]) -> Iterator[Item]:
    for first in range(len(sides)):
        for second in range(first + 1, len(sides)):
            for matter in matters:
                yield from _on_matter(sides, alignments, (first, second), matter)
            yield from _on_themes(sides, (first, second))
            yield from _nearest(sides, alignments, (first, second))


def _on_matter(
    sides: Sequence[CodedDocument], alignments: Alignments, pair: tuple[int, int], matter: Matter
) -> Iterator[Item]:
    held = {side: list(matter.of(side))[:EACH] for side in pair}
    for side, other in (pair, pair[::-1]):
        if held[side] and len(held[other]) < EACH:
            near = _near(sides, alignments, side, held[side], other)
            held[other] += [index for index in near if index not in held[other]][: EACH - len(held[other])]
    if all(held.values()):
        members = [(side, index) for side in pair for index in held[side]]
        yield item_of("finding", _passages(sides, members), {"matter": matter.name("en")})


def _on_themes(sides: Sequence[CodedDocument], pair: tuple[int, int]) -> Iterator[Item]:
    """The strongest on each theme that both sides take up, and the openings of both, where stances are told."""
    scored: dict[str, dict[int, list[tuple[float, int]]]] = {}
    for side in pair:
        for index, coding in enumerate(sides[side].codings):
            for code in coding.themes:
                worth = code.score * said(sides[side], index)
                scored.setdefault(code.id, {}).setdefault(side, []).append((-worth, index))
    for theme in sorted(scored):
        if len(scored[theme]) == len(pair):
            members = [(side, index) for side in pair for _, index in sorted(scored[theme][side])[:EACH]]
            yield item_of("finding", _passages(sides, members), {"matter": theme.replace("_", " ")})


def _nearest(sides: Sequence[CodedDocument], alignments: Alignments, pair: tuple[int, int]) -> Iterator[Item]:
    shorter, longer = sorted(pair, key=lambda side: (len(sides[side].provisions), side))
    for index in range(len(sides[shorter].provisions)):
        if said(sides[shorter], index) < COMMITS:
            continue
        near = _near(sides, alignments, shorter, [index], longer)[:NEAREST]
        if near:
            members = [(shorter, index), *((longer, other) for other in near)]
            facts = {"source": sides[shorter].document.id}
            yield item_of("relation", _passages(sides, members), facts)


def _near(
    sides: Sequence[CodedDocument], alignments: Alignments, side: int, indices: Sequence[int], other: int
) -> list[int]:
    """The provisions of ``other`` that answer ``indices`` of ``side`` best, by their best score, best first."""
    alignment = alignments.get((sides[side].document.id, sides[other].document.id))
    if alignment is None:
        return []
    scores = alignment.scores.at(list(indices), range(len(sides[other].provisions))).max(axis=0).tolist()
    order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
    return [index for index in order if scores[index] > 0]


def _passages(sides: Sequence[CodedDocument], members: Sequence[Member]) -> list[AskedPassage]:
    return [_passage(sides[side], sides[side].provisions[index]) for side, index in members]


def _passage(side: CodedDocument, provision: Provision) -> AskedPassage:
    heading = " > ".join(provision.path[-2:])
    if provision.lead_in is not None:
        heading = f"{heading} | {side.document.cut(provision.lead_in)}"[-LONGEST:]
    text = provision.text[:LONGEST]
    return AskedPassage(provision.document, provision.start, provision.start + len(text), text, heading)


def rulings_of(sides: Sequence[CodedDocument], memory: Memory) -> Rulings:
    """Return what the kept answers say of these documents.

    An answer counts for the passages that it was about, whichever question of today shows them; a pair of which two
    answers say different things is left out.
    """
    places = {
        (side.document.id, provision.start): (number, index)
        for number, side in enumerate(sides)
        for index, provision in enumerate(side.provisions)
    }
    said_of: dict[tuple[Member, Member], dict[str, PairRuling]] = {}
    alone: set[Member] = set()
    met: set[Member] = set()
    for name in memory.items():
        asked, agreed = memory.asked(name), memory.agreed(name)
        members = [places.get((document, start)) for document, start, _ in asked.passages] if asked else []
        if agreed is None or not agreed[0] or asked is None or asked.task not in _TASKS:
            continue
        statements, model = agreed
        for statement in statements:
            chosen = sorted({one for number in statement.passages if (one := members[number]) is not None})
            if statement.label == "only":
                alone.update(chosen)
            elif (label := _RELATED.get(statement.label)) is not None:
                if label == "opposed" and _doubted(statement.probability):
                    continue
                for a, b in _across(chosen):
                    new = PairRuling(a, b, label, model, statement.probability)
                    held = said_of.setdefault((a, b), {})
                    held[label] = max(held.get(label, new), new, key=lambda known: known.probability or 0.0)
                    met.update((a, b))
            elif statement.label == "subject":
                met.update(chosen)
    return Rulings(
        pairs=tuple(pair for _, labels in sorted(said_of.items()) if (pair := _one(labels)) is not None),
        alone=frozenset(alone - met),
        met=frozenset(met),
    )


def _doubted(probability: float | None) -> bool:
    """Whether whoever answered doubts an opposition too much for it to be printed."""
    return probability is not None and probability < threshold("judging.opposed")


def _across(members: Sequence[Member]) -> Iterator[tuple[Member, Member]]:
    for number, a in enumerate(members):
        for b in members[number + 1 :]:
            if a[0] != b[0]:
                yield a, b


def _one(labels: Mapping[str, PairRuling]) -> PairRuling | None:
    """The ruling on a pair: ``same`` and ``means`` make ``means``; with ``opposed`` beside them there is none."""
    if "opposed" in labels:
        return labels["opposed"] if len(labels) == 1 else None
    return labels.get("means") or labels.get("same")

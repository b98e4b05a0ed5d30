"""Clusters of provisions that answer one another, over many documents, each checked pair by pair.

That A answers B and B answers C doesn't make A answer C: a chain of such links soon joins what has nothing in common.
So two provisions of different documents stand in one cluster only if they were compared and found alike themselves
(complete linkage), and each provision stands in at most one cluster. Of many documents hardly any would then say the
same, since a link is found three times in four at the best: there most pairs have to be linked (:data:`DENSE`), which
no chain has either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from polidiff.alignment.common_words import substance
from polidiff.alignment.many import is_many
from polidiff.alignment.pairs import FEW_WORDS, SURER, Alignment
from polidiff.alignment.sides import CodedDocument
from polidiff.model import Cluster, Member, Missing, Unique

__all__ = ["clusters"]

Alignments: TypeAlias = Mapping[tuple[str, str], Alignment]

DENSE = 0.6
"""Share of the pairs across two groups that must be linked for them to become one, of many documents."""

LEAST = 3
"""Documents of a cluster at the least, of many: of two the pairs tell, and there are thousands."""

Links: TypeAlias = dict[int, dict[int, float]]
"""Provision → linked provision → score, provisions by their number over all sides."""


def clusters(sides: Sequence[CodedDocument], alignments: Alignments) -> tuple[Cluster, ...]:
    """Return the clusters over all sides: those of most documents first, then the closest.

    ``alignments`` holds one for each ordered pair of ids. A pair's score is the lower of its two directions', and it
    is linked from :data:`SURER` over what is called related on. Links are taken from the closest down, and two groups
    become one when all their members are linked and no document would be in it twice. Then further provisions of a
    cluster's documents join it that are linked with every member of its other documents. Ties go to what stands first.

    Of many documents (:func:`~polidiff.alignment.many.is_many`) :data:`DENSE` of the pairs do in the place of all, and
    clusters of fewer than :data:`LEAST` documents are left out.
    """
    many = is_many(sides)
    dense = DENSE if many else 1.0
    places = _Places(sides)
    links = _links(places, sides, alignments)
    if many:
        links = _saying(links, sides)
    groups = _cliques(places.document, links, dense)
    if many:
        groups = {first: group for first, group in groups.items() if len(group) >= LEAST}
    _join(groups, places.document, links, dense)
    ordered = sorted(groups.values(), key=lambda group: _rank(group, places.document, links))
    return tuple(
        _cluster(f"c{number:03d}", sorted(group), places, sides, links, alignments)
        for number, group in enumerate(ordered, 1)
    )


class _Places:
    """The provisions of all sides in one row: the side of each, and where a side's begin."""

    def __init__(self, sides: Sequence[CodedDocument]) -> None:
        self.document = [d for d, side in enumerate(sides) for _ in side.provisions]
        self.ids = [provision.id for side in sides for provision in side.provisions]
        self.first = [0]
        for side in sides:
            self.first.append(self.first[-1] + len(side.provisions))


def _links(places: _Places, sides: Sequence[CodedDocument], alignments: Alignments) -> Links:
    links: Links = {}
    for x, a in enumerate(sides):
        for y in range(x + 1, len(sides)):
            b = sides[y]
            there, here = alignments[a.document.id, b.document.id], alignments[b.document.id, a.document.id]
            back = {(j, i): s for i, j, s in here.scores.pairs(here.related + SURER)}
            for i, j, score in there.scores.pairs(there.related + SURER):
                if (i, j) in back:
                    u, v = places.first[x] + i, places.first[y] + j
                    links.setdefault(u, {})[v] = links.setdefault(v, {})[u] = min(score, back[i, j])
    return links


def _saying(links: Links, sides: Sequence[CodedDocument]) -> Links:
    """The links of provisions that say something: of many documents headings and scraps would meet everywhere."""
    says = [substance(p.text, p.language == "zh") >= FEW_WORDS for side in sides for p in side.provisions]
    kept = {u: {v: score for v, score in others.items() if says[v]} for u, others in links.items() if says[u]}
    return {u: others for u, others in kept.items() if others}


def _cliques(document: Sequence[int], links: Links, dense: float) -> dict[int, list[int]]:
    """Groups by their first member, one provision a document, grown from the closest link down."""
    home: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    edges = sorted((-score, u, v) for u, others in links.items() for v, score in others.items() if u < v)
    for _, u, v in edges:
        left = groups[home[u]] if u in home else [u]
        right = groups[home[v]] if v in home else [v]
        if left is right or {document[x] for x in left} & {document[y] for y in right}:
            continue
        if sum(y in links[x] for x in left for y in right) >= dense * len(left) * len(right):
            merged = sorted([*left, *right])
            groups.pop(left[0], None)
            groups.pop(right[0], None)
            groups[merged[0]] = merged
            home.update(dict.fromkeys(merged, merged[0]))
    return groups


def _join(groups: dict[int, list[int]], document: Sequence[int], links: Links, dense: float) -> None:
    """Let further provisions of a cluster's documents join it, the closest first."""
    home = {node: first for first, group in groups.items() for node in group}
    options = []
    for node in sorted(set(links) - set(home)):
        for first in sorted({home[other] for other in links[node] if other in home}):
            others = [x for x in groups[first] if document[x] != document[node]]
            if len(others) < len(groups[first]) and _joined(node, others, links, dense):
                options.append((-sum(links[node].get(x, 0.0) for x in others) / len(others), node, first))
    for _, node, first in sorted(options):
        others = [x for x in groups[first] if document[x] != document[node]]
        if node not in home and _joined(node, others, links, dense):
            home[node] = first
            groups[first].append(node)


def _joined(node: int, others: Sequence[int], links: Links, dense: float) -> bool:
    return sum(x in links[node] for x in others) >= dense * len(others)


def _rank(group: Sequence[int], document: Sequence[int], links: Links) -> tuple[int, float, int]:
    return (-len({document[node] for node in group}), -_weakest(group, document, links), min(group))


def _weakest(group: Sequence[int], document: Sequence[int], links: Links) -> float:
    """The score of the weakest pair; where some aren't linked, the mean score of the loosest member."""
    pairs = [(u, v) for u in group for v in group if document[u] != document[v]]
    if all(v in links[u] for u, v in pairs):
        return min(links[u][v] for u, v in pairs)
    return min(_mean(u, group, document, links) for u in group)


def _mean(node: int, group: Sequence[int], document: Sequence[int], links: Links) -> float:
    """The mean score of a member with those of the other documents; pairs that aren't linked count nothing."""
    scores = [links[node].get(other, 0.0) for other in group if document[other] != document[node]]
    return round(sum(scores) / len(scores), 4)


def _cluster(
    name: str,
    group: Sequence[int],
    places: _Places,
    sides: Sequence[CodedDocument],
    links: Links,
    alignments: Alignments,
) -> Cluster:
    ids = [side.document.id for side in sides]
    members = [
        Member(ids[places.document[node]], places.ids[node], _mean(node, group, places.document, links))
        for node in group
    ]
    absent = sorted(set(range(len(sides))) - {places.document[node] for node in group})
    missing = []
    for d in absent:
        said = [
            alignments[ids[places.document[n]], ids[d]].uniques[n - places.first[places.document[n]]] for n in group
        ]
        missing.append(_missing(ids[d], said, _partly(d, group, places, links)))
    return Cluster(name, tuple(members), _weakest(group, places.document, links), tuple(missing))


def _partly(d: int, group: Sequence[int], places: _Places, links: Links) -> set[str]:
    """Provisions of a document that are linked with a member of the group."""
    linked = {other for node in group for other in links[node] if places.document[other] == d}
    return {places.ids[other] for other in linked}


def _missing(document: str, said: Sequence[Unique], partly: set[str]) -> Missing:
    closest = max(said, key=lambda unique: unique.nearest_score)
    return Missing(
        document,
        min(unique.probability for unique in said),
        closest.nearest,
        round(closest.nearest_score, 4),
        closest.nearest in partly,
    )

"""What a comparison of many documents keeps: what was found of each provision over all of them, not pair by pair.

Fifty documents of 250 provisions have 600,000 pairs of a provision and another document. Of each provision the record
keeps its best counterparts over all documents and the document that comes nearest; groups say the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from polidiff.alignment import Alignment, CodedDocument
from polidiff.comparison.matters import theme_of
from polidiff.comparison.phrases import phrases_of
from polidiff.model import Cluster, Match, Unique

__all__ = ["best_matches", "named", "nearest_alone"]

BEST = 3
"""Counterparts of a provision that are kept over all other documents."""


def best_matches(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Return of each provision the :data:`BEST` counterparts over all documents, in the order of ``matches``."""
    held: dict[tuple[str, str], list[tuple[float, int, Match]]] = {}
    for number, match in enumerate(matches):
        held.setdefault((match.source_document, match.source), []).append((-match.score, number, match))
    kept = (one for found in held.values() for one in sorted(found, key=lambda one: one[:2])[:BEST])
    return tuple(match for _, _, match in sorted(kept, key=lambda one: one[1]))


def nearest_alone(alignments: Iterable[Alignment]) -> tuple[Unique, ...]:
    """Return of each provision how likely it stands alone beside the document that comes nearest to it."""
    least: dict[tuple[str, str], Unique] = {}
    for alignment in alignments:
        for one in alignment.uniques:
            key = one.document, one.source
            held = least.get(key)
            if held is None or (one.probability, -one.nearest_score) < (held.probability, -held.nearest_score):
                least[key] = one
    return tuple(least.values())


def named(clusters: Sequence[Cluster], sides: Sequence[CodedDocument]) -> tuple[Cluster, ...]:
    """Return clusters with their names, in the words of their provisions by language, and the theme of most of them."""
    place = {
        (side.document.id, provision.id): (number, index)
        for number, side in enumerate(sides)
        for index, provision in enumerate(side.provisions)
    }
    members = [[place[one.document, one.provision] for one in cluster.members] for cluster in clusters]
    flat = [member for group in members for member in group]
    texts = [sides[side].provisions[index].text for side, index in flat]
    phrases = phrases_of(texts)
    taken: set[str] = set()
    made, first = [], 0
    for cluster, group in zip(clusters, members, strict=True):
        names = {}
        for language in ("en", "zh"):
            held = [at for at, (s, i) in enumerate(group) if sides[s].provisions[i].language == language]
            places = [first + at for at in held]
            names[language] = _joined(phrases.best(places, [group[at][0] for at in held], taken), language)
        taken.update(part for name in names.values() for part in re.split(r", |、", name))
        first += len(group)
        en, zh = names["en"] or names["zh"], names["zh"] or names["en"]
        made.append(replace(cluster, name=en, name_zh=zh, theme=theme_of(sides, group)))
    return tuple(made)


def _joined(phrases: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(phrases)

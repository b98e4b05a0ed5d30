"""Which unit of the new version is which of the old: the same words in order, the same words elsewhere, like words.

Nothing is paired for looking alike alone: like words must make up half of both provisions, or a third of them where
nothing else changed between the same neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from polidiff.comparison.versions.units import Unit
from polidiff.comparison.versions.words import likeness
from polidiff.lang.words import HAN

if TYPE_CHECKING:
    from polidiff.encode.protocol import Matrix

ALIKE = 0.5
"""Least likeness of a reworded provision, wherever it stands now."""

ALIKE_HERE = 0.3
"""Least likeness of one that stands between the same neighbours."""

SHORT = 5
"""Units of fewer words are never followed to another place for being alike; the same words must stand there."""

HERE, SAME_NUMBER, SAME_TITLES = 0.15, 0.05, 0.05
"""What a place counts when several are alike."""

NEAR = 6
"""How far from its partner a part of a split provision may stand."""

PART = 0.8
"""Share of a part's word pairs that must stand in the whole."""

Pairs = dict[int, int]


def pair(old: Sequence[Unit], new: Sequence[Unit]) -> Pairs:
    """Return the index of the new unit for the index of each old one that has one."""
    found = _in_order([unit.key for unit in old], [unit.key for unit in new])
    _elsewhere(found, old, new)
    _alike(found, old, new)
    return found


def _in_order(before: Sequence[str], after: Sequence[str]) -> Pairs:
    """The longest sequence of units that say the same in both versions."""
    from rapidfuzz.distance import Indel

    codes: dict[str, int] = {}
    a = [codes.setdefault(key, len(codes)) for key in before]
    b = [codes.setdefault(key, len(codes)) for key in after]
    found: Pairs = {}
    for op in Indel.opcodes(a, b):
        if op.tag == "equal":
            found.update(zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True))
    return found


def _elsewhere(found: Pairs, old: Sequence[Unit], new: Sequence[Unit]) -> None:
    """Pair what says the same and is left over equally often on both sides: under the same headings first."""
    taken = set(found.values())
    for strict in (True, False):
        left: dict[tuple[object, ...], list[int]] = {}
        right: dict[tuple[object, ...], list[int]] = {}
        for i, unit in enumerate(old):
            if i not in found:
                left.setdefault((unit.key, unit.titles if strict else ()), []).append(i)
        for j, unit in enumerate(new):
            if j not in taken:
                right.setdefault((unit.key, unit.titles if strict else ()), []).append(j)
        for key, here in left.items():
            there = right.get(key, [])
            if len(here) == len(there):
                found.update(zip(here, there, strict=True))
                taken.update(there)


def _alike(found: Pairs, old: Sequence[Unit], new: Sequence[Unit]) -> None:
    """Pair what is left by like words, the best pairs first; ties go to the earlier."""
    taken = set(found.values())
    left = [i for i in range(len(old)) if i not in found]
    right = [j for j in range(len(new)) if j not in taken]
    if not left or not right:
        return
    gap_old, gap_new = _gaps(found, left, right)
    candidates = []
    near = overlaps([old[i] for i in left], [new[j] for j in right])
    for x, i in enumerate(left):
        for y, j in enumerate(right):
            here = gap_old[i] == gap_new[j]
            if near[x, y] < (0.15 if here else 0.3):
                continue
            a, b = old[i], new[j]
            alike = likeness(a.tokens, b.tokens)
            short = min(len(a.words), len(b.words)) < SHORT
            if alike < (ALIKE_HERE if here else 1.0 if short else ALIKE):
                continue
            place = HERE * here
            if a.provision.number is not None:
                place += SAME_NUMBER * (a.provision.number == b.provision.number)
            candidates.append((-(alike + place + SAME_TITLES * (a.titles == b.titles)), i, j))
    _take(found, candidates)


def _take(found: Pairs, candidates: list[tuple[float, int, int]]) -> None:
    """Take pairs, the best first, each side once."""
    taken = set(found.values())
    for _, i, j in sorted(candidates):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)


def _gaps(found: Pairs, left: Sequence[int], right: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Between which units that stand still each of the others stands, in either version."""
    still = [(i, found[i]) for i in standing(found)]
    before, after = [i for i, _ in still], [j for _, j in still]
    return {i: bisect_left(before, i) for i in left}, {j: bisect_left(after, j) for j in right}


def standing(found: Pairs) -> list[int]:
    """Return the old indices of the pairs that keep their order: the longest rising sequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for i in sorted(found):
        at = bisect_left(tails, found[i])
        before[i] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(found[i])
            ends.append(i)
        else:
            tails[at], ends[at] = found[i], i
    kept: list[int] = []
    at_last = ends[-1] if ends else None
    while at_last is not None:
        kept.append(at_last)
        at_last = before[at_last]
    return kept[::-1]


def overlaps(a: Sequence[Unit], b: Sequence[Unit]) -> Matrix:
    """Return the share of word pairs in common (Dice), shape ``(len(a), len(b))``: a quick bound on likeness."""
    import numpy as np
    from scipy.sparse import csr_matrix

    index: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[int] = []
    sizes = []
    for row, unit in enumerate([*a, *b]):
        counts = Counter(grams(unit))
        sizes.append(max(1, sum(counts.values())))
        for gram, count in counts.items():
            rows.append(row)
            columns.append(index.setdefault(gram, len(index)))
            values.append(count)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(sizes), max(1, len(index))))
    common = np.zeros((len(a), len(b)))
    left, right = matrix[: len(a)], matrix[len(a) :].T.tocsc()
    common = np.asarray((left @ right).todense(), dtype=float)
    size = np.array(sizes, dtype=float)
    shares: Matrix = np.minimum(1.0, 2 * common / (size[: len(a), None] + size[None, len(a) :]))
    return shares


def grams(unit: Unit) -> list[str]:
    """Return the words of a unit in English, its pairs of characters in Chinese."""
    words = unit.words
    if sum(bool(re.match(f"[{HAN}]", word)) for word in words) * 2 <= len(words):
        return words
    return [x + y for x, y in pairwise(words)] or words


def parts(found: Pairs, old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, list[int]]:
    """Return the units of ``new`` that an old one was split into: its partner and neighbours that nothing else has.

    A point of few words must stand there whole. Called with the sides turned round it finds what was merged.
    """
    back = {j: i for i, j in found.items()}
    made: dict[int, list[int]] = {}
    for j, unit in enumerate(new):
        short = len(unit.words) < SHORT
        if j in back or len(unit.words) < 2 or (short and unit.provision.lead_in is None):
            continue
        before = next((k for k in range(j - 1, max(-1, j - NEAR), -1) if k in back), None)
        after = next((k for k in range(j + 1, min(len(new), j + NEAR)) if k in back), None)
        for near in (before, after):
            i = None if near is None else back[near]
            if i is None or old[i].key == new[found[i]].key:
                continue
            others = [new[k] for k in (found[i], *made.get(i, ()))]
            if _part_of(unit, old[i], others, 1.0 if short else PART):
                made.setdefault(i, []).append(j)
                break
    return {i: sorted([found[i], *extra]) for i, extra in made.items()}


def _part_of(part: Unit, whole: Unit, others: Sequence[Unit], share: float) -> bool:
    """Whether ``share`` of the words of ``part`` stand in ``whole`` and not already in the other parts."""
    inside = _pairs_of(part)
    rest = _pairs_of(whole)
    for other in others:
        rest = rest - _pairs_of(other)
    return bool(inside) and sum((inside & rest).values()) / sum(inside.values()) >= share


def _pairs_of(unit: Unit) -> Counter[tuple[str, str]]:
    words = unit.words
    return Counter(pairwise(words))

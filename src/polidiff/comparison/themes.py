"""Which provisions of which document speak to a theme, and on which side they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.alignment import CodedDocument
from polidiff.model import Code, Codebook, Coding, Theme

DOMINANT = 0.6
"""Share of a document's cues on a theme from which it is said to take one side."""

_WAYS = frozenset({frozenset({"promote", "limit"}), frozenset({"ease", "limit"})})
_SPIRITS = frozenset({"competition", "cooperation"})
"""Directions and postures that oppose one another. Of 57 labelled pairs of real passages that are opposed three and
seven show it, of 133 that want the same, by the same or by other means, four and none."""


@dataclass(frozen=True)
class Spoken:
    """A provision that speaks to a theme: its place in its side, and the code that says so."""

    index: int
    code: Code


@dataclass(frozen=True)
class ThemeCoverage:
    """What one document says on a theme: the provisions, strongest first, and whether they were coded with the
    theme itself or only with a narrower one."""

    side: CodedDocument
    spoken: tuple[Spoken, ...]
    narrower: bool = False


def children(codebook: Codebook, theme: Theme) -> tuple[str, ...]:
    """Return the ids of the themes directly under ``theme``."""
    return tuple(other.id for other in codebook.themes if other.parent == theme.id)


def voice(side: CodedDocument, theme: Theme, narrower: Sequence[str]) -> ThemeCoverage:
    """Return what the document says on ``theme``.

    A provision coded with one of the narrower themes speaks there; it counts here only when nothing else does.
    """
    own: list[Spoken] = []
    implied: list[Spoken] = []
    for index, coding in enumerate(side.codings):
        codes = {code.id: code for code in coding.themes}
        if theme.id not in codes:
            continue
        found = Spoken(index, codes[theme.id])
        (implied if any(child in codes for child in narrower) else own).append(found)
    chosen = own or implied
    ordered = tuple(sorted(chosen, key=lambda spoken: (-spoken.code.score, spoken.index)))
    return ThemeCoverage(side, ordered, narrower=not own and bool(implied))


def positions(heard: ThemeCoverage, theme: Theme) -> Counter[str]:
    """Return how many of the document's provisions on the theme take each of its positions.

    A provision that shows several is counted for the one that it shows most strongly.
    """
    counts: Counter[str] = Counter()
    names = {theme.id, *([theme.parent] if theme.parent else [])}
    for spoken in heard.spoken:
        codes = [c for c in heard.side.codings[spoken.index].positions if c.id.partition(":")[0] in names]
        if codes:
            best = max(codes, key=lambda code: code.score)
            counts[best.id.partition(":")[2]] += 1
    return counts


def postures(heard: ThemeCoverage) -> Counter[str]:
    """Return how many of the document's provisions on the theme compete and how many cooperate."""
    counts: Counter[str] = Counter()
    for spoken in heard.spoken:
        label = heard.side.codings[spoken.index].posture.id
        if label != "neutral":
            counts[label] += 1
    return counts


def ways_apart(one: str, other: str) -> bool:
    """Whether two directions of provisions on one thing oppose one another, whatever words they share."""
    return frozenset({one, other}) in _WAYS


def opposed(one: Coding, other: Coding) -> bool:
    """Whether two provisions on one thing go opposite ways, or the one competes and the other cooperates."""
    return ways_apart(one.direction.id, other.direction.id) or {one.posture.id, other.posture.id} == _SPIRITS


def dominant(counts: Counter[str]) -> str | None:
    """Return the label with at least :data:`DOMINANT` of the counts, or None."""
    total = sum(counts.values())
    if not total:
        return None
    label, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return label if most / total >= DOMINANT else None

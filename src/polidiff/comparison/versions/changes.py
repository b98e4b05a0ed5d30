"""From pairs of units to changes: what is said of each, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from polidiff.comparison.versions.force import Pull, as_reasons, coded_pull, pulls
from polidiff.comparison.versions.pairing import Pairs, standing
from polidiff.comparison.versions.units import Unit
from polidiff.comparison.versions.words import edits, likeness, tokens
from polidiff.model import Document, Provision, Reason, Span
from polidiff.model.versions import Change, ChangeKind, WordEdit

PART = 2
"""Provisions from which on what one version alone prints of recitals or annexes is a part that the other leaves out."""


@dataclass
class Versions:
    """Two versions, their units and what is paired. ``wholes`` maps a unit that was split or merged to its parts."""

    old: Document
    new: Document
    before: Sequence[Unit]
    after: Sequence[Unit]
    pairs: Pairs
    split: dict[int, list[int]] = field(default_factory=dict)
    merged: dict[int, list[int]] = field(default_factory=dict)
    spoken: bool = True

    def __post_init__(self) -> None:
        """Work out once what the whole tells of each pair: order, headings, numbers."""
        self.still = set(standing(self.pairs))
        sides = [Counter(unit.part for unit in side if unit.part) for side in (self.before, self.after)]
        followed = {*(self.before[i].part for i in self.pairs), *(self.after[j].part for j in self.pairs.values())}
        self._absent = {
            part
            for one, other in (sides, sides[::-1])
            for part, count in one.items()
            if count >= PART and not other[part] and part not in followed
        }
        self._titles_before = {unit.titles for unit in self.before}
        self._titles_after = {unit.titles for unit in self.after}
        ways: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
        for i in sorted(self.still):
            ways.setdefault(self.before[i].titles, Counter())[self.after[self.pairs[i]].titles] += 1
        self._ways = {
            titles: min(counts, key=lambda there: (-counts[there], there != titles, there))
            for titles, counts in ways.items()
        }
        self.numbers: dict[str, str] = {}
        for i in sorted(self.pairs):
            was, became = self.before[i].provision.number, self.after[self.pairs[i]].provision.number
            if was is not None and became is not None:
                self.numbers.setdefault(was, became)

    def lone(self, unit: Unit, kind: ChangeKind) -> tuple[ChangeKind, tuple[Reason, ...]]:
        """Return what a unit without a pair is: ``kind``, or ``absent`` where its whole part is, and why."""
        if unit.part not in self._absent:
            return kind, ()
        why = Reason.of("absent.recital") if unit.part == "recital" else Reason.of("absent.annex")
        return "absent", (why,)

    def place(self, i: int) -> tuple[ChangeKind, ...]:
        """Return ``moved``, ``retitled`` and ``renumbered`` as they hold for a pair."""
        a, b = self.before[i], self.after[self.pairs[i]]
        found: list[ChangeKind] = []
        known = b.titles in self._titles_before or a.titles in self._titles_after
        if i not in self.still or (a.titles != b.titles and known and self._ways.get(a.titles) != b.titles):
            found.append("moved")
        elif a.titles != b.titles and self.spoken:
            found.append("retitled")
        numbers = a.provision.number != b.provision.number and None not in (a.provision.number, b.provision.number)
        if self.spoken and (numbers or (a.titles == b.titles and a.provision.path != b.provision.path)):
            found.append("renumbered")
        return tuple(found)


def changes(versions: Versions) -> tuple[Change, ...]:
    """Return the changes in the order of the new version; what was dropped stands after what it followed."""
    made: list[tuple[tuple[int, int, int], Change]] = []
    split = {i: _with_lead(versions, whole) for i, whole in versions.split.items()}
    parts_new = {j for whole in split.values() for j in whole}
    parts_old = {i for whole in versions.merged.values() for i in whole}
    last = -1
    for i, unit in enumerate(versions.before):
        j = versions.pairs.get(i)
        if i in split:
            made.append(((j or 0, 0, i), _cut(versions, [i], split[i], "split")))
        elif j is not None and j in versions.merged:
            made.append(((j, 0, i), _cut(versions, versions.merged[j], [j], "merged")))
        elif j is not None:
            made.append(((j, 0, i), _paired(versions, i)))
        elif i not in parts_old:
            kind, why = versions.lone(unit, "dropped")
            made.append(((last, 1, i), Change(kind, (unit.provision,), (), reasons=why, likeness=0.0)))
        last = last if j is None or i not in versions.still else j
    taken = set(versions.pairs.values())
    for j, unit in enumerate(versions.after):
        if j not in taken and j not in parts_new:
            kind, why = versions.lone(unit, "added")
            alone = Change(kind, (), (unit.provision,), reasons=why, likeness=0.0)
            made.append(((j, 0, len(versions.before)), alone))
    return tuple(change for _, change in sorted(made, key=lambda row: row[0]))


def _with_lead(versions: Versions, parts: list[int]) -> list[int]:
    """The parts that a unit was split into, with the words that introduce them where these are a new unit."""
    leads = {versions.after[j].provision.lead_in for j in parts} - {None}
    taken = {*versions.pairs.values(), *parts}
    spans = {j: Span(unit.provision.start, unit.provision.end) for j, unit in enumerate(versions.after)}
    return sorted([*parts, *(j for j, span in spans.items() if span in leads and j not in taken)])


def _paired(versions: Versions, i: int) -> Change:
    a, b = versions.before[i], versions.after[versions.pairs[i]]
    old, new = (versions.old, a.provision), (versions.new, b.provision)
    places = versions.place(i)
    if not versions.spoken:
        return _translated(old, new, places)
    found = edits((versions.old, a.tokens), (versions.new, b.tokens)) if a.provision.text != b.provision.text else ()
    pulled, named = pulls(found, old, new)
    led = _introduced(old, new)
    if not any(pull.way for pull in pulled) and (led or any(not e.matters or e.matters == "strength" for e in named)):
        pulled += coded_pull(old, new)
    kinds = (*_worded(versions, pulled, named), *places)
    return Change(
        kinds[0] if kinds else "unchanged",
        (a.provision,),
        (b.provision,),
        also=kinds[1:],
        edits=named,
        reasons=as_reasons(pulled),
        likeness=likeness(a.tokens, b.tokens),
        introduced=led,
    )


def _introduced(old: tuple[Document, Provision], new: tuple[Document, Provision]) -> tuple[WordEdit, ...]:
    """What changed in the words that introduce the two, form aside."""
    if old[1].lead_in is None or new[1].lead_in is None:
        return ()
    found = edits((old[0], tokens(old[0], old[1].lead_in)), (new[0], tokens(new[0], new[1].lead_in)))
    return tuple(edit for edit in found if edit.matters != "typography")


def _worded(versions: Versions, pulled: Sequence[Pull], named: Sequence[WordEdit]) -> tuple[ChangeKind, ...]:
    """What the change of words comes to: nothing, new numbers in references, other words, more or less force."""
    ways = {pull.way for pull in pulled} - {0}
    if ways == {1}:
        return ("strengthened",)
    if ways == {-1}:
        return ("weakened",)
    real = [edit for edit in named if edit.matters != "typography"]
    if ways or any(not _follows(versions, edit) for edit in real):
        return ("reworded",)
    return ("renumbered",) if real else ()


def _follows(versions: Versions, edit: WordEdit) -> bool:
    """Whether a change in a reference is only that of the number of what it refers to."""
    if edit.matters != "reference":
        return False
    was, became = versions.old.cut(edit.old), versions.new.cut(edit.new)
    return any(
        was in (number, number.split("(")[0])
        and became in (versions.numbers[number], versions.numbers[number].split("(")[0])
        for number in versions.numbers
        if number.startswith(was)
    )


def _translated(
    old: tuple[Document, Provision], new: tuple[Document, Provision], places: tuple[ChangeKind, ...]
) -> Change:
    """A provision and its rendering: words can't be laid side by side, force and figures can."""
    whole = WordEdit("replace", old[1].span, new[1].span, "number")
    pulled = [pull for pull in pulls([whole], old, new)[0] if pull.matter in ("amount", "deadline")]
    pulled += coded_pull(old, new)
    ways = {pull.way for pull in pulled} - {0}
    kind: ChangeKind = "translated"
    if len(ways) == 1:
        kind = "strengthened" if ways == {1} else "weakened"
    also: tuple[ChangeKind, ...] = () if kind == "translated" else ("translated",)
    return Change(kind, (old[1],), (new[1],), also=(*also, *places), reasons=as_reasons(pulled))


def _cut(versions: Versions, left: Sequence[int], right: Sequence[int], kind: ChangeKind) -> Change:
    """A provision that was split, or several that were merged."""
    a = [token for i in left for token in versions.before[i].tokens]
    b = [token for j in right for token in versions.after[j].tokens]
    found = edits((versions.old, a), (versions.new, b))
    old = tuple(versions.before[i].provision for i in left)
    new = tuple(versions.after[j].provision for j in right)
    pulled, named = pulls(found, (versions.old, old[0]), (versions.new, new[0]))
    also = _worded(versions, pulled, named)
    first = Reason.of("split.parts" if kind == "split" else "merged.parts", old=len(old), new=len(new))
    return Change(kind, old, new, also, named, (first, *as_reasons(pulled)), likeness(a, b))

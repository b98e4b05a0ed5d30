"""Numbers that run through a document: paragraphs 1 to 50, 3.12 in chapter 3, recommendations R1, R2, ids of rows."""

from __future__ import annotations

import re

from polidiff.model import ProvisionKind
from polidiff.provisions.labels import Label, digits, label_at
from polidiff.provisions.units import Unit, label_of
from polidiff.provisions.verbs import is_imperative

# The id of a requirement in a framework: GV.OC-01, GOVERN 1.1, AC-2(3).
IDENT = re.compile(
    r"([A-Z]{2,12}(?:\.[A-Z]{2,3})?[ .-]?\d{1,2}(?:[.-]\d{1,2})*(?:\(\d{1,2}\))?)[\s\xa0]*[:.—–-]?[\s\xa0]+(?=\S)"
)
# A recommendation or an action that is counted by a letter or two: R7, A12., Rec. 3, KR 2:
_CODE = re.compile(
    r"((?:R|A|C|P|M|Rec\.?|REC|KR|RA)[\s\xa0]?)(\d{1,3})[\s\xa0]*(?:[.:：)—–-][\s\xa0]*|[\s\xa0]+)(?=[A-Z“\"'‘])"
)
_SHOULD = re.compile(r"\b(?:should|recommends?|recommended)\b")
_HEAD = 160


def running_numbers(text: str, units: list[Unit]) -> dict[int, Label]:
    """Find paragraphs whose printed numbers run through the whole document, over its headings: 1., 2., 3., …

    Returns their labels by the index of the unit; empty when no run of five or more crosses a heading, or when other
    numbered lists are so many that the run may be an accident of them. Where no heading parts the document, the run
    is that of the whole text if its numbers are most of what stands behind the first.
    """
    found: dict[int, Label] = {}
    last = 0
    crossed = 0
    heads = 0
    others = 0
    for index, unit in enumerate(units):
        if unit.heading:
            heads += 1
            continue
        if unit.block.kind == "row" or not unit.first:
            continue
        label = label_at(text, unit.start, unit.end)
        if label is None and unit.block.marker and unit.block.level == 0:
            label = label_of(text, unit)
        if label is None or label.form not in (".", ")") or not label.value.isdecimal():
            continue
        if digits(label.value) == last + 1 and label.body < unit.end:
            if heads and last:
                crossed += 1
            heads = 0
            last += 1
            found[index] = label
        else:
            others += 1
    if last >= 5 and not crossed and _undivided(units, min(found)):
        bare = sum(u.block.kind == "paragraph" and label_at(text, u.start, u.end) is None for u in units[min(found) :])
        asks = sum(_asks(text, units[index], label) for index, label in found.items())
        return {} if asks * 5 >= 2 * last or others or 2 * bare > last else found
    return found if last >= 5 and crossed >= 1 and others * 3 <= last else {}


def _undivided(units: list[Unit], first: int) -> bool:
    """Whether no heading stands among the units from ``first`` on."""
    return not any(unit.heading for unit in units[first:])


def chapter_numbers(text: str, units: list[Unit]) -> dict[int, Label]:
    """Find paragraphs that are numbered through each chapter, over its headings: 1.1, 1.2 … 2.1, 2.2 …

    Returns their labels by the index of the unit; empty when they are fewer than five, when hardly any is running
    text, or when the numbers of headings are of the same form.
    """
    found: dict[int, Label] = {}
    chapter = last = 0
    crossed = 0
    heads = 0
    texts = 0
    for index, unit in enumerate(units):
        if unit.heading:
            label = label_at(text, unit.start, unit.end)
            if label is not None and label.form == "1.1" and label.value.count(".") == 1:
                return {}
            heads += 1
            continue
        label = label_at(text, unit.start, unit.end)
        if label is None or not unit.first or unit.block.kind == "row" or label.form != "1.1":
            continue
        if label.value.count(".") != 1 or label.body >= unit.end:
            continue
        one, two = (int(part) for part in label.value.split("."))
        if not ((one == chapter and two == last + 1) or (chapter < one <= chapter + 2 and two == 1)):
            continue
        crossed += bool(heads and two > 1)
        heads = 0
        chapter, last = one, two
        texts += unit.end - unit.start > 120
        found[index] = label
    return found if len(found) >= 5 and crossed and texts * 2 >= len(found) else {}


def kind_of_numbered(text: str, units: list[Unit], numbered: dict[int, Label], language: str) -> ProvisionKind:
    """What paragraphs with running numbers are: recommendations where they ask for something, else paragraphs."""
    if not numbered:
        return "item"
    if language == "zh":
        return "action"
    chosen = [(units[i], label) for i, label in numbered.items()]
    apart = sum(u.block.lead is not None or u.block.bold for u, _ in chosen)
    verbs = sum(_asks(text, unit, label) for unit, label in chosen)
    return "recommendation" if max(apart, verbs) * 5 >= 2 * len(chosen) else "paragraph"


def _asks(text: str, unit: Unit, label: Label) -> bool:
    """Whether a numbered paragraph opens with an imperative or with what somebody should do."""
    if is_imperative(text[label.body : unit.end]):
        return True
    return bool(_SHOULD.search(text[label.body : min(unit.end, label.body + _HEAD)]))


def coded(text: str, units: list[Unit]) -> dict[int, tuple[str, str, int]]:
    """Find units that open with a letter and a number that counts from 1 upwards (R1, R2 …), three at least.

    Returns (letters, number, where the words begin) by the index of the unit.
    """
    runs: dict[str, list[tuple[int, tuple[str, str, int]]]] = {}
    for index, unit in enumerate(units):
        match = None if unit.block.kind == "row" else _CODE.match(text, unit.start, unit.end)
        if match is None:
            continue
        letters = match.group(1).strip("\xa0 .")
        run = runs.setdefault(letters, [])
        if int(match.group(2)) == len(run) + 1:
            run.append((index, (letters, match.group(2), match.end())))
    return {index: found for run in runs.values() if len(run) >= 3 for index, found in run}


def identifiers(text: str, units: list[Unit]) -> dict[int, tuple[str, int]]:
    """Find units that open with a framework's id, by index, with where the words begin; empty below five of them."""
    found: dict[int, tuple[str, int]] = {}
    for index, unit in enumerate(units):
        if unit.heading or unit.block.kind == "row":
            continue
        match = IDENT.match(text, unit.start, unit.end)
        if match and match.end() < unit.end:
            found[index] = (match.group(1), match.end())
    return found if len({ident for ident, _ in found.values()}) >= 5 else {}

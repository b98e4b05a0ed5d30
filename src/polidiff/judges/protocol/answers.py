"""What is answered, and the proof that it has to bring: a label of the task, and words that stand where it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from polidiff.judges.endpoint.guard import cue
from polidiff.judges.protocol.requests import Item, Request
from polidiff.judges.protocol.tasks import TaskForm, task_form

__all__ = ["NONE", "Place", "Refusal", "Statement", "prove"]

Place = tuple[str, int, int]
"""Words of a document: its id, and where they start and end in its canonical text."""

NONE = "none"
"""The label of a task that says that nothing else fits."""

Why = Literal["not in the form", "label not of the task", "words not in the passage", "words of one side missing"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that an answer says of an item, proved: a label and the places of the words that decided.

    ``passages`` are the numbers, from 0 in the item's own order, of the passages that hold them. ``probability`` is
    the answerer's own, which counts for nothing until it is calibrated.
    """

    label: str
    places: tuple[Place, ...]
    passages: tuple[int, ...]
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that didn't count, and why. Its words are not kept."""

    item: str
    why: Why


def prove(request: Request, answer: Mapping[str, Any]) -> tuple[dict[str, tuple[Statement, ...]], tuple[Refusal, ...]]:
    """Return the statements of ``answer`` that count, by item, and those that don't.

    An item of which every statement was refused is not among the first: it stays unanswered.
    """
    items = {item.id: item for item in request.items}
    form = task_form(request.task)
    codes = frozenset(code for code, _ in request.codes) | {NONE} if request.codes else frozenset(form.labels)
    said = answer.get("answers")
    found: dict[str, list[Statement]] = {}
    refused: list[Refusal] = []
    for row in said if isinstance(said, list) else []:
        item = items.get(row.get("id", "")) if isinstance(row, dict) else None
        if item is None:
            refused.append(Refusal("", "not in the form"))
            continue
        judged = _statement(row, item, request.round, form, codes)
        if isinstance(judged, Refusal):
            refused.append(judged)
        elif form.many or item.id not in found:
            found.setdefault(item.id, []).append(judged)
    return {item: tuple(rows) for item, rows in found.items()}, tuple(refused)


def _statement(
    row: Mapping[str, Any], item: Item, number: int, form: TaskForm, labels: frozenset[str]
) -> Statement | Refusal:
    label = row.get("label")
    if not isinstance(label, str) or label not in labels:
        return Refusal(item.id, "label not of the task")
    spans = row.get("spans") or []
    if not isinstance(spans, list):
        return Refusal(item.id, "not in the form")
    places: list[Place] = []
    passages: list[int] = []
    for span in spans:
        found = _place(span, item, number)
        if found is None:
            return Refusal(item.id, "words not in the passage")
        passages.append(found[0])
        places.append(found[1])
    wanted = 2 if label in form.sides else 1 if label in form.proved or (form.name == "theme" and label != NONE) else 0
    if len({place[0] for place in places}) < wanted:
        return Refusal(item.id, "words of one side missing")
    own = row.get("probability")
    sure = float(own) if isinstance(own, (int, float)) and not isinstance(own, bool) and 0 <= own <= 1 else None
    return Statement(label, tuple(places), tuple(passages), sure)


def _place(span: object, item: Item, number: int) -> tuple[int, Place] | None:
    """Return the passage (from 0, in the item's order) and the place that a span of an answer names."""
    if not isinstance(span, list) or len(span) not in (2, 3) or type(span[0]) is not int:
        return None
    index = span[0] - 1 if number == 1 else len(item.passages) - span[0]
    if not 0 <= index < len(item.passages):
        return None
    passage = item.passages[index]
    if len(span) == 2:
        at = cue(span[1], passage.text)
        return None if at is None else (index, (passage.document, passage.start + at[0], passage.start + at[1]))
    start, end = span[1], span[2]
    if type(start) is not int or type(end) is not int or start >= end:
        return None
    if passage.start <= start and end <= passage.end:
        return index, (passage.document, start, end)
    if start >= 0 and end <= len(passage.text):
        return index, (passage.document, passage.start + start, passage.start + end)
    return None

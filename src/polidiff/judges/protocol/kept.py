"""Answers that are kept: by question, with the places of the words that decided and none of the words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from polidiff.judges.protocol.answers import Place, Refusal, Statement
from polidiff.judges.protocol.calibration import Calibration
from polidiff.judges.protocol.requests import ROUNDS, Item, Task
from polidiff.judges.protocol.tasks import task_form

__all__ = ["KeptAnswer", "Memory", "both_rounds"]

ALIKE = {"same": "shared", "means": "shared"}
"""Labels that the two rounds may swap: the matter is shared, and the weaker of the two, ``means``, is kept."""

_MEASURED_AS: Mapping[Task, tuple[Task, str]] = {"stance": ("finding", "opposed")}
"""Tasks without probes of their own, and what they are calibrated as: on whatever axis two part, they are opposed."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What one asking of an item brought: the model's name, the round, and the statements that were proved.

    ``question`` is what was asked, wherever its passages stood, and ``seals`` are short hashes of these, in the order
    of ``passages``; both may be empty in answers that were kept before there were any.
    """

    item: str
    task: Task
    version: int
    model: str
    round: int
    passages: tuple[Place, ...]
    statements: tuple[Statement, ...]
    question: str = ""
    seals: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return it as a line of a file of kept answers."""
        return {
            "item": self.item,
            "task": self.task,
            "version": self.version,
            "model": self.model,
            "round": self.round,
            "passages": [list(place) for place in self.passages],
            **({"question": self.question, "seals": list(self.seals)} if self.question else {}),
            "statements": [
                {
                    "label": one.label,
                    "places": [list(place) for place in one.places],
                    "passages": list(one.passages),
                    "probability": one.probability,
                }
                for one in self.statements
            ],
        }


@dataclass
class Memory:
    """Kept answers by item and round; the last one of a round counts. ``refused`` are statements without proof.

    ``calibrations`` are by the model's name: where there is one, the probability of what comes out of here is the
    calibrated chance that the statement is right, and no more what the model said.
    """

    answers: dict[tuple[str, int], KeptAnswer] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    calibrations: dict[str, Calibration] = field(default_factory=dict)

    def add(self, answers: Iterable[KeptAnswer]) -> None:
        """Keep ``answers``."""
        for answer in answers:
            self.answers[answer.item, answer.round] = answer

    def open(self, items: Iterable[Item]) -> list[Item]:
        """Return those of ``items`` that have not been answered in both rounds, in today's words of the task."""
        return [item for item in items if any(self._answer(item.id, number) is None for number in ROUNDS)]

    def rounds(self, item: str) -> tuple[KeptAnswer, KeptAnswer] | None:
        """Return both askings of an item; None where it wasn't answered twice by one model."""
        first, second = (self._answer(item, number) for number in ROUNDS)
        return None if first is None or second is None or first.model != second.model else (first, second)

    def agreed(self, item: str) -> tuple[tuple[Statement, ...], str] | None:
        """Return what both askings of an item say, and the model; None where it wasn't answered twice by one."""
        both = self.rounds(item)
        if both is None:
            return None
        first, second = both
        return both_rounds(first.task, first.statements, second.statements), first.model

    def _answer(self, item: str, number: int) -> KeptAnswer | None:
        held = self.answers.get((item, number))
        if held is None or held.version != task_form(held.task).version:
            return None
        known = self.calibrations.get(held.model)
        task, as_label = _MEASURED_AS.get(held.task, (held.task, None))
        curve = known.on(task) if known is not None else None
        if curve is None:
            return held
        stated = tuple(
            replace(one, probability=curve.chance(as_label or one.label, one.probability)) for one in held.statements
        )
        return replace(held, statements=stated)

    def current(self) -> Iterator[KeptAnswer]:
        """Yield the kept answers to questions in today's words of their task, in a fixed order."""
        for item, number in sorted(self.answers):
            held = self._answer(item, number)
            if held is not None:
                yield held

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the kept answers in a fixed order, as lines of a file, and the calibrations of those who gave them."""
        for key in sorted(self.answers):
            yield self.answers[key].record()
        for model in sorted({one.model for one in self.answers.values()} & set(self.calibrations)):
            yield {"calibration": self.calibrations[model].record()}

    @classmethod
    def read(cls, path: Path) -> Memory:
        """Return the kept answers of a file; a missing file holds none."""
        return cls.of(path.read_text(encoding="utf-8").splitlines() if path.is_file() else ())

    @classmethod
    def of(cls, lines: Iterable[str]) -> Memory:
        """Return the kept answers of lines as :meth:`records` makes them; those that aren't any are passed over."""
        memory = cls()
        for line in lines:
            kept = _kept(line)
            if isinstance(kept, Calibration):
                memory.calibrations[kept.model] = kept
            elif kept is not None:
                memory.add([kept])
        return memory


def both_rounds(task: Task, first: Iterable[Statement], second: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements of the first asking that the second one repeats.

    A statement is repeated where one has an equal label, or one that :data:`ALIKE` takes for equal, and of the tasks
    that relate passages leans on the same ones; which words of them it chose doesn't matter.
    """
    others = list(second)
    related = bool(task_form(task).sides)
    kept: list[Statement] = []
    for one in first:
        alike = (o for o in others if _alike(o.label, one.label))
        match = next((o for o in alike if not related or set(o.passages) == set(one.passages)), None)
        if match is not None:
            weaker = match if match.label == "means" and one.label == "same" else one
            kept.append(Statement(weaker.label, one.places, one.passages, _lower(one.probability, match.probability)))
    return tuple(kept)


def _alike(a: str, b: str) -> bool:
    return ALIKE.get(a, a) == ALIKE.get(b, b)


def _lower(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else min(a, b)


def _kept(line: str) -> KeptAnswer | Calibration | None:
    try:
        row: Mapping[str, Any] = json.loads(line)
        if "calibration" in row:
            return Calibration.of(row["calibration"])
        return KeptAnswer(
            row["item"],
            row["task"],
            row["version"],
            row["model"],
            row["round"],
            tuple((str(d), int(s), int(e)) for d, s, e in row["passages"]),
            tuple(
                Statement(
                    one["label"],
                    tuple((str(d), int(s), int(e)) for d, s, e in one["places"]),
                    tuple(int(number) for number in one["passages"]),
                    one.get("probability"),
                )
                for one in row["statements"]
            ),
            str(row.get("question", "")),
            tuple(map(str, row.get("seals", ()))),
        )
    except (ValueError, KeyError, TypeError):
        return None

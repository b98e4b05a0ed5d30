"""How often a judge of a name is right: measured on the bundled probes, fitted with few points, kept for the user.

A calibration is of one model's name and says, by task and label, how many of its answers on the probes were right, and
what its own probability is worth. It is a logistic curve with an offset for each label, drawn towards "no difference"
as far as the points are few; a judge that gives no probabilities is left with the share of right answers. Numbers are
rounded, so that every machine says the same.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polidiff.cache import cache_root
from polidiff.judges.protocol.requests import digest_of
from polidiff.judges.protocol.tasks import task_form
from polidiff.model import Reason

__all__ = [
    "Calibration",
    "Share",
    "TaskCalibration",
    "Tried",
    "fitted",
    "keep_calibration",
    "kept_calibration",
    "measured_reasons",
]

LEAST, MOST = 0.02, 0.98
"""A probability outside of these is taken for the nearer one: on a hundred probes nothing surer can be shown."""
SWEEPS, NEAR = 400, 1e-8
"""Rounds of the fit at most, and the change of a weight under which it ends."""
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Tried:
    """One answer to a probe: the label, whether it was right, and the judge's own probability where it gave one."""

    label: str
    right: bool
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Of ``given`` answers with a label, ``right`` were right; ``offset`` is the label's, in log odds."""

    label: str
    given: int
    right: int
    offset: float


@dataclass(frozen=True, slots=True)
class TaskCalibration:
    """The curve of one task: log odds ``bias`` + the label's offset + ``slope`` × (log odds of its own − ``middle``).

    ``version`` is that of the task's words: answers to other words are not calibrated by it.
    """

    task: str
    version: int
    bias: float
    slope: float
    middle: float
    shares: tuple[Share, ...]

    def share(self, label: str) -> Share | None:
        """Return how often answers with ``label`` were right; None where the judge never gave it."""
        return next((one for one in self.shares if one.label == label), None)

    def chance(self, label: str, probability: float | None) -> float:
        """Return the chance, in 0..1, that an answer is right for which its judge gave ``probability``."""
        held = self.share(label)
        own = 0.0 if probability is None else self.slope * (_log_odds(probability) - self.middle)
        return round(_logistic(self.bias + (held.offset if held else 0.0) + own), DIGITS)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is known of the model named ``model``; ``probes`` is the hash of the probes that it was measured on."""

    model: str
    probes: str
    tasks: tuple[TaskCalibration, ...]

    @property
    def id(self) -> str:
        """A short hash of all the rest, by which reports name it."""
        return digest_of(self.record())[:12]

    def on(self, task: str) -> TaskCalibration | None:
        """Return the calibration of ``task`` as it is asked today; None where it wasn't measured."""
        return next((one for one in self.tasks if one.task == task and one.version == task_form(task).version), None)

    def record(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "model": self.model,
            "probes": self.probes,
            "tasks": [
                {
                    "task": one.task,
                    "version": one.version,
                    "bias": one.bias,
                    "slope": one.slope,
                    "middle": one.middle,
                    "labels": [[s.label, s.given, s.right, s.offset] for s in one.shares],
                }
                for one in self.tasks
            ],
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Calibration | None:
        """Return the calibration of plain data; None where that isn't one."""
        try:
            tasks = tuple(
                TaskCalibration(
                    str(one["task"]),
                    int(one["version"]),
                    float(one["bias"]),
                    float(one["slope"]),
                    float(one["middle"]),
                    tuple(Share(str(n), int(given), int(right), float(o)) for n, given, right, o in one["labels"]),
                )
                for one in record["tasks"]
                if task_form(one["task"])
            )
            return cls(str(record["model"]), str(record["probes"]), tasks)
        except (KeyError, TypeError, ValueError):
            return None


def fitted(task: str, tried: Iterable[Tried]) -> TaskCalibration:
    """Return the curve that fits these answers best, each label's offset and the slope drawn towards 0.

    One right and one wrong answer of no label are added, so that no chance is 0 or 1.
    """
    rows = list(tried)
    labels = sorted({row.label for row in rows})
    odds = [_log_odds(row.probability) for row in rows if row.probability is not None]
    middle = round(math.fsum(odds) / len(odds), DIGITS) if odds else 0.0
    points = [([0.0] * (len(labels) + 1), right) for right in (True, False)]
    for row in rows:
        own = 0.0 if row.probability is None else _log_odds(row.probability) - middle
        points.append(([own, *(float(row.label == label) for label in labels)], row.right))
    bias, (slope, *offsets) = _fit(points)
    shares = tuple(
        Share(label, len(of), sum(row.right for row in of), offset)
        for label, offset in zip(labels, offsets, strict=True)
        for of in ([row for row in rows if row.label == label],)
    )
    return TaskCalibration(task, task_form(task).version, bias, slope, middle, shares)


def _fit(points: Sequence[tuple[Sequence[float], bool]]) -> tuple[float, list[float]]:
    """A logistic regression with a ridge on all but the bias and a first weight of 0 or more, one weight at a time."""
    width = len(points[0][0])
    weights = [0.0] * (width + 1)
    rows = [([1.0, *row], right) for row, right in points]
    for _ in range(SWEEPS):
        before = tuple(weights)
        for at in range(width + 1):
            pull = 0.0 if at == 0 else 1.0
            slope, bend = -pull * weights[at], pull
            for row, right in rows:
                if row[at]:
                    p = _logistic(sum(w * x for w, x in zip(weights, row, strict=True)))
                    slope += (right - p) * row[at]
                    bend += p * (1 - p) * row[at] ** 2
            step = max(-1.0, min(1.0, slope / bend)) if bend else 0.0
            weights[at] = max(0.0, weights[at] + step) if at == 1 else weights[at] + step
        if max(abs(new - old) for new, old in zip(weights, before, strict=True)) < NEAR:
            break
    made = [round(weight, DIGITS) + 0.0 for weight in weights]
    return made[0], made[1:]


def keep_calibration(calibration: Calibration) -> Path:
    """Keep ``calibration`` under its model's name in the user's cache; an older one of that name is replaced."""
    path = _place(calibration.model)
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = json.dumps(calibration.record(), ensure_ascii=False, indent=1)
    path.write_text(f"{plain}\n", encoding="utf-8", newline="\n")
    return path


def kept_calibration(model: str) -> Calibration | None:
    """Return the calibration that is kept under a model's name; None where there is none that can be read."""
    try:
        record = json.loads(_place(model).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    held = Calibration.of(record) if isinstance(record, dict) else None
    return held if held is not None and held.model == model else None


def measured_reasons(calibration: Calibration | None, task: str, labels: Iterable[str]) -> tuple[Reason, ...]:
    """Return how often answers with these labels were wrong on the probes; nothing where that isn't known."""
    curve = None if calibration is None else calibration.on(task)
    held = [share for label in sorted(set(labels)) if curve is not None and (share := curve.share(label)) is not None]
    given = sum(share.given for share in held)
    if calibration is None or not given:
        return ()
    wrong = given - sum(share.right for share in held)
    right_share, model, name = round(1 - wrong / given, DIGITS), calibration.model, calibration.id
    return (Reason.of("judge.measured", right_share, n=given, wrong=wrong, model=model, calibration=name),)


def _place(model: str) -> Path:
    name = hashlib.sha256(model.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return cache_root() / "calibration" / f"{name}.json"


def _log_odds(probability: float) -> float:
    held = min(MOST, max(LEAST, probability))
    return math.log(held / (1 - held))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))

"""How a judge did on the probes: what it said of each, and what that makes of its answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polidiff.judges.probes import Probe, probes, probes_id
from polidiff.judges.protocol.answers import NONE, Place
from polidiff.judges.protocol.asking import Judge, Progress, ask
from polidiff.judges.protocol.calibration import Calibration, Tried, fitted, keep_calibration
from polidiff.judges.protocol.kept import Memory

__all__ = ["Line", "Measured", "calibrate_judge", "measured"]

UNSURE = "unsure"
LEAST = 20
"""Agreed answers to a task that a calibration needs."""
_KINDS = {"same": "shared", "means": "shared", "subject": NONE, "only": NONE}
"""What a label comes to in a report: two labels of one kind lead to the same finding."""


@dataclass(frozen=True, slots=True)
class Line:
    """How a judge did on the probes of one label: ``found`` of ``probes``; it gave the label ``said`` times.

    ``wrong`` of those said were wrong, in what a report makes of them. An answer is what both askings agree on.
    """

    label: str
    probes: int
    found: int
    said: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Measured:
    """How one model did on one task; counts of probes.

    ``answered`` were answered in both askings, in ``agreed`` of them alike; ``unsure`` of these said no more than that,
    ``right`` of the others were right. ``exact`` have the very label, where ``right`` takes ``same`` and ``means`` for
    one; ``proved`` of the right ones lean on the words that decide. ``refused`` are statements without proof.
    """

    model: str
    task: str
    probes: int
    answered: int
    agreed: int
    unsure: int
    right: int
    exact: int
    leaning: int
    proved: int
    refused: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a model said of a probe; ``label`` is None where its two askings differ."""

    probe: Probe
    label: str | None
    probability: float | None = None
    places: tuple[Place, ...] = ()

    @property
    def right(self) -> bool:
        return self.label is not None and _kind(self.label) == _kind(self.probe.label)


def calibrate_judge(
    judge: Judge, progress: Progress | None = None
) -> list[tuple[tuple[Measured, ...], Calibration | None]]:
    """Put the probes to a judge, and return for each model that answered how it did by task, and its calibration.

    A probe that has no answer yet in a folder is asked there, and not counted. A calibration is kept under the model's
    name in the user's cache: from then on the answers of that model have the chance that they are right. Raises
    :class:`InputError` of the judge.
    """
    made = list(measured(ask(judge, [probe.item for probe in probes()], progress=progress)))
    for _, calibration in made:
        if calibration is not None:
            keep_calibration(calibration)
    return made


def measured(memory: Memory) -> Iterator[tuple[tuple[Measured, ...], Calibration | None]]:
    """Yield, for each model of whom answers to probes are kept, how it did by task, and its calibration.

    There is none where on no task :data:`LEAST` answers agree with themselves.
    """
    raw = Memory(dict(memory.answers), list(memory.refused))
    by_model: dict[str, dict[str, list[_Said]]] = {}
    for probe in probes():
        both = raw.rounds(probe.item.id)
        if both is not None:
            by_model.setdefault(both[0].model, {}).setdefault(probe.item.task, []).append(_said(probe, raw))
    refused = {
        task: sum(one.item in of for one in raw.refused)
        for task in ("finding", "claim")
        for of in ({probe.item.id for probe in probes() if probe.item.task == task},)
    }
    for model, tasks in sorted(by_model.items()):
        told = tuple(_measured(model, task, said, refused[task]) for task, said in sorted(tasks.items()))
        fits = [
            fitted(task, [Tried(_task_label(one.label), one.right, one.probability) for one in _decided(said)])
            for task, said in sorted(tasks.items())
            if len(_decided(said)) >= LEAST
        ]
        yield told, Calibration(model, probes_id(), tuple(fits)) if fits else None


def _said(probe: Probe, memory: Memory) -> _Said:
    found = memory.agreed(probe.item.id)
    statements = found[0] if found is not None else ()
    if not statements:
        return _Said(probe, None)
    first = min(statements, key=lambda one: _kind(one.label) == NONE)
    return _Said(probe, first.label, first.probability, first.places)


def _measured(model: str, task: str, said: Sequence[_Said], refused: int) -> Measured:
    of = [probe for probe in probes() if probe.item.task == task]
    decided = _decided(said)
    right = [one for one in decided if one.right]
    leaning = [one for one in right if one.probe.places]
    labels = [*dict.fromkeys(probe.label for probe in sorted(of, key=lambda probe: probe.label))]
    return Measured(
        model=model,
        task=task,
        probes=len(of),
        answered=len(said),
        agreed=sum(one.label is not None for one in said),
        unsure=sum(one.label == UNSURE for one in said),
        right=len(right),
        exact=sum(one.label == one.probe.label or one.probe.label == "subject" for one in right),
        leaning=len(leaning),
        proved=sum(all(any(_meet(a, b) for b in one.places) for a in one.probe.places) for one in leaning),
        refused=refused,
        lines=tuple(_line(label, of, decided) for label in labels),
    )


def _line(label: str, of: Sequence[Probe], decided: Sequence[_Said]) -> Line:
    given = [one for one in decided if _task_label(one.label) == label]
    return Line(
        label=label,
        probes=sum(probe.label == label for probe in of),
        found=sum(one.right for one in decided if one.probe.label == label),
        said=len(given),
        wrong=sum(not one.right for one in given),
    )


def _decided(said: Sequence[_Said]) -> list[_Said]:
    return [one for one in said if one.label not in (None, UNSURE)]


def _task_label(label: str | None) -> str:
    """The label under which an answer is counted: that a passage stands alone says of a pair that nothing joins it."""
    return NONE if label is None or _kind(label) == NONE else label


def _kind(label: str) -> str:
    return _KINDS.get(label, label)


def _meet(a: Place, b: Place) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]

"""Claims put to a judge: each with the passages that the search found, and what the proved answers make of the verdict.

Where two askings agree, with words of the passages, the judge's label is the verdict; where they part, or where it
can't tell, the verdict is ``unsure``, with the likelier of what was said as the best guess. ``not_found`` needs no
words: no words prove an absence, and the search that was made is told instead. Where the judge was calibrated, a
verdict has the chance that such an answer is right, and is ``unsure`` where that is low.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from polidiff.checking.claims.shown import item_on
from polidiff.judges.protocol import Item, Judge, Memory, Progress, Statement, ask, right_share
from polidiff.judges.protocol.calibration import measured_reasons
from polidiff.model import ClaimLabel, ClaimVerdict, Document, Evidence, Reason, Span
from polidiff.thresholds import threshold

if TYPE_CHECKING:
    from polidiff.checking.claims.verdicts import Shelves

__all__ = ["judged"]

AT_HAND = 3
"""Documents whose passages are shown for a claim that names none."""
UNSURE = "unsure"
LABELS: tuple[ClaimLabel, ...] = ("supported", "overstated", "not_found", "contradicted")
"""From the best verdict to the worst: of two that a judge gave the worse is the guess, save where polidiff had one."""


def judged(
    verdicts: Sequence[ClaimVerdict], shelves: Shelves, judge: Judge, progress: Progress | None = None
) -> tuple[ClaimVerdict, ...]:
    """Return ``verdicts`` as a judge's proved answers have them. Raises InputError of the judge."""
    items = [item_on(v, {name: shelves[name] for name in _asked(v, shelves)}) for v in verdicts]
    texts = {name: document.text for name, document in shelves.documents.items()}
    memory = ask(judge, [item for item in items if item is not None], texts=texts, progress=progress)
    return tuple(
        verdict if item is None else _with_answer(verdict, item, memory, shelves.documents)
        for verdict, item in zip(verdicts, items, strict=True)
    )


def _asked(verdict: ClaimVerdict, shelves: Shelves) -> tuple[str, ...]:
    """The documents whose passages are shown: those that the claim names, else all of a few at hand."""
    named = tuple(dict.fromkeys(h for name in verdict.cited_documents if (h := shelves.holding(name)) is not None))
    if named or verdict.cited_documents:
        return named
    if len(shelves.documents) <= AT_HAND:
        return tuple(shelves.documents)
    return tuple(dict.fromkeys(one.document for one in verdict.ranked))[:AT_HAND]


def _with_answer(verdict: ClaimVerdict, item: Item, memory: Memory, documents: Mapping[str, Document]) -> ClaimVerdict:
    both = memory.rounds(item.id)
    if both is None or not (both[0].statements and both[1].statements):
        return verdict
    first, second = (kept.statements[0] for kept in both)
    agreed = first.label == second.label
    told = {one.label: one for one in (second, first) if one.label != UNSURE}
    label = verdict.verdict if not told or verdict.verdict in told else max(told, key=LABELS.index)
    said = told[label].places if label in told and label != "not_found" else ()
    sure = _sure(memory, both[0].model, (first, second)) if agreed and told else None
    places = dict.fromkeys((name, Span(start, end)) for name, start, end in said)
    proof = tuple(Evidence(name, span, documents[name].pages_of(span)[0], 1.0) for name, span in places)
    made = replace(
        verdict,
        reasons=(
            _reason(verdict, both[0].model, first.label, second.label),
            *(measured_reasons(memory.calibrations.get(both[0].model), "claim", (first.label,)) if agreed else ()),
            *verdict.reasons,
        ),
        by="model",
        unsure=not agreed or not told or (sure is not None and sure < threshold("judging.claims")),
        confidence=sure if sure is not None else _chance(verdict, both[0].model, label if agreed and told else None),
    )
    return (
        made if label == verdict.verdict and not told else _turned(made, next(o for o in LABELS if o == label), proof)
    )


def _sure(memory: Memory, model: str, said: Sequence[Statement]) -> float | None:
    """The chance that what was said twice is right, as the user's calibration of the model has it; None without one."""
    known = memory.calibrations.get(model)
    chances = [one.probability for one in said if one.probability is not None]
    return min(chances) if known is not None and known.on("claim") is not None and chances else None


def _chance(verdict: ClaimVerdict, judge: str, label: str | None) -> float:
    """How likely a judge's label is right that was not calibrated here: as counted on labels, else as far as polidiff's
    own verdict tells. ``label`` is None where the judge is of two minds."""
    if label is None:
        return min(verdict.confidence, 0.5)
    counted = right_share("claim", judge)
    if counted is not None:
        return round(counted, 4)
    return verdict.confidence if label == verdict.verdict else min(verdict.confidence, round(1 - verdict.confidence, 4))


def _reason(verdict: ClaimVerdict, judge: str, first: str, second: str) -> Reason:
    if first != second:
        return Reason.of("opinion.parted", 1.0, judge=judge)
    if first == UNSURE:
        return Reason.of("opinion.unsure", 1.0, judge=judge)
    if first == verdict.verdict:
        return Reason.of("opinion.same", 1.0, judge=judge)
    return Reason.of("opinion.differs", 1.0, judge=judge, label=first, verdict=verdict.verdict)


def _turned(verdict: ClaimVerdict, label: ClaimLabel, proof: tuple[Evidence, ...]) -> ClaimVerdict:
    """``verdict`` with a judge's label, and the words that it leaned on before all other passages."""
    seen = {(one.document, one.span) for one in proof}
    names = {one.document for one in proof}
    return replace(
        verdict,
        verdict=label,
        document=next(iter(names)) if len(names) == 1 else verdict.document if label == "not_found" else None,
        evidence=proof,
        ranked=(*proof, *(one for one in verdict.ranked if (one.document, one.span) not in seen)),
    )

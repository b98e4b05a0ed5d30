"""What a judge's answers say of two documents: pairs that agree or clash, and what stands alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from polidiff.alignment import CodedDocument
from polidiff.comparison.questions import Member
from polidiff.judges.protocol import Memory
from polidiff.model import Judged
from polidiff.thresholds import threshold

__all__ = ["COMMITS", "PairRuling", "Rulings", "rulings_of"]

_RELATED: dict[str, Judged] = {"same": "same", "means": "means", "opposed": "opposed"}
COMMITS = 0.5
"""How far a provision must commit its document to be asked about by itself."""


@dataclass(frozen=True, slots=True)
class PairRuling:
    """What a judge says of two provisions twice, proved by words of both: ``same``, ``means`` or ``opposed``."""

    a: Member
    b: Member
    label: Judged
    model: str
    probability: float | None = None


@dataclass(frozen=True)
class Rulings:
    """Everything that a judge has said of a comparison.

    ``alone`` are provisions of which it said that no passage shown of the other side speaks to them; ``met`` those of
    which it said that one does.
    """

    pairs: tuple[PairRuling, ...] = ()
    alone: frozenset[Member] = frozenset()
    met: frozenset[Member] = frozenset()


def rulings_of(sides: Sequence[CodedDocument], memory: Memory) -> Rulings:
    """Return what the kept answers say of these documents.

    An answer counts for the passages that it was about, whichever question of today shows them; a pair of which two
    answers say different things is left out.
    """
    places = {
        (side.document.id, provision.start): (number, index)
        for number, side in enumerate(sides)
        for index, provision in enumerate(side.provisions)
    }
    said_of: dict[tuple[Member, Member], dict[str, PairRuling]] = {}
    alone: set[Member] = set()
    met: set[Member] = set()
    for name in memory.items():
        asked, agreed = memory.asked(name), memory.agreed(name)
        members = [places.get((document, start)) for document, start, _ in asked.passages] if asked else []
        if agreed is None or not agreed[0] or asked is None or asked.task != "finding":
            continue
        statements, model = agreed
        for statement in statements:
            chosen = sorted({one for number in statement.passages if (one := members[number]) is not None})
            if statement.label == "only":
                alone.update(chosen)
            elif (label := _RELATED.get(statement.label)) is not None:
                if label == "opposed" and _doubted(statement.probability):
                    continue
                for a, b in _across(chosen):
                    new = PairRuling(a, b, label, model, statement.probability)
                    held = said_of.setdefault((a, b), {})
                    held[label] = max(held.get(label, new), new, key=lambda known: known.probability or 0.0)
                    met.update((a, b))
            elif statement.label == "subject":
                met.update(chosen)
    return Rulings(
        pairs=tuple(pair for _, labels in sorted(said_of.items()) if (pair := _one(labels)) is not None),
        alone=frozenset(alone - met),
        met=frozenset(met),
    )


def _doubted(probability: float | None) -> bool:
    """Whether whoever answered doubts an opposition too much for it to be printed."""
    return probability is not None and probability < threshold("judging.opposed")


def _across(members: Sequence[Member]) -> Iterator[tuple[Member, Member]]:
    for number, a in enumerate(members):
        for b in members[number + 1 :]:
            if a[0] != b[0]:
                yield a, b


def _one(labels: Mapping[str, PairRuling]) -> PairRuling | None:
    """The ruling on a pair: ``same`` and ``means`` make ``means``; with ``opposed`` beside them there is none."""
    if "opposed" in labels:
        return labels["opposed"] if len(labels) == 1 else None
    return labels.get("means") or labels.get("same")

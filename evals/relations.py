"""How provisions relate: 180 pairs labelled by hand, and edits made in real documents that a diff has to find again.

The pairs are named by document, span and a hash of the words, so that no words of a document stand here. Each was
labelled twice by one hand, in two orders; where the passes differ, a third look decided. Half of the pairs was set
aside (``held``) before the rules of :mod:`polidiff.alignment.relation` were changed. The second pass followed the
first within hours: its agreement says how clear the labels are to one reader, not how far two readers would agree.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from evals.claims import place
from evals.common import DOCUMENTS, ROOT, SHARED
from evals.made_versions import versions
from polidiff import api
from polidiff.alignment import CodedDocument, differences
from polidiff.alignment.relation import relation
from polidiff.alignment.sides import theme_overlap
from polidiff.coding import load_codebook
from polidiff.model import Relation
from polidiff.ranking.evidence import evidence

INPUTS = tuple(DOCUMENTS.values())
RELATIONS: tuple[Relation, ...] = get_args(Relation)
DIRECTIONS = ("same", "opposite", "none")
PAIRS = ROOT / "evals" / "relation_pairs.jsonl"


@dataclass(frozen=True)
class Answer:
    """What is labelled and what the tool says of one pair."""

    half: str
    relation: str
    direction: str
    said: str
    said_direction: str
    differs: frozenset[str]
    said_differs: frozenset[str]


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return macro-F1 and kappa of relation and direction on both halves, and how many made edits are found."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    values: dict[str, float] = {}
    for name in ("relation", "direction"):
        passes = [(row["first"][name], row["second"][name]) for row in rows]
        values[f"labels.{name}.kappa"] = kappa(passes)
    answers = answered(rows, shared)
    for half in ("dev", "held"):
        chosen = [one for one in answers if one.half == half]
        for name, labels in (("relation", RELATIONS), ("direction", DIRECTIONS)):
            pairs = [(getattr(one, name), one.said if name == "relation" else one.said_direction) for one in chosen]
            values[f"{half}.{name}.macro_f1"] = macro_f1(pairs, labels)
            values[f"{half}.{name}.kappa"] = kappa(pairs)
            print(f"{half}, {name}: rows are the labels, columns what the tool says")
            table(pairs, labels)
        right = sum(len(one.differs & one.said_differs) for one in chosen)
        said = sum(len(one.said_differs) for one in chosen if one.relation != "no_relationship")
        due = sum(len(one.differs) for one in chosen)
        values[f"{half}.differs.f1"] = 2 * right / (said + due) if said + due else 0.0
    values.update(versions(shared))
    return values


def answered(rows: Sequence[dict], shared: Path) -> list[Answer]:  # type: ignore[type-arg]
    """Ask the tool about every pair, each by the alignment of its two documents."""
    book = load_codebook("ai-plans")
    sides: dict[str, CodedDocument] = {}
    scores = {}
    answers = []
    for row in rows:
        ends = []
        for end in (row["a"], row["b"]):
            name = end["document"]
            if name not in sides:
                sides[name] = api.coded(shared / DOCUMENTS[name] if name in DOCUMENTS else name, codebook=book)
            at = _at(sides[name], end)
            if at is not None:
                ends.append((sides[name], at))
        if len(ends) < 2:
            print(f"{row['id']}: its words are not read like that any more; left out")
            continue
        (a, i), (b, j) = ends
        if (a.document.id, b.document.id) not in scores:
            scores[a.document.id, b.document.id] = evidence(
                a.passages(), b.passages(), api.default_encoder(), theme_overlap(a, b)
            )
        found = scores[a.document.id, b.document.id]
        differs = differences(a.codings[i], b.codings[j])
        ends_of = (a.document, a.provisions[i]), (b.document, b.provisions[j])
        said = relation(float(found.score[i, j]), *ends_of, found.weights.related)
        way = "opposite" if "direction" in differs else "none" if said == "no_relationship" else "same"
        respects = frozenset(differs) - {"direction"}
        answers.append(
            Answer(row["half"], row["relation"], row["direction"], said, way, frozenset(row["differs"]), respects)
        )
    return answers


def _at(side: CodedDocument, end: dict) -> int | None:  # type: ignore[type-arg]
    """The provision that a label names: the one that holds most of its words, wherever they stand by now; else None."""
    try:
        start, stop = place(side.document, end)
    except ValueError:
        return None
    held = [max(0, min(p.end, stop) - max(p.start, start)) for p in side.provisions]
    best = max(range(len(held)), key=lambda i: (held[i], -len(side.provisions[i].text)))
    return best if held[best] else None


def macro_f1(pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> float:
    """Return the mean F1 of the labels that stand among the labelled."""
    scores = []
    for label in labels:
        true = sum(a == label for a, _ in pairs)
        said = sum(b == label for _, b in pairs)
        both = sum(a == b == label for a, b in pairs)
        if true:
            scores.append(2 * both / (true + said))
    return sum(scores) / len(scores)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa."""
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    equal = sum(a == b for a, b in pairs) / len(pairs)
    chance = sum(left[label] * right[label] for label in left) / len(pairs) ** 2
    return (equal - chance) / (1 - chance) if chance < 1 else 1.0


def table(pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> None:
    """Print the confusion table."""
    counts = Counter(pairs)
    print(f"{'':<18}" + "".join(f"{label:>17}" for label in labels))
    for label in labels:
        print(f"{label:<18}" + "".join(f"{counts[label, other]:>17}" for other in labels))

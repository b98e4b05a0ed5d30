"""Themes of passages with recorded answers: 86 passages of 43 documents by themselves, and 77 of three plans.

The answers (``evals/judge/themes.jsonl``: ids, labels and places, no words) were given by readers who saw the requests
alone, each round by another; they are named as that. A theme is given where both askings name it. Beside them stands
what the learnt head is worth (``evals/heads.py``).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from training.data import lines

from evals.common import SHARED
from evals.pairs import ANSWERS
from polidiff.comparison.themed import said_twice
from polidiff.judges.protocol import Memory

PASSAGES, PLANS = "labels/passages.jsonl", "gold/coding/passage_themes.jsonl"
INPUTS = (PASSAGES, PLANS)


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return precision, recall and F1 of both sets, and the recall where precision is 0.90."""
    kept = (ANSWERS / "themes.jsonl").read_text(encoding="utf-8").splitlines()
    memory = Memory.of(kept)
    items = {(row["set"], row["row"]): row["item"] for row in map(json.loads, kept)}
    values: dict[str, float] = {}
    for name, rows in (("labels", lines(shared / PASSAGES)), ("passages", lines(shared / PLANS))):
        held = [(row, items[name, row["id"]]) for row in rows if (name, row["id"]) in items]
        values |= {f"{name}.{key}": value for key, value in _scored(held, memory).items()}
    return values


def _scored(rows: list[tuple[dict[str, Any], str]], memory: Memory) -> dict[str, float]:
    found: list[tuple[float, bool]] = []
    due = right = given = 0
    for row, item in rows:
        main, touched = set(row.get("main", row.get("themes", ()))), set(row.get("touched", ()))
        due += len(main)
        both = memory.rounds(item)
        if both is None:
            continue
        chances: dict[str, list[float]] = {}
        for said in (one for answer in both for one in answer.statements if one.label not in touched - main):
            chances.setdefault(said.label, []).append(said.probability or 0.0)
        named = set(said_twice(*both)) - (touched - main)
        given += len(named)
        right += len(named & main)
        found += [
            (sum(some) + 2 * (label in named), label in main) for label, some in chances.items() if label != "none"
        ]
    precision, recall = right / given, right / due
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "recall_at_90": _recall_at(found, due),
    }


def _recall_at(found: list[tuple[float, bool]], due: int) -> float:
    best = right = 0
    for count, (_, good) in enumerate(sorted(found, key=lambda one: -one[0]), 1):
        right += good
        best = right if right >= 0.9 * count else best
    return best / due

"""Measure the learnt heads: on documents left out of the fit, of the curves and of the thresholds; and on others' sets.

Weights are fitted anew by ``training/heads.py`` (a few minutes); what a label of a document says was learnt from other
documents, and versions and translations of a document are left out with it.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from training.data import labelled, lines
from training.fields import CAP
from training.heads import PLANS, left_out
from training.measure import values

from evals.common import score
from polidiff import api
from polidiff.judges.features import Passage
from polidiff.judges.heads import Judged, judge
from polidiff.model.outputs import coding_lines

INPUTS = ("labels/passages.jsonl", "gold/coding/passage_themes.jsonl", "gold/open/policy/us_sotu_cap.jsonl")


def field_of(judged: Judged) -> str:
    """The likeliest field of a passage, or none."""
    return max(judged["policy"], key=lambda one: one.probability).label if judged["policy"] else "none"


def speeches(shared: Path) -> dict[str, float]:
    """State of the Union: each sentence with the one before as its neighbour, 21 fields and none."""
    rows = lines(shared / "gold" / "open" / "policy" / "us_sotu_cap.jsonl")
    passages: list[Passage] = []
    places: list[int] = []
    for row in rows:
        if row.get("before"):
            passages.append(Passage(row["before"], kind="row", document=row["id"]))
        places.append(len(passages))
        passages.append(Passage(row["text"], kind="row", document=row["id"]))
    judged = judge(passages)
    gold = [CAP.get(row["cap_major"], "none") for row in rows]
    right = sum(field_of(judged[at]) == field for at, field in zip(places, gold, strict=True))
    return {"sotu_accuracy": right / len(rows)}


def passages(shared: Path) -> dict[str, float]:
    """Themes of passages of three plans that two readers labelled."""
    gold = shared / "gold" / "coding" / "passage_themes.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        table, coded = Path(folder) / "rows.jsonl", Path(folder) / "coded.jsonl"
        table.write_bytes(gold.read_bytes())
        made = coding_lines(api.code(table), api.split(table))
        coded.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in made), encoding="utf-8")
        got: dict[str, Any] = score("score_passages.py", coded, gold, shared=shared)
    return {f"passage_themes_{name}": got[name] for name in ("f1", "precision", "recall")}


def measure(shared: Path) -> dict[str, float]:
    """Return every value by name."""
    scores, heads, gold = left_out(PLANS)
    return {**values(labelled(), heads, scores, gold), **speeches(shared), **passages(shared)}

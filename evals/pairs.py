"""Findings of pairs of documents against those that a reader worked out, without a model and with recorded answers.

The answers (``evals/judge/``: ids, labels and places, no words) were given by readers who saw the requests alone, as a
large model would see them; they are named as that. Two pairs may be read (``written``), two are scored and not read
(``aside``): for those nothing but the counts is printed.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from evals.common import ROOT, SHARED, score
from polidiff import api
from polidiff.alignment import CodedDocument
from polidiff.judges.protocol import FolderJudge, Memory

PAIRS = {
    "us-uk": ("us-ai-action-plan-2025.pdf", "uk-ai-opportunities-2025.html"),
    "us-cnplus": ("us-ai-action-plan-2025.pdf", "cn-ai-plus-opinions-2025-zh.pdf"),
    "jp-it": ("jp-ai-basic-plan-2025-en.pdf", "it-ai-strategy-2024-2026-en.pdf"),
    "lab-green": ("uk-labour-manifesto-2017.pdf", "uk-green-manifesto-2017.pdf"),
}
INPUTS = (*(f"corpora/{name}" for pair in PAIRS.values() for name in pair), "gold/pairs")
ANSWERS = ROOT / "evals" / "judge"


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return for each pair the weighted share of findings borne out, divergences found, and forbidden ones broken."""
    values: dict[str, float] = {}
    for pair, names in PAIRS.items():
        documents = [api.read(shared / "corpora" / name) for name in names]
        book = api.fitting_codebook(documents)
        sides = [api.coded(document, codebook=book) for document in documents]
        values |= _scored(pair, sides, shared, None)
        values |= _scored(f"{pair}.answered", sides, shared, Memory.read(ANSWERS / f"{pair}.jsonl"))
    return values


def _scored(name: str, sides: list[CodedDocument], shared: Path, kept: Memory | None) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        judge = None if kept is None else FolderJudge(Path(folder) / "judge", kept)
        comparison = api.compare(*sides, judge=judge)
        api.write_report(comparison, Path(folder) / "report")
        a, b = (side.document.id for side in sides)
        gold = shared / "gold" / "pairs" / name.partition(".")[0] / "findings.jsonl"
        record = Path(folder) / "report" / "comparison.json"
        result = score("score_pairs.py", record, gold, "--a", a, "--b", b, shared=shared)
    counts = {key: result[key] for key in ("due", "borne_out", "weighted", "by_kind", "forbidden", "broken")}
    print(f"{name}: {json.dumps(counts)}")
    divergent = result["by_kind"].get("divergent", [0, 0])
    return {
        f"{name}.weighted": result["weighted"],
        f"{name}.divergent": divergent[0] / divergent[1] if divergent[1] else 1.0,
        f"{name}.not_broken": 1 - result["broken"] / result["forbidden"],
    }

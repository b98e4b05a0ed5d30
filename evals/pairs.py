"""Findings of pairs of documents against those that a reader worked out, without a model and with recorded answers.

The answers (``evals/judge/``: ids, labels and places, no words) were given by readers who saw the requests alone, as a
large model would see them; they are named as that. Two pairs may be read (``written``), two are scored and not read
(``aside``): for those nothing but the counts is printed.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from training.data import lines, squeezed

from evals.common import ROOT, SHARED, score
from evals.oppositions import right_share
from polidiff import api
from polidiff.alignment import CodedDocument
from polidiff.judges.protocol import FolderJudge, Memory
from polidiff.model import Comparison

PAIRS = {
    "us-uk": ("us-ai-action-plan-2025.pdf", "uk-ai-opportunities-2025.html"),
    "us-cnplus": ("us-ai-action-plan-2025.pdf", "cn-ai-plus-opinions-2025-zh.pdf"),
    "jp-it": ("jp-ai-basic-plan-2025-en.pdf", "it-ai-strategy-2024-2026-en.pdf"),
    "lab-green": ("uk-labour-manifesto-2017.pdf", "uk-green-manifesto-2017.pdf"),
}
INPUTS = (*(f"corpora/{name}" for pair in PAIRS.values() for name in pair), "gold/pairs")
ANSWERS = ROOT / "evals" / "judge"
READ = ("us-uk", "us-cnplus")
"""Pairs of which a second reader has read the printed oppositions."""


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
        pair = name.partition(".")[0]
        api.write_report(comparison, Path(folder) / "report")
        a, b = (side.document.id for side in sides)
        gold = shared / "gold" / "pairs" / pair / "findings.jsonl"
        record = Path(folder) / "report" / "comparison.json"
        result = score("score_pairs.py", record, gold, "--a", a, "--b", b, shared=shared)
    counts = {key: result[key] for key in ("due", "borne_out", "weighted", "by_kind", "forbidden", "broken")}
    print(f"{name}: {json.dumps(counts)}")
    divergent = result["by_kind"].get("divergent", [0, 0])
    short = {line.split()[0] for line in result["missed"]}
    open_ones = sum(row["id"] in short and _undecided(row, comparison, (a, b)) for row in lines(gold))
    read = {f"{name}.opposed_right": right_share(comparison, pair)} if kept is not None and pair in READ else {}
    return {
        **read,
        f"{name}.borne_out": result["borne_out"] / result["due"],
        f"{name}.undecided": open_ones / result["due"],
        f"{name}.missed": 1 - (result["borne_out"] + open_ones) / result["due"],
        f"{name}.weighted": result["weighted"],
        f"{name}.divergent": divergent[0] / divergent[1] if divergent[1] else 1.0,
        f"{name}.not_broken": 1 - result["broken"] / result["forbidden"],
    }


def _undecided(row: dict[str, Any], comparison: Comparison, documents: tuple[str, str]) -> bool:
    """Whether what a reader found, and the comparison doesn't say, stands among what it leaves undecided."""
    wanted = [(d, squeezed(row[side])) for side, d in zip("ab", documents, strict=True) if row[side]]
    for finding in (*comparison.findings, *comparison.matters):
        if finding.finding == "undecided":
            held = [(passage.document, squeezed(passage.text)) for passage in finding.passages]
            if all(any(d == document and words in text for d, text in held) for document, words in wanted):
                return True
    return False

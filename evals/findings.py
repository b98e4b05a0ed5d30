"""The 23 findings between the American plan and the Chinese digest, and the 15 quotations of the founding article.

With recorded answers too (``evals/judge/founding.jsonl``, as ``evals/pairs.py`` tells), with the English digest.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from evals.common import ROOT, SHARED, score, write_lines
from polidiff import api
from polidiff.judges.protocol import KeptJudge, Memory
from polidiff.model import Comparison
from polidiff.model.outputs import verdict_lines

ANSWERS = ROOT / "evals" / "judge" / "founding.jsonl"
INPUTS = ("corpora/us-ai-action-plan-2025.pdf", "samples", "seed")

US = "corpora/us-ai-action-plan-2025.pdf"
DIGESTS = {
    "en": "samples/cn-global-ai-governance-2025.digest.en.md",
    "zh": "samples/cn-global-ai-governance-2025.digest.zh.md",
}


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return how many findings are borne out with each digest, and how many quotations and claims are met."""
    values: dict[str, float] = {}
    us = api.read(shared / US)
    with tempfile.TemporaryDirectory() as folder:
        for language, name in DIGESTS.items():
            started = time.perf_counter()
            comparison = api.compare(us, shared / name)
            seconds = time.perf_counter() - started
            values[f"findings.{language}"] = _borne_out(comparison, shared, folder, language)
            print(f"    {seconds:.1f} s")
        kept = KeptJudge(Memory.read(ANSWERS))
        answered = api.compare(us, shared / DIGESTS["en"], judge=kept)
        values["findings.answered"] = _borne_out(answered, shared, folder, "en")
        documents = [us, api.read(shared / DIGESTS["en"])]
        checked = api.check(shared / "seed" / "article.txt", documents)
        texts = {document.id: document.text for document in documents}
        path = write_lines(Path(folder) / "verdicts.jsonl", verdict_lines(checked.verdicts, texts))
        result = score("score_audit.py", path, shared / "seed" / "audit.gold.jsonl")
    values["quotes"] = result["quotes_met"]
    print(f"founding article: {result['quotes_met']} of {result['quotes']} quotations")
    for row in result["missed"]:
        if " quote " in row:
            print(f"    missed: {row}")
    return values


def _borne_out(comparison: Comparison, shared: Path, folder: str, language: str) -> int:
    path = Path(folder) / "comparison.json"
    path.write_text(json.dumps(api.record(comparison), ensure_ascii=False), encoding="utf-8")
    chinese = ["--chinese"] if language == "zh" else []
    result = score("score_findings.py", path, shared / "seed" / "findings.gold.jsonl", *chinese)
    print(f"findings, digest in {language}: {result['borne_out']} of {result['rows']}")
    for row in result["missed"]:
        print(f"    missed: {row}")
    return int(result["borne_out"])

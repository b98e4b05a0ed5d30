"""Reading and splitting against labels by hand: five real documents, `python -m evals.run structure`."""

from __future__ import annotations

import dataclasses
import tempfile
import time
from pathlib import Path

from evals.common import SHARED, score, write_lines
from polidiff.provisions import outline, split
from polidiff.readers import read

DOCUMENTS = {
    "us": ("us-ai-action-plan-2025.pdf", "us_ai_action_plan_2025"),
    "uk": ("uk-ai-opportunities-2025.html", "uk_ai_opportunities_action_plan"),
    "eu": ("eu-ai-act-2024.pdf", "eu_ai_act_2024_1689"),
    "order": ("us-eo-14179-2025.md", "us_eo_14179"),
    "china": ("cn-generative-ai-measures-2023.zh.html", "cn_genai_measures_2023"),
}
INPUTS = (
    *(f"corpora/{source}" for source, _ in DOCUMENTS.values()),
    *(f"gold/structure/{gold}.gold.json" for _, gold in DOCUMENTS.values()),
)
COLUMNS = ("exact_clean", "path", "page", "number", "kind", "headings", "heading_levels", "no_leak")


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Score each document and print a table; the values are named ``document.measure``, all in 0..1."""
    values: dict[str, float] = {}
    print(f"{'':8}{''.join(f'{name:>16}' for name in COLUMNS)}{'read s':>9}{'split s':>9}")
    for name, (source, gold) in DOCUMENTS.items():
        began = time.perf_counter()
        document = read(shared / "corpora" / source)
        middle = time.perf_counter()
        provisions = split(document)
        done = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            made = write_lines(Path(folder) / "made.jsonl", map(dataclasses.asdict, provisions))
            heads = write_lines(Path(folder) / "heads.jsonl", map(dataclasses.asdict, outline(document)))
            found = score(
                "score_structure.py", made, shared / "gold" / "structure" / f"{gold}.gold.json", "--headings", heads,
                shared=shared,
            )  # fmt: skip
        row = {
            "exact_clean": found["exact_clean"]["f1"],
            "path": found["path_acc"],
            "page": found["page_acc"],
            "number": found["number_acc"],
            "kind": found["kind_acc"],
            "headings": found["headings"]["f1"],
            "heading_levels": found["headings"]["level_acc"],
            "no_leak": float(not any(found["leaks"].values())),
        }
        cells = "".join(f"{'-' if row[c] is None else format(row[c], '.4f'):>16}" for c in COLUMNS)
        print(f"{name:8}{cells}{middle - began:>9.2f}{done - middle:>9.2f}")
        values |= {f"{name}.{key}": value for key, value in row.items() if value is not None}
    return values

"""Measure the coder against people's labels: themes, actors, strength; and its speed.

Themes are coded from the bundled codebook alone. Strength is read sentence by sentence, without what stands around it.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from evals.common import score, write_lines
from polidiff import coding
from polidiff.coding.strength_law import Strength, law_strength
from polidiff.coding.strength_plan import plan_strength
from polidiff.coding.strength_zh import law_strength_zh
from polidiff.model import Document, Provision
from polidiff.read import read
from polidiff.split import split

INPUTS = (
    "gold/coding/plan_themes.jsonl",
    "gold/coding/actors",
    "gold/coding/strength",
    "corpora/us-ai-action-plan-2025.pdf",
)
UK_CLASSES = {"obligation", "permission", "prohibition"}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def table(texts: Iterable[str]) -> tuple[Document, list[Provision]]:
    """A document made of rows, each a provision, as a framework table is read."""
    provisions: list[Provision] = []
    parts: list[str] = []
    at = 0
    for index, text in enumerate(texts):
        provisions.append(Provision("rows", f"r{index}", None, "row", (), text, at, at + len(text)))
        parts.append(text)
        at += len(text) + 1
    return Document("rows", "rows", "und", "", "text/plain", "\n".join(parts), ()), provisions


def themes(shared: Path, work: Path) -> dict[str, float]:
    gold = shared / "gold" / "coding" / "plan_themes.jsonl"
    labelled = rows(gold)
    broad = {theme.id for theme in coding.load_codebook().themes if theme.parent is None}
    codings = coding.code(*table(row["text"] for row in labelled))
    predicted = [
        {
            "id": row["id"],
            "tags": [code.id for code in made.themes if code.id in broad],
            "scores": {code.id: code.score for code in made.themes if code.id in broad},
        }
        for row, made in zip(labelled, codings, strict=True)
    ]
    got = score("score_multilabel.py", gold, write_lines(work / "themes.jsonl", predicted), "--json", shared=shared)
    return {"themes_micro_f1": got["micro_f1"], "themes_macro_f1": got["macro_f1"], "themes_lrap": got["lrap"]}


def actors(shared: Path, work: Path) -> dict[str, float]:
    document = read(shared / "corpora" / "us-ai-action-plan-2025.pdf")
    provisions = split(document)
    predicted = [
        {
            "id": provision.id,
            "text": provision.text,
            "lead": [actor.name for actor in made.lead],
            "others": [actor.name for actor in made.others],
        }
        for provision, made in zip(provisions, coding.code(document, provisions), strict=True)
        if provision.leaf
    ]
    folder = shared / "gold" / "coding" / "actors"
    got = score(
        "score_actors.py",
        folder / "dev.jsonl",
        write_lines(work / "actors.jsonl", predicted),
        "--aliases",
        folder / "aliases.json",
        "--json",
        shared=shared,
    )
    return {"actors_lead_f1": got["lead_f1"], "actors_others_f1": got["others_f1"]}


def strength(shared: Path, work: Path) -> dict[str, float]:
    folder = shared / "gold" / "coding" / "strength"
    sets: tuple[tuple[str, str, Callable[[str], Strength], Callable[[dict[str, Any]], bool]], ...] = (
        ("strength_uk_act", "uk_acts_dev.jsonl", law_strength, lambda row: bool(row.get("n_annotations"))),
        ("strength_leases", "lexdemod_dev.jsonl", law_strength, lambda row: True),
        ("strength_plans", "plan_dev.jsonl", plan_strength, lambda row: True),
        ("strength_chinese", "china_dev.jsonl", law_strength_zh, lambda row: True),
    )
    values: dict[str, float] = {}
    for name, file, reader, wanted in sets:
        labelled = [row for row in rows(folder / file) if wanted(row)]
        gold = write_lines(work / f"{name}.gold.jsonl", labelled)
        made = ({"id": row["id"], "label": reader(row["text"]).label} for row in labelled)
        got = score("score_labels.py", gold, write_lines(work / f"{name}.jsonl", made), "--json", shared=shared)
        values[f"{name}_macro_f1"] = got["macro_f1"]
    return values


def speed(shared: Path) -> dict[str, float]:
    document = read(shared / "corpora" / "us-ai-action-plan-2025.pdf")
    texts = [provision.text for provision in split(document) if provision.leaf]
    many = [f"{text} ({number})" for number in range(1 + 2000 // len(texts)) for text in texts][:2000]
    sample = table(many)
    start = time.perf_counter()
    coding.code(*sample)
    return {"provisions_per_second": len(many) / (time.perf_counter() - start)}


def measure(shared: Path) -> dict[str, float]:
    """Return every value by name."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        return {**themes(shared, work), **actors(shared, work), **strength(shared, work), **speed(shared)}

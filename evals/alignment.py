"""Alignment against expert crosswalks and across languages, by what `polidiff align` prints.

The constants were chosen on the same dev sets; `python -m training.ranking` prints the values with each set in turn
left out, which are the ones to quote.
"""

from __future__ import annotations

import csv
import itertools
import json
import random
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from evals.common import SHARED, score, write_lines
from evals.reliability import Said
from polidiff import api
from polidiff.alignment import Alignment, align, align_records
from polidiff.coding import load_codebook

INPUTS = ("gold/alignment/dev", "gold/bilingual")
SETS = ("csf11_csf20", "csf20_iso27001", "iso42001_scf", "sp80053_iso27001")
MEASURES = ("hit@1", "MRR", "MAP@10")
SURE = 0.95
THIRDS = (0, 1, 2)
"""Seeds of the random thirds of the sources whose targets are taken out."""


def crosswalks(shared: Path, work: Path) -> dict[str, float]:
    """Score the four crosswalks; the mean of each measure over them is ``crosswalk.MEASURE``."""
    values: dict[str, float] = {}
    print(f"{'':20}{''.join(f'{name:>10}' for name in MEASURES)}{'s':>8}")
    for name in SETS:
        folder = shared / "gold" / "alignment" / "dev" / name
        began = time.perf_counter()
        made = ranked(work / f"{name}.jsonl", api.align(folder / "source.jsonl", folder / "target.jsonl", top=10))
        seconds = time.perf_counter() - began
        found = score("score_alignment.py", made, folder, shared=shared)
        print(f"{name:20}{''.join(f'{found[m][0]:>10.4f}' for m in MEASURES)}{seconds:>8.1f}")
        values |= {f"{name}.{measure}": found[measure][0] for measure in MEASURES}
    for measure in MEASURES:
        values[f"crosswalk.{measure}"] = sum(values[f"{name}.{measure}"] for name in SETS) / len(SETS)
    return values


def crossed(shared: Path, work: Path) -> dict[str, float]:
    """MAP@10 of each crosswalk with the weights that serve the other three best."""
    from training.ranking import crosswalk_sets, left_out, of_the_grid

    sets = crosswalk_sets(shared)
    found = left_out(sets, of_the_grid(sets))
    return {"crosswalk_crossed.MAP@10": sum(found) / len(found)}


def silence(shared: Path, work: Path) -> dict[str, float]:
    """“Only here”, with the gold targets of a random third of the sources taken out of each crosswalk's targets.

    One third says too little of a rare statement, so it is done for each of :data:`THIRDS`.
    """
    said: list[float] = []
    so: list[bool] = []
    for name, seed in itertools.product(SETS, THIRDS):
        folder = shared / "gold" / "alignment" / "dev" / name
        gold: dict[str, set[str]] = {}
        for line in (folder / "pairs.tsv").read_text(encoding="utf-8").splitlines():
            source, target, _ = line.split("\t")
            gold.setdefault(source, set()).add(target)
        chosen = random.Random(seed).sample(sorted(gold), len(gold) // 3)
        gone = {target for source in chosen for target in gold[source]}
        targets = [json.loads(line) for line in (folder / "target.jsonl").read_text(encoding="utf-8").splitlines()]
        kept = write_lines(work / f"{name}.kept.jsonl", (t for t in targets if t["id"] not in gone))
        for record in align_records(api.align(folder / "source.jsonl", kept, top=1)):
            if record["source"] in gold:
                said.append(record["unique"]["probability"])
                so.append(not gold[record["source"]] - gone)
    found = Said(np.array(said), np.array(so) * 1.0, np.ones(len(so)))
    sure = found.said >= SURE
    print(f"only here: {sum(so)} of {len(so)} without a counterpart, average precision", end=" ")
    print(
        f"{found.average_precision():.3f}, AUROC {found.auroc():.3f}, calibration error {found.error():.3f};", end=" "
    )
    print(f"    {sure.sum()} said at {SURE} or more, {int((1 - found.so[sure]).sum())} of them wrong")
    print("\n".join(f"    {line}" for line in found.table()))
    return {
        "only_here.average_precision": found.average_precision(),
        "only_here.auroc": found.auroc(),
        "only_here.said_when_sure": float(sure.sum()),
        "only_here.right_when_sure": float(found.so[sure].mean()) if sure.any() else 1.0,
    }


def ranked(path: Path, alignment: Alignment) -> Path:
    """Write an alignment's records and return the path."""
    return write_lines(path, align_records(alignment))


def bilingual(shared: Path, work: Path) -> dict[str, float]:
    """Top-1 both ways, distractors among the English clauses."""
    folder = shared / "gold" / "bilingual"
    chinese, english = folder / "zh.jsonl", folder / "en.jsonl"
    there = ranked(work / "there.jsonl", api.align(chinese, english, top=10))
    back = ranked(work / "back.jsonl", api.align(english, chinese, top=10))
    found = score("score_bilingual.py", there, back, folder / "pairs.tsv", shared=shared)
    return {f"bilingual.{key}": found[key] for key in ("zh_to_en", "en_to_zh")}


def shifts(shared: Path, work: Path) -> dict[str, float]:
    """Pairs that differ in strength, on the scale for law, against the clauses' true renderings."""
    folder = shared / "gold" / "bilingual"
    with (folder / "strength_shift.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    made = ({"id": row["pair"], "text": row["shifted_en_text"]} for row in rows)
    shifted = write_lines(work / "shifted.jsonl", made)
    found = {**differing(folder / "zh.jsonl", shifted), **differing(folder / "zh.jsonl", folder / "en.jsonl")}
    wanted = [(row["zh_id"], other) for row in rows for other in (row["pair"], row["matched_en_id"])]
    said = ({"zh_id": zh, "en": en, "shifted": found[zh, en]} for zh, en in wanted)
    result = score("score_bilingual.py", "--shifts", write_lines(work / "s.jsonl", said), folder / "strength_shift.tsv")
    print(f"strength shifts: {result['hits']} of {result['shifted']}, {result['false_alarms']} false alarms")
    return {"bilingual.shift_f1": result["f1"]}


def differing(a: Path, b: Path) -> dict[tuple[str, str], bool]:
    """Say of every pair whether its strengths differ."""
    book = load_codebook("ai-plans")
    left, right = api.coded(a, codebook=book, scale="law"), api.coded(b, codebook=book, scale="law")
    records: Iterable[dict] = align_records(align(left, right, api.default_encoder(), top=len(right.provisions)))  # type: ignore[type-arg]
    return {(r["source"], t["id"]): "strength" in t["differs"] for r in records for t in r["targets"]}


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return every value by name."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        parts = (crosswalks, crossed, silence, bilingual, shifts)
        return {key: value for part in parts for key, value in part(shared, work).items()}

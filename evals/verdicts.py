"""How often printed findings are wrong, by who says them: on pairs whose findings a reader worked out.

A printed finding counts where the reader had an opinion on the very passages: two that he calls shared or divergent (or
neither), or one of which he says that it stands alone (or not). ``written`` pairs were looked at while rules were made,
``aside`` ones were not read. With recorded answers there are two of each.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from training.data import corpus, lines, squeezed

from evals.common import ROOT, SHARED
from evals.pairs import ANSWERS, PAIRS
from polidiff import api
from polidiff.judges.protocol import FolderJudge, Memory
from polidiff.model import Comparison, Finding

INPUTS = ("corpora", "gold/pairs")
LABELS = ROOT / "labels" / "pairs"
WRITTEN = ("us-uk", "us-cnplus", "sg-wp-psp", "cities", "omb", "cn-data")

Told = Counter[tuple[str, str, bool]]
"""How many findings, by who says them, their verdict, and whether they are right."""


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return for each (split, who says it, verdict) how many findings were judged and the share that is right."""
    told: dict[str, Told] = {"written": Counter(), "aside": Counter()}
    for name, files, gold in _pairs(shared):
        documents = [api.read(file) for file in files]
        sides = [api.coded(document, codebook=api.fitting_codebook(documents)) for document in documents]
        rows = [{**row, **_words(row, [document.text for document in documents])} for row in gold]
        answers = ANSWERS / f"{name}.jsonl"
        split = "written" if name in WRITTEN else "aside"
        for kept in (None, answers) if answers.is_file() else (None,):
            with tempfile.TemporaryDirectory() as folder:
                judge = None if kept is None else FolderJudge(Path(folder), Memory.read(kept))
                made = api.compare(*sides, judge=judge)
            found = judged(made, rows, (documents[0].id, documents[1].id))
            told[split].update(one for one in found if kept is None or one[0] == "model")
        print(name, dict(told[split]), flush=True)
    values = {}
    for split, counts in told.items():
        for by, kind in sorted({key[:2] for key in counts}):
            right, wrong = counts[by, kind, True], counts[by, kind, False]
            values[f"{split}.{by}.{kind}.judged"] = float(right + wrong)
            values[f"{split}.{by}.{kind}.right"] = right / (right + wrong)
    return values


def _pairs(shared: Path) -> Iterator[tuple[str, list[Path], list[dict[str, Any]]]]:
    for name, files in PAIRS.items():
        yield (
            name,
            [shared / "corpora" / file for file in files],
            lines(shared / "gold/pairs" / name / "findings.jsonl"),
        )
    held = corpus(shared)
    for folder in sorted(LABELS.iterdir()):
        head, *rows = lines(folder / "findings.jsonl")
        yield folder.name, [held[head[side]["sha256"]] for side in "ab"], rows


def _words(row: dict[str, Any], texts: Sequence[str]) -> dict[str, str]:
    """The reader's words of both sides, given as words or as spans."""
    made = {}
    for side, text in zip("ab", texts, strict=True):
        held = row[side]
        made[side] = squeezed(text[held[0] : held[1]] if isinstance(held, list) else held or "")
    return made


def judged(
    made: Comparison, rows: Sequence[dict[str, Any]], documents: tuple[str, str]
) -> Iterator[tuple[str, str, bool]]:
    """Yield (who says it, verdict, whether it is right) for each printed finding on which the reader had an opinion."""
    for finding in (*made.findings, *made.matters):
        if finding.finding == "undecided":
            continue
        opinions = [one for row in rows if (one := _opinion(finding, row, documents)) is not None]
        if opinions:
            yield finding.by, finding.finding, all(opinions)


def _opinion(finding: Finding, row: dict[str, Any], documents: tuple[str, str]) -> bool | None:
    """Whether a reader's row bears a finding out or speaks against it; None where it says nothing of it."""
    held = {
        side: bool(row[side]) and any(p.document == d and row[side] in squeezed(p.text) for p in finding.passages)
        for side, d in zip("ab", documents, strict=True)
    }
    kind, _, side = row["finding"].partition(":")
    if finding.finding == "only":
        own = "a" if finding.documents == (documents[0],) else "b"
        if not held[own] or kind in ("not_divergent", "not_shared"):
            return None
        return kind == "only" if side in ("", own) else None
    if not (held["a"] and held["b"]):
        return None
    if kind in ("shared", "divergent"):
        return finding.finding == kind
    return False if kind == f"not_{finding.finding}" else None


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))

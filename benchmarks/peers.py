"""polidiff beside `regulatory-crosswalk` (PyPI) on the expert crosswalks: python -m benchmarks.peers PYTHON.

PYTHON is an interpreter that has the other package: `python -m venv peers`, then
`peers/bin/pip install regulatory-crosswalk`.
Each tool ranks the ten best targets of every source by its own command, start-up and reading included, and is scored
by the same scorer.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from evals.alignment import MEASURES, SETS
from evals.common import SHARED, score, write_lines

TOP = "10"


def table(source: Path, target: Path) -> Path:
    """A table of ``id`` and ``text`` as CSV."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([("id", "text"), *((row["id"], row["text"]) for row in rows)])
    return target


def peer(python: str, a: Path, b: Path, work: Path) -> Iterable[dict[str, object]]:
    """The rankings of `regulatory-crosswalk`."""
    out = work / "peer.csv"
    start = "import sys; from regulatory_crosswalk.cli import main; sys.exit(main())"
    command = [python, "-c", start, "align", str(a), str(b), "--out", str(out), "--top-k", TOP]
    subprocess.run(command, check=True, capture_output=True)
    found: dict[str, list[dict[str, object]]] = {}
    with out.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            target = {"id": row["target_id"], "score": float(row["cosine_similarity"])}
            found.setdefault(row["source_id"], []).append(target)
    return [{"source": source, "targets": targets} for source, targets in found.items()]


def ours(a: Path, b: Path) -> Iterable[dict[str, object]]:
    """The rankings of `polidiff align`."""
    command = [sys.executable, "-m", "polidiff", "align", str(a), str(b), "--top", TOP, "--format", "jsonl"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    """Print a line for each crosswalk and tool."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(f"{'':20}{'':24}{''.join(f'{name:>10}' for name in MEASURES)}{'seconds':>10}")
    for name in SETS:
        folder = SHARED / "gold" / "alignment" / "dev" / name
        with tempfile.TemporaryDirectory() as made:
            work = Path(made)
            a, b = (table(folder / f"{side}.jsonl", work / f"{side}.csv") for side in ("source", "target"))
            for tool in ("regulatory-crosswalk", "polidiff"):
                began = time.perf_counter()
                rows = ours(a, b) if tool == "polidiff" else peer(sys.argv[1], a, b, work)
                seconds = time.perf_counter() - began
                found = score("score_alignment.py", write_lines(work / "made.jsonl", rows), folder)
                print(f"{name:20}{tool:24}{''.join(f'{found[m][0]:>10.3f}' for m in MEASURES)}{seconds:>10.1f}")


if __name__ == "__main__":
    main()

"""The ranking beside what a user would pick: python -m benchmarks.ranking [SET…] (folders of source, target, pairs).

BM25 (`bm25s`), the English encoder alone, the multilingual one alone, `rapidfuzz`, and polidiff's ranking, each in a
process of its own that reads the tables, ranks the ten best of every source and is scored by the same scorer. Encodings
are made anew; ``kept`` is polidiff's second run, with those of the first at hand. `bm25s` is left out where it isn't
installed.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from evals.alignment import SETS
from evals.common import SHARED, score, write_lines
from numpy.typing import NDArray

Scores = NDArray[np.float64]
TOP = 10


def read(path: Path) -> tuple[list[str], list[str]]:
    """Return the ids and the texts of a table."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row["id"] for row in rows], [row["text"] for row in rows]


def by_bm25s(sources: Sequence[str], targets: Sequence[str]) -> Scores:
    """`bm25s` as its README uses it, with its English stop words."""
    import bm25s

    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(targets), stopwords="en", show_progress=False), show_progress=False)
    asked = bm25s.tokenize(list(sources), stopwords="en", return_ids=False, show_progress=False)
    return np.stack([index.get_scores(one) for one in asked]).astype(np.float64)


def by_rapidfuzz(sources: Sequence[str], targets: Sequence[str]) -> Scores:
    """`rapidfuzz`: the ratio of sets of words."""
    from rapidfuzz import fuzz, process

    return process.cdist(sources, targets, scorer=fuzz.token_set_ratio, dtype=np.float32).astype(np.float64)


def by_english(sources: Sequence[str], targets: Sequence[str]) -> Scores:
    """The English encoder's cosines."""
    from polidiff.encode import EnglishEncoder, cosines

    encoder = EnglishEncoder()
    return cosines(encoder.encode(sources), encoder.encode(targets))


def by_multilingual(sources: Sequence[str], targets: Sequence[str]) -> Scores:
    """The multilingual encoder's cosines."""
    from polidiff.encode import MultilingualEncoder, cosines

    encoder = MultilingualEncoder()
    return cosines(encoder.encode(sources), encoder.encode(targets))


def by_polidiff(sources: Sequence[str], targets: Sequence[str]) -> Scores:
    """polidiff's ranking, without codes."""
    from polidiff.encode import default_encoder
    from polidiff.ranking.engine import compare
    from polidiff.ranking.passage import Passage

    found = compare([Passage(t) for t in sources], [Passage(t) for t in targets], default_encoder(), TOP)
    if found.places is None:
        return found.total
    whole = np.full((len(sources), len(targets)), -np.inf)
    np.put_along_axis(whole, found.places, found.total, axis=1)
    return whole


TOOLS: dict[str, Callable[[Sequence[str], Sequence[str]], Scores]] = {
    "bm25s": by_bm25s,
    "rapidfuzz": by_rapidfuzz,
    "MiniLM": by_english,
    "USE": by_multilingual,
    "polidiff": by_polidiff,
    "polidiff, kept": by_polidiff,
}


def one(tool: str, folder: Path, out: Path) -> None:
    """Rank by one tool, write the rankings and print the seconds and the most memory in MB."""
    began = time.perf_counter()
    (names, sources), (ids, targets) = read(folder / "source.jsonl"), read(folder / "target.jsonl")
    scores = TOOLS[tool](sources, targets)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :TOP]
    write_lines(
        out,
        (
            {"source": name, "targets": [{"id": ids[j], "score": round(float(scores[i, j]), 6)} for j in order[i]]}
            for i, name in enumerate(names)
        ),
    )
    print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Run every tool on every set."""
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
        return
    folders = [Path(name) for name in sys.argv[1:]] or [SHARED / "gold" / "alignment" / "dev" / name for name in SETS]
    print(f"{'set':<20}{'tool':<16}{'hit@1':>8}{'recall@10':>11}{'MAP@10':>8}{'s':>8}{'MB':>7}")
    with tempfile.TemporaryDirectory() as work:
        for folder in folders:
            for tool in TOOLS:
                cache = Path(work) / folder.name / tool.partition(",")[0]
                environment = {**os.environ, "POLIDIFF_CACHE": str(cache)}
                out = Path(work) / "ranked.jsonl"
                command = [sys.executable, "-m", "benchmarks.ranking", "--one", tool, str(folder), str(out)]
                done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
                if done.returncode:
                    print(f"{folder.name:<20}{tool:<16}  {done.stderr.strip().splitlines()[-1]}")
                    continue
                seconds, memory = map(float, done.stdout.split())
                found = score("score_alignment.py", out, folder)
                numbers = "".join(
                    f"{found[name][0]:>{width}.3f}" for name, width in (("hit@1", 8), ("recall@10", 11), ("MAP@10", 8))
                )
                print(f"{folder.name:<20}{tool:<16}{numbers}{seconds:>8.1f}{memory:>7.0f}")


if __name__ == "__main__":
    main()

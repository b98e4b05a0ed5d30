"""2,000 damaged and hostile files through ``polidiff.readers.read``: each ends in a Document or in one clear error.

python -m benchmarks.damaged                 2,000 files; those of ../shared/corpora too, cut small, where it is there
python -m benchmarks.damaged 300 --seed 7    other files
python -m benchmarks.damaged --only 117      one of them again

Leaves with status 1 where a file ends in anything else: another exception, a message of several lines, a fault of a
reader, a broken span, or more seconds than the bound.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.readers.damage import damaged

from polidiff.errors import InputError
from polidiff.provisions import split
from polidiff.readers import read

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
SECONDS = 30.0
"""Bound of time for one file, in seconds (POLIDIFF_READ_SECONDS sets another). What stops at it is an error."""


def outcome(path: Path) -> tuple[str, str]:
    """Read one file; return ``document``, the kind of the error, or ``BAD``, and what there is to say."""
    try:
        document = read(path)
    except InputError as error:
        line = str(error)
        if "\n" in line or not line.startswith(path.name[:4]) or "the reader failed on this file" in line:
            return "BAD", line
        return type(error).__name__, line
    except BaseException as error:  # whatever else comes out of it is what this looks for
        return "BAD", f"{type(error).__name__}: {error}"
    for block in document.blocks:
        if not document.text[block.start : block.end].strip():
            return "BAD", f"an empty block at {block.start}"
    return "document", f"{len(document.text)} characters"


def main() -> int:
    """Read them all and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--split", action="store_true", help="split the documents, too")
    options = parser.parse_args()
    bound = float(os.environ.setdefault("POLIDIFF_READ_SECONDS", str(SECONDS))) + 10
    counts: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    bad = 0
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        cases = damaged(options.count, options.seed, CORPORA if CORPORA.is_dir() else None)
        for index, case in enumerate(cases):
            if options.only is not None and index != options.only:
                continue
            path = Path(folder) / case.name
            path.write_bytes(case.data)
            before = time.perf_counter()
            kind, words = outcome(path)
            took = time.perf_counter() - before
            if kind == "document" and options.split:
                try:
                    split(read(path))
                except BaseException as error:
                    kind, words = "BAD", f"split: {type(error).__name__}: {error}"
            path.unlink()
            counts[kind] += 1
            slowest.append((took, f"#{index} {case.label}: {kind}"))
            if kind == "BAD" or took > bound or options.only is not None:
                bad += kind == "BAD" or took > bound
                print(f"{kind} #{index} {case.label} ({took:.1f} s): {words}", flush=True)
    print(f"{sum(counts.values())} files in {time.perf_counter() - start:.0f} s")
    for kind, number in counts.most_common():
        print(f"{number:6} {kind}")
    for took, label in sorted(slowest, reverse=True)[:8]:
        print(f"{took:6.1f} s  {label}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())

"""2,000 damaged and hostile files through ``polidiff.readers.read``: each ends in a Document or in one clear error.

python -m benchmarks.damaged                 2,000 files; those of ../shared/corpora too, cut small, where it is there
python -m benchmarks.damaged 300 --seed 7    other files
python -m benchmarks.damaged --only 117      one of them again
python -m benchmarks.damaged 5000 --split --log damaged.tsv    a line a file; what the log holds is not done again

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
from typing import NamedTuple

from tests.readers.damage import damaged

from polidiff.errors import InputError
from polidiff.provisions import split
from polidiff.readers import read

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
SECONDS = 30.0
"""Bound of time for one file, in seconds (POLIDIFF_READ_SECONDS sets another). What stops at it is an error."""


def outcome(path: Path, *, split_too: bool = False) -> tuple[str, str]:
    """Read (and split) one file; return ``document``, the kind of the error, or ``BAD``, and what there is to say."""
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
    if split_too:
        try:
            for provision in split(document):
                if document.text[provision.span.start : provision.span.end] != provision.text:
                    return "BAD", f"split: other words at {provision.span.start}"
        except BaseException as error:
            return "BAD", f"split: {type(error).__name__}: {error}"
    return "document", f"{len(document.text)} characters"


class Ended(NamedTuple):
    """What became of one file: its place in the order, the kind of its end, seconds, what was done to it."""

    index: int
    kind: str
    seconds: float
    label: str


def known(log: Path | None) -> list[Ended]:
    """Return what a log of an earlier run holds; a last line that was cut off is done again."""
    if log is None or not log.exists():
        return []
    rows = [line.split("\t") for line in log.read_text("utf-8").splitlines()]
    return [Ended(int(row[0]), row[1], float(row[2]), row[3]) for row in rows if len(row) == 5]


def main() -> int:
    """Read them all and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--split", action="store_true", help="split the documents, too")
    parser.add_argument("--log", type=Path, help="write a line a file, and go on where it ends")
    options = parser.parse_args()
    bound = float(os.environ.setdefault("POLIDIFF_READ_SECONDS", str(SECONDS))) + 10
    ended = known(options.log)
    done = {row.index for row in ended}
    with tempfile.TemporaryDirectory() as folder, (options.log or Path(os.devnull)).open("a", encoding="utf-8") as log:
        cases = damaged(options.count, options.seed, CORPORA if CORPORA.is_dir() else None)
        for index, case in enumerate(cases):
            if index in done or (options.only is not None and index != options.only):
                continue
            path = Path(folder) / case.name
            path.write_bytes(case.data)
            before = time.perf_counter()
            kind, words = outcome(path, split_too=options.split)
            row = Ended(index, kind, time.perf_counter() - before, case.label)
            path.unlink()
            ended.append(row)
            said = words[:200].replace("\n", " ").replace("\t", " ")
            print(row.index, row.kind, f"{row.seconds:.2f}", row.label, said, sep="\t", file=log, flush=True)
            if kind == "BAD" or row.seconds > bound or options.only is not None:
                print(f"{kind} #{index} {case.label} ({row.seconds:.1f} s): {words}", flush=True)
    print(f"{len(ended)} files in {sum(row.seconds for row in ended):.0f} s")
    for kind, number in Counter(row.kind for row in ended).most_common():
        print(f"{number:6} {kind}")
    for row in sorted(ended, key=lambda row: -row.seconds)[:8]:
        print(f"{row.seconds:6.1f} s  #{row.index} {row.label}: {row.kind}")
    return int(any(row.kind == "BAD" or row.seconds > bound for row in ended))


if __name__ == "__main__":
    sys.exit(main())

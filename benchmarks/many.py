"""Time and size of comparing many documents: python -m benchmarks.many COUNT [PROVISIONS].

Documents of PROVISIONS (100 unless told) paragraphs are cut from the shared ones in turn, each from another place, so
that they are of the length and words of real plans. Prints the command's seconds, peak memory and its files' sizes.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evals.common import DOCUMENTS, SHARED

from polidiff import api

SOURCES = ("us-ai-action-plan-2025", "uk-ai-opportunities-2025", "eu-ai-act-2024")


def made(folder: Path, count: int, size: int) -> list[str]:
    """Write the documents; each has a heading for every ten paragraphs."""
    texts = [
        [" ".join(p.text.split()) for p in api.split(SHARED / DOCUMENTS[name]) if p.leaf and len(p.text) > 80]
        for name in SOURCES
    ]
    paths = []
    for number in range(count):
        words = texts[number % len(texts)]
        first = number * 37 % len(words)
        lines = [f"# Plan number {number + 1}"]
        for place in range(size):
            if place % 10 == 0:
                lines.append(f"## Part {place // 10 + 1}")
            lines.append(words[(first + place) % len(words)])
        path = folder / f"plan-{number + 1:02}.md"
        path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        paths.append(str(path))
    return paths


def main() -> None:
    """Compare COUNT documents and print what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = made(folder, count, size)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "polidiff", "compare", *paths, "-o", str(folder / "out")], check=True)
        seconds = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{count} documents of {size} paragraphs: {seconds:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of CPU,")
        print(f"{used.ru_maxrss / 1024:.0f} MB in the largest process")
        pairs = count * (count - 1) // 2
        each = (used.ru_utime + used.ru_stime) / max(1, pairs)
        print(f"{pairs:,} pairs: {1000 * each:.0f} ms of CPU each, with all that is made once")
        for file in ("comparison.json", "index.html", "comparison.xlsx"):
            print(f"{file}: {(folder / 'out' / file).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

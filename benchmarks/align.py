"""Time and memory of finding candidates among very many provisions: python benchmarks/align.py [LARGEST].

Vectors are random and settled; what they stand for doesn't change the work. Encoding is not counted.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from polidiff.encode import settle
from polidiff.ranking.nearest import nearest

WIDTH, TOP = 384, 50


def main() -> None:
    """Print a line for each power of ten up to the largest."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rng = np.random.default_rng(0)
    print(f"{'provisions':>12}{'seconds':>10}{'ns a pair':>12}{'peak MB':>10}")
    size = 1000
    while size <= largest:
        a, b = (settle(rng.standard_normal((size, WIDTH), dtype=np.float32)) for _ in range(2))
        began = time.perf_counter()
        nearest(a, b, TOP)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>12,}{seconds:>10.2f}{seconds / size**2 * 1e9:>12.2f}{peak:>10.0f}", flush=True)
        size *= 10


if __name__ == "__main__":
    main()

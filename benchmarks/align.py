"""Time and memory of finding and comparing candidates among very many provisions: python -m benchmarks.align [LARGEST].

Provisions are made of the fast encoder's English words, drawn as often as words are in a language (by Zipf's law), 12
to 45 words each, so that frequent words stand in most and most words in few. Reading and coding are not counted.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from polidiff.encode import StaticEncoder
from polidiff.encode.static import english_words
from polidiff.ranking.passage import Passage
from polidiff.ranking.wide import candidates

TOP = 5


def made(count: int, rng: np.random.Generator) -> list[Passage]:
    """Return made provisions."""
    words = np.array(english_words())
    chance = 1 / np.arange(1, len(words) + 1)
    sizes = rng.integers(12, 46, count)
    drawn = words[rng.permutation(len(words))][rng.choice(len(words), sizes.sum(), p=chance / chance.sum())]
    return [Passage(" ".join(part) + ".") for part in np.split(drawn, np.cumsum(sizes)[:-1])]


def main() -> None:
    """Print a line for each power of ten up to the largest."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{'provisions':>12}{'seconds':>10}{'of processor':>14}{'peak MB':>10}")
    size = 1000
    while size <= largest:
        rng = np.random.default_rng(0)
        a, b = made(size, rng), made(size, rng)
        began, cpu = time.perf_counter(), time.process_time()
        candidates(a, b, StaticEncoder(), TOP)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>12,}{seconds:>10.1f}{cpu:>14.1f}{peak:>10.0f}", flush=True)
        size *= 10


if __name__ == "__main__":
    main()

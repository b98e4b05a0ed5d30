"""Time of checking quotations: python -m benchmarks.quotes [DOCUMENTS].

Seven hundred quotations (verbatim, trimmed, altered, spliced, made up) against a long act, then against DOCUMENTS
texts (1,000 unless told) drawn from its sentences, in another order each. Reading isn't
counted, indexing is told apart. With rapidfuzz installed its `partial_ratio_alignment` is timed beside it, on twenty.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from evals.common import DOCUMENTS, SHARED

from polidiff import api
from polidiff.checking import check_quotes, given_quotes, index
from polidiff.lang.sentences import sentences
from polidiff.model import Document, Quote

QUOTES, BESIDE = 700, 20


def made(base: list[str], count: int) -> list[Document]:
    """Texts of some three hundred sentences each, drawn from those of a real document."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            path = Path(folder) / f"d{number:04}.md"
            path.write_text("\n\n".join(random.Random(number).choices(base, k=300)), encoding="utf-8")
            found.append(api.read(path))
    return found


def quotes(base: list[str]) -> list[tuple[str, str, str | None]]:
    """Quotations of five kinds in turn."""
    draw = random.Random(7)
    long = [sentence for sentence in base if len(sentence.split()) > 14]
    rows: list[tuple[str, str, str | None]] = []
    for number in range(QUOTES):
        words, others = draw.choice(long).split(), draw.choice(long).split()
        kinds = (
            words[:14],
            [*words[:5], "…", *words[8:14]],
            [*words[:6], "never", *words[7:13]],
            [*words[:7], *others[5:12]],
            [draw.choice(draw.choice(long).split()) for _ in range(12)],
        )
        rows.append((f"q{number}", " ".join(kinds[number % 5]), None))
    return rows


def timed(what: str, given: tuple[Quote, ...], documents: list[Document]) -> None:
    """Print the seconds of indexing and of checking."""
    began = time.perf_counter()
    library = index(documents)
    indexed = time.perf_counter()
    check_quotes(given, documents, library=library)
    size = sum(len(document.text) for document in documents) / 1e6
    done = time.perf_counter()
    print(f"{len(given)} quotations against {what} ({size:.1f} million characters): ", end="")
    print(f"indexing {indexed - began:.2f} s, checking {done - indexed:.2f} s", flush=True)


def main() -> None:
    """Print the times."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    act = api.read(SHARED / DOCUMENTS["eu-ai-act-2024"])
    base = [span.cut(act.text) for span in sentences(act.text, "en")]
    given = given_quotes(quotes(base))
    timed("one long act", given, [act])
    timed(f"{count} documents", given, made(base, count))
    try:
        from rapidfuzz import fuzz
    except ImportError:
        return
    began = time.perf_counter()
    for quote in given[:BESIDE]:
        fuzz.partial_ratio_alignment(quote.text, act.text)
    seconds = (time.perf_counter() - began) / BESIDE * len(given)
    print(f"rapidfuzz partial_ratio_alignment against one long act: {seconds:.0f} s for {len(given)}")


if __name__ == "__main__":
    main()

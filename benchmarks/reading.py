"""Pages per second of ``polidiff split`` beside other tools, in one run on one file.

python -m benchmarks.reading                    the EU AI Act of ../shared/corpora
python -m benchmarks.reading FILE.pdf           another file
python -m benchmarks.reading --rounds 5         more rounds (the best of them counts)

Tools that are not installed are named as such. All of them read the whole file from disk in every round; polidiff reads
it with both of its readers and splits it into provisions. ``bare`` readers are those underneath polidiff, without any
of its own work: the words and the box of every character by pypdfium2, and liteparse.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "eu-ai-act-2024.pdf"
LEAST_FASTER = 10.0
"""Times that polidiff should be faster than the fastest other tool."""
MOST_SLOWER = 2.0
"""Times that polidiff may be slower than the fastest bare reader."""


class Tool(NamedTuple):
    """``kind`` is ``ours``, ``bare`` or ``other``; ``run`` reads a file and returns its number of pages."""

    name: str
    kind: str
    module: str
    what: str
    run: Callable[[Path], int]
    rounds: int


def polidiff_split(path: Path) -> int:
    """Read and split with polidiff."""
    import polidiff

    document = polidiff.read(path)
    assert polidiff.split(document)
    return len(document.pages)


def pdfium_chars(path: Path) -> int:
    """Take words and boxes from pdfium, through pypdfium2."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    pdf = pdfium.PdfDocument(path)
    edges = [ctypes.c_double() for _ in range(4)]
    for page in pdf:
        text = page.get_textpage()
        text.get_text_range()
        for index in range(raw.FPDFText_CountChars(text)):
            raw.FPDFText_GetCharBox(text, index, *edges)
        text.close()
        page.close()
    return len(pdf)


def liteparse_items(path: Path) -> int:
    """Read with liteparse."""
    import liteparse

    reader = liteparse.LiteParse(ocr_enabled=False, output_format="json", quiet=True, max_pages=20_000)
    return len(reader.parse(path.read_bytes()).pages)


def pdfminer_pages(path: Path) -> int:
    """Lay out with pdfminer.six."""
    from pdfminer.high_level import extract_pages

    return sum(1 for _ in extract_pages(path))


def pdfminer_text(path: Path) -> int:
    """Read with pdfminer.six."""
    from pdfminer.high_level import extract_text

    return extract_text(path).count("\f")


def pdfplumber_text(path: Path) -> int:
    """Read with pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()
        return len(pdf.pages)


def unstructured_fast(path: Path) -> int:
    """Partition with unstructured."""
    from unstructured.partition.pdf import partition_pdf

    found = partition_pdf(filename=str(path), strategy="fast")
    return max(element.metadata.page_number or 0 for element in found)


def docling_convert(path: Path) -> int:
    """Convert with docling."""
    from docling.document_converter import DocumentConverter

    return len(DocumentConverter().convert(path).document.pages)


TOOLS = (
    Tool("polidiff split", "ours", "polidiff", "two readers, structure, provisions", polidiff_split, 5),
    Tool("pypdfium2", "bare", "pypdfium2", "words, box of every character", pdfium_chars, 3),
    Tool("liteparse", "bare", "liteparse", "words with boxes", liteparse_items, 3),
    Tool("pdfminer.six", "other", "pdfminer", "layout (extract_pages)", pdfminer_pages, 1),
    Tool("pdfminer.six", "other", "pdfminer", "text (extract_text)", pdfminer_text, 1),
    Tool("pdfplumber", "other", "pdfplumber", "text (extract_text)", pdfplumber_text, 1),
    Tool("unstructured", "other", "unstructured", "partition_pdf, fast", unstructured_fast, 1),
    Tool("docling", "other", "docling", "convert", docling_convert, 1),
)


def main() -> int:
    """Print the table; leave with status 1 where a requirement is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--rounds", type=int, default=0, help="rounds of each tool (default: 5, 3 or 1)")
    options = parser.parse_args()
    if not options.file.is_file():
        print(f"no such file: {options.file}", file=sys.stderr)
        return 2
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}; {options.file.name}")
    print(f"{'tool':<16}{'kind':<7}{'what':<38}{'seconds':>8}{'pages/s':>9}{'times':>8}")
    here = [tool for tool in TOOLS if importlib.util.find_spec(tool.module) is not None]
    best: dict[Tool, float] = {}
    pages: dict[Tool, int] = {}
    for turn in range(max(options.rounds or tool.rounds for tool in here)):
        for tool in here:  # taken in turns, so that a busy moment of the machine does not fall on one of them alone
            if turn < (options.rounds or tool.rounds):
                start = time.perf_counter()
                pages[tool] = tool.run(options.file)
                best[tool] = min(best.get(tool, float("inf")), time.perf_counter() - start)
    for tool in TOOLS:
        row = f"{tool.name:<16}{tool.kind:<7}{tool.what:<38}"
        if tool not in best:
            print(f"{row}not installed")
            continue
        print(f"{row}{best[tool]:8.2f}{pages[tool] / best[tool]:9.1f}{best[tool] / best[TOOLS[0]]:8.2f}", flush=True)
    times = list(best.items())
    ours = times[0][1]
    others = [best for tool, best in times if tool.kind == "other"]
    bare = [(best, tool.name) for tool, best in times if tool.kind == "bare"]
    missed = False
    if others:
        faster = min(others) / ours
        missed |= faster < LEAST_FASTER
        print(f"polidiff is {faster:.1f} times as fast as the fastest other tool (asked for: {LEAST_FASTER:g})")
    for best, name in bare:
        missed |= ours / best > MOST_SLOWER
        print(f"polidiff takes {ours / best:.2f} times as long as {name} alone (at most: {MOST_SLOWER:g})")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())

"""Every document of ../shared/corpora read and split; the words of each PDF page beside those of a second reader.

python -m benchmarks.words                      all documents
python -m benchmarks.words FILE.pdf …           these alone
python -m benchmarks.words --pages              name every page over the bound

Of each page three shares of its words are counted: those of the second reader (liteparse) that our text lacks, those of
our text that the second reader lacks, and those that one printed line of ours sets behind another word than the second
reader does. Running heads, page numbers and line numbers, which we set aside, and words that the page does not show
count neither way; words that only spaces tell apart are the same.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
KINDS = (".pdf", ".html", ".docx", ".md", ".txt", ".xml")
BOUND = 0.005
"""Share of a document's words that may be missing, new, or out of order."""
LEAST = 2
"""Words by which a page must differ to be named: on a short page one word is more than the bound."""
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


class Page(NamedTuple):
    """Counts of one page: words of the second reader, missing, new, out of order."""

    number: int
    words: int
    missing: int
    new: int
    order: int

    @property
    def over(self) -> bool:
        """Whether one of the counts is over the bound."""
        return any(count >= LEAST and count > BOUND * self.words for count in self[2:])


def words_of(text: str) -> list[str]:
    """Letters and digits in lower case, word by word; each Chinese character is a word."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower().replace("\u00ad", ""))


def compare(number: int, lines: Sequence[str], theirs: str, aside: str) -> Page:
    """Compare the printed lines of our page with the second reader's words; ``aside`` is what we set aside, folded."""
    rows = [words_of(line) for line in lines]
    ours = [word for row in rows for word in row]
    other = words_of(theirs)
    missing, new = Counter(other) - Counter(ours), Counter(ours) - Counter(other)
    ours_run, other_run = "".join(ours), "".join(other)
    lost = sum(n for word, n in missing.items() if word not in aside and word not in ours_run)
    more = sum(n for word, n in new.items() if word not in other_run)
    follows = set(pairwise(other))
    shared = set(other)
    order = sum(
        pair not in follows and pair[0] + pair[1] not in other_run and {*pair} <= shared
        for row in rows
        for pair in pairwise(row)
    )
    return Page(number, len(other), lost, more, order)


def pdf_pages(path: Path) -> list[Page]:
    """Read a PDF with both readers and return the counts of its pages."""
    import liteparse

    from polidiff.readers.pdf.document import read_words

    data = path.read_bytes()
    document, printed = read_words(data, id=path.stem, name=path.name)
    lines: dict[int, list[str]] = {page.number: [] for page in document.pages}
    for piece in document.pieces:
        lines[piece.page].append(document.text[piece.start : piece.end])
    reader = liteparse.LiteParse(
        ocr_enabled=False, output_format="json", quiet=True, keep_headers_footers=True, max_pages=len(document.pages)
    )
    marks = " ".join(note.mark for note in document.notes)
    found = []
    for page in reader.parse(data).pages:
        number = page.page_num
        ours = {"".join(words_of(line)) for line in lines[number]}
        rest = ["".join(words_of(line)) for line in printed[number - 1]]
        aside = " ".join([*(line for line in rest if line not in ours), marks])
        theirs = " ".join(item.text for item in page.text_items)
        found.append(compare(number, lines[number], theirs, aside))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line a document and the pages over the bound; 1 where a document cannot be read or is over it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", action="store_true", help="name every page over the bound")
    asked = parser.parse_args(arguments)
    files = asked.files or sorted(path for path in CORPORA.rglob("*") if path.suffix in KINDS)
    if not files:
        print(f"no documents in {CORPORA}")
        return 1
    os.environ["POLIDIFF_INPROCESS"] = "1"
    import polidiff

    failed, over, total, pages_over, pages = 0, 0, Counter[str](), 0, 0
    for path in files:
        try:
            document = polidiff.read(path)
            provisions = polidiff.split(document)
            counts = pdf_pages(path) if path.suffix == ".pdf" else []
        except Exception as error:
            failed += 1
            print(f"FAULT  {path.name}: {type(error).__name__}: {error}")
            continue
        words = sum(page.words for page in counts)
        sums = [sum(page[index] for page in counts) for index in (2, 3, 4)]
        shares = [count / words if words else 0.0 for count in sums]
        bad = [page for page in counts if page.over]
        over += any(share > BOUND for share in shares)
        pages += len(counts)
        pages_over += len(bad)
        total.update({"words": words, "missing": sums[0], "new": sums[1], "order": sums[2]})
        said = "  ".join(f"{name} {share:.3%}" for name, share in zip(("missing", "new", "order"), shares, strict=True))
        print(f"{path.name}: {len(provisions)} provisions, {len(counts)} pages, {len(bad)} over  {said}", flush=True)
        if asked.pages:
            for page in bad:
                counted = f"{page.missing} missing, {page.new} new, {page.order} out of order"
                print(f"    page {page.number}: {page.words} words, {counted}")
    print(
        f"{len(files)} documents, {failed} with a fault, {over} over {BOUND:.1%}; {pages_over} of {pages} pages over; "
        + ", ".join(f"{name} {total[name] / max(total['words'], 1):.3%}" for name in ("missing", "new", "order"))
    )
    return 1 if failed or over else 0


if __name__ == "__main__":
    sys.exit(main())

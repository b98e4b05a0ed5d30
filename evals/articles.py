"""Articles with every sentence marked: `python -m evals.articles` (development: the rules were made on them).

Each sentence has to be accounted for once; claims have to be found and put to the right document, quotations found,
and statements about documents that aren't at hand told as such.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from evals.common import SHARED
from polidiff import api
from polidiff.checking import find_statements
from polidiff.model import ArticleSentence, Document

CLAIMS = ("claim", "quote+claim")


def _folded(words: str) -> str:
    return re.sub(r"\W+", "", words)


def _score(row: dict[str, str], made: ArticleSentence | None, names: set[str], counts: Counter[str]) -> None:
    counts["sentences"] += 1
    counts["accounted"] += made is not None
    kind = "" if made is None else made.kind
    meant = names if row["document"] == "both" else {row["document"]} - {None}
    if row["kind"] in CLAIMS:
        counts["claims"] += 1
        counts["claims found"] += kind == "claim"
        counts["right document"] += made is not None and kind == "claim" and set(made.documents) == meant
    elif row["kind"] == "quote":
        counts["quotations"] += 1
        counts["quotations found"] += kind in ("quotation", "claim", "not_held")
    elif row["kind"] == "not_held":
        counts["not held"] += 1
        counts["not held told"] += kind == "not_held"
    else:
        counts["others"] += 1
        counts["others tested"] += kind == "claim"


def measure(shared: Path = SHARED) -> Counter[str]:
    """Return the counts over all articles."""
    files = {path.stem: path for path in sorted((shared / "corpora").rglob("*")) if path.suffix != ".tsv"}
    known: dict[str, Document] = {}
    counts: Counter[str] = Counter()
    for path in sorted((shared / "labels/articles").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        names = {row["document"] for row in rows} - {None, "both"}
        for name in sorted(names - known.keys()):
            known[name] = api.read(files[name])
        article = api.read(path.with_suffix(".md"))
        found = find_statements(article, [known[name] for name in sorted(names)]).sentences
        by_words = {_folded(article.text[one.start : one.end]): one for one in found}
        for row in rows:
            _score(row, by_words.get(_folded(row["sentence"])), names, counts)
    return counts


if __name__ == "__main__":
    for name, count in measure().items():
        print(f"{name}: {count}")

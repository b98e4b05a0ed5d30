"""The quotation check against labels: 700 quotations given, and the same found in their 15 articles.

The documents are read as plain text, as a user would give them. Articles are joined to the labels by the words quoted.
"""

from __future__ import annotations

import dataclasses
import json
import tempfile
import time
import unicodedata
from pathlib import Path
from typing import Any

from evals.common import SHARED, score, write_lines
from polidiff.checking import check_article, check_quotes, find_quotes, given_quotes, index
from polidiff.model import Document
from polidiff.model.outputs import verdict_lines
from polidiff.readers import read

INPUTS = ("gold/check/gold.jsonl", "gold/check/docs", *(f"gold/check/article_{n:02d}.md" for n in range(1, 16)))

TITLES = {
    "us_plan": "America's AI Action Plan",
    "uk_plan": "AI Opportunities Action Plan",
    "china_measures": "生成式人工智能服务管理暂行办法",
}
"""The titles by which the articles name the documents; their text files carry none."""


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return the values of both ways of checking by name."""
    folder = shared / "gold" / "check"
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    documents = [
        dataclasses.replace(read(folder / "docs" / f"{name}.txt", id=name), title=title)
        for name, title in TITLES.items()
    ]
    return {**_given(gold, documents, shared), **_articles(gold, documents, folder)}


def _given(gold: list[dict[str, Any]], documents: list[Document], shared: Path) -> dict[str, float]:
    library = index(documents)
    quotes = given_quotes((row["id"], row["quote"], row["cited_document"]) for row in gold)
    began = time.process_time()
    verdicts = check_quotes(quotes, documents, library=library)
    seconds = time.process_time() - began
    texts = {document.id: document.text for document in documents}
    with tempfile.TemporaryDirectory() as work:
        made = write_lines(Path(work) / "verdicts.jsonl", verdict_lines(verdicts, texts))
        found = score("score_quotes.py", made, shared / "gold" / "check" / "gold.jsonl", shared=shared)
    print(f"{len(gold)} given quotations in {seconds:.2f} s of processor time")
    for label, numbers in found["per_label"].items():
        print(f"    {label:14} {numbers}")
    return {
        "given.macro_f1": found["macro_f1"],
        "given.no_false_verbatim": float(found["false_verbatim"] == 0),
        "given.faithful_recognised": found["faithful_recognised"],
        "given.location": found["location_accuracy"],
    }


def _articles(gold: list[dict[str, Any]], documents: list[Document], folder: Path) -> dict[str, float]:
    found = cited = right = extra = 0
    for name in sorted({row["article"] for row in gold}):
        article = read(folder / name)
        quotes = find_quotes(article, documents)
        verdicts = check_article(article, documents).verdicts
        left = list(range(len(quotes)))
        for row in (row for row in gold if row["article"] == name):
            at = next((i for i in left if _folded(quotes[i].text) == _folded(row["quote"])), None)
            if at is None:
                print(f"    {name}: not found as a quotation: {row['quote'][:80]}")
                continue
            left.remove(at)
            found += 1
            cited += quotes[at].cited_document == row["cited_document"] and not quotes[at].third_party
            right += verdicts[at].verdict == ("not_found" if row["label"] == "fabricated" else row["label"])
        extra += len(left)
    count = len(gold)
    print(f"{count} quotations in articles: {found} found, {right} with their verdict, {extra} found beyond them")
    return {
        "articles.found": found / count,
        "articles.cited": cited / count,
        "articles.verdict": right / count,
        "articles.precision": found / max(1, found + extra),
    }


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())

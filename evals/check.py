"""Measure the quotation check against the labels in ../shared: `python evals/check.py`.

Prints one table row a measure with its floor from evals/floors/check.toml; exits 1 when a measure is below its floor.
"""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
import tomllib
import unicodedata
from dataclasses import replace
from pathlib import Path

from polidiff.check import check_article, check_quotes, find_quotes, given_quotes, index
from polidiff.model import Block, Document, Verdict
from polidiff.read import read

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
GOLD = SHARED / "gold" / "check"
TITLES = {
    "us_plan": ("America's AI Action Plan", "en"),
    "uk_plan": ("AI Opportunities Action Plan", "en"),
    "china_measures": ("生成式人工智能服务管理暂行办法", "zh"),
}


def plain(path: Path, name: str, title: str, language: str, kind: str = "official") -> Document:
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    blocks = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    return Document(
        id=name,
        title=title,
        language=language,  # type: ignore[arg-type]
        sha256=hashlib.sha256(raw).hexdigest(),
        media_type="text/plain",
        text=text,
        blocks=tuple(blocks),
        kind=kind,  # type: ignore[arg-type]
    )


def row(verdict: Verdict) -> dict[str, object]:
    return {
        "id": verdict.id,
        "kind": verdict.kind,
        "text": verdict.text,
        "verdict": verdict.verdict,
        "document": verdict.document,
        "page": verdict.page,
        "matched_text": verdict.matched_text,
        "start": verdict.start,
        "end": verdict.end,
    }


def score(scorer: str, rows: list[dict[str, object]], gold: Path) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "predictions.jsonl"
        made.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(SHARED / "bench" / scorer), str(made), str(gold)],
            check=True,
            capture_output=True,
            text=True,
        )
    return dict(json.loads(done.stdout))


def quotes() -> dict[str, object]:
    gold = [json.loads(line) for line in (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    documents = [plain(GOLD / "docs" / f"{n}.txt", n, *TITLES[n]) for n in TITLES]
    library = index(documents)
    began = time.process_time()
    verdicts = check_quotes(
        given_quotes((g["id"], g["quote"], g["cited_document"]) for g in gold), documents, library=library
    )
    taken = time.process_time() - began
    result = score("score_quotes.py", [row(v) for v in verdicts], GOLD / "gold.jsonl")
    if "--wrong" in sys.argv:
        for g, v in zip(gold, verdicts, strict=True):
            label = "not_found" if g["label"] == "fabricated" else g["label"]
            if v.verdict != label:
                print(g["id"], label, g["op"], "->", v.verdict, repr(g["quote"]), "|", repr(v.matched_text))
    return {"seconds": round(taken, 3), **result}


def fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())


def articles() -> dict[str, object]:
    """Each gold quotation found in its article, ascribed to its document, with its verdict."""
    gold = [json.loads(line) for line in (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    documents = [plain(GOLD / "docs" / f"{n}.txt", n, *TITLES[n]) for n in TITLES]
    found = cited = right = extra = 0
    for name in sorted({g["article"] for g in gold}):
        article = read(GOLD / name)
        quotes = find_quotes(article, documents)
        verdicts = check_article(article, documents).verdicts
        taken: set[int] = set()
        for g in (g for g in gold if g["article"] == name):
            wanted = fold(g["quote"])
            at = next((i for i, q in enumerate(quotes) if i not in taken and fold(q.text) == wanted), None)
            label = "not_found" if g["label"] == "fabricated" else g["label"]
            if at is None:
                if "--wrong" in sys.argv:
                    print(name, "not read:", g["quote"])
                continue
            taken.add(at)
            found += 1
            cited += quotes[at].cited_document == g["cited_document"] and not quotes[at].third_party
            right += verdicts[at].verdict == label
            if "--wrong" in sys.argv and (
                quotes[at].cited_document != g["cited_document"]
                or quotes[at].third_party
                or verdicts[at].verdict != label
            ):
                said = article.text[max(0, quotes[at].start - 60) : quotes[at].start]
                print(name, label, "->", verdicts[at].verdict, g["cited_document"], "->", quotes[at], repr(said))
        extra += len(quotes) - len(taken)
        if "--wrong" in sys.argv:
            for i, q in enumerate(quotes):
                if i not in taken:
                    print(name, "extra:", q.text)
    n = len(gold)
    return {"n": n, "found": found / n, "cited": cited / n, "verdict": right / n, "extra": extra}


def audit() -> dict[str, object]:
    """The founding article against the American plan and the digest of the Chinese one, in English and in Chinese."""
    article = read(SHARED / "seed" / "article.txt")
    plan = read(SHARED / "corpora" / "us-ai-action-plan-2025.pdf")
    met = {}
    for language in ("en", "zh"):
        digest = read(SHARED / "samples" / f"cn-global-ai-governance-2025.digest.{language}.md")
        verdicts = check_article(article, [plan, digest]).verdicts
        rows = [{**row(v), "matched_text": v.matched_text or ""} for v in verdicts]
        result = score("score_audit.py", rows, SHARED / "seed" / "audit.gold.jsonl")
        met[f"quotes_met_{language}"] = result["quotes_met"]
        if "--wrong" in sys.argv:
            print([m for m in result["missed"] if " quote " in m])  # type: ignore[attr-defined]
    return met


def speed() -> dict[str, object]:
    """Processor seconds for the 700 gold quotations: against the longest law, and against a thousand made documents."""
    gold = [json.loads(line) for line in (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = given_quotes((g["id"], g["quote"], None) for g in gold)
    act = read(SHARED / "corpora" / "eu-ai-act-2024.pdf")
    began = time.process_time()
    check_quotes(rows, [act])
    law = time.process_time() - began
    chance = random.Random(1)
    base = [plain(GOLD / "docs" / f"{n}.txt", n, *TITLES[n]) for n in TITLES]
    made = list(base)
    for number in range(1000):
        words = base[number % 2].text.split(" ")
        for _ in range(len(words) // 4):
            words[chance.randrange(len(words))] = words[chance.randrange(len(words))]
        text = " ".join(words)
        made.append(replace(base[number % 2], id=f"made-{number}", text=text, blocks=()))
    began = time.process_time()
    library = index(made)
    indexed = time.process_time()
    check_quotes(rows, made, library=library)
    done = time.process_time() - indexed
    return {"law_seconds": round(law, 2), "index_seconds": round(indexed - began, 2), "library_seconds": round(done, 2)}


def main() -> int:
    floors = tomllib.loads((HERE / "floors" / "check.toml").read_text(encoding="utf-8"))
    measures: dict[str, dict[str, object]] = {
        "quotes": quotes(),
        "articles": articles(),
        "audit": audit(),
        "speed": speed(),
    }
    below = 0
    for name, values in measures.items():
        for key, value in values.items():
            bound = floors.get(name, {}).get(key)
            if not isinstance(value, int | float):
                if key == "per_label" and isinstance(value, dict):
                    for label, numbers in value.items():
                        print(f"{name:10} {label:24} {numbers}")
                continue
            bad = bound is not None and (value > bound["most"] if "most" in bound else value < bound["least"])
            below += bad
            print(f"{name:10} {key:24} {value:<10} {bound or ''}{'  BELOW THE FLOOR' if bad else ''}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())

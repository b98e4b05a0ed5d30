"""Edits of known kinds made in real documents, with a seed, and whether the diff says what was done."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from polidiff import api
from polidiff.comparison.versions import diff
from polidiff.model import Document, Provision

DOCUMENTS = {
    "eu": "corpora/eu-ai-act-2024.pdf",
    "us": "corpora/us-ai-action-plan-2025.pdf",
    "uk": "corpora/uk-ai-opportunities-2025.html",
    "cn": "corpora/cn-generative-ai-measures-2023.zh.html",
    "digest": "samples/cn-global-ai-governance-2025.digest.en.md",
}
WEAKER = (("shall", "may"), ("must", "may"), ("should", "may"), ("应当", "可以"), ("必须", "可以"))
STRONGER = (("may", "shall"), ("should", "must"), ("can", "must"), ("可以", "应当"))
WORDS = (("system", "machine"), ("data", "records"), ("information", "knowledge"), ("research", "inquiry"),
         ("数据", "资料"), ("服务", "业务"), ("措施", "办法"))  # fmt: skip
SHARE = 0.3
"""Share of the provisions that are edited."""
LONG = 40
"""Characters (twenty in Chinese) from which a provision is edited."""

Read = tuple[Document, tuple[Provision, ...]]


def versions(shared: Path, seed: int = 20251125) -> dict[str, float]:
    """Return the share of right labels over all documents and kinds, and the processor seconds of the longest diff."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    values = {}
    for name, path in DOCUMENTS.items():
        document = api.read(shared / path)
        old = document, api.split(document)
        new, made = edited(old, random.Random(f"{seed}{name}"))
        started = time.process_time()
        found = diff(old, new)
        seconds = time.process_time() - started
        said = {(p.start, "old"): c.kind for c in found.changes for p in c.old}
        said.update({(p.start, "new"): c.kind for c in found.changes if not c.old for p in c.new})
        good = bad = 0
        for key, kind in made.items():
            ok = said.get(key) == kind or (kind == "unchanged" and said.get(key) == "renumbered")
            total[kind] += 1
            right[kind] += ok
            good, bad = good + ok, bad + (not ok)
        values[f"versions.{name}"] = good / (good + bad)
        if name == "eu":
            values["versions.eu.seconds"] = seconds
    for kind in sorted(total):
        print(f"made edits, {kind}: {right[kind]} of {total[kind]}")
        values[f"versions.{kind}"] = right[kind] / total[kind]
    return {name: value for name, value in values.items() if name != "versions.eu.seconds"} | {
        "versions.eu_under_30_seconds": float(values["versions.eu.seconds"] < 30)
    }


def edited(old: Read, rng: random.Random) -> tuple[Read, dict[tuple[int, str], str]]:
    """Return a new version and what was done to each leaf, by where it starts (in the new one if it was added)."""
    document, provisions = old
    leaves = [p for p in provisions if p.leaf]
    texts: list[tuple[Provision, str, str]] = []
    moving: list[tuple[Provision, str, str]] = []
    for leaf in leaves:
        kind, text = "unchanged", leaf.text
        long = len(text) * (2 if leaf.language == "zh" else 1) >= LONG
        if long and leaf.start >= 0 and rng.random() < SHARE:
            kind = rng.choice(("reworded", "strengthened", "weakened", "dropped", "moved", "added"))
            text = changed(kind, leaf.text, rng)
            if not text:
                kind, text = "unchanged", leaf.text
        row = (leaf, kind, text)
        if kind == "moved":
            moving.append(row)
        elif kind == "added":
            texts += [(leaf, "unchanged", leaf.text), row]
        elif kind == "dropped":
            texts.append((leaf, kind, ""))
        else:
            texts.append(row)
    for row in moving:
        texts.insert(rng.randrange(len(texts) + 1), row)
    return _assembled(document, texts)


def changed(kind: str, text: str, rng: random.Random) -> str:
    """Return the words after an edit of this kind, or nothing where it can't be made here."""
    if kind in ("dropped", "moved"):
        return text
    if kind == "added":
        return NEW_ZH if re.search("[\u4e00-\u9fff]", text) else NEW[rng.randrange(len(NEW))]
    for before, after in {"weakened": WEAKER, "strengthened": STRONGER, "reworded": WORDS}[kind]:
        pattern = before if before[0] > "\u3000" else rf"\b{before}\b(?!\s+not)"
        if re.search(pattern, text):
            return re.sub(pattern, after, text, count=1)
    return ""


NEW = (
    "The harbour office publishes a yearly list of lighthouses and of the boats that may use them.",
    "Gardeners in every town receive seeds for ten kinds of trees before the first frost.",
    "Railway bridges older than fifty years are painted again by crews from the nearest depot.",
)
NEW_ZH = "港口办公室每年公布灯塔名录以及可以使用灯塔的船只清单。"


def _assembled(document: Document, texts: list[tuple[Provision, str, str]]) -> tuple[Read, dict[tuple[int, str], str]]:
    """Build the new document of one line a provision, with the provisions as if they had been split."""
    lines: list[str] = []
    provisions: list[Provision] = []
    made: dict[tuple[int, str], str] = {}
    at = 0
    for number, (leaf, kind, text) in enumerate(texts):
        if kind != "added":
            made[leaf.start, "old"] = kind
        if kind == "dropped":
            continue
        if kind == "added":
            made[at, "new"] = kind
        own = {"id": f"n{number}", "parent": None, "lead_in": None, "boxes": (), "start": at, "end": at + len(text)}
        provisions.append(replace(leaf, document="new", text=text, page_start=None, page_end=None, refs=(), **own))
        lines.append(text)
        at += len(text) + 1
    whole = "\n".join(lines)
    new = Document("new", document.title, document.language, "0" * 64, "text/plain", whole, ())
    return (new, tuple(provisions)), made

"""Splitting against more labels by hand, `python -m evals.run structure_more`: a file of `structure_more/` a document.

A label is a provision's number, kind and pages, its length in letters and digits, and the hash of these letters and
digits: no words. The documents were labelled from the pages (a PDF's pictures, the source of a text), and a second time
against what another reader finds on them. A prediction answers a label that has its hash. What a found provision holds
or is held by is no error of its own.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from pathlib import Path

from evals.common import SHARED
from polidiff.model import Provision
from polidiff.provisions import split
from polidiff.readers import read

LABELS = Path(__file__).parent / "structure_more"
INPUTS = tuple(
    f"corpora/{json.loads(file.read_text(encoding='utf-8'))['file']}" for file in sorted(LABELS.glob("*.json"))
)


def fingerprint(text: str) -> str:
    """Return the hash of the letters and digits of ``text``, whatever their case and width."""
    folded = "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return F1 of exact provisions, and the share of found ones with the right number, by document."""
    values: dict[str, float] = {}
    for file in sorted(LABELS.glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        found = split(read(shared / "corpora" / gold["file"]))
        values |= {f"{gold['id']}.{key}": value for key, value in scores(gold["provisions"], found).items()}
        print(gold["id"], {key: round(value, 4) for key, value in values.items() if key.startswith(gold["id"])})
    return values


def scores(labels: list[dict[str, str]], found: tuple[Provision, ...]) -> dict[str, float]:
    """Score the provisions of one document against its labels: ``f1`` and ``number``."""
    wanted = Counter(label["hash"] for label in labels)
    numbers = Counter((label["hash"], label["number"]) for label in labels)
    matched: dict[str, Provision] = {}
    for provision in found:
        mark = fingerprint(provision.text)
        if wanted[mark] > 0 and not any(_holds(other, provision) for other in matched.values()):
            wanted[mark] -= 1
            matched[provision.id] = provision
    wrong = [p for p in found if p.leaf and p.id not in matched and not any(_holds(m, p) for m in matched.values())]
    right = len(matched)
    same = sum((Counter((fingerprint(p.text), p.number or "") for p in matched.values()) & numbers).values())
    return {"f1": 2 * right / (2 * right + len(wrong) + sum(wanted.values())), "number": same / max(right, 1)}


def _holds(one: Provision, other: Provision) -> bool:
    return one.start <= other.start and other.end <= one.end

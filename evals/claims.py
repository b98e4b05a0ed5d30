"""Claims: `python -m evals.run claims`.

- 30 claims of others about the American plan, and the founding article's 12, by their scorers;
- 328 of our own about six documents (``evals/claims.jsonl``), in English and Chinese; ``held`` are 57 that were set
  aside before the method was made, ``dev`` those that it learns from (``evals/learn_claims.py``) or that came into
  being with a word list that serves them. A passage is kept as a place and a hash of its words, and looked for by that
  hash where the place has moved;
- the same ``dev`` with the verdicts' weights learnt anew without each document in turn.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evals.common import DOCUMENTS, ROOT, SHARED, score, write_lines
from polidiff import api
from polidiff.checking import given_claims
from polidiff.checking.claims.retrieval import SentenceIndex
from polidiff.encode import Encoder
from polidiff.model import ClaimVerdict, Document
from polidiff.model.outputs import verdict_lines

OURS = ROOT / "evals" / "claims.jsonl"
SOURCES = {name: file for name, file in DOCUMENTS.items() if not name.endswith(".digest.zh")}
DIGEST = DOCUMENTS["cn-global-ai-governance-2025.digest.en"]
INPUTS = (
    *SOURCES.values(),
    "seed/article.txt",
    "seed/audit.gold.jsonl",
    "gold/check/policy_claims.jsonl",
)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def place(document: Document, passage: dict[str, Any]) -> list[int]:
    """Where a passage of ``evals/claims.jsonl`` stands: at its place, or wherever as many words have its hash."""

    def digest(words: Iterable[str]) -> str:
        return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]

    start, end = passage["start"], passage["end"]
    if digest(re.findall(r"\w+", document.text[start:end].casefold())) == passage["sha256"]:
        return [start, end]
    words = [(m.start(), m.end(), m.group().casefold()) for m in re.finditer(r"\w+", document.text)]
    size = passage["words"]
    near = sorted(range(len(words) - size + 1), key=lambda i: abs(words[i][0] - start))
    for i in near:
        if digest(word for _, _, word in words[i : i + size]) == passage["sha256"]:
            return [words[i][0], words[i + size - 1][1]]
    raise ValueError(f"{document.id}: the passage at {start} is nowhere in its text any more")


def _scored(rows: list[dict[str, Any]], verdicts: Iterable[ClaimVerdict], texts: dict[str, str], gold: Path) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        made = write_lines(Path(folder) / "made.jsonl", verdict_lines(verdicts, texts))
        truth = write_lines(Path(folder) / "gold.jsonl", rows) if rows else gold
        return score("score_claims.py", made, truth)


def _crossed(encoder: Encoder) -> float:
    """Accuracy on the claims that may be looked at, each document's with weights learnt from the others'."""
    from evals.learn_claims import claims, crossed, verdict_rows

    known = claims()
    made = {row["document"].id: SentenceIndex(row["document"], encoder) for row in known}
    return crossed(*verdict_rows(known, made), [row["document"].id for row in known])


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Score claims given and claims found; all values but seconds are in 0..1 or counts of the founding article."""
    values: dict[str, float] = {}
    documents = {name: api.read(shared / file) for name, file in SOURCES.items()}
    texts = {name: document.text for name, document in documents.items()}
    encoder = api.default_encoder()

    policy = shared / "gold/check/policy_claims.jsonl"
    american = documents["us-ai-action-plan-2025"]
    given = given_claims([(row["id"], row["claim"], american.id) for row in _lines(policy)])
    found = _scored([], api.check_claims(given, [american], encoder=encoder), texts, policy)
    values |= {"policy.accuracy": found["accuracy"], "policy.macro_f1": found["macro_f1"]}

    for split in ("dev", "held"):
        ours = [row for row in _lines(OURS) if row["split"] == split]
        gold = [
            {
                "id": r["id"],
                "label": r["label"],
                "evidence": [place(documents[r["document"]], p) for p in r["passages"]],
            }
            for r in ours
        ]
        given = given_claims([(row["id"], row["claim"], row["document"]) for row in ours])
        found = _scored(gold, api.check_claims(given, list(documents.values()), encoder=encoder), texts, OURS)
        values |= {f"own_{split}.accuracy": found["accuracy"], f"own_{split}.recall_at_5": found["recall_at_5"]}

    values["own_crossed.accuracy"] = _crossed(encoder)

    act = documents["eu-ai-act-2024"]
    hundred = given_claims([(row["id"], row["claim"], act.id) for row in _lines(OURS)[:100]])
    began = time.perf_counter()
    api.check_claims(hundred, [act], encoder=type(encoder)())
    print(f"100 claims against a long act: {time.perf_counter() - began:.1f} s, the encoder's loading included")

    digest = api.read(shared / DIGEST)
    checked = api.check(shared / "seed/article.txt", [american, digest], claims=True, encoder=encoder)
    records = list(verdict_lines(checked.claims, {american.id: american.text, digest.id: digest.text}))
    with tempfile.TemporaryDirectory() as folder:
        audit = score(
            "score_audit.py", write_lines(Path(folder) / "a.jsonl", records), shared / "seed/audit.gold.jsonl"
        )
    values["audit.claims_met"] = float(audit["claims_met"])
    return values

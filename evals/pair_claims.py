"""Claims about four pairs of documents, without a model and with recorded answers: `python -m evals.run pair_claims`.

36 claims a pair, as journalists write them, with four verdicts. The answers (``evals/judge/claims-*.jsonl``: ids,
labels and places, no words) were given by readers who saw the requests alone, each round by another. Two pairs may be
read (``written``), two are scored and not read (``aside``): for those nothing but the counts is printed.

``not_false`` is the share of the false claims that are not called supported, ``kept`` that of the true ones that are;
``sure`` is the share of verdicts that aren't ``unsure``, ``sure_right`` how many of them are right.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.common import SHARED
from evals.pairs import ANSWERS, PAIRS
from evals.pairs import INPUTS as PAIR_INPUTS
from polidiff import api
from polidiff.judges.protocol import FolderJudge, Judge, Memory
from polidiff.model import Claim, ClaimVerdict, Document

__all__ = ["INPUTS", "measure"]

POLICY = "gold/check/policy_claims.jsonl"
INPUTS = (*PAIR_INPUTS, POLICY)


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return the measures of each pair, then with the answers recorded for it."""
    values: dict[str, float] = {}
    for pair, names in PAIRS.items():
        documents = [api.read(shared / "corpora" / name) for name in names]
        gold = [json.loads(line) for line in (shared / "gold/pairs" / pair / "claims.jsonl").open(encoding="utf-8")]
        kept = Memory.read(ANSWERS / f"claims-{pair}.jsonl")
        with tempfile.TemporaryDirectory() as folder:
            for name, judge in ((pair, None), (f"{pair}.answered", FolderJudge(Path(folder), kept))):
                values |= _scored(name, gold, _checked(gold, documents, judge))
    return values | _policy(shared)


def _policy(shared: Path) -> dict[str, float]:
    """The accuracy on 30 claims of others about the American plan, with the answers recorded for them."""
    plan = api.read(shared / "corpora" / PAIRS["us-uk"][0])
    gold = [json.loads(line) for line in (shared / POLICY).open(encoding="utf-8")]
    kept = Memory.read(ANSWERS / "claims-policy.jsonl")
    with tempfile.TemporaryDirectory() as folder:
        checker = api.ClaimChecker([plan], judge=FolderJudge(Path(folder), kept))
        said = checker.check_claims([Claim(row["id"], row["claim"], documents=(plan.id,)) for row in gold])
    right = sum(row["label"] == verdict.verdict for row, verdict in zip(gold, said, strict=True))
    print(f"policy claims, answered: {right} of {len(gold)}")
    return {"policy.answered.accuracy": right / len(gold)}


def _checked(
    gold: Sequence[dict[str, Any]], documents: Sequence[Document], judge: Judge | None
) -> tuple[ClaimVerdict, ...]:
    about = {"a": (documents[0].id,), "b": (documents[1].id,), "both": ()}
    claims = [Claim(row["id"], row["claim"], documents=about[row["document"]]) for row in gold]
    return api.ClaimChecker(documents, judge=judge).check_claims(claims)


def _scored(name: str, gold: Sequence[dict[str, Any]], verdicts: Sequence[ClaimVerdict]) -> dict[str, float]:
    rows = [(row["label"], verdict.verdict, not verdict.unsure) for row, verdict in zip(gold, verdicts, strict=True)]
    true = [said for label, said, _ in rows if label == "supported"]
    false = [said for label, said, _ in rows if label != "supported"]
    sure = [label == said for label, said, certain in rows if certain]
    surely_false = sum(certain and said == "supported" != label for label, said, certain in rows)
    counts = {
        "right": sum(label == said for label, said, _ in rows),
        "false_supported": false.count("supported"),
        "true_otherwise": len(true) - true.count("supported"),
        "sure": len(sure),
        "sure_right": sum(sure),
        "surely_false": surely_false,
    }
    print(f"{name}: {json.dumps(counts)} of {len(rows)}")
    return {
        f"{name}.accuracy": counts["right"] / len(rows),
        f"{name}.not_false": 1 - counts["false_supported"] / len(false),
        f"{name}.kept": true.count("supported") / len(true),
        f"{name}.sure": len(sure) / len(rows),
        f"{name}.sure_right": sum(sure) / len(sure) if sure else 1.0,
    }

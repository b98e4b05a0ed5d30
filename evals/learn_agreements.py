"""Make the weights of ``checking/claims/agreements.npz`` from ContractNLI's development set; say how good they are.

python -m evals.learn_agreements            accuracy and evidence recall@5 on agreements that were left out
python -m evals.learn_agreements --write    the weights, learnt from all of them

ContractNLI: Koreeda and Manning 2021, CC BY 4.0, https://stanfordnlp.github.io/contract-nli/. Weights of words are
kept and the sets of words of its seventeen kinds, none of its agreements or sentences. Both models are ridge
regressions: their numbers are the same on every run.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter

import numpy as np

from evals.common import ROOT, SHARED
from polidiff.checking.claims.agreements import LABELS, features, matrix, verdict_vector, with_leads, words_of
from polidiff.checking.claims.sentences import sentences_of
from polidiff.readers import read

LEAST_USES = 4
EVIDENCE_RIDGE, VERDICT_RIDGE = 4.0, 1.0
FOLDS = 5


class Corpus:
    """The agreements' sentences, and for each kind the evidence among them and the label."""

    def __init__(self) -> None:
        self.gold = [json.loads(line) for line in (SHARED / "gold/check/claims.jsonl").open(encoding="utf-8")]
        self.kinds = list(dict.fromkeys(row["claim"] for row in self.gold))
        self.names = sorted({row["document"] for row in self.gold})
        self.documents = {n: read(SHARED / f"gold/check/claims_text/{n}.txt") for n in self.names}
        self.sentences = {n: sentences_of(d) for n, d in self.documents.items()}
        self.features = {n: [features(s, d) for s in self.sentences[n]] for n, d in self.documents.items()}
        self.rows = {(row["document"], row["claim"]): row for row in self.gold}

    def evidence(self, name: str) -> np.ndarray:
        """Shape ``(sentences, kinds)``: 1 where a sentence is evidence."""
        made = np.zeros((len(self.sentences[name]), len(self.kinds)))
        for j, kind in enumerate(self.kinds):
            for a, b in self.rows[name, kind]["evidence"]:
                for i, sentence in enumerate(self.sentences[name]):
                    start, end = sentence.span
                    shared = min(end, b) - max(start, a)
                    if shared >= 0.5 * (end - start) or shared >= 0.5 * (b - a):
                        made[i, j] = 1
        return made

    def labels(self, name: str) -> list[int]:
        return [LABELS.index(self.rows[name, kind]["label"]) for kind in self.kinds]


def fit(corpus: Corpus, names: list[str]) -> dict[str, np.ndarray]:
    """Learn both models from the agreements in ``names``."""
    uses = Counter(key for n in names for key in set().union(*corpus.features[n]))
    words = sorted(key for key, count in uses.items() if count >= LEAST_USES)
    index = {key: i for i, key in enumerate(words)}
    spread = Counter(key for n in names for row in corpus.features[n] for key in row)
    size = sum(len(corpus.features[n]) for n in names)
    rarity = np.array([np.log(size / (1 + spread[key])) + 1 for key in words])
    parts = [matrix(corpus.features[n], index, rarity) for n in names]
    truth = [corpus.evidence(n) for n in names]
    a, y = np.concatenate(parts), np.concatenate(truth)
    base = y.mean(axis=0)
    inverse = np.linalg.inv(a @ a.T + EVIDENCE_RIDGE * np.eye(len(a)))
    dual = inverse @ (y - base)
    left_out, at = [], 0
    for part, known in zip(parts, truth, strict=True):  # what a model without this agreement would say of it
        end = at + len(part)
        left_out.append(known - np.linalg.solve(inverse[at:end, at:end], dual[at:end]))
        at = end
    verdicts, bases = [], []
    for j in range(len(corpus.kinds)):
        v = np.stack([verdict_vector(part, scores[:, j]) for part, scores in zip(parts, left_out, strict=True)])
        middle = v.mean(axis=0)
        wanted = np.eye(len(LABELS))[[corpus.labels(n)[j] for n in names]]
        mean = wanted.mean(axis=0)
        kernel = (v - middle) @ (v - middle).T + VERDICT_RIDGE * np.eye(len(v))
        weights = (v - middle).T @ np.linalg.solve(kernel, wanted - mean)
        verdicts.append(weights)
        bases.append(mean - middle @ weights)
    return {
        "words": np.array(words),
        "rarity": rarity,
        "evidence": a.T @ dual,
        "evidence_base": base,
        "verdict": np.stack(verdicts, axis=2),
        "verdict_base": np.stack(bases),
    }


def cross_validate(corpus: Corpus) -> dict[str, float]:
    """Accuracy and recall@5 over agreements that were left out, in folds by document."""
    right = n = hit = spans = 0
    for fold in range(FOLDS):
        test = corpus.names[fold::FOLDS]
        model = fit(corpus, [name for name in corpus.names if name not in test])
        index = {str(key): i for i, key in enumerate(model["words"])}
        for name in test:
            rows = matrix(corpus.features[name], index, model["rarity"])
            scores = rows @ model["evidence"] + model["evidence_base"]
            for j, kind in enumerate(corpus.kinds):
                total = verdict_vector(rows, scores[:, j]) @ model["verdict"][:, :, j] + model["verdict_base"][j]
                gold = corpus.rows[name, kind]
                right += LABELS[int(total.argmax())] == gold["label"]
                n += 1
                best = with_leads(corpus.sentences[name], np.argsort(-scores[:, j], kind="stable"))[:5]
                for a, b in gold["evidence"]:
                    covered = set().union(*(range(max(a, s), min(b, e)) for s, e in (span for span, _ in best)))
                    spans += 1
                    hit += 2 * len(covered) >= b - a
    return {"by_document.accuracy": right / n, "by_document.recall_at_5": hit / spans}


def write(corpus: Corpus) -> None:
    """Learn from all agreements and write the weights as whole numbers of a small unit."""
    model = fit(corpus, corpus.names)
    made: dict[str, np.ndarray] = {}
    for name in ("evidence", "verdict"):
        unit = np.abs(model[name]).max() / 32000
        made[name] = np.rint(model[name] / unit).astype(np.int16)
        made[f"{name}_unit"] = np.array(unit)
    made |= {name: model[name].astype(np.float32) for name in ("rarity", "evidence_base", "verdict_base")}
    for name, value in (
        ("words", [str(w) for w in model["words"]]),
        ("kinds", [sorted({word.key for word in words_of(kind).words}) for kind in corpus.kinds]),
    ):
        made[name] = np.frombuffer(json.dumps(value).encode("utf-8"), dtype=np.uint8)
    np.savez_compressed(ROOT / "src/polidiff/checking/claims/agreements.npz", **made)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    if parser.parse_args().write:
        write(Corpus())
    else:
        print(cross_validate(Corpus()))

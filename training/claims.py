"""Fit the head that says how likely each verdict on a claim is: `python -m training.claims [--write]`.

Learnt from the team's claims (four verdicts on each passage, within a word of one length), each searched in its whole
document as a user's would be. Documents, with their versions and translations, are left out together in turn.
Reported: how often the likeliest verdict is right, the AUC among claims of equal length of supported against
contradicted and overstated, and what is right of the verdicts over a likelihood. What was compared is kept in
``POLIDIFF_TRAINING``: it takes some minutes.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from polidiff import api
from polidiff.checking.claims.aggregate import number_verdicts, summed
from polidiff.checking.claims.decide import READ, ruled
from polidiff.checking.claims.doubt import LABELS, comparison
from polidiff.checking.claims.features import contrast
from polidiff.checking.claims.retrieval import SentenceIndex
from polidiff.encode.threads import one_thread_each
from training.data import KEPT, SHARED, family_of, lines

TARGET = Path(__file__).resolve().parents[1] / "src/polidiff/checking/claims/claim_head.npz"
PENALTY, FOLDS = 0.005, 12
DIGITS = 3
"""Digits of a number that are learnt from: the last ones of a likeness change with what is encoded beside it."""
Rows = list[dict[str, Any]]


def compared(shared: Path = SHARED) -> Rows:
    """Return each labelled claim with its ``values``; None for one that finds no passage."""
    files = {path.stem: path for path in sorted((shared / "corpora").rglob("*")) if path.suffix != ".tsv"}
    by_document: dict[str, Rows] = defaultdict(list)
    for row in lines(shared / "labels/claims.jsonl"):
        by_document[row["document"]].append(row)
    found: Rows = []
    (KEPT / "claims").mkdir(parents=True, exist_ok=True)
    for name, rows in sorted(by_document.items()):
        kept = KEPT / "claims" / f"{name}.json"
        if not kept.exists():
            shelf = SentenceIndex(api.read(files[name]), api.default_encoder())
            with one_thread_each():
                made = [_compared(row, shelf) for row in rows]
            kept.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
            print(f"{name}: {len(rows)} claims", flush=True)
        found += json.loads(kept.read_text(encoding="utf-8"))
    return [row for row in found if row["values"] is not None]


def _compared(row: dict[str, Any], shelf: SentenceIndex) -> dict[str, Any]:
    claim = row["claim"]
    search = shelf.search(claim)
    made = {name: row[name] for name in ("id", "document", "verdict")}
    size = len(claim.split()) if shelf.manner(claim) == "english" else len(claim)
    made |= {"manner": shelf.manner(claim), "size": size, "values": None}
    if search.candidates:
        contrasts = [contrast(claim, search, one, shelf) for one in search.candidates[:READ]]
        sums, numbers = summed(contrasts), list(number_verdicts(contrasts).values())
        made["values"] = comparison(claim, search, contrasts, sums, ruled(claim, search, contrasts), numbers)
    return made


def fitted(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return means, spreads, slopes and bases."""
    middle, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    model = LogisticRegression(C=PENALTY, max_iter=3000).fit((x - middle) / spread, y)
    return middle, spread, model.coef_.T, model.intercept_


def shares(x: np.ndarray, head: tuple[np.ndarray, ...]) -> np.ndarray:
    """Return the likelihood of each verdict, shape ``(claims, 4)``."""
    middle, spread, slopes, base = head
    odds = np.exp(np.clip((x - middle) / spread, -6, 6) @ slopes + base)
    made: np.ndarray = odds / odds.sum(axis=1, keepdims=True)
    return made


def left_out(x: np.ndarray, y: np.ndarray, families: np.ndarray) -> np.ndarray:
    """Return the likelihoods for claims whose documents were left out."""
    names = sorted(set(families))
    order = np.random.RandomState(0).permutation(len(names))
    fold = {names[i]: n % FOLDS for n, i in enumerate(order)}
    part = np.array([fold[name] for name in families])
    made = np.zeros((len(y), len(LABELS)))
    for n in range(FOLDS):
        if (part == n).any():
            made[part == n] = shares(x[part == n], fitted(x[part != n], y[part != n]))
    return made


def equal_length(score: np.ndarray, y: np.ndarray, sizes: np.ndarray, other: int) -> float:
    """Return the AUC of supported claims against those of the verdict ``other``, over pairs of one length."""
    won = pairs = 0.0
    for size in sorted(set(sizes.tolist())):
        gap = score[(sizes == size) & (y == 0)][:, None] - score[(sizes == size) & (y == other)][None]
        won, pairs = won + float((gap > 0).sum() + 0.5 * (gap == 0).sum()), pairs + gap.size
    return won / pairs


def main() -> None:
    """Fit, report, and with ``--write`` keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = compared()
    y = np.array([LABELS.index(row["verdict"]) for row in rows])
    english = np.array([row["manner"] == "english" for row in rows])
    families = np.array([family_of(row["document"]) for row in rows])
    kept: dict[str, np.ndarray] = {}
    told = np.zeros((len(y), len(LABELS)))
    for which, mask in (("english", english), ("other", ~english)):
        mine = [row for row, one in zip(rows, mask, strict=True) if one]
        names = sorted({name for row in mine for name in row["values"]})
        x = np.round([[row["values"].get(name, 0.0) for name in names] for row in mine], DIGITS)
        told[mask] = left_out(x, y[mask], families[mask])
        parts = dict(zip(("middle", "spread", "slopes", "base"), fitted(x, y[mask]), strict=True))
        kept |= {f"{which}_{part}": np.round(values, 5).astype(np.float32) for part, values in parts.items()}
        kept[f"{which}_names"] = np.array(names)
    report(told, y, np.array([row["size"] for row in rows]))
    if options.write:
        np.savez_compressed(TARGET, **kept)  # type: ignore[arg-type]


def report(told: np.ndarray, y: np.ndarray, sizes: np.ndarray) -> None:
    """Print what the head is worth on documents left out."""
    label, chance = told.argmax(axis=1), told.max(axis=1)
    logs = np.log(told + 1e-9)
    print(f"{len(y)} claims; likeliest verdict right: {(label == y).mean():.3f}")
    for other in (2, 1):
        auc = equal_length(logs[:, 0] - logs[:, other], y, sizes, other)
        print(f"supported against {LABELS[other]}, claims of equal length: AUC {auc:.3f}")
    for least in (0.4, 0.5, 0.55, 0.6, 0.7, 0.75):
        over = chance >= least
        print(f"likelihood {least} and over: {over.mean():.2f} of claims, {(label == y)[over].mean():.2f} right")


if __name__ == "__main__":
    main()

"""Fit the curve that turns a theme's standing into its score, and measure it: python -m evals.fit_themes

The labels are the project's own (``provision_themes.jsonl``, ``section_themes.jsonl``); the American sections, which
``evals/coding.py`` measures, take no part. Prints the coefficients (the coder has them rounded) and, with each document
left out of the fit in turn, its micro-F1 at the coder's threshold, the expected calibration error, and the error of the
best theme at falling coverage. Needs scikit-learn. Not run by ``evals.run``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from evals.coding import SECTIONS, THEMES, calibration_error, nearest, rows, table
from evals.common import SHARED
from polidiff.coding import load_codebook
from polidiff.coding.bodies import register_of
from polidiff.coding.coder import cast_of
from polidiff.coding.context import context_of, labels_of, used
from polidiff.coding.themes import THRESHOLD, ThemeEvidence, theme_coder
from polidiff.model import Document, Provision
from polidiff.provisions import split
from polidiff.readers import read

Unit = tuple[str, set[str], dict[str, ThemeEvidence]]


def standings(document: Document, provisions: list[Provision]) -> list[dict[str, ThemeEvidence]]:
    """How each broad theme stands in each provision."""
    coder = theme_coder(load_codebook())
    labels, register = labels_of(provisions), register_of(document)
    contexts = [context_of(document, provision, labels) for provision in provisions]
    hits = [used(context, coder.find(context.words)) for context in contexts]
    damping = coder.damping(hits)
    made = []
    for provision, context, found in zip(provisions, contexts, hits, strict=True):
        slots = cast_of(provision, context.language, register, "plan").slots
        all_ = coder.standings(context, found, damping, slots)
        made.append({theme: standing for theme, standing in all_.items() if coder.root(theme) == theme})
    return made


def units(shared: Path) -> list[Unit]:
    """The labelled places with what stands there, by document."""
    labelled = rows(THEMES) + rows(SECTIONS)
    found: list[Unit] = []
    for name in dict.fromkeys(row["document"] for row in labelled):
        document = read(shared / name)
        provisions = list(split(document))
        inside = standings(document, provisions)
        here = [row for row in labelled if row["document"] == name]
        whole = [row for row in here if row.get("kind") == "section"]
        alone = standings(*table(document.text[row["start"] : row["end"]] for row in whole)) if whole else []
        found += [(name, set(row["tags"]), made) for row, made in zip(whole, alone, strict=True)]
        rest = [row for row in here if row.get("kind") != "section"]
        found += [(name, set(row["tags"]), inside[nearest(provisions, row)]) for row in rest]
    return found


def main() -> int:
    """Print the fit and what it is worth; leave with status 0."""
    if not SHARED.is_dir():
        print(f"nothing was fitted: the real documents are not here ({SHARED})")
        return 0
    linear: Any = import_module("sklearn.linear_model")
    found = units(SHARED)
    pairs = [(at, theme, name, theme in tags) for at, (name, tags, made) in enumerate(found) for theme in made]
    table_ = [list(map(float, found[at][2][theme])) for at, theme, _, _ in pairs]
    model = linear.LogisticRegression().fit(table_, [right for *_, right in pairs])
    print(
        "coefficients",
        dict(zip(ThemeEvidence._fields, model.coef_[0].round(2).tolist(), strict=True)),
        model.intercept_.round(2).tolist(),
    )
    scores: dict[tuple[int, str], float] = {}
    for left in dict.fromkeys(name for name, _, _ in found):
        rest = [n for n, pair in enumerate(pairs) if pair[2] != left]
        model = linear.LogisticRegression().fit([table_[n] for n in rest], [pairs[n][3] for n in rest])
        for n, (at, theme, name, _) in enumerate(pairs):
            if name == left:
                scores[at, theme] = float(model.predict_proba([table_[n]])[0, 1])
    given = [(scores[at, theme], right) for at, theme, _, right in pairs if scores[at, theme] >= THRESHOLD]
    total = sum(len(tags) for _, tags, _ in found)
    print(f"micro-F1 {2 * sum(right for _, right in given) / (total + len(given)):.3f} over {len(found)} places")
    print(f"calibration error {calibration_error(*zip(*given, strict=True)):.3f}")
    best: dict[int, tuple[float, bool]] = {}
    for at, theme, _, right in pairs:
        if scores[at, theme] >= THRESHOLD:
            best[at] = max(best.get(at, (0.0, False)), (scores[at, theme], right))
    order = sorted(best.values(), reverse=True)
    for coverage in (100, 90, 80, 60):
        kept = order[: round(len(order) * coverage / 100)]
        print(f"error at {coverage}% coverage {1 - sum(right for _, right in kept) / len(kept):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

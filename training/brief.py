"""Learn which sentences of a brief a reader calls right: python -m training.brief rarity | candidates | fit

``rarity`` counts, over the labelled passages of ``../shared/labels``, in what share of documents somebody commits to a
theme, to a field of policy, and to a field by a means, and writes ``rarity.toml``. ``candidates FOLDER REPORT...``
writes what the briefs of reports could say, for readers. ``fit`` reads ``labels/brief.jsonl`` and the reports that it
names, prints what each section is worth with each pair of documents left out, and writes ``chooser.toml``.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from evals.common import ROOT, SHARED

from polidiff.interchange.opened import open_report
from polidiff.model.briefs import StatementKind
from polidiff.report.briefing.article import desk_of, sentence
from polidiff.report.briefing.candidates import Candidate, Scores, alone, apart, both
from polidiff.report.briefing.chances import probability
from polidiff.report.briefing.choose import Desk, Lead
from polidiff.report.passages import ReportContext
from polidiff.wording import Locale

DUMPED: dict[StatementKind, tuple[int, int]] = {"both": (14, 8), "apart": (4, 1), "alone": (12, 8)}
"""Of each kind how many candidates readers see: the likeliest, and others further down."""
LABELS = ROOT / "labels" / "brief.jsonl"
COST = {"half": 0.05, "both": 0.1, "alone": 0.1}
"""Inverse strength of the ridge."""
FEWEST = 8
"""Rows in which a feature must stand to be learnt."""
HERE = ROOT / "src" / "polidiff" / "report" / "briefing"


def rarity() -> None:
    """Write ``rarity.toml``."""
    documents: set[str] = set()
    counts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in (SHARED / "labels" / "passages.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        documents.add(row["document"])
        if row["kind"] not in ("commitment", "aim", "principle"):
            continue
        fields = [row["policy"]] if isinstance(row["policy"], str) else row["policy"]
        for theme in row["themes"]:
            counts["themes"][theme].add(row["document"])
        for field in fields:
            counts["fields"][field].add(row["document"])
            for means in row["instruments"]:
                counts[f"field.{field}"][means].add(row["document"])
    lines = [
        "# In what share of documents somebody commits to a theme, to a field of policy, and to a field by a means:",
        f"# counted over the labelled passages of {len(documents)} documents by python -m training.brief rarity.",
    ]
    for name in sorted(counts):
        lines += ["", f'["{name}"]']
        lines += [f"{key} = {len(held) / len(documents):.3f}" for key, held in sorted(counts[name].items())]
    (HERE / "rarity.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def candidates(report: Path) -> list[dict[str, Any]]:
    """Return what the brief of a report could say: the likeliest of each kind, and some of all the others."""
    desk = desk_of(ReportContext(open_report(report).comparison, _tongue(report)))
    made = []
    for kind, (first, others) in DUMPED.items():
        ranked = sorted(
            {"both": both, "apart": apart, "alone": alone}[kind](desk),
            key=lambda one: (-one.chance, one.leads[0].passage.start),
        )
        used: Counter[tuple[str, str]] = Counter()
        kept = []
        for one in ranked:
            if all(used[lead.key] < 2 for lead in one.leads):
                used.update(lead.key for lead in one.leads)
                kept.append(one)
        rest = kept[first : first + 12 * others]
        chosen = kept[:first] + rest[:: max(1, len(rest) // others)][:others]
        made += [_row(desk, one) for one in chosen]
    return made


def _tongue(report: Path) -> Locale:
    return "zh" if all(one.language == "zh" for one in open_report(report).comparison.documents) else "en"


def _row(desk: Desk, one: Candidate) -> dict[str, Any]:
    """A candidate as a line: its places, what is printed, and its numbers."""
    bench = desk.bench
    return {
        "kind": one.kind,
        "said": "".join(piece.printed for piece in sentence(bench, one.kind, one.leads)),
        "places": [[lead.passage.document, lead.passage.start, lead.passage.end, lead.key[1]] for lead in one.leads],
        "chance": one.chance,
        "features": dict(one.features),
    }


def dump(reports: Sequence[Path], folder: Path) -> None:
    """Write for readers ``N.jsonl`` of each report, shuffled, and beside the folder what belongs to each id."""
    chance = random.Random(18)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.key.jsonl").open("a", encoding="utf-8") as key:
        for report in reports:
            rows = candidates(report)
            chance.shuffle(rows)
            for document in open_report(report).comparison.documents:
                text = f"{document.title}\n\n{document.text}"
                (folder / f"{document.id}.txt").write_text(text, encoding="utf-8")
            with (folder / f"{report.name}.jsonl").open("w", encoding="utf-8") as out:
                for number, row in enumerate(rows, start=1):
                    id_ = f"{report.name}-{number:02d}"
                    places = [{"document": where[0], "start": where[1], "end": where[2]} for where in row["places"]]
                    out.write(
                        json.dumps(
                            {"id": id_, "kind": row["kind"], "said": row["said"], "from": places}, ensure_ascii=False
                        )
                        + "\n"
                    )
                    key.write(json.dumps({"id": id_, **row}, ensure_ascii=False) + "\n")


def labelled(reports: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the readers' rows with the numbers of today: of halves, of pairs side by side, of what stands alone."""
    found: dict[str, list[dict[str, Any]]] = {"half": [], "both": [], "alone": []}
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    for name in dict.fromkeys(row["pair"] for row in rows):
        report = reports / name
        desk = desk_of(ReportContext(open_report(report).comparison, _tongue(report)))
        scores = Scores(desk)
        silent = {one.leads[0].key: one for one in alone(desk)}
        for row in (row for row in rows if row["pair"] == name):
            leads = [_lead(desk, *place) for place in row["places"]]
            for lead, said in zip(leads, (row["a"], row["b"]), strict=False):
                if lead is not None:
                    found["half"].append({"pair": name, "x": lead.features, "y": said == "ok", "lead": lead})
            held = [lead for lead in leads if lead is not None]
            if len(held) < len(leads):
                continue
            about = {
                "pair": name,
                "y": row["verdict"] == "right",
                "wrong": row["verdict"] == "wrong",
                "match": row["match"],
                "leads": held,
            }
            if row["kind"] in ("both", "apart") and len(held) == 2:
                found["both"].append({**about, "x": dict(scores.features((held[0], held[1])))})
            elif row["kind"] == "alone" and held[0].key in silent:
                found["alone"].append({**about, "x": dict(silent[held[0].key].features)})
    return found


def _lead(desk: Desk, document: str, start: int, end: int, provision: str) -> Lead | None:
    return next((one for one in desk.leads(document, provision) if one.passage.start == start), None)


def fitted(rows: Sequence[Mapping[str, Any]], cost: float) -> dict[str, float]:
    """Return the weights of a logistic regression on the rows, in the features' own units."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer(sparse=False)
    x = vectorizer.fit_transform([row["x"] for row in rows])
    mean, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 0.05)
    rare = (x != 0).sum(axis=0) < FEWEST
    scaled = (x - mean) / spread
    scaled[:, rare] = 0.0
    model = LogisticRegression(C=cost, max_iter=2000).fit(scaled, [row["y"] for row in rows])
    weights = model.coef_[0] / spread
    constant = float(model.intercept_[0] - (model.coef_[0] * mean / spread)[~rare].sum())
    named = zip(vectorizer.get_feature_names_out(), weights, rare, strict=True)
    return {"constant": round(constant, 4), **{name: round(float(w), 4) for name, w, out in named if not out}}


def chances(weights: Mapping[str, float], rows: Sequence[Mapping[str, Any]]) -> list[float]:
    """Return the chance of each row under weights."""
    return [probability(weights, row["x"]) for row in rows]


def left_out(rows: Sequence[dict[str, Any]], cost: float, train: set[str] | None = None) -> list[float]:
    """Return each row's chance by weights that were fitted without its pair of documents."""
    made = [0.0] * len(rows)
    for name in dict.fromkeys(row["pair"] for row in rows):
        own = [at for at, row in enumerate(rows) if row["pair"] == name]
        others = [row for row in rows if row["pair"] != name and (train is None or row["pair"] in train)]
        for at, value in zip(own, chances(fitted(others, cost), [rows[at] for at in own]), strict=True):
            made[at] = value
    return made


def report(kind: str, rows: Sequence[Mapping[str, Any]], values: Sequence[float]) -> None:
    """Print how many would be printed, and how many of them are right, from each chance on."""
    from sklearn.metrics import roc_auc_score

    y = np.array([row["y"] for row in rows])
    wrong = np.array([row.get("wrong", False) for row in rows])
    value = np.array(values)
    print(f"{kind}: {len(y)} rows, {y.sum()} right, AUC {roc_auc_score(y, value):.3f}")
    for least in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.72, 0.75, 0.78, 0.8):
        chosen = value >= least
        if chosen.sum():
            shares = f"right {y[chosen].mean():.2f}, wrong {wrong[chosen].mean():.2f}"
            print(f"   from {least}: {chosen.sum()} printed, {shares}")


def fit(reports: Path) -> None:
    """Print what is said of pairs left out, by the number of pairs learnt from, and write the weights."""
    found = labelled(reports)
    half = left_out(found["half"], COST["half"])
    report("half", found["half"], half)
    known = {(row["pair"], row["lead"].passage): value for row, value in zip(found["half"], half, strict=True)}
    weights = {"half": fitted(found["half"], COST["half"])}
    names = list(dict.fromkeys(row["pair"] for row in found["half"]))
    for kind in ("both", "alone"):
        matching = [{**row, "y": row["match"] == "yes"} for row in found[kind]]
        whole = [math.prod(known[row["pair"], lead.passage] for lead in row["leads"]) for row in found[kind]]
        told = [value * own for value, own in zip(left_out(matching, COST[kind]), whole, strict=True)]
        report(kind, found[kind], told)
        for count in (5, 8):
            some = {row["pair"] for row in matching if row["y"]}
            drawn = [set(random.Random(seed).sample(names, count)) for seed in range(12)]
            drawn = [train for train in drawn if len(train & some) > 1]
            scores = [_auc(matching, left_out(matching, COST[kind], train)) for train in drawn]
            print(f"   match, learnt from {count} pairs: AUC {np.mean(scores):.3f}")
        weights[kind] = fitted(matching, COST[kind])
    write(weights)


def _auc(rows: Sequence[Mapping[str, Any]], values: Sequence[float]) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score([row["y"] for row in rows], values))


def write(weights: Mapping[str, Mapping[str, float]]) -> None:
    """Write the weights into ``chooser.toml``; what stands there under ``printed`` stays."""
    path = HERE / "chooser.toml"
    old = path.read_text(encoding="utf-8")
    lines = [old[: old.index("\n[half]")].rstrip(), ""]
    for kind, held in weights.items():
        lines += [f"[{kind}]", *(f'"{name}" = {value}' for name, value in sorted(held.items())), ""]
    path.write_text("\n".join(lines).lstrip() + "\n" + old[old.index("\n[printed]") + 1 :], encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "rarity":
        rarity()
    elif sys.argv[1] == "candidates":
        dump([Path(one) for one in sys.argv[3:]], Path(sys.argv[2]))
    else:
        fit(Path(sys.argv[2]))

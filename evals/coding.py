"""Measure the cue rules against people's labels: themes, actors, strength, posture, forum; and its speed.

Themes are coded from the bundled codebook alone. Strength is read sentence by sentence, without what stands around it.
"""

from __future__ import annotations

import csv
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.common import score, write_lines
from polidiff import coding
from polidiff.coding.coder import cued
from polidiff.coding.learn import learn
from polidiff.coding.strength import sureness
from polidiff.coding.strength_law import Strength, law_strength
from polidiff.coding.strength_plan import plan_strength
from polidiff.coding.strength_zh import law_strength_zh
from polidiff.coding.themes import THRESHOLD
from polidiff.coding.whole import DECIDES
from polidiff.encode import MultilingualEncoder
from polidiff.model import Codebook, Coding, Document, Provision, Theme
from polidiff.provisions import split
from polidiff.readers import read

#: Posture and forum of 200 provisions, labelled by one hand before the coder was looked at. ``posture`` is competition
#: where a provision means to outdo, restrict or counter other countries or to lead them, cooperation where it works
#: with or for other countries. ``forum`` is national where the country (or the Union) that speaks, its bodies or its
#: people act or are acted for; allied with chosen partners; multilateral among all countries or through their bodies.
STANCES = Path(__file__).with_name("posture_forum.jsonl")
#: Broad themes of every second one of them, by the same hand.
THEMES = Path(__file__).with_name("provision_themes.jsonl")
#: Broad themes of 170 more places, by the same hand, before the coder was looked at: the British recommendations and
#: articles of the EU act and the Chinese measures as whole units, and items and sections of the digests. The codebook's
#: terms were widened afterwards with these labels in view, so that they tell less than the American sections do.
SECTIONS = Path(__file__).with_name("section_themes.jsonl")
INPUTS = (
    "gold/coding/plan_themes.jsonl",
    "gold/coding/themes",
    "gold/coding/actors",
    "gold/coding/strength",
    "corpora/us-ai-action-plan-2025.pdf",
)
UK_CLASSES = {"obligation", "permission", "prohibition"}


def cues(document: Document, provisions: Sequence[Provision]) -> tuple[Coding, ...]:
    """What the cue rules say, without the learnt heads, which ``evals/heads.py`` measures."""
    return cued(document, provisions, coding.load_codebook(), least=THRESHOLD)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def table(texts: Iterable[str]) -> tuple[Document, list[Provision]]:
    """A document made of rows, each a provision, as a framework table is read."""
    provisions: list[Provision] = []
    parts: list[str] = []
    at = 0
    for index, text in enumerate(texts):
        provisions.append(Provision("rows", f"r{index}", None, "row", (), text, at, at + len(text)))
        parts.append(text)
        at += len(text) + 1
    return Document("rows", "rows", "und", "", "text/plain", "\n".join(parts), ()), provisions


def themes(shared: Path, work: Path) -> dict[str, float]:
    gold = shared / "gold" / "coding" / "plan_themes.jsonl"
    labelled = rows(gold)
    broad = {theme.id for theme in coding.load_codebook().themes if theme.parent is None}
    codings = cues(*table(row["text"] for row in labelled))
    predicted = [
        {
            "id": row["id"],
            "tags": [code.id for code in made.themes if code.id in broad],
            "scores": {code.id: code.score for code in made.themes if code.id in broad},
        }
        for row, made in zip(labelled, codings, strict=True)
    ]
    got = score("score_multilabel.py", gold, write_lines(work / "themes.jsonl", predicted), "--json", shared=shared)
    return {"themes_micro_f1": got["micro_f1"], "themes_macro_f1": got["macro_f1"], "themes_lrap": got["lrap"]}


def tag_codebook(path: Path) -> tuple[Codebook, dict[str, str]]:
    """A codebook made of the tags' names alone, and the tag of each theme. It is built here and ships nowhere."""
    with path.open(encoding="utf-8", newline="") as file:
        tags = [row["tag"] for row in csv.DictReader(file, delimiter="\t")]
    ids = {tag: f"tag{number}" for number, tag in enumerate(tags)}
    themes = []
    for tag in tags:
        parts = tag.split(": ")
        above = [": ".join(parts[:size]) for size in range(len(parts) - 1, 1, -1)]
        parent = next((ids[name] for name in above if name in ids), None)
        themes.append(Theme(ids[tag], parts[0], parts[-1], parts[-1], ", ".join(parts), "", "", (), (), parent=parent))
    return Codebook("tags", "1", "Tags", (), tuple(themes)), {theme: tag for tag, theme in ids.items()}


def tags(shared: Path, work: Path) -> dict[str, float]:
    """Whole documents with a codebook of names alone: without training, and learnt from the labels of other folds."""
    folder = shared / "gold" / "coding" / "themes"
    codebook, names = tag_codebook(folder / "codebook_agora.tsv")
    labelled = rows(folder / "agora_dev.jsonl")
    texts = [(folder / row["text_file"]).read_text(encoding="utf-8") for row in labelled]
    documents = [Document(r["id"], "", "en", "", "text/plain", t, ()) for r, t in zip(labelled, texts, strict=True)]
    coded = coding.code_documents(documents, codebook, vectors=MultilingualEncoder())
    alone = [{names[code.id]: code.score for code in codes} for codes in coded]
    learnt = learnt_tags(texts, alone, [set(row["tags"]) for row in labelled], list(names.values()))
    values: dict[str, float] = {}
    for name, scored in (("tags", alone), ("learnt_tags", learnt)):
        predicted = [
            {"id": row["id"], "tags": [tag for tag, value in scores.items() if value >= DECIDES], "scores": scores}
            for row, scores in zip(labelled, scored, strict=True)
        ]
        gold = folder / "agora_dev.jsonl"
        got = score("score_multilabel.py", gold, write_lines(work / "tags.jsonl", predicted), "--json", shared=shared)
        values |= {f"{name}_micro_f1": got["micro_f1"], f"{name}_lrap": got["lrap"]}
    return values


def learnt_tags(
    texts: Sequence[str], alone: Sequence[dict[str, float]], gold: Sequence[set[str]], names: Sequence[str]
) -> list[dict[str, float]]:
    """Scores of each fifth of the documents, learnt from the other four fifths. What is learnt is thrown away."""
    base = np.array([[scores[name] for name in names] for scores in alone])
    made: list[dict[str, float]] = [{} for _ in texts]
    for fold in range(5):
        held = range(fold, len(texts), 5)
        rest = [at for at in range(len(texts)) if at % 5 != fold]
        learner = learn([texts[at] for at in rest], base[rest], [gold[at] for at in rest], names, DECIDES)
        for at, scores in zip(held, learner.scores([texts[at] for at in held], base[held]), strict=True):
            made[at] = dict(zip(names, map(float, scores), strict=True))
    return made


def actors(shared: Path, work: Path) -> dict[str, float]:
    document = read(shared / "corpora" / "us-ai-action-plan-2025.pdf")
    provisions = split(document)
    predicted = [
        {
            "id": provision.id,
            "text": provision.text,
            "lead": [actor.name for actor in made.lead],
            "others": [actor.name for actor in made.others],
        }
        for provision, made in zip(provisions, cues(document, provisions), strict=True)
        if provision.leaf
    ]
    folder = shared / "gold" / "coding" / "actors"
    got = score(
        "score_actors.py",
        folder / "dev.jsonl",
        write_lines(work / "actors.jsonl", predicted),
        "--aliases",
        folder / "aliases.json",
        "--json",
        shared=shared,
    )
    return {"actors_lead_f1": got["lead_f1"], "actors_others_f1": got["others_f1"]}


def strength(shared: Path, work: Path) -> dict[str, float]:
    folder = shared / "gold" / "coding" / "strength"
    sets: tuple[tuple[str, str, Callable[[str], Strength], Callable[[dict[str, Any]], bool]], ...] = (
        ("strength_uk_act", "uk_acts_dev.jsonl", law_strength, lambda row: bool(row.get("n_annotations"))),
        ("strength_leases", "lexdemod_dev.jsonl", law_strength, lambda row: True),
        ("strength_plans", "plan_dev.jsonl", plan_strength, lambda row: True),
        ("strength_chinese", "china_dev.jsonl", law_strength_zh, lambda row: True),
    )
    values: dict[str, float] = {}
    believed: list[tuple[float, bool]] = []
    for name, file, reader, wanted in sets:
        labelled = [row for row in rows(folder / file) if wanted(row)]
        gold = write_lines(work / f"{name}.gold.jsonl", labelled)
        read_ = [reader(row["text"]) for row in labelled]
        believed += [(sureness(f), f.label == row["label"]) for f, row in zip(read_, labelled, strict=True)]
        made = ({"id": row["id"], "label": f.label} for f, row in zip(read_, labelled, strict=True))
        got = score("score_labels.py", gold, write_lines(work / f"{name}.jsonl", made), "--json", shared=shared)
        values[f"{name}_macro_f1"] = got["macro_f1"]
    values["strength_calibration"] = 1 - calibration_error(*zip(*believed, strict=True))
    return values


def _shared(a: tuple[int, int], b: tuple[int, int]) -> float:
    """How much two places have in common, in 0..1; negative when nothing."""
    return (min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def coded_places(shared: Path, labels: Path) -> tuple[list[dict[str, Any]], list[Coding]]:
    """The hand-labelled provisions, and the codings of the provisions that stand at their places."""
    labelled = rows(labels)
    made: list[Coding] = []
    for name in dict.fromkeys(row["document"] for row in labelled):
        document = read(shared / name)
        provisions = split(document)
        pairs = list(zip(provisions, cues(document, provisions), strict=True))
        for row in labelled:
            if row["document"] == name:
                made.append(pairs[nearest(provisions, row)][1])
    return labelled, made


def nearest(provisions: Sequence[Provision], row: Mapping[str, Any]) -> int:
    """Index of the provision that stands where a label was given."""
    place = (row["start"], row["end"])
    return max(range(len(provisions)), key=lambda at: _shared(place, (provisions[at].start, provisions[at].end)))


def section_themes(shared: Path) -> dict[str, float]:
    """Broad themes of the second set of labels, each unit coded by itself as a row of a table is."""
    broad = {theme.id for theme in coding.load_codebook().themes if theme.parent is None}
    both: Counter[str] = Counter()
    total: Counter[str] = Counter()
    labelled = rows(SECTIONS)
    for name in dict.fromkeys(row["document"] for row in labelled):
        text = read(shared / name).text
        here = [row for row in labelled if row["document"] == name]
        for row, made in zip(here, cues(*table(text[r["start"] : r["end"]] for r in here)), strict=True):
            said = {code.id for code in made.themes} & broad
            both[row["language"]] += len(said & set(row["tags"]))
            total[row["language"]] += len(said) + len(row["tags"])
    return {f"section_themes_micro_f1_{language}": 2 * both[language] / total[language] for language in ("en", "zh")}


def macro_f1(gold: Sequence[str], made: Sequence[str]) -> float:
    """Mean F1 over the labels that the gold holds."""
    pairs = list(zip(gold, made, strict=True))
    found: list[float] = []
    for label in sorted(set(gold)):
        right = sum(a == b == label for a, b in pairs)
        found.append(2 * right / max(1, sum((a == label) + (b == label) for a, b in pairs)))
    return sum(found) / len(found)


def calibration_error(scores: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for value, hit in zip(scores, right, strict=True):
        bins.setdefault(min(9, int(value * 10)), []).append((value, hit))
    gaps = (abs(sum(v for v, _ in held) - sum(h for _, h in held)) for held in bins.values())
    return sum(gaps) / max(1, len(scores))


def provision_themes(shared: Path) -> dict[str, float]:
    """Broad themes of single provisions, and how far the scores can be believed, with the sections' codes."""
    broad = {theme.id for theme in coding.load_codebook().themes if theme.parent is None}
    labelled, made = coded_places(shared, THEMES)
    units = [(row["language"], set(row["tags"]), c) for row, c in zip(labelled, made, strict=True)]
    values: dict[str, float] = {}
    for language in ("en", "zh"):
        pairs = [(tags, {t.id for t in c.themes} & broad) for spoken, tags, c in units if spoken == language]
        both = sum(len(a & b) for a, b in pairs)
        values[f"provision_themes_micro_f1_{language}"] = 2 * both / sum(len(a) + len(b) for a, b in pairs)
    sections = rows(shared / "gold" / "coding" / "plan_themes.jsonl")
    codings = cues(*table(row["text"] for row in sections))
    units += [("en", set(row["tags"]), c) for row, c in zip(sections, codings, strict=True)]
    given = [(t.score, t.id in tags) for _, tags, c in units for t in c.themes if t.id in broad]
    values["themes_calibration"] = 1 - calibration_error(*zip(*given, strict=True))
    best = [max((t for t in c.themes if t.id in broad), key=lambda t: t.score, default=None) for _, _, c in units]
    order = sorted(
        ((t.score, t.id in tags) for t, (_, tags, _) in zip(best, units, strict=True) if t is not None), reverse=True
    )
    for coverage in (100, 90, 80, 60):
        kept = order[: round(len(order) * coverage / 100)]
        values[f"themes_error_at_{coverage}"] = 1 - sum(right for _, right in kept) / len(kept)
    values["themes_abstention"] = 1 - values["themes_error_at_90"] / max(1e-9, values["themes_error_at_100"])
    return values


def posture_and_forum(shared: Path) -> dict[str, float]:
    labelled, made = coded_places(shared, STANCES)
    values: dict[str, float] = {}
    for code in ("posture", "forum"):
        gold, said = [row[code] for row in labelled], [getattr(c, code).id for c in made]
        values[f"{code}_macro_f1"] = macro_f1(gold, said)
        right = [a == b for a, b in zip(gold, said, strict=True)]
        values[f"{code}_calibration"] = 1 - calibration_error([getattr(c, code).score for c in made], right)
        for language in ("en", "zh"):
            chosen = [i for i, row in enumerate(labelled) if row["language"] == language]
            values[f"{code}_macro_f1_{language}"] = macro_f1([gold[i] for i in chosen], [said[i] for i in chosen])
    return values


def speed(shared: Path) -> dict[str, float]:
    document = read(shared / "corpora" / "us-ai-action-plan-2025.pdf")
    texts = [provision.text for provision in split(document) if provision.leaf]
    many = [f"{text} ({number})" for number in range(1 + 2000 // len(texts)) for text in texts][:2000]
    sample = table(many)
    start = time.process_time()
    cues(*sample)
    return {"provisions_per_second": len(many) / (time.process_time() - start)}


def measure(shared: Path) -> dict[str, float]:
    """Return every value by name."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        return {
            **themes(shared, work),
            **tags(shared, work),
            **actors(shared, work),
            **strength(shared, work),
            **provision_themes(shared),
            **section_themes(shared),
            **posture_and_forum(shared),
            **speed(shared),
        }

"""Passages across languages: which of a Chinese document answer one of an English one, and back; `evals.run across`.

``labels/across.jsonl`` names provisions of nine pairs of documents by place and the hash of their first letters, and of
the other document those that answer (``answers``) or are on the same subject only (``subject``), among some twelve that
three rankings found (``shown``), in random order, without scores. Nothing is fitted on them. Passages that weren't
shown count as no answers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.common import ROOT, SHARED
from evals.only_here import leaves, mark
from evals.reliability import Array, Said
from polidiff import api
from polidiff.encode import cosines, for_languages
from polidiff.model import Document, Provision
from polidiff.ranking.engine import compare
from polidiff.ranking.passage import passage_of

LABELS = ROOT / "labels" / "across.jsonl"
INPUTS = (
    "corpora/us-ai-action-plan-2025.pdf",
    "corpora/cn-ai-plus-opinions-2025-zh.pdf",
    "corpora/eu-ai-act-2024.pdf",
    "corpora/cn-generative-ai-measures-2023.zh.html",
    "corpora/sg-psp-manifesto-2025.pdf",
    "corpora/cn-guangzhou-public-rental-housing-2024-zh.html",
    "corpora/translations/cn-algorithm-recommendation-2021-en.txt",
    "corpora/cn-pipl-2021-zh.md",
    "corpora/versions/eu-nis2-directive-2022-2555-en.html",
    "corpora/cn-data-security-law-2021-zh.md",
    "corpora/us-city-nashville-climate-2021.pdf",
    "corpora/cn-energy-law-2024-zh.md",
    "corpora/sg-workers-party-manifesto-2025.pdf",
    "corpora/cn-guizhou-work-report-2026-zh.md",
    "corpora/ie-labour-manifesto-2024.pdf",
    "corpora/cn-no1-document-2026-zh.md",
    "corpora/asean-expanded-guide-genai-2025.pdf",
    "corpora/translations/cn-algorithm-recommendation-2021-zh.md",
)
TOP = 10


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return hit@1, recall@10 and MAP@10 each way, and those of the encoder alone."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    read = {name: leaves(name, shared) for name in (Path(file).name.rsplit(".", 1)[0] for file in INPUTS)}
    scored: dict[str, list[tuple[float, float, float]]] = {}
    said: list[float] = []
    so: list[bool] = []
    for own, other in dict.fromkeys((row["document"], row["other"]) for row in rows):
        asked = {row["words"]: row for row in rows if (row["document"], row["other"]) == (own, other)}
        for name, evidence, score in _rankings(read[own], read[other]):
            marks = [mark(one.text) for one in read[other][1]]
            for at, provision in enumerate(read[own][1]):
                row = asked.get(mark(provision.text))
                if row is None:
                    continue
                answers = {one["words"] for one in row["answers"]}
                way = f"{'zh_to_en' if provision.language == 'zh' else 'en_to_zh'}{name}"
                order = np.argsort(-evidence[at], kind="stable")[:TOP]
                if answers:
                    scored.setdefault(way, []).append(_measures([marks[n] in answers for n in order], len(answers)))
                if not name:
                    shown = {*answers, *(one["words"] for one in row["subject"]), *row["others"]}
                    judged = [n for n in order if marks[n] in shown]
                    said += [float(score[at, n]) for n in judged]
                    so += [marks[n] in answers for n in judged]
    found = Said(np.array(said), np.array(so) * 1.0, np.ones(len(so)))
    print("\n".join(f"    {line}" for line in found.table()))
    values = {"rows": float(len(rows)), "answered": float(sum(bool(row["answers"]) for row in rows))}
    for way, listed in sorted(scored.items()):
        means = np.mean(listed, axis=0).tolist()
        values |= {f"{way}.{name}": value for name, value in zip(("hit@1", "recall@10", "MAP@10"), means, strict=True)}
    return values | {"auroc": found.auroc(), "calibration_error": found.error()}


def _rankings(
    one: tuple[Document, list[Provision]], other: tuple[Document, list[Provision]]
) -> Sequence[tuple[str, Array, Array]]:
    """The engine's evidence and scores of all pairs, and the encoder's cosines."""
    a, b = ([passage_of(document, provision) for provision in provisions] for document, provisions in (one, other))
    found = compare(a, b, api.default_encoder(), TOP)
    assert found.places is None
    encoder = for_languages(api.default_encoder(), {"en", "zh"})
    alone = cosines(encoder.encode([p.text for p in a]), encoder.encode([p.text for p in b]))
    return ("", found.total, found.score), (".encoder", alone, alone)


def _measures(right: Sequence[bool], answers: int) -> tuple[float, float, float]:
    """Hit@1, recall@10 and average precision@10 of a ranking."""
    hits = np.cumsum(right)
    precise = sum(float(hits[n]) / (n + 1) for n, one in enumerate(right) if one)
    return float(right[0]), float(hits[-1]) / answers, precise / min(answers, TOP)

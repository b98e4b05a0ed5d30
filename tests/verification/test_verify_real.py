"""The second reader on real documents: what the reader read is there, and a word left out of it is noticed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from polidiff.verification import verify
from polidiff.verification.second import read_again
from polidiff.verification.words import stream, trace

FILES = [
    "us-ai-action-plan-2025.pdf",
    "uk-ai-opportunities-2025.html",
    "cn-generative-ai-measures-2023.zh.html",
    "us-eo-14179-2025.md",
]


@pytest.mark.corpus
def test_provisions_of_real_documents_stand_in_their_sources(shared: Path, tmp_path: Path) -> None:
    from polidiff import api
    from polidiff.model.outputs import PUBLIC, written

    documents, provisions = [], []
    (tmp_path / "documents").mkdir()
    for name in FILES:
        document = api.read(str(shared / "corpora" / name))
        (tmp_path / "documents" / f"{document.id}.txt").write_bytes(document.text.encode())
        documents.append(PUBLIC.plain(document))
        provisions += [written("provision", provision) for provision in api.split(document)]
    made = {"documents": documents, "provisions": provisions, "findings": []}
    (tmp_path / "comparison.json").write_text(json.dumps(made), encoding="utf-8")
    report = verify(tmp_path, [shared / "corpora"], strict=True)
    assert report.ok, "\n".join(report.lines())
    assert all(share == 1.0 for _, share in report.shares)
    assert len(report.shares) == len(FILES)


@pytest.mark.corpus
def test_a_word_left_out_of_a_real_passage_is_noticed(shared: Path) -> None:
    from polidiff import api

    path = shared / "corpora" / FILES[0]
    readings = [stream(pages) for pages in read_again(path.read_bytes(), path.name, "application/pdf")]
    texts = [p.text for p in api.split(api.read(str(path))) if len(p.text.split()) > 12]
    chance = random.Random(7)
    missed = 0
    for text in texts:
        words = text.split()
        at = chance.randrange(1, len(words) - 1)
        forged = " ".join(words[:at] + words[at + 1 :])
        if words[at].strip("—–-•&") and not all(trace(forged, reading).differences for reading in readings):
            missed += 1
    assert missed <= len(texts) * 0.02, f"{missed} of {len(texts)} forged passages passed"

"""Passages of invented documents, written for this by a language model that was told the codebook: labels/made.jsonl.

They are learnt from beside the labelled passages of real documents and never measured on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from polidiff.coding import load_codebook
from polidiff.coding.coder import cued
from polidiff.coding.evidence import passages_of
from polidiff.judges.features import Passage, counted, dense
from polidiff.model import Document, Provision, Span
from training.data import PARTS, encoder, lines

FILE = Path(__file__).resolve().parents[1] / "labels" / "made.jsonl"


def made() -> list[dict[str, Any]]:
    """Return the passages with their labels, document by document."""
    return lines(FILE)


def documents(rows: Sequence[dict[str, Any]]) -> Iterator[list[Passage]]:
    """Yield the passages of each invented document as the heads read them."""
    for name, some in groupby(rows, key=lambda row: row["document"]):
        text, provisions = "", []
        held = list(some)
        for row in held:
            start = len(text)
            lead_in = Span(start, start + len(row["lead_in"])) if row["lead_in"] else None
            text += row["lead_in"] + "\n" if lead_in else ""
            at = len(text)
            text += row["text"] + "\n"
            provisions.append(
                Provision(
                    name,
                    f"p{row['n']}",
                    None,
                    "item" if lead_in else "paragraph",
                    tuple(row["path"]),
                    row["text"],
                    at,
                    at + len(row["text"]),
                    language=row["lang"],
                    lead_in=lead_in,
                )
            )
        document = Document(name, held[0]["title"], held[0]["lang"], "", "text/plain", text, ())
        found = passages_of(document, provisions, cued(document, provisions, load_codebook()))
        yield [replace(passage, law=row["law"]) for passage, row in zip(found, held, strict=True)]


def features(evidence: tuple[str, ...]) -> dict[str, Any]:
    """Return the features of all made passages, by part."""
    reader = encoder()
    tables = []
    for passages in documents(made()):
        parts: dict[str, Any] = dict(zip(PARTS, dense(passages, evidence, reader), strict=True))
        tables.append({**parts, "words": counted(passages)})
    return {
        name: sparse.vstack([table[name] for table in tables]).tocsr()
        if name == "words"
        else np.concatenate([table[name] for table in tables])
        for name in tables[0]
    }

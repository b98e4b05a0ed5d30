"""The labelled passages with what stands around them: read from the documents, coded by the cue rules, encoded.

The labels name a document's hash and a span; the words are read from the documents themselves. All that is slow is kept
in a folder (``POLIDIFF_TRAINING``, by default the cache) and made again when it isn't there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from polidiff.cache import cache_root
from polidiff.coding import load_codebook
from polidiff.coding.coder import cued
from polidiff.coding.evidence import passages_of
from polidiff.encode import CachedEncoder, MultilingualEncoder
from polidiff.judges.features import Passage, counted, dense
from polidiff.model import Document, Provision
from polidiff.provisions import split
from polidiff.readers import read

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
OWN = Path(__file__).resolve().parents[1] / "labels" / "passages.jsonl"
"""Labels of the project: spans without words."""
KEPT = Path(os.environ.get("POLIDIFF_TRAINING", cache_root() / "training"))

#: Versions and translations of one text are one family: they are left out together.
FAMILIES = {
    "cn-algorithm-recommendation-2021": "algorithms",
    "cn-gen": "generative measures",
    "cn-public-data-registration": "data registration",
    "cn-trusted-data-space": "data spaces",
    "eu-climate-law": "climate law",
    "eu-nis": "network security",
    "nz-nzgoal": "open licences",
    "us-omb-m-24-10": "use of AI by agencies",
    "us-omb-m-25-21": "use of AI by agencies",
}
CLIMATE = ("indc", "climate", "energy", "nuclear")
SOCIAL = ("guangzhou", "guizhou", "no1-document", "finance-five")
DIGITAL_LAW = ("pipl", "data-sec", "public-data", "trusted-data", "eu-nis", "nzgoal", "fitara", "algorithm-rec")


def subject_of(document: str) -> str:
    """Return the broad subject of a labelled document."""
    if "manifesto" in document:
        return "party programmes"
    if any(word in document for word in CLIMATE):
        return "climate"
    if any(word in document for word in SOCIAL):
        return "social policy"
    return "digital law" if any(word in document for word in DIGITAL_LAW) else "AI"


def family_of(document: str) -> str:
    """Return the name under which a document and its other versions are left out."""
    return next((name for start, name in FAMILIES.items() if document.startswith(start)), document)


@dataclass(frozen=True)
class Rows:
    """Labelled rows: their passages, labels, and features as parts."""

    labels: list[dict[str, Any]]
    passages: list[Passage]
    evidence: tuple[str, ...]
    parts: dict[str, Any]

    @cached_property
    def documents(self) -> np.ndarray:
        return np.array([row["document"] for row in self.labels])

    @cached_property
    def families(self) -> np.ndarray:
        return np.array([family_of(name) for name in self.documents])

    @cached_property
    def subjects(self) -> np.ndarray:
        return np.array([subject_of(name) for name in self.documents])


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def encoder() -> CachedEncoder:
    """Return the encoder that the heads read with, its vectors kept on disk."""
    return CachedEncoder(MultilingualEncoder(), KEPT / "vectors.sqlite")


def corpus(shared: Path) -> dict[str, Path]:
    """Return the files of the corpora, and of the acts of AGORA, by the first sixteen digits of their hash."""
    folders = (shared / "corpora", shared / "gold" / "coding" / "themes" / "text")
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return {hashlib.sha256(path.read_bytes()).hexdigest()[:16]: path for path in files if path.suffix != ".tsv"}


def own_labels(files: dict[str, Path]) -> list[dict[str, Any]]:
    """Return the project's labels with the words of their spans, read from the documents."""
    rows = lines(OWN)
    texts = {key: read(files[key]).text for key in {row["sha256"] for row in rows}}
    return [{**row, "text": texts[row["sha256"]][row["start"] : row["end"]]} for row in rows]


def document_passages(path: Path, name: str) -> tuple[list[Passage], list[tuple[int, int]]]:
    """Return all passages of a document with the cue rules' evidence, and their spans."""
    document = read(path)
    provisions = split(document)
    found = cued(document, provisions, load_codebook())
    made = passages_of(document, provisions, found)
    return [replace(passage, document=name) for passage in made], [(p.start, p.end) for p in provisions]


def evidence_names(passages: Iterable[Passage], least: int = 8) -> tuple[str, ...]:
    """Return the names of the evidence that at least so many passages have, sorted."""
    counts: dict[str, int] = {}
    for passage in passages:
        for name in passage.evidence:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(name for name, number in counts.items() if number >= least))


def squeezed(text: str) -> str:
    """Return the letters and figures of a text: what stays the same when a reader sets its spaces another way."""
    return "".join(c for c in text.lower() if c.isalnum())


def place_of(
    row: dict[str, Any], passages: Sequence[Passage], spans: Sequence[tuple[int, int]], words: dict[str, int]
) -> int | None:
    """Return which passage a label speaks of: the one with its words, or mostly they, nearest to its place."""
    wanted = squeezed(row["text"])
    if wanted in words:
        same = [at for at, passage in enumerate(passages) if squeezed(passage.text) == wanted]
        return min(same, key=lambda at: (abs(spans[at][0] - row["start"]), at))
    for at, passage in enumerate(passages):
        found = squeezed(passage.text)
        if (found in wanted or wanted in found) and len(found) * 0.7 < len(wanted) < len(found) * 1.4:
            return at
    return None


PARTS = ("own", "heading", "outer", "near", "whole", "cues", "surface")


def labelled(shared: Path = SHARED) -> Rows:
    """Return every labelled passage whose words stand where its label says."""
    import pickle

    told = b"".join(one.read_bytes() for one in (shared / "labels" / "passages.jsonl", OWN))
    file = KEPT / f"rows-{hashlib.sha256(repr(PARTS).encode() + told).hexdigest()[:12]}.pickle"
    if file.is_file():
        with file.open("rb") as kept:
            found: Rows = pickle.load(kept)
        return found
    files = corpus(shared)
    rows = [*lines(shared / "labels" / "passages.jsonl"), *own_labels(files)]
    labels: list[dict[str, Any]] = []
    held: list[tuple[list[Passage], list[int]]] = []
    for name in dict.fromkeys(row["document"] for row in rows):
        here = [row for row in rows if row["document"] == name]
        passages, spans = document_passages(files[here[0]["sha256"]], name)
        words = {squeezed(passage.text): at for at, passage in enumerate(passages)}
        wanted: list[int] = []
        for row in here:
            at = place_of(row, passages, spans, words)
            if at is not None:
                labels.append({key: value for key, value in row.items() if key not in ("text", "lead_in", "path")})
                wanted.append(at)
        held.append((passages, wanted))
    chosen = [passages[at] for passages, wanted in held for at in wanted]
    names = evidence_names(chosen)
    reader = encoder()
    parts = [dense(passages, names, reader, wanted) for passages, wanted in held if wanted]
    stacked: dict[str, Any] = {part: np.concatenate([some[at] for some in parts]) for at, part in enumerate(PARTS)}
    stacked["words"] = counted(chosen)
    made = Rows(labels, chosen, names, stacked)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        pickle.dump(made, out)
    return made


def alone(texts: Sequence[str], evidence: tuple[str, ...]) -> dict[str, Any]:
    """Return the features of texts that stand alone, each a document of its own, as rows of a table do."""
    provisions, at = [], 0
    for number, text in enumerate(texts):
        provisions.append(Provision("rows", f"r{number}", None, "row", (), text, at, at + len(text)))
        at += len(text) + 1
    document = Document("rows", "rows", "und", "", "text/plain", "\n".join(texts), ())
    passages = passages_of(document, provisions, cued(document, provisions, load_codebook()))
    parts: dict[str, Any] = dict(zip(PARTS, dense(passages, evidence, encoder()), strict=True))
    parts["words"] = counted(passages)
    return parts

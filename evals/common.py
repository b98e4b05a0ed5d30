"""What the measurements share: where the corpus is, its hash, the scorers, the floors."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
DOCUMENTS = {
    "us-ai-action-plan-2025": "corpora/us-ai-action-plan-2025.pdf",
    "uk-ai-opportunities-2025": "corpora/uk-ai-opportunities-2025.html",
    "eu-ai-act-2024": "corpora/eu-ai-act-2024.pdf",
    "us-eo-14179-2025": "corpora/us-eo-14179-2025.md",
    "cn-generative-ai-measures-2023.zh": "corpora/cn-generative-ai-measures-2023.zh.html",
    "cn-global-ai-governance-2025.digest.en": "samples/cn-global-ai-governance-2025.digest.en.md",
    "cn-global-ai-governance-2025.digest.zh": "samples/cn-global-ai-governance-2025.digest.zh.md",
}
"""The documents that our own labels speak of, by id: their files under :data:`SHARED`."""

FLOORS = ROOT / "evals" / "floors"


def corpus_hash(files: Iterable[str], shared: Path = SHARED) -> str:
    """SHA-256 over the names and bytes of the files that a measurement reads (folders: all files in them)."""
    paths: list[Path] = []
    for name in files:
        path = shared / name
        paths.extend(sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path])
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(shared).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def score(scorer: str, *arguments: str | Path, shared: Path = SHARED) -> dict[str, Any]:
    """Run one of the scorers on files and return the JSON object that it prints first."""
    command = [sys.executable, str(shared / "bench" / scorer), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{scorer}: {done.stderr.strip()}")
    first = next(line for line in done.stdout.splitlines() if line.startswith("{"))
    result: dict[str, Any] = json.loads(first)
    return result


def write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    """Write JSON Lines and return the path."""
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


KINDS = ("written", "crossed", "aside", "fact")
"""What a measure is measured on, which decides the column that it may stand in: the sets that the rules were written
or the weights learnt on; left out of the learning, document by document; sets set aside before the method was made.
``fact`` is no judgement of the method: a speed, the agreement of two readings of the labels."""


@dataclass(frozen=True)
class Floor:
    """The least that a measurement must reach, and what each value is measured on, with the hash of its corpus."""

    name: str
    corpus: str
    values: dict[str, float]
    kinds: dict[str, str]


def load_floor(name: str) -> Floor:
    """Read ``evals/floors/NAME.toml``, where each measure has its ``least`` and its ``kind`` (:data:`KINDS`).

    Raises ValueError where one doesn't say its kind.
    """
    data = tomllib.loads((FLOORS / f"{name}.toml").read_text(encoding="utf-8"))
    rows: dict[str, dict[str, Any]] = data["floors"]
    for key, row in rows.items():
        if not isinstance(row, dict) or row.get("kind") not in KINDS:
            raise ValueError(f'{name}: {key} needs a floor like {{ least = 0.9, kind = "{KINDS[0]}" }}')
    values = {key: float(row["least"]) for key, row in rows.items()}
    return Floor(name, data["corpus"], values, {key: row["kind"] for key, row in rows.items()})

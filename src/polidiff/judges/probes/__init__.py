"""The probes: two hundred questions in our own words with the answer known, by which a judge is measured.

``pairs.jsonl`` holds pairs of passages, as two documents that may speak to one another; ``claims.jsonl`` holds claims
with the passage that they are about. Neither a claim by itself nor an id tells the answer: each passage has one claim
of each verdict, all of one length.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from polidiff.judges.protocol.answers import Place
from polidiff.judges.protocol.requests import AskedPassage, Item, digest_of, item_of

__all__ = ["Probe", "probes", "probes_id"]


@dataclass(frozen=True, slots=True)
class Probe:
    """A question of which the answer is known; ``places`` are the words that decide, empty where none do.

    The labels of a pair are ``same``, ``means``, ``opposed``, ``subject`` (one subject, other acts) and ``none``.
    """

    item: Item
    label: str
    places: tuple[Place, ...]


@cache
def probes() -> tuple[Probe, ...]:
    """Return all probes, in a fixed order."""
    return (*map(_pair, _rows("pairs")), *map(_claim, _rows("claims")))


@cache
def probes_id() -> str:
    """Return the hash of the probes with their answers."""
    return digest_of([[probe.item.id, probe.label] for probe in probes()])[:12]


def _pair(row: dict[str, Any]) -> Probe:
    passages = [_passage(row[side]) for side in ("a", "b")]
    return Probe(item_of("finding", passages), row["label"], _places(passages, row.get("words", [])))


def _claim(row: dict[str, Any]) -> Probe:
    passage = _passage(row["passage"])
    words = row.get("words", [])
    return Probe(
        item_of("claim", [passage], {"claim": row["claim"]}), row["label"], _places([passage] * len(words), words)
    )


def _passage(text: str) -> AskedPassage:
    return AskedPassage(f"p-{digest_of(text)[:8]}", 0, len(text), text)


def _places(passages: list[AskedPassage], words: list[str]) -> tuple[Place, ...]:
    starts = [passage.text.index(said) for passage, said in zip(passages, words, strict=False)]
    return tuple((p.document, at, at + len(w)) for p, at, w in zip(passages, starts, words, strict=False))


def _rows(name: str) -> Iterator[dict[str, Any]]:
    text = (files("polidiff.judges.probes") / f"{name}.jsonl").read_text(encoding="utf-8")
    yield from map(json.loads, text.splitlines())

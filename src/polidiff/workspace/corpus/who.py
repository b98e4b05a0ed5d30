"""Which documents commit to a matter, how firmly and since when, and which were searched and have nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp

from polidiff.errors import InputError
from polidiff.model import Coding, Provision
from polidiff.model.codec import JsonObject
from polidiff.ranking.query import Question, question
from polidiff.thresholds import threshold
from polidiff.workspace.corpus.block import Block
from polidiff.workspace.corpus.hold import Corpus
from polidiff.workspace.corpus.index import NO_FILTER, Filter

__all__ = ["Passage", "Stand", "trend", "who", "who_record"]

SHOWN = 3
"""Passages that are given of a document."""


@dataclass(frozen=True)
class Passage:
    """A provision on the matter, with what it was coded as; ``kind`` is empty where that isn't sure."""

    provision: Provision
    probability: float
    strength: str
    kind: str


@dataclass(frozen=True)
class Stand:
    """What one document says on a matter.

    ``commits`` is True, False (searched, and nothing is there) or None (nobody can say by search alone).
    ``probability`` is the chance that the document commits to it. ``searched`` is how many provisions were searched.
    """

    document: str
    title: str
    country: str
    date: str
    commits: bool | None
    probability: float
    passages: tuple[Passage, ...]
    searched: int


def who(corpus: Corpus, matter: str, narrowed: Filter = NO_FILTER) -> tuple[Stand, ...]:
    """Return every document's stand on a matter, the surest first. Raises InputError where no word was given."""
    asked = question(matter)
    if not asked:
        raise InputError("the matter", "it holds no word", 'give words, for example "mandatory incident reporting"')
    stands = list(_stands(corpus, asked, narrowed))
    return tuple(sorted(stands, key=lambda one: (-one.probability, one.date or "9999", one.document)))


def _stands(corpus: Corpus, asked: Question, narrowed: Filter) -> Iterator[Stand]:
    import numpy as np

    evidence = corpus.index.evidence(asked, corpus.encode(asked.text))
    for start, block in zip(corpus.index.starts(), corpus.index.blocks, strict=True):
        named = not narrowed.documents or block.document in narrowed.documents
        if not named or not narrowed.takes(block.facts) or not block.provisions:
            continue
        here = slice(start, start + len(block.provisions))
        best = np.lexsort((np.arange(len(block.provisions)), -evidence[here]))[:SHOWN]
        passages = []
        for offset in best:
            passages.append(_passage(block, int(offset), chance_of(float(evidence[here][int(offset)]))))
        probability = passages[0].probability
        commits = (
            True
            if probability >= threshold("corpus.commits")
            else False
            if probability < threshold("corpus.nothing")
            else None
        )
        yield Stand(
            block.document,
            block.title,
            block.facts.country,
            block.facts.date,
            commits,
            round(probability, 4),
            tuple(one for one in passages if commits is not False and one.probability >= threshold("corpus.nothing")),
            len(block.provisions),
        )


def chance_of(evidence: float) -> float:
    """Return the chance that a document commits to a matter whose best passage has this evidence (``training.who``)."""
    return 1 / (1 + exp(-(threshold("corpus.evidence") * evidence + threshold("corpus.constant"))))


def _passage(block: Block, offset: int, chance: float) -> Passage:
    coding: Coding | None = block.codings[offset] if block.codings is not None else None
    strength = coding.strength.id if coding is not None else ""
    kind = coding.kind.id if coding is not None and coding.kind.printed else ""
    return Passage(block.provisions[offset], round(chance, 4), strength, kind)


def who_record(stand: Stand) -> JsonObject:
    """Return a stand as ``polidiff who --format jsonl`` prints it."""
    return {
        "document": stand.document,
        "title": stand.title,
        "country": stand.country or None,
        "date": stand.date or None,
        "commits": stand.commits,
        "probability": stand.probability,
        "searched": stand.searched,
        "passages": [
            {
                "provision": one.provision.id,
                "text": one.provision.text,
                "start": one.provision.start,
                "end": one.provision.end,
                "page": one.provision.page_start,
                "path": list(one.provision.path),
                "probability": one.probability,
                "strength": one.strength or None,
                "kind": one.kind or None,
            }
            for one in stand.passages
        ],
    }


def trend(corpus: Corpus, matter: str, narrowed: Filter = NO_FILTER) -> tuple[JsonObject, ...]:
    """Return how many documents of each year and country commit to a matter, of how many: a row each, by year.

    A document without a date is under the year None; one that can't be decided is counted as open.
    """
    rows: dict[tuple[str, str], JsonObject] = {}
    for stand in who(corpus, matter, narrowed):
        key = (stand.date[:4], stand.country)
        row = rows.setdefault(
            key,
            {
                "year": key[0] or None,
                "country": key[1] or None,
                "documents": 0,
                "commit": 0,
                "open": 0,
                "committed": [],
            },
        )
        row["documents"] += 1
        row["commit"] += stand.commits is True
        row["open"] += stand.commits is None
        if stand.commits:
            row["committed"].append(stand.document)
    return tuple(rows[key] for key in sorted(rows, key=lambda one: (one[0] or "9999", one[1])))

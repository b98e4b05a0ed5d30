"""Which documents commit to a matter, how firmly and since when, and which were searched and have nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp

from polidiff.coding.fit import COMMITTING
from polidiff.errors import InputError
from polidiff.model import Coding, Provision
from polidiff.model.codec import JsonObject
from polidiff.ranking.query import Question, question
from polidiff.thresholds import threshold
from polidiff.workspace.corpus.hold import Corpus
from polidiff.workspace.corpus.index import NO_FILTER, Filter, Index

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

    ``commits`` is True (a passage is surely on the matter, and commits its author), False (searched, and nothing is
    there) or None (nobody can say by search alone).
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

    index = corpus.index
    evidence = index.passages.evidence(asked, corpus.encode(asked.text))
    surely, hardly = threshold("corpus.commits"), threshold("corpus.nothing")
    for start, entry in zip(index.starts(), index.entries, strict=True):
        if not entry.provisions or not narrowed.names(entry.document, entry.facts):
            continue
        here = evidence[start : start + entry.provisions]
        best = np.lexsort((np.arange(len(here)), -here))[:SHOWN]
        chances = [chance_of(float(here[offset])) for offset in best]
        shown = [
            (_passage(index, start + int(offset), chance), _commits(index.coding(start + int(offset))))
            for offset, chance in zip(best, chances, strict=True)
            if round(chance, 4) >= hardly
        ]
        sure = any(binding for (_, binding), chance in zip(shown, chances, strict=False) if chance >= surely)
        commits = True if sure else False if chances[0] < hardly else None
        yield Stand(
            entry.document,
            entry.title,
            entry.facts.country,
            entry.facts.date,
            commits,
            round(chances[0], 4),
            tuple(one for one, _ in shown if commits is not False),
            entry.provisions,
        )


def _commits(coding: Coding | None) -> bool:
    """Whether a passage is of a kind that commits its author; one whose kind nobody asked for may be."""
    return coding is None or not coding.kind.id or coding.kind.id in COMMITTING


def chance_of(evidence: float) -> float:
    """Return the chance that a document commits to a matter whose best passage has this evidence (``training.who``)."""
    return 1 / (1 + exp(-(threshold("corpus.evidence") * evidence + threshold("corpus.constant"))))


def _passage(index: Index, place: int, chance: float) -> Passage:
    coding = index.coding(place)
    strength = coding.strength.id if coding is not None else ""
    kind = coding.kind.id if coding is not None and coding.kind.printed else ""
    return Passage(index.provision(place), round(chance, 4), strength, kind)


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

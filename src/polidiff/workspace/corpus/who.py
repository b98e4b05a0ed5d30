"""Which documents commit to a matter, how firmly and since when, and which were searched and have nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from polidiff.coding.fit import COMMITTING, commits
from polidiff.errors import InputError
from polidiff.model import Coding, Provision
from polidiff.model.codec import JsonObject
from polidiff.ranking.matter import OnMatter
from polidiff.ranking.query import question
from polidiff.thresholds import threshold
from polidiff.workspace.corpus.hold import Corpus
from polidiff.workspace.corpus.index import NO_FILTER, Filter, Index

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors

__all__ = ["Passage", "Seen", "Stand", "chance", "seen", "stands", "trend", "who", "who_record"]

SHOWN = 3
"""Passages of a document that are looked at and given: those that are most surely on the matter."""

BOTH = 2
"""How many of these must commit their author, before the document is said to."""

EACH = 4
"""Provisions of a short document for each passage that is asked to be on the matter: of six there may be one."""

UNSAID = "statement"
"""The strength of words that say nothing of it."""


@dataclass(frozen=True)
class Passage:
    """A provision on the matter, with what it was coded as; ``kind`` is empty where that isn't sure.

    ``probability`` is the chance that the document commits, were this all that is known of it.
    """

    provision: Provision
    probability: float
    strength: str
    kind: str


@dataclass(frozen=True)
class Stand:
    """What one document says on a matter.

    ``commits`` is True (passages are surely on the matter, and commit their author), False (searched, and nothing is
    there) or None (nobody can say by search alone).
    ``probability`` is the chance that the document commits to it. ``searched`` is how many provisions were searched.
    ``strength`` is how firmly, where it commits.
    """

    document: str
    title: str
    country: str
    date: str
    commits: bool | None
    probability: float
    passages: tuple[Passage, ...]
    searched: int
    strength: str = ""

    @property
    def error(self) -> float | None:
        """The share of wrong ones among what is said so, as it was measured; None where nothing is said."""
        return None if self.commits is None else threshold(f"corpus.{'wrong' if self.commits else 'missed'}")


@dataclass(frozen=True)
class Seen:
    """What is known of a document's best passages, each best first, at most :data:`SHOWN`.

    ``on`` is how surely they are on the matter (evidence), ``commit`` how likely each commits its author, ``binds``
    whether it is of a kind that does, ``naming`` how surely it names all things of the matter (0..1); ``named`` is how
    surely the document names them somewhere.
    """

    places: tuple[int, ...]
    on: tuple[float, ...]
    commit: tuple[float, ...]
    binds: tuple[bool, ...]
    naming: tuple[float, ...]
    named: float
    counted: int

    @property
    def mean(self) -> float:
        """How surely the best passages are on the matter; of a short document fewer are counted."""
        return sum(self.on[: self.counted]) / self.counted


def who(corpus: Corpus, matter: str, narrowed: Filter = NO_FILTER) -> tuple[Stand, ...]:
    """Return every document's stand on a matter, the surest first. Raises InputError where no word was given."""
    return stands(corpus.index, corpus.encode, matter, narrowed)


def stands(
    index: Index, encode: Callable[[str], Vectors], matter: str, narrowed: Filter = NO_FILTER
) -> tuple[Stand, ...]:
    """Return every document's stand on a matter, as :func:`who`, from an index and what encodes the question."""
    found = ((chance(one), _stand(index, number, one)) for number, one in seen(index, encode, matter, narrowed))
    order = {True: 0, None: 1, False: 2}
    held = sorted(found, key=lambda one: (order[one[1].commits], -one[0], one[1].date or "9999", one[1].document))
    return tuple(one for _, one in held)


def seen(
    index: Index, encode: Callable[[str], Vectors], matter: str, narrowed: Filter = NO_FILTER
) -> Iterator[tuple[int, Seen]]:
    """Yield what is known of each document (its place among the entries). Raises InputError where no word was given."""
    asked = question(matter)
    if not asked:
        raise InputError("the matter", "it holds no word", 'give words, for example "mandatory incident reporting"')
    on = index.passages.on(asked, encode(asked.text))
    for number, (start, entry) in enumerate(zip(index.starts(), index.entries, strict=True)):
        if entry.provisions and narrowed.names(entry.document, entry.facts):
            yield number, _seen(index, on, start, entry.provisions)


def _seen(index: Index, on: OnMatter, start: int, provisions: int) -> Seen:
    import numpy as np

    here = on.evidence[start : start + provisions]
    best = np.lexsort((np.arange(provisions), -here))[:SHOWN]
    places = [start + int(offset) for offset in best]
    codings = [index.coding(place) for place in places]
    return Seen(
        tuple(places),
        tuple(float(here[offset]) for offset in best),
        tuple(0.5 if one is None else commits(one) for one in codings),
        tuple(_binds(one) for one in codings),
        tuple(on.named(slice(place, place + 1)) for place in places),
        on.named(slice(start, start + provisions)),
        min(len(places), max(1, provisions // EACH)),
    )


def chance(one: Seen) -> float:
    """Return the chance that a document commits to a matter, by its best passages (``training.who``)."""
    firmly = max(on * commit for on, commit in zip(one.on, one.commit, strict=True))
    return _chance(one.mean, firmly, max(one.naming))


def _chance(on: float, firmly: float, naming: float) -> float:
    odds = threshold("corpus.on") * on + threshold("corpus.firmly") * firmly + threshold("corpus.naming") * naming
    return 1 / (1 + exp(-(odds + threshold("corpus.constant"))))


def _binds(coding: Coding | None) -> bool:
    """Whether a passage is of a kind that commits its author; one whose kind nobody asked for may be."""
    return coding is None or not coding.kind.id or coding.kind.id in COMMITTING


def _stand(index: Index, number: int, one: Seen) -> Stand:
    entry, sure, surely = index.entries[number], chance(one), threshold("corpus.commits")
    enough = sum(one.binds) >= min(BOTH, len(one.binds)) and one.named >= threshold("corpus.named")
    said = True if enough and sure >= surely else False if sure < threshold("corpus.nothing") else None
    each = [
        (binds, _passage(index, place, _chance(on, on * commit, naming)))
        for place, on, commit, binds, naming in zip(one.places, one.on, one.commit, one.binds, one.naming, strict=True)
        if said is not False
    ]
    each.sort(key=lambda held: (not held[0] if said else False, -held[1].probability))
    strengths = [held.strength for binds, held in each if binds and held.strength]
    return Stand(
        entry.document,
        entry.title,
        entry.facts.country,
        entry.facts.date,
        said,
        round(sure if said else min(sure, surely), 4),
        tuple(held for _, held in each),
        entry.provisions,
        next((held for held in (*(s for s in strengths if s != UNSAID), *strengths)), "") if said else "",
    )


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
        "error": stand.error,
        "strength": stand.strength or None,
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

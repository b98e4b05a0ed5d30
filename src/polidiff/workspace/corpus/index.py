"""The index of a workspace: passages by words and meaning, codes as lists of places, and what narrows a search."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from polidiff.model import Coding, Provision
from polidiff.ranking.index import Answers, How
from polidiff.ranking.index import Index as Passages
from polidiff.ranking.query import Question
from polidiff.workspace.corpus.block import Block, Facts
from polidiff.workspace.corpus.volume import Entry, Volume

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Vectors

    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Filter:
    """What narrows a search. Empty: everything. ``actor`` is a part of a name; ``since`` and ``until`` are dates or
    parts of them (``2024``, ``2024-06``), both inclusive, and leave out documents without a date.
    """

    documents: tuple[str, ...] = ()
    theme: str = ""
    actor: str = ""
    strength: str = ""
    country: str = ""
    genre: str = ""
    language: str = ""
    since: str = ""
    until: str = ""

    def takes(self, facts: Facts) -> bool:
        """Whether a document of these facts may be searched."""
        asked = ((self.country, facts.country), (self.genre, facts.genre), (self.language, facts.language))
        if any(wanted and wanted.casefold() != held.casefold() for wanted, held in asked):
            return False
        if (self.since or self.until) and not facts.date:
            return False
        late = not self.since or facts.date[: len(self.since)] >= self.since
        return late and (not self.until or facts.date[: len(self.until)] <= self.until)

    def names(self, document: str, facts: Facts) -> bool:
        """Whether this document, of these facts, may be searched."""
        return (not self.documents or document in self.documents) and self.takes(facts)

    @property
    def by_facts(self) -> bool:
        """Whether it asks for facts of documents."""
        return any((self.country, self.genre, self.language, self.since, self.until))


NO_FILTER = Filter()

COUNTED = 20_000
"""Provisions up to which those that hold all the words are told from the others: of more that takes a while."""


@dataclass(frozen=True)
class Hit:
    """A provision that was found, with its coding; ``score`` is its cosine, or None where words alone found it."""

    provision: Provision
    coding: Coding | None
    score: float | None


@dataclass(frozen=True)
class Found:
    """What was found: how many of those that were ranked, some of them, and whether words were missing.

    ``by_document`` has how many of those that were ranked each document has, most first; one that has none isn't there.
    Where some hold all the words that were asked for, it counts these alone, and ``nearly`` the others, up to
    :data:`COUNTED` provisions.
    """

    total: int
    hits: tuple[Hit, ...]
    loose: bool = False
    by_document: tuple[tuple[str, int], ...] = ()
    nearly: tuple[tuple[str, int], ...] = ()


class Index:
    """All provisions of some documents. It doesn't change; threads may share it."""

    def __init__(self, volumes: Sequence[Volume], order: Mapping[str, str] | None = None) -> None:
        """Join volumes. ``order`` maps the documents, in their order, to their marks; what isn't in it is left out."""
        import numpy as np

        held: dict[str, tuple[int, int, int, Entry]] = {}
        for number, volume in enumerate(volumes):
            first = 0
            for at, entry in enumerate(volume.entries):
                if order is None or order.get(entry.document) == entry.mark:
                    held[entry.document] = (number, at, first, entry)
                first += entry.provisions
        chosen = [held[name] for name in (order or held) if name in held]
        self._volumes = tuple(volumes)
        self._where = [(number, first) for number, _, first, _ in chosen]
        self.entries = tuple(entry for _, _, _, entry in chosen)
        self._starts = [0]
        places = [np.full(volume.size, -1, dtype=np.int64) for volume in volumes]
        for number, _, first, entry in chosen:
            start = self._starts[-1]
            places[number][first : first + entry.provisions] = np.arange(start, start + entry.provisions)
            self._starts.append(start + entry.provisions)
        self.size = self._starts[-1]
        self.ready = all(entry.coded for entry in self.entries)
        self._places = tuple(places)
        self.passages = Passages([volume.part for volume in volumes], places)

    @staticmethod
    def of(blocks: Sequence[Block]) -> Index:
        """Build an index in memory."""
        return Index([Volume.of(blocks, [""] * len(blocks))])

    def ask(self, asked: Question, how: How, vector: Vectors | None, narrowed: Filter = NO_FILTER) -> Answers:
        """Return what answers, best first, by place; :meth:`at` says what stands there."""
        return self.passages.ask(asked, how, vector, self.mask(narrowed))

    def starts(self) -> tuple[int, ...]:
        """Return the place of each document's first provision, in the order of :attr:`entries`."""
        return tuple(self._starts[:-1])

    def number(self, place: int) -> int:
        """Return which of :attr:`entries` a place is in."""
        return bisect_right(self._starts, place) - 1

    def provision(self, place: int) -> Provision:
        """Return the provision of a place, without its boxes."""
        volume, offset = self._at(place)
        return volume.provision(offset)

    def coding(self, place: int) -> Coding | None:
        """Return the coding of a place, None where it has none."""
        volume, offset = self._at(place)
        return volume.coding(offset)

    def lengths(self) -> NDArray[np.int64]:
        """Return how many bytes of text each place has, as it is compared: shape ``(size,)``."""
        import numpy as np

        found = np.zeros(self.size, dtype=np.int64)
        for volume, at in zip(self._volumes, self._places, strict=True):
            found[at[at >= 0]] = np.diff(volume.texts.ends)[at >= 0]
        return found

    def _at(self, place: int) -> tuple[Volume, int]:
        document = self.number(place)
        number, first = self._where[document]
        return self._volumes[number], first + place - self._starts[document]

    @property
    def documents(self) -> tuple[tuple[str, str], ...]:
        """The documents, each with its title."""
        return tuple((entry.document, entry.title) for entry in self.entries)

    @cached_property
    def themes(self) -> Mapping[str, int]:
        """The themes that occur, each with its number of provisions."""
        return self.counted("theme")

    @cached_property
    def strengths(self) -> tuple[str, ...]:
        """The strengths that occur."""
        return tuple(sorted(self.counted("strength")))

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """The names of those who act, most frequent first."""
        held = self.counted("actor")
        return tuple(sorted(held, key=lambda name: (-held[name], name)))

    def counted(self, kind: str) -> Mapping[str, int]:
        """Return the codes of a kind (``theme``, ``printed``, ``actor``, ``strength``, ``kind``), with provisions."""
        found: Counter[str] = Counter()
        for name, places in self.coded(kind):
            found[name] += len(places)
        return {name: count for name, count in found.items() if count}

    def by_document(self, kind: str) -> Mapping[str, frozenset[int]]:
        """Return the codes of a kind, each with the documents (of :attr:`entries`) that have it."""
        import numpy as np

        found: dict[str, set[int]] = {}
        for name, places in self.coded(kind):
            here = np.searchsorted(self._starts, places, side="right") - 1
            found.setdefault(name, set()).update(here.tolist())
        return {name: frozenset(held) for name, held in found.items()}

    def coded(self, kind: str) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """Yield the codes of a kind with their places; a code may come several times, each time with others."""
        for volume, at in zip(self._volumes, self._places, strict=True):
            for name, held in volume.codes.starting(f"{kind}:"):
                places = at[volume.codes.places[held]]
                yield name, places[places >= 0]

    def search(
        self,
        asked: Question,
        how: How,
        narrowed: Filter,
        encode: Callable[[str], Vectors],
        *,
        first: int = 0,
        count: int = 20,
        decided: Mapping[tuple[str, int, int], bool] | None = None,
    ) -> Found:
        """Return the provisions that answer, best first, from the one ranked ``first``.

        ``decided`` says of places (document, start, end) whether people gave them the theme of the filter, whatever the
        coder says.
        """
        mask = self.mask(narrowed, decided or {})
        if not asked:
            places = self._all(mask)
            return Found(len(places), self._hits(places[first : first + count], {}), False, self._spread(places))
        answers = self.passages.ask(asked, how, encode(asked.text) if how != "words" else None, mask)
        scores = {one.place: one.cosine for one in answers.found}
        order = list(scores)
        whole, nearly = order, []
        if how == "both" and self.size <= COUNTED and not answers.loose:
            held = self.passages.holding(asked)
            whole, nearly = [place for place in order if held[place]], [place for place in order if not held[place]]
        if not whole:
            whole, nearly = nearly, whole
        hits = self._hits(order[first : first + count], scores)
        return Found(len(order), hits, answers.loose, self._spread(whole), self._spread(nearly))

    def _spread(self, places: Sequence[int]) -> tuple[tuple[str, int], ...]:
        """How many of these places each document has, most first."""
        import numpy as np

        numbers = np.searchsorted(self._starts, np.asarray(places, dtype=np.int64), side="right") - 1
        return tuple((self.entries[number].document, n) for number, n in Counter(numbers.tolist()).most_common())

    def _all(self, mask: Mask | None) -> Sequence[int]:
        import numpy as np

        return range(self.size) if mask is None else [int(n) for n in np.flatnonzero(mask)]

    def mask(self, narrowed: Filter, decided: Mapping[tuple[str, int, int], bool] | None = None) -> Mask | None:
        """Return which provisions a filter leaves, shape ``(size,)``; None for all."""
        import numpy as np

        masks: list[Mask] = []
        if narrowed.documents or narrowed.by_facts:
            mask = np.zeros(self.size, dtype=np.bool_)
            for start, entry in zip(self._starts, self.entries, strict=False):
                if narrowed.names(entry.document, entry.facts):
                    mask[start : start + entry.provisions] = True
            masks.append(mask)
        if narrowed.theme:
            mask = self._having("theme", lambda name: name == narrowed.theme)
            for place, has in self._decided(decided or {}):
                mask[place] = has
            masks.append(mask)
        if narrowed.actor:
            part = narrowed.actor.lower()
            masks.append(self._having("actor", lambda name: part in name.lower()))
        if narrowed.strength:
            masks.append(self._having("strength", lambda name: name == narrowed.strength))
        return np.logical_and.reduce(masks) if masks else None

    def _having(self, kind: str, wanted: Callable[[str], bool]) -> Mask:
        import numpy as np

        mask = np.zeros(self.size, dtype=np.bool_)
        for name, places in self.coded(kind):
            if wanted(name):
                mask[places] = True
        return mask

    def _decided(self, decided: Mapping[tuple[str, int, int], bool]) -> list[tuple[int, bool]]:
        touched = {document for document, _, _ in decided}
        found = []
        for start, entry in zip(self._starts, self.entries, strict=False):
            if entry.document not in touched:
                continue
            for place in range(start, start + entry.provisions):
                provision = self.provision(place)
                has = decided.get((entry.document, provision.start, provision.end))
                if has is not None:
                    found.append((place, has))
        return found

    def _hits(self, places: Sequence[int], scores: Mapping[int, float | None]) -> tuple[Hit, ...]:
        return tuple(Hit(self.provision(place), self.coding(place), scores.get(place)) for place in places)

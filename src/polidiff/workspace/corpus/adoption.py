"""Adoption of words: which document took up whose phrases, long runs of the same words, whoever had them first.

Every run of eight words (of Chinese sixteen characters) is a number; those that stand in several documents are found by
sorting. A run belongs to the earliest document that has it. Left out are boilerplate (what a tenth of all documents
say, or runs of little but small words, numbers and names) and documents that are versions of one another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from polidiff.lang.data import load_list
from polidiff.lang.words import has_cjk
from polidiff.model import Span
from polidiff.model.codec import JsonObject
from polidiff.ranking.terms import small_words
from polidiff.workspace.corpus.index import Index
from polidiff.workspace.corpus.relation import WHOLE, earlier

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

__all__ = ["Adopted", "Place", "Shared", "adopted", "adopted_record", "pairs_of", "run_in_common"]

RUN, RUN_CHINESE = 8, 16
"""Words, and Chinese characters, in a row from which on a run counts."""

WHOLE_TEXT, WHOLE_CHINESE = 5, 10
"""Words, and Chinese characters, from which on a text counts that another has as a whole."""

COMMON = 0.1
"""Share of the documents from which on a run is boilerplate; under :data:`FEW` documents it never is."""

FEW = 3

TELLING = 0.3
"""Share of a run's words that have to be more than small words, numbers and names: a title has none."""

MANY_RUNS = 200
"""Runs that two versions of one text must have: of two pages one sentence in common is a large share."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Place:
    """Where a run stands: ``[start:end]`` of a document's text. ``words`` counts them, or characters in Chinese."""

    document: str
    date: str
    provision: str
    start: int
    end: int
    words: int


@dataclass(frozen=True)
class Adopted:
    """A run of words that several documents have: the earliest, and those that took it up, by date.

    ``dated`` is False where nobody can say who was first: the earliest or a taker has no date, or one that says only
    the year or month of the other's.
    """

    text: str
    first: Place
    taken_up: tuple[Place, ...]
    dated: bool


def adopted(index: Index, document: str = "", top: int = 50) -> tuple[Adopted, ...]:
    """Return what was taken up, the longest runs of the most documents first; of one document where it is named.

    300,000 provisions take some ten seconds, and 400 MB.
    """
    found: list[Adopted] = []
    for chinese in (False, True):
        runs = _Runs.of(index, chinese)
        if runs is not None:
            found += _chosen(index, runs)
    if document:
        found = [one for one in found if document in {one.first.document, *(place.document for place in one.taken_up)}]
    found.sort(key=lambda one: (-one.first.words * len(one.taken_up), one.first.date or "9999", one.first.start))
    return tuple(found[:top])


@dataclass(frozen=True)
class _Runs:
    """All runs of one script. ``values`` number them, ``units`` are their first words; of each unit its provision's
    place, and where it begins and ends in the provision's text."""

    length: int
    values: NDArray[np.uint64]
    units: Whole
    places: Whole
    begins: Whole
    ends: Whole

    @staticmethod
    def of(index: Index, chinese: bool) -> _Runs | None:
        """Number the runs of all provisions in one script; None where there are none."""
        import numpy as np

        known: dict[str, int] = {}
        ids: list[int] = []
        rows: list[tuple[int, int, int]] = []
        telling: list[bool] = []
        for place in range(index.size):
            text = index.provision(place).text
            if has_cjk(text) != chinese:
                continue
            for word, start, end in _units(text, chinese):
                known.setdefault(word, len(known))
                telling.append(chinese or _tells(text, word, start))
                ids.append(known[word])
                rows.append((place, start, end))
        length = RUN_CHINESE if chinese else RUN
        if len(ids) < length:
            return None
        numbers = np.array(ids, dtype=np.uint64)
        places, begins, ends = np.array(rows, dtype=np.int64).T
        count = len(numbers) - length + 1
        values = np.zeros(count, dtype=np.uint64)
        says = np.zeros(count, dtype=np.int64)
        tells = np.array(telling)
        for offset in range(length):
            values = values * np.uint64(0x9E3779B97F4A7C15) + numbers[offset : offset + count] + np.uint64(1)
            values ^= values >> np.uint64(29)
            says += tells[offset : offset + count]
        whole = (places[:count] == places[length - 1 :]) & (says >= TELLING * length)
        units = np.flatnonzero(whole)
        return _Runs(length, values[units], units, places, begins, ends)


def _units(text: str, chinese: bool) -> Iterator[tuple[str, int, int]]:
    if not chinese:
        for match in _WORD.finditer(text):
            yield match.group().casefold(), match.start(), match.end()
        return
    for at, character in enumerate(text):
        if character.isalnum():
            yield character, at, at + 1


def run_in_common(one: str, other: str) -> tuple[Span, Span] | None:
    """Return where the longest run of words stands that two texts have in common, in each; None where none counts.

    The whole of the first text may be shorter than a run.
    """
    chinese = has_cjk(one)
    if chinese != has_cjk(other):
        return None
    first, second = list(_units(one, chinese)), list(_units(other, chinese))
    longest, whole = (RUN_CHINESE, WHOLE_CHINESE) if chinese else (RUN, WHOLE_TEXT)
    length = min(longest, max(whole, len(first)))
    mine, theirs = [unit[0] for unit in first], [unit[0] for unit in second]
    telling = [chinese or _tells(one, word, start) for word, start, _ in first]
    held: dict[tuple[str, ...], int] = {}
    for at in range(len(theirs) - length + 1):
        held.setdefault(tuple(theirs[at : at + length]), at)
    best, at = (0, 0, 0), 0
    while at <= len(mine) - length:
        there = held.get(tuple(mine[at : at + length]))
        size = 0 if there is None else _alike(mine[at:], theirs[there:])
        if there is not None and size > best[0] and sum(telling[at : at + size]) >= TELLING * size:
            best = (size, at, there)
        at += max(1, size - length + 1)
    size, at, there = best
    if not size:
        return None
    own = Span(first[at][1], first[at + size - 1][2])
    if _formula(one[own.start : own.end], chinese):
        return None
    return own, Span(second[there][1], second[there + size - 1][2])


class Shared:
    """Texts of a document, to find those that have words in a row in common with another text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._known: dict[tuple[str, ...], list[int]] = {}
        for at, text in enumerate(texts):
            for gram in _grams(text):
                self._known.setdefault(gram, []).append(at)

    def runs(self, text: str) -> tuple[tuple[int, Span, Span], ...]:
        """Return the text that has the longest run in common with one, and where it stands there and here, if any."""
        found = Counter(at for gram in _grams(text) for at in self._known.get(gram, ()))
        runs = ((at, run_in_common(text, self._texts[at])) for at in sorted(found, key=lambda at: (-found[at], at))[:3])
        held = [(at, *run) for at, run in runs if run is not None]
        return tuple(sorted(held, key=lambda one: (one[1].start - one[1].end, one[0]))[:1])


def _grams(text: str) -> set[tuple[str, ...]]:
    """All runs of the fewest words that may count."""
    chinese = has_cjk(text)
    words = [word for word, _, _ in _units(text, chinese)]
    length = WHOLE_CHINESE if chinese else WHOLE_TEXT
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _tells(text: str, word: str, start: int) -> bool:
    """Whether a word is more than a small word, a number or a part of a name."""
    return text[start].islower() and word not in small_words()


def _formula(text: str, chinese: bool) -> bool:
    """Whether a run is too short to count without the set phrases of statutes and orders, which are nobody's."""
    rest, held = _set_phrases().subn(" ", " ".join(text.split()))
    return held > 0 and len(list(_units(rest, chinese))) < (RUN_CHINESE if chinese else RUN)


@lru_cache(maxsize=1)
def _set_phrases() -> re.Pattern[str]:
    """What statutes and orders say in the same words, whoever makes them."""
    phrases = load_list("search")["formulas"]
    return re.compile("|".join(re.escape(one) for one in sorted(phrases, key=len, reverse=True)), re.IGNORECASE)


def _chosen(index: Index, runs: _Runs) -> list[Adopted]:
    """The runs of several documents, joined where they follow one another, each with its first document."""
    import numpy as np

    numbers = np.repeat(np.arange(len(index.entries)), [entry.provisions for entry in index.entries])
    documents = numbers[runs.places[runs.units]]
    rank = _ranks(index)
    order = np.lexsort((runs.units, rank[documents], runs.values))
    values, owners = runs.values[order], documents[order]
    new = np.concatenate([[True], values[1:] != values[:-1]])
    group = np.cumsum(new) - 1
    fresh = new | np.concatenate([[True], owners[1:] != owners[:-1]])
    held = np.bincount(group, weights=fresh).astype(np.int64)
    most = max(FEW, COMMON * len(index.entries))
    kept = (held[group] > 1) & (held[group] <= most)
    first = owners[np.flatnonzero(new)][group]
    barred = _versions(len(index.entries), group, owners, first, fresh, documents)
    taken = kept & (owners != first) & ~barred[owners, first]
    takers: dict[int, list[int]] = {}
    for at in np.flatnonzero(taken & fresh).tolist():
        takers.setdefault(int(group[at]), []).append(int(order[at]))
    source = {int(order[at]): int(group[at]) for at in np.flatnonzero(kept & new).tolist() if int(group[at]) in takers}
    made = []
    for run in _in_a_row(sorted(source), runs):
        if (one := _made(index, runs, run, [takers[source[n]] for n in run], numbers)) is not None:
            made.append(one)
    return made


def _ranks(index: Index) -> Whole:
    """Which document is earlier: by date, then by its place in the corpus; those without a date last."""
    import numpy as np

    order = sorted(range(len(index.entries)), key=lambda n: (index.entries[n].facts.date or "9999", n))
    rank = np.zeros(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _versions(count: int, group: Whole, owners: Whole, first: Whole, fresh: Any, documents: Whole) -> Any:
    """Which pairs of documents share so many of both one's runs that they are versions of one another."""
    import numpy as np

    shared = np.zeros((count, count), dtype=np.int64)
    chosen = fresh & (owners != first)
    np.add.at(shared, (owners[chosen], first[chosen]), 1)
    shared += shared.T
    sizes = np.bincount(documents, minlength=count)
    shorter = np.minimum(sizes[:, None], sizes[None, :])
    return (shorter >= MANY_RUNS) & (shared > WHOLE * np.maximum(sizes[:, None], sizes[None, :]))


def _in_a_row(numbers: Sequence[int], runs: _Runs) -> Iterator[list[int]]:
    """Runs that begin at words next to one another, of one provision, together."""
    for _, found in groupby(enumerate(numbers), key=lambda pair: int(runs.units[pair[1]]) - pair[0]):
        for _, same in groupby([number for _, number in found], key=lambda n: int(runs.places[runs.units[n]])):
            yield list(same)


def _made(
    index: Index, runs: _Runs, run: Sequence[int], takers: Sequence[Sequence[int]], numbers: Whole
) -> Adopted | None:
    """A run as a record: its words are those of its first document."""
    by: dict[int, list[int]] = {}
    for held in takers:
        for number in held:
            by.setdefault(int(numbers[runs.places[runs.units[number]]]), []).append(number)
    first = _place(index, runs, run)
    found = sorted(
        (_place(index, runs, held) for held in by.values()), key=lambda one: (one.date or "9999", one.document)
    )
    if not found:
        return None
    provision = index.provision(int(runs.places[runs.units[run[0]]]))
    text = provision.text[first.start - provision.start : first.end - provision.start]
    if _formula(text, has_cjk(text)):
        return None
    return Adopted(text, first, tuple(found), all(earlier(first.date, one.date) for one in found))


def _place(index: Index, runs: _Runs, run: Sequence[int]) -> Place:
    """Where runs that follow one another stand; of several provisions, the first one's."""
    units = [int(runs.units[n]) for n in run]
    place = int(runs.places[units[0]])
    units = [unit for unit in units if int(runs.places[unit]) == place]
    last = max(units) + runs.length - 1
    entry, provision = index.entries[index.number(place)], index.provision(place)
    start, end = provision.start + int(runs.begins[min(units)]), provision.start + int(runs.ends[last])
    return Place(entry.document, entry.facts.date, provision.id, start, end, last - min(units) + 1)


def pairs_of(found: Sequence[Adopted]) -> tuple[tuple[str, str, int, bool], ...]:
    """Return who took up whose phrases: later document, earlier document, how many; most first.

    The last is False where their dates don't say who was first.
    """
    counts = Counter(
        (place.document, one.first.document, bool(earlier(one.first.date, place.date)))
        for one in found
        for place in one.taken_up
    )
    rows = [(later, earlier, count, dated) for (later, earlier, dated), count in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row[2], row[0], row[1])))


def adopted_record(one: Adopted) -> JsonObject:
    """Return a run as ``polidiff adopt --format jsonl`` prints it."""
    return {
        "text": one.text,
        "dated": one.dated,
        "first": _record(one.first),
        "taken_up": [_record(place) for place in one.taken_up],
    }


def _record(place: Place) -> JsonObject:
    return {
        "document": place.document,
        "date": place.date or None,
        "provision": place.provision,
        "start": place.start,
        "end": place.end,
        "words": place.words,
    }

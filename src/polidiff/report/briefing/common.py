"""The words that two documents share: how much of a sentence stands in another passage, in which the rest does."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from polidiff.alignment.common_words import content_keys
from polidiff.lang.bilingual import terms
from polidiff.lang.words import has_cjk
from polidiff.model import Comparison

__all__ = ["SharedWords"]

_RUN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]{2,}|\d+(?:\.\d+)?")


class SharedWords:
    """The content words of every provision of a comparison, each weighing more the fewer provisions hold it.

    Chinese is read by pairs of characters; a comparison across the languages by the listed terms.
    """

    def __init__(self, comparison: Comparison) -> None:
        languages = {has_cjk(one.text[:400]) for one in comparison.documents}
        self._across = len(languages) > 1
        self._keys: dict[tuple[str, str], frozenset[str]] = {}
        self._holding: dict[str, dict[str, list[str]]] = {}
        counts: Counter[str] = Counter()
        for provisions in comparison.provisions:
            for one in provisions:
                keys = self.keys(one.text)
                self._keys[one.document, one.id] = keys
                counts.update(keys)
                held = self._holding.setdefault(one.document, defaultdict(list))
                for key in keys:
                    held[key].append(one.id)
        self._size = len(self._keys)
        self._counts: Mapping[str, int] = counts
        self._weights: dict[str, float] = {}

    def keys(self, text: str) -> frozenset[str]:
        """Return the words of a text by which it is compared."""
        return _keys(text, self._across)

    def weight(self, keys: Iterable[str]) -> float:
        """Return what words weigh together: each the logarithm of how rare it is among the provisions."""
        return math.fsum(map(self._weight_of, keys))

    def _weight_of(self, key: str) -> float:
        held = self._weights.get(key)
        if held is None:
            held = self._weights[key] = round(math.log((self._size + 2) / (self._counts[key] + 1)), 4)
        return held

    def share(self, keys: frozenset[str], other: frozenset[str]) -> float:
        """Return how much of the words' weight stands among the others, 0..1."""
        whole = self.weight(keys)
        return round(self.weight(keys & other) / whole, 4) if whole else 0.0

    def of(self, document: str, provision: str) -> frozenset[str]:
        """Return the words of a provision."""
        return self._keys[document, provision]

    def best(self, keys: frozenset[str], document: str, but: str = "") -> tuple[float, str]:
        """Return the largest share of the words that stands in one provision of a document, and which; ``but`` not."""
        held = self._holding.get(document, {})
        found: Counter[str] = Counter()
        for key in keys:
            worth = round(self._weight_of(key) * 10_000)
            for one in held.get(key, ()):
                found[one] += worth
        whole = round(self.weight(keys) * 10_000)
        del found[but]
        if not found or not whole:
            return 0.0, ""
        best = min(found, key=lambda one: (-found[one], one))
        return round(found[best] / whole, 4), best

    def known(self, keys: frozenset[str], document: str) -> float:
        """Return how much of the words' weight stands anywhere in a document, 0..1."""
        held = self._holding.get(document, {})
        return self.share(keys, frozenset(key for key in keys if key in held))


@lru_cache(maxsize=20_000)
def _keys(text: str, across: bool) -> frozenset[str]:
    if across:
        return frozenset(term.concept for term in terms(text, has_cjk(text)))
    if not has_cjk(text):
        return content_keys(text)
    found: set[str] = set()
    for run in _RUN.findall(text):
        if has_cjk(run):
            found.update(run[at : at + 2] for at in range(len(run) - 1))
        else:
            found.add(run.lower())
    return frozenset(found)

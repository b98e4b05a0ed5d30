"""How far a text speaks to a query: rare words, words near to them, meaning, and words that keep company.

Nothing is trained. Every part is a matrix of documents by queries; :mod:`polidiff.coding.whole` adds them up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from polidiff.lang.data import load_list
from polidiff.lang.words import words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode import Encoder

    Array = NDArray[np.float64]

__all__ = ["ENOUGH", "Collection", "keys_of", "pieces_of"]

#: Documents from which they can be measured against one another; fewer are measured by their own pieces.
ENOUGH = 12
#: BM25's saturation and length terms, at the values usual in the literature (Robertson and Zaragoza 2009).
_SATURATION, _LENGTH = 2.0, 0.75
#: Words (half as many again in Chinese characters) of a piece, and the most pieces of a document that are encoded.
_PIECE, _PIECES = 100, 24
#: Pieces nearest in meaning that are averaged.
_NEAREST = 3
#: Cosine from which two words count as near, and the most near words of a query.
_NEAR, _NEAR_WORDS = 0.5, 10
#: Documents that are taken as answers, and the words learnt from them (pseudo-relevance feedback, Rocchio 1971).
_ANSWERS, _LEARNT = 20, 30


def keys_of(text: str) -> list[str]:
    """Return the keys of a text in order: English stems without function words, and pairs of Chinese characters."""
    idle = _function_words()
    words = words_of(text)
    found = [word.key for word in words.words if word.raw.lower() not in idle]
    if words.cjk:
        found += [
            text[at : at + 2]
            for at in range(len(text) - 1)
            if all("\u3400" <= c <= "\u9fff" for c in text[at : at + 2])
        ]
    return found


def pieces_of(text: str) -> list[str]:
    """Return the text in pieces of about :data:`_PIECE` words, evenly chosen when there are many."""
    words = text.split()
    if words and len(text) / len(words) > 20:
        size = _PIECE * 3 // 2
        found = [text[at : at + size] for at in range(0, len(text), size)]
    else:
        found = [" ".join(words[at : at + _PIECE]) for at in range(0, len(words), _PIECE)]
    if len(found) > _PIECES:
        found = [found[round(n * (len(found) - 1) / (_PIECES - 1))] for n in range(_PIECES)]
    return found


class Collection:
    """Documents that are searched together."""

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np

        self.texts = tuple(texts)
        counted = [Counter(keys_of(text)) for text in texts]
        seen: Counter[str] = Counter(key for counts in counted for key in counts)
        if len(texts) < ENOUGH:
            units = [set(keys_of(piece)) for text in texts for piece in pieces_of(text)]
            seen = Counter(key for unit in units for key in unit) | Counter(dict.fromkeys(seen, 1))
            self._units = max(1, len(units))
        else:
            self._units = len(texts)
        self._place = {key: at for at, key in enumerate(sorted(seen))}
        self._seen = seen
        table = np.zeros((len(texts), len(self._place)))
        for row, counts in enumerate(counted):
            for key, number in counts.items():
                table[row, self._place[key]] = number
        self._lengths = table.sum(axis=1)
        rare = np.log(1.0 + self._units / (1.0 + np.array([seen[key] for key in self._place])))
        self._weights = self._saturated(table) * rare

    def _saturated(self, counts: Array) -> Array:
        mean = self._lengths.mean() or 1.0
        norm = _SATURATION * (1.0 - _LENGTH + _LENGTH * self._lengths / mean)
        made: Array = counts * (_SATURATION + 1.0) / (counts + norm[:, None])
        return made

    def words(self, query: Mapping[str, float]) -> Array:
        """Return how much of a weighted query each document holds: shape ``(documents,)``, 0 for nothing."""
        import numpy as np

        total = np.zeros(len(self.texts))
        for key, weight in query.items():
            if key in self._place:
                total += weight * self._weights[:, self._place[key]]
        found: Array = total / (sum(query.values()) or 1.0)
        return found

    def phrases(self, counts: Array) -> Array:
        """Return the weight of phrases counted in each document: shape as given, ``(documents, phrases)``."""
        import numpy as np

        together = len(self.texts) >= ENOUGH
        held = (counts > 0).sum(axis=0) if together else np.ones(counts.shape[1])
        units = len(self.texts) if together else _PIECES
        weights: Array = self._saturated(counts) * np.log(1.0 + units / (1.0 + held))
        return weights

    def near(self, names: Sequence[str], encoder: Encoder) -> Array:
        """Return the weight of the documents' words that are near in meaning to names: ``(documents, names)``."""
        import numpy as np

        from polidiff.encode import cosines

        least = 4 if len(self.texts) >= ENOUGH else 1
        known = [key for key in self._place if key.isalpha() and len(key) > 2 and self._seen[key] >= least]
        known = [key for key in known if key.isascii()]
        found = np.zeros((len(self.texts), len(names)))
        if not known:
            return found
        forms = self._forms()
        cosine = cosines(encoder.encode(list(names)), encoder.encode([forms.get(key, key) for key in known]))
        columns = np.array([self._place[key] for key in known])
        for name in range(len(names)):
            order = np.argsort(-np.round(cosine[name], 6), kind="stable")[:_NEAR_WORDS]
            weight = np.where(cosine[name, order] >= _NEAR, cosine[name, order] ** 2, 0.0)
            if weight.sum():
                found[:, name] = self._weights[:, columns[order]] @ weight / max(1.0, weight.sum())
        return found

    def _forms(self) -> dict[str, str]:
        """The commonest written form of each key."""
        counts: dict[str, Counter[str]] = {}
        for text in self.texts:
            for word in words_of(text).words:
                counts.setdefault(word.key, Counter())[word.raw.lower()] += 1
        return {key: min(forms, key=lambda form: (-forms[form], form)) for key, forms in counts.items()}

    def meaning(self, names: Sequence[str], encoder: Encoder) -> Array:
        """Return the cosine of each document's nearest pieces with each name: shape ``(documents, names)``."""
        import numpy as np

        from polidiff.encode import cosines

        queries = encoder.encode(list(names))
        found = np.zeros((len(self.texts), len(names)))
        for row, text in enumerate(self.texts):
            pieces = pieces_of(text)
            if pieces:
                cosine = cosines(encoder.encode(pieces), queries)
                found[row] = np.sort(cosine, axis=0)[-_NEAREST:].mean(axis=0)
        return found

    def company(self, scores: Array) -> Array:
        """Return how much each document holds of the words that set apart a query's best answers: shape as given."""
        import numpy as np

        found = np.zeros_like(scores)
        common = self._weights.mean(axis=0)
        for query in range(scores.shape[1]):
            best = np.argsort(-np.round(scores[:, query], 9), kind="stable")[:_ANSWERS]
            apart = self._weights[best].mean(axis=0) - common
            learnt = np.argsort(-np.round(apart, 9), kind="stable")[:_LEARNT]
            weight = np.maximum(apart[learnt], 0.0)
            if weight.sum():
                found[:, query] = self._weights[:, learnt] @ (weight / weight.sum())
        return found


def _function_words() -> frozenset[str]:
    return frozenset(load_list("words")["function"])

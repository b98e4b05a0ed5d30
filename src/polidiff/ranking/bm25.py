"""BM25 over sparse matrices: how well a passage's words answer a question's (Robertson and Zaragoza 2009).

Sums are taken term by term in one order, so the scores are the same on every machine.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from polidiff.encode.protocol import Matrix

SATURATION, LENGTH = 1.2, 0.75
"""The usual constants: how soon a repeated word stops counting, and how much a long passage is held to its length."""

PLACE = 0.5
"""What a word in the headings or the lead-in counts of one in the passage: whole on 1,119 claims about 67 documents
gave recall of the ten best 0.898 to 0.883 without them; half is kept, since headings of others may say less."""


@dataclass(frozen=True, eq=False)
class Bm25:
    """The passages' terms. ``weights`` has the shape ``(passages, terms)``: what each term adds when asked for once."""

    places: dict[str, int]
    rarity: NDArray[np.float64]
    weights: csr_matrix

    @staticmethod
    def of(texts: Sequence[Sequence[str]], above: Sequence[Sequence[str]] | None = None) -> Bm25:
        """Build it from the passages' terms and, with ``above``, those of what stands over each."""
        import numpy as np
        from scipy.sparse import csr_matrix

        known: dict[str, int] = {}
        columns, ends, values = array("q"), [0], array("d")
        lengths = np.array([float(len(terms)) for terms in texts])
        for at, terms in enumerate(texts):
            counts: dict[str, float] = {term: float(n) for term, n in Counter(terms).items()}
            for term in above[at] if above is not None else ():
                counts[term] = counts.get(term, 0.0) + PLACE
            columns.extend(known.setdefault(term, len(known)) for term in counts)
            values.extend(counts.values())
            ends.append(len(columns))
        size = len(texts)
        found = np.frombuffer(columns, dtype=np.int64) if columns else np.zeros(0, dtype=np.int64)
        frequency = np.bincount(found, minlength=len(known)).astype(np.float64)
        rarity = np.log1p((size - frequency + 0.5) / (frequency + 0.5))
        often = np.array(values)
        long = lengths / (lengths.mean() if size and lengths.any() else 1.0)
        held = SATURATION * (1 - LENGTH + LENGTH * np.repeat(long, np.diff(ends)))
        data = rarity[found] * often * (SATURATION + 1) / (often + held) if len(found) else often
        weights = csr_matrix((data, found, ends), shape=(size, max(1, len(known))))
        weights.sort_indices()
        return Bm25(known, rarity, weights)

    def asked(self, questions: Sequence[Sequence[str]]) -> csr_matrix:
        """Return the questions' terms as rows, shape ``(questions, terms)``; terms that no passage has are left out."""
        from scipy.sparse import csr_matrix

        columns, ends, values = array("q"), [0], array("d")
        for terms in questions:
            counts = Counter(self.places[term] for term in terms if term in self.places)
            columns.extend(sorted(counts))
            values.extend(float(counts[place]) for place in sorted(counts))
            ends.append(len(columns))
        return csr_matrix((values, columns, ends), shape=(len(questions), self.weights.shape[1]))

    def scores(self, questions: Sequence[Sequence[str]]) -> Matrix:
        """Return the scores, shape ``(questions, passages)``."""
        import numpy as np

        found: Matrix = np.asarray((self.asked(questions) @ self.weights.T).todense())
        return found

    def ceilings(self, questions: Sequence[Sequence[str]]) -> Matrix:
        """Return for each question what a passage that holds all its words over and over would score.

        A term that no passage has counts as the rarest: a passage can't answer it.
        """
        import numpy as np

        size = self.weights.shape[0]
        unknown = float(np.log1p((size + 0.5) / 0.5))
        sums = [
            sum(float(self.rarity[self.places[term]]) if term in self.places else unknown for term in terms)
            for terms in questions
        ]
        found: Matrix = np.array(sums) * (SATURATION + 1)
        found[found == 0] = 1.0
        return found

"""How surely passages are on a matter: their evidence, and how much of what the matter names they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polidiff.ranking.postings import Terms
from polidiff.ranking.query import Question, parts, question
from polidiff.ranking.related import Named, named

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Matrix

NAMED = 2.0
"""What naming all of a matter counts, beside a passage's evidence; chosen on labels/who.jsonl (1 and 3: no better)."""

ONE = 0.9
"""How much naming one of several things counts, where a matter names several."""


@dataclass(frozen=True, eq=False)
class OnMatter:
    """How surely each passage is on a matter, shape ``(size,)``, and how surely it names each thing of the matter.

    ``naming`` holds an array of that shape for each thing, once for the whole matter and once for each part of it.
    """

    evidence: Matrix
    naming: Sequence[Sequence[Matrix]]

    def named(self, here: slice) -> float:
        """Return how surely all things of the matter, or of one of its parts, are named somewhere in some passages."""
        return max((min((float(one[here].max()) for one in each), default=0.0) for each in self.naming), default=0.0)


def on_matter(asked: Question, evidence: Matrix, words: Terms, concepts: Terms, chinese: NDArray[np.bool_]) -> OnMatter:
    """Return how surely passages are on a matter, of their ``evidence`` and the terms that they hold.

    Of a matter that names several things (``planting trees and protecting forests``) one is nearly as good as all.
    """
    import numpy as np

    several = [things for part in parts(asked.text) if len(things := named(question(part))) > 1]
    wholes = [named(asked), *(several if len(several) > 1 else ())]
    covered, held = np.zeros(len(evidence)), []
    for number, things in enumerate(wholes):
        each = [_naming(one, words, concepts, len(evidence)) for one in things]
        held.append(each)
        covered = np.maximum(covered, (ONE if number else 1.0) * _covered(things, each, chinese))
    return OnMatter(np.round(evidence + NAMED * covered, 4), held)


def _covered(things: Sequence[Named], held: Sequence[Matrix], chinese: NDArray[np.bool_]) -> Matrix:
    """How much of some things each passage names, or its headings: 0..1.

    Things count by how rare they are among the passages of a language; what nothing in that language says is left out
    there.
    """
    import numpy as np

    found = np.zeros(len(chinese))
    for in_chinese, here in ((True, chinese), (False, ~chinese)):
        size, total, whole = int(here.sum()), np.zeros(len(chinese)), 0.0
        for one, best in zip(things, held, strict=True):
            if one.known_in(in_chinese):
                frequency = float(best[here].sum())
                rarity = float(np.log1p((size - frequency + 0.5) / (frequency + 0.5)))
                total += rarity * best
                whole += rarity
        found[here] = np.round(total[here] / (whole or 1.0), 4)
    return found


def _naming(one: Named, words: Terms, concepts: Terms, size: int) -> Matrix:
    """How surely each passage names a thing."""
    import numpy as np

    best: Matrix = np.zeros(size)
    for form, sure in one.forms:
        best[words.holding(form)] = sure
    for concept in one.concepts:
        best[concepts.holding((f"={concept}",))] = 1.0
    return best

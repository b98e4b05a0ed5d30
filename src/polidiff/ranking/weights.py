"""How much each kind of evidence counts, by the kind of texts that are ranked: ``weights.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from polidiff.ranking.calibration import Curve
from polidiff.ranking.passage import Passage

ASKING = 0.5
"""Share of the texts that end with a question mark from which they are questions."""


@dataclass(frozen=True)
class Weights:
    """What each kind of evidence counts in the sum, and what makes a probability of the sum.

    ``meaning`` is the cosine of means weighted by rarity, ``opening`` that of the texts' openings, ``tokens`` the late
    interaction; ``words`` are character n-grams in one language and listed terms across two, ``terms`` BM25 as a share
    of the most that it could be; ``subjects`` the broad subjects, ``themes`` the codes that both have. ``hub`` is taken
    off for targets that are near to everything. ``around`` is what neighbours have in common, ``under`` counts for
    rows with others under them. ``asking`` is the share of how well a target holds what the source says, as against how
    well the source holds the target's words (0..1); it is one half where both are provisions. ``related`` is the
    probability from which a pair is said to be related at all.
    """

    kind: str
    meaning: float
    opening: float
    tokens: float
    words: float
    terms: float
    subjects: float
    themes: float
    hub: float
    around: float
    under: float
    asking: float
    related: float
    curve: Curve


@cache
def weights_for(kind: str) -> Weights:
    """Return the weights of a kind: ``provisions``, ``documents``, ``questions``, ``search`` or ``languages``."""
    data = tomllib.loads((files("polidiff.ranking") / "weights.toml").read_text(encoding="utf-8"))[kind]
    curve = data.pop("curve")
    alone = tuple(curve.pop("alone"))
    return Weights(kind=kind, curve=Curve(alone=alone, **curve), **data)


def kind_of(sources: Sequence[Passage], english: bool) -> str:
    """Return the kind of texts that are ranked: whether a table of rules, a document or questions ask."""
    asking = sum(source.text.rstrip().endswith(("?", "？")) for source in sources)
    if not english:
        return "languages"
    if sources and asking >= ASKING * len(sources):
        return "questions"
    return "provisions" if all(source.number is not None for source in sources) else "documents"

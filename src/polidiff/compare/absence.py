"""Proof that a document is silent on a theme: the search that was made of it, and the nearest that it found."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.align import Side, alone
from polidiff.coding import readable_terms
from polidiff.compare.themes import Voice
from polidiff.encode import Encoder, cosines, for_languages
from polidiff.model import Absence, Passage, Theme

NEAREST = 3
ASKED = 6
"""Passages of the speaking documents whose meaning is searched for, strongest first."""

FLOOR, CEILING = 0.15, 0.75
"""Cosines at which a passage counts as not near at all, and as the same."""


def absence(theme: Theme, speaking: Sequence[Voice], silent: Side, encoder: Encoder) -> Absence:
    """Search the silent document for the theme's words and for the meaning of the others' passages on it."""
    import numpy as np

    asked = [
        heard.side.texts()[spoken.index] for heard in speaking for spoken in heard.spoken[: ASKED // len(speaking) or 1]
    ]
    texts = silent.texts()
    spoken = {p.language for heard in [*speaking, Voice(silent, ())] for p in heard.side.provisions}
    encoder = for_languages(encoder, spoken)
    nearness = cosines(encoder.encode([*asked, f"{theme.name}. {theme.definition}"]), encoder.encode(texts))
    best = nearness.max(axis=0) if len(texts) else np.zeros(0)
    order = np.argsort(-np.round(best, 4), kind="stable")[:NEAREST]
    nearest = tuple(_passage(silent, int(index), float(best[index])) for index in order)
    top = float(best[order[0]]) if len(order) else 0.0
    scaled = float(np.clip((top - FLOOR) / (CEILING - FLOOR), 0.0, 1.0))
    return Absence(
        document=silent.document.id,
        searched=len(silent.provisions),
        terms=readable_terms(theme, silent.document.language),
        nearest=nearest,
        probability=alone(scaled),
        note=(
            f"All {len(silent.provisions)} provisions were searched for the theme's terms and, by meaning, "
            f"for the {len(asked)} strongest passages on it and the theme's definition."
        ),
    )


def _passage(side: Side, index: int, score: float) -> Passage:
    provision = side.provisions[index]
    return Passage(
        document=side.document.id,
        provision=provision.id,
        path=provision.path,
        text=provision.text,
        start=provision.start,
        end=provision.end,
        page=provision.page_start,
        score=round(score, 4),
    )

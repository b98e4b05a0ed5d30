"""On which side of a theme a provision stands, where the codebook says that there are sides."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from polidiff.coding.context import Context
from polidiff.coding.lexicon import Hit, Lexicon
from polidiff.coding.themes import ThemeCoder
from polidiff.model import Code, Codebook, Span

__all__ = ["PositionCoder", "position_coder"]

_THRESHOLD = 0.35
_HEADING = 0.6
_NEAR_WORDS = 90
_CUES = 6


class PositionCoder:
    """The positions of a codebook's themes, made ready to code."""

    def __init__(self, codebook: Codebook) -> None:
        owners: dict[str, list[str]] = {}
        self._themes: dict[str, tuple[str, ...]] = {}
        for theme in codebook.themes:
            if theme.positions:
                self._themes[theme.id] = tuple(f"{theme.id}:{position.id}" for position in theme.positions)
            for position in theme.positions:
                for term in position.terms:
                    owners.setdefault(term, []).append(f"{theme.id}:{position.id}")
        self._lexicon = Lexicon(list(owners))
        self._owners = list(owners.values())

    def code(
        self, context: Context, coder: ThemeCoder, hits: Sequence[Hit], themes: Sequence[Code]
    ) -> tuple[Code, ...]:
        """Return ``theme:position`` codes for the themes that a provision was coded with, best first.

        In a long provision a position's words count only in the sentences next to the theme's own words. A heading's
        words count when the provision's own take no side.
        """
        wanted = [code.id for code in themes if code.id in self._themes]
        if not wanted:
            return ()
        own = self._lexicon.find(context.words)
        above = [hit for heading in context.headings[-2:] for hit in self._lexicon.find(heading)]
        found: list[Code] = []
        for theme in wanted:
            near = coder.sentences(context, hits, theme) if context.length > _NEAR_WORDS else None
            heard = [hit for hit in own if near is None or near & _around(context.sentence_at(hit.start))]
            totals, cues = self._weighed(theme, heard, 0.8, context.start)
            if not totals:
                totals, _ = self._weighed(theme, above, _HEADING, 0)
            for name in self._themes[theme]:
                score = 1.0 - math.exp(-totals.get(name, 0.0))
                if score >= _THRESHOLD:
                    found.append(Code(name, round(score, 4), tuple(cues.get(name, ())[:_CUES])))
        order = {name: index for index, name in enumerate(n for names in self._themes.values() for n in names)}
        return tuple(sorted(found, key=lambda code: (-code.score, order[code.id])))

    def _weighed(
        self, theme: str, hits: Sequence[Hit], weight: float, start: int
    ) -> tuple[dict[str, float], dict[str, list[Span]]]:
        """What the hits weigh for each of a theme's positions, and their places from ``start`` on."""
        totals: dict[str, float] = {}
        cues: dict[str, list[Span]] = {}
        for hit in hits:
            for name in self._owners[hit.term]:
                if name.partition(":")[0] == theme:
                    totals[name] = totals.get(name, 0.0) + weight
                    cues.setdefault(name, []).append(Span(start + hit.start, start + hit.end))
        return totals, cues


def _around(sentence: int) -> set[int]:
    return {sentence - 1, sentence, sentence + 1}


@lru_cache(maxsize=8)
def position_coder(codebook: Codebook) -> PositionCoder:
    """Return the position coder of a codebook, built once."""
    return PositionCoder(codebook)

"""By what means a provision works: the policy instruments that its words name."""

from __future__ import annotations

import math
from functools import lru_cache

from polidiff.coding.context import Context
from polidiff.coding.lexicon import Lexicon
from polidiff.lang.data import load_list
from polidiff.model import Code, Span

__all__ = ["INSTRUMENTS", "instruments"]

#: The instruments, in the order in which they are shown.
INSTRUMENTS = (
    "regulation",
    "prohibition",
    "procurement",
    "funding",
    "tax",
    "standards",
    "export_control",
    "research",
    "education_training",
    "information",
    "testing_evaluation",
    "infrastructure",
    "diplomacy",
    "institution_building",
    "voluntary_code",
    "data_access",
)
_THRESHOLD = 0.45
#: Words at a provision's beginning, where the main verb and its object stand, count for more.
_EARLY_WORDS, _EARLY = 18, 1.4
_MOST = 4
_CUES = 6


def instruments(context: Context) -> tuple[Code, ...]:
    """Return the instruments of one provision, best first, with their cues; empty when its words name none."""
    lexicon, owners = _compiled()
    words = context.words.words
    early = words[_EARLY_WORDS].start if len(words) > _EARLY_WORDS else len(context.text)
    if context.words.cjk and len(words) < 5:
        early = 40
    thin = math.sqrt(max(1.0, context.length / 45))
    totals: dict[str, float] = {}
    cues: dict[str, list[Span]] = {}
    seen: set[int] = set()
    for hit in lexicon.find(context.words):
        repeat = 0.3 if hit.term in seen else 1.0
        seen.add(hit.term)
        for name, weight in owners[hit.term]:
            totals[name] = totals.get(name, 0.0) + weight * repeat * (_EARLY if hit.start < early else 0.8) / thin
            cues.setdefault(name, []).append(Span(context.start + hit.start, context.start + hit.end))
    best = max(totals.values(), default=0.0)
    found = [
        Code(name, round(1.0 - math.exp(-0.8 * total), 4), tuple(cues[name][:_CUES]))
        for name, total in totals.items()
        if total >= 0.4 * best
    ]
    kept = [code for code in found if code.score >= _THRESHOLD]
    kept.sort(key=lambda code: (-code.score, INSTRUMENTS.index(code.id)))
    return tuple(kept[:_MOST])


@lru_cache(maxsize=1)
def _compiled() -> tuple[Lexicon, list[list[tuple[str, float]]]]:
    owners: dict[str, list[tuple[str, float]]] = {}
    for name, groups in load_list("instruments").items():
        for group in groups.values():
            for term in group["terms"]:
                owners.setdefault(term, []).append((name, group["weight"]))
    return Lexicon(list(owners)), list(owners.values())

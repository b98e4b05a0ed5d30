"""Posture (does a provision compete or cooperate with other countries?) and forum (alone, with allies, among all?).

Both are read from cue words near to what they speak of, never from a document's total: a provision without a cue is
``neutral`` and ``none``. Cooperation here is between countries; work with industry at home is no posture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from polidiff.coding.context import Context
from polidiff.coding.lexicon import Hit, Lexicon
from polidiff.lang.data import load_list
from polidiff.model import Actor, Code, Span

__all__ = ["forum", "posture"]

_INNER, _OUTER = 0.6, 0.15
#: Evidence from which a posture is named.
_ENOUGH = 0.65
_CUES = 6


def posture(context: Context) -> Code:
    """Return ``competition``, ``cooperation`` or ``neutral``, with score and cues."""
    lexicon, owners = _compiled("posture")
    totals, cues = _weigh(context, lexicon, owners)
    compete, cooperate = totals.get("competition", 0.0), totals.get("cooperation", 0.0)
    best = max(compete, cooperate)
    if best < _ENOUGH or compete == cooperate:
        return Code("neutral", round(0.5 + 0.5 * math.exp(-3.0 * best), 4) if best < _ENOUGH else 0.5)
    label = "competition" if compete > cooperate else "cooperation"
    return Code(label, _margin(best, min(compete, cooperate)), cues.get(label, ()))


def forum(context: Context, lead: Iterable[Actor] = ()) -> Code:
    """Return where a provision is to be carried out: ``national``, ``allied``, ``multilateral`` or ``none``.

    ``lead`` are the bodies that lead; a provision led by one and without another cue is national.
    """
    lexicon, owners = _compiled("forum")
    totals, cues = _weigh(context, lexicon, owners)
    wider = {label: totals.get(label, 0.0) for label in ("allied", "multilateral")}
    label = max(wider, key=lambda name: (wider[name], name))
    if wider[label] >= 0.6:
        other = min(wider.values())
        return Code(label, _margin(wider[label], other), cues.get(label, ()))
    bodies = tuple(actor.span for actor in lead)
    national = totals.get("national", 0.0) + (0.8 if bodies else 0.0)
    if national >= 0.4 and (bodies or cues.get("national")):
        return Code("national", _margin(national, wider[label]), (*bodies, *cues.get("national", ()))[:_CUES])
    return Code("none", round(0.5 + 0.5 * math.exp(-2.0 * (national + wider[label])), 4))


def _margin(best: float, other: float) -> float:
    """Score in 0.5..1 from the evidence for a label and that for its rival."""
    return round(0.5 + 0.5 * (1.0 - math.exp(-best)) * (best - other) / (best + other), 4)


def _weigh(
    context: Context, lexicon: Lexicon, owners: list[tuple[tuple[str, float], ...]]
) -> tuple[dict[str, float], dict[str, tuple[Span, ...]]]:
    totals: dict[str, float] = {}
    cues: dict[str, list[Span]] = {}
    thin = math.sqrt(max(1.0, context.length / 60))

    def add(hits: Iterable[Hit], share: float, own: bool) -> None:
        seen: set[int] = set()
        for hit in hits:
            for label, weight in owners[hit.term]:
                if own:
                    cues.setdefault(label, []).append(Span(context.start + hit.start, context.start + hit.end))
                if hit.term not in seen:
                    totals[label] = totals.get(label, 0.0) + weight * share
            seen.add(hit.term)

    add(lexicon.find(context.words), 1.0 / thin, own=True)
    if context.lead_in is not None:
        add(lexicon.find(context.lead_in), 0.7, own=False)
    for depth, heading in enumerate(reversed(context.headings[-2:])):
        add(lexicon.find(heading), _INNER if depth == 0 else _OUTER, own=False)
    return totals, {label: tuple(spans[:_CUES]) for label, spans in cues.items()}


@lru_cache(maxsize=2)
def _compiled(kind: str) -> tuple[Lexicon, list[tuple[tuple[str, float], ...]]]:
    owners: dict[str, list[tuple[str, float]]] = {}
    for label, groups in load_list(kind).items():
        for group in groups.values():
            for term in group["terms"]:
                found = owners.setdefault(term, [])
                if label not in {known for known, _ in found}:
                    found.append((label, group["weight"]))
    return Lexicon(list(owners)), [tuple(found) for found in owners.values()]

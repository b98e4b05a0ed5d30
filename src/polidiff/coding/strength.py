"""How firmly a provision binds or commits: one door to the four readers (plan and law, English and Chinese)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from polidiff.coding.strength_law import Strength, law_strength
from polidiff.coding.strength_plan import plan_strength
from polidiff.coding.strength_zh import law_strength_zh, plan_strength_zh
from polidiff.lang.modality import AS_PLAN, modal_free
from polidiff.model import Code, Document, Provision, Scale, Span

__all__ = ["is_law", "strength_of", "sureness"]

_READERS = {
    ("plan", "en"): plan_strength,
    ("plan", "zh"): plan_strength_zh,
    ("law", "en"): law_strength,
    ("law", "zh"): law_strength_zh,
}
_DEFAULTS = {"plan": "statement", "law": "none"}
_BINDING = re.compile(
    r"(?:法|条例|办法|规定|细则)(?:\s*[（(][^）)]*[）)])?$|\b(?:Act|Regulation|Directive|Law|Statute|Bill)\b",
    re.IGNORECASE,
)
_ORDERING = re.compile(r"\b(?:Order|Ordinance|Decree|Code|Statutes|Measures|Rules|Provisions)\b")
"""Names that laws share with other texts: only articles, not sections, tell the two apart."""
ARTICLES = 3
"""Articles or sections with a number that a text must have to count as a law."""


def is_law(document: Document, provisions: Sequence[Provision]) -> bool:
    """Whether a document is a law by its title and its numbered articles: there “shall” and 应当 are duties."""
    title = document.title.strip()
    if _BINDING.search(title):
        kinds = {"article", "section"}
    elif _ORDERING.search(title):
        kinds = {"article"}
    else:
        return False
    return sum(p.kind in kinds and bool(p.number) for p in provisions) >= ARTICLES


def strength_of(document: Document, provision: Provision, language: str, scale: Scale, binding: bool = False) -> Code:
    """Return the strength of one provision.

    An item without an operator of its own, or one of a law that goes on in the middle of its lead-in's sentence, takes
    the one of the words that introduce it (“Providers shall:”); the cue is then in those words.
    What a plan numbers as a recommendation is at least one. In a ``binding`` text the steps of plans are told by the
    classes of law: “shall”, by which a plan foretells, and 应当, by which it recommends, lay down duties there.
    """
    binding = binding and scale == "plan"
    found = _read(provision.text, scale, language, binding)
    start = provision.start
    if (
        provision.lead_in is not None
        and provision.kind != "prose"
        and (found.cue is None or (scale == "law" and (found.score < 0.65 or provision.text[:1].islower())))
    ):
        carried = _read(document.cut(provision.lead_in), scale, language, binding, " :：—-\n")
        if carried.label != _DEFAULTS[scale] and carried.cue is not None:
            found = Strength(carried.label, 0.9 * carried.score, carried.cue)
            start = provision.lead_in.start
    if scale == "plan" and provision.kind == "recommendation" and found.label == "statement":
        found = Strength("recommendation", 0.5)
    cues = () if found.cue is None else (Span(start + found.cue[0], start + found.cue[1]),)
    return Code(found.label, round(sureness(found), 4), cues)


@lru_cache(maxsize=4096)
def _read(text: str, scale: Scale, language: str, binding: bool, dropped: str = "") -> Strength:
    """How firmly a text speaks, without the characters ``dropped`` at its end."""
    told = modal_free(text)
    told = told.rstrip(dropped) if dropped else told
    read = _READERS["law" if binding else scale, "zh" if language == "zh" else "en"]
    found = read(told)
    return Strength(AS_PLAN[found.label], found.score, found.cue) if binding else found


def sureness(found: Strength) -> float:
    """Return how often a reading of this kind is right, in 0..1.

    The readers' own scores order their cues. A cue that was read is right more often than they say; a label that no
    cue speaks for, less often. Round numbers near to what ``evals/coding.py`` measures.
    """
    return found.score - 0.1 if found.cue is None else 1.0 - 0.4 * (1.0 - found.score)

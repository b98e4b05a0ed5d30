"""Statements of tone (“its tone is competitive”): answered from the coding of the whole document, or left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from polidiff.checking.claims.counts import structure_of
from polidiff.coding import load_codebook
from polidiff.coding.coder import cued
from polidiff.coding.tally import Share, stance_of
from polidiff.model import Coding, Document, Provision, Reason, Span
from polidiff.model.claims import ClaimLabel

__all__ = ["Tone", "is_tone", "toned"]

_TONE = re.compile(
    r"\b(?:tone|language|rhetoric|wording|style)\s+(?:is|was|remains?|sounds?)\s+(?:\w+ly\s+)?(?P<word>[\w-]+)|"
    r"\b(?:strikes|sets|takes|adopts|has)\s+an?\s+(?:\w+ly\s+)?(?P<other>[\w-]+)\s+tone\b|"
    r"(?:语气|基调|措辞)(?:是|显得|偏|充满)?(?P<zh>竞争|对抗|强硬|合作|温和|开放)"
)
_SIDES = {
    "competition": frozenset(
        ("competitive", "combative", "confrontational", "adversarial", "hawkish", "belligerent", "竞争", "对抗", "强硬")
    ),
    "cooperation": frozenset(
        ("cooperative", "co-operative", "collaborative", "conciliatory", "multilateral", "合作", "温和", "开放")
    ),
}
SHOWN = 3
"""Passages that show a tone."""


@dataclass(frozen=True, slots=True)
class Tone:
    """The verdict on a statement of tone, the passages that show it, and the shares behind it."""

    label: ClaimLabel
    spans: tuple[Span, ...]
    reason: Reason


def _side(claim: str) -> str | None:
    match = _TONE.search(claim)
    if match is None:
        return None
    word = (match["word"] or match["other"] or match["zh"]).lower()
    return next((side for side, words in _SIDES.items() if word in words), None)


def is_tone(claim: str) -> bool:
    """Whether a clause says of a document that it competes or cooperates in tone."""
    return _side(claim) is not None


@lru_cache(maxsize=16)
def _coded(key: tuple[str, str], document: Document) -> tuple[tuple[Provision, ...], tuple[Coding, ...]]:
    _, provisions = structure_of(document)
    return provisions, cued(document, provisions, load_codebook())


def _interval(share: Share) -> tuple[float, float, float]:
    return round(share.share, 4), round(share.low, 4), round(share.high, 4)


def toned(claim: str, document: Document) -> Tone | None:
    """Answer a statement of tone by how many provisions compete and how many cooperate; None where it is no such."""
    side = _side(claim)
    if side is None:
        return None
    provisions, codings = _coded((document.id, document.text_sha256), document)
    stance = stance_of(codings, provisions, "posture")
    shares = {share.label: share for share in stance.shares}
    mine, other = (shares[name] for name in (side, "cooperation" if side == "competition" else "competition"))
    parted = mine.low > other.high or other.low > mine.high
    compete, cooperate = (shares[name] for name in ("competition", "cooperation"))
    reason = Reason.of(
        "tone.shares" if parted else "tone.unparted",
        mine.share,
        n=stance.provisions,
        competition=_interval(compete),
        cooperation=_interval(cooperate),
    )
    label: ClaimLabel = "not_found"
    if mine.low > other.high:
        label = "supported"
    elif other.low > mine.high:
        label = "contradicted"
    wanted = side if label == "supported" else other.label
    rows = [(c.posture.score, p) for p, c in zip(provisions, codings, strict=True) if p.leaf and c.posture.id == wanted]
    best = sorted(rows, key=lambda row: (-row[0], row[1].start))[:SHOWN]
    if label == "not_found" or not best:
        return Tone("not_found", (), reason)
    return Tone(label, tuple(Span(p.start, p.end) for _, p in best), reason)

"""The reasons of a claim's verdict."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.checking.claims.exact import Bar
from polidiff.checking.claims.features import Contrast
from polidiff.checking.claims.retrieval import Candidate, Search
from polidiff.lang.amounts import Amount
from polidiff.lang.terms import Term
from polidiff.lang.words import Words, words_of
from polidiff.model import Reason
from polidiff.model.claims import ClaimLabel

__all__ = ["barred_by", "nothing_said", "said_of", "words_said"]

_TESTS = {
    "contradicted": ("number", "actor", "opposite", "duty", "negated", "up_to", "parity"),
    "overstated": ("up_to", "banned", "modality", "scope", "done", "whole"),
}
"""The tests that may be given as the reason of each verdict, surest first."""

SHOWN = 8
"""Words of a claim that a reason names."""


def said_of(label: ClaimLabel, contrast: Contrast, claim: Words) -> Reason | None:
    """Return the surest test that speaks for ``label`` at this passage; None where none does."""
    for test in _TESTS[label]:
        if test not in contrast.shown:
            continue
        mine, theirs = contrast.shown[test]
        if test == "negated" and _also_said(mine, theirs, claim, contrast.candidate.sentence.words):
            continue
        if test in _ONE_SIDED and not theirs:
            return Reason.of(_ONE_SIDED[test], 1.0, claim=mine)
        if test in ("negated", "parity") and not mine:
            return Reason.of("negated.document", 1.0, passage=theirs)
        return Reason.of(_CODES[test], 1.0, claim=mine, passage=theirs)
    return None


def _also_said(mine: str, theirs: str, claim: Words, passage: Words) -> bool:
    """Whether the word that alone turns one of two texts round stands in the other too: it can't tell them apart."""
    if bool(mine) == bool(theirs):
        return False
    keys = {word.key for word in words_of(mine or theirs).words}
    return keys <= {word.key for word in (passage if mine else claim).words}


_CODES = {
    "number": "number.claim",
    "up_to": "number.claim",
    "actor": "actor.claim",
    "opposite": "opposite.claim",
    "modality": "modality.claim",
    "banned": "modality.banned",
    "done": "modality.done",
    "scope": "scope.limited",
    "whole": "scope.whole",
    "duty": "negated.duty",
    "negated": "negated.both",
    "parity": "negated.both",
}
_ONE_SIDED = {"modality": "modality.firmer", "negated": "negated.claim", "parity": "negated.claim"}
"""Reasons where the document's sentence has no word against the claim's."""


def barred_by(bar: Bar) -> Reason:
    """Say what keeps a claim from being supported."""
    if not bar.theirs:
        return Reason.of("actor.absent", bar.chance, claim=bar.mine)
    return Reason.of(_BARRED.get(bar.test, "actor.claim"), bar.chance, claim=bar.mine, passage=bar.theirs)


_BARRED = {"modality": "modality.claim", "number": "number.claim"}


def words_said(terms: Sequence[Term], candidate: Candidate) -> Reason:
    """Say which of the claim's words the passage has, itself or in words of like meaning."""
    rows = list(zip(terms, candidate.covered, strict=True))
    shared = [term for term, value in rows if value >= 0.5]
    left = _runs([term for term, value in rows if value < 0.5])
    if not shared:
        return Reason.of("words.none", candidate.score)
    words = _runs(shared)
    total = len(words) + len(left)
    return Reason.of("words.claim", candidate.score, found=len(words), of=total, words=tuple(words[:SHOWN]))


def nothing_said(search: Search, best: Candidate | None, missing: Sequence[Amount]) -> Reason:
    """Say how much was searched and what of the claim the nearest passage does not speak of."""
    size = len(search.shelf.sentences)
    if best is None:
        return Reason.of("searched.subject", n=size)
    claim = search.claim
    rows = zip(search.terms, best.covered, strict=True)
    lacking = _runs([t for t, value in rows if value < 0.5 and t.weight >= 0.3])
    lacking += [claim[a.start : a.end] for a in missing if claim[a.start : a.end].lower() not in lacking]
    if not lacking:
        return Reason.of("searched.other", best.score, n=size)
    return Reason.of("searched.lacking", best.score, n=size, words=tuple(dict.fromkeys(lacking[:6])))


def _runs(terms: Sequence[Term]) -> list[str]:
    """The words of ``terms`` as a reader would cut them: pairs of Chinese characters that overlap are one word."""
    found: list[tuple[str, int, int]] = []
    for term in sorted(terms, key=lambda t: (t.start, t.end)):
        if found and found[-1][1] < term.start < found[-1][2] and len(term.raw) == term.end - term.start:
            word, start, end = found[-1]
            found[-1] = word + term.raw[end - term.start :], start, max(end, term.end)
        else:
            found.append((term.raw, term.start, term.end))
    return [word for word, _, _ in found]

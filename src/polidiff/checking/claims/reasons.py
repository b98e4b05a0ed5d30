"""The reasons of a claim's verdict in plain words. ``report/reasons.py`` holds the Chinese form of each."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.checking.claims.features import Contrast
from polidiff.checking.claims.retrieval import Candidate, Search
from polidiff.lang.amounts import Amount
from polidiff.lang.terms import Term
from polidiff.model import Reason
from polidiff.model.claims import ClaimLabel

__all__ = ["nothing_said", "said_of", "words_said"]

_TESTS = {
    "contradicted": ("number", "actor", "opposite", "duty", "negated", "up_to", "parity"),
    "overstated": ("up_to", "banned", "modality", "scope", "done", "whole"),
}
"""The tests that may be given as the reason of each verdict, surest first."""

SHOWN = 8
"""Words of a claim that a reason names."""


def said_of(label: ClaimLabel, contrast: Contrast) -> Reason | None:
    """Return the surest test that speaks for ``label`` at this passage, in words; None where none does."""
    for test in _TESTS[label]:
        if test not in contrast.shown:
            continue
        mine, theirs = contrast.shown[test]
        return Reason(_KINDS.get(test, test), _sentence(test, mine, theirs), 1.0)
    return None


_KINDS = {
    "up_to": "number",
    "banned": "modality",
    "done": "modality",
    "whole": "scope",
    "duty": "negated",
    "parity": "negated",
}


def _sentence(test: str, mine: str, theirs: str) -> str:
    if test in ("number", "up_to"):
        return f"The claim says {mine}, the document {theirs}."
    if test == "actor":
        return f"The claim names {mine}, the document {theirs}."
    if test == "opposite":
        return f"The claim says “{mine}”, the document “{theirs}”."
    if test == "modality":
        if theirs:
            return f"The claim says “{mine}” where the document says “{theirs}”."
        return f"The claim says “{mine}”, firmer than anything in the document's sentence."
    if test == "scope":
        return f"The claim says “{mine}”; the document limits it: “{theirs}”."
    if test == "banned":
        return f"The claim says “{mine}”; nothing in the document's sentence forbids or stops it."
    if test == "whole":
        return f"The claim says “{mine}”; the document's sentence does not go so far."
    if test == "done":
        return f"The claim tells it as done (“{mine}”); the document does not."
    if test == "duty":
        return f"The claim says “{mine}”, the document “{theirs}”: one allows or asks for what the other does not."
    if mine and theirs:
        return f"The claim says “{mine}” and the document “{theirs}”, so that they point different ways."
    if mine:
        return f"The claim turns round with “{mine}” what the document says without such a word."
    return f"The document turns round with “{theirs}” what the claim says without such a word."


def words_said(terms: Sequence[Term], candidate: Candidate) -> Reason:
    """Say which of the claim's words the passage has, itself or in words of like meaning."""
    rows = list(zip(terms, candidate.covered, strict=True))
    shared = [term for term, value in rows if value >= 0.5]
    left = _runs([term for term, value in rows if value < 0.5])
    if not shared:
        return Reason(
            "words", "The passage is near the claim in meaning, though it shares none of its words.", candidate.score
        )
    words = _runs(shared)
    said = ", ".join(words[:SHOWN])
    many = f"{len(words)} of the claim's {len(words) + len(left)} telling words"
    return Reason("words", f"The passage speaks of {many}: {said}.", candidate.score)


def nothing_said(search: Search, best: Candidate | None, missing: Sequence[Amount]) -> Reason:
    """Say how much was searched and what of the claim the nearest passage does not speak of."""
    size = len(search.shelf.sentences)
    start = f"All {size} sentences of the document were searched."
    if best is None:
        return Reason("searched", f"{start} None of them speaks of the claim's subject.", 0.0)
    claim = search.claim
    rows = zip(search.terms, best.covered, strict=True)
    lacking = _runs([t for t, value in rows if value < 0.5 and t.weight >= 0.3])
    lacking += [claim[a.start : a.end] for a in missing if claim[a.start : a.end].lower() not in lacking]
    if not lacking:
        return Reason(
            "searched", f"{start} The nearest passage uses the claim's words but says something else.", best.score
        )
    said = ", ".join(dict.fromkeys(lacking[:6]))
    return Reason("searched", f"{start} Even the nearest passage says nothing about: {said}.", best.score)


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

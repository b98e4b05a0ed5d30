"""The verdict on one claim against one document: the passages found, the tests run on them, and the reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.check.agreements import Read, read_agreement
from polidiff.check.amounts import Amount, amounts_of, conflict, same
from polidiff.check.evidence import Candidate, Shelf
from polidiff.check.leads import actors_differ
from polidiff.check.omissions import left_out
from polidiff.check.reading import Reading, read
from polidiff.check.structure import counted
from polidiff.check.terms import Term
from polidiff.coding.words import Words, stem, words_of
from polidiff.model import Reason
from polidiff.model.claims import ClaimLabel
from polidiff.model.spans import Span

__all__ = ["Decision", "decide"]

FOUND = 0.435
"""The score from which on a passage speaks to a claim. Set on the half of evals/claims.jsonl that may be looked at."""

NEAR = 0.8
"""A passage at this share of the best one's score is still tested for a conflict."""

ENOUGH = 0.7
"""A passage that answers this share of the claim and is turned the same way settles that it is not denied."""

_EVERYTHING = frozenset({"all", "every", "everyone", "everything", "always", "whatever", "entirely"})

TURNED = 0.55
"""The share of the words in common that must be turned round."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on a claim against one document, with the deciding spans and all candidates, best first."""

    label: ClaimLabel
    evidence: tuple[tuple[Span, float], ...]
    ranked: tuple[tuple[Span, float], ...]
    reasons: tuple[Reason, ...]
    confidence: float
    score: float
    omitted: tuple[Span, ...] = ()


def decide(claim: str, shelf: Shelf, *, learnt: bool = True) -> Decision:
    """Test ``claim`` against the document of ``shelf``.

    With ``learnt`` a claim of a kind that was learnt from agreements is judged by what was learnt.
    """
    known = read_agreement(claim, shelf.document, shelf.sentences) if learnt else None
    if known is not None:
        return _learnt(known)
    search = shelf.search(claim)
    terms, candidates = search.terms, search.candidates
    ranked = tuple((c.sentence.span, c.score) for c in candidates)
    count = counted(claim, shelf.document)
    if count is not None:
        said = [c.sentence.span for c in candidates[:3] if count.holds and _says(claim, c)]
        spans = tuple((span, 1.0) for span in dict.fromkeys([*said, *count.spans]))
        rest = tuple(row for row in ranked if row[0] not in {span for span, _ in spans})
        label: ClaimLabel = "supported" if count.holds else "contradicted"
        return Decision(label, spans, (*spans, *rest), (Reason("structure", count.reason, 1.0),), 0.9, 1.0)
    if not candidates:
        return Decision("not_found", (), (), (_nothing(shelf, None, terms),), 0.5, 0.0)
    best = candidates[0]
    near = [c for c in candidates[:6] if c.score >= NEAR * best.score]
    beside = search.beside(best)
    if beside:
        taken = {c.index for c in beside}
        near = [best, *beside, *(c for c in near[1:] if c.index not in taken)]
        rows = [(c.sentence.span, c.score) for c in beside]
        ranked = (ranked[0], *rows, *(row for row in ranked[1:] if row not in rows))
    amounts = amounts_of(claim)
    number = _numbers(amounts, near)
    if best.score < FOUND and (listed := _listed(claim, shelf)) is not None:
        return listed
    if best.score < FOUND or (number.missing and best.score < FOUND + 0.15):
        reasons = [_nothing(shelf, best, terms)]
        if number.missing:
            reasons.append(
                Reason("number", f"No passage near the claim's subject has its number “{number.words(claim)}”.", 1.0)
            )
        return Decision("not_found", (), ranked, tuple(reasons), _sure(FOUND - best.score), best.score)
    found = _tests(claim, terms, near, number, shelf)
    if found is not None:
        label, candidate, reason = found
        spans = ((candidate.sentence.span, candidate.score),)
        return Decision(label, spans, _first(spans, ranked), (reason, _words(terms, candidate)), 0.6, candidate.score)
    spans = ((best.sentence.span, best.score),)
    omitted = left_out(search, best)
    sure = _sure(best.score - FOUND)
    return Decision("supported", spans, ranked, (_words(terms, best),), sure, best.score, omitted)


def _says(claim: str, candidate: Candidate) -> bool:
    """Whether a sentence states the claim's count in words."""
    theirs = amounts_of(candidate.sentence.text)
    return candidate.score >= FOUND and any(
        same(a, b) and set(a.of[:2]) & set(b.of[:2]) for a in amounts_of(claim) for b in theirs
    )


def _learnt(known: Read) -> Decision:
    best = known.ranked[0][1]
    spans = tuple(row for row in known.ranked[:3] if row[1] >= 0.5 * best)
    if known.label == "not_found":
        reason = Reason("searched", "All of the agreement was searched and no clause of the kind says it.", 1.0)
        return Decision("not_found", (), known.ranked, (reason,), _sure(known.margin), best)
    return Decision(known.label, spans, known.ranked, (known.reason,), _sure(known.margin), best)


def _listed(claim: str, shelf: Shelf) -> Decision | None:
    """A claim that lists several things, each borne out by a passage of its own; None where one of them is not."""
    found: list[tuple[Span, float]] = []
    others: list[tuple[Span, float]] = []
    parts = parts_of(claim)
    if len(parts) < 2 or amounts_of(claim):
        return None
    for part in parts:
        search = shelf.search(part, 4)
        candidates = [c for c in search.candidates if not c.sentence.is_heading] or search.candidates
        if not search.terms or not candidates or candidates[0].score < FOUND:
            return None
        if read(part, search.terms, candidates[0].sentence.words, candidates[0].by, candidates[0].own).turned > TURNED:
            return None
        rows = [(c.sentence.span, c.score) for c in candidates]
        found += [row for row in rows[:1] if row[0] not in {span for span, _ in found}]
        others += rows[1:]
    rest = sorted({row for row in others if row[0] not in {span for span, _ in found}}, key=lambda r: (-r[1], r[0]))
    score = min(score for _, score in found)
    reason = Reason("words", f"Each of the {len(parts)} things that it lists has a passage of its own.", score)
    return Decision("supported", tuple(found), (*found, *rest), (reason,), _sure(score - FOUND), score)


def parts_of(claim: str) -> list[str]:
    """The things that a claim lists (“A, B and C”), as strings; the first keeps the words that open the claim."""
    parts = [part.strip(" .,") for part in re.split(r",\s+(?:and\s+|or\s+)?|\s+and\s+(?!\w+ly\b)", claim)]
    return [part for part in parts if re.search(r"\w{3}", part)]


@dataclass(frozen=True, slots=True)
class _Numbers:
    differs: tuple[Candidate, Amount, Amount] | None
    missing: tuple[Amount, ...]

    def words(self, claim: str) -> str:
        return ", ".join(claim[a.start : a.end] for a in self.missing)


def _numbers(amounts: Sequence[Amount], near: Sequence[Candidate]) -> _Numbers:
    """Which of the claim's numbers no near passage has, and the first that a passage contradicts."""
    differs = None
    missing = []
    for amount in amounts:
        theirs = [(c, a) for c in near for a in amounts_of(c.sentence.text)]
        if any(same(amount, a) for _, a in theirs):
            continue
        against = next(((c, amount, a) for c, a in theirs if conflict(amount, a)), None)
        if against is not None:
            differs = differs or against
        else:
            missing.append(amount)
    return _Numbers(differs, tuple(missing))


def _only_up_to(mine: Amount, theirs: Amount) -> bool:
    """Whether the document's number is an upper bound of an amount (not a deadline) that the claim goes beyond."""
    return theirs.bound == "most" and theirs.kind not in ("time", "year") and mine.value > theirs.value


def _tests(
    claim: str, terms: Sequence[Term], near: Sequence[Candidate], number: _Numbers, shelf: Shelf
) -> tuple[ClaimLabel, Candidate, Reason] | None:
    """The first test that speaks against the claim, the passage that shows it, and why."""
    if number.differs is not None:
        candidate, mine, theirs = number.differs
        words = candidate.sentence.text[theirs.start : theirs.end]
        label: ClaimLabel = "overstated" if _only_up_to(mine, theirs) else "contradicted"
        return (
            label,
            candidate,
            Reason("number", f"The claim says {claim[mine.start : mine.end]}, the document {words}.", 1.0),
        )
    readings: list[tuple[Candidate, Reading]] = [
        (c, read(claim, terms, c.sentence.words, c.by, c.own, _lead(c, shelf), shelf.law))
        for c in near[:3]
        if not c.sentence.is_heading
    ]
    for candidate, _ in readings[:2]:
        actor = actors_differ(claim, candidate.sentence)
        if actor is not None:
            return (
                "contradicted",
                candidate,
                Reason("actor", f"The claim names {actor[0]}, the document {actor[1]}.", 1.0),
            )
    for candidate, reading in readings[:2]:
        if reading.firmer is not None:
            mine_word, their_word = reading.firmer
            return (
                "overstated",
                candidate,
                Reason("modality", f"The claim says “{mine_word}” where the document says “{their_word}”.", 1.0),
            )
    whole = next((r for c, r in readings[:2] if r.wider is not None and r.wider[0].lower() in _EVERYTHING), None)
    agreed = any(_agrees(c, r, near[0]) for c, r in readings)
    known = {word.key for word in near[0].sentence.words.words}
    for candidate, reading in readings[:3]:
        if reading.opposite is not None and (candidate is near[0] or stem(reading.opposite[0]) not in known):
            a, b = reading.opposite
            return "contradicted", candidate, Reason("opposite", f"The claim says “{a}”, the document “{b}”.", 1.0)
        if whole is None and not agreed and _turned(candidate, reading, near[0]):
            a, b = reading.turned_by
            said = f"“{a}”" if a else "no such word"
            there = f"“{b}”" if b else "no such word"
            what = f"One turns round what the other says: the claim has {said}, the document {there}."
            return "contradicted", candidate, Reason("negated", what, reading.turned)
    for candidate, reading in readings[:2]:
        if reading.wider is not None:
            a, b = reading.wider
            what = f"The claim says “{a}”; the document limits it: “{b}”."
            return "overstated", candidate, Reason("scope", what, 1.0)
    return None


def _agrees(candidate: Candidate, reading: Reading, best: Candidate) -> bool:
    """Whether a passage among the best answers most of the claim and turns it the same way."""
    return reading.turned <= 0.3 and candidate.words >= ENOUGH and candidate.score >= 0.85 * best.score


def _turned(candidate: Candidate, reading: Reading, best: Candidate) -> bool:
    return reading.turned > TURNED and candidate.score >= max(FOUND, NEAR * best.score)


def _lead(candidate: Candidate, shelf: Shelf) -> Words | None:
    lead = candidate.sentence.lead_in
    return None if lead is None else words_of(lead.cut(shelf.document.text))


def _first(
    spans: tuple[tuple[Span, float], ...], ranked: tuple[tuple[Span, float], ...]
) -> tuple[tuple[Span, float], ...]:
    chosen = {span for span, _ in spans}
    return (*spans, *(row for row in ranked if row[0] not in chosen))


def _words(terms: Sequence[Term], candidate: Candidate) -> Reason:
    shared = [term.raw for term, value in zip(terms, candidate.covered, strict=True) if value >= 0.5]
    said = ", ".join(shared[:8])
    return Reason(
        "words", f"The passage answers {len(shared)} of the claim's {len(terms)} words: {said}.", candidate.score
    )


def _nothing(shelf: Shelf, best: Candidate | None, terms: Sequence[Term]) -> Reason:
    size = len(shelf.sentences)
    if best is None:
        return Reason("searched", f"All {size} sentences were searched and none speaks to it.", 0.0)
    lacking = [term.raw for term, value in zip(terms, best.covered, strict=True) if value < 0.5]
    said = f"; the nearest has nothing of: {', '.join(lacking[:6])}" if lacking else ""
    return Reason("searched", f"All {size} sentences were searched and none says it{said}.", best.score)


def _sure(margin: float) -> float:
    return round(min(0.95, 0.5 + 1.5 * max(0.0, margin)), 4)

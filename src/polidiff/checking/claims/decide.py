"""The verdict on one claim against one document: the passages found, the tests run on them, and the reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from polidiff.checking.claims.aggregate import against, beyond, number_verdicts, shares, summed
from polidiff.checking.claims.counts import counted
from polidiff.checking.claims.doubt import LABELS, comparison, likelihoods
from polidiff.checking.claims.exact import Bar, bars
from polidiff.checking.claims.features import Contrast, contrast
from polidiff.checking.claims.mentions import named
from polidiff.checking.claims.omissions import left_out, without_subject
from polidiff.checking.claims.polarity import polarity
from polidiff.checking.claims.reasons import barred_by, nothing_said, said_of, words_said
from polidiff.checking.claims.retrieval import Candidate, Search, SentenceIndex
from polidiff.checking.claims.tone import toned
from polidiff.checking.claims.weights import weights
from polidiff.lang.amounts import amounts_of, same
from polidiff.lang.words import words_of
from polidiff.model import Reason
from polidiff.model.claims import ClaimLabel
from polidiff.model.comparisons import By
from polidiff.model.spans import Span
from polidiff.thresholds import threshold

__all__ = ["Decision", "decide", "parts_of", "ruled"]

FOUND = 0.5
"""The score from which on a passage speaks to a claim."""

LONGEST = 900
"""Code points of a claim from which on it says more than a few passages can bear out."""

READ = 4
"""Passages that a claim is laid beside."""


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
    by: By = "rule"
    unsure: bool = False


def decide(claim: str, shelf: SentenceIndex) -> Decision:
    """Test ``claim`` against the document of ``shelf``. One without a word is not found; a very long one is unsure."""
    if not re.search(r"\w", claim):
        return Decision(
            "not_found", (), (), (Reason.of("searched.subject", n=len(shelf.sentences)),), 0.5, 0.0, unsure=True
        )
    made = _decide(claim, shelf)
    return replace(made, unsure=True) if len(claim) > LONGEST else made


def _decide(claim: str, shelf: SentenceIndex) -> Decision:
    tone = toned(claim, shelf.document)
    if tone is not None:
        rows = tuple((span, 1.0) for span in tone.spans)
        return Decision(tone.label, rows, rows, (tone.reason,), 0.7, 1.0)
    silence = named(claim, shelf.sentences)
    if silence is not None:
        rows = tuple((span, 1.0) for span in silence.spans)
        unsure = silence.label == "supported"  # other words for the thing aren't looked for
        return Decision(silence.label, rows[:1], rows, (silence.reason,), 0.85, 1.0, unsure=unsure)
    search = shelf.search(claim)
    ranked = search.ranked()
    count = counted(claim, shelf.document)
    if count is not None:
        said = [c.sentence.span for c in search.candidates[:3] if count.holds and _says(claim, c)]
        spans = tuple((span, 1.0) for span in dict.fromkeys([*said, *count.spans]))
        rest = tuple(row for row in ranked if row[0] not in {span for span, _ in spans})
        label: ClaimLabel = "supported" if count.holds else "contradicted"
        return Decision(label, spans, (*spans, *rest), count.reasons, 0.9, 1.0)
    if not search.candidates:
        return Decision("not_found", (), (), (nothing_said(search, None, ()),), 0.5, 0.0)
    contrasts = [contrast(claim, search, c, shelf) for c in search.candidates[:READ]]
    return _weighed(claim, search, contrasts, ranked)


HEARD, RULED, OTHER = 0.6, 0.7, 0.1
"""The weight of the learnt head beside the rules, and what the rules give to their own verdict and to each other one.
Set on claims about two pairs of plans and on labels of documents left out (``judges/cards/claims.md``)."""


def _weighed(
    claim: str, search: Search, contrasts: Sequence[Contrast], ranked: tuple[tuple[Span, float], ...]
) -> Decision:
    """The rules' verdict, or the learnt head's where both together make it likelier; with the head's probability."""
    sums, numbers = summed(contrasts), number_verdicts(contrasts)
    likely = _likely(contrasts)
    mine = _decided(claim, search, contrasts, ranked, likely)
    told = (mine.label, mine.confidence)
    values = comparison(claim, search, contrasts, sums, told, list(numbers.values()))
    head = likelihoods(values, search.shelf.manner(claim))
    mixed = {label: head[label] ** HEARD * (RULED if label == mine.label else OTHER) ** (1 - HEARD) for label in LABELS}
    if not likely["supported"] and mine.label != "supported":
        mixed["supported"] = 0.0
    made = mine
    if max(mixed, key=lambda label: mixed[label]) != mine.label:
        made = _decided(claim, search, contrasts, ranked, mixed, listing=False)
    if made.label == "supported" and (bar := next(bars(claim, contrasts, search.shelf), None)) is not None:
        return _barred(bar, made)
    sure = threshold(f"claims.{made.label}")
    chance = round(head[made.label], 4)
    by: By = "rule" if made.label == mine.label else "learnt"
    lone = made.label == "not_found" and (mine.label != made.label or mine.confidence < threshold("claims.absence"))
    return replace(made, confidence=chance, by=by, unsure=lone or chance < sure)


def _barred(bar: Bar, made: Decision) -> Decision:
    """The verdict of what bars a claim from being supported, shown at the passage that it was laid beside."""
    candidate = bar.contrast.candidate
    sure = threshold(f"claims.{bar.label}")
    return replace(
        made,
        label=bar.label,
        evidence=((candidate.sentence.span, candidate.score),),
        reasons=(barred_by(bar), *made.reasons),
        confidence=bar.chance,
        omitted=(),
        by="rule",
        unsure=bar.chance < sure,
    )


def _likely(contrasts: Sequence[Contrast]) -> dict[ClaimLabel, float]:
    """The likelihood of each verdict by the rules: a claim with a number that the passages lack isn't supported."""
    likely = weights().shares(summed(contrasts))
    if "missing" in number_verdicts(contrasts).values():
        likely["supported"] = 0.0
    return likely


def ruled(claim: str, search: Search, contrasts: Sequence[Contrast]) -> tuple[ClaimLabel, float]:
    """Return the rules' verdict with its likelihood."""
    made = _decided(claim, search, contrasts, search.ranked(), _likely(contrasts))
    return made.label, made.confidence


def _decided(
    claim: str,
    search: Search,
    contrasts: Sequence[Contrast],
    ranked: tuple[tuple[Span, float], ...],
    likely: dict[ClaimLabel, float],
    listing: bool = True,
) -> Decision:
    """The likeliest verdict that can be shown; ``listing``: a list may be borne out thing by thing."""
    best = contrasts[0].candidate
    label, chosen, reasons = _told(likely, search, contrasts)
    weak = label == "contradicted" and reasons[0].kind == "negated"
    if listing and (label == "not_found" or weak) and (listed := _listed(claim, search.shelf)) is not None:
        return listed
    confidence = round(min(0.95, max(0.3, likely[label])), 4)
    if label == "not_found":
        nothing = nothing_said(search, best, [a for a, said in number_verdicts(contrasts).items() if said == "missing"])
        return Decision("not_found", (), ranked, (nothing,), confidence, best.score)
    spans = ((chosen.candidate.sentence.span, chosen.candidate.score),)
    omitted = left_out(search, chosen.candidate) if label == "supported" else ()
    return Decision(label, spans, ranked, reasons, confidence, best.score, omitted)


def _told(
    likely: dict[ClaimLabel, float], search: Search, contrasts: Sequence[Contrast]
) -> tuple[ClaimLabel, Contrast, tuple[Reason, ...]]:
    """The likeliest verdict that words can be shown for, the passage that shows them best, and the reasons."""
    part, said = shares(contrasts), words_of(search.claim)
    for label in sorted(likely, key=lambda name: -likely[name]):
        if label in ("contradicted", "overstated"):
            measure = against if label == "contradicted" else beyond
            order = sorted(range(len(contrasts)), key=lambda n: -part[n] * measure(contrasts[n].values))
            for n in order:
                reason = said_of(label, contrasts[n], said)
                if reason is not None and not (reason.kind == "negated" and _nearer(contrasts, n)):
                    return label, contrasts[n], (reason, words_said(search.terms, contrasts[n].candidate))
            continue
        return label, contrasts[0], (words_said(search.terms, contrasts[0].candidate),)
    raise AssertionError("two of the four verdicts need no words")


def _nearer(contrasts: Sequence[Contrast], n: int) -> bool:
    """Whether another passage speaks to the claim so much better that the words of the ``n``-th turn nothing round."""
    scores = [one.candidate.score for one in contrasts]
    return max(scores) - scores[n] > threshold("claims.nearer")


def _says(claim: str, candidate: Candidate) -> bool:
    """Whether a sentence states the claim's count in words."""
    theirs = amounts_of(candidate.sentence.text)
    return candidate.score >= FOUND and any(
        same(a, b) and set(a.of[:2]) & set(b.of[:2]) for a in amounts_of(claim) for b in theirs
    )


def _listed(claim: str, shelf: SentenceIndex) -> Decision | None:
    """A claim that lists several things, each borne out by a passage of its own; None where one of them is not."""
    found: list[tuple[Span, float]] = []
    others: list[tuple[Span, float]] = []
    parts = parts_of(claim)
    if len(parts) < 2 or amounts_of(claim):
        return None
    for part in map(without_subject, parts):
        search = shelf.search(part, 4)
        candidates = [c for c in search.candidates if not c.sentence.is_heading] or search.candidates
        if not search.terms or not candidates or candidates[0].score < FOUND:
            return None
        best = candidates[0]
        if shelf.manner(part) == "english" and polarity(part, search.terms, best).turned > 0.5:
            return None
        rows = [(c.sentence.span, c.score) for c in candidates]
        found += [row for row in rows[:1] if row[0] not in {span for span, _ in found}]
        others += rows[1:]
    rest = sorted({row for row in others if row[0] not in {span for span, _ in found}}, key=lambda r: (-r[1], r[0]))
    score = min(score for _, score in found)
    reason = Reason.of("words.listed", score, n=len(parts))
    return Decision("supported", tuple(found), (*found, *rest), (reason,), round(min(0.95, score), 4), score)


def parts_of(claim: str) -> list[str]:
    """The things that a claim lists (“A, B and C”), as strings; the first keeps the words that open the claim."""
    parts = [part.strip(" .,") for part in re.split(r",\s+(?:and\s+|or\s+)?|\s+and\s+(?!\w+ly\b)", claim)]
    return [part for part in parts if re.search(r"\w{3}", part)]

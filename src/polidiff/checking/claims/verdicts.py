"""Claims: each statement tested against the documents that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from polidiff.checking.article.document_names import DocumentNames, government
from polidiff.checking.article.sides import sides_of
from polidiff.checking.claims.decide import Decision, decide, parts_of
from polidiff.checking.claims.omissions import said_too
from polidiff.checking.claims.retrieval import SentenceIndex
from polidiff.checking.quotes.context import doubts, one_line
from polidiff.encode import Encoder
from polidiff.encode.threads import one_thread_each
from polidiff.model import Claim, ClaimLabel, ClaimVerdict, Document, Evidence, Reason, Span, Verdict

__all__ = ["Shelves", "capped", "judge_claims"]

_FALSE = ("altered", "spliced", "not_found", "misattributed")
"""Quotations that keep a claim around them from being supported."""
_ORDER: tuple[ClaimLabel, ...] = ("supported", "overstated", "contradicted", "not_found")


class Shelves:
    """The documents at hand, each made ready when a claim first asks for it."""

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        self.documents = {document.id: document for document in documents}
        self._encoder = encoder
        self.names = DocumentNames(documents)
        self._made: dict[str, SentenceIndex] = {}

    def __getitem__(self, document_id: str) -> SentenceIndex:
        if document_id not in self._made:
            self._made[document_id] = SentenceIndex(self.documents[document_id], self._encoder, self._governments)
        return self._made[document_id]

    @cached_property
    def _governments(self) -> frozenset[str]:
        return frozenset(code for one in self.documents.values() if (code := government(one)) is not None)

    def holding(self, document_id: str) -> str | None:
        """The document to test on for ``document_id``: itself, else a digest of it; None if neither is held."""
        if document_id in self.documents:
            return document_id
        digests = [i for i, d in self.documents.items() if d.is_digest and i.split(".digest")[0] == document_id]
        return min(digests, default=None, key=lambda i: (not i.endswith(".en"), i))


def judge_claims(claims: Sequence[Claim], shelves: Shelves) -> tuple[ClaimVerdict, ...]:
    """Return a verdict for each of ``claims``, in their order."""
    with one_thread_each():
        return tuple(_credited(claim, _judge(claim, shelves), shelves) for claim in claims)


def capped(claims: Sequence[ClaimVerdict], quotes: Sequence[Verdict]) -> tuple[ClaimVerdict, ...]:
    """Return ``claims``, none of them supported that rests on words which the document doesn't have like that."""
    wrong = [q for q in quotes if q.verdict in _FALSE and q.start is not None and q.end is not None]
    return tuple(_capped(claim, wrong) for claim in claims)


def _capped(claim: ClaimVerdict, wrong: Sequence[Verdict]) -> ClaimVerdict:
    start, end = claim.start, claim.end
    if claim.verdict != "supported" or start is None or end is None:
        return claim
    inside = next((q for q in wrong if start <= (q.start or 0) and (q.end or 0) <= end), None)
    if inside is None:
        return claim
    reason = Reason.of("words.misquoted", 1.0, quote=inside.text)
    if inside.verdict in ("not_found", "misattributed"):
        return replace(claim, verdict="not_found", evidence=(), reasons=(reason, *claim.reasons))
    return replace(claim, verdict="overstated", reasons=(reason, *claim.reasons))


def _credited(claim: Claim, verdict: ClaimVerdict, shelves: Shelves) -> ClaimVerdict:
    """Add what other documents say too, where an article credits one document with it."""
    if claim.start < 0 or len(claim.documents) != 1 or verdict.verdict not in ("supported", "overstated"):
        return verdict
    warnings = list(verdict.warnings)
    elsewhere: list[Evidence] = []
    for name in shelves.documents:
        if name == shelves.holding(claim.documents[0]) or name.split(".digest")[0] == claim.documents[0]:
            continue
        for part, span, score in said_too(parts_of(claim.text), shelves[name]):
            passage = _passage(shelves, name, (span, score))
            shown = one_line(shelves.documents[name].cut(span))
            warnings.append(Reason.of("elsewhere.says", document=name, part=part, span=tuple(span), words=shown))
            elsewhere.append(passage)
    return replace(verdict, warnings=tuple(warnings), elsewhere=tuple(elsewhere))


def _judge(claim: Claim, shelves: Shelves) -> ClaimVerdict:
    named = claim.documents
    decided: list[tuple[str, Decision]] = []
    sides = () if named else sides_of(claim.text, tuple(shelves.documents.values()), shelves.names)
    held_sides = [(part, held) for part, name in sides if (held := shelves.holding(name)) is not None]
    if held_sides:
        decided = [(held, decide(part, shelves[held])) for part, held in held_sides]
        return _on_each(claim, decided, (), shelves)
    warnings: list[Reason] = []
    missing: list[Reason] = []
    for name in named or tuple(shelves.documents):
        held = shelves.holding(name)
        if held is None:
            missing.append(Reason.of("missing.document", 1.0, document=name))
            continue
        if named and held != name:
            warnings.append(Reason.of("digest.only", document=name))
        elif shelves.documents[held].is_digest and (claim.original == held or (named and claim.start >= 0)):
            warnings.append(Reason.of("digest.itself", document=held))
        decided.append((held, decide(claim.text, shelves[held])))
    if not decided or (named and missing):
        return _verdict(claim, "not_found", None, (), decided, tuple(missing), tuple(warnings), shelves)
    if len(named) > 1:
        return _on_each(claim, decided, tuple(warnings), shelves)
    best = min(decided, key=lambda row: (_ORDER.index(row[1].label) == 3, -row[1].score, row[0]))
    return _verdict(claim, best[1].label, best[0], [best], decided, (), tuple(warnings), shelves)


def _on_each(
    claim: Claim, decided: Sequence[tuple[str, Decision]], warnings: tuple[Reason, ...], shelves: Shelves
) -> ClaimVerdict:
    """The worst of the verdicts on the documents that a claim speaks of. That a side is silent is never sure.

    Where a passage of one side speaks against the claim, this is the verdict, though none of another side was found.
    """
    spoken: list[ClaimLabel] = [d.label for _, d in decided if d.label != "not_found"]
    against: list[ClaimLabel] = [label for label in spoken if label != "supported"]
    worst = max(against or [d.label for _, d in decided], key=_worst)
    chosen = [(i, d) for i, d in decided if worst == "supported" or d.label == worst]
    made = _verdict(claim, worst, None, chosen, decided, (), warnings, shelves)
    return replace(made, unsure=made.unsure or len(spoken) < len(decided))


def _worst(label: ClaimLabel) -> int:
    return ("supported", "overstated", "not_found", "contradicted").index(label)


def _verdict(
    claim: Claim,
    label: ClaimLabel,
    document: str | None,
    chosen: Sequence[tuple[str, Decision]],
    decided: Sequence[tuple[str, Decision]],
    reasons: tuple[Reason, ...],
    warnings: tuple[Reason, ...],
    shelves: Shelves,
) -> ClaimVerdict:
    evidence = [_passage(shelves, i, row) for i, d in chosen for row in d.evidence] if label != "not_found" else []
    others = [_passage(shelves, i, row) for i, d in decided for row in d.ranked]
    seen = {(e.document, e.span) for e in evidence}
    ranked = [*evidence, *sorted((e for e in others if (e.document, e.span) not in seen), key=lambda e: -e.score)]
    if label == "not_found" and document is None and len(decided) == 1:
        document = decided[0][0]
    omitted = [_passage(shelves, i, (span, d.score)) for i, d in chosen for span in d.omitted]
    for name in dict.fromkeys(o.document for o in omitted):
        spans = [o.span for o in omitted if o.document == name]
        words = tuple(shelves.documents[name].cut(span) for span in spans)
        warnings = (*warnings, Reason.of("left_out.list", document=name, spans=tuple(map(tuple, spans)), words=words))
    for name in dict.fromkeys(e.document for e in evidence):
        warnings = (*warnings, *doubts(shelves.documents[name], [e.span for e in evidence if e.document == name]))
    return ClaimVerdict(
        id=claim.id,
        text=claim.text,
        verdict=label,
        start=claim.start if claim.start >= 0 else None,
        end=claim.end if claim.start >= 0 else None,
        document=document,
        cited_documents=claim.documents,
        evidence=tuple(evidence),
        ranked=tuple(ranked),
        reasons=(*reasons, *(reason for _, d in (chosen or decided) for reason in d.reasons)),
        warnings=warnings,
        omissions=tuple(omitted),
        confidence=min((d.confidence for _, d in (chosen or decided)), default=0.9),
        by="learnt" if any(d.by == "learnt" for _, d in (chosen or decided)) else "rule",
        unsure=any(d.unsure for _, d in (chosen or decided)),
    )


def _passage(shelves: Shelves, document_id: str, row: tuple[Span, float]) -> Evidence:
    span, score = row
    document = shelves.documents[document_id]
    return Evidence(document_id, span, document.pages_of(span)[0], round(float(score), 4))

"""Statements about documents, and whether the documents bear them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from polidiff.model.comparisons import By
from polidiff.model.reasons import Reason
from polidiff.model.shown import row, short, table
from polidiff.model.spans import Span

ClaimLabel = Literal["supported", "overstated", "contradicted", "not_found"]


@short
@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about held documents.

    ``text`` is ``article.text[start:end]``, or stands in no article when ``start`` is -1. ``documents`` are the ids
    of the documents that it speaks of: each of them has to bear it out; when empty, any document may. ``original`` is
    the id of a document of which only a digest is held: the claim is tested on the digest. ``article_sentence`` is
    the span of the whole sentence that holds the claim, or None.
    """

    id: str
    text: str
    start: int = -1
    end: int = -1
    documents: tuple[str, ...] = ()
    original: str | None = None
    article_sentence: Span | None = None


LeftWhy = Literal["said_by_others", "not_held", "several", "too_little"]
"""Why a statement of an article isn't tested: somebody else says it, it is about a document that isn't at hand or
about several at once without saying the same of each, or it says too little of its own."""


@short
@dataclass(frozen=True, slots=True)
class UntestedSentence:
    """A sentence of an article about a document that isn't tested: ``article.text[start:end]``, and why not."""

    start: int
    end: int
    why: LeftWhy


SentenceKind = Literal["claim", "quotation", "not_held", "said_by_others", "other"]
"""What a sentence of an article is: a statement tested on documents at hand, a quotation, a statement about a document
that isn't at hand, what somebody else says, or the article's own opinion or narration."""


@short
@dataclass(frozen=True, slots=True)
class ArticleSentence:
    """A sentence of an article, ``article.text[start:end]``, and what was made of it.

    ``kind`` is the first of :data:`SentenceKind` that it holds; a sentence with a claim may hold quotations too.
    ``documents`` are the ids of those at hand that it speaks of; ``named`` are the article's words for one that isn't.
    """

    start: int
    end: int
    kind: SentenceKind
    documents: tuple[str, ...] = ()
    named: str = ""


@short
@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that speaks to a claim: ``span`` cuts the words from ``document``; ``score`` is in 0..1."""

    document: str
    span: Span
    page: int | None
    score: float


@short
@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """What the documents say of one claim.

    ``evidence`` holds the deciding passages, never empty for ``supported``, ``overstated`` and ``contradicted``, and
    empty for ``not_found``; ``ranked`` all candidates, best first. ``omissions`` are words of the deciding passages
    that the claim leaves out of a list that it uses; ``elsewhere`` are passages of other documents that say the same,
    where an article credits one document with it. ``confidence`` is the chance that the verdict is right, in 0..1, and
    ``by`` says whose it is. ``unsure`` verdicts are the best guess and for a person to settle.
    """

    id: str
    text: str
    verdict: ClaimLabel
    start: int | None = None
    end: int | None = None
    document: str | None = None
    cited_documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    ranked: tuple[Evidence, ...] = ()
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    omissions: tuple[Evidence, ...] = ()
    elsewhere: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    by: By = "rule"
    unsure: bool = False

    def _repr_html_(self) -> str:
        return table([row(self)])

"""An article's quotations and claims, and what the documents say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from polidiff.model.claims import ClaimVerdict, UntestedSentence
from polidiff.model.comparisons import Reason
from polidiff.model.documents import Document
from polidiff.model.spans import Span

QuoteVerdict = Literal[
    "verbatim",
    "typographic",
    "trimmed",
    "altered",
    "spliced",
    "misattributed",
    "third_party",
    "translated",
    "not_found",
]
EditKind = Literal["replace", "delete", "insert", "omission"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in an article: ``text`` is ``article.text[start:end]``, without its quotation marks.

    ``speaker`` is who is said to have said it, in the article's words, or None; ``ascription`` is the span of the
    words that say so. ``cited_document`` is the id of the held document it is ascribed to, or None; ``third_party``
    is True when it is ascribed to a person or source that is none of the held documents. ``original`` is the id of
    the document of which only a digest is held, when the quotation is ascribed to that original.
    """

    id: str
    text: str
    start: int
    end: int
    speaker: str | None = None
    ascription: Span | None = None
    cited_document: str | None = None
    third_party: bool = False
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One change between a quotation and the document.

    ``quote`` and ``source`` are the words on either side (empty for an insertion or a deletion), ``quote_span`` is
    in the quotation's own text, ``source_span`` in the document's. ``matters`` names why the change matters
    (``number``, ``negation``, ``modality``, ``actor``), or is empty.
    """

    kind: EditKind
    quote: str
    source: str
    quote_span: Span
    source_span: Span
    matters: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the documents say of one quotation.

    ``matched`` are the spans of ``document`` that hold the words (several for a trimmed or spliced quotation);
    the first and last give ``matched_start`` and ``matched_end``. ``elsewhere`` lists further places
    (document id, span) with the same words. ``page`` counts from 1. ``confidence`` is in 0..1.
    """

    id: str
    kind: Literal["quote", "claim"]
    text: str
    start: int | None
    end: int | None
    speaker: str | None
    verdict: QuoteVerdict
    document: str | None = None
    page: int | None = None
    matched: tuple[Span, ...] = ()
    matched_text: str | None = None
    edits: tuple[Edit, ...] = ()
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, Span], ...] = ()
    confidence: float = 0.0
    cited_document: str | None = None


@dataclass(frozen=True)
class ArticleCheck:
    """An article and the verdicts on its quotations and on its claims, each in the order of the article.

    ``left`` are its sentences about documents that weren't tested; ``read_for_claims``
    says whether it was read for them at all.
    """

    article: Document
    documents: tuple[Document, ...]
    verdicts: tuple[Verdict, ...]
    claims: tuple[ClaimVerdict, ...] = ()
    left: tuple[UntestedSentence, ...] = ()
    read_for_claims: bool = False

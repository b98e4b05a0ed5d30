"""An article's quotations and claims, and what the documents say of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from polidiff.model.claims import ArticleSentence, ClaimVerdict, UntestedSentence
from polidiff.model.documents import Document
from polidiff.model.reasons import Reason, overruled
from polidiff.model.shown import frame, polars_frame, row, short, table
from polidiff.model.spans import Span

if TYPE_CHECKING:
    import pandas
    import polars

_COLUMNS = ("id", "text", "verdict", "document", "page", "confidence", "start", "end")

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


@short
@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in an article: ``text`` is ``article.text[start:end]``, without its quotation marks.

    ``speaker`` is who is said to have said it, in the article's words, or None; ``ascription`` is the span of the
    words that say so. ``cited_document`` is the id of the held document it is ascribed to, or None; ``third_party``
    is True when it is ascribed to a person or source that is none of the held documents. ``original`` is the id of
    the document of which only a digest is held, when the quotation is ascribed to that original. ``carried`` is
    True where the quotation's own sentence doesn't name the cited document: what was spoken of before does.
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
    carried: bool = False


@short
@dataclass(frozen=True, slots=True)
class Edit:
    """One change between a quotation and the document.

    ``quote`` and ``source`` are the words on either side (empty for an insertion or a deletion), ``quote_span`` is
    in the quotation's own text, ``source_span`` in the document's. ``matters`` names why the change matters
    (``number``, ``negation``, ``modality``, ``actor``, ``opposite``), or is empty.
    """

    kind: EditKind
    quote: str
    source: str
    quote_span: Span
    source_span: Span
    matters: str = ""


@short
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
    warnings: tuple[Reason, ...] = ()
    elsewhere: tuple[tuple[str, Span], ...] = ()
    confidence: float = 0.0
    cited_document: str | None = None

    @property
    def unsure(self) -> bool:
        """Whether the verdict is a guess for a person to settle."""
        return not overruled(self.reasons) and any(
            reason.code in ("meaning.untranslated", "attribution.carried") for reason in self.reasons
        )

    def _repr_html_(self) -> str:
        return table([row(self)])


@short
@dataclass(frozen=True)
class ArticleCheck:
    """An article and the verdicts on its quotations and on its claims, each in the order of the article.

    ``left`` are its sentences about documents that weren't tested; ``read_for_claims``
    says whether it was read for them at all. ``sentences`` are then all of its sentences, none twice, headings apart.
    """

    article: Document
    documents: tuple[Document, ...]
    verdicts: tuple[Verdict, ...]
    claims: tuple[ClaimVerdict, ...] = ()
    left: tuple[UntestedSentence, ...] = ()
    read_for_claims: bool = False
    sentences: tuple[ArticleSentence, ...] = ()

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each verdict as a row, quotations first: what was said, the verdict, and where the words stand."""
        for quote in self.verdicts:
            yield {"kind": "quote", **{name: row(quote)[name] for name in _COLUMNS}, "matched": quote.matched_text}
        held = {document.id: document for document in self.documents}
        for claim in self.claims:
            best = claim.evidence[0] if claim.evidence else None
            yield {
                "kind": "claim",
                **{name: getattr(claim, name, best.page if best else None) for name in _COLUMNS},
                "matched": held[best.document].cut(best.span) if best and best.document in held else None,
            }

    def to_frame(self) -> pandas.DataFrame:
        """Return the verdicts as a pandas DataFrame, see :meth:`rows`. Raises InputError where pandas is missing."""
        return frame(self.rows())

    def to_polars(self) -> polars.DataFrame:
        """Return the verdicts as a Polars DataFrame, as :meth:`to_frame`. Raises InputError where polars is missing."""
        return polars_frame(self.rows())

    def _repr_html_(self) -> str:
        return table(list(self.rows()), caption=self.article.title)

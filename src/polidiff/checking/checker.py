"""A checker held ready over documents: claims and quotations one by one, or whole articles, without reading again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from polidiff import checking
from polidiff.encode import Encoder, default_encoder
from polidiff.model import ArticleCheck, Claim, ClaimVerdict, Document, Quote, Verdict
from polidiff.model.shown import cut
from polidiff.readers import read

if TYPE_CHECKING:
    from polidiff.checking.claims.verdicts import Shelves
    from polidiff.checking.quotes.index import QuoteIndex
    from polidiff.judges.protocol import Judge

__all__ = ["ClaimChecker"]

Progress = Callable[[str, int, int], None]


class ClaimChecker:
    """Documents made ready once, against which claims, quotations and articles are checked many times.

    ::

        checker = polidiff.ClaimChecker(["us.pdf", "cn.md"])
        checker.check("China calls for open source.", document="cn").verdict
        checker.check_article("article.txt").to_frame()

    ``against`` are documents or their sources. ``encoder`` is the default one when None; ``judge`` is asked
    about each claim (:mod:`polidiff.judges.protocol`). What is needed is made on first use and
    kept. One checker serves one thread. Raises InputError for what cannot be read.
    """

    def __init__(
        self,
        against: Sequence[str | Path | Document],
        *,
        encoder: Encoder | None = None,
        judge: Judge | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.documents = tuple(_read(source, progress) for source in against)
        self.judge = judge
        self._encoder = encoder

    def check(self, claim: str | Claim, *, document: str | None = None) -> ClaimVerdict:
        """Return whether the documents bear out a claim; with ``document`` (an id) whether that one does."""
        made = claim if isinstance(claim, Claim) else Claim("claim", claim, documents=(document,) if document else ())
        return self.check_claims([made])[0]

    def check_claims(self, claims: Sequence[Claim]) -> tuple[ClaimVerdict, ...]:
        """Return a verdict for each claim, in their order."""
        from polidiff.checking.claims.verdicts import judge_claims

        verdicts = judge_claims(claims, self._shelves)
        if self.judge is None:
            return verdicts
        from polidiff.checking.claims.judged import judged

        return judged(verdicts, self._shelves, self.judge)

    def check_quote(self, quote: str | Quote, *, document: str | None = None) -> Verdict:
        """Return whether the documents hold these words; ``document`` is the id of the one that is cited for them."""
        made = quote if isinstance(quote, Quote) else Quote("quote", quote, -1, -1, cited_document=document)
        return self.check_quotes([made])[0]

    def check_quotes(self, quotes: Sequence[Quote]) -> tuple[Verdict, ...]:
        """Return a verdict for each quotation, in their order; what may be a translation gets its likeliest passage."""
        found = checking.check_quotes(quotes, self.documents, library=self._quotes)
        return checking.translate_quotes(found, self.documents, lambda: self.encoder)

    def check_article(
        self, article: str | Path | Document, *, claims: bool = True, progress: Progress | None = None
    ) -> ArticleCheck:
        """Find an article's quotations, and with ``claims`` its statements about the documents, and check each."""
        draft = _read(article, progress)
        verdicts = self.check_quotes(checking.find_quotes(draft, self.documents))
        checked = ArticleCheck(draft, self.documents, verdicts)
        if not claims:
            return checked
        found = checking.find_statements(draft, self.documents)
        told = self.check_claims(found.claims) if found.claims else ()
        capped = checking.cap_claims(told, verdicts)
        return replace(checked, claims=capped, left=found.left, read_for_claims=True, sentences=found.sentences)

    @property
    def encoder(self) -> Encoder:
        """The encoder by which meanings are compared."""
        return self._encoder or default_encoder()

    @cached_property
    def _quotes(self) -> QuoteIndex:
        return checking.index(self.documents)

    @cached_property
    def _shelves(self) -> Shelves:
        from polidiff.checking.claims.verdicts import Shelves

        return Shelves(self.documents, self.encoder)

    def __repr__(self) -> str:
        return cut(f"ClaimChecker({', '.join(document.id for document in self.documents)})", 300)


def _read(source: str | Path | Document, progress: Progress | None) -> Document:
    if isinstance(source, Document):
        return source
    tell = None if progress is None else (lambda done, total: progress(f"reading {source}", done, total))
    return read(source, progress=tell)

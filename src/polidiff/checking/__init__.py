"""The check room: an article's quotations and claims, and what the documents say of them.

``find_quotes`` reads an article; ``check_quotes`` gives each quotation its verdict; ``check_article`` does both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from polidiff.model import ArticleCheck, Claim, ClaimVerdict, Document, Quote, Verdict

if TYPE_CHECKING:
    from polidiff.checking.article.claims import Statements
    from polidiff.checking.quotes.index import QuoteIndex
    from polidiff.encode import Encoder

__all__ = [
    "cap_claims",
    "check_article",
    "check_quotes",
    "find_quotes",
    "find_statements",
    "given_claims",
    "given_quotes",
    "index",
    "translate_quotes",
]


def index(documents: Sequence[Document]) -> QuoteIndex:
    """Make ``documents`` ready for search, for use in several calls of :func:`check_quotes`."""
    from polidiff.checking.quotes.index import QuoteIndex

    return QuoteIndex(documents)


def find_quotes(article: Document, documents: Sequence[Document]) -> tuple[Quote, ...]:
    """Return the quotations of ``article`` in its order, each with its speaker and the document it is ascribed to.

    ``documents`` are those at hand: what is ascribed to one of them has its id as ``cited_document``.
    """
    from polidiff.checking.article.quotations import find_quotes as find

    return find(article, documents)


def given_quotes(rows: Iterable[tuple[str, str, str | None]]) -> tuple[Quote, ...]:
    """Return quotes that stand in no article, from rows of id, quotation and cited document (None: look everywhere)."""
    return tuple(Quote(id=i, text=text, start=-1, end=-1, cited_document=cited) for i, text, cited in rows)


def check_quotes(
    quotes: Sequence[Quote], documents: Sequence[Document], *, library: QuoteIndex | None = None
) -> tuple[Verdict, ...]:
    """Return what ``documents`` say of each of ``quotes``, in their order.

    ``library`` is ``index(documents)`` if it was made before; ``documents`` are then not read again.
    """
    from polidiff.checking.quotes.index import QuoteIndex
    from polidiff.checking.quotes.verdicts import judge

    return judge(quotes, library or QuoteIndex(documents))


def check_article(article: Document, documents: Sequence[Document]) -> ArticleCheck:
    """Find the quotations of ``article`` and check each against ``documents``."""
    quotes = find_quotes(article, documents)
    return ArticleCheck(article, tuple(documents), check_quotes(quotes, documents))


def given_claims(rows: Iterable[tuple[str, str, str | None]]) -> tuple[Claim, ...]:
    """Return claims that stand in no article, from rows of id, claim and document (None: any)."""
    return tuple(Claim(id=i, text=text, documents=() if name is None else (name,)) for i, text, name in rows)


def find_statements(article: Document, documents: Sequence[Document]) -> Statements:
    """Return the statements of ``article`` about ``documents``: those that can be checked, and those left alone."""
    from polidiff.checking.article.claims import find_statements as find

    return find(article, documents)


def cap_claims(claims: Sequence[ClaimVerdict], quotes: Sequence[Verdict]) -> tuple[ClaimVerdict, ...]:
    """Return ``claims``, none of them supported that rests on a quotation which is altered or spliced."""
    from polidiff.checking.claims.verdicts import capped

    return capped(claims, quotes)


def translate_quotes(
    verdicts: Sequence[Verdict], documents: Sequence[Document], encoder: Callable[[], Encoder]
) -> tuple[Verdict, ...]:
    """Return ``verdicts``, those in another language than the document they cite with the passage they may translate.

    ``encoder`` is called only when there is one.
    """
    from polidiff.checking.quotes.translations import is_foreign, translated

    if not any(is_foreign(verdict, documents) for verdict in verdicts):
        return tuple(verdicts)
    return translated(verdicts, documents, encoder())

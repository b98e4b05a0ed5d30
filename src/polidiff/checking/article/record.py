"""The record of an article and all that was found of it: the ``article`` of ``comparison.json`` and ``check.json``."""

from __future__ import annotations

from collections import Counter

from polidiff.checking.claims.record import claim_record
from polidiff.comparison import text_file
from polidiff.model import ArticleCheck
from polidiff.model.codec import JsonObject, document_head, verdict_record

__all__ = ["article_record", "check_record"]


def article_record(check: ArticleCheck) -> JsonObject:
    """Return an article's verdicts, on its quotations and on its claims, with what identifies the article."""
    texts = {document.id: document.text for document in check.documents}
    return {
        **document_head(check.article),
        "text_file": text_file(check.article.id),
        "verdicts": [verdict_record(verdict, texts) for verdict in check.verdicts],
        "claims": [claim_record(verdict, texts) for verdict in check.claims],
        "left": [
            {"start": s.start, "end": s.end, "text": check.article.text[s.start : s.end], "why": s.why}
            for s in check.left
        ],
        "read_for_claims": check.read_for_claims,
        "counts": {
            "quotes": dict(sorted(Counter(verdict.verdict for verdict in check.verdicts).items())),
            "claims": dict(sorted(Counter(verdict.verdict for verdict in check.claims).items())),
            "left": dict(sorted(Counter(statement.why for statement in check.left).items())),
        },
    }


def check_record(check: ArticleCheck, method: tuple[tuple[str, str], ...]) -> JsonObject:
    """Return the whole of ``check.json``. ``method`` holds pairs of a name and a value, as in a comparison."""
    return {
        "polidiff": dict(method).get("polidiff"),
        "documents": [
            {**document_head(d), "text_file": text_file(d.id), "page_labels": [page.label for page in d.pages]}
            for d in check.documents
        ],
        "article": article_record(check),
        "method": dict(method),
    }

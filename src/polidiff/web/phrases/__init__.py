"""Every word that the workbench says for itself, in English and Chinese: one table a view, and those of the report.

A table is a module of this package with ``PHRASES``; a key begins with its view's name.
"""

from __future__ import annotations

from polidiff.report.strings import Locale, Say
from polidiff.report.strings import say as report_say
from polidiff.web.phrases import article, base, documents, overview, report, review, search, side

TABLES = (base, overview, side, documents, review, article, search, report)

say = Say({**report_say.table, **{key: words for table in TABLES for key, words in table.PHRASES.items()}})


def term(kind: str, value: str, tongue: Locale) -> str:
    """A label (``strength``, ``mandate``) in the reader's language; one without an entry stands as it is."""
    key = f"{kind}.{value}"
    return say(key, tongue) if key in say.table else value.replace("_", " ")


__all__ = ["say", "term"]

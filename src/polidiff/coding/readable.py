"""A theme's terms as people read them, without the signs of the term language."""

from __future__ import annotations

import re

from polidiff.coding.lexicon import terms_in
from polidiff.lang.words import has_cjk, stem
from polidiff.model import Theme

__all__ = ["readable_term", "readable_terms"]

_GAP = re.compile(r"\s*(?:\.\.\.|…+)\s*")


def readable_term(term: str) -> str:
    """Return a term as people read it: a gap as ``…``, an open ending (``deregulat*``) as ``deregulat…``."""
    gap = "…" if has_cjk(term) else " … "
    return gap.join(part.replace("*", "…") for part in _GAP.split(term))


def readable_terms(theme: Theme, language: str) -> tuple[str, ...]:
    """Return the terms of a theme in one language (``zh``; anything else is English) as people read them.

    Of terms that match the same words (``data center``, ``data-centres``) the first alone is given.
    """
    found: dict[str, str] = {}
    for term in terms_in(theme, language):
        shown = readable_term(term)
        key = " ".join(stem(word) for word in re.split(r"[\s-]+", shown))
        found.setdefault(key, shown)
    return tuple(found.values())

"""The views, one module each. A module holds ``VIEW``; it is entered here."""

from __future__ import annotations

from polidiff.web.routing import View
from polidiff.web.views import (
    article,
    browse,
    codes,
    documents,
    login,
    overview,
    report,
    review,
    search,
    side,
    start,
    who,
    work,
)

VIEWS: tuple[View, ...] = (
    overview.VIEW,
    side.VIEW,
    documents.VIEW,
    codes.VIEW,
    review.VIEW,
    article.VIEW,
    search.VIEW,
    who.VIEW,
    browse.VIEW,
    report.VIEW,
    work.VIEW,
    start.VIEW,
    login.VIEW,
)

__all__ = ["VIEWS"]

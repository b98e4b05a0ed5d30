"""Anchors of the page. They are made from positions, never from a document's words or ids, which may be hostile."""

from __future__ import annotations

from polidiff.comparison.by_some import MANY
from polidiff.model import Comparison


class Anchors:
    """Where the page keeps each provision; nowhere of many documents, whose texts aren't on it."""

    def __init__(self, comparison: Comparison) -> None:
        many = len(comparison.documents) > MANY
        self._of = {
            (document.id, provision.id): f"d{number}-p{index}"
            for number, (document, provisions) in enumerate(
                zip(comparison.documents, comparison.provisions, strict=True)
            )
            for index, provision in enumerate(provisions)
            if not many
        }

    def provision(self, document: str, provision: str) -> str | None:
        """The anchor of a provision, or None when the comparison does not hold it."""
        return self._of.get((document, provision))


def theme_anchor(position: int) -> str:
    """The anchor of the theme section at ``position`` of the findings, counted from 0."""
    return f"theme-{position + 1}"


def matter_anchor(position: int) -> str:
    """The anchor of the matter at ``position`` of those that are decided, counted from 0."""
    return f"matter-{position + 1}"


def matched_anchor(verdict: int, place: int) -> str:
    """The anchor, in a document's full text, of the words at ``place`` that answer the verdict numbered ``verdict``.

    Verdicts count from 1, places from 0.
    """
    return f"m{verdict}-{place + 1}"

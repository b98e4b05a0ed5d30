"""How many themes and matters of each kind a comparison has: every output counts by these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from polidiff.model import Comparison, Finding

__all__ = ["Counted", "counted_matters", "counted_themes", "decided", "undecided"]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of one level are decided (``total``) and how; ``shared`` leaves out what is ``passing``.

    Of ``only``, ``alone`` are those of one document, by its id, and ``some`` those of several that aren't all.
    ``undecided`` are not among the ``total``.
    """

    total: int
    shared: int
    passing: int
    divergent: int
    only: int
    alone: Counter[str]
    some: int
    undecided: int


def decided(comparison: Comparison) -> tuple[Finding, ...]:
    """Return the findings on matters that are decided, in their order of weight."""
    return tuple(one for one in comparison.matters if one.matter and one.finding != "undecided")


def undecided(comparison: Comparison) -> tuple[Finding, ...]:
    """Return what is undecided, matters and themes, by weight."""
    return tuple(one for one in comparison.matters if one.finding == "undecided")


def counted_themes(comparison: Comparison) -> Counted:
    """Return how many themes there are of each kind; narrower ones count within theirs."""
    return _counted(comparison.broad, sum(one.matter is None for one in undecided(comparison)))


def counted_matters(comparison: Comparison) -> Counted:
    """Return how many matters there are of each kind."""
    return _counted(decided(comparison), sum(one.matter is not None for one in undecided(comparison)))


def _counted(findings: Iterable[Finding], left: int) -> Counted:
    every = tuple(findings)
    kinds = [one.finding for one in every]
    passing = sum(one.finding == "shared" and bool(one.passing) for one in every)
    only = [one.documents for one in every if one.finding == "only"]
    alone = Counter(documents[0] for documents in only if len(documents) == 1)
    return Counted(
        total=len(every),
        shared=kinds.count("shared") - passing,
        passing=passing,
        divergent=kinds.count("divergent"),
        only=len(only),
        alone=alone,
        some=len(only) - alone.total(),
        undecided=left,
    )

"""Clusters: provisions of several documents that all answer one another."""

from __future__ import annotations

from dataclasses import dataclass

from polidiff.model.shown import short


@short
@dataclass(frozen=True, slots=True)
class Member:
    """A provision of a cluster. ``score`` (0..1) is the mean of its scores with the members of other documents."""

    document: str
    provision: str
    score: float


@short
@dataclass(frozen=True, slots=True)
class Missing:
    """A document with no provision in a cluster.

    ``probability`` (0..1) is the lowest chance, over the members, that the document has nothing that answers that
    member; ``nearest`` is the provision that came nearest to any of them, with its score. ``chained`` says that the
    nearest is linked to some members and not to all, so that only a chain would make it one.
    """

    document: str
    probability: float
    nearest: str | None
    nearest_score: float
    chained: bool


@short
@dataclass(frozen=True, slots=True)
class Cluster:
    """Provisions of two documents or more, each linked with every other one of another document, of many with most.

    ``score`` (0..1) is that of its weakest pair, where not all are linked the mean of its loosest member; ``missing``
    are the documents without a member, in their order. ``name`` and ``name_zh`` are phrases of its provisions,
    ``theme`` is that of most of them.
    """

    id: str
    members: tuple[Member, ...]
    score: float
    missing: tuple[Missing, ...]
    name: str = ""
    name_zh: str = ""
    theme: str = ""

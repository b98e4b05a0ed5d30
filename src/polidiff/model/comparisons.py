"""Matches between provisions, findings between documents, and the comparison that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from polidiff.model.clusters import Cluster
from polidiff.model.codings import Codebook, Coding
from polidiff.model.documents import Document
from polidiff.model.provisions import Provision
from polidiff.model.spans import Span

Rationale = Literal["syntactic", "semantic", "functional"]
"""Why two provisions relate (NIST IR 8477): by their wording, by what they mean, or by what carrying them out does."""

Relation = Literal["equal", "subset_of", "superset_of", "intersects_with", "no_relationship"]
FindingKind = Literal["shared", "divergent", "only"]
DifferenceKind = Literal["actor", "instrument", "strength", "scope", "direction", "forum", "deadline", "amount"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score or a verdict is what it is.

    ``kind`` names the evidence (``words``, ``meaning``, ``theme``, ``number``, ``actor``, ``posture``, …); ``text``
    says it in plain words for a reader; ``value`` is its weight in the score, in the score's own unit.
    """

    kind: str
    text: str
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """A provision of one document and the one in another that answers it.

    ``score`` is in 0..1. ``words`` are pairs of spans, one in each document, of the words in common. ``rationale``
    is None where there is no relationship, or where a person set the relation.
    """

    source_document: str
    source: str
    document: str
    id: str
    score: float
    relation: Relation
    reasons: tuple[Reason, ...] = ()
    differs: tuple[DifferenceKind, ...] = ()
    words: tuple[tuple[Span, Span], ...] = ()
    rationale: Rationale | None = None

    @property
    def strength(self) -> int | None:
        """The strength of the relationship as NIST IR 8477 has it, 0 to 10: the score; None for no relationship."""
        return None if self.relation == "no_relationship" else int(10 * self.score + 0.5)


@dataclass(frozen=True, slots=True)
class Unique:
    """How likely a provision has no counterpart in another document, and what was searched to say so.

    ``probability`` is in 0..1. ``nearest`` is the id of the closest provision that was considered and
    ``nearest_score`` its score; ``searched`` counts the provisions that were compared.
    """

    document: str
    source: str
    other: str
    probability: float
    nearest: str | None
    nearest_score: float
    searched: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A document's own words as evidence. ``text`` is always ``document.text[start:end]``; ``page`` counts from 1.

    ``cues`` are the spans inside it that decided; ``role`` is ``evidence``, or ``nearest`` for the closest
    passage of a document that was searched in vain.
    """

    document: str
    provision: str
    path: tuple[str, ...]
    text: str
    start: int
    end: int
    page: int | None
    score: float = 0.0
    cues: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """Proof that a document is silent on a theme: what was searched, how, and the nearest passages found."""

    document: str
    searched: int
    terms: tuple[str, ...]
    nearest: tuple[Passage, ...]
    probability: float
    note: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which documents differ on a theme: per document, what it says in the coder's terms."""

    kind: DifferenceKind
    values: tuple[tuple[str, str], ...]


class PassagePair(NamedTuple):
    """Two passages that answer one another: each by its document's id and its provision's, and the score in 0..1."""

    source_document: str
    source: str
    document: str
    id: str
    score: float


TREATED = 0.35
"""Score, a probability, from which on a passage is about a theme; under it the theme is only mentioned."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the comparison says on one theme.

    ``documents`` are the ids of the documents that speak to it. ``finding`` is ``only`` when fewer than all of
    them do. ``pairs`` are the passages that answer one another, best first.
    """

    theme: str
    name: str
    name_zh: str
    head: str
    finding: FindingKind
    documents: tuple[str, ...]
    differs: tuple[Difference, ...]
    passages: tuple[Passage, ...]
    pairs: tuple[PassagePair, ...]
    reasons: tuple[Reason, ...]
    absences: tuple[Absence, ...] = ()

    @property
    def passing(self) -> tuple[str, ...]:
        """The documents that only touch the theme in passing: none of their passages on it scores :data:`TREATED`."""
        best = dict.fromkeys(self.documents, 0.0)
        for passage in self.passages:
            if passage.document in best:
                best[passage.document] = max(best[passage.document], passage.score)
        return tuple(name for name, score in best.items() if score < TREATED)


@dataclass(frozen=True)
class Comparison:
    """Everything that one comparison found, and what it was made from.

    ``documents``, ``provisions`` and ``codings`` run in parallel: ``provisions[i]`` and ``codings[i]`` are those of
    ``documents[i]``, and ``codings[i][j]`` is the coding of ``provisions[i][j]``. ``method`` holds pairs of a name
    and a value: the tool's version, the encoder, the codebook, thresholds. ``clusters`` are empty for two documents,
    whose pairs say it all.
    """

    documents: tuple[Document, ...]
    provisions: tuple[tuple[Provision, ...], ...]
    codings: tuple[tuple[Coding, ...], ...]
    codebook: Codebook
    matches: tuple[Match, ...]
    uniques: tuple[Unique, ...]
    findings: tuple[Finding, ...]
    method: tuple[tuple[str, str], ...]
    clusters: tuple[Cluster, ...] = ()

    @cached_property
    def within(self) -> dict[str, str]:
        """Theme → the broadest theme that it is counted in, for each finding whose broader theme has one too."""
        parents = {theme.id: theme.parent for theme in self.codebook.themes}
        found = {finding.theme for finding in self.findings}
        made: dict[str, str] = {}
        for finding in self.findings:
            above, seen = parents.get(finding.theme), {finding.theme}
            while above is not None and above not in seen:
                seen.add(above)
                if above in found:
                    made[finding.theme] = above
                above = parents.get(above)
        return made

    @property
    def broad(self) -> tuple[Finding, ...]:
        """The findings that are counted: those that are not within another one."""
        return tuple(finding for finding in self.findings if finding.theme not in self.within)

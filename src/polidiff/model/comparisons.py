"""Matches between provisions, findings between documents, and the comparison that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from polidiff.model.clusters import Cluster
from polidiff.model.codings import Codebook, Coding
from polidiff.model.documents import Document
from polidiff.model.provisions import Provision
from polidiff.model.reasons import Reason
from polidiff.model.shown import frame, polars_frame, quotation, row, short, table
from polidiff.model.spans import Span

if TYPE_CHECKING:
    import pandas
    import polars

FrameOf = Literal["findings", "passages", "provisions", "matches"]
Rationale = Literal["syntactic", "semantic", "functional"]
"""Why two provisions relate (NIST IR 8477): by their wording, by what they mean, or by what carrying them out does."""

Relation = Literal["equal", "subset_of", "superset_of", "intersects_with", "no_relationship"]
FindingKind = Literal["shared", "divergent", "only", "undecided"]
Judged = Literal["same", "means", "opposed", "subject", "unrelated"]
"""What a judge says of two passages: both would do the same; the same by other means; they point apart; one subject
only; nothing in common."""
By = Literal["rule", "learnt", "model", "person"]
"""Who says a judgement: an exact rule, a head learnt from labels, a language model with proof, a person."""
DifferenceKind = Literal[
    "actor", "instrument", "strength", "scope", "direction", "forum", "deadline", "amount", "baseline"
]
"""A ``deadline`` is a time limit or a target year, a ``baseline`` the year from which a change is counted."""


@short
@dataclass(frozen=True, slots=True)
class Match:
    """A provision of one document and the one in another that answers it.

    ``score`` is in 0..1. ``words`` are pairs of spans, one in each document, of the words in common. ``rationale``
    is None where there is no relationship, or where a person set the relation. ``judged`` is a judge's class of the
    pair, None where none has judged it.
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
    judged: Judged | None = None

    @property
    def strength(self) -> int | None:
        """The strength of the relationship as NIST IR 8477 has it, 0 to 10: the score; None for no relationship."""
        return None if self.relation == "no_relationship" else int(10 * min(1.0, max(0.0, self.score)) + 0.5)


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far the scores between two documents may be off.

    ``off``, in 0..1, is the calibration error on labelled documents of the ``kind``; of an ``unknown`` one that of the
    worst.
    """

    kind: str
    off: float


@short
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


@short
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

    def _repr_html_(self) -> str:
        return quotation(self.text, self.document, self.path, self.page, self.start, self.end)


@short
@dataclass(frozen=True, slots=True)
class Absence:
    """Proof that a document is silent on a theme: how it was searched (``reasons``), and the nearest passages."""

    document: str
    searched: int
    terms: tuple[str, ...]
    nearest: tuple[Passage, ...]
    probability: float
    reasons: tuple[Reason, ...]


@short
@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which documents differ: per document, what it says in the coder's terms; of figures, its words."""

    kind: DifferenceKind
    values: tuple[tuple[str, str], ...]


class PassagePair(NamedTuple):
    """Two passages that answer one another: each by its document's id and its provision's, and the score in 0..1."""

    source_document: str
    source: str
    document: str
    id: str
    score: float
    judged: Judged | None = None


TREATED = 0.35
"""Score, a probability, from which on a passage is about a theme; under it the theme is only mentioned."""


@short
@dataclass(frozen=True, slots=True)
class Finding:
    """What the comparison says on one theme, or on one matter (``matter`` is its id, None for a whole theme).

    ``documents`` are the ids of the documents that speak to it. ``finding`` is ``only`` when fewer than all of
    them do, ``undecided`` where nobody can say: that is listed apart and never printed as a finding. ``pairs`` are the
    passages that answer one another, best first. ``probability`` is the chance that the finding is right, None where
    it isn't calibrated; ``by`` says who found it.
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
    matter: str | None = None
    probability: float | None = None
    by: By = "rule"

    @property
    def on_theme(self) -> bool:
        """Whether this is a decided finding on a whole theme."""
        return self.matter is None and self.finding != "undecided"

    @property
    def passing(self) -> tuple[str, ...]:
        """The documents that only touch the theme in passing: none of their passages on it scores :data:`TREATED`."""
        best = dict.fromkeys(self.documents, 0.0)
        for passage in self.passages:
            if passage.document in best:
                best[passage.document] = max(best[passage.document], passage.score)
        return tuple(name for name, score in best.items() if score < TREATED)

    def row(self) -> dict[str, Any]:
        """The finding as a row: the theme, what was found, the documents that speak to it, in what they differ."""
        return {
            "theme": self.theme,
            "name": self.name,
            "finding": self.finding,
            "documents": self.documents,
            "passing": self.passing,
            "differs": tuple(one.kind for one in self.differs),
            "passages": len(self.passages),
            "pairs": len(self.pairs),
        }

    def _repr_html_(self) -> str:
        shown = "".join(passage._repr_html_() for passage in self.passages[:4])
        return table([self.row()]) + shown


Respect = Literal["direction", "actor", "strength", "posture", "forum"]
"""In what a document can stand one way or the other on a theme."""


@short
@dataclass(frozen=True, slots=True)
class Stance:
    """Where a document stands on a theme in one respect, over its ``count`` commitments that go either way.

    ``value`` is in -1..1: promote or ease (1) against limit or safeguard (-1); the state against firms and people;
    firmly against loosely; competition against cooperation; alone or among allies against bodies of all. ``low`` and
    ``high`` bound nine in ten of the samples drawn from those commitments with replacement. ``opposed`` says that
    another document stands clearly on the other side.
    """

    theme: str
    respect: Respect
    document: str
    count: int
    value: float
    low: float
    high: float
    opposed: bool = False


@short
@dataclass(frozen=True)
class Comparison:
    """Everything that one comparison found, and what it was made from.

    ``documents``, ``provisions`` and ``codings`` run in parallel: ``provisions[i]`` and ``codings[i]`` are those of
    ``documents[i]``, and ``codings[i][j]`` is the coding of ``provisions[i][j]``. ``method`` holds pairs of a name
    and a value: the tool's version, the encoder, the codebook, thresholds. ``clusters`` are empty for two documents,
    whose pairs say it all. ``matters`` are the findings on the matters of these very documents, finer than the
    codebook's themes, with those that are undecided; ``findings`` are those on themes, and all decided. ``stances`` say
    where each document stands on each theme, over all its commitments.
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
    matters: tuple[Finding, ...] = ()
    stances: tuple[Stance, ...] = ()

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
        """The findings that are counted: those that are not within another one, and those that a person decided."""
        return tuple(one for one in self.findings if one.theme not in self.within or one.by == "person")

    def to_frame(self, of: FrameOf = "findings") -> pandas.DataFrame:
        """Return one kind of the comparison's records as a pandas DataFrame.

        ``of`` is ``findings`` (a row a theme), ``passages`` (a row for each passage of each finding), ``provisions``
        (each with its coding) or ``matches``. Raises InputError where pandas is not installed.
        """
        return frame(self.rows(of))

    def to_polars(self, of: FrameOf = "findings") -> polars.DataFrame:
        """Return one kind of records as a Polars DataFrame, as :meth:`to_frame`. Raises InputError without polars."""
        return polars_frame(self.rows(of))

    def rows(self, of: FrameOf = "findings") -> Iterator[dict[str, Any]]:
        """Yield the rows of :meth:`to_frame`."""
        if of == "findings":
            yield from (finding.row() for finding in self.findings)
        elif of == "matches":
            yield from map(row, self.matches)
        elif of == "passages":
            for finding in self.findings:
                head = {"theme": finding.theme, "finding": finding.finding}
                yield from ({**head, **row(passage)} for passage in finding.passages)
        else:
            for provisions, codings in zip(self.provisions, self.codings, strict=True):
                yield from (row(p) | row(c) for p, c in zip(provisions, codings, strict=True))

    def _repr_html_(self) -> str:
        return table(list(self.rows()), caption=" · ".join(document.title for document in self.documents))

"""One document against all that are held: what became of each of its provisions, and what it lacks that others have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal, get_args

from polidiff.model.codings import Coding
from polidiff.model.documents import Document
from polidiff.model.provisions import Provision
from polidiff.model.shown import short
from polidiff.model.spans import Span

AgainstKind = Literal["new", "borrowed", "lent", "common", "near", "answered", "slight"]


@short
@dataclass(frozen=True, slots=True)
class Answered:
    """A provision of the document, and the one of another that is nearest to it.

    ``new``: none is near in meaning. ``near``: one is on the like matter, and only a reader can say whether it is an
    answer. ``answered``: one is very near. ``borrowed``: ``own`` is a run of words that an earlier document has at
    ``theirs``, where ``nearest`` stands; ``lent``: only later ones have it; ``common``: one has it whose date doesn't
    say who was first. ``slight``: too short to be compared, or a repetition. ``cosine`` is how near the two are.
    """

    kind: AgainstKind
    provision: Provision
    nearest: Provision | None
    cosine: float
    own: Span | None = None
    theirs: Span | None = None


@short
@dataclass(frozen=True, slots=True)
class Lacking:
    """A commitment that most documents on the same subject have something near to, and the document hasn't.

    ``passage`` stands for it; ``documents`` are those that have it, of ``of``, its own first; ``passages`` are some of
    the others', and ``nearest`` is the document's own provision that comes nearest to it, with its ``cosine``.
    """

    passage: Provision
    documents: tuple[str, ...]
    of: int
    passages: tuple[Provision, ...]
    nearest: Provision
    cosine: float


@short
@dataclass(frozen=True, slots=True)
class Searched:
    """A document that was searched: how many provisions it has, and to how many of the document's it has an answer.

    ``nearest`` counts those to which it has the nearest of all, if it is near, ``borrowed`` those whose words it had
    first. ``alike`` says that it is on the same subject; ``version`` that it is another version of the document, whose
    answers are left out.
    """

    document: str
    title: str
    country: str
    date: str
    provisions: int
    answers: int
    nearest: int
    borrowed: int
    alike: bool
    version: bool


@short
@dataclass(frozen=True)
class Against:
    """A document against a corpus: its provisions in their order, what it lacks, and what was searched.

    ``quoted`` are the documents of which something is shown, ``codings`` those of the provisions that are.
    """

    document: Document
    quoted: tuple[Document, ...]
    rows: tuple[Answered, ...]
    lacking: tuple[Lacking, ...]
    searched: tuple[Searched, ...]
    codings: tuple[Coding, ...] = ()
    method: tuple[tuple[str, str], ...] = ()

    def of(self, kind: AgainstKind) -> tuple[Answered, ...]:
        """Return the rows of a kind."""
        return tuple(one for one in self.rows if one.kind == kind)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each kind, and how many themes are lacking."""
        found = Counter(one.kind for one in self.rows)
        return {**{kind: found[kind] for kind in get_args(AgainstKind)}, "lacking": len(self.lacking)}

"""Aligning more than two documents: every pair of them, both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from polidiff.alignment.pairs import Alignment, align_both
from polidiff.alignment.scores import Scores
from polidiff.alignment.sides import CodedDocument
from polidiff.encode import Encoder
from polidiff.errors import InputError
from polidiff.executors import Executor, Local
from polidiff.model import Match, Unique
from polidiff.model.comparisons import Reliability

MOST_DOCUMENTS = 50
"""Documents that are compared with one another at the most; of more, ask ``against`` and ``who``."""

MANY = 8
"""Documents over which pairs are aligned for what they have in common alone (:func:`align_both`), and a finding lists
no more than the passages that were weighed of each."""


def is_many(sides: Sequence[CodedDocument]) -> bool:
    """Whether these are more than :data:`MANY` documents."""
    return len(sides) > MANY


AT_ONCE = 8
"""Pairs of one document that go to a process together where many are aligned: it is handed over once for them."""


@dataclass(frozen=True)
class _Row:
    """A document to be aligned with others."""

    a: CodedDocument
    others: tuple[CodedDocument, ...]
    encoder: Encoder
    top: int
    related: bool
    many: bool


@dataclass(frozen=True)
class _Made:
    """An alignment without its documents, which whoever asked has."""

    matches: tuple[tuple[Match, ...], ...]
    uniques: tuple[Unique, ...]
    scores: Scores
    related: float
    reliability: Reliability | None

    @classmethod
    def of(cls, one: Alignment) -> _Made:
        return cls(one.matches, one.uniques, one.scores, one.related, one.reliability)

    def between(self, a: CodedDocument, b: CodedDocument) -> Alignment:
        return Alignment(a, b, self.matches, self.uniques, self.scores, self.related, self.reliability)


def align_all(
    sides: Sequence[CodedDocument],
    encoder: Encoder,
    top: int = 5,
    *,
    related: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    executor: Executor | None = None,
) -> dict[tuple[str, str], Alignment]:
    """Return the alignment of every ordered pair of sides, by their ids, in the order of the sides.

    ``related`` as in :func:`polidiff.alignment.align_both`. ``executor`` says where pairs are aligned: where none is
    given, in this process; for others the encoder must be picklable. Raises :class:`InputError` for fewer than two
    documents, more than :data:`MOST_DOCUMENTS`, or two with the same id.
    """
    ids = [side.document.id for side in sides]
    if not 2 <= len(sides) <= MOST_DOCUMENTS:
        raise InputError("documents", f"{len(sides)} were given", f"give 2 to {MOST_DOCUMENTS}")
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise InputError(twice, "two documents have this id", "set another with --id")
    both: dict[tuple[str, str], Alignment] = {}
    many = related and is_many(sides)
    for made in align_pairs(combinations(sides, 2), encoder, top, related=related, executor=executor, many=many):
        both.update(((one.a.document.id, one.b.document.id), one) for one in made)
        if progress is not None:
            progress("aligning", len(both), len(sides) * (len(sides) - 1))
    return {(a, b): both[a, b] for a in ids for b in ids if a != b}


def align_pairs(
    pairs: Iterable[tuple[CodedDocument, CodedDocument]],
    encoder: Encoder,
    top: int = 5,
    *,
    related: bool = False,
    executor: Executor | None = None,
    many: bool = False,
) -> Iterator[tuple[Alignment, Alignment]]:
    """Yield the alignments of each pair, one each way, as they are done; arguments as of :func:`align_all`."""
    rows = (_Row(a, tuple(others), encoder, top, related, many) for a, others in _rows(pairs, AT_ONCE if many else 1))
    for row, done in (executor or Local()).spread(_aligned, rows):
        for other, (there, back) in zip(row.others, done.result(), strict=True):
            yield there.between(row.a, other), back.between(other, row.a)


def _rows(
    pairs: Iterable[tuple[CodedDocument, CodedDocument]], most: int
) -> Iterator[tuple[CodedDocument, list[CodedDocument]]]:
    """Yield pairs that follow one another and begin with the same document together, so many at the most."""
    first: CodedDocument | None = None
    others: list[CodedDocument] = []
    for a, b in pairs:
        if first is not None and (a is not first or len(others) >= most):
            yield first, others
            others = []
        first = a
        others.append(b)
    if first is not None:
        yield first, others


def _aligned(row: _Row) -> list[tuple[_Made, _Made]]:
    """Align a document with each of the others both ways, in whichever process."""
    both = (align_both(row.a, other, row.encoder, row.top, related=row.related, many=row.many) for other in row.others)
    return [(_Made.of(there), _Made.of(back)) for there, back in both]

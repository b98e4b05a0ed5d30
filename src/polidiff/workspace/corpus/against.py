"""One document against all that are held: what is new in it, what is borrowed, what is missing that most have.

Each of its provisions is compared in meaning with every provision of every other document. Words in common are sought
in what is nearest in each document. Documents whose text is nearly all the same, on both sides, are versions of it, and
are left out; one that only repeats what it answers is another document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from polidiff.coding.fit import binds
from polidiff.errors import InputError
from polidiff.model import Coding, Provision, Span
from polidiff.model.against import Against, AgainstKind, Answered, Lacking, Searched
from polidiff.thresholds import threshold
from polidiff.version import __version__
from polidiff.workspace.corpus.adoption import Shared, run_in_common
from polidiff.workspace.corpus.hold import Corpus, asked
from polidiff.workspace.corpus.index import NO_FILTER, Filter, Index
from polidiff.workspace.corpus.prepare import Progress
from polidiff.workspace.corpus.relation import WHOLE, names_in, slights, who_first, whole_sentence
from polidiff.workspace.corpus.shelf import marks_of
from polidiff.workspace.kept import Kept, key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Vectors
    from polidiff.workspace.project import Workspace

    Whole = NDArray[np.int64]
    Matrix = NDArray[np.float64]

__all__ = ["against", "held_against", "made_against", "mark_of"]

LOOKED, OFTEN = 5, 3
"""Documents whose nearest provision is searched for the words of one; and how often it must have them before all of a
document is searched."""

FEWEST = 10
"""Provisions with words in common that two versions must have."""

ALIKE = 0.6
"""Cosine of the sums of two documents' vectors from which on they are on the same subject. Of the 90 documents of the
shared corpora it leaves 21 to an AI plan, all on AI; three other manifestos to one, and two city plans to a third."""

MOST_ALIKE, FEWEST_ALIKE = 30, 3
"""So many of these are asked for what most of them say; and what fewer say is said by nobody."""

SAME, SILENT, ACROSS = 0.55, 0.46, 0.36
"""Cosine from which on two commitments are on one matter, and from which on a document isn't said to lack it: of nine
that were told up to 0.55, on six it had a passage. Two languages are farther apart: of three from 0.42 on, on three."""

MOST_LACKING, SHOWN = 12, 3
"""Matters that are said to be missing, and passages of other documents on each."""

BARS: tuple[tuple[AgainstKind, str], ...] = (("answered", "corpus.answers"), ("near", "corpus.new"))
"""What a provision is from which cosine on."""

WORDS: tuple[AgainstKind, ...] = ("borrowed", "common", "lent")
"""What is said of words in common, what is said first."""

Own = tuple[int, Span, Span]
"""A place of another document, and the run of words that it has in common: in the document, and there."""


def against(corpus: Corpus, name: str, narrowed: Filter = NO_FILTER) -> Against:
    """Compare a document of the corpus with all others, or those that a filter leaves.

    Raises InputError where there is no such document, or no other.
    """
    index = corpus.index
    number = next((n for n, entry in enumerate(index.entries) if entry.document == name), None)
    if number is None:
        raise InputError(name, "is no document of the workspace", "polidiff add WORKSPACE FOLDER takes in others")
    others = [
        n
        for n, entry in enumerate(index.entries)
        if n != number and entry.provisions and narrowed.names(entry.document, entry.facts)
    ]
    if not others:
        raise InputError(name, "there is no other document to set it against", "polidiff add WORKSPACE FOLDER")
    return _Search(corpus, number, others).found()


def mark_of(work: Workspace, name: str) -> str:
    """Return what names all that a document's result hangs on: itself, and every other document as it is indexed."""
    return key("against", name, sorted(marks_of(work).items()))


def held_against(work: Workspace, name: str) -> Against | None:
    """Return what :func:`made_against` made before of the same documents, or None."""
    found: Against | None = Kept(work.store).get(Against, mark_of(work, name))
    return found


def made_against(work: Workspace, name: str, progress: Progress | None = None) -> Against:
    """Set a document against all others of a workspace, and keep what is found. Raises as :func:`against` does."""
    found, _ = asked(work, lambda corpus: against(corpus, name), progress)
    Kept(work.store).put(mark_of(work, name), found)
    return found


@dataclass(frozen=True)
class _Said:
    """A place of a like document; places of others that are near to it; and the document's own nearest provision."""

    place: int
    near: dict[int, float]
    own: int
    cosine: float


@dataclass
class _Search:
    """A document (``own`` among the entries) and the others that it is set against."""

    corpus: Corpus
    own: int
    others: list[int]

    @property
    def index(self) -> Index:
        return self.corpus.index

    @cached_property
    def shown(self) -> dict[tuple[str, str], int]:
        """The places of the provisions that :meth:`provision` gave."""
        return {}

    def provision(self, place: int) -> Provision:
        found = self.index.provision(place)
        self.shown[found.document, found.id] = place
        return found

    def places(self, number: int) -> slice:
        start = self.index.starts()[number]
        return slice(start, start + self.index.entries[number].provisions)

    @cached_property
    def provisions(self) -> list[Provision]:
        """The document's own."""
        here = self.places(self.own)
        return [self.provision(place) for place in range(here.start, here.stop)]

    @cached_property
    def vectors(self) -> Vectors:
        """The document's own."""
        return self.index.passages.vectors(self.places(self.own))

    @cached_property
    def near(self) -> tuple[Whole, Matrix]:
        """For each own provision and each other document, the nearest place in it and the cosine: two tables."""
        import numpy as np

        mine = self.vectors
        where = np.zeros((len(mine), len(self.others)), dtype=np.int64)
        cosines = np.zeros((len(mine), len(self.others)))
        for column, number in enumerate(self.others):
            here = self.places(number)
            products = self.index.passages.between(mine, here)
            best = products.argmax(axis=1)
            where[:, column], cosines[:, column] = best + here.start, products[np.arange(len(mine)), best]
        return where, cosines

    @cached_property
    def common(self) -> list[list[Own]]:
        """For each own provision the runs of words in common with what is nearest in some documents."""
        import numpy as np

        where, cosines = self.near
        order = np.argsort(-cosines, axis=1, kind="stable")[:, :LOOKED]
        made = []
        for row, one in enumerate(self.provisions):
            held = []
            for column in order[row].tolist():
                place = int(where[row, column])
                other = self.index.provision(place)
                if (run := run_in_common(one.text, other.text)) is not None:
                    held.append((place, run[0].shifted(one.start), run[1].shifted(other.start)))
            made.append(held)
        times = Counter(self.index.number(place) for held in made for place, *_ in held)
        often = sorted((number for number, count in times.items() if count >= OFTEN), key=lambda n: (-times[n], n))
        for number in often[:LOOKED]:
            here = self.places(number)
            there = [self.index.provision(place) for place in range(here.start, here.stop)]
            shared = Shared(tuple(other.text for other in there))
            for one, held in zip(self.provisions, made, strict=True):
                if all(self.index.number(place) != number for place, *_ in held):
                    for at, own, theirs in shared.runs(one.text):
                        held.append((here.start + at, own.shifted(one.start), theirs.shifted(there[at].start)))
        return made

    @cached_property
    def versions(self) -> frozenset[int]:
        """Other documents that are versions of this one."""
        shared: dict[int, list[tuple[int, Span]]] = {}
        for held in self.common:
            for place, own, _ in held:
                shared.setdefault(self.index.number(place), []).append((place, own))
        return frozenset(number for number, held in shared.items() if len(held) >= FEWEST and self._whole(number, held))

    def _whole(self, number: int, shared: Sequence[tuple[int, Span]]) -> bool:
        """Whether words in common (their places there, and where they stand here) make up nearly all of both texts."""
        here = self.places(number)
        theirs = sum(len(self.index.provision(place).text) for place in range(here.start, here.stop))
        longest = max(theirs, sum(len(one.text) for one in self.provisions))
        return sum(own.end - own.start for _, own in shared) >= WHOLE * longest

    @cached_property
    def columns(self) -> list[int]:
        """Columns of the tables: the documents that are no versions."""
        return [column for column, number in enumerate(self.others) if number not in self.versions]

    def found(self) -> Against:
        """Return what the search finds."""
        rows = tuple(self._rows())
        lacking = tuple(self._lacking())
        shown = [one.nearest for one in rows if one.nearest is not None]
        shown += [one for held in lacking for one in (held.passage, *held.passages)]
        names = dict.fromkeys(one.document for one in shown)
        return Against(
            self.corpus.document(self.index.entries[self.own].document),
            tuple(self.corpus.document(entry.document) for entry in self.index.entries if entry.document in names),
            rows,
            lacking,
            tuple(self._searched(rows)),
            tuple(self._codings([one.provision for one in rows] + shown)),
            tuple(self._method().items()),
        )

    def _rows(self) -> Iterator[Answered]:
        import numpy as np

        where, cosines = self.near
        columns = np.array(self.columns, dtype=np.int64)
        for row, (one, small) in enumerate(zip(self.provisions, slights(p.text for p in self.provisions), strict=True)):
            kind, run = self._words(row)
            if run is not None:
                place, own, theirs = run
                column = self.others.index(self.index.number(place))
                yield Answered(kind, one, self.provision(place), float(cosines[row, column]), own, theirs)
                continue
            if not len(columns):
                yield Answered("slight" if small else "new", one, None, 0.0)
                continue
            best = columns[cosines[row, columns].argmax()]
            near = float(cosines[row, best])
            bars = () if small else BARS
            kind = next((name for name, bar in bars if near >= threshold(bar)), "slight" if small else "new")
            yield Answered(kind, one, self.provision(int(where[row, best])), near)

    def _words(self, row: int) -> tuple[AgainstKind, Own | None]:
        """Who had a provision's words first: the earliest before it, else one of which nobody knows, else a later one.

        Versions don't count.
        """
        mine = self.index.entries[self.own]
        found: dict[AgainstKind, list[tuple[str, int, Own]]] = {}
        for run in self.common[row]:
            number = self.index.number(run[0])
            if number not in self.versions:
                entry = self.index.entries[number]
                found.setdefault(who_first(mine, entry), []).append((entry.facts.date, run[0], run))
        for kind in WORDS:
            if kind in found:
                return kind, min(found[kind], key=lambda one: one[:2])[2]
        return "new", None

    @cached_property
    def answers(self) -> Mapping[int, int]:
        """To how many own provisions each other document has an answer."""
        _, cosines = self.near
        counts = (cosines >= threshold("corpus.answers")).sum(axis=0).tolist()
        return dict(zip(self.others, counts, strict=True))

    @cached_property
    def alike(self) -> tuple[int, ...]:
        """The documents on the same subject, the most like first, at the most :data:`MOST_ALIKE`."""
        import numpy as np

        passages = self.index.passages
        sums = {n: passages.vectors(self.places(n)).sum(axis=0, dtype=np.float64) for n in (self.own, *self.others)}
        lengths = {n: float(np.sqrt(total @ total)) or 1.0 for n, total in sums.items()}
        mine = sums[self.own] / lengths[self.own]
        near = {n: round(float(mine @ sums[n]) / lengths[n], 4) for n in self.others if n not in self.versions}
        held = sorted((n for n, cosine in near.items() if cosine >= ALIKE), key=lambda n: (-near[n], n))
        return tuple(held[:MOST_ALIKE])

    def _lacking(self) -> Iterator[Lacking]:
        """What most like documents say and this one has nothing near to: what the most say first."""
        if len(self.alike) < FEWEST_ALIKE:
            return
        said = [one for number in self.alike for one in self._said_by_most(number)]
        chosen: list[_Said] = []
        for one in sorted(said, key=lambda one: (-len(one.near), -sum(one.near.values()), one.place)):
            vector = self.index.passages.vectors(slice(one.place, one.place + 1))
            known = (self._cosine(vector, other.place) for other in chosen)
            if len(chosen) < MOST_LACKING and all(cosine < SAME for cosine in known):
                chosen.append(one)
        for one in chosen:
            best = sorted(one.near, key=lambda place: (-one.near[place], place))
            yield Lacking(
                self.provision(one.place),
                tuple(self.index.entries[self.index.number(place)].document for place in (one.place, *best)),
                len(self.alike),
                tuple(self.provision(place) for place in best[:SHOWN]),
                self.provisions[one.own],
                one.cosine,
            )

    def _cosine(self, vector: Vectors, place: int) -> float:
        return float(self.index.passages.between(vector, slice(place, place + 1))[0, 0])

    def _said_by_most(self, number: int) -> list[_Said]:
        """The commitments of a like document that most others have something near to, and this document hasn't."""
        import numpy as np

        here = self.places(number)
        vectors = self.index.passages.vectors(here)
        own = self.index.passages.between(vectors, self.places(self.own))
        apart = self.index.entries[number].facts.language != self.index.entries[self.own].facts.language
        far = np.flatnonzero(own.max(axis=1) < (ACROSS if apart else SILENT)).tolist()
        rows = [row for row in far if self._binds(here.start + row) and not self._touched(here.start + row)]
        rows = [row for row in rows if whole_sentence(self.index.provision(here.start + row).text)]
        near: list[dict[int, float]] = [{} for _ in rows]
        for other in self.alike:
            if other == number or not rows:
                continue
            there = self.places(other)
            found = self.index.passages.between(vectors[rows], there)
            for at, best in enumerate(found.argmax(axis=1).tolist()):
                if found[at, best] >= SAME and self._binds(there.start + best):
                    near[at][there.start + best] = float(found[at, best])
        return [
            _Said(here.start + row, held, int(own[row].argmax()), float(own[row].max()))
            for row, held in zip(rows, near, strict=True)
            if len(held) >= FEWEST_ALIKE - 1
            and 2 * (len(held) + 1) > len(self.alike)
            and self._anywhere(here.start + row, held)
        ]

    def _binds(self, place: int) -> bool:
        coding = self.index.coding(place)
        return coding is not None and binds(coding)

    @cached_property
    def themes(self) -> frozenset[str]:
        """The themes of the document's own provisions."""
        here = self.places(self.own)
        return frozenset(theme for place in range(here.start, here.stop) for theme in self._themes(place))

    def _themes(self, place: int) -> frozenset[str]:
        coding, least = self.index.coding(place), threshold("codebook.theme")
        return frozenset(one.id for one in coding.themes if one.score >= least) if coding is not None else frozenset()

    def _touched(self, place: int) -> bool:
        """Whether the document speaks of all that a passage of another is on."""
        themes = self._themes(place)
        return bool(themes) and themes <= self.themes

    def _anywhere(self, place: int, near: Mapping[int, float]) -> bool:
        """Whether a passage names nothing that no passage near to it names: what one country alone has isn't missed."""
        others = " ".join(self.index.provision(one).text for one in near).casefold()
        return all(name.casefold() in others for name in names_in(self.index.provision(place).text))

    def _searched(self, rows: tuple[Answered, ...]) -> Iterator[Searched]:
        nearest = Counter(
            one.nearest.document for one in rows if one.nearest is not None and one.kind not in ("new", "slight")
        )
        borrowed = Counter(one.nearest.document for one in rows if one.nearest is not None and one.kind == "borrowed")
        for number in self.others:
            entry = self.index.entries[number]
            yield Searched(
                entry.document,
                entry.title,
                entry.facts.country,
                entry.facts.date,
                entry.provisions,
                self.answers[number],
                nearest[entry.document],
                borrowed[entry.document],
                number in self.alike,
                number in self.versions,
            )

    def _codings(self, shown: Sequence[Provision]) -> Iterator[Coding]:
        places = sorted({self.shown[one.document, one.id] for one in shown})
        yield from (one for one in map(self.index.coding, places) if one is not None)

    def _method(self) -> dict[str, str]:
        said = {"polidiff": __version__, "encoder": self.corpus.encoder}
        book = self.corpus.codebook
        return {**said, "codebook": f"{book.id} {book.version}"}

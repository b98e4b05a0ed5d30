"""A workspace at one moment, ready to be shown: the comparison as decided, and the queue."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

from polidiff.comparison.comparison import found_in
from polidiff.model import Comparison, Finding
from polidiff.model.briefs import Brief
from polidiff.report import brief
from polidiff.report.passages import ReportContext
from polidiff.report.themes import HeadView, heads
from polidiff.wording import Locale
from polidiff.workspace import Item, Missing, Target, Workspace, answers
from polidiff.workspace import tuning as tunings
from polidiff.workspace.apply import decided
from polidiff.workspace.codes import edits
from polidiff.workspace.kept import KeptEncoder
from polidiff.workspace.pipeline import Proposal, Reuse, conclude, decided_sides
from polidiff.workspace.places import Places
from polidiff.workspace.queue import items
from polidiff.workspace.stakes import Stake, by_value, members_of

MOST = 12
"""Documents up to which all are compared with one another without being asked: pairs grow with the square."""


MOST_SUBSETS = 200
"""Parts of the queue that are kept at hand."""

KINDS = ("links", "codes")

CHOSEN = "web.compared"
"""The setting that holds the ids of the documents that are compared, where not all are."""


class Stamp(NamedTuple):
    """What a snapshot is of: the current documents with their versions, how many decisions there were, whether what
    they teach is used (how many decisions had taught it, 0 where it isn't), a name of a judge's answers, and a mark of
    the codebook."""

    documents: tuple[tuple[str, str], ...]
    decisions: int
    taught: int = 0
    answered: str = ""
    codebook: str = ""


@dataclass(frozen=True)
class Base:
    """What decisions don't change: what the machine proposes, where, and the proposals by doubt.

    ``keys`` say what it is made of: two bases of the same keys hold the same, object for object.
    """

    keys: tuple[object, ...]
    proposal: Proposal
    places: Places
    items: tuple[Item, ...]

    @cached_property
    def objects(self) -> tuple[object, ...]:
        """What a snapshot takes from here as it is, always in the same order."""
        found: list[object] = [self, *self.items]
        for side in self.proposal.sides:
            found += [side.document, side.provisions, *side.provisions, *side.codings]
        for _, one in sorted(self.proposal.alignments.items()):
            found += [*(match for best in one.matches for match in best), *one.uniques]
        return tuple(found)

    @cached_property
    def numbers(self) -> Mapping[int, int]:
        """The numbers of :attr:`objects` by what ``id`` says of them."""
        return {id(one): number for number, one in enumerate(self.objects)}


@dataclass(frozen=True)
class Snapshot:
    """A comparison with what belongs to it. ``items`` are the machine's proposals by what they are worth
    to decide, without what was decided; ``stakes`` say, by their numbers, which finding hangs on the first of them, and
    from the number ``carrying`` on they are trifles, which no finding uses. ``members`` are the provisions (document,
    id) on each matter, by its id.

    Nothing in it changes, so threads may share it.
    """

    stamp: Stamp
    base: Base
    comparison: Comparison
    findings: Mapping[str, Target]
    items: tuple[Item, ...]
    stakes: Mapping[int, Stake]
    carrying: int
    members: Mapping[str, frozenset[tuple[str, str]]]

    @property
    def proposal(self) -> Proposal:
        """What the machine proposes."""
        return self.base.proposal

    @property
    def places(self) -> Places:
        """Where that is."""
        return self.base.places

    @cached_property
    def by_name(self) -> Mapping[str, int]:
        """The numbers of the items by name."""
        return {item.name: number for number, item in enumerate(self.items)}

    @cached_property
    def numbers(self) -> Mapping[Target, int]:
        """The numbers of the items by target."""
        return {item.target: number for number, item in enumerate(self.items)}

    @cached_property
    def kept(self) -> dict[tuple[str, ...], object]:
        """What views work out of it once. Keys begin with the view's name."""
        return {}

    def __getstate__(self) -> dict[str, object]:
        """What is handed from one process to another: no more than was made with it, or ready for pages."""
        held = {name: value for name, value in self.__dict__.items() if name in self.__dataclass_fields__}
        return {**held, "kept": self.kept}

    @cached_property
    def matters(self) -> Mapping[tuple[str, str], tuple[int, Finding]]:
        """Each provision's matter, by document and id: its rank, from 0, and the first finding on it."""
        firsts: dict[str, tuple[int, Finding]] = {}
        for rank, finding in enumerate(self.comparison.matters):
            if finding.matter is not None:
                firsts.setdefault(finding.matter, (rank, finding))
        return {end: firsts[name] for name, ends in self.members.items() if name in firsts for end in ends}

    @cached_property
    def _subsets(self) -> dict[tuple[str, str, str], tuple[int, ...]]:
        return {}

    def subset(self, kind: str, document: str, theme: str) -> tuple[int, ...]:
        """Return the numbers of the items of a kind (``links``, ``codes``), with a document, on a theme."""
        place = kind, document, theme
        if place not in self._subsets:
            if len(self._subsets) > MOST_SUBSETS:
                self._subsets.clear()
            self._subsets[place] = tuple(
                n for n, item in enumerate(self.items) if _belongs(item, kind, document, theme)
            )
        return self._subsets[place]

    @cached_property
    def apart(self) -> tuple[tuple[float, ...], ...]:
        """How far apart each two documents stand, in 0..1: how likely a provision of one stands alone in the other.

        That is averaged over the provisions of both.
        """
        alone: dict[frozenset[str], list[float]] = {}
        for one in self.comparison.uniques:
            alone.setdefault(frozenset((one.document, one.other)), []).append(one.probability)
        means = {pair: sum(held) / len(held) for pair, held in alone.items()}
        names = [document.id for document in self.comparison.documents]
        return tuple(tuple(0.0 if a == b else means.get(frozenset((a, b)), 0.0) for b in names) for a in names)

    @cached_property
    def _english(self) -> ReportContext:
        return ReportContext(self.comparison, "en")

    @cached_property
    def _chinese(self) -> ReportContext:
        return ReportContext(self.comparison, "zh")

    def bench(self, tongue: Locale) -> ReportContext:
        """The comparison as the report's views look things up in it."""
        return self._chinese if tongue == "zh" else self._english

    @property
    def tongues(self) -> tuple[Locale, ...]:
        """The languages in which it was looked at."""
        asked: tuple[Locale, ...] = ("en", "zh")
        return tuple(tongue for tongue in asked if ("heads", tongue) in self.kept)

    def make_ready(self, tongues: Iterable[Locale]) -> None:
        """Make now what pages in these languages will ask for, so that none of them has to wait for it."""
        for tongue in tongues:
            self.heads(tongue)
            self.brief(tongue)

    def brief(self, tongue: Locale) -> Brief:
        """The comparison told in sentences."""
        key = "brief", tongue
        if key not in self.kept:
            self.kept[key] = brief(self.comparison, language=tongue)
        return cast(Brief, self.kept[key])

    def heads(self, tongue: Locale) -> tuple[HeadView, ...]:
        """The findings by head of the codebook, ready to be shown."""
        key = "heads", tongue
        if key not in self.kept:
            self.kept[key] = heads(self.bench(tongue))
        return cast(tuple[HeadView, ...], self.kept[key])


def _belongs(item: Item, kind: str, document: str, theme: str) -> bool:
    if kind and (item.target.kind == "link") != (kind == "links"):
        return False
    if document and all(passage.document != document for passage in item.passages):
        return False
    return not theme or item.target.code == f"theme:{theme}"


def chosen_of(work: Workspace) -> tuple[str, ...]:
    """Return the ids of the documents that are compared: those that were chosen, or all."""
    current = work.library.current()
    try:
        said = json.loads(work.store.settings().get(CHOSEN, "[]"))
    except ValueError:
        said = []
    return tuple(name for name in current if name in said) or tuple(current)


def choose(work: Workspace, documents: Sequence[str]) -> None:
    """Have these documents compared, for everybody who works on the workspace; all where none is named."""
    work.store.set({CHOSEN: json.dumps(sorted(documents))})


def stamp_of(work: Workspace) -> Stamp:
    """Return what a snapshot taken now would be of."""
    current = work.library.current()
    tuning = tunings.kept(work.store)
    versions = tuple((name, current[name].version) for name in chosen_of(work))
    taught = 0 if tuning is None else tuning.count
    return Stamp(versions, len(work.rows()), taught, answers.mark(work.store), _book_mark(work))


def _book_mark(work: Workspace) -> str:
    """A mark of the codebook that people edited; empty where nobody did."""
    if not edits(work):
        return ""
    return hashlib.sha256(work.store.settings().get("codebook", "").encode("utf-8", "replace")).hexdigest()[:12]


def inputs_of(work: Workspace, documents: Sequence[str] | None = None) -> tuple[tuple[str, str], ...]:
    """Return what coding and aligning hang on: documents (all, or these) with their versions, the cuts in them, and the
    codebook where it was edited."""
    current = work.library.current()
    versions = ((name, current[name].version) for name in (current if documents is None else documents))
    return (
        *versions,
        ("codebook", _book_mark(work)),
        *((row.id, row.verb) for row in work.rows() if row.target.kind == "provision"),
    )


def warm(work: Workspace, snapshot: Snapshot) -> None:
    """Work out once what the first decision would otherwise wait for: searches and matters are kept by this process."""
    try:
        method = work.method(documents=[document.id for document in snapshot.comparison.documents], make=False)
    except Missing:
        return
    proposal, encoder = snapshot.proposal, KeptEncoder(method.encoder, work.store)
    found_in(proposal.sides, proposal.alignments, method.codebook, encoder)


def take(work: Workspace, held: Base | None = None) -> Snapshot | None:
    """Return the workspace as it stands; None with fewer than two documents or more than :data:`MOST`.

    Findings are made where a decision changed them; ``held`` is the last base, used where it is that still. Raises
    :class:`polidiff.workspace.Missing` where documents have to be coded or aligned first.
    """
    stamp = stamp_of(work)
    if not 2 <= len(stamp.documents) <= MOST:
        return None
    names = [name for name, _ in stamp.documents]
    method = work.method(documents=names, make=False)
    proposal = work.proposal(method, documents=names, make=False)
    places = work.places()
    standings = work.standings()
    base = held
    if base is None or base.proposal is not proposal or base.places is not places:
        keys = (inputs_of(work), proposal.side_keys, proposal.pair_keys)
        base = Base(keys, proposal, places, items(proposal, places, {}))
    made = decided(standings.values(), places)
    comparison, findings = conclude(work.store, proposal, method, made, Reuse())
    sides = decided_sides(work.store, proposal, method, made)
    members = members_of(sides, KeptEncoder(method.encoder, work.store))
    settled = {target for target, state in standings.items() if state.decided is not None}
    ordered, stakes, carrying = by_value(comparison, base.items, findings, members, settled)
    return Snapshot(stamp, base, comparison, findings, ordered, stakes, carrying, members)


__all__ = [
    "KINDS",
    "MOST",
    "Base",
    "Missing",
    "Snapshot",
    "Stamp",
    "choose",
    "chosen_of",
    "inputs_of",
    "stamp_of",
    "take",
    "warm",
]

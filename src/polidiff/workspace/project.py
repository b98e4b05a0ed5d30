"""A workspace: documents, what was found in them, and what people decided of it, on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from polidiff.coding import load_codebook
from polidiff.encode import Encoder, default_encoder
from polidiff.errors import InputError
from polidiff.executors import Executor
from polidiff.model import Codebook, Comparison, Document, Provision, Scale, codec
from polidiff.workspace import names, queue
from polidiff.workspace.apply import decided
from polidiff.workspace.decisions import Decision, Target, Verb, author, decision, flipped, moment
from polidiff.workspace.follow import follow
from polidiff.workspace.foreseen import note_made
from polidiff.workspace.kept import checked_codebook
from polidiff.workspace.library import VersionStore, as_version
from polidiff.workspace.open import open_store, title_of
from polidiff.workspace.pipeline import (
    Method,
    Missing,
    Progress,
    Proposal,
    Reuse,
    conclude,
    few_enough,
    finding_target,
    fitting,
    propose,
)
from polidiff.workspace.places import Places
from polidiff.workspace.sorting import Sorted
from polidiff.workspace.state import DecisionState, standing
from polidiff.workspace.store import Store

if TYPE_CHECKING:
    from polidiff import api


@dataclass(frozen=True)
class Added:
    """What adding a source did: a ``new`` document, a ``changed`` one, or nothing (``unchanged``).

    Of the ``before`` provisions of the version before, ``stand`` stand in this one too, in their places.
    """

    document: Document
    state: Literal["new", "changed", "unchanged"]
    before: int = 0
    stand: int = 0


@dataclass(frozen=True)
class Compared:
    """A comparison as people decided it, what it reused, and the target of the finding of each theme."""

    comparison: Comparison
    reuse: Reuse
    findings: Mapping[str, Target]


class Workspace:
    """A workspace over a store. Open it with :meth:`init` or :meth:`open`, or pass a store of your own.

    ``encoder`` is the default one where None is given. Times are given by the caller, with their zone. One thread uses
    a workspace; other threads and programs open it for themselves, and each sees what the others wrote.
    """

    def __init__(self, store: Store, encoder: Encoder | None = None) -> None:
        self.store = store
        self.encoder = encoder or default_encoder()
        self.library = VersionStore(store)
        self._rows: list[Decision] = []
        self._seen = 0
        self._places: tuple[object, Places] | None = None
        self._held = Sorted()
        self._proposal: tuple[object, Proposal] | None = None

    @classmethod
    def init(cls, path: str | Path, *, when: datetime, title: str = "", encoder: Encoder | None = None) -> Workspace:
        """Make a workspace: a file where ``path`` has an ending (``us-cn.polidiff``), else a folder.

        ``postgresql://USER@HOST/DATABASE?workspace=NAME`` makes one in a database.
        """
        stamp = moment(when)
        store = open_store(path, create=True)
        store.set({"title": title or title_of(path), "created": stamp})
        return cls(store, encoder)

    @classmethod
    def open(cls, path: str | Path, *, encoder: Encoder | None = None) -> Workspace:
        """Open a workspace. Raises InputError where there is none, or where it is not one, damaged, or too new."""
        return cls(open_store(path), encoder)

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    @property
    def title(self) -> str:
        """The workspace's title."""
        return self.store.settings().get("title", "")

    def documents(self) -> tuple[Document, ...]:
        """Return the current version of each document, in the order in which they first came."""
        return tuple(self.library.read(one.document, one.version)[0] for one in self.library.current().values())

    def add(
        self, source: api.Source, *, when: datetime, id: str | None = None, progress: Progress | None = None
    ) -> Added:
        """Read a source and make it the current version of the document of its id. Older versions stay."""
        stamp = moment(when)
        document = source if isinstance(source, Document) else _read(source, id, progress)
        version = as_version(document)
        current = self.library.current().get(document.id)
        if current is not None and current.version == version.version:
            return Added(document, "unchanged")
        provisions = self.library.provisions(document, version.version)
        self.store.add(version, stamp)
        if current is None:
            return Added(document, "new")
        old = self.library.read(document.id, current.version)
        stand = follow(old, (document, provisions))
        return Added(document, "changed", sum(provision.leaf for provision in old[1]), len(stand))

    def method(
        self,
        *,
        codebook: str | Path | Codebook | None = None,
        scale: Scale | None = None,
        documents: Sequence[str] = (),
        reuse: Reuse | None = None,
        make: bool = True,
    ) -> Method:
        """Return what comparisons are made with: as given, else as the last time, else as :func:`polidiff.compare`.

        For ``auto``, as before the first comparison, that is the bundled codebook that fits the documents (all, or
        those of these ids), which are coded for it; where ``make`` is False and they aren't yet, that raises
        :class:`polidiff.workspace.pipeline.Missing`.
        """
        held = self.store.settings()
        steps = scale or cast(Scale, held.get("scale", "plan"))
        book = codebook
        if book is None:
            book = checked_codebook(held["codebook"], self.store.name) if "codebook" in held else "auto"
        if book == "auto":
            reads = self.reads(documents)
            book = fitting(self.store, reads, steps, self.encoder, reuse or Reuse(), make=make)
        made = book if isinstance(book, Codebook) else load_codebook(book)
        return Method(made, steps, self.encoder)

    def reads(self, documents: Sequence[str] = ()) -> list[tuple[str, Document, tuple[Provision, ...]]]:
        """Return of each document (all, or those of these ids) the version, and words and provisions as people cut."""
        held, places = self.library.current(), self.places()
        return [(held[name].version, *places.documents[name]) for name in self._chosen(documents)]

    def compare(
        self,
        documents: Sequence[str] = (),
        *,
        codebook: str | Path | Codebook | None = None,
        scale: Scale | None = None,
        progress: Progress | None = None,
        make: bool = True,
        executor: Executor | None = None,
    ) -> Compared:
        """Compare the documents (all, or those of these ids), with the decisions applied. ``executor`` aligns pairs.

        What hasn't changed since an earlier comparison is taken from the store. Where ``make`` is False and something
        would have to be made, :class:`polidiff.workspace.pipeline.Missing` is raised.
        """
        reuse = Reuse()
        chosen = self._chosen(documents)
        few_enough(self.store.name, len(chosen))
        if len(chosen) < 2:
            remedy = "a comparison needs two: polidiff add WORKSPACE SOURCE"
            raise InputError(self.store.name, "only one document to compare" if chosen else "no document yet", remedy)
        method = self.method(codebook=codebook, scale=scale, documents=chosen, reuse=reuse, make=make)
        if make:
            self._remember(method)
        proposal = self.proposal(method, reuse, documents=chosen, progress=progress, make=make, executor=executor)
        made = decided(self.standings().values(), self.places())
        if progress is not None:
            progress("finding", 0, 1)
        comparison, findings = conclude(self.store, proposal, method, made, reuse, make=make)
        if make:
            note_made(self.library, chosen)
        return Compared(comparison, reuse, findings)

    def remember(self, codebook: Codebook) -> None:
        """Make a codebook the one that comparisons are made with."""
        self._remember(replace(self.method(codebook=codebook), codebook=codebook))

    def _remember(self, method: Method) -> None:
        held = self.store.settings()
        wanted = {"codebook": codec.dump(method.codebook).decode("ascii"), "scale": method.scale}
        if any(held.get(name) != value for name, value in wanted.items()):
            self.store.set(wanted)

    def _chosen(self, documents: Sequence[str]) -> tuple[str, ...]:
        held = self.library.current()
        if unknown := [name for name in documents if name not in held]:
            known = ", ".join(held) or "none"
            raise InputError(unknown[0], "is no document of the workspace", f"its documents are: {known}")
        return tuple(documents) or tuple(held)

    def proposal(
        self,
        method: Method,
        reuse: Reuse | None = None,
        *,
        documents: Sequence[str] = (),
        progress: Progress | None = None,
        make: bool = True,
        executor: Executor | None = None,
    ) -> Proposal:
        """Return what the machine proposes for the documents, from the store where it is there."""
        places = self.places()
        held = self.library.current()
        chosen = self._chosen(documents)
        spans = [[p.span for p in places.documents[name][1]] for name in chosen]
        mark = ([held[name].version for name in chosen], spans, method.codebook, method.scale, method.encoder.identity)
        if self._proposal is not None and self._proposal[0] == mark and reuse is None:
            return self._proposal[1]
        reads = self.reads(chosen)
        made = propose(self.store, reads, method, reuse or Reuse(), progress=progress, make=make, executor=executor)
        self._proposal = mark, made
        return made

    def rows(self) -> Sequence[Decision]:
        """Return every decision ever made, in the order in which they were written."""
        for seq, row in self.store.decisions(self._seen):
            self._rows.append(row)
            self._seen = seq
        return self._rows

    def places(self) -> Places:
        """Return the current documents as people cut them."""
        cuts = [row.id for row in self.rows() if row.target.kind == "provision"]
        current = self.library.current()
        mark = (cuts, list(current.values()))
        if self._places is None or self._places[0] != mark:
            reads = {name: self.library.read(name, one.version) for name, one in current.items()}
            self._places = mark, Places(reads, self.library.older, self.rows())
        return self._places[1]

    def standings(self) -> dict[Target, DecisionState]:
        """Return what holds of each target that people decided, where it stands in the current documents."""
        return self._sorted_out()[0]

    def orphans(self) -> dict[Target, DecisionState]:
        """Return the decisions whose provisions don't stand in the current documents any more."""
        return self._sorted_out()[1]

    def _sorted_out(self) -> tuple[dict[Target, DecisionState], dict[Target, DecisionState]]:
        """What holds and what is lost, by target; only targets with new rows are gone through again."""
        return self._held.of(self.places(), self.rows())

    def queue(
        self, *, make: bool = True, blind: bool = False, progress: Progress | None = None
    ) -> tuple[queue.Item, ...]:
        """Return every link and code that the machine proposes: conflicts first, then by doubt, decided or not.

        For a second coder who works ``blind`` conflicts don't come first.
        """
        proposal = self.proposal(self.method(make=make), progress=progress, make=make)
        return queue.items(proposal, self.places(), self.standings(), blind=blind)

    def findings(self) -> Mapping[str, Target]:
        """Return the target of the finding of each theme, of the comparison of all documents."""
        return self.compare().findings

    def target(self, name: str) -> tuple[Target, bool]:
        """Return the target of a name (see :mod:`polidiff.workspace.names`), and whether its sides are turned."""
        return names.target_of(name, self.places(), self.findings() if name.startswith("theme:") else {})

    def standing(self, target: Target) -> DecisionState:
        """Return what holds of a target; nothing, where nobody decided it."""
        return self.standings().get(target) or standing(target, ())

    def decide(
        self,
        what: str | Target,
        verb: Verb,
        *,
        by: str,
        when: datetime,
        why: str = "",
        value: str = "",
        blind: bool = False,
        seen: Sequence[str] | None = None,
    ) -> Decision:
        """Write a decision down; when this returns it survives a crash.

        ``seen`` are the tips (:attr:`~polidiff.workspace.state.DecisionState.tips`) that its author had before him,
        where some time may have gone by since: what another person decided meanwhile is then not overridden, but in
        conflict.

        ``value`` is the relation (seen from the side that the name names first), the label, or the offset of a split. A
        ``blind`` decision is made as if its author had seen nobody else's. ``undo`` takes back the author's last
        decision on the target. Raises InputError for what means nothing, OutputError where it can't be written.
        """
        by = author(by)
        target, turned = self.target(what) if isinstance(what, str) else (what, False)
        held = self.standing(target)
        if target.kind == "provision" and verb in ("split", "merge"):
            target, value = self._cut(target, verb, value)
        elif target.kind == "link" and verb == "accept":
            value = value or self._relation(target, None if blind else held.decided)
        elif verb == "relation" and turned:
            value = flipped(value)  # type: ignore[arg-type]
        elif verb == "undo":
            return self._undo(what, held, by=by, when=when, why=why)
        if blind:
            after = held.tips_of(by)
        elif seen is not None:
            after = tuple({*held.tips_of(by), *(row.id for row in held.rows if row.id in seen)})
        else:
            after = held.tips
        return self._write(decision(target, verb, by=by, when=when, why=why, value=value, after=after))

    def offset(self, name: str, words: str) -> int:
        """Return where ``words`` begin in the provision of a name. Raises InputError where they aren't there once."""
        target, _ = self.target(name)
        provision = self.places().provision(target.anchors[0])
        if provision is None or target.kind != "provision":
            raise InputError(name, "is no provision", "only a provision can be split")
        if not words or provision.text.count(words) != 1:
            raise InputError(words, f"doesn't stand exactly once in {name}", "give more of its words, as printed")
        return provision.start + provision.text.index(words)

    def undo(self, row: Decision, *, by: str, when: datetime, why: str = "") -> Decision:
        """Take one decision back with a row of its own."""
        held = next((s for s in (*self.standings().values(), *self.orphans().values()) if row in s.rows), None)
        if held is None or row not in held.live:
            raise InputError(row.id, "is no decision that holds", "see the decisions with: polidiff status WORKSPACE")
        return self._write(decision(row.target, "undo", by=by, when=when, why=why, value=row.id, after=(row.id,)))

    def _undo(self, what: str | Target, held: DecisionState, *, by: str, when: datetime, why: str) -> Decision:
        mine = [row for row in held.live if row.by == author(by)]
        if not mine:
            name = what if isinstance(what, str) else what.kind
            raise InputError(name, f"{by} has decided nothing here that could be undone")
        return self.undo(mine[-1], by=by, when=when, why=why)

    def _write(self, row: Decision) -> Decision:
        self.store.decide([row])
        return row

    def _relation(self, target: Target, decided: Decision | None) -> str:
        """The relation that is accepted: the one that was decided, else the machine's, else that they intersect."""
        if decided is not None and decided.verdict != "reject" and decided.value:
            return decided.value
        try:
            proposed = {item.target: item.proposed for item in self.queue(make=False)}
        except Missing:
            proposed = {}
        return proposed.get(target, "intersects_with")

    def _cut(self, target: Target, verb: Verb, value: str) -> tuple[Target, str]:
        """The target and value of a cut that can be made."""
        places = self.places()
        provision = places.provision(target.anchors[0])
        if provision is None:
            raise InputError("the provision", "doesn't stand in the current text")
        if verb == "split":
            if not value.isdigit() or not provision.start < int(value) < provision.end:
                raise InputError(
                    provision.id, f"can't be split at {value!r}", f"between {provision.start} and {provision.end}"
                )
            return target, value
        after = places.next_leaf(provision)
        if after is None or (after.parent, after.path) != (provision.parent, provision.path):
            raise InputError(provision.id, "has no neighbour below it to merge with", "only two in a row can be merged")
        return Target("provision", (*target.anchors[:1], places.anchor(provision.document, after.span))), ""


def _read(source: api.Source, id: str | None, progress: Progress | None) -> Document:
    from polidiff import api

    return api.read(source, id=id, progress=progress)


__all__ = ["Added", "Compared", "Workspace", "finding_target"]

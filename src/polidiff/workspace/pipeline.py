"""From the documents of a workspace to their comparison, doing again only what has changed inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from polidiff.coding import load_codebook
from polidiff.encode import Encoder
from polidiff.errors import InputError
from polidiff.executors import Executor
from polidiff.fingerprint import fingerprint
from polidiff.model import Codebook, Comparison, Document, Finding, Provision, Scale, codec
from polidiff.workspace import answers
from polidiff.workspace import tuning as tunings
from polidiff.workspace.apply import (
    Decided,
    alignment_as_decided,
    findings_as_decided,
    ruling,
    rulings_by_people,
    said_by_people,
    side_as_decided,
)
from polidiff.workspace.decisions import Anchor, Target
from polidiff.workspace.kept import Kept, KeptEncoder, key
from polidiff.workspace.store import Store

if TYPE_CHECKING:
    from polidiff.alignment import Alignment, CodedDocument

Progress = Callable[[str, int, int], None]
"""Hears of a step, how much of it is done, and of how much; ``found.WHAT`` says how many were found so far."""


@dataclass
class Reuse:
    """What a comparison did anew and what it took from the store: documents coded, pairs aligned, texts encoded.

    Texts are those that findings ask for; an alignment encodes its own. ``coded`` are the keys of the documents that
    were coded while the codebook was chosen.
    """

    documents_made: int = 0
    documents_reused: int = 0
    pairs_made: int = 0
    pairs_reused: int = 0
    texts_made: int = 0
    texts_reused: int = 0
    findings_reused: bool = False
    coded: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Proposal:
    """What the machine proposes: the sides, and the alignment of every ordered pair, each with its key."""

    sides: tuple[CodedDocument, ...]
    side_keys: tuple[str, ...]
    alignments: Mapping[tuple[str, str], Alignment]
    pair_keys: tuple[str, ...]


@dataclass(frozen=True)
class Method:
    """What a comparison is made with."""

    codebook: Codebook
    scale: Scale
    encoder: Encoder


class Missing(Exception):
    """A result is not in the store, and only what is there was asked for."""


def coded(
    kept: Kept,
    version: str,
    document: Document,
    provisions: tuple[Provision, ...],
    method: Method,
    *,
    make: bool = True,
) -> tuple[CodedDocument, str, bool]:
    """Code one document: its side, the key under which that is kept, and whether it was there already.

    Raises :class:`Missing` where it wasn't and ``make`` is False.
    """
    from polidiff.alignment import CodedDocument, make_side
    from polidiff.coding import code

    name = side_key(version, provisions, method)
    held = kept.codings(name)
    if held is not None:
        return CodedDocument(document, *held), name, True
    _need(make)
    codings = code(document, provisions, method.codebook, scale=method.scale, mentions=True)
    side = make_side(document, provisions, codings)
    kept.put_codings(name, side)
    return side, name, False


def side_key(version: str, provisions: tuple[Provision, ...], method: Method) -> str:
    """Return the key under which a document's codings are kept."""
    spans = [[p.id, p.start, p.end] for p in provisions]
    return key("side", version, spans, codec.plain(method.codebook), method.scale, fingerprint("code"))


def few_enough(name: str, documents: int) -> None:
    """Raise InputError where a workspace has more documents than are compared with one another."""
    from polidiff.alignment import MOST_DOCUMENTS

    if documents > MOST_DOCUMENTS:
        what = f"has {documents} documents, of which {MOST_DOCUMENTS} can be compared"
        raise InputError(name, what, "name them, or ask of all: polidiff against, polidiff who")


def fitting(
    store: Store,
    reads: Sequence[tuple[str, Document, tuple[Provision, ...]]],
    scale: Scale,
    encoder: Encoder,
    reuse: Reuse,
    *,
    make: bool = True,
) -> Codebook:
    """Return the bundled codebook that fits every document.

    Documents are coded for it, and their codings kept. Raises :class:`Missing` as :func:`propose` does.
    """
    from polidiff.coding.fit import FIRST, chosen

    kept, method, sides = Kept(store), Method(load_codebook(FIRST), scale, encoder), []
    for read in reads:
        side, coded_as, held = coded(kept, *read, method, make=make)
        if not held:
            reuse.coded.add(coded_as)
        sides.append((side.provisions, side.codings))
    return chosen(sides)


def propose(
    store: Store,
    reads: Sequence[tuple[str, Document, tuple[Provision, ...]]],
    method: Method,
    reuse: Reuse,
    *,
    progress: Progress | None = None,
    make: bool = True,
    executor: Executor | None = None,
) -> Proposal:
    """Code and align documents, given as (version, document, provisions). Each result is kept as soon as it is made.

    ``executor`` aligns; this process does where there is none. Raises :class:`Missing` where something would have to
    be made and ``make`` is False.
    """
    from polidiff.alignment import align_pairs, is_many

    kept = Kept(store)
    sides, side_keys = [], []
    tell = progress or _silent
    tell("found.provisions", sum(one.leaf for _, _, provisions in reads for one in provisions), 0)
    for number, (version, document, provisions) in enumerate(reads):
        tell("coding", number, len(reads))
        side, name, held = coded(kept, version, document, provisions, method, make=make)
        held = held and name not in reuse.coded
        reuse.documents_reused += held
        reuse.documents_made += not held
        sides.append(side)
        side_keys.append(name)
        themes = {code.id for one in sides for coding in one.codings for code in coding.themes}
        tell("found.themes", len(themes), 0)
    tell("coding", len(reads), len(reads))
    many = is_many(sides)
    way = ("many",) if many else ()
    names = {
        (a.document.id, b.document.id): key("pair", key_a, key_b, method.encoder.identity, fingerprint("align"), *way)
        for a, key_a in zip(sides, side_keys, strict=True)
        for b, key_b in zip(sides, side_keys, strict=True)
        if a is not b
    }
    ends = {side.document.id: side for side in sides}
    held_pairs: dict[tuple[str, str], Alignment] = {}
    for pair, name in names.items():
        found = kept.alignment(name, ends[pair[0]], ends[pair[1]])
        if found is not None:
            held_pairs[pair] = found
    reuse.pairs_reused += len(held_pairs)
    missing = [pair for pair in combinations(ends, 2) if not {pair, pair[::-1]} <= held_pairs.keys()]
    _need(make or not missing)
    tell("aligning", len(held_pairs), len(names))
    answered = sum(map(_answered, held_pairs.values()))
    waiting = ((ends[a], ends[b]) for a, b in missing)
    for made in align_pairs(waiting, method.encoder, related=True, executor=executor, many=many):
        for one in made:
            pair = one.a.document.id, one.b.document.id
            if pair not in held_pairs:
                held_pairs[pair] = one
                kept.put_alignment(names[pair], one)
                reuse.pairs_made += 1
                answered += _answered(one)
        tell("found.links", answered, 0)
        tell("aligning", len(held_pairs), len(names))
    alignments = {pair: held_pairs[pair] for pair in names}
    return Proposal(tuple(sides), tuple(side_keys), alignments, tuple(names.values()))


def _silent(step: str, done: int, total: int) -> None:
    """Progress that nobody wants to hear of."""


def _answered(alignment: Alignment) -> int:
    """How many provisions have a likely answer."""
    from polidiff.report.passages import LIKELY

    return sum(any(match.score >= LIKELY for match in matches) for matches in alignment.matches)


def _need(make: bool) -> None:
    if not make:
        raise Missing


def decided_sides(store: Store, proposal: Proposal, method: Method, made: Decided) -> list[CodedDocument]:
    """Return the sides with codes as decisions taught, a judge answered and people decided, the last of which holds."""
    from polidiff.comparison.themed import with_themes

    sides = tuned_sides(store, proposal)
    heard = answers.kept(store, (side.document for side in sides))
    return [side_as_decided(side, made.codes) for side in with_themes(sides, heard, method.codebook)]


def tuned_sides(store: Store, proposal: Proposal) -> list[CodedDocument]:
    """Return the sides as proposed, with their codes scored as decisions taught, where the workspace keeps that."""
    from polidiff.coding.decided import retuned

    tuning = tunings.kept(store)
    if tuning is None:
        return list(proposal.sides)
    return [replace(side, codings=retuned(side.codings, tuning)) for side in proposal.sides]


def conclude(
    store: Store, proposal: Proposal, method: Method, made: Decided, reuse: Reuse, *, make: bool = True
) -> tuple[Comparison, dict[str, Target]]:
    """Return the comparison as people decided it, and the target of the finding of each theme.

    The same documents without decisions give what :func:`polidiff.comparison` gives. What decisions taught of scores
    (:mod:`polidiff.workspace.tuning`) and what a judge answered (:mod:`polidiff.workspace.answers`) counts where the
    workspace keeps it.
    """
    from polidiff.comparison.comparison import assemble, found_in

    tuning = tunings.kept(store)
    sides = {side.document.id: side for side in decided_sides(store, proposal, method, made)}
    heard = answers.kept(store, (side.document for side in proposal.sides))
    alignments = {
        pair: alignment_as_decided(alignment, sides[pair[0]], sides[pair[1]], made)
        for pair, alignment in proposal.alignments.items()
    }
    kept = Kept(store)
    ruled = [[end, code, row.id] for end, rows in sorted(made.codes.items()) for code, row in rows]
    linked = [[ends, relation, row.verb, row.by, row.why] for ends, (row, relation) in sorted(made.links.items())]
    taught = [] if tuning is None else [tuning.record()]
    said = [list(heard.records())] if heard.answers else []
    made_of = proposal.side_keys, proposal.pair_keys
    name = key("findings", fingerprint("compare"), *made_of, ruled, linked, *taught, *said)
    found: tuple[Finding, ...] | None = kept.get(tuple[Finding, ...], name)
    reuse.findings_reused = found is not None
    if found is None:
        _need(make)
        ordered = list(sides.values())
        encoder = KeptEncoder(method.encoder, store)
        found = said_by_people(
            found_in(
                ordered,
                alignments,
                method.codebook,
                encoder,
                answers=heard,
                people=rulings_by_people(ordered, made),
            ),
            made,
        )
        kept.put_last(key("last", list(sides)), name, found)
        reuse.texts_made, reuse.texts_reused = encoder.made, encoder.reused
    documents = [side.document for side in proposal.sides]
    themes = tuple(finding for finding in found if finding.matter is None)
    targets = {finding.theme: finding_target(finding, documents) for finding in themes}
    decided = findings_as_decided(found, targets, made)
    comparison = assemble(list(sides.values()), alignments, method.codebook, method.encoder, decided)
    if left := _left_out(themes, targets, made):
        comparison = replace(comparison, method=(*comparison.method, ("left_out", left)))
    return comparison, targets


def _left_out(themes: Sequence[Finding], targets: Mapping[str, Target], made: Decided) -> str:
    """Which findings people left out of the report, who, and why: a report says what it doesn't show."""
    rows = ((one, ruling(targets[one.theme], made)) for one in themes)
    said = ((one, row) for one, row in rows if row is not None and row.verdict == "reject")
    return "; ".join(f"{one.name or one.theme} ({row.by}{f': {row.why}' if row.why else ''})" for one, row in said)


def finding_target(finding: Finding, documents: Sequence[Document]) -> Target:
    """Return the target of a finding about these very texts."""
    anchors = sorted(Anchor(d.id, d.text_sha256, 0, len(d.text)) for d in documents)
    return Target("finding", tuple(anchors), f"{finding.theme}={finding.finding}")

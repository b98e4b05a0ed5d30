"""Where decisions stand: anchors, of any version of a document, against the provisions of the current versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from polidiff.model import Document, Provision, Span
from polidiff.workspace.cuts import cut, join, leaf_at
from polidiff.workspace.decisions import Anchor, Decision, Target
from polidiff.workspace.follow import follow
from polidiff.workspace.state import standing

Read = tuple[Document, tuple[Provision, ...]]
"""A document and its provisions."""


class Places:
    """The current documents with their provisions as people cut them, and the way there from older versions.

    ``current`` maps ids to documents with their provisions as split; ``old`` gives the same for an older text of a
    document by its hash, or None. ``rows`` are all decisions; those on provisions (split, merge) are applied here.
    """

    def __init__(
        self,
        current: Mapping[str, Read],
        old: Callable[[str, str], Read | None],
        rows: Iterable[Decision],
    ) -> None:
        self._old = old
        self._maps: dict[tuple[str, str], Mapping[Span, Span]] = {}
        self._changed: dict[tuple[str, str], Mapping[Span, Provision]] = {}
        cuts: dict[Target, list[Decision]] = {}
        order: dict[str, int] = {}
        for number, row in enumerate(rows):
            order[row.id] = number
            if row.target.kind == "provision":
                cuts.setdefault(row.target, []).append(row)
        held = [standing(target, made) for target, made in cuts.items()]
        decided = [(one.target, one.decided) for one in held if one.decided is not None]
        self._cuts = sorted(decided, key=lambda cut: order[cut[1].id])
        self.orphan_cuts: set[Target] = set()
        self.documents: dict[str, Read] = {}
        for name, (document, provisions) in current.items():
            self.documents[name] = (document, self._as_cut(document, provisions))
        self._spans = {name: {p.span: p for p in read[1] if p.leaf} for name, read in self.documents.items()}
        self._ids = {name: {p.id: p for p in read[1] if p.leaf} for name, read in self.documents.items()}
        self._cut_targets = {target for target, _ in self._cuts}

    def provision(self, anchor: Anchor) -> Provision | None:
        """Return the current leaf at an anchor of the current text, or None."""
        read = self.documents.get(anchor.document)
        if read is None or read[0].text_sha256 != anchor.text_sha256:
            return None
        return self._spans[anchor.document].get(anchor.span)

    def by_id(self, document: str, ident: str) -> Provision | None:
        """Return the current leaf of a document with this id, or None."""
        return self._ids.get(document, {}).get(ident)

    def next_leaf(self, provision: Provision) -> Provision | None:
        """Return the provision after a leaf where it is a leaf too, or None."""
        provisions = self.documents[provision.document][1]
        after = provisions.index(provision) + 1
        return provisions[after] if after < len(provisions) and provisions[after].leaf else None

    def anchor(self, document: str, span: Span) -> Anchor:
        """Return the anchor of a span of a document's current text."""
        return Anchor(document, self.documents[document][0].text_sha256, *span)

    def resolve(self, target: Target) -> Target | None:
        """Return the target in the current documents, or None where what it is about doesn't stand there any more."""
        if target.kind == "finding":
            return target if all(self._is_current(anchor) for anchor in target.anchors) else None
        if target.kind == "verdict":  # it is about an article, which doesn't change
            return target
        if target in self._cut_targets:
            return None if target in self.orphan_cuts else target
        found = [self._resolved(anchor) for anchor in target.anchors]
        if any(anchor is None for anchor in found):
            return None
        return replace(target, anchors=tuple(anchor for anchor in found if anchor is not None))

    def became(self, anchor: Anchor) -> Provision | None:
        """Return the current leaf whose changed words took the place of those at an anchor of an older text, or None.

        No decision is moved there: it is where people have to decide again.
        """
        key = anchor.document, anchor.text_sha256
        read = self.documents.get(anchor.document)
        if read is None or self._resolved(anchor) is not None or self._is_current(anchor):
            return None
        if key not in self._changed:
            from polidiff.comparison.versions import paired

            old = self._old(*key)
            pairs = [] if old is None else paired((old[0], self._directly_cut(*old)), read)
            self._changed[key] = {was.span: new for was, new in pairs}
        return self._changed[key].get(anchor.span)

    def _is_current(self, anchor: Anchor) -> bool:
        read = self.documents.get(anchor.document)
        return read is not None and read[0].text_sha256 == anchor.text_sha256

    def _resolved(self, anchor: Anchor) -> Anchor | None:
        read = self.documents.get(anchor.document)
        if read is None:
            return None
        if self._is_current(anchor):
            return anchor if anchor.span in self._spans[anchor.document] else None
        span = self._map(anchor).get(anchor.span)
        return None if span is None else self.anchor(anchor.document, span)

    def _map(self, anchor: Anchor) -> Mapping[Span, Span]:
        key = anchor.document, anchor.text_sha256
        if key not in self._maps:
            old = self._old(*key)
            self._maps[key] = {}
            if old is not None:
                before = self._directly_cut(*old)
                self._maps[key] = follow((old[0], before), self.documents[anchor.document])
        return self._maps[key]

    def _as_cut(self, document: Document, provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
        """The provisions of a current document after every cut that finds its place in it."""
        for target, row in self._cuts:
            anchor = target.anchors[0]
            if anchor.document != document.id:
                continue
            spans: list[Span | None] = [one.span for one in target.anchors]
            if anchor.text_sha256 != document.text_sha256:
                old = self._old(anchor.document, anchor.text_sha256)
                way = {} if old is None else follow((old[0], self._directly_cut(*old, row)), (document, provisions))
                spans = [way.get(one.span) for one in target.anchors]
            made = _made(document, provisions, spans, row, anchor.start)
            if made is None:
                self.orphan_cuts.add(target)
            else:
                provisions = made
        return provisions

    def _directly_cut(
        self, document: Document, provisions: tuple[Provision, ...], before: Decision | None = None
    ) -> tuple[Provision, ...]:
        """The provisions of one version after the cuts that were made in that very version (``before`` a row)."""
        for target, row in self._cuts:
            if row is before:
                break
            anchor = target.anchors[0]
            if (anchor.document, anchor.text_sha256) == (document.id, document.text_sha256):
                spans = [one.span for one in target.anchors]
                provisions = _made(document, provisions, spans, row, anchor.start) or provisions
        return provisions


def _made(
    document: Document, provisions: tuple[Provision, ...], spans: Sequence[Span | None], row: Decision, start: int
) -> tuple[Provision, ...] | None:
    """The provisions after one cut, or None where it doesn't fit. ``start`` is where the provision stood at first."""
    places = [None if span is None else leaf_at(provisions, span) for span in spans]
    index, span = places[0], spans[0]
    if index is None or span is None:
        return None
    if row.verb == "merge":
        return join(document, provisions, index) if places[-1] == index + 1 else None
    return cut(document, provisions, index, int(row.value) + span.start - start)

"""What is compared between two versions: the leaves, and the words that introduce several of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from polidiff.comparison.versions.words import Token, tokens
from polidiff.lang.numerals import ANY_NUMERAL
from polidiff.model import Document, Provision, ProvisionKind, Span


@dataclass(frozen=True, slots=True)
class Unit:
    """A leaf, or the words that introduce leaves, with its words.

    ``key`` is equal for two units that say the same; ``titles`` are the headings above without their numbers.
    ``part`` is ``recital`` or ``annex`` for what stands in one.
    """

    provision: Provision
    tokens: tuple[Token, ...]
    key: str
    titles: tuple[str, ...]
    part: ProvisionKind | None = None

    @property
    def words(self) -> list[str]:
        """Its words and numbers, without marks."""
        return [token.fold for token in self.tokens if token.word]


def units(document: Document, provisions: Sequence[Provision]) -> list[Unit]:
    """Return the units of a document in the order of its text.

    Words that introduce provisions are a unit of their own where they are neither a heading nor inside a leaf: what
    changes in them changes all that they introduce, and is shown once.
    """
    by_id = {provision.id: provision for provision in provisions}
    leaves = [provision for provision in provisions if provision.leaf]
    starts = {provision.start for provision in leaves}
    found = list(leaves)
    seen: set[Span] = set()
    for leaf in leaves:
        span = leaf.lead_in
        if span is None or span in seen or span.start in starts or document.cut(span).strip() in leaf.path:
            continue
        seen.add(span)
        if any(other.start <= span.start < other.end for other in leaves):
            continue
        holder = by_id.get(leaf.parent or "")
        over = holder if holder is not None and span.within(holder.span) else leaf
        first, last = document.pages_of(span)
        found.append(
            replace(
                over,
                id=over.id if over is holder else f"{leaf.id}/lead-in",
                number=over.number if over is holder else None,
                text=document.cut(span),
                start=span.start,
                end=span.end,
                page_start=first,
                page_end=last,
                boxes=(),
                lead_in=None,
                leaf=False,
                refs=(),
            )
        )
    found.sort(key=lambda provision: (provision.start, provision.end))
    return [replace(_unit(document, unit), part=_part(by_id, unit)) for unit in found]


def _part(by_id: Mapping[str, Provision], unit: Provision) -> ProvisionKind | None:
    """The part of an act that a provision stands in, where it is one that editions leave out."""
    at: Provision | None = unit
    while at is not None:
        if at.kind in ("recital", "annex"):
            return at.kind
        at = by_id.get(at.parent or "")
    return None


def _unit(document: Document, provision: Provision) -> Unit:
    words = tuple(tokens(document, provision.span))
    key = " ".join(token.fold for token in words if token.word) or provision.text
    return Unit(provision, words, key, plain_titles(provision.path))


def plain_titles(path: Sequence[str]) -> tuple[str, ...]:
    """Return headings with their numbers taken out, so that a renumbered heading is the same heading."""
    return tuple(" ".join(ANY_NUMERAL.sub("#", title).split()) for title in path)

"""What an analyst decided: of which place, what, who, when and why. Rows are only ever added.

A decision is about a :class:`Target`, which is made of anchors: places in documents, by document id, hash of the
canonical text and span. The words are never stored beside a decision; the anchor cuts them from the text that the
workspace holds. A decision names the decisions on the same target that its author had before him (``after``), so what
overrides what doesn't hang on anybody's clock, and two people who decided apart are told from one who thought again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal, get_args

from polidiff.errors import InputError
from polidiff.model import Relation, Span, codec

TargetKind = Literal["link", "code", "finding", "provision", "verdict"]
Verb = Literal["accept", "reject", "relation", "opposed", "label", "split", "merge", "note", "undo"]

VERBS: dict[TargetKind, tuple[Verb, ...]] = {
    "link": ("accept", "reject", "relation", "opposed", "note"),
    "code": ("accept", "reject", "label", "note"),
    "finding": ("accept", "reject", "label", "note"),
    "provision": ("split", "merge", "note"),
    "verdict": ("label", "note"),
}
"""What can be decided of each kind of target; ``undo`` goes for all."""

RULED = ("right", "wrong")
"""What a person can say of words of an article, whatever the verdict says."""

FOUND = ("shared", "divergent", "only")
"""What a person can say that documents do on a theme."""

ANCHORS: dict[TargetKind, range] = {
    "link": range(2, 3),
    "code": range(1, 2),
    "finding": range(2, 1000),
    "provision": range(1, 3),
    "verdict": range(1, 2),
}
"""How many places a target of each kind has."""

RELATIONS: tuple[Relation, ...] = get_args(Relation)
FLIPPED: dict[str, Relation] = {"subset_of": "superset_of", "superset_of": "subset_of"}


def flipped(relation: Relation) -> Relation:
    """Return the relation as it reads from the other side."""
    return FLIPPED.get(relation, relation)


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A place: ``[start, end)`` of the canonical text of ``document`` whose SHA-256 is ``text_sha256``."""

    document: str
    text_sha256: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The place as a span of that text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What a decision is about.

    ``link``: two anchors, in the order of :func:`link_target`. ``code``: one anchor, and in ``code`` what was coded
    (``theme:ID``, ``instrument:ID``, ``strength``, ``posture``, ``forum``). ``finding``: one anchor a document
    compared, over its whole text, and in ``code`` the theme and the finding (``compute=shared``): a finding is about
    these texts, so it doesn't outlive them. ``provision``: the anchor of one (split), or of two in a row (merge).
    ``verdict``: a quotation or a claim of an article, its anchor there; ``label`` says whether it is ``right`` or
    ``wrong``.
    """

    kind: TargetKind
    anchors: tuple[Anchor, ...]
    code: str = ""


def link_target(a: Anchor, b: Anchor) -> tuple[Target, bool]:
    """Return the target of a link, the same whichever side is named first, and whether the sides were turned round."""
    turned = b < a
    return Target("link", (b, a) if turned else (a, b)), turned


@dataclass(frozen=True)
class Decision:
    """One row: ``by`` decided ``verb`` (with ``value``) of ``target`` at ``when``, and ``why``.

    ``opposed`` says of a link that the two point apart. ``value`` is the relation, seen from the first anchor
    (``relation``, and ``accept`` of a link: the one that was accepted), the label (``label``), the offset in the
    document at which the provision is cut (``split``), empty (``merge``, ``opposed``), or the id of the decision taken
    back (``undo``). ``when`` is ISO 8601 in UTC.
    ``after`` holds ids of decisions on the same target that the author had seen.
    """

    target: Target
    verb: Verb
    value: str
    by: str
    when: str
    why: str
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a decision that means nothing, whoever made it."""
        kind, verb = self.target.kind, self.verb
        if len(self.target.anchors) not in ANCHORS[kind]:
            raise InputError(kind, f"has {len(self.target.anchors)} places")
        if verb != "undo" and verb not in VERBS[kind]:
            raise InputError(verb, f"can't be decided of a {kind}", f"what can is: {', '.join(VERBS[kind])}, undo")
        if not self.by:
            raise InputError("--by", "no name was given", "say who decides, for example: --by NAME")
        if (verb == "relation" or (verb, kind) == ("accept", "link")) and self.value not in RELATIONS:
            raise InputError(self.value, "is not a relation", f"the relations are {', '.join(RELATIONS)}")
        if verb == "split" and not (self.value.isascii() and self.value.isdigit()):
            raise InputError(self.value, "is not a place in a text", "give an offset")
        if verb == "label" and not self.value:
            raise InputError("label", "is empty", "give one with --label LABEL")
        if (verb, kind) == ("label", "verdict") and self.value not in RULED:
            raise InputError(self.value, "is nothing that can be said of an article's words", ", ".join(RULED))
        if (verb, kind) == ("label", "finding") and self.value not in FOUND:
            raise InputError(self.value, "is no finding", f"what can be found is: {', '.join(FOUND)}")
        if verb == "note" and not self.why:
            raise InputError("note", "is empty", "give its words with --why TEXT")

    @cached_property
    def id(self) -> str:
        """The row's name: a hash of all that it says, so the same row has the same name in every workspace."""
        return hashlib.sha256(codec.dump(self)).hexdigest()[:24]

    @property
    def verdict(self) -> str:
        """What two coders are compared by: the relation or label that holds, ``accept`` or ``reject``."""
        if self.verb == "relation" and self.value == "no_relationship":
            return "reject"
        return self.value or self.verb


def decision(
    target: Target, verb: Verb, *, by: str, when: datetime, why: str = "", value: str = "", after: tuple[str, ...] = ()
) -> Decision:
    """Return a decision that can be written down. Raises InputError for one that means nothing."""
    return Decision(target, verb, value, author(by), moment(when), why.strip(), tuple(sorted(after)))


def author(name: str) -> str:
    """Return the name of who decides as it is written down: one line of at most 80 characters that can be printed."""
    return "".join(c for c in " ".join(name.split())[:80] if c.isprintable())


def moment(when: datetime) -> str:
    """Return a time as it is written down. Raises InputError for one without a zone."""
    if when.tzinfo is None:
        raise InputError("when", "the time has no zone", "give one with its zone, for example datetime.now(UTC)")
    return when.astimezone(UTC).isoformat(timespec="microseconds")

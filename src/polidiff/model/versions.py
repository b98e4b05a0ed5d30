"""Two versions of one document, and what became of each provision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from polidiff.model.documents import Document
from polidiff.model.provisions import Provision
from polidiff.model.reasons import Reason
from polidiff.model.shown import short
from polidiff.model.spans import Span

ChangeKind = Literal[
    "unchanged",
    "translated",
    "renumbered",
    "retitled",
    "moved",
    "reworded",
    "strengthened",
    "weakened",
    "split",
    "merged",
    "dropped",
    "added",
    "absent",
]
WordEditKind = Literal["replace", "delete", "insert"]
Matter = Literal["", "strength", "amount", "deadline", "negation", "number", "reference", "typography"]


@short
@dataclass(frozen=True, slots=True)
class WordEdit:
    """One change of words: ``old`` is cut from the old document, ``new`` from the new one.

    The side that has no words is an empty span at the place where they would stand. ``matters`` says what the change
    touches; ``typography`` is for marks, letter case and the forms of characters, which change no word.
    """

    kind: WordEditKind
    old: Span
    new: Span
    matters: Matter = ""


@short
@dataclass(frozen=True, slots=True)
class Change:
    """What became of a provision.

    ``old`` and ``new`` hold one provision each, except for ``split`` (several new ones), ``merged`` (several old
    ones), ``dropped`` (no new one), ``added`` (no old one) and ``absent`` (on one side, in a part such as the
    recitals of which the other version prints nothing). ``kind`` is the gravest thing that can be said; ``also`` the
    others (a reworded provision may have moved). ``edits`` are in the order of the text. ``likeness`` is
    the share of words in common, 0..1 (Dice). ``introduced`` are the words that introduce the two, where they differ.
    """

    kind: ChangeKind
    old: tuple[Provision, ...]
    new: tuple[Provision, ...]
    also: tuple[ChangeKind, ...] = ()
    edits: tuple[WordEdit, ...] = ()
    reasons: tuple[Reason, ...] = ()
    likeness: float = 1.0
    introduced: tuple[WordEdit, ...] = ()


@short
@dataclass(frozen=True)
class VersionDiff:
    """Two versions of a document and the changes, in the order of the new version, dropped ones where they stood."""

    old: Document
    new: Document
    changes: tuple[Change, ...]
    method: tuple[tuple[str, str], ...] = ()

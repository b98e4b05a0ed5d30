"""Codebooks, and what a coder says of a provision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from polidiff.model.judgements import By
from polidiff.model.shown import short
from polidiff.model.spans import Span

PlanStrength = Literal["mandate", "directive", "recommendation", "aspiration", "statement"]
LawStrength = Literal["obligation", "prohibition", "permission", "encouragement", "none"]
Posture = Literal["competition", "cooperation", "neutral"]
Forum = Literal["national", "allied", "multilateral", "none"]
Scale = Literal["plan", "law"]


@short
@dataclass(frozen=True, slots=True)
class Position:
    """One of the sides that a document can take on a theme (``loosen`` or ``tighten`` rules, say).

    Two documents whose provisions take different positions on a theme part on it, whatever words they share.
    ``terms`` are the words, in English and Chinese, that show the position.
    """

    id: str
    name: str
    name_zh: str
    terms: tuple[str, ...]


@short
@dataclass(frozen=True, slots=True)
class Theme:
    """One code of a codebook: what it means, what belongs and what does not, and the words that point to it.

    ``parent`` is the id of the broader theme, or None: a provision coded with a theme counts for its parent too.
    Documents part on a theme's own ``positions``; on one that has none and whose
    ``axis`` is ``posture``, on whether they compete or cooperate.
    """

    id: str
    head: str
    name: str
    name_zh: str
    definition: str
    include: str
    exclude: str
    en_terms: tuple[str, ...]
    zh_terms: tuple[str, ...]
    parent: str | None = None
    axis: str = ""
    positions: tuple[Position, ...] = ()
    examples: tuple[str, ...] = ()
    definition_zh: str = ""

    def defined(self, tongue: str) -> str:
        """The definition in a language, or the one that there is."""
        return (self.definition_zh if tongue == "zh" else self.definition) or self.definition or self.definition_zh


@short
@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook: heads (groups) and themes in the order in which they are shown.

    ``fields`` are the fields of public policy that it is made for; empty for one of any subject.
    """

    id: str
    version: str
    title: str
    heads: tuple[tuple[str, str, str], ...]
    themes: tuple[Theme, ...]
    fields: tuple[str, ...] = ()

    def theme(self, theme_id: str) -> Theme:
        """Return the theme with this id; KeyError when the codebook has none."""
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        raise KeyError(theme_id)


@short
@dataclass(frozen=True, slots=True)
class Code:
    """A code given to a provision, with its score in 0..1 and the words that decided, as spans of the document.

    ``by`` says who gave it. A learnt code's score is its probability; ``printed`` says that it is sure enough to be
    printed: by a rule that is exact, or a head that is wrong in at most one of ten such labels (or as many as were
    asked for). ``risk`` is the least such share at which a head's label is printed, None where there is none.
    """

    id: str
    score: float
    cues: tuple[Span, ...] = ()
    by: By = "rule"
    printed: bool = False
    risk: float | None = None

    @property
    def probability(self) -> float:
        """How likely the code is right, in 0..1: its score."""
        return self.score


@short
@dataclass(frozen=True, slots=True)
class Actor:
    """A body that a provision names: one name for each body, and where it stands."""

    name: str
    span: Span
    via: str | None = None


@short
@dataclass(frozen=True, slots=True)
class Coding:
    """What a coder says of one provision.

    ``themes`` come best first and may be empty: the coder abstained. ``positions`` maps onto the themes'
    positions, as ``theme:position`` codes. ``strength``, ``posture`` and ``forum`` always have a label; their cue
    is empty when the label is the default. ``kind`` (commitment, aim, principle, fact, definition, broken),
    ``direction`` (promote, ease, limit, safeguard, neutral), ``actor`` (who is to act, broadly) and ``policy`` (fields
    of public policy, best first) are learnt; their label is empty where no head was asked. ``binding`` is the chance,
    0..1, that the provision is a commitment, an aim or a principle, None where no head was asked. ``unasked`` are the
    themes as they were before a judge spoke of the provision, or None.
    """

    document: str
    provision: str
    themes: tuple[Code, ...] = ()
    positions: tuple[Code, ...] = ()
    instruments: tuple[Code, ...] = ()
    lead: tuple[Actor, ...] = ()
    others: tuple[Actor, ...] = ()
    strength: Code = Code("statement", 0.5)
    posture: Code = Code("neutral", 0.5)
    forum: Code = Code("none", 0.5)
    kind: Code = Code("", 0.0)
    direction: Code = Code("", 0.0)
    actor: Code = Code("", 0.0)
    policy: tuple[Code, ...] = ()
    binding: float | None = None
    unasked: tuple[Code, ...] | None = None

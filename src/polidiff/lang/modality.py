"""How firmly a text speaks, on one scale for strength, claims and versions, in English and Chinese.

The steps, the classes that stand on them and the words of both languages are data (``data/modality.toml``). A claim is
firmer than its passage when its word of force stands higher than the one that governs the passage's words in common.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from polidiff.lang.data import load_list
from polidiff.lang.words import has_cjk

__all__ = [
    "AS_PLAN",
    "Cue",
    "Force",
    "Step",
    "bans",
    "breadth",
    "cues",
    "done",
    "duty",
    "exceptions",
    "force",
    "modal_free",
    "step_of",
    "step_of_class",
    "wholes",
    "words_for",
]

_DATA = load_list("modality")


class Step(IntEnum):
    """The scale: what binds nobody, what may be, is encouraged, is advised, is to be (or is so), and must be."""

    NONE = _DATA["scale"]["none"]
    POSSIBLE = _DATA["scale"]["possible"]
    ENCOURAGED = _DATA["scale"]["encouraged"]
    ADVISED = _DATA["scale"]["advised"]
    INTENDED = _DATA["scale"]["intended"]
    REQUIRED = _DATA["scale"]["required"]


AS_PLAN: Mapping[str, str] = _DATA["as_plan"]
"""The class of plans for each class of law: “shall” of a law is a mandate."""


def step_of_class(scale: str, label: str) -> Step:
    """Return where a class of ``law`` or ``plan`` (``obligation``, ``directive``) stands on the scale."""
    return Step[_DATA["classes"][scale][label].upper()]


def _compiled(lists: Mapping[str, Sequence[str]], language: str | None = None) -> re.Pattern[str]:
    english, chinese = lists.get("english", ()), lists.get("chinese", ())
    parts = [rf"\b(?:{'|'.join(english)})\b"] if english and language != "zh" else []
    return re.compile("|".join((*parts, *(chinese if language != "en" else ()))), re.IGNORECASE)


@cache
def words_for(name: str) -> re.Pattern[str]:
    """Return the pattern for a list of the data: ``hedges``, ``spurs``, ``all``, ``some``, ``negation``, ``free`` …"""
    return _compiled(_DATA[name])


_STEPS = {
    language: tuple((Step[name.upper()], _compiled(words, language)) for name, words in _DATA["steps"].items())
    for language in ("en", "zh")
}
_DUTIES = tuple((kind, _compiled(words)) for kind, words in _DATA["duties"].items())
_DUTY_STEPS = {"free": Step.POSSIBLE, "ban": Step.REQUIRED, "duty": Step.REQUIRED}
_ONLY = frozenset((*_DATA["only"]["english"], *_DATA["only"]["chinese"]))
_VERBS = frozenset(load_list("imperatives")["verbs"])
_OPENING = re.compile(
    r"^\W*(?:\(?\w{1,3}[.)]\s+)?(?:(?:Led|Chaired|Managed)\s+by[^,]*?(?:\([^)]*\))?[^a-z]*?,\s+|"
    r"Through[^,]*,\s+)?(?:\w+ly\s+)?(?P<verb>[A-Za-z-]+)"
)
_BREAK = re.compile(r"[;:.。；]\s|,\s+(?:and|but|while|whereas)\s+(?:the|it|they|we|that)\b")


class Cue(NamedTuple):
    """A word of force at ``start:end``, and its step."""

    start: int
    end: int
    step: Step


@dataclass(frozen=True, slots=True)
class Force:
    """How firmly a text speaks, a :class:`Step` as a number, and the word that says so ('' where none does)."""

    level: float
    cue: str


def modal_free(text: str) -> str:
    """Return ``text`` with names and dates that hold a modal word blanked out, length for length.

    “Executive Order”, “in May 2025” and “political will” say nothing of how firmly a text speaks.
    """
    return words_for("idle").sub(lambda match: "_" * len(match.group()), text)


def cues(text: str) -> list[Cue]:
    """Return the words of force of ``text``, without those that stand inside a longer one."""
    plain = modal_free(text)
    found = [
        Cue(*match.span(), step)
        for step, pattern in _STEPS["zh" if has_cjk(text) else "en"]
        for match in pattern.finditer(plain)
    ]
    return [
        cue
        for cue in found
        if not any(o.start <= cue.start and cue.end <= o.end and o.end - o.start > cue.end - cue.start for o in found)
    ]


def step_of(text: str) -> Step | None:
    """Return the highest step that words of ``text`` stand on, what is allowed counted as possible; None for none."""
    kind = duty(text)
    steps = [cue.step for cue in cues(text)]
    steps += [_DUTY_STEPS[kind[0]]] if kind is not None else []
    steps += [Step.POSSIBLE] if words_for("able").search(text) else []
    return max(steps, default=None)


def force(text: str, places: Sequence[tuple[int, int]] = ()) -> Force:
    """Return the force of ``text`` where its words at ``places`` (offsets) stand: of the nearest word before them.

    Without such a word it is an instruction (“Publish …”) or a plain statement.
    """
    found = cues(text)
    if found:
        middle = sorted(start for start, _ in places)[len(places) // 2] if places else 0
        before = [cue for cue in found if cue.start <= middle] if places else found
        if not places:
            near = max(found, key=lambda cue: (cue.step, -cue.start))
            return Force(float(near.step), text[near.start : near.end])
        if before:
            near = max(before, key=lambda cue: cue.start)
            if not _BREAK.search(text[near.end : middle]):
                return Force(float(near.step), text[near.start : near.end])
    opening = _OPENING.match(text)
    if not has_cjk(text) and opening is not None and opening["verb"].lower() in _VERBS:
        return Force(float(Step.INTENDED), opening["verb"])
    return Force(float(Step.INTENDED), "")


def done(text: str) -> str:
    """Return the words that say that a thing has been done (“has approved”), or ''."""
    match = words_for("done").search(text)
    return match.group() if match else ""


def wholes(text: str) -> list[str]:
    """Return the words by which a text takes in everything or nothing but one thing (“all”, “never”, “only”)."""
    idle = [m.span() for m in words_for("not_wholes").finditer(text)]
    return [m.group() for m in words_for("wholes").finditer(text) if not any(a <= m.start() < b for a, b in idle)]


def breadth(word: str) -> str:
    """The one word by which a word of :func:`wholes` is compared: “solely” and “exclusively” are “only”."""
    low = word.lower()
    return "only" if low in _ONLY else low


def exceptions(text: str) -> list[str]:
    """Return the words by which a text takes in a part only, or lets something out."""
    return [match.group() for match in words_for("exceptions").finditer(text)]


def duty(text: str) -> tuple[str, str] | None:
    """Whether ``text`` lays down a duty (``duty``), forbids (``ban``) or leaves free (``free``), with the words."""
    plain = modal_free(text)
    for kind, pattern in _DUTIES:
        match = pattern.search(plain)
        if match is not None:
            return kind, match.group()
    return None


def bans(text: str) -> bool:
    """Whether ``text`` has any word by which a thing may be kept from being done."""
    return words_for("bans").search(text) is not None

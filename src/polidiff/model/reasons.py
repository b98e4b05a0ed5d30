"""Reasons as codes: what was found, with its parameters. The words for them are made at the edge (``wording/``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from polidiff import edge
from polidiff.model.shown import short

Scalar = str | int | float
Value = Scalar | tuple[Scalar | tuple[Scalar, ...], ...]
"""What a parameter can be: words, a number, a list of them (a span is a list of two), or a list of lists."""


@short
@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score or a verdict is what it is, or what its reader has to mind.

    ``code`` says what was found (``words.common``); what stands before its point is its kind. ``parameters`` are
    pairs of a name and a value, in the order of their names; ``docs/reasons.md`` lists those of every code. ``value``
    is its weight in the score, in the score's own unit.
    """

    code: str
    parameters: tuple[tuple[str, Value], ...] = ()
    value: float = 0.0

    @classmethod
    def of(cls, code: str, value: float = 0.0, /, **parameters: Value) -> Reason:
        """Return the reason with these parameters."""
        return cls(code, tuple(sorted(parameters.items())), value)

    @property
    def kind(self) -> str:
        """The kind of evidence: ``words``, ``meaning``, ``theme``, ``number``, ``actor``, …"""
        return self.code.partition(".")[0]

    @property
    def text(self) -> str:
        """The reason in English words."""
        return edge.words_of_reason(self)

    def __str__(self) -> str:
        return self.text


def overruled(reasons: Iterable[Reason]) -> str:
    """What a person said of an article's words against the verdict, ``right`` or ``wrong``; empty where nobody did."""
    for reason in reasons:
        if reason.code.startswith(("verdict.right", "verdict.wrong")):
            return reason.code.split(".")[1]
    return ""

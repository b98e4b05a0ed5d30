"""What decisions changed: the findings before and after, as far as they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from polidiff.model import Comparison
from polidiff.wording import Locale

MOST_KEPT = 60
"""Moments that are remembered."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in short: its name in both languages, what was found, and the documents that speak to it."""

    name: str
    name_zh: str
    finding: str
    documents: tuple[str, ...]

    def named(self, tongue: Locale) -> str:
        """The name in a reader's language, or in the one that there is."""
        return (self.name_zh if tongue == "zh" else self.name) or self.name or self.name_zh


@dataclass(frozen=True, slots=True)
class Effect:
    """A finding that decisions changed; None where there was none before, or is none any more."""

    before: Told | None
    after: Told | None

    def record(self) -> dict[str, dict[str, Any] | None]:
        """Return it as plain data."""
        return {
            name: None if one is None else asdict(one) for name, one in (("before", self.before), ("after", self.after))
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Effect:
        """Return the effect that :meth:`record` wrote."""
        before, after = (record[name] for name in ("before", "after"))
        return cls(None if before is None else Told(**before), None if after is None else Told(**after))


@dataclass(frozen=True)
class Moment:
    """The findings after so many decisions, by theme or matter, with the documents that they are of."""

    documents: object
    decisions: int
    findings: Mapping[str, Told]


def moment_of(documents: object, decisions: int, comparison: Comparison) -> Moment:
    """Return the findings of a comparison as they are remembered."""
    return Moment(documents, decisions, findings_of(comparison))


def findings_of(comparison: Comparison) -> dict[str, Told]:
    """Return the findings of a comparison in short, by theme or matter."""
    told = {}
    for one in (*comparison.findings, *comparison.matters):
        key = f"{one.matter or ''}/{one.theme}/{one.finding if one.matter else ''}"
        told[key] = Told(one.name or one.theme, one.name_zh, one.finding, one.documents)
    return told


class History:
    """The last moments of a workspace, oldest first. One thread adds, others read."""

    def __init__(self) -> None:
        self._moments: tuple[Moment, ...] = ()

    def add(self, moment: Moment) -> None:
        """Remember a moment."""
        self._moments = (*self._moments, moment)[-MOST_KEPT:]

    def effects(self, number: int) -> tuple[Effect, ...] | None:
        """Return what the decision of a number (from 0) changed, with those that were taken up together with it.

        None where that isn't known (yet).
        """
        after = next((one for one in self._moments if one.decisions > number), None)
        if after is None:
            return None
        earlier = [one for one in self._moments if one.decisions <= number and one.documents == after.documents]
        return differences(earlier[-1].findings, after.findings) if earlier else None


def differences(before: Mapping[str, Told], after: Mapping[str, Told]) -> tuple[Effect, ...]:
    """Return the findings that are others after than before."""
    named_before, named_after = _by_name(before), _by_name(after)
    found = []
    for name in [*named_after, *(name for name in named_before if name not in named_after)]:
        old, new = named_before.get(name), named_after.get(name)
        if old is None or new is None or (old.finding, old.documents) != (new.finding, new.documents):
            found.append(Effect(old, new))
    return tuple(found)


def _by_name(told: Mapping[str, Told]) -> dict[tuple[str, str], Told]:
    """The findings by theme or matter; of several on one matter the first that is decided speaks."""
    made: dict[tuple[str, str], Told] = {}
    for key, one in told.items():
        matter, theme, _ = key.split("/", 2)
        place = (matter, "" if matter else theme)
        if place not in made or made[place].finding == "undecided":
            made[place] = one
    return made

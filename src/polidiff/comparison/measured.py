"""How often printed findings were wrong on documents that nobody looked at while rules were made, by who says them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib import resources

from polidiff.model import Finding, Reason

__all__ = ["with_measured", "wrong_of"]

LEAST = 5
"""Findings under which a share says nothing."""


def wrong_of(by: str, finding: str) -> tuple[int, int] | None:
    """Return how many such findings were wrong, of how many; None where too few were judged."""
    return _counts().get((by, finding))


def with_measured(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with how often such ones were wrong among their reasons; what is undecided stays as it is."""
    made = []
    for finding in findings:
        held = wrong_of(finding.by, finding.finding)
        if held is not None:
            wrong, n = held
            reason = Reason.of("finding.measured", round(1 - wrong / n, 4), n=n, wrong=wrong)
            finding = replace(finding, reasons=(*finding.reasons, reason))
        made.append(finding)
    return tuple(made)


@cache
def _counts() -> dict[tuple[str, str], tuple[int, int]]:
    import tomllib

    text = resources.files("polidiff.comparison").joinpath("measured.toml").read_text(encoding="utf-8")
    return {
        (by, finding): (wrong, of)
        for by, rows in tomllib.loads(text).items()
        for finding, (wrong, of) in rows.items()
        if of >= LEAST
    }

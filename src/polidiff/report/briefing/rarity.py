"""How rare it is that a document takes up such a matter: what every plan takes up says little of two of them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from polidiff.model import Coding

__all__ = ["rarity"]

SURE = 0.35
COMMONEST = 0.6
"""What a matter weighs that every document takes up; one that none of those counted took up weighs 1."""


@cache
def _shares() -> dict[str, dict[str, float]]:
    return tomllib.loads((files("polidiff.report.briefing") / "rarity.toml").read_text(encoding="utf-8"))


def rarity(coding: Coding) -> float:
    """Return what a passage weighs by its matter: its themes, else its field of policy, and by what means it acts.

    The shares of documents that commit to a theme, or to a field by a means, were counted over labelled documents of
    many subjects (``rarity.toml``, ``python -m training.brief rarity``). The rarest of a passage's counts.
    """
    shares = _shares()
    found = [shares["themes"][code.id] for code in coding.themes if code.score >= SURE and code.id in shares["themes"]]
    for field in coding.policy[:1]:
        held = shares.get(f"field.{field.id}", {})
        found += [held.get(means.id, 0.0) for means in coding.instruments if held and means.score >= SURE]
        found.append(shares["fields"].get(field.id, 1.0))
    common = min(found, default=1.0)
    return round(1.0 - (1.0 - COMMONEST) * common, 4)

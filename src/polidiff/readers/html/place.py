"""Where a walk over a page stands."""

from __future__ import annotations

from dataclasses import dataclass

from polidiff.model import BlockKind
from polidiff.readers.draft import PLAIN, Style


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk stands: what a block opened here would be."""

    kind: BlockKind = "paragraph"
    level: int = 0
    depth: int = -1
    style: Style = PLAIN
    centred: bool = False
    joined: bool = False
    pre: bool = False

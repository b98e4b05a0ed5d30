"""Small plans in our own words, as files, and edits of them.

They are so plain that the codebook of AI plans fits them, and that computing and exports are surely among their themes
(safety is the third's alone).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from polidiff.encode import MultilingualEncoder
from polidiff.workspace import Workspace

NORTH = (
    "# Northland AI plan",
    "## Computing",
    "- The Ministry of Industry should fund a national computing centre for AI research with a supercomputer.",
    "- The Ministry of Energy should build power plants for data centers.",
    "- The Ministry of Industry should give AI developers access to computing power and AI infrastructure.",
    "## Skills",
    "- The Ministry of Education should train teachers in artificial intelligence.",
    "- Every school shall report each year.",
    "## Trade",
    "- The Ministry of Trade should restrict the export of AI technology and control exports of AI chips.",
    "- Every port shall report each year.",
)

SOUTH = (
    "# Southland AI strategy",
    "## Infrastructure",
    "- The Department of Science will fund a national computing centre for research on AI with a supercomputer.",
    "- The Department of Works will connect data centers and AI infrastructure to the grid.",
    "## People",
    "- The Department of Schools will train teachers to use artificial intelligence.",
    "## World",
    "- The Department of State will promote exports of AI technology and chips to our allies and to foreign markets.",
)

EAST = (
    "# Eastland AI agenda",
    "## Computing",
    "- The Council should open a computing centre to AI researchers.",
    "## Safety",
    "- An inspector shall test the safety of every frontier AI model before release, by red teaming and evaluations.",
)

ENCODER = MultilingualEncoder()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock:
    """Minutes after noon, one more at each call."""

    def __init__(self) -> None:
        self.minutes = 0

    def __call__(self) -> datetime:
        self.minutes += 1
        return NOON + timedelta(minutes=self.minutes)


def write_plan(folder: Path, name: str, lines: Sequence[str]) -> Path:
    path = folder / f"{name}.md"
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path


def made_workspace(folder: Path, name: str = "work", clock: Clock | None = None) -> Workspace:
    """Return a workspace with the northern and the southern plan."""
    when = clock or Clock()
    work = Workspace.init(folder / f"{name}.polidiff", when=when(), title="North and South", encoder=ENCODER)
    work.add(write_plan(folder, "north", NORTH), when=when())
    work.add(write_plan(folder, "south", SOUTH), when=when())
    return work


def named(work: Workspace, words: str) -> str:
    """Return the name (document#provision) of the one current provision that holds ``words``."""
    found = [
        f"{document.id}#{provision.id}"
        for document, provisions in work.places().documents.values()
        for provision in provisions
        if provision.leaf and words in provision.text
    ]
    assert len(found) == 1, (words, found)
    return found[0]

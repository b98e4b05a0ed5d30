"""The queue as the analyst goes through it: the machine's proposals with what was decided of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from polidiff.web.pages import Page
from polidiff.web.snapshot import Snapshot
from polidiff.workspace import Item, Standing, Target

SHOWS = ("open", "all", "decided", "conflicts")
KINDS = ("links", "codes")


@dataclass(frozen=True)
class Choice:
    """Which part of the queue is looked at. ``by`` is who looks, ``blind`` whether as a second coder."""

    show: str
    kind: str
    document: str
    theme: str
    blind: bool
    by: str


def choice_of(page: Page) -> Choice:
    """Read the choice from a page's address; what means nothing there is as if it weren't."""
    show, kind = page.query.get("show", ""), page.query.get("kind", "")
    return Choice(
        show if show in SHOWS else "open",
        kind if kind in KINDS else "",
        page.query.get("document", ""),
        page.query.get("theme", ""),
        page.query.get("blind", "") == "1",
        page.by,
    )


def standings_of(page: Page) -> dict[Target, Standing]:
    """What holds of each target that somebody decided, now."""
    with page.desk.workspace() as work:
        return dict(work.standings())


def overlaid(snapshot: Snapshot, standings: dict[Target, Standing], *, blind: bool = False) -> list[Item]:
    """The items with what was decided; conflicts come first, unless ``blind``."""
    found = [replace(i, standing=standings[i.target]) if i.target in standings else i for i in snapshot.items]
    if not blind:
        found.sort(key=lambda item: not item.conflict)
    return found


def is_open(item: Item, choice: Choice) -> bool:
    """Whether an item waits to be decided by whoever looks."""
    return item.open_for(choice.by) if choice.blind else item.open


def chosen(items: Sequence[Item], choice: Choice) -> list[Item]:
    """The items of a choice, in their order."""
    return [item for item in items if _matches(item, choice)]


def _matches(item: Item, choice: Choice) -> bool:
    if choice.kind and (item.target.kind == "link") != (choice.kind == "links"):
        return False
    if choice.document and all(passage.document != choice.document for passage in item.passages):
        return False
    if choice.theme and item.target.code != f"theme:{choice.theme}":
        return False
    if choice.show == "open":
        return is_open(item, choice)
    if choice.show == "decided":
        return not is_open(item, choice)
    return choice.show == "all" or item.conflict


def progress(page: Page, snapshot: Snapshot) -> tuple[int, int]:
    """How many proposals are decided, and of how many."""
    standings = standings_of(page)
    decided = sum(1 for item in snapshot.items if item.target in standings and standings[item.target].decided)
    return decided, len(snapshot.items)

"""A workspace on disk: documents, what was found in them, and what people decided of it.

::

    with Workspace.init("us-cn.polidiff", when=datetime.now(UTC)) as work:
        work.add("us.pdf", when=datetime.now(UTC))
        work.add("cn.html", when=datetime.now(UTC))
        compared = work.compare()
        for item in work.queue():
            print(item.doubt, item.name, item.proposed)
        work.decide(item.name, "reject", by="Ada", when=datetime.now(UTC), why="another subject")
        write_report(work, work.compare(), "report")

Machines propose, people decide. Decisions are rows that are only ever added; they hang on words of a document by its
id, the hash of its text and a span, so each can be proved, and none jumps to words that merely look alike.
"""

from __future__ import annotations

from polidiff.workspace.decisions import VERBS, Anchor, Decision, Target, Verb
from polidiff.workspace.judging import judge
from polidiff.workspace.merge import Merged, merge
from polidiff.workspace.open import open_store
from polidiff.workspace.pipeline import Missing, Reuse
from polidiff.workspace.project import Added, Compared, Workspace
from polidiff.workspace.queue import Item
from polidiff.workspace.report import coded, write_report
from polidiff.workspace.state import Agreement, DecisionState
from polidiff.workspace.status import Status, status
from polidiff.workspace.store import Store, Version

__all__ = [
    "VERBS",
    "Added",
    "Agreement",
    "Anchor",
    "Compared",
    "Decision",
    "DecisionState",
    "Item",
    "Merged",
    "Missing",
    "Reuse",
    "Status",
    "Store",
    "Target",
    "Verb",
    "Version",
    "Workspace",
    "coded",
    "judge",
    "merge",
    "open_store",
    "status",
    "write_report",
]

"""The process that does one piece of long work, so that pages stay quick and it can be stopped at once.

The order comes as one line of JSON on standard input (an address of a workspace may hold a password, which a command
line would show); progress and the end go to standard output, one JSON object a line. It ends when its server ends.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from polidiff.errors import InputError, PolidiffError
from polidiff.processes import collect_rarely
from polidiff.workspace.originals import keep_original, original_key

if TYPE_CHECKING:
    from polidiff.workspace import Workspace

EVERY = 0.1
"""Seconds between two reports of progress."""


@dataclass(frozen=True)
class Order:
    """What is to be done: ``add`` a document, ``compare`` all, ready all for search (``index``), check an ``article``,
    find what changed between two ``versions`` of the document ``id`` (``source`` is their hashes with a colon between
    them), set the document ``id`` ``against`` all others (``source`` names what that is made of), or ask a ``judge``
    (``source`` and ``name`` are where it is and its model, ``most`` bounds the questions).

    ``source`` is an ``https`` address, the name of a bundled document, or ``upload:`` and the SHA-256 of bytes that the
    workspace holds; ``name`` is the file's name, for messages, and ``id`` the document's id, or empty.
    """

    kind: Literal["add", "compare", "index", "article", "judge", "versions", "against"]
    source: str = ""
    name: str = ""
    id: str = ""
    most: int = 0

    def record(self) -> dict[str, str | int]:
        """Return the order as an object of JSON."""
        return asdict(self)


Progress = Callable[[str, int, int], None]


def carry_out(where: str, order: Order, progress: Progress) -> dict[str, Any]:
    """Do what was ordered, and return what to tell. Raises PolidiffError."""
    from polidiff.workspace import Workspace

    with Workspace.open(where) as work:
        if order.kind == "compare":
            from polidiff.web.snapshot import chosen_of

            reuse = work.compare(chosen_of(work), progress=progress).reuse
            return {"pairs": reuse.pairs_made, "reused": reuse.pairs_reused}
        if order.kind == "judge":
            return _judge(work, order, progress)
        if order.kind == "versions":
            from polidiff.workspace.changes import changes

            old, _, new = order.source.partition(":")
            return {"changes": len(changes(work, order.id, old, new).changes)}
        if order.kind == "against":
            from polidiff.workspace.corpus.against import made_against

            return {"provisions": len(made_against(work, order.id, progress).rows)}
        if order.kind == "index":
            from polidiff.workspace.corpus import prepare

            prepare(work, progress=progress)
            return {"documents": len(work.library.current())}
        document = _read(work.store, order, progress)
        if order.kind == "article":
            from polidiff.workspace.articles import check_article

            return {"article": check_article(work, document, order.name, progress).id}
        added = work.add(document, when=datetime.now(UTC))
        return {"document": document.id, "state": added.state, "before": added.before, "stand": added.stand}


def _judge(work: Workspace, order: Order, progress: Progress) -> dict[str, Any]:
    """Ask what is undecided, and tell what came of it and which findings the answers changed."""
    from polidiff.judges.named import judge_named
    from polidiff.web.effects import differences, findings_of
    from polidiff.web.snapshot import chosen_of
    from polidiff.workspace import judge

    chosen = chosen_of(work)
    before = findings_of(work.compare(chosen, progress=progress).comparison)
    asked, recorder = judge(
        work,
        lambda known: judge_named(order.source, order.name or None, known),
        chosen,
        budget=order.most or None,
        progress=progress,
    )
    questions, words, agreed = recorder.summary()
    changed = differences(before, findings_of(asked.comparison))
    return {
        "questions": questions, "words": words, "agreed": agreed, "left": questions - agreed,
        "refused": len(recorder.kept.refused), "changed": [one.record() for one in changed],
    }  # fmt: skip


def _read(store: Any, order: Order, progress: Progress) -> Any:
    """Read a document: bytes that the workspace holds, an address, or a bundled name. Never a path."""
    from polidiff.readers.catalog import bundled
    from polidiff.readers.registry import read_bytes, read_with_bytes

    kind, _, digest = order.source.partition(":")
    if kind == "upload":
        key = original_key(digest)
        data = store.results([key]).get(key)
        if data is None:
            raise InputError(order.name, "its bytes are not there any more", "upload it again")
        read = read_bytes(data, name=order.name, id=order.id or None, progress=lambda n, m: progress("read", n, m))
        if order.kind == "article" and read.title in ("", read.id):
            read = dataclasses.replace(read, title=order.name.removesuffix(".md"))
        return dataclasses.replace(read, source=order.name)
    if order.source.startswith("https://") or order.source in bundled():
        document, data = read_with_bytes(
            order.source, id=order.id or None, progress=lambda n, m: progress(f"reading {order.source}", n, m)
        )
        keep_original(store, document, data)
        return document
    raise InputError(order.source, "is no https address", "only https addresses are fetched")


def main() -> int:
    """Carry out the order on standard input."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    collect_rarely()
    out = sys.stdout
    sys.stdout = sys.stderr
    said = sys.stdin.readline()
    if not said:  # the server ended before it gave its order
        return 1
    order = json.loads(said)
    where = order.pop("workspace")
    threading.Thread(target=_watch, daemon=True).start()
    last, current = 0.0, ""

    def tell(step: str, done: int, total: int) -> None:
        nonlocal last, current
        what, _, found = step.partition("found.")
        if found and not what:
            say({"found": found, "count": done})
            return
        now = time.monotonic()
        if now - last >= EVERY or done == total or step != current:
            last, current = now, step
            say({"step": step, "done": done, "total": total})

    def say(said: dict[str, Any]) -> None:
        out.write(json.dumps(said) + "\n")
        out.flush()

    try:
        say({"result": carry_out(where, Order(**order), tell)})
        return 0
    except PolidiffError as error:
        say({"error": str(error), "fault": type(error).__name__})
    except MemoryError:
        say({"error": "memory ran out; give fewer or smaller documents", "fault": "MemoryError"})
    except OSError as error:
        say({"error": f"{error.strerror or type(error).__name__}", "fault": "OSError"})
    return 2


def _watch() -> None:
    """End when the server that gave the order ends."""
    sys.stdin.read()
    os._exit(1)

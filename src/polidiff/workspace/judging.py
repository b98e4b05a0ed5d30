"""A workspace put to a judge: what is undecided in its comparison is asked, and the answers are kept in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from polidiff.workspace import answers
from polidiff.workspace.apply import Decided, decided
from polidiff.workspace.kept import KeptEncoder
from polidiff.workspace.pipeline import Progress, Proposal, Reuse, tuned_sides
from polidiff.workspace.project import Compared, Workspace

if TYPE_CHECKING:
    from polidiff.judges.protocol import Item, Judge, Memory, Recorder
    from polidiff.judges.protocol.requests import Task

__all__ = ["judge"]


def judge(
    workspace: Workspace,
    asked: Callable[[Memory], Judge],
    documents: Sequence[str] = (),
    *,
    budget: int | None = None,
    tasks: Sequence[Task] | None = None,
    progress: Progress | None = None,
) -> tuple[Compared, Recorder]:
    """Ask what is undecided in the comparison of a workspace's documents (all, or those of these ids).

    ``asked`` makes the judge from the answers that the workspace holds already. At most ``budget`` questions are put,
    the weightiest first; none on a theme that people decided. Returns the comparison with what was proved, and what was
    asked. Raises :class:`InputError` for fewer than two documents, and those of the judge.
    """
    from polidiff.comparison.comparison import TASKS, undecided
    from polidiff.comparison.themed import theme_codes
    from polidiff.judges.protocol import Recorder, ask

    workspace.compare(documents, progress=progress)
    method = workspace.method(documents=documents)
    proposal = workspace.proposal(method, Reuse(), documents=documents, progress=progress)
    read = [side.document for side in proposal.sides]
    recorder = Recorder(asked(answers.kept(workspace.store, read)))
    encoder = KeptEncoder(method.encoder, workspace.store)
    sides = tuned_sides(workspace.store, proposal)
    items = undecided(sides, proposal.alignments, method.codebook, encoder, budget, TASKS if tasks is None else tasks)
    made = decided(workspace.standings().values(), workspace.places())
    texts = {document.id: document.text for document in read}
    ask(recorder, _open(items, proposal, made), theme_codes(method.codebook), texts=texts, progress=progress)
    answers.keep(workspace.store, recorder.kept, read)
    return workspace.compare(documents, progress=progress), recorder


def _open(items: Sequence[Item], proposal: Proposal, made: Decided) -> list[Item]:
    """The questions without those on themes that people decided."""
    spoken = {end for end, rows in made.codes.items() if any(code.startswith("theme:") for code, _ in rows)}
    places = {(p.document, p.start) for side in proposal.sides for p in side.provisions if (p.document, p.id) in spoken}
    return [item for item in items if item.task != "theme" or _place(item) not in places]


def _place(item: Item) -> tuple[str, int]:
    return item.passages[0].document, item.passages[0].start

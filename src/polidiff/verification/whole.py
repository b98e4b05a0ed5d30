"""Prove the whole of a report: every file of its folder is, to the byte, what its record and its texts give again.

How a file is made again is the caller's to say (:class:`Remade`), since the pipeline is no part of this room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from polidiff.errors import InputError
from polidiff.verification.differences import first_place, same_parts
from polidiff.verification.load import EXPORTS, read_bytes
from polidiff.verification.report import Ledger, Problem


@dataclass(frozen=True)
class Remade:
    """A report's folder made again: the files that it should hold, and what else doesn't hold in it.

    ``counts`` says what was proved on the way, ``unchecked`` what couldn't be, in plain lines. ``known`` are files that
    nothing can make again, of which the hash alone is known.
    """

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    unchecked: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


Again = Callable[[Path, Mapping[str, Path]], Remade]
"""Makes a folder again; takes it, and where the sources of its documents were found, by id."""


def prove_whole(folder: Path, again: Again, sources: Mapping[str, Path], ledger: Ledger) -> None:
    """Compare every file of ``folder`` with the same file made again; name the first place that differs in each."""
    try:
        made = again(folder, sources)
    except InputError as error:
        ledger.fault(Path(error.where).name, "", "", error.what)
        return
    for problem in made.problems:
        ledger.fault(problem.file, problem.place, problem.document, problem.what)
    ledger.counts.update(made.counts)
    ledger.unchecked += made.unchecked
    for name, data in made.files.items():
        try:
            held = read_bytes(folder / name)
        except InputError:
            ledger.fault(name, "", "", "is missing, and belongs to the report")
            continue
        if held == data or (name.endswith((".xlsx", ".docx")) and same_parts(held, data)):
            ledger.counts["files that their record gives again to the byte"] += 1
        else:
            ledger.fault(name, *_named(first_place(name, held, data)))
    if made.known:
        ledger.counts["files by their hash alone"] += len(made.known)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() in EXPORTS and name not in made.files and name not in made.known:
            ledger.unchecked.append(f"{name}: not in the manifest, and nothing says what it should be")


def _named(found: tuple[str, str]) -> tuple[str, str, str]:
    place, what = found
    return place, "", what

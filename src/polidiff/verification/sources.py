"""Find the source that a document was read from, by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

from polidiff.errors import InputError
from polidiff.verification.load import Held, Output, read_bytes
from polidiff.verification.report import Ledger


def find_source(output: Output, held: Held, sources: Sequence[Path], ledger: Ledger) -> bytes | None:
    """Return the bytes that ``held`` was made from, or None.

    Looked at in this order: ``sources`` given by the user, the recorded path (from the working folder and from the
    output), beside the output, the package's samples. Bytes whose hash is not the recorded one are never used; where
    only such bytes were found that is a fault, and where none were found the document is noted as not checked.
    """
    wanted = held.record.get("source_sha256", held.record.get("sha256"))
    recorded = str(held.record.get("source", "") or "")
    if not isinstance(wanted, str):
        if held.source is not None:
            return read_bytes(held.source)
        ledger.fault(output.name, "", held.id, "no source_sha256 is recorded")
        return None
    wrong: list[tuple[Path, str]] = []
    for path, by_name in _candidates(output, held.id, recorded, sources):
        try:
            raw = read_bytes(path)
        except InputError:
            continue
        digest = hashlib.sha256(raw).hexdigest()
        if digest == wanted:
            held.source = path
            ledger.counts["sources whose hash holds"] += 1
            return raw
        if by_name:
            wrong.append((path, digest))
    if wrong:
        path, digest = wrong[0]
        ledger.fault(str(path.name), "", held.id, f"its SHA-256 is {digest}, the output was made from {wanted}")
    else:
        name = recorded or held.id
        ledger.unchecked.append(
            f"document {held.id}: its source {name} is not at hand, so only its canonical text was used; give the file"
        )
    return None


def _candidates(output: Output, document: str, recorded: str, sources: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield (path, whether its name says that it is this document)."""
    names = {document}
    local = bool(recorded) and "://" not in recorded and recorded != "-"
    if local:
        names.add(Path(recorded).stem)
    seen: set[Path] = set()
    for path, named in _places(output, recorded if local else "", sources):
        if path.is_file() and path.resolve() not in seen:
            seen.add(path.resolve())
            yield path, path.stem in names if named is None else named


def _places(output: Output, recorded: str, sources: Sequence[Path]) -> Iterator[tuple[Path, bool | None]]:
    """Yield where a source may lie: as given (None: its name tells), as recorded, among the samples."""
    for given in sources:
        for path in sorted(given.iterdir()) if given.is_dir() else [given]:
            yield path, None
    if recorded:
        folder = output.folder.resolve()
        name = Path(recorded).name
        for path in (Path(recorded), folder / recorded, folder / name, folder.parent / name):
            yield path, True
    samples = resources.files("polidiff") / "samples"
    if samples.is_dir():
        for entry in sorted(samples.iterdir(), key=lambda item: item.name):
            yield Path(str(entry)), False

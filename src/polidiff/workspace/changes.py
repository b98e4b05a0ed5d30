"""What became of each provision between two versions of a document that a workspace holds, made once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from polidiff.comparison.versions import diff
from polidiff.errors import InputError
from polidiff.fingerprint import fingerprint
from polidiff.model.versions import VersionDiff
from polidiff.provisions import split
from polidiff.version import __version__
from polidiff.workspace.kept import Kept, key
from polidiff.workspace.project import Workspace
from polidiff.workspace.store import Addition

__all__ = ["changes", "held_changes", "versions_of"]


def versions_of(work: Workspace, document: str) -> Sequence[Addition]:
    """Return the versions of a document in the order in which they came, each once, as it came last."""
    found: dict[str, Addition] = {}
    for one in work.store.additions():
        if one.document == document:
            found.pop(one.version, None)
            found[one.version] = one
    return list(found.values())


def held_changes(work: Workspace, document: str, old: str, new: str) -> VersionDiff | None:
    """Return what :func:`changes` made before of the same versions, or None."""
    found: VersionDiff | None = Kept(work.store).get(VersionDiff, _key(document, old, new))
    return found


def changes(work: Workspace, document: str, old: str, new: str) -> VersionDiff:
    """Return what changed from one version (by its hash) to another, word by word, and keep it.

    The two are called ``ID-old`` and ``ID-new``. Raises InputError where a version isn't held or has no provision.
    """
    held = held_changes(work, document, old, new)
    if held is not None:
        return held
    reads = []
    for name, version in (("old", old), ("new", new)):
        one = replace(work.library.read(document, version)[0], id=f"{document}-{name}")
        provisions = split(one)
        if not provisions:
            raise InputError(document, "one of its versions has no provision", "read the file: polidiff read SOURCE")
        reads.append((one, provisions))
    found = diff(reads[0], reads[1], lambda: work.encoder)
    Kept(work.store).put(_key(document, old, new), found)
    return found


def _key(document: str, old: str, new: str) -> str:
    return key("changes", document, old, new, fingerprint("compare"), fingerprint("split"), __version__)

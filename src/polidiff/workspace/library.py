"""The documents of a workspace: every version that was added, as records again, proved by their hashes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from polidiff.errors import InputError
from polidiff.fingerprint import fingerprint
from polidiff.model import Document, Notice, Provision, Reason, codec
from polidiff.workspace.kept import Kept, key
from polidiff.workspace.places import Read
from polidiff.workspace.store import Addition, Store, Version


def as_version(document: Document) -> Version:
    """Return a document as a store holds it."""
    whole = codec.plain(document)
    text = whole.pop("text", "")
    record = json.dumps(whole, separators=(",", ":"), sort_keys=True).encode("ascii")
    name = _name(document.text, record)
    return Version(document.id, name, document.text_sha256, document.sha256, document.title, text, record)


def _name(text: str, record: bytes) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass") + b"\0" + record).hexdigest()


def as_document(version: Version, where: str) -> Document:
    """Return the document of a version. Raises InputError where its words aren't those of its hash."""
    damaged = InputError(where, f"the text of {version.document} is not the one that was added", "go back to a copy")
    if _name(version.text, version.record) != version.version:
        raise damaged
    try:
        whole = json.loads(version.record)
        whole["text"] = version.text
        whole["warnings"] = [_renewed(notice) for notice in whole.get("warnings", ())]
        document: Document = codec.load(Document, json.dumps(whole).encode("ascii"))
    except (ValueError, TypeError, AttributeError) as error:
        raise damaged from error
    if document.text_sha256 != version.text_sha256 or document.id != version.document:
        raise damaged
    return document


def _renewed(notice: Any) -> Any:
    """A notice in its form of today: until 0.2.0 it was kept as words, without a code."""
    if "message" not in notice:
        return notice
    return codec.plain(Notice(Reason.of("older.words", words=notice["message"]), notice.get("page")))


class VersionStore:
    """Documents and provisions of a store by version; what was read once is kept."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept = Kept(store)
        self._read: dict[tuple[str, str], Read] = {}

    def current(self) -> dict[str, Addition]:
        """Return the current version of each document, in the order in which the documents first came."""
        found: dict[str, Addition] = {}
        for addition in self.store.additions():
            found[addition.document] = addition
        return found

    def read(self, document: str, version: str) -> Read:
        """Return a version of a document with its provisions, as split."""
        place = document, version
        if place not in self._read:
            made = self.document(document, version)
            self._read[place] = made, self.provisions(made, version)
        return self._read[place]

    def document(self, document: str, version: str) -> Document:
        """Return a version of a document alone. Raises InputError where it isn't held."""
        held = self.store.version(document, version)
        if held is None:
            raise InputError(self.store.name, f"holds no version {version[:12]} of {document}")
        return as_document(held, self.store.name)

    def older(self, document: str, text_sha256: str) -> Read | None:
        """Return a version of a document with this text, or None."""
        for name, version, text in reversed(self.store.versions()):
            if (name, text) == (document, text_sha256):
                return self.read(name, version)
        return None

    def provisions(self, document: Document, version: str) -> tuple[Provision, ...]:
        """Return the provisions of a version as split. Raises InputError where there are none."""
        name = key("split", version, fingerprint("split"))
        held: tuple[Provision, ...] | None = self._kept.get(tuple[Provision, ...], name)
        if held is None:
            from polidiff.provisions import split

            held = split(document)
            if not held:
                remedy = "see what was read with: polidiff read"
                raise InputError(document.source or document.id, "no provision was found in it", remedy)
            self._kept.put(name, held)
        return held

    def keep_provisions(self, version: str, provisions: tuple[Provision, ...]) -> None:
        """Take provisions for those of a version whose text is split already."""
        self._kept.put(key("split", version, fingerprint("split")), provisions)

"""The bytes of a PDF as it was added: pictures of its pages are made from them, on any machine."""

from __future__ import annotations

import hashlib

from polidiff.model import Document
from polidiff.workspace.store import Store

PDF = "application/pdf"


def original_key(digest: str) -> str:
    """Return the name under which a workspace keeps a document's bytes, by their SHA-256."""
    return f"original:{digest}"


def keep_original(store: Store, document: Document, data: bytes) -> None:
    """Keep a PDF's bytes; other formats have no pages to show."""
    if document.media_type == PDF:
        store.keep({original_key(document.sha256): data})


def original(store: Store, document: Document) -> bytes | None:
    """Return the bytes that a PDF was read from; None where the workspace doesn't hold them, or others."""
    key = original_key(document.sha256)
    data = store.results([key]).get(key) if document.media_type == PDF else None
    return data if data is not None and hashlib.sha256(data).hexdigest() == document.sha256 else None

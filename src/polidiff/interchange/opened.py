"""A report on disk as records again: what every export is made from.

The words are cut from ``documents/ID.txt`` by the spans that the record gives; the words in the record are not read.
``polidiff verify`` is what proves a report; here a record that doesn't fit its own texts is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, cast

from polidiff.errors import BrokenLaw, InputError, SourceNotFound
from polidiff.interchange.claimreview import Published
from polidiff.model import ArticleCheck, Comparison, Document
from polidiff.model.against import Against
from polidiff.model.codec import JsonObject
from polidiff.model.outputs import Method, read_against, read_check, read_comparison, read_documents

__all__ = ["Opened", "open_report"]

NAMES = ("comparison.json", "check.json", "against.json")


@dataclass(frozen=True)
class Opened:
    """A report: the comparison (None for an article's check alone), the check (None where no article was checked); or
    one document against all others.

    ``method`` holds pairs of a name and a value; ``record`` is the whole of the JSON; ``published`` is what ClaimReview
    was told.
    """

    path: Path
    record: JsonObject
    comparison: Comparison | None
    check: ArticleCheck | None
    method: tuple[tuple[str, str], ...]
    published: Published | None = None
    against: Against | None = None

    @property
    def folder(self) -> Path:
        """The folder of the report."""
        return self.path.parent

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the comparison or of the check, or those that are quoted."""
        if self.against is not None:
            return (self.against.document, *self.against.quoted)
        if self.comparison is not None:
            return self.comparison.documents
        return self.check.documents if self.check is not None else ()


def open_report(path: Path) -> Opened:
    """Open a folder that ``compare -o``, ``check -o`` or ``against -o`` wrote, or its record.

    Raises :class:`InputError` for what isn't one, or whose texts are missing or changed.
    """
    if path.is_dir():
        inside = [path / name for name in NAMES if (path / name).is_file()]
        if not inside:
            raise SourceNotFound(
                str(path), f"none of {', '.join(NAMES)} in this folder", "give a folder that polidiff wrote"
            )
        path = inside[0]
    try:
        record = json.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        raise SourceNotFound(str(path), "no such file", "check the path") from error
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(
            str(path),
            f"not a report's record ({error})",
            "give a folder that compare -o or check -o wrote (of a workspace: polidiff compare --workspace W -o DIR)",
        ) from error
    return _checked(path, lambda: _open(path, record))


def _checked(path: Path, make: Callable[[], Opened]) -> Opened:
    try:
        return make()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, BrokenLaw) as error:
        remedy = "give a report of this version of polidiff: write it again with compare -o or check -o"
        raise InputError(str(path), f"not a whole report ({type(error).__name__}: {error})", remedy) from error


def _open(path: Path, record: Any) -> Opened:
    heads = record["documents"]
    texts = {head["id"]: _text(path, head) for head in [*heads, *filter(None, [record.get("article")])]}
    documents = read_documents(heads, texts)
    comparison: Comparison | None = None
    check: ArticleCheck | None = None
    published: Published | None = None
    method: Method
    against: Against | None = None
    if "lacking" in record:
        against = read_against(record, documents, texts)
        method = against.method
    elif "findings" in record:
        comparison, check = read_comparison(record, documents, texts)
        method = comparison.method
    else:
        check, method, told = read_check(record, documents, texts)
        published = Published(**dict(told)) if told else None
    return Opened(path, cast(JsonObject, record), comparison, check, method, published, against)


def _text(path: Path, head: JsonObject) -> str:
    """A document's canonical text."""
    name = PurePosixPath(head["text_file"])
    if name.is_absolute() or ".." in name.parts or "\\" in head["text_file"]:
        raise ValueError(f"text_file {name} leads out of the folder")
    try:
        data = (path.parent / name).read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            str(path.parent / name), "the document's text is missing", "give the whole folder of the report"
        ) from error
    if hashlib.sha256(data).hexdigest() != head["text_sha256"]:
        raise InputError(
            str(path.parent / name), "the text is not the one that the report was made from", "run polidiff verify"
        )
    return data.decode("utf-8", "surrogatepass")

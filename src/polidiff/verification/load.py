"""Open an output: its records, and the canonical texts that they cut."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from polidiff.errors import InputError, SourceNotFound, UnreadableSource
from polidiff.verification.report import Ledger
from polidiff.verification.second import Unreadable, decode

MAX_BYTES = 512 * 1024 * 1024
"""Bound on any one file that is read, in bytes."""

PAGES_OF = {"comparison.json": "", "check.json": "article.", "diff.json": "diff.", "against.json": "against."}
"""How the pages of each record's output begin; those of a comparison are all that no other record has."""

RECORDS = tuple(PAGES_OF)

WITH_BOOKS = frozenset({"", "against."})
"""Families of outputs with workbooks."""

TEXT_SUFFIXES = frozenset({".txt", ".text"})
"""Files whose bytes are their own canonical text. Of every other format only the words can be proved from the file."""

EXPORTS = frozenset({".htm", ".html", ".docx", ".xlsx", ".pdf", ".png", ".svg", ".csv"})
"""Files that a report is exported to; each shows words whose documents stand in the report's folder alone."""


@dataclass(slots=True)
class Held:
    """A document of an output: its record and, where it could be read, its canonical text.

    ``exact`` is False for a source given in place of a canonical text: its words are proved, spans of it can't be.
    """

    id: str
    record: dict[str, Any]
    text: str | None = None
    source: Path | None = None
    exact: bool = True

    @property
    def kind(self) -> str:
        """The document's kind as recorded (``official``, ``digest``, …)."""
        return str(self.record.get("kind", ""))


@dataclass(slots=True)
class Output:
    """An opened output. ``records`` are (file name, place, value) of everything that is to be walked."""

    folder: Path
    name: str
    documents: dict[str, Held] = field(default_factory=dict)
    article: Held | None = None
    records: list[tuple[str, str, Any]] = field(default_factory=list)
    pages: list[Path] = field(default_factory=list)
    workbooks: list[Path] = field(default_factory=list)
    papers: list[Path] = field(default_factory=list)
    lines: bool = False

    @property
    def all(self) -> list[Held]:
        """The documents, then the article."""
        return [*self.documents.values(), *([] if self.article is None else [self.article])]

    def held(self, document: object) -> Held | None:
        """Return the document with this id: one of the compared ones, or the article."""
        if not isinstance(document, str):
            return None
        found = self.documents.get(document)
        if found is None and self.article is not None and self.article.id == document:
            return self.article
        return found


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; an :class:`InputError` names the file where it cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(str(path), f"larger than {MAX_BYTES // 1024 // 1024} MB", "give a smaller file")
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceNotFound(str(path), "no such file", "check the path") from None
    except ValueError:
        raise SourceNotFound(repr(str(path)), "not a file's name", "check the path") from None
    except OSError as error:
        raise InputError(
            str(path), f"cannot be read ({error.strerror})", "check the path and its permissions"
        ) from None


def open_outputs(path: Path, sources: Sequence[Path], ledger: Ledger) -> list[Output]:
    """Open an output folder (a comparison, an article's check, or both), one of its records, or a JSON Lines file.

    Faults inside the output (a text file that is missing or was changed) go to ``ledger``; an output that cannot be
    opened at all raises :class:`InputError`.
    """
    if path.is_dir():
        inside = [path / name for name in RECORDS if (path / name).is_file()]
        if not inside:
            what = f"none of {', '.join(RECORDS)} in this folder"
            raise SourceNotFound(str(path), what, "give a folder that polidiff wrote")
        return [_open_record(record, ledger) for record in inside]
    raw = read_bytes(path)
    if path.suffix.lower() in EXPORTS:
        what = "an exported file alone holds no document to prove its words against"
        remedy = "give the report's folder: pages, workbooks and Word documents in it are proved with it"
        raise InputError(str(path), what, remedy)
    text = _utf8(raw, path)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict) and "documents" in whole:
        return [_open_record(path, ledger)]
    return [_open_lines(path, text, sources)]


def _utf8(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            str(path), f"not UTF-8 at byte {error.start}", "give a file that polidiff wrote"
        ) from None


def _open_record(path: Path, ledger: Ledger) -> Output:
    try:
        data = json.loads(_utf8(read_bytes(path), path))
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(str(path), f"not JSON ({error})", "give a record that polidiff wrote") from None
    if not isinstance(data, dict) or not isinstance(data.get("documents"), list):
        raise UnreadableSource(str(path), "no list of documents in it", "give a record that polidiff wrote")
    output = Output(path.parent, path.name)
    for index, record in enumerate(data["documents"]):
        place = f"documents[{index}]"
        if not isinstance(record, dict) or not isinstance(record.get("id"), str):
            ledger.fault(path.name, place, "", "a document without an id")
            continue
        if record["id"] in output.documents:
            ledger.fault(path.name, place, record["id"], "two documents have this id")
            continue
        output.documents[record["id"]] = _hold(output, record, place, ledger)
    article = data.get("article")
    if isinstance(article, dict):
        output.article = _hold(output, {**article, "id": str(article.get("id", "article"))}, "article", ledger)
    output.records.append((path.name, "", data))
    family = PAGES_OF.get(path.name, "")
    others = [PAGES_OF[name] for name in RECORDS if name != path.name and path.with_name(name).is_file()]

    def ours(found: Path) -> bool:
        own = not others or not family or found.name.startswith(family)
        return own and not any(other and found.name.startswith(other) for other in others)

    output.pages = sorted(filter(ours, path.parent.glob("*.html")))
    books = path.parent.glob("*.xlsx")
    output.workbooks = [] if family not in WITH_BOOKS else sorted(filter(ours, books))
    output.papers = sorted(filter(ours, path.parent.glob("*.docx")))
    return output


def _hold(output: Output, record: dict[str, Any], place: str, ledger: Ledger) -> Held:
    """Read the canonical text that a document's record names, and prove its hash."""
    held = Held(record["id"], record)
    name = record.get("text_file")
    if not isinstance(name, str) or not name:
        ledger.fault(output.name, place, held.id, "no text_file is recorded, so that its words cannot be proved")
        return held
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or "\\" in name:
        ledger.fault(output.name, place, held.id, f"text_file {name} leads out of the output's folder")
        return held
    try:
        raw = read_bytes(output.folder / relative)
    except InputError as error:
        ledger.fault(name, "", held.id, error.what)
        return held
    digest = hashlib.sha256(raw).hexdigest()
    if digest != record.get("text_sha256"):
        recorded = record.get("text_sha256")
        ledger.fault(name, "", held.id, f"its SHA-256 is {digest}, the output records {recorded}: the text was changed")
    else:
        ledger.counts["text files whose hash holds"] += 1
    try:
        held.text = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        ledger.fault(name, "", held.id, f"not UTF-8 at byte {error.start}")
    if "source_sha256" in record and record.get("sha256", record["source_sha256"]) != record["source_sha256"]:
        ledger.fault(output.name, place, held.id, "sha256 and source_sha256 differ")
    return held


def _open_lines(path: Path, text: str, sources: Sequence[Path]) -> Output:
    """Open JSON Lines of provisions, codings or verdicts; each source gives the text of the document of its name."""
    output = Output(path.parent, path.name, lines=True)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            output.records.append((path.name, f"line {number}", json.loads(line)))
        except (ValueError, RecursionError) as error:
            remedy = "give JSON Lines or a folder that polidiff wrote"
            raise UnreadableSource(str(path), f"line {number} is not JSON ({error})", remedy) from None
    for source in sources:
        for held in _hold_source(source):
            output.documents.setdefault(held.id, held)
    for _, _, record in output.records:
        if _is_reading(record):
            held = output.documents.setdefault(record["document"], Held(record["document"], record))
            held.record, held.text, held.exact = record, record["text"], True
            record.setdefault("start", 0)
            record.setdefault("end", len(record["text"]))
    return output


def _is_reading(record: Any) -> bool:
    """Whether a record is that of ``polidiff read``: a whole document with its canonical text."""
    return isinstance(record, dict) and all(
        isinstance(record.get(key), str) for key in ("document", "text", "sha256", "media_type")
    )


def _hold_source(source: Path) -> list[Held]:
    """A source given for JSON Lines: a text is proved by span, a record of ``polidiff read`` too, the rest by words."""
    if source.is_dir():
        return [held for path in sorted(source.iterdir()) if path.is_file() for held in _hold_source(path)]
    raw = read_bytes(source)
    if source.suffix.lower() in {".json", ".jsonl"}:
        try:
            record = json.loads(raw)
        except ValueError:
            record = None
        if isinstance(record, dict) and isinstance(record.get("text"), str) and isinstance(record.get("document"), str):
            return [Held(record["document"], {"id": record["document"]}, record["text"])]
    held = Held(source.stem, {"id": source.stem, "source": str(source)}, source=source, exact=False)
    if source.suffix.lower() in TEXT_SUFFIXES:
        try:
            held.text = decode(raw)
            held.exact = True
        except Unreadable:
            held.text = None
    return [held]

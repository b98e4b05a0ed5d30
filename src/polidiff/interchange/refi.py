"""REFI-QDA (QDA-XML 1.0): codebooks (.qdc) and projects (.qdpx), which NVivo, MAXQDA and ATLAS.ti read and write.

Positions count Unicode code points of a source's plain text, from 0. See https://www.qdasoftware.org.
"""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from polidiff.model import Codebook, Coding, Comparison, Document, Provision

if TYPE_CHECKING:
    from polidiff.interchange.opened import Opened

__all__ = ["CODEBOOK", "PROJECT", "clean", "guid", "qdc", "qdpx"]

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
_SPACE = uuid.UUID("6f6a1f0e-5a63-5d0a-9a53-2f1a7c0d5b11")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def guid(*parts: object) -> str:
    """Return the identifier of a thing by its names: the same on every machine."""
    return str(uuid.uuid5(_SPACE, "\x1f".join(map(str, parts))))


def qdc(book: Codebook) -> bytes:
    """Return a codebook as a .qdc file: heads hold themes, and a theme the themes that it is broader than."""
    from lxml import etree

    root = etree.fromstring(f'<CodeBook xmlns="{CODEBOOK}"/>')
    root.set("origin", "polidiff")
    _codes(root, book, CODEBOOK, ())
    return _bytes(root)


def qdpx(report: Opened) -> bytes:
    """Return a comparison as a project: documents as plain text, codes with exact places, who gave each, and notes.

    The same records give the same bytes.
    """
    from lxml import etree

    made = report.comparison
    assert made is not None
    root = etree.fromstring(f'<Project xmlns="{PROJECT}"/>')
    root.set("name", " / ".join(document.title for document in made.documents)[:200] or "polidiff")
    root.set("origin", f"polidiff {dict(report.method).get('polidiff', '')}".strip())
    users = sorted({code.by for side in made.codings for coding in side for _, code in _given(coding)})
    held = _put(root, "Users")
    for by in users or ["rule"]:
        _put(held, "User", guid=guid("user", by), name=_called(by), id=by)
    instruments = sorted({one.id for side in made.codings for coding in side for one in coding.instruments})
    strengths = sorted({coding.strength.id for side in made.codings for coding in side})
    _codes(_put(root, "CodeBook"), made.codebook, PROJECT, (("instrument", instruments), ("strength", strengths)))
    sources = _put(root, "Sources")
    for document, provisions, codings in zip(made.documents, made.provisions, made.codings, strict=True):
        _source(sources, document, provisions, codings, made.codebook)
    _notes(root, made)
    _put(root, "Description").text = "; ".join(f"{name}: {value}" for name, value in report.method)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _member(archive, "project.qde", _bytes(root))
        for document in made.documents:
            name = f"sources/{guid('source', document.id, document.sha256)}.txt"
            _member(archive, name, document.text.encode("utf-8", "replace"))
    return out.getvalue()


def _member(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _called(by: str) -> str:
    names = {"rule": "polidiff, by rule", "learnt": "polidiff, learnt", "model": "a model, proved", "person": "people"}
    return names.get(by, by)


def _codes(parent: Any, book: Codebook, space: str, others: Iterable[tuple[str, list[str]]]) -> None:
    codes = _put(parent, "Codes", space)
    for head, name, _ in book.heads:
        group = _put(codes, "Code", space, guid=guid("head", book.id, head), name=name, isCodable="false")
        for theme in book.themes:
            if theme.head == head and theme.parent is None:
                _theme(group, book, theme.id, space)
    for kind, names in others:
        if names:
            group = _put(codes, "Code", space, guid=guid("axis", kind), name=kind, isCodable="false")
            for name in names:
                _put(group, "Code", space, guid=guid(kind, name), name=name, isCodable="true")


def _theme(parent: Any, book: Codebook, identity: str, space: str) -> None:
    theme = book.theme(identity)
    code = _put(parent, "Code", space, guid=guid("theme", book.id, theme.id), name=theme.name, isCodable="true")
    notes = (("", theme.definition), ("Included: ", theme.include), ("Excluded: ", theme.exclude))
    _put(code, "Description", space).text = "\n".join(mark + said for mark, said in notes if said) or theme.name
    for narrower in book.themes:
        if narrower.parent == identity:
            _theme(code, book, narrower.id, space)


def _given(coding: Coding) -> Iterator[tuple[str, Any]]:
    for code in coding.themes:
        yield "theme", code
    for code in coding.instruments:
        yield "instrument", code
    yield "strength", coding.strength


def _source(
    sources: Any, document: Document, provisions: Iterable[Provision], codings: Iterable[Coding], book: Codebook
) -> None:
    known = {theme.id for theme in book.themes}
    identity = guid("source", document.id, document.sha256)
    source = _put(sources, "TextSource", guid=identity, name=document.id, plainTextPath=f"internal://{identity}.txt")
    _put(source, "Description").text = f"{document.title}; sha256 {document.sha256}; {document.kind}"
    for provision, coding in zip(provisions, codings, strict=True):
        place = (document.sha256, provision.start, provision.end)
        selection = _put(
            source,
            "PlainTextSelection",
            guid=guid("selection", provision.id, *place),
            name=provision.number or provision.id,
            startPosition=str(provision.start),
            endPosition=str(provision.end),
        )
        for kind, code in _given(coding):
            if kind == "theme" and code.id not in known:
                continue
            whole = (kind, book.id, code.id) if kind == "theme" else (kind, code.id)
            mark = guid("coding", provision.id, *place, *whole)
            given = _put(selection, "Coding", guid=mark, creatingUser=guid("user", code.by))
            _put(given, "CodeRef", targetGUID=guid(*whole))


def _notes(root: Any, made: Comparison) -> None:
    """Write each decided finding as a note, with its passages' places."""
    decided = [one for one in (*made.findings, *made.matters) if one.finding != "undecided"]
    if not decided:
        return
    notes = _put(root, "Notes")
    for number, one in enumerate(decided):
        note = _put(
            notes, "Note", guid=guid("note", number, one.theme, one.matter), name=f"{one.finding}: {one.name}"[:200]
        )
        lines = [f"{p.document} {p.start}:{p.end} {p.text}" for p in one.passages]
        _put(note, "PlainTextContent").text = clean("\n".join(lines) or one.name)


def _put(parent: Any, name: str, space: str = PROJECT, /, **attributes: str) -> Any:
    from lxml import etree

    made = etree.SubElement(parent, f"{{{space}}}{name}")
    for key, value in attributes.items():
        made.set(key, clean(value))
    return made


def clean(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _bytes(root: Any) -> bytes:
    from lxml import etree

    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=False)
    return made

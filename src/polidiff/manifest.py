"""The manifest of a report's folder: what its files are and what they were made from, as a statement of in-toto.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md: ``subject`` names every file with its SHA-256,
``predicate`` the sources, the codebook, the weights of the judges, the settings and the version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from polidiff.model import Codebook, Document
from polidiff.model.codec import JsonObject, dump
from polidiff.model.outputs import Method
from polidiff.output import FolderWriter
from polidiff.version import __version__

__all__ = ["MANIFEST", "add", "changed", "facts", "made_from", "merged", "sha256", "statement"]

MANIFEST = "manifest.json"
PREDICATE = "https://github.com/polidiff/polidiff/blob/main/docs/verify.md#the-manifest"
LIBRARIES = ("XlsxWriter", "numpy", "python-docx", "scipy")
"""Libraries on whose versions the last digit of a number, or the form of a file, may depend."""

_WEIGHTS = (".npz", ".npy", ".onnx", ".bin")


def sha256(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@cache
def weights() -> Mapping[str, str]:
    """Return the SHA-256 of every file of weights in the package, by its place in it."""
    return {name: sha256(file.read_bytes()) for name, file in sorted(_walk(resources.files("polidiff"), ""))}


def _walk(folder: Traversable, at: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{at}{entry.name}/")
        elif entry.name.endswith(_WEIGHTS):
            yield at + entry.name, entry


def facts(
    documents: Sequence[Document],
    article: Document | None,
    codebook: Codebook | None,
    method: Method,
    answers: bytes | None = None,
) -> JsonObject:
    """Return what a record was made from. ``answers`` are a judge's kept answers (``judge.jsonl``)."""
    version = dict(method).get("polidiff", "")
    made: JsonObject = {
        "version": version,
        "sources": [_source(document) for document in documents],
        "settings": dict(method),
    }
    if article is not None:
        made["article"] = _source(article)
    if codebook is not None:
        made["codebook"] = {"id": codebook.id, "version": codebook.version, "sha256": sha256(dump(codebook))}
    made["libraries"] = {name: metadata.version(name) for name in LIBRARIES}
    if version == __version__:
        made["weights"] = dict(weights())
    if answers is not None:
        made["answers"] = {"sha256": sha256(answers)}
    return made


def _source(document: Document) -> JsonObject:
    return {
        "id": document.id,
        "source": document.source,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "media_type": document.media_type,
    }


def statement(subjects: Mapping[str, str], outputs: Mapping[str, Any]) -> bytes:
    """Return the manifest. ``subjects`` are files → SHA-256; ``outputs`` records → what each was made from."""
    made = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": name, "digest": {"sha256": digest}} for name, digest in sorted(subjects.items())],
        "predicateType": PREDICATE,
        "predicate": {"outputs": dict(sorted(outputs.items()))},
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def made_from(folder: Path) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the subjects and the outputs of the manifest in ``folder``; nothing where there is none to read."""
    try:
        held = json.loads((folder / MANIFEST).read_bytes())
        subjects = {row["name"]: row["digest"]["sha256"] for row in held["subject"]}
        outputs = {str(name): dict(facts) for name, facts in held["predicate"]["outputs"].items()}
        for made in outputs.values():
            made["files"] = [str(name) for name in made["files"]]
            if "exports" in made:
                made["exports"] = [[str(to), str(language)] for to, language in made["exports"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, {}
    return subjects, outputs


def merged(folder: Path, record: str, files: Mapping[str, bytes], made: JsonObject) -> tuple[bytes, list[str]]:
    """Return the manifest of ``folder`` once the ``files`` of ``record`` are in it, and the files that go.

    What other records of the folder list stays. Of the record's old files those go that it has no longer, unless
    somebody changed them.
    """
    subjects, outputs = made_from(folder)
    before = set(outputs.pop(record, {}).get("files", ()))
    others = {name for other in outputs.values() for name in other["files"]}
    gone = [name for name in sorted(before - others - files.keys()) if _unchanged(folder / name, subjects.get(name))]
    listed = {name: digest for name, digest in subjects.items() if name in others}
    listed |= {name: sha256(data) for name, data in files.items()}
    return statement(listed, {**outputs, record: {**made, "files": sorted(files)}}), gone


def add(folder: Path, record: str, files: Mapping[str, bytes], export: tuple[str, str]) -> None:
    """Name the files of an export of ``record`` in the manifest of ``folder``, where it has one.

    ``export`` is its format and language.
    """
    subjects, outputs = made_from(folder)
    if record not in outputs:
        return
    outputs[record]["files"] = sorted({*outputs[record]["files"], *files})
    exports = {tuple(one) for one in outputs[record].get("exports", ())}
    outputs[record]["exports"] = sorted([*one] for one in {*exports, export})
    writer = FolderWriter(folder)
    writer.data(MANIFEST, statement(subjects | {name: sha256(data) for name, data in files.items()}, outputs))
    writer.commit()


def changed(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Return those of ``files`` that lie in ``folder`` otherwise, and not as its manifest has them."""
    subjects, _ = made_from(folder)
    there = [name for name in files if (folder / name).is_file()]
    return [
        name
        for name in there
        if not _unchanged(folder / name, sha256(files[name])) and not _unchanged(folder / name, subjects.get(name))
    ]


def _unchanged(path: Path, digest: str | None) -> bool:
    try:
        return sha256(path.read_bytes()) == digest
    except OSError:
        return False

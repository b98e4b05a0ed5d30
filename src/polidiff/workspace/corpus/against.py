"""One document against all that are held: what is new in it, what is borrowed, what is missing that most have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from polidiff.errors import InputError
from polidiff.model import Provision
from polidiff.model.codec import JsonObject
from polidiff.model.forms import text_file
from polidiff.output import FolderWriter, text_bytes
from polidiff.thresholds import threshold
from polidiff.workspace.corpus.hold import Corpus
from polidiff.workspace.corpus.index import Index

__all__ = ["Against", "Answered", "against", "against_records", "write_against"]

RECORD = "against.jsonl"

RUN = 8
"""Words in a row that a provision shares with an earlier document, from which on it is called borrowed. Of sentences
of two documents on one subject, runs of eight are titles and set phrases at most."""


@dataclass(frozen=True)
class Answered:
    """A provision of the document, and the nearest of the others: its place, and its cosine."""

    provision: Provision
    nearest: Provision | None
    cosine: float
    borrowed: bool


@dataclass(frozen=True)
class Against:
    """A document against a corpus. ``missing`` are themes (id, documents that commit to them, documents in all)."""

    document: str
    others: int
    new: tuple[Answered, ...]
    borrowed: tuple[Answered, ...]
    answered: tuple[Answered, ...]
    missing: tuple[tuple[str, int, int], ...]


def against(corpus: Corpus, name: str) -> Against:
    """Compare a document of the corpus with all others. Raises InputError where there is no such document, or no other.

    A provision whose nearest cosine is under ``corpus.near`` is new; one that shares a long run of words is borrowed.
    """
    index = corpus.index
    number = next((n for n, entry in enumerate(index.entries) if entry.document == name), None)
    if number is None or len(index.entries) < 2:
        what = "is no document of the workspace" if number is None else "is its only document"
        raise InputError(name, what, "polidiff add WORKSPACE FOLDER takes in others")
    start = index.starts()[number]
    mine = slice(start, start + index.entries[number].provisions)
    rows = []
    places, cosines = index.passages.nearest(index.passages.vectors(mine), mine)
    for own, place, near in zip(range(mine.start, mine.stop), places.tolist(), cosines.tolist(), strict=True):
        one, nearest = index.provision(own), index.provision(place) if place >= 0 else None
        borrowed = nearest is not None and _shares_run(one.text, nearest.text)
        rows.append(Answered(one, nearest, near, borrowed))
    limit = threshold("corpus.near")
    borrowed_ones = tuple(one for one in rows if one.borrowed)
    new = tuple(one for one in rows if not one.borrowed and one.cosine < limit)
    answered = tuple(one for one in rows if not one.borrowed and one.cosine >= limit)
    return Against(name, len(index.entries) - 1, new, borrowed_ones, answered, _missing(index, number))


def _missing(index: Index, number: int) -> tuple[tuple[str, int, int], ...]:
    """Themes that most others print and this document hasn't even faintly."""
    mine = {theme for theme, held in index.by_document("theme").items() if number in held}
    others = len(index.entries) - 1
    counts = {theme: len(held - {number}) for theme, held in index.by_document("printed").items()}
    rows = [(theme, count, others) for theme, count in counts.items() if 2 * count > others and theme not in mine]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


def _shares_run(a: str, b: str) -> bool:
    """Whether two texts have :data:`RUN` words in a row in common; of Chinese twice as many characters."""
    first, second = _units(a), _units(b)
    if min(len(first), len(second)) < RUN:
        return False
    runs = {tuple(first[n : n + RUN]) for n in range(len(first) - RUN + 1)}
    return any(tuple(second[n : n + RUN]) in runs for n in range(len(second) - RUN + 1))


def _units(text: str) -> list[str]:
    from polidiff.lang.words import has_cjk

    if not has_cjk(text):
        return text.casefold().split()
    plain = [c for c in text if c.isalnum()]
    return ["".join(plain[n : n + 2]) for n in range(0, len(plain), 2)]


def against_records(found: Against) -> list[JsonObject]:
    """Return a row a provision, then one a missing theme, as ``polidiff against --format jsonl`` prints them."""
    rows: list[JsonObject] = []
    for kind, held in (("new", found.new), ("borrowed", found.borrowed), ("answered", found.answered)):
        for one in held:
            rows.append({"kind": kind, **_place(one.provision), "cosine": one.cosine})
            if one.nearest is not None and kind != "new":
                rows[-1]["nearest"] = _place(one.nearest)
    rows += [
        {"kind": "missing", "theme": theme, "documents": count, "of": others} for theme, count, others in found.missing
    ]
    return rows


def write_against(corpus: Corpus, found: Against, folder: Path) -> tuple[Path, ...]:
    """Write the rows as ``against.jsonl``, with the text of every document that they quote, so that both can be proved.

    Raises OutputError where the folder can't be written.
    """
    rows = against_records(found)
    quoted = [row["nearest"]["document"] for row in rows if "nearest" in row]
    writer = FolderWriter(folder)
    writer.data(RECORD, text_bytes("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)))
    for name in sorted({found.document, *quoted}):
        writer.data(text_file(name), text_bytes(corpus.document(name).text))
    return writer.commit()


def _place(one: Provision) -> JsonObject:
    return {
        "document": one.document,
        "provision": one.id,
        "text": one.text,
        "start": one.start,
        "end": one.end,
        "page": one.page_start,
    }

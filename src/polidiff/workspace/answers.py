"""A judge's answers on a workspace's documents: kept with the hashes of the texts that they were given on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from polidiff.model import Document
from polidiff.workspace.kept import Kept, key
from polidiff.workspace.store import Store

if TYPE_CHECKING:
    from polidiff.judges.protocol import Memory

__all__ = ["keep", "kept", "mark", "take_over"]

_SLOT = "answers"


def mark(store: Store) -> str:
    """Return a name of the answers that are kept, which changes with them; empty where there are none."""
    return store.settings().get(_SLOT, "")


def kept(store: Store, documents: Iterable[Document]) -> Memory:
    """Return the answers that were given on these documents: on their very texts, and on texts that they had before, as
    far as the words that decided still stand."""
    from polidiff.judges.protocol import Memory
    from polidiff.judges.protocol.carried import carry

    read = list(documents)
    texts = _texts(read)
    rows = [(line, on) for line, on in _rows(store) if on.keys() <= texts.keys()]
    before = Memory.of(line for line, on in rows if on.items() - texts.items())
    carry(before, (), {document.id: document.text for document in read})
    memory = Memory()
    memory.add(one for one in before.answers.values() if one.seals and one.statements)
    today = Memory.of(line for line, on in rows if not on.items() - texts.items())
    memory.add(today.answers.values())
    memory.calibrations.update({**before.calibrations, **today.calibrations})
    return memory


def keep(store: Store, answers: Memory, documents: Iterable[Document]) -> None:
    """Keep answers on these documents beside those that are kept; of the same asking the later one counts."""
    texts = _texts(documents)
    held = [json.dumps({"on": on, "line": line}, ensure_ascii=False) for line, on in _rows(store)]
    for record in answers.records():
        named = {place[0] for place in record.get("passages", ())}
        on = {name: texts[name] for name in sorted(named or texts) if name in texts}
        held.append(json.dumps({"on": on, "line": json.dumps(record, ensure_ascii=False)}, ensure_ascii=False))
    rows = tuple(dict.fromkeys(held))
    Kept(store).put_last(_SLOT, key("answers", rows), rows)


def take_over(store: Store, other: Store) -> None:
    """Keep the answers of another workspace too."""
    rows = tuple(dict.fromkeys((*_lines(other), *_lines(store))))
    if rows != _lines(store):
        Kept(store).put_last(_SLOT, key("answers", rows), rows)


def _texts(documents: Iterable[Document]) -> dict[str, str]:
    return {document.id: document.text_sha256 for document in documents}


def _rows(store: Store) -> list[tuple[str, Mapping[str, str]]]:
    held = [json.loads(line) for line in _lines(store)]
    return [(one["line"], one["on"]) for one in held]


def _lines(store: Store) -> tuple[str, ...]:
    name = mark(store)
    found: tuple[str, ...] | None = Kept(store).get(tuple[str, ...], name) if name else None
    return found or ()

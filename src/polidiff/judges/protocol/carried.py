"""Answers that are carried over to the same question when it comes with other passages, as far as their words stand.

A better search shows other passages of a document, and a document read anew may have its words at other places. What a
judge said stays true where the passages that it leaned on are still there; what it said without words (that nothing was
found, that it can't tell) only where most of what is shown now was shown then.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from polidiff.judges.protocol.answers import Place, Statement
from polidiff.judges.protocol.kept import KeptAnswer, Memory
from polidiff.judges.protocol.requests import ROUNDS, Item, digest_of
from polidiff.judges.protocol.tasks import task_form

__all__ = ["carry", "question_of", "seal"]

REACH = 20_000
"""Code points before and after a passage's old place within which its words are looked for."""
MOST = 0.5
"""The share of the passages shown now that must have been shown then, where an answer leans on no words."""

_START = re.compile(r"(?<!\S)\S|[\u4e00-\u9fff]")


def question_of(item: Item) -> str:
    """What is asked of which documents, whatever passages are shown, as a hash; nothing where only these tell."""
    asked = task_form(item.task).question
    facts = [(name, value) for name, value in item.facts if name in asked]
    if not facts:
        return ""
    return digest_of([item.task, facts, sorted({passage.document for passage in item.passages})])[:16]


def seal(words: str) -> str:
    """A short hash of a passage's words, by which they are known again."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def carry(memory: Memory, items: Iterable[Item], texts: Mapping[str, str]) -> None:
    """Add to ``memory`` the answers that stand for those of ``items`` that have none of their own.

    ``texts`` are the documents' canonical texts by id.
    """
    known = {(one.question, one.round): one for one in memory.answers.values() if one.question}
    for item in memory.open(items):
        question = question_of(item)
        for number in ROUNDS:
            kept = known.get((question, number))
            if question and kept is not None and kept.version == task_form(item.task).version:
                carried = _carried(kept, item, texts)
                memory.add([carried] if carried is not None else [])


def _carried(kept: KeptAnswer, item: Item, texts: Mapping[str, str]) -> KeptAnswer | None:
    moved = [_found(place, mark, texts) for place, mark in zip(kept.passages, kept.seals, strict=True)]
    shown = [(p.document, p.start, p.end) for p in item.passages]
    then = [place for place in moved if place is not None]
    share = sum(any(_overlap(now, place) for place in then) for now in shown) / len(shown)
    statements = [made for one in kept.statements if (made := _statement(one, kept, moved, share)) is not None]
    if not statements:
        return None
    passages = tuple(new or old for new, old in zip(moved, kept.passages, strict=True))
    return replace(kept, item=item.id, passages=passages, statements=tuple(statements))


def _statement(one: Statement, kept: KeptAnswer, moved: list[Place | None], share: float) -> Statement | None:
    if not one.places:
        return one if share >= MOST else None
    places: list[Place] = []
    for (name, start, end), number in zip(one.places, one.passages, strict=True):
        passage = moved[number]
        if passage is None:
            return None
        shift = passage[1] - kept.passages[number][1]
        places.append((name, start + shift, end + shift))
    return replace(one, places=tuple(places))


def _found(place: Place, mark: str, texts: Mapping[str, str]) -> Place | None:
    """Where the words of a passage stand now: at its place, else the nearest before or after it."""
    name, start, end = place
    text = texts.get(name, "")
    if seal(text[start:end]) == mark:
        return place
    low, size = max(0, start - REACH), end - start
    starts = [match.start() for match in _START.finditer(text, low, min(len(text), start + REACH))]
    for at in sorted(starts, key=lambda at: (abs(at - start), at)):
        if seal(text[at : at + size]) == mark:
            return name, at, at + size
    return None


def _overlap(a: Place, b: Place) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]

"""Answers that are carried over: to the same question with other passages, and to documents whose text has moved.

A better search shows other passages of a document, and a document read anew may have its words at other places. What a
judge said stays true where the passages that it leaned on are still there, wherever that is now; what it said without
words (that nothing was found, that it can't tell) only where most of what is shown now was shown then.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from polidiff.judges.protocol.answers import Place, Statement
from polidiff.judges.protocol.kept import KeptAnswer, Memory
from polidiff.judges.protocol.requests import ROUNDS, Item, digest_of
from polidiff.judges.protocol.tasks import task_form

__all__ = ["carry", "question_of", "seal", "sealed"]

REACH = 20_000
"""Code points before and after a passage's old place within which its words are looked for."""
MOST = 0.5
"""The share of the passages shown now that must have been shown then, where an answer leans on no words."""

_START = re.compile(r"(?<!\S)\S|[\u4e00-\u9fff]")


def question_of(item: Item) -> str:
    """What is asked of which documents, as a hash: of the facts that are the question, whatever passages are shown, or
    where the passages are the question, of their words, wherever they stand."""
    form = task_form(item.task)
    facts = [(name, value) for name, value in item.facts if name in form.question]
    documents = sorted({passage.document for passage in item.passages})
    seals = sealed(item.task, [seal(passage.text) for passage in item.passages])
    return digest_of([item.task, facts, documents, *seals])[:16]


def sealed(task: str, seals: Sequence[str]) -> list[str]:
    """Return the seals of the passages where they are part of the question, nothing where its facts are all of it."""
    return list(seals) if task_form(task).by_passages else []


def seal(words: str) -> str:
    """A short hash of a passage's words, by which they are known again."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def carry(memory: Memory, items: Iterable[Item], texts: Mapping[str, str]) -> None:
    """Set kept answers to where their words stand now, and give those of ``items`` that have none of their own the
    answers that were given to the same question.

    ``texts`` are the documents' canonical texts by id; of others nothing is moved.
    """
    found = _Places(texts)
    for answer in list(memory.answers.values()):
        if answer.seals and task_form(answer.task).by_passages:
            memory.add([_moved(answer, found)])
    known = {(one.question, one.round): one for one in memory.answers.values() if one.question}
    for item in memory.open(items):
        question = question_of(item)
        for number in ROUNDS:
            kept = known.get((question, number))
            if kept is None or kept.version != task_form(item.task).version or (item.id, number) in memory.answers:
                continue
            if task_form(item.task).by_passages:
                del memory.answers[kept.item, number]
                memory.add([_shifted(kept, item.id, [(p.document, p.start, p.end) for p in item.passages])])
            else:
                carried = _carried(kept, item, found)
                memory.add([carried] if carried is not None else [])


@dataclass
class _Places:
    """Where passages stand now in ``texts``, and how far the last one of each document had moved."""

    texts: Mapping[str, str]
    held: dict[tuple[Place, str], Place | None] = field(default_factory=dict)
    shift: dict[str, int] = field(default_factory=dict)

    def of(self, place: Place, mark: str) -> Place | None:
        """Where the words of a passage stand now: at its place, moved as the one before it, or the nearest; or None."""
        if (place, mark) not in self.held:
            self.held[place, mark] = self._find(place, mark)
        return self.held[place, mark]

    def _find(self, place: Place, mark: str) -> Place | None:
        name, start, end = place
        text = self.texts.get(name)
        if text is None:
            return None
        size = end - start
        for at in (start, start + self.shift.get(name, 0)):
            if at >= 0 and seal(text[at : at + size]) == mark:
                return name, at, at + size
        low = max(0, start - REACH)
        starts = [match.start() for match in _START.finditer(text, low, min(len(text), start + REACH))]
        for at in sorted(starts, key=lambda at: (abs(at - start), at)):
            if seal(text[at : at + size]) == mark:
                self.shift[name] = at - start
                return name, at, at + size
        return None


def _moved(kept: KeptAnswer, found: _Places) -> KeptAnswer:
    """The answer at today's places, without what leaned on words that are gone; as it is, of documents not at hand."""
    if any(name not in found.texts for name, _, _ in kept.passages):
        return kept
    places = [found.of(place, mark) for place, mark in zip(kept.passages, kept.seals, strict=True)]
    if all(new == old for new, old in zip(places, kept.passages, strict=True)):
        return kept
    return _shifted(kept, kept.item, places)


def _shifted(kept: KeptAnswer, item: str, places: Sequence[Place | None]) -> KeptAnswer:
    """The answer as one to ``item``, its passages at ``places``; what leaned on one that has none is left out."""
    statements = [made for one in kept.statements if (made := _statement(one, kept, places)) is not None]
    passages = tuple(new or old for new, old in zip(places, kept.passages, strict=True))
    return replace(kept, item=item, passages=passages, statements=tuple(statements))


def _carried(kept: KeptAnswer, item: Item, found: _Places) -> KeptAnswer | None:
    """What an answer to the same question says with today's passages; None where nothing of it stands."""
    places = [found.of(place, mark) for place, mark in zip(kept.passages, kept.seals, strict=True)]
    shown = [(p.document, p.start, p.end) for p in item.passages]
    then = [place for place in places if place is not None]
    share = sum(any(_overlap(now, place) for place in then) for now in shown) / len(shown)
    made = _shifted(kept, item.id, places)
    stand = tuple(one for one in made.statements if one.places or share >= MOST)
    return replace(made, statements=stand) if stand else None


def _statement(one: Statement, kept: KeptAnswer, places: Sequence[Place | None]) -> Statement | None:
    moved: list[Place] = []
    for (name, start, end), number in zip(one.places, one.passages, strict=True):
        place = places[number]
        if place is None:
            return None
        shift = place[1] - kept.passages[number][1]
        moved.append((name, start + shift, end + shift))
    return replace(one, places=tuple(moved))


def _overlap(a: Place, b: Place) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]

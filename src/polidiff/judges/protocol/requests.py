"""What is asked: items of one task with their passages, packed into requests of a bounded size."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from polidiff.judges.protocol.tasks import limits, task_form

__all__ = [
    "ROUNDS",
    "AskedPassage",
    "Item",
    "Request",
    "Task",
    "digest_of",
    "item_of",
    "length",
    "pack",
    "request_from",
]

Task = Literal["theme", "finding", "stance", "claim"]
"""What may be asked: the themes of a passage, what two documents say to one another, where they part on a ground,
whether a claim is borne out."""

ROUNDS = (1, 2)
"""Each item is asked twice; the second time items, passages and codes stand in the opposite order."""


@dataclass(frozen=True, slots=True)
class AskedPassage:
    """A passage as it is shown: the document's own words ``text[start:end]`` and the headings that they stand under."""

    document: str
    start: int
    end: int
    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``facts`` are what is asked about beside the passages (the claim, the matter), by name.

    ``id`` is a hash of all the rest, so that it tells nothing and the same question has the same id.
    """

    id: str
    task: Task
    passages: tuple[AskedPassage, ...]
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> int:
        """Words that a reader of the item has before them; a Chinese character counts as half of one."""
        return sum(length(p.text) + length(p.heading) for p in self.passages) + sum(length(v) for _, v in self.facts)


@dataclass(frozen=True, slots=True)
class Request:
    """Items of one task that are asked together; ``id`` is the SHA-256 of the rest as it is written."""

    id: str
    task: Task
    version: int
    round: int
    items: tuple[Item, ...]
    codes: tuple[tuple[str, str], ...] = ()

    def record(self) -> dict[str, Any]:
        """Return the request as it is written and sent: a plain dictionary."""
        return {"id": self.id, **_content(self.task, self.version, self.round, self.items, self.codes)}


def item_of(task: Task, passages: Sequence[AskedPassage], facts: Mapping[str, str] | None = None) -> Item:
    """Return the item that asks ``task`` of ``passages``; the order of ``passages`` is part of the question."""
    told = tuple(sorted((facts or {}).items()))
    whole = [task, [[p.document, p.start, p.end, p.text] for p in passages], told]
    return Item(digest_of(whole)[:16], task, tuple(passages), told)


def pack(items: Iterable[Item], codes: Mapping[str, str] | None = None) -> Iterator[Request]:
    """Yield requests that hold each item twice, by task and round, in an order that tells nothing.

    ``codes`` are the codebook's ids and definitions, for the task ``theme``. A request has at most as many items and
    words as ``judges/protocol/tasks.toml`` says; an item that is longer by itself stands alone.
    """
    by_task: dict[Task, list[Item]] = {}
    for item in {item.id: item for item in items}.values():
        by_task.setdefault(item.task, []).append(item)
    most_items, most_words = limits()
    for task in sorted(by_task):
        ordered = sorted(by_task[task], key=lambda item: item.id)
        told = tuple(sorted((codes or {}).items())) if task == "theme" else ()
        for number in ROUNDS:
            held: list[Item] = []
            words = 0
            for item in ordered if number == 1 else reversed(ordered):
                if held and (len(held) == most_items or words + item.words > most_words):
                    yield _request(task, number, held, told)
                    held, words = [], 0
                held.append(item)
                words += item.words
            if held:
                yield _request(task, number, held, told)


def request_from(record: Mapping[str, Any]) -> Request | None:
    """Return the request that a line of ``requests.jsonl`` holds, or None where its id isn't that of its content."""
    try:
        items = tuple(
            Item(
                one["id"],
                record["task"],
                tuple(
                    AskedPassage(p["document"], p["start"], p["end"], p["text"], p.get("heading", ""))
                    for p in sorted(one["passages"], key=lambda p: p["number"], reverse=record["round"] == 2)
                ),
                tuple(sorted(one.get("facts", {}).items())),
            )
            for one in record["items"]
        )
        codes = tuple(sorted(record.get("codes", {}).items()))
        made = Request(record["id"], record["task"], record["version"], record["round"], items, codes)
        return made if made.id == digest_of(_content(made.task, made.version, made.round, items, codes)) else None
    except (KeyError, TypeError, AttributeError):
        return None


def _request(task: Task, number: int, items: Sequence[Item], codes: tuple[tuple[str, str], ...]) -> Request:
    version = task_form(task).version
    content = _content(task, version, number, items, codes)
    return Request(digest_of(content), task, version, number, tuple(items), codes)


def _content(
    task: Task, version: int, number: int, items: Sequence[Item], codes: tuple[tuple[str, str], ...]
) -> dict[str, Any]:
    form = task_form(task)
    content: dict[str, Any] = {
        "task": task,
        "version": version,
        "round": number,
        "instructions": form.instructions,
        "schema": form.schema(tuple(code for code, _ in codes)),
    }
    if codes:
        content["codes"] = dict(codes if number == 1 else reversed(codes))
    content["items"] = [_shown(item, number) for item in items]
    return content


def _shown(item: Item, number: int) -> dict[str, Any]:
    order = item.passages if number == 1 else tuple(reversed(item.passages))
    return {
        "id": item.id,
        **({"facts": dict(item.facts)} if item.facts else {}),
        "passages": [
            {
                "number": place,
                "document": p.document,
                "start": p.start,
                "end": p.end,
                **({"heading": p.heading} if p.heading else {}),
                "text": p.text,
            }
            for place, p in enumerate(order, 1)
        ],
    }


def digest_of(content: object) -> str:
    """Return the SHA-256 of plain data as it is written in JSON."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def length(text: str) -> int:
    """Return how many words a text has; two Chinese characters count as one."""
    han = sum("\u3400" <= letter <= "\u9fff" for letter in text)
    return len(text.split()) + han // 2

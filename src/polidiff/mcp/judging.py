"""The assistant as judge: what a report leaves undecided is asked by the page, answered, proved and written back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from polidiff.errors import InputError
from polidiff.model.codec import JsonObject

__all__ = ["Desk"]

Progress = Callable[[str, int, int], None]

ROOM_FOR_WORDS = 0.7
"""Share of an answer's bytes that the items of a request may take; instructions and schema take the rest."""


class Desk:
    """The questions on one report, whose folder keeps them and their answers (``judge/`` in it)."""

    def __init__(self, folder: Path, writable: bool) -> None:
        """Ask about the report in ``folder``; nothing is written where it isn't ``writable``."""
        self.folder = folder
        self._writable = writable
        self._asked = False

    def record(self) -> JsonObject:
        """Return ``comparison.json`` as it stands. Raises InputError where it can't be read."""
        from polidiff.interchange.opened import open_report

        return open_report(self.folder).record

    def next(self, limit: int, progress: Progress | None = None) -> JsonObject:
        """Return a request with the items that aren't answered, as many as fit ``limit`` bytes.

        The report is compared anew before the first question and after the last answer, and written again then.
        """
        if not self._writable:
            said = "this report may be read only"
            raise InputError(
                self.folder.name, said, "compare the documents here, so that the report is one of this server"
            )
        if not self._asked:
            self._compare(progress)
        shown = self._open(limit)
        if shown is None:
            before = _counts(self.record())
            self._compare(progress)
            shown = self._open(limit)  # answers may lead to new questions
            if shown is None:
                return {"done": True, "left": 0, "before": before, "after": _counts(self.record())}
        return shown

    def answer(self, request: str, answers: Sequence[dict[str, Any]], model: str) -> JsonObject:
        """Keep the answers that can be proved, and say of the others why not."""
        from polidiff.judges.protocol.answers import prove

        found = next((one for one in self._judge(None).requests() if one.id == request), None)
        if found is None:
            raise InputError(request[:80], "no such request is open on this report", "see the tool judge_next")
        line = {"id": request, "model": " ".join(model.split())[:60] or "assistant", "answers": list(answers)}
        stated, refused = prove(found, line)
        with (self.folder / "judge" / "answers.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        return {
            "accepted": len(stated),
            "refused": [{"item": one.item, "why": one.why} for one in refused[:50]],
            "left": self._left(),
        }

    def _compare(self, progress: Progress | None) -> None:
        from polidiff import api

        made, check, asked = api.judge_report(self.folder, self._judge, progress=progress)
        api.write_report(made, self.folder, check, answers=asked.kept)
        self._asked = True

    def _judge(self, kept: Any) -> Any:
        from polidiff.judges.protocol import FolderJudge

        return FolderJudge(self.folder / "judge", kept)

    def _unanswered(self) -> list[tuple[Any, list[Any]]]:
        judge = self._judge(None)
        memory = judge.recall()
        rows = []
        for request in judge.requests():
            items = [item for item in request.items if (item.id, request.round) not in memory.answers]
            if items:
                rows.append((request, items))
        return rows

    def _left(self) -> int:
        return sum(len(items) for _, items in self._unanswered())

    def _open(self, limit: int) -> JsonObject | None:
        rows = self._unanswered()
        if not rows:
            return None
        request, items = rows[0]
        wanted = {item.id for item in items}
        record = request.record()
        shown: list[JsonObject] = []
        room = limit * ROOM_FOR_WORDS
        for item in record["items"]:
            size = len(json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass"))
            if item["id"] in wanted and (not shown or size <= room):
                shown.append(item)
                room -= size
        left = sum(len(many) for _, many in rows)
        return {"done": False, "left": left, "request": {**record, "items": shown}}


def _counts(record: JsonObject) -> dict[str, int]:
    return dict(sorted(Counter(one["finding"] for one in record["findings"]).items()))

"""Where questions go: a folder that anybody answers, or a model behind an endpoint; answers come back proved."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from polidiff.errors import InputError
from polidiff.judges.endpoint.guard import objects
from polidiff.judges.protocol.answers import prove
from polidiff.judges.protocol.calibration import kept_calibration
from polidiff.judges.protocol.carried import carry, question_of, seal
from polidiff.judges.protocol.kept import KeptAnswer, Memory
from polidiff.judges.protocol.requests import Item, Request, pack, request_from

if TYPE_CHECKING:
    from polidiff.judges.endpoint import Model

__all__ = ["EndpointJudge", "FolderJudge", "Judge", "KeptJudge", "Progress", "Recorder", "ask"]

Progress = Callable[[str, int, int], None]

REQUESTS, ANSWERS, KEPT = "requests.jsonl", "answers.jsonl", "kept.jsonl"
AT_ONCE = 4
"""Requests that are out at an endpoint at one time."""
LARGEST = 256 * 1024 * 1024


class Judge(Protocol):
    """Whoever answers requests."""

    def recall(self) -> Memory:
        """Return the answers that are kept."""
        ...

    def put(self, requests: Sequence[Request], progress: Progress | None = None) -> None:
        """Hand requests over; those that are answered at once are in what :meth:`recall` returns next."""
        ...


def ask(
    judge: Judge,
    items: Iterable[Item],
    codes: Mapping[str, str] | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Memory:
    """Ask what isn't answered yet, and return every answer that is kept.

    ``codes`` are the codebook's ids and definitions, for the task ``theme``; with ``texts``, the documents' texts by
    id, answers are carried over to the same question where its passages stand at other places, and of claims to other
    passages. Raises :class:`InputError` of the judge.
    """
    items = list(items)
    if isinstance(judge, Recorder):
        judge.note(items, texts)
    memory = judge.recall()
    carry(memory, items, texts or {})
    wanted = memory.open(items)
    if not wanted:
        return memory
    judge.put(list(pack(wanted, codes)), progress)
    memory = judge.recall()
    carry(memory, items, texts or {})
    return memory


class FolderJudge:
    """A folder: requests are written to ``requests.jsonl``, answers read from ``answers.jsonl``.

    What was proved is kept in ``kept.jsonl``, by places and without words. Requests once written stay, since answers
    refer to them by id; an answer to a request that isn't there is refused.
    """

    def __init__(self, folder: Path, known: Memory | None = None) -> None:
        """Use ``folder``, which is made when something is to be written; ``known`` are answers kept elsewhere."""
        self.folder = folder
        self._known = known or Memory()

    def recall(self) -> Memory:
        """Return the kept answers and those that came in meanwhile, with the calibrations of who gave them.

        The user's own calibration of a model stands before one that came with kept answers. Raises
        :class:`InputError` for a file unread.
        """
        memory = Memory()
        for known in (self._known, Memory.read(self.folder / KEPT)):
            memory.add(known.answers.values())
            memory.calibrations.update(known.calibrations)
        requests = {request.id: request for request in self.requests()}
        for answer in _lines(self.folder / ANSWERS):
            request = requests.get(str(answer.get("id", "")))
            if request is not None:
                memory.add(_kept(request, answer, memory))
        for model in sorted({one.model for one in memory.answers.values()}):
            own = kept_calibration(model)
            if own is not None:
                memory.calibrations[model] = own
        return memory

    def put(self, requests: Sequence[Request], progress: Progress | None = None) -> None:
        """Write the requests that aren't written yet."""
        held = {request.id for request in self.requests()}
        new = [request for request in requests if request.id not in held]
        if not new:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / REQUESTS).open("a", encoding="utf-8", newline="\n") as file:
                for request in new:
                    file.write(json.dumps(request.record(), ensure_ascii=False) + "\n")
        except OSError as error:
            raise InputError(str(self.folder), f"can't be written ({error.strerror})", "name another folder") from error

    def requests(self) -> Iterator[Request]:
        """Yield the requests that are written; lines that are none are passed over."""
        for record in _lines(self.folder / REQUESTS):
            request = request_from(record)
            if request is not None:
                yield request


class KeptJudge:
    """A judge who says again what is kept, and nothing else."""

    def __init__(self, memory: Memory) -> None:
        """Answer from ``memory``."""
        self._memory = memory

    def recall(self) -> Memory:
        """Return the answers that are kept."""
        return self._memory

    def put(self, requests: Sequence[Request], progress: Progress | None = None) -> None:
        """Leave requests unanswered."""


class EndpointJudge:
    """A model behind an endpoint. Its answers are kept in a folder, so that a rerun asks only what is new."""

    def __init__(self, model: Model, folder: Path, known: Memory | None = None) -> None:
        """Ask ``model`` and keep requests and answers in ``folder``; ``known`` are answers kept elsewhere."""
        self._model = model
        self._folder = FolderJudge(folder, known)
        self.missed: list[InputError] = []

    def recall(self) -> Memory:
        """Return the answers that are kept."""
        return self._folder.recall()

    def put(self, requests: Sequence[Request], progress: Progress | None = None) -> None:
        """Ask each request and write its answer down as it comes.

        A request without an answer stays open, and :attr:`missed` says why. Raises :class:`InputError` of the
        endpoint where none of the first ones is answered.
        """
        from concurrent.futures import ThreadPoolExecutor, as_completed

        self._folder.put(requests)
        self.missed = []
        with ThreadPoolExecutor(AT_ONCE) as pool:
            asked = [pool.submit(self._answer, request) for request in requests]
            for number, done in enumerate(as_completed(asked), 1):
                try:
                    answer = done.result()
                except InputError as error:
                    self.missed.append(error)
                    if len(self.missed) == number and (number >= AT_ONCE or number == len(requests)):
                        pool.shutdown(wait=False, cancel_futures=True)
                        raise
                else:
                    with (self._folder.folder / ANSWERS).open("a", encoding="utf-8", newline="\n") as file:
                        file.write(json.dumps(answer, ensure_ascii=False) + "\n")
                if progress is not None:
                    progress("judge", number, len(requests))

    def _answer(self, request: Request) -> dict[str, Any]:
        record = request.record()
        shown = {key: record[key] for key in ("id", "task", "codes", "items", "schema") if key in record}
        said = objects(self._model.answer(record["instructions"], json.dumps(shown, ensure_ascii=False))) or {}
        answers = said.get("answers")
        return {
            "id": request.id,
            "model": self._model.identity,
            "answers": answers if isinstance(answers, list) else [],
        }


def _kept(request: Request, answer: Mapping[str, Any], memory: Memory) -> Iterator[KeptAnswer]:
    stated, refused = prove(request, answer)
    memory.refused.extend(refused)
    model = answer.get("model")
    for item in request.items:
        if item.id in stated:
            yield KeptAnswer(
                item.id,
                request.task,
                request.version,
                model if isinstance(model, str) and model else "unnamed",
                request.round,
                tuple((p.document, p.start, p.end) for p in item.passages),
                stated[item.id],
                question_of(item),
                tuple(seal(p.text) for p in item.passages),
            )


def _heard(answer: KeptAnswer, documents: Collection[str]) -> bool:
    """Whether an answer is on passages of these documents alone, and says what counts whatever was asked."""
    return answer.task != "claim" and all(document in documents for document, _, _ in answer.passages)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a file of lines; what isn't one is passed over, since strangers write these files."""
    try:
        if not path.is_file():
            return
        if path.stat().st_size > LARGEST:
            raise InputError(str(path), "over 256 MiB", "take old requests and answers out of it")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(str(path), "not UTF-8", "write it as UTF-8") from None
    except OSError as error:
        raise InputError(str(path), f"can't be read ({error.strerror})", "look at its rights") from error
    for line in text.splitlines():
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            yield record


class Recorder:
    """A judge that remembers what it was asked: for what an asking comes to, and for the report's own answers."""

    def __init__(self, judge: Judge) -> None:
        """Ask ``judge``."""
        self._judge = judge
        self.items: dict[str, Item] = {}
        self._texts: dict[str, str] = {}

    def recall(self) -> Memory:
        """Return the judge's kept answers."""
        return self._judge.recall()

    def put(self, requests: Sequence[Request], progress: Progress | None = None) -> None:
        """Hand requests over."""
        self._judge.put(requests, progress)

    def note(self, items: Iterable[Item], texts: Mapping[str, str] | None = None) -> None:
        """Remember that ``items`` were asked, of documents with these ``texts`` by id."""
        self._texts.update(texts or {})
        self.items.update({item.id: item for item in items})

    @property
    def missed(self) -> Sequence[InputError]:
        """Why requests of the last asking got no answer, one for each."""
        return getattr(self._judge, "missed", ())

    @property
    def kept(self) -> Memory:
        """The answers to what was asked, and others on passages of the same documents: these are heard as well."""
        memory, asked = Memory(), self._judge.recall()
        carry(asked, self.items.values(), self._texts)
        read = {p.document for item in self.items.values() for p in item.passages}
        memory.add(one for one in asked.answers.values() if one.item in self.items or _heard(one, read))
        memory.refused.extend(asked.refused)
        memory.calibrations.update(asked.calibrations)
        return memory

    def summary(self) -> tuple[int, int, int]:
        """Return how many questions there were, how many words, and how many both askings agree on."""
        kept = self.kept
        agreed = sum(bool((found := kept.agreed(item)) and found[0]) for item in self.items)
        return len(self.items), sum(item.words for item in self.items.values()), agreed

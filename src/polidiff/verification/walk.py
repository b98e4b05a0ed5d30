"""Walk the records of an output and prove every one that claims a document's words.

A record is proved by its shape alone, so that records which later steps add are proved without a change here:

- ``{P}text`` with ``{P}start`` and ``{P}end`` (``P`` empty or ``source_``, ``target_``, ``evidence_`` …) cuts the
  document named by ``{P}document``, ``document`` or the record around it;
- a record with a ``verdict`` cuts the article with its ``text`` and the document with its ``matched_text``;
- spans (``cues``, ``cue``, ``lead_in``, ``span``) lie inside their document, a passage's own cues inside the passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from polidiff.verification.load import Held, Output
from polidiff.verification.report import Ledger, excerpt, first_difference
from polidiff.verification.verdicts import prove_absence, prove_verdict, prove_words
from polidiff.verification.words import squeeze

_SPAN_KEYS = frozenset({"cue", "cues", "lead_in", "span", "source_span"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that were proved to stand in a document's canonical text, for the proof against the source.

    ``text`` holds the words themselves where no canonical text is at hand to cut them from.
    """

    document: str
    start: int
    end: int
    page: int | None
    file: str
    place: str
    text: str | None = None


def prove_records(output: Output, ledger: Ledger) -> list[Quoted]:
    """Prove every record of the output; return the words of documents that hold."""
    walk = _Walk(output, ledger)
    for file, place, value in output.records:
        walk.file = file
        walk.visit(value, place, None)
    return walk.quoted


class _Walk:
    def __init__(self, output: Output, ledger: Ledger) -> None:
        self.output = output
        self.ledger = ledger
        self.file = output.name
        self.quoted: list[Quoted] = []

    def visit(self, value: Any, place: str, around: str | None) -> None:
        """Visit a value; ``around`` is the id of the document that the records around it are about."""
        if isinstance(value, list):
            for index, inner in enumerate(value):
                self.visit(inner, f"{place}[{index}]", around)
        elif isinstance(value, dict):
            own = value.get("document")
            inside = own if isinstance(own, str) else around
            if place == "article" and self.output.article is not None:
                inside = self.output.article.id
            elif place.startswith("documents[") and isinstance(value.get("id"), str):
                inside = value["id"]
            if isinstance(value.get("verdict"), str) and isinstance(value.get("text"), str):
                self._verdict(value, place, around)
            elif "verdict" in value:
                self.ledger.fault(self.file, place, inside or "", "a verdict that is none, or without its quotation")
            else:
                self._record(value, place, inside)
            for key, inner in value.items():
                if isinstance(inner, list | dict):
                    self.visit(inner, f"{place}.{key}" if place else key, inside)

    def _record(self, record: dict[str, Any], place: str, inside: str | None) -> None:
        proved = False
        for key in [k for k in record if k.endswith("text") and isinstance(record[k], str)]:
            prefix = key[: -len("text")]
            if f"{prefix}start" not in record and f"{prefix}end" not in record:
                continue
            named = record.get(f"{prefix}document")
            document = named if isinstance(named, str) else inside
            proved |= self._cut(record, prefix, place, document)
        if not proved and isinstance(record.get("text"), str) and "start" not in record and "end" not in record:
            own = record.get("document")
            if isinstance(own, str) and self.output.held(own) is not None and record["text"]:
                self.ledger.fault(self.file, place, own, f"{excerpt(record['text'])} stands without a span")
        self._spans(record, place, inside)
        self._said(record, place)

    def _said(self, record: dict[str, Any], place: str) -> None:
        """Prove a document's words among a reason's parameters, white space aside: one span each."""
        own, words = record.get("document"), record.get("words")
        held = self.output.held(own) if isinstance(own, str) else None
        spans = spans_of(record.get("spans", record.get("span")))
        if held is None or held.text is None or not words or not spans:
            return
        said = words if isinstance(words, list) else [words]
        if [squeeze(str(one)) for one in said] == [squeeze(held.text[start:end]) for start, end in spans]:
            self.ledger.counts["words in reasons cut by their span"] += len(said)
        else:
            what = f"{excerpt(str(said[0]))} is not what {list(spans[0])} cuts"
            self.ledger.fault(self.file, place, held.id, what)

    def _cut(self, record: dict[str, Any], prefix: str, place: str, document: str | None) -> bool:
        text: str = record[f"{prefix}text"]
        start: Any = record.get(f"{prefix}start")
        end: Any = record.get(f"{prefix}end")
        held = self.output.held(document)
        if held is None:
            what = f"{excerpt(text)} names no document of this output"
            if self.output.lines:
                self.ledger.missing(self.file, place, str(document))
            else:
                self.ledger.fault(self.file, place, document or "", what)
            return False
        if not cuts(held, text, start, end, self.file, place, self.ledger):
            return False
        if held.text is not None or not held.exact:
            page = record.get("page", record.get("page_start"))
            self.page(page, place, held.id)
            number = page if isinstance(page, int) and not isinstance(page, bool) else None
            if held is not self.output.article:
                words = text if held.text is None else None
                self.quoted.append(Quoted(held.id, start, end, number, self.file, place, words))
        return True

    def page(self, page: Any, place: str, document: str) -> None:
        """A page is a number from 1, or null."""
        if page is not None and (not isinstance(page, int) or isinstance(page, bool) or page < 1):
            self.ledger.fault(self.file, place, document, f"page {page!r} is not a number counted from 1")

    def _spans(self, record: dict[str, Any], place: str, inside: str | None) -> None:
        held = self.output.held(inside)
        if held is None or held.text is None:
            return
        start, end = record.get("start"), record.get("end")
        for key in sorted(_SPAN_KEYS & record.keys()):
            for span in spans_of(record[key]):
                if not 0 <= span[0] <= span[1] <= len(held.text):
                    self.ledger.fault(self.file, place, held.id, f"{key} {list(span)} lies outside of the document")
                elif key == "cues" and isinstance(start, int) and isinstance(end, int) and "text" in record:
                    if not start <= span[0] <= span[1] <= end:
                        what = f"cue {list(span)} lies outside of its passage {start}:{end}"
                        self.ledger.fault(self.file, place, held.id, what)
                    else:
                        self.ledger.counts["cues inside their passage"] += 1

    def _verdict(self, record: dict[str, Any], place: str, around: str | None) -> None:
        start, end = record.get("start"), record.get("end")
        article = self.output.article
        if article is None and isinstance(record.get("article"), str):
            article = self.output.held(record["article"])
        if article is not None and (start is not None or end is not None):
            stands = cuts(article, record["text"], start, end, self.file, place, self.ledger)
            if stands and article.text is None and isinstance(start, int) and isinstance(end, int):
                self.quoted.append(Quoted(article.id, start, end, None, self.file, place, record["text"]))
        cited = self.output.held(record.get("cited_document"))
        if record["verdict"] == "not_found" and record.get("kind") == "quote" and cited is not None:
            prove_absence(record, cited, self.file, place, self.ledger)
        document = record.get("document")
        held = self.output.held(document) if isinstance(document, str) else None
        if held is None:
            if isinstance(document, str):
                if self.output.lines:
                    self.ledger.missing(self.file, place, str(document))
                else:
                    self.ledger.fault(
                        self.file, place, document, "a verdict names a document that is not in this output"
                    )
            elif record.get("matched_text"):
                self.ledger.fault(self.file, place, "", f"{excerpt(str(record['matched_text']))} names no document")
            return
        self.page(record.get("page"), place, held.id)
        if held.text is None and not held.exact:
            for begin, stop, words in prove_words(record, held, self.file, place, self.ledger):
                number = record.get("page") if begin == record.get("matched_start") else None
                self.quoted.append(Quoted(held.id, begin, stop, number, self.file, place, words))
            return
        for begin, stop in prove_verdict(record, held, self.file, place, self.ledger):
            page = record.get("page") if begin == record.get("matched_start") else None
            self.quoted.append(Quoted(held.id, begin, stop, page, self.file, place))


def cuts(held: Held, text: Any, start: Any, end: Any, file: str, place: str, ledger: Ledger) -> bool:
    """Whether ``start:end`` cuts exactly ``text`` from a document; a fault is written to the ledger."""
    if not _is_span(start, end):
        ledger.fault(file, place, held.id, f"start {start!r} and end {end!r} are not a span")
        return False
    if held.text is None:
        if not held.exact and isinstance(text, str) and end - start != len(text):
            ledger.fault(file, place, held.id, f"span {start}:{end} is not as long as {excerpt(text)}")
            return False
        return not held.exact
    if end > len(held.text):
        ledger.fault(file, place, held.id, f"span {start}:{end} ends after the document's {len(held.text)} characters")
        return False
    real = held.text[start:end]
    if real != text:
        at = held.text.find(text) if text else -1
        what = f"span {start}:{end} does not cut the words given: {first_difference(text, real)}"
        if at >= 0:
            what += f" (the words stand at {at}:{at + len(text)})"
        ledger.fault(file, place, held.id, what)
        return False
    ledger.counts["passages cut by their span"] += 1
    return True


def spans_of(value: Any) -> list[tuple[int, int]]:
    """The spans in a value that is one ``[start, end]`` or a list of them."""
    if not isinstance(value, list):
        return []
    if len(value) == 2 and all(isinstance(part, int) and not isinstance(part, bool) for part in value):
        return [(value[0], value[1])]
    return [span for inner in value for span in spans_of(inner)]


def _is_span(start: Any, end: Any) -> bool:
    whole = all(isinstance(part, int) and not isinstance(part, bool) for part in (start, end))
    return whole and 0 <= start <= end

"""An article's faults for editors and code hosts: SARIF 2.1.0, and the lines that GitHub shows beside a change.

A fault is a quotation that the documents don't have as printed, and a claim that they contradict or say less of; what
is not sure is none. Where a fault stands is found again in the article's own file, whose lines its text may have lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from polidiff.model import ArticleCheck, ClaimVerdict, Verdict
from polidiff.model.codec import JsonObject
from polidiff.version import __version__
from polidiff.wording import term

__all__ = ["Fault", "faults_of", "github_lines", "sarif"]

Level = Literal["error", "warning"]

LEVELS: dict[str, Level] = {
    "altered": "error",
    "spliced": "error",
    "misattributed": "error",
    "not_found": "error",
    "contradicted": "error",
    "overstated": "warning",
}
"""Verdicts that are faults; a claim that is not found is none, since a document may leave out what is true."""


@dataclass(frozen=True)
class Fault:
    """One fault: ``line`` and ``column`` count from 1 in the article's file; ``message`` says what is right."""

    file: str
    kind: Literal["quote", "claim"]
    verdict: str
    level: Level
    line: int
    column: int
    end_line: int
    end_column: int
    words: str
    message: str


def faults_of(check: ArticleCheck, file: str, raw: str) -> Iterator[Fault]:
    """Yield the faults of an article that was checked; ``raw`` is its file's text, in which places are counted."""
    texts = {document.id: document for document in check.documents}
    for one in check.verdicts:
        if not one.unsure and one.verdict in LEVELS:
            yield _fault(file, raw, "quote", one, _quote_message(one))
    for claim in check.claims:
        if not claim.unsure and claim.verdict in LEVELS and claim.verdict != "not_found":
            said = next((texts[e.document].cut(e.span) for e in claim.evidence if e.document in texts), "")
            place = next((_place(e.document, e.page) for e in claim.evidence), "")
            yield _fault(file, raw, "claim", claim, f"{place} says: “{said}”" if said else "")


def _quote_message(one: Verdict) -> str:
    changed = "; ".join(f"“{e.quote}” for “{e.source}”" for e in one.edits[:5])
    place = _place(one.document, one.page) if one.document else "no document here"
    right = f"{place} has: “{one.matched_text}”" if one.matched_text else f"{place} has these words"
    return "; ".join(filter(None, (right, changed)))


def _place(document: str, page: int | None) -> str:
    return document if page is None else f"{document}, p. {page}"


def _fault(file: str, raw: str, kind: Literal["quote", "claim"], one: Verdict | ClaimVerdict, message: str) -> Fault:
    start, end = _where(raw, one.text)
    line, column = _line(raw, start)
    end_line, end_column = _line(raw, end)
    name = term("verdict", one.verdict, "en")
    said = f"{name}: {message}" if message else name
    return Fault(file, kind, one.verdict, LEVELS[one.verdict], line, column, end_line, end_column, one.text, said)


def _where(raw: str, words: str) -> tuple[int, int]:
    """Where words stand in a file: as they are but for white space and marks of emphasis; else at its start."""
    parts = [re.escape(part) for part in words.split()]
    found = re.search(r"[\s*_>]+".join(parts), raw) or re.search(r"[\s*_>]+".join(parts[:5]), raw)
    return found.span() if found is not None else (0, 0)


def _line(raw: str, place: int) -> tuple[int, int]:
    before = raw[:place]
    return before.count("\n") + 1, place - (before.rfind("\n") + 1) + 1


def github_lines(faults: Iterable[Fault]) -> Iterator[str]:
    """Yield a workflow command a fault, which GitHub shows at the line."""
    for one in faults:
        places = f"line={one.line},col={one.column},endLine={one.end_line},endColumn={one.end_column}"
        title = f"{one.kind} {one.verdict}"
        yield f"::{one.level} file={_escaped(one.file, True)},{places},title={title}::{_escaped(one.message, False)}"


def _escaped(text: str, property_: bool) -> str:
    made = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return made.replace(":", "%3A").replace(",", "%2C") if property_ else made


def sarif(faults: Iterable[Fault]) -> JsonObject:
    """Return one run of SARIF 2.1.0 with a result a fault; columns count code points."""
    rules = [
        {
            "id": verdict,
            "shortDescription": {"text": term("verdict", verdict, "en")},
            "defaultConfiguration": {"level": level},
        }
        for verdict, level in LEVELS.items()
    ]
    driver = {
        "name": "polidiff",
        "version": __version__,
        "informationUri": "https://pypi.org/project/polidiff/",
        "rules": rules,
    }
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [*map(_result, faults)]}],
    }


def _result(one: Fault) -> JsonObject:
    region = {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": one.end_line,
        "endColumn": one.end_column,
        "snippet": {"text": one.words},
    }
    place = {"artifactLocation": {"uri": one.file.replace("\\", "/")}, "region": region}
    return {
        "ruleId": one.verdict,
        "level": one.level,
        "message": {"text": one.message},
        "locations": [{"physicalLocation": place}],
    }

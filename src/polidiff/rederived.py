"""What a report's record says of its documents, found again: from their sources where at hand, else from their texts.

Read again and split again: words, headings, pages, facts, provisions. Recounted: what findings on themes rest on.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from polidiff.alignment import CodedDocument
from polidiff.alignment.sides import make_side
from polidiff.comparison.findings import said_on
from polidiff.comparison.passages import passage_of, points_of
from polidiff.errors import InputError
from polidiff.model import ArticleCheck, Coding, Comparison, Document, Finding, Passage, Provision
from polidiff.model.forms import runs
from polidiff.provisions import split
from polidiff.readers.choices import told_of
from polidiff.readers.registry import read
from polidiff.verification import Problem

__all__ = ["Again", "Found", "read_again", "reading", "rederived"]

BUNDLED = "polidiff:"
"""How the source of a document that comes with the package begins."""

READERS = 2
"""Sources that are read at once."""

_FACTS = ("title", "language", "kind", "date", "jurisdiction", "name", "issuer", "genre", "media_type")
_SET = ("blocks", "notes", "struck", "warnings")


class Found:
    """What was found again and what was not, in plain words."""

    def __init__(self, record: str) -> None:
        self.record = record
        self.problems: list[Problem] = []
        self.counts: Counter[str] = Counter()

    def same(self, what: str, place: str, document: str, held: Any, made: Any) -> bool:
        """Count ``what`` where the record has what was found again, else note the fault."""
        if held == made:
            self.counts[what] += 1
            return True
        said = f"the record has {_short(held)}, and {_short(made)} was found again"
        self.problems.append(Problem(self.record, place, document, said))
        return False


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def read_again(document: Document, path: Path | None) -> Document | None:
    """Read a document's source again: a bundled one by its name, a file at ``path``; None where it isn't at hand."""
    if document.source.startswith(BUNDLED):
        source = Path(document.source.removeprefix(BUNDLED)).stem
    elif path is not None:
        source = str(path)
    else:
        return None
    return read(source, id=document.id, choices=told_of(document))


Again = Callable[[Document], Document | None]
"""Gives a document as its source gives it again; None where the source isn't at hand. Raises InputError."""


@contextmanager
def reading(documents: Sequence[Document], check: ArticleCheck | None, sources: Mapping[str, Path]) -> Iterator[Again]:
    """Read the sources of a record again in processes of their own, while the caller goes on.

    ``sources`` are the files that its documents were read from, by id.
    """
    with ThreadPoolExecutor(READERS) as pool:
        begun = {
            document.id: pool.submit(read_again, document, sources.get(document.id))
            for _, document in _documents(documents, check)
        }
        yield lambda document: begun[document.id].result()


def rederived(
    record: str,
    documents: Sequence[Document],
    comparison: Comparison | None,
    check: ArticleCheck | None,
    again: Again,
) -> Found:
    """Find again what a record says of its documents; ``again`` gives each as its source gives it."""
    found = Found(record)
    for place, document in _documents(documents, check):
        _document(found, place, document, again)
    if comparison is not None:
        _provisions(found, comparison)
        _findings(found, comparison)
        _links(found, comparison)
    if check is not None:
        _pages(found, check)
    return found


def _documents(documents: Sequence[Document], check: ArticleCheck | None) -> list[tuple[str, Document]]:
    """The documents of a record, each with its place in it; the article last."""
    return [*_placed("documents", documents), *([("article", check.article)] if check else [])]


def _placed(name: str, items: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    return ((f"{name}[{index}]", item) for index, item in enumerate(items))


def _document(found: Found, place: str, document: Document, told: Again) -> None:
    """Words, setting, pages and facts of a document, from its source; of one from the web the facts stay as told."""
    try:
        again = told(document)
    except InputError as error:
        found.problems.append(Problem(found.record, place, document.id, f"can't be read again: {error}"))
        return
    if again is None:
        return
    kept = found.same("documents whose words were read again", f"{place}.text", document.id, document.text, again.text)
    if not kept:
        return
    for name in _SET:
        found.same("settings of documents read again", f"{place}.{name}", document.id, *_both(name, document, again))
    held, made = ([(p.start, p.end, p.page) for p in _runs(one)] for one in (document, again))
    found.same("pages of documents read again", f"{place}.runs", document.id, held, made)
    labels = ([(page.label, page.doubt) for page in one.pages] for one in (document, again))
    found.same("pages of documents read again", f"{place}.page_labels", document.id, *labels)
    if "://" not in document.source:
        for name in _FACTS:
            found.same("facts of documents read again", f"{place}.{name}", document.id, *_both(name, document, again))


def _both(name: str, *records: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for record in records)


def _runs(document: Document) -> list[Any]:
    return list(runs(document))


def _provisions(found: Found, comparison: Comparison) -> None:
    """Split each document again: every provision, its place, heading path and pages."""
    level = dict(comparison.method).get("level")
    at = 0
    for document, held, codings in zip(comparison.documents, comparison.provisions, comparison.codings, strict=True):
        whole = split(document)
        made = make_side(document, whole, [Coding(document.id, one.id) for one in whole], level).provisions
        found.same("documents split again", "provisions", document.id, _ids(held), _ids(made))
        found.same("documents split again", "codings", document.id, [c.provision for c in codings], _ids(held))
        for index, (one, other) in enumerate(zip(held, made, strict=False), start=at):
            if one.id == other.id:
                bare = dataclasses.replace(other, boxes=one.boxes)
                if not found.same("provisions found again", f"provisions[{index}]", document.id, one, bare):
                    found.problems[-1] = _told(found.record, index, one, bare)
        at += len(held)


def _ids(provisions: Sequence[Provision]) -> list[str]:
    return [one.id for one in provisions]


def _told(record: str, index: int, held: Provision, made: Provision) -> Problem:
    """The first field in which a provision isn't what its document gives."""
    names = [field.name for field in dataclasses.fields(held)]
    name = next(name for name in names if getattr(held, name) != getattr(made, name))
    said = f"the record has {_short(getattr(held, name))}, and its document gives {_short(getattr(made, name))}"
    return Problem(record, f"provisions[{index}].{name}", held.document, said)


def _findings(found: Found, comparison: Comparison) -> None:
    """What findings show: passages are provisions, and on a theme those that are coded with it, counted again."""
    provisions = {(one.document, one.id): one for run in comparison.provisions for one in run}
    heard = {
        theme.id: {
            (voice.side.document.id, voice.side.provisions[spoken.index].id): spoken.code
            for voice in voices
            for spoken in voice.spoken
        }
        for theme, voices in said_on(_sides(comparison), comparison.codebook)
    }
    every = (*comparison.findings, *comparison.matters)
    decided: dict[tuple[str, str], set[str]] = {}
    for finding in every:
        for passage in finding.passages:
            decided.setdefault((passage.document, passage.provision), set()).add(finding.finding)
    for place, finding in _placed("findings", every):
        shown = [(f"{place}.passages[{i}]", passage) for i, passage in enumerate(finding.passages)]
        near = [
            (f"{place}.absences[{i}].nearest[{j}]", passage)
            for i, absence in enumerate(finding.absences)
            for j, passage in enumerate(absence.nearest)
        ]
        for where, passage in (*shown, *near):
            _passage(found, where, passage, provisions.get((passage.document, passage.provision)))
        coded = heard.get(finding.theme, {}) if finding.matter is None else {}
        _names(found, place, finding, comparison, coded)
        if coded:
            _theme(found, place, finding, coded, decided)


def _sides(comparison: Comparison) -> list[CodedDocument]:
    rows = zip(comparison.documents, comparison.provisions, comparison.codings, strict=True)
    return [CodedDocument(document, provisions, codings) for document, provisions, codings in rows]


def _passage(found: Found, place: str, passage: Passage, provision: Provision | None) -> None:
    if provision is None:
        said = f"no provision {passage.provision} in it"
        found.problems.append(Problem(found.record, place, passage.document, said))
        return
    points = points_of(provision, passage.cues, passage.score) if passage.text != provision.text else []
    whole = passage_of(provision, passage.score, passage.cues)
    made = next((one for one in points if one.start == passage.start), whole)
    found.same("passages with heading and page of their provision", place, passage.document, passage, made)


def _names(
    found: Found, place: str, finding: Finding, comparison: Comparison, heard: Mapping[tuple[str, str], Any]
) -> None:
    """A finding's names are the codebook's, its documents those that are coded with it or that it shows passages of."""
    speaking = {document for document, _ in heard} or {passage.document for passage in finding.passages}
    if finding.finding == "undecided" and not heard:
        speaking |= set(finding.documents)
    shown = [one.id for one in comparison.documents if one.id in speaking]
    found.same("documents of findings recounted", f"{place}.documents", "", list(finding.documents), shown)
    themes = {theme.id: (theme.name, theme.name_zh, theme.head) for theme in comparison.codebook.themes}
    if finding.matter is None and finding.theme in themes:
        held = (finding.name, finding.name_zh, finding.head)
        found.same("names of findings looked up", f"{place}.name", "", held, themes[finding.theme])


def _theme(
    found: Found,
    place: str,
    finding: Finding,
    heard: Mapping[tuple[str, str], Any],
    decided: Mapping[tuple[str, str], set[str]],
) -> None:
    """The passages of a finding on a theme are those that are coded with it, each with its score.

    Some are left out where they stand under another verdict already.
    """
    held = {(one.document, one.provision): one.score for one in finding.passages}
    coded = {
        key: code.score for key, code in heard.items() if key in held or not decided.get(key, set()) - {finding.finding}
    }
    found.same("findings on themes recounted", f"{place}.passages", "", held, coded)


def _links(found: Found, comparison: Comparison) -> None:
    """Each link of the crosswalk joins two provisions that are there."""
    known = {(one.document, one.id) for run in comparison.provisions for one in run}
    for place, match in _placed("crosswalk", comparison.matches):
        ends = {(match.source_document, match.source), (match.document, match.id)}
        found.same("links between provisions", place, "", ends - known, set())


def _pages(found: Found, check: ArticleCheck) -> None:
    """The page of each verdict and of each passage of a claim, by where its words stand."""
    held = {document.id: document for document in check.documents}
    for place, verdict in _placed("article.verdicts", check.verdicts):
        document = held.get(verdict.document or "")
        if document is not None and verdict.matched:
            page = document.pages_of(verdict.matched[0])[0]
            found.same("pages of verdicts", f"{place}.page", document.id, verdict.page, page)
    for place, claim in _placed("article.claims", check.claims):
        for index, one in enumerate(claim.ranked):
            document = held.get(one.document)
            page = None if document is None else document.pages_of(one.span)[0]
            found.same("pages of verdicts", f"{place}.passages[{index}].page", one.document, one.page, page)

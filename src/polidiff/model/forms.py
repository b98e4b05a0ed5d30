"""The public forms of the records: in what ``comparison.json`` and the lines of the commands differ from them.

This is the one place that says so (docs/records.md in words, docs/schema/ as JSON Schemas). What isn't said here is
written as the record has it. A document's words are written beside their span, and cut again when they are read back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from polidiff.model.briefs import BriefPiece, Statement
from polidiff.model.claims import ArticleSentence, ClaimVerdict, Evidence, UntestedSentence
from polidiff.model.clusters import Cluster
from polidiff.model.codec import Form
from polidiff.model.codings import Code, Codebook, Coding
from polidiff.model.comparisons import Absence, Difference, DifferenceKind, Finding, Match, Passage, PassagePair, Unique
from polidiff.model.documents import Block, Document, Note, Notice, Page
from polidiff.model.provisions import Heading, Provision
from polidiff.model.reasons import Reason
from polidiff.model.spans import Box, Piece, Span
from polidiff.model.verdicts import ArticleCheck, Edit, Verdict
from polidiff.model.versions import Change, WordEdit

__all__ = ["ALIGNED", "FORMS", "READ", "Around", "runs", "text_file"]


@dataclass(frozen=True)
class Around:
    """What the forms need beside the record that is written or read.

    ``texts`` are documents' words by id, ``provisions`` by document and id, ``held`` a report's documents. ``own`` is
    the document that is written, or the article whose sentences are, and ``headings`` are its; ``old`` and ``new`` are
    two versions; ``within`` maps a theme to the broader one that it is counted in.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    provisions: Mapping[tuple[str, str], Provision] = field(default_factory=dict)
    held: tuple[Document, ...] = ()
    own: Document | None = None
    headings: tuple[Heading, ...] = ()
    old: Document | None = None
    new: Document | None = None
    within: Mapping[str, str] = field(default_factory=dict)

    def cut(self, document: str, span: Span) -> str:
        """The words of a document at a span."""
        return span.cut(self.texts[document])


def text_file(document_id: str) -> str:
    """Return the place of a document's canonical text in an output folder, relative to it."""
    return f"documents/{document_id}.txt"


def _words(data: Any, around: Around | None) -> Any:
    return data["text"] if around is None else around.cut(data["document"], Span(data["start"], data["end"]))


@dataclass(frozen=True, slots=True)
class _Words:
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Words of a document with the span that cuts them."""

    document: str
    start: int
    end: int
    text: str


# Documents: their text is a file of its own, pages are told by their number and labels, and pieces by the runs of text
# that one page holds.


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text on one page, counted from 1; ``boxed`` says that its place on the page is known."""

    start: int
    end: int
    page: int
    boxed: bool


@dataclass(frozen=True, slots=True)
class _Head:
    source_sha256: str
    text_sha256: str
    text_file: str
    characters: int
    pages: int
    page_labels: tuple[str | None, ...]
    page_doubts: tuple[str, ...]
    runs: tuple[Run, ...]


def _head(document: Document, around: Around) -> _Head:
    return _Head(
        source_sha256=document.sha256,
        text_sha256=document.text_sha256,
        text_file=text_file(document.id),
        characters=len(document.text),
        pages=len(document.pages),
        page_labels=tuple(page.label for page in document.pages),
        page_doubts=tuple(page.doubt for page in document.pages),
        runs=tuple(runs(document)),
    )


def runs(document: Document) -> Iterator[Run]:
    """Yield which page holds which part of a document's text."""
    for (page, boxed), pieces in groupby(document.pieces, key=lambda piece: (piece.page, piece.box is not None)):
        held = list(pieces)
        yield Run(held[0].start, held[-1].end, page, boxed)


def _pieces(data: Any, around: Around | None) -> Any:
    rows = ((one["start"], one["end"], one["page"], one["boxed"]) for one in data.get("runs") or ())
    return tuple(Piece(start, end, page, Box(page, 0, 0, 0, 0) if boxed else None) for start, end, page, boxed in rows)


def _pages(data: Any, around: Around | None) -> Any:
    count = int(data.get("pages") or 0)
    labels, doubts = data.get("page_labels") or [None] * count, data.get("page_doubts") or [""] * count
    return tuple(Page(n, 0.0, 0.0, *told) for n, told in enumerate(zip(labels, doubts, strict=True), start=1))


@dataclass(frozen=True, slots=True)
class _Reading:
    pages: int
    page_labels: tuple[str | None, ...]
    headings: tuple[Heading, ...]


def _reading(document: Document, around: Around) -> _Reading:
    return _Reading(len(document.pages), tuple(page.label for page in document.pages), around.headings)


def _note(note: Note, around: Around) -> _Words:
    return _Words("" if around.own is None else around.own.text[note.start : note.end])


# Codings: with the words of their provision; what always has a label gives it as one.


@dataclass(frozen=True, slots=True)
class _Cue:
    cue: Span | None


def _cue(code: Code, around: Around) -> _Cue:
    return _Cue(code.cues[0] if code.cues else None)


@dataclass(frozen=True, slots=True)
class _Coded:
    path: tuple[str, ...]
    text: str
    start: int
    end: int


def _coded(coding: Coding, around: Around) -> _Coded:
    provision = around.provisions[coding.document, coding.provision]
    return _Coded(provision.path, provision.text, provision.start, provision.end)


_LABELLED = ("strength", "posture", "forum", "kind", "direction", "actor")
_LABEL: dict[type, Form] = {
    Code: Form(name="Label", keys={"id": "label"}, spare=frozenset({"risk"}), also=_cue, shown=("probability",))
}


@dataclass(frozen=True, slots=True)
class Head:
    """A group of a codebook's themes."""

    id: str
    name: str
    name_zh: str


@dataclass(frozen=True, slots=True)
class _Heads:
    heads: tuple[Head, ...]


def _heads(book: Codebook, around: Around) -> _Heads:
    return _Heads(tuple(Head(*head) for head in book.heads))


# Reasons: their words stand beside their codes. Findings.


@dataclass(frozen=True, slots=True)
class _Noted:
    note: str


def _noted(absence: Absence, around: Around) -> _Noted:
    return _Noted(" ".join(reason.text for reason in absence.reasons))


@dataclass(frozen=True, slots=True)
class _Found:
    differs: tuple[DifferenceKind, ...]
    within: str | None


def _found(finding: Finding, around: Around) -> _Found:
    kinds = tuple(one.kind for one in finding.differs)
    return _Found(kinds, None if finding.matter else around.within.get(finding.theme))


# Verdicts: the words that were matched, and where else they stand.


@dataclass(frozen=True, slots=True)
class _Quoted:
    matched_start: int | None
    matched_end: int | None
    elsewhere: tuple[Cut, ...]
    warnings: tuple[str, ...]


def _quoted(verdict: Verdict, around: Around) -> _Quoted:
    first, last = (verdict.matched[0].start, verdict.matched[-1].end) if verdict.matched else (None, None)
    cuts = tuple(Cut(name, *span, around.cut(name, span)) for name, span in verdict.elsewhere)
    return _Quoted(first, last, cuts, tuple(warning.text for warning in verdict.warnings))


def _elsewhere(data: Any, around: Around | None) -> Any:
    return tuple((row["document"], Span(row["start"], row["end"])) for row in data["elsewhere"])


def _evidence(evidence: Evidence, around: Around) -> _Words:
    return _Words(around.cut(evidence.document, evidence.span))


@dataclass(frozen=True, slots=True)
class _Claimed:
    kind: Literal["claim"]
    settled: str | None
    label: str
    speaker: None
    cited_document: str | None
    document: str | None
    page: int | None
    matched_text: str | None
    matched_start: int | None
    matched_end: int | None
    evidence: tuple[Span, ...]
    evidence_text: tuple[str, ...]
    ranked: tuple[Span, ...]
    warnings: tuple[str, ...]
    edits: tuple[Edit, ...]
    probability: float


def _claimed(verdict: ClaimVerdict, around: Around) -> _Claimed:
    first = verdict.evidence[0] if verdict.evidence else None
    words = tuple(around.cut(one.document, one.span) for one in verdict.evidence)
    return _Claimed(
        kind="claim",
        settled=None if verdict.unsure else verdict.verdict,
        label=verdict.verdict,
        speaker=None,
        cited_document=verdict.cited_documents[0] if len(verdict.cited_documents) == 1 else None,
        document=verdict.document or (None if first is None else first.document),
        page=None if first is None else first.page,
        matched_text=words[0] if words else None,
        matched_start=None if first is None else first.span.start,
        matched_end=None if first is None else first.span.end,
        evidence=tuple(one.span for one in verdict.evidence),
        evidence_text=words,
        ranked=tuple(one.span for one in verdict.ranked),
        warnings=tuple(warning.text for warning in verdict.warnings),
        edits=(),
        probability=verdict.confidence,
    )


def _sentence(sentence: UntestedSentence | ArticleSentence, around: Around) -> _Words:
    return _Words("" if around.own is None else around.own.text[sentence.start : sentence.end])


@dataclass(frozen=True, slots=True)
class Counts:
    """How many verdicts, untested sentences and sentences of the article there are of each kind."""

    quotes: dict[str, int]
    claims: dict[str, int]
    left: dict[str, int]
    sentences: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Checked:
    counts: Counts


def _checked(check: ArticleCheck, around: Around) -> _Checked:
    kinds = (
        [one.verdict for one in check.verdicts],
        [one.verdict for one in check.claims],
        [one.why for one in check.left],
        [one.kind for one in check.sentences],
    )
    return _Checked(Counts(*(dict(sorted(Counter(map(str, found)).items())) for found in kinds)))


# Changes between two versions: provisions by their place, edits with their words.


@dataclass(frozen=True, slots=True)
class _Edited:
    old: Cut
    new: Cut


def _edited(edit: WordEdit, around: Around) -> _Edited:
    return _Edited(_at(around.old, edit.old), _at(around.new, edit.new))


def _at(document: Document | None, span: Span) -> Cut:
    assert document is not None, "a change is written with its two documents around it"
    return Cut(document.id, *span, document.cut(span))


_UNSAID = ("kind", "page_end", "boxes", "language", "parent", "lead_in", "leaf", "refs")
_PLACE: dict[type, Form] = {
    Provision: Form(name="Place", keys={"id": "provision", "page_start": "page"}, without=_UNSAID)
}

FORMS: dict[type, Form] = {
    Document: Form(
        name="DocumentHead",
        keys={"warnings": "notices"},
        leave={"text": "", "pieces": (), "pages": ()},
        inner={"notes": {Note: Form(name="NoteHead")}},
        also=_head,
        read={
            "text": lambda data, around: "" if around is None else around.texts[data["id"]],
            "pages": _pages,
            "pieces": _pieces,
        },
    ),
    Block: Form(spare=frozenset({"level", "marker", "bold", "italic", "centred", "size", "indent", "lead"})),
    Note: Form(also=_note),
    Notice: Form(beside=frozenset({"reason"}), shown=("message",)),
    Reason: Form(pairs=frozenset({"parameters"}), shown=("kind", "text")),
    Provision: Form(read={"text": _words}),
    Passage: Form(read={"text": _words}),
    Code: Form(spare=frozenset({"risk"}), shown=("probability",)),
    Coding: Form(inner=dict.fromkeys(_LABELLED, _LABEL), spare=frozenset({"binding", "unasked"}), also=_coded),
    Codebook: Form(
        leave={"heads": ()},
        also=_heads,
        read={"heads": lambda data, around: tuple((one["id"], one["name"], one["name_zh"]) for one in data["heads"])},
    ),
    Match: Form(shown=("strength",)),
    PassagePair: Form(),
    Absence: Form(also=_noted),
    Difference: Form(pairs=frozenset({"values"})),
    Finding: Form(keys={"differs": "differences"}, shown=("passing",), also=_found),
    Cluster: Form(keys={"id": "cluster"}),
    BriefPiece: Form(spare=frozenset({"of", "document", "start", "end", "shown"})),
    Statement: Form(shown=("printed",)),
    Verdict: Form(keys={"warnings": "cautions"}, leave={"elsewhere": ()}, also=_quoted, read={"elsewhere": _elsewhere}),
    Evidence: Form(beside=frozenset({"span"}), also=_evidence),
    ClaimVerdict: Form(
        keys={"document": "tested", "evidence": "deciding", "ranked": "passages", "warnings": "cautions"}, also=_claimed
    ),
    UntestedSentence: Form(also=_sentence),
    ArticleSentence: Form(also=_sentence),
    ArticleCheck: Form(
        name="Article",
        leave={"documents": ()},
        beside=frozenset({"article"}),
        also=_checked,
        read={"documents": lambda data, around: () if around is None else around.held},
    ),
    Change: Form(keys={"kind": "change"}, inner={"old": _PLACE, "new": _PLACE}),
    WordEdit: Form(without=("old", "new"), also=_edited),
}
"""Record → its form, in ``comparison.json``, ``check.json``, ``diff.json`` and the lines of most commands."""

READ: dict[type, Form] = {
    Document: Form(
        name="Reading",
        keys={"id": "document", "warnings": "notices"},
        without=("blocks", "pieces", "pages"),
        also=_reading,
    )
}
"""What is different in the line of ``polidiff read``."""

ALIGNED: dict[str, dict[type, Form]] = {
    "targets": {Match: Form("Target", without=("source_document", "source", "words"), shown=("strength",))},
    "unique": {Unique: Form("Unanswered", without=("document", "source", "other"))},
}
"""What is different in the lines of ``polidiff align``, which name the source once."""

"""What an assistant may call: each tool is a method that takes plain values and returns a plain dictionary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from polidiff.errors import InputError
from polidiff.mcp.judging import Desk
from polidiff.mcp.paging import LIMIT, page_of
from polidiff.mcp.shelf import Shelf
from polidiff.model import Document, Span
from polidiff.model.codec import JsonObject
from polidiff.model.shown import cut

__all__ = ["Tools"]

Progress = Callable[[str, int, int], None]

LONGEST_ARTICLE = 400_000
"""Characters of a draft that is checked at once: a book's length."""
CONTEXT = 2_000
"""Most characters on each side of a passage."""


@dataclass
class Tools:
    """The tools over one shelf. ``limit`` bounds each answer's list, in bytes of JSON. For one thread at a time."""

    shelf: Shelf
    limit: int = LIMIT
    _desks: dict[str, Desk] = field(default_factory=dict)

    def list_documents(self, cursor: str | None = None) -> JsonObject:
        """Return the files that may be read, the bundled samples, and the reports made so far."""
        from polidiff.readers.catalog import bundled

        rows: list[JsonObject] = [
            {"source": f"{name}", "kind": "report"} for name in sorted(p.name for p in self._reports())
        ]
        rows += [{"source": str(path.relative_to(folder)), "kind": "file"} for folder, path in self.shelf.files()]
        rows += [{"source": name, "kind": "sample"} for name in sorted({one.removesuffix(".md") for one in bundled()})]
        return page_of(rows, cursor, self.limit)

    def read(self, source: str, cursor: str | None = None, progress: Progress | None = None) -> JsonObject:
        """Return what a document was read as, and its headings by the page."""
        from polidiff.provisions import outline

        document = self.shelf.document(source, progress)
        headings = [{"level": one.level, "title": one.title, "page": one.page} for one in outline(document)]
        return {**self.facts(document), **page_of(headings, cursor, self.limit)}

    def provisions(
        self, source: str, cursor: str | None = None, within: str = "", progress: Progress | None = None
    ) -> JsonObject:
        """Return a document's provisions by the page; ``within`` keeps those under headings that hold it."""
        document = self.shelf.document(source, progress)
        rows = [
            {
                "id": one.id,
                "number": one.number,
                "kind": one.kind,
                "path": list(one.path),
                "page": one.page_start,
                "start": one.start,
                "end": one.end,
                "text": one.text,
            }
            for one in self.shelf.provisions(document)
            if one.leaf and within.casefold() in " / ".join(one.path).casefold()
        ]
        return {"document": document.id, **page_of(rows, cursor, self.limit)}

    def passage(
        self, source: str, provision: str = "", start: int = -1, end: int = -1, context: int = 300
    ) -> JsonObject:
        """Return the words of a provision, or from ``start`` to ``end``, with what stands around them and a link."""
        document = self.shelf.document(source)
        if provision:
            found = next((one for one in self.shelf.provisions(document) if one.id == provision), None)
            if found is None:
                raise InputError(provision, f"no provision of {document.id} has this id", "see the tool provisions")
            start, end = found.start, found.end
        if not 0 <= start < end <= len(document.text):
            said = f"the text of {document.id} has places 0 to {len(document.text)}"
            raise InputError(f"{start}:{end}", said, "give a start before an end inside of it, or a provision's id")
        most = self.limit // 4
        if end - start > most:
            raise InputError(f"{start}:{end}", f"over {most} characters", "ask for it in parts")
        around = max(0, min(context, CONTEXT))
        page = document.pages_of(Span(start, end))[0]
        return {
            "document": document.id,
            "title": document.title,
            "text": document.text[start:end],
            "start": start,
            "end": end,
            "page": page,
            "before": document.text[max(0, start - around) : start],
            "after": document.text[end : end + around],
            "link": self._link(document, page),
        }

    def search(
        self,
        words: str,
        sources: Sequence[str] = (),
        top: int = 10,
        cursor: str | None = None,
        progress: Progress | None = None,
    ) -> JsonObject:
        """Return the passages that answer words, a phrase in quotation marks or a question, best first."""
        from polidiff.encode import default_encoder
        from polidiff.ranking.search import hit_record, search

        documents = [self.shelf.document(one, progress) for one in sources] if sources else list(self.shelf.held())
        if not documents:
            raise InputError("search", "no document is held yet", "name sources, or read one first")
        made = [(document, self.shelf.provisions(document)) for document in documents]
        hits = search(made, words, default_encoder(), top=max(1, min(top, 200)))
        rows = [hit_record(hit) for hit in hits]
        return {"searched": [document.id for document in documents], **page_of(rows, cursor, self.limit)}

    def compare(self, sources: Sequence[str], codebook: str = "auto", progress: Progress | None = None) -> JsonObject:
        """Compare two documents or more, write the report, and return its headlines and how many matters are open."""
        from polidiff import api
        from polidiff.coding import BUNDLED

        if codebook not in ("auto", *BUNDLED):
            raise InputError(cut(codebook, 80), "no bundled codebook has this name", "see the tool codebooks")
        if not 2 <= len(sources) <= 12:
            raise InputError("compare", f"{len(sources)} documents were named", "name two to twelve")
        documents = [self.shelf.document(one, progress) for one in sources]
        made = api.compare(*documents, codebook=codebook, progress=progress)
        name = self._new_report([document.id for document in documents])
        api.write_report(made, self.shelf.reports / name)
        return {"report": name, "page": (self.shelf.reports / name / "index.html").as_uri(), **self.findings(name)}

    def findings(self, report: str, kind: str = "", cursor: str | None = None) -> JsonObject:
        """Return a report's findings by the page, with their passages; ``kind`` keeps one kind."""
        record = self._desk(report).record()
        counts: dict[str, int] = {}
        for one in record["findings"]:
            counts[one["finding"]] = counts.get(one["finding"], 0) + 1
        rows = [
            _finding(one)
            for one in record["findings"]
            if (one["finding"] == kind if kind else one["finding"] != "undecided")
        ]
        documents = [
            {key: one.get(key) for key in ("id", "title", "name", "date", "country")} for one in record["documents"]
        ]
        return {"documents": documents, "counts": counts, **page_of(rows, cursor, self.limit)}

    def check_quotes(
        self, quotes: Sequence[str], against: Sequence[str], cursor: str | None = None, progress: Progress | None = None
    ) -> JsonObject:
        """Say of each quotation whether a document has these words, where, and which words are changed."""
        from polidiff.checking.checker import ClaimChecker
        from polidiff.model import Quote
        from polidiff.model.outputs import verdict_lines

        self._refuse_names("quotes", quotes)
        documents = self._against(against, progress)
        asked = [Quote(f"q{n}", text, -1, -1, cited_document=None) for n, text in enumerate(quotes, 1)]
        verdicts = ClaimChecker(documents).check_quotes(asked)
        rows = [_verdict(line) for line in verdict_lines(verdicts, _texts(documents))]
        return page_of(rows, cursor, self.limit)

    def check_claims(
        self, claims: Sequence[str], against: Sequence[str], cursor: str | None = None, progress: Progress | None = None
    ) -> JsonObject:
        """Say of each claim whether the documents bear it out, with the words that decide; ``unsure`` is an answer."""
        from polidiff.checking.checker import ClaimChecker
        from polidiff.model import Claim
        from polidiff.model.outputs import verdict_lines

        self._refuse_names("claims", claims)
        documents = self._against(against, progress)
        verdicts = ClaimChecker(documents).check_claims([Claim(f"c{n}", text) for n, text in enumerate(claims, 1)])
        rows = [_verdict(line) for line in verdict_lines(verdicts, _texts(documents))]
        return page_of(rows, cursor, self.limit)

    def check_draft(
        self, text: str, against: Sequence[str], cursor: str | None = None, progress: Progress | None = None
    ) -> JsonObject:
        """Check each quotation and each claim of a draft, and count what was found, before anyone sees it."""
        from polidiff.checking.checker import ClaimChecker
        from polidiff.model.outputs import verdict_lines
        from polidiff.readers import read_bytes

        if not text.strip() or len(text) > LONGEST_ARTICLE:
            what = "it holds no word" if not text.strip() else f"over {LONGEST_ARTICLE} characters"
            raise InputError("text", what, "give the draft as plain text or Markdown, in parts where it is long")
        documents = self._against(against, progress)
        article = read_bytes(text.encode("utf-8", "replace"), name="draft.md", id="draft")
        checked = ClaimChecker(documents).check_article(article, progress=progress)
        lines = verdict_lines([*checked.verdicts, *checked.claims], _texts([*documents, article]))
        rows = sorted((_verdict(line) for line in lines), key=lambda row: (row["start"], row["end"]))
        counts: dict[str, int] = {}
        for row in rows:
            key = "unsure" if row.get("unsure") else row["verdict"]
            counts[f"{row['kind']} {key}"] = counts.get(f"{row['kind']} {key}", 0) + 1
        return {"counts": counts, "untested": len(checked.left), **page_of(rows, cursor, self.limit)}

    def codebooks(self) -> JsonObject:
        """Return the bundled codebooks with their themes."""
        from polidiff.coding import BUNDLED, load_codebook

        rows = []
        for name in BUNDLED:
            book = load_codebook(name)
            rows.append({"id": book.id, "title": book.title, "themes": [theme.id for theme in book.themes]})
        return page_of(rows, None, self.limit)

    def judge_next(self, report: str, progress: Progress | None = None) -> JsonObject:
        """Return the next questions on what a report leaves undecided, or say what the answers changed."""
        return self._desk(report).next(self.limit, progress)

    def judge_answer(
        self, report: str, request: str, answers: Sequence[dict[str, Any]], model: str = "assistant"
    ) -> JsonObject:
        """Take answers to a request: each counts only where its words stand in the passage that it names."""
        return self._desk(report).answer(request, answers, model)

    def _desk(self, report: str) -> Desk:
        folder = self.shelf.path(report)
        folder = folder if folder.is_dir() else folder.parent
        if not (folder / "comparison.json").is_file():
            raise InputError(cut(report, 80), "no report of a comparison", "use the tool compare first")
        return self._desks.setdefault(str(folder), Desk(folder, self._writable(folder)))

    def _writable(self, folder: Path) -> bool:
        return folder.is_relative_to(self.shelf.reports)

    def _reports(self) -> list[Path]:
        found = self.shelf.reports.glob("*/comparison.json") if self.shelf.reports.is_dir() else ()
        return [path.parent for path in found]

    def _new_report(self, ids: Sequence[str]) -> str:
        base = "-".join("".join(c if c.isalnum() else "-" for c in one)[:24] for one in ids)[:80].strip("-") or "report"
        taken = {path.name for path in self._reports()}
        number = next(n for n in range(1, 10_000) if f"{base}-{n}" not in taken)
        return f"{base}-{number}"

    def _refuse_names(self, what: str, texts: Sequence[str]) -> None:
        """Raise InputError where ``texts`` hold the name of a document: no words to check."""
        named = next((text for text in texts if self.shelf.names(text)), None)
        if named is not None:
            wanted = "words quoted from the documents" if what == "quotes" else "statements about the documents"
            why = f"{what} takes {wanted}, and this is the name of a document"
            raise InputError(cut(named, 80), why, "name it in against")

    def _against(self, names: Sequence[str], progress: Progress | None) -> list[Document]:
        documents = [self.shelf.document(one, progress) for one in names] if names else list(self.shelf.held())
        if not documents:
            raise InputError("against", "no document is held yet", "name the documents to check against")
        return documents

    def facts(self, document: Document) -> JsonObject:
        """Return what a document was read as."""
        return {
            "document": document.id,
            "title": document.title,
            "name": document.name,
            "issuer": document.issuer,
            "country": document.jurisdiction,
            "date": document.date,
            "language": document.language,
            "kind": document.genre,
            "media_type": document.media_type,
            "sha256": document.sha256,
            "pages": len(document.pages) or None,
            "characters": len(document.text),
            "provisions": sum(one.leaf for one in self.shelf.provisions(document)),
            "warnings": [cut(notice.message, 300) for notice in document.warnings[:20]],
        }

    def _link(self, document: Document, page: int | None) -> str | None:
        path = self.shelf.where(document)
        if path is None:
            return None
        return path.as_uri() + (f"#page={page}" if page is not None and path.suffix.lower() == ".pdf" else "")


def _texts(documents: Sequence[Document]) -> dict[str, str]:
    return {document.id: document.text for document in documents}


def _finding(record: JsonObject) -> JsonObject:
    """A finding as an assistant needs it: what, how sure, said by whom, and the passages with their places."""
    kept = ("theme", "matter", "finding", "headline", "probability", "by", "differs", "document")
    passages = [
        {key: one[key] for key in ("document", "provision", "text", "start", "end", "page") if key in one}
        for one in record.get("passages", ())
    ]
    reasons = [one.get("text", one["code"]) for one in record.get("reasons", ())]
    return {**{key: record[key] for key in kept if key in record}, "reasons": reasons, "passages": passages}


VERDICT = (
    "id",
    "kind",
    "text",
    "start",
    "end",
    "document",
    "page",
    "verdict",
    "label",
    "probability",
    "unsure",
    "by",
    "matched_text",
    "matched_start",
    "matched_end",
    "edits",
    "evidence_text",
    "evidence",
    "confidence",
)

UNSURE = "unsure: don't rely on the verdict below; read the evidence, or say that it is open"
SAY = {
    "verbatim": "verbatim: the document's own words",
    "typographic": "right but for typesetting",
    "trimmed": "right, with what is left out or put in marked",
    "altered": "wrong as a quotation: words were changed without a mark",
    "spliced": "wrong as a quotation: pieces were joined without a mark",
    "misattributed": "wrong source: the words stand in another document",
    "third_party": "not tested: ascribed to someone else than the documents",
    "translated": "not proved: a translation at most",
    "not_found": "not found: nothing in the documents has or bears out these words",
    "supported": "supported: the document says so",
    "overstated": "overstated: the document says less than that",
    "contradicted": "contradicted: the document says otherwise",
}
"""What an assistant is told first of a verdict."""


def _verdict(line: JsonObject) -> JsonObject:
    reasons = [one.get("text", one.get("code")) for one in line.get("reasons", ())]
    if any(one.get("code") == "attribution.carried" for one in line.get("reasons", ())):
        line = {**line, "unsure": True}
    say = UNSURE if line.get("unsure") else SAY[line["verdict"]]
    settled = None if line.get("unsure") else line["verdict"]
    return {"say": say, "settled": settled, **{key: line[key] for key in VERDICT if key in line}, "reasons": reasons}

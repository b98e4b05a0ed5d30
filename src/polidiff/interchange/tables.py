"""CSV tables with their description (CSV on the Web): one record a line, in UTF-8, lines ended by CR LF.

Words stand as the document has them, so a program should read these files; to open a report in a spreadsheet take the
workbook, where no cell can be a formula. See https://www.w3.org/TR/tabular-metadata/.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from polidiff.errors import InputError
from polidiff.interchange.opened import Opened
from polidiff.model import ArticleCheck, Comparison
from polidiff.model.codec import JsonObject

__all__ = ["METADATA", "csv_files", "csvw", "parquet_files"]

METADATA = "csv-metadata.json"

Cell = str | int | float | None


class Column(NamedTuple):
    """A column: its name, its type (XML Schema) and what it holds."""

    name: str
    type: str
    says: str


class Table(NamedTuple):
    """A table of the report."""

    name: str
    says: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


_PLACE = (
    Column("document", "string", "the document's id"),
    Column("start", "integer", "where the words begin in documents/ID.txt, in Unicode code points from 0"),
    Column("end", "integer", "where they end; that character is not theirs"),
    Column("page", "integer", "page of the file, counted from 1"),
    Column("text", "string", "the document's own words"),
)


def tables(report: Opened) -> list[Table]:
    """Every table that the report has."""
    made = [_documents(report)]
    if report.comparison is not None:
        made += [_findings(report.comparison), _passages(report.comparison), _crosswalk(report.comparison)]
        made.append(_provisions(report.comparison))
    if report.check is not None:
        made += [_quotations(report.check), _claims(report.check)]
    return made


def csv_files(report: Opened) -> dict[str, str]:
    """Return file name → content of every table."""
    made: dict[str, str] = {}
    for table in tables(report):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        writer.writerows(table.rows)
        made[f"{table.name}.csv"] = out.getvalue()
    return made


def parquet_files(report: Opened) -> dict[str, bytes]:
    """Return file name → content of every table, in Parquet. Raises InputError without the extra ``parquet``."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ModuleNotFoundError as error:
        raise InputError("--to parquet", "pyarrow is not installed", "pip install 'polidiff[parquet]'") from error
    types = {"integer": arrow.int64(), "double": arrow.float64()}
    made: dict[str, bytes] = {}
    for table in tables(report):
        fields = [arrow.field(column.name, types.get(column.type, arrow.string())) for column in table.columns]
        rows = list(table.rows)
        columns = [
            arrow.array([None if row[n] == "" and field.type != arrow.string() else row[n] for row in rows], field.type)
            for n, field in enumerate(fields)
        ]
        out = io.BytesIO()
        parquet.write_table(arrow.Table.from_arrays(columns, schema=arrow.schema(fields)), out)
        made[f"{table.name}.parquet"] = out.getvalue()
    return made


def csvw(report: Opened) -> JsonObject:
    """Return the description of the tables, and what they were made with."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:creator": f"polidiff {dict(report.method).get('polidiff', '')}".strip(),
        "dc:description": "; ".join(f"{name}: {value}" for name, value in report.method),
        "tables": [
            {
                "url": f"{table.name}.csv",
                "dc:title": table.says,
                "tableSchema": {
                    "columns": [
                        {
                            "name": column.name,
                            "titles": column.name,
                            "datatype": column.type,
                            "dc:description": column.says,
                        }
                        for column in table.columns
                    ]
                },
            }
            for table in tables(report)
        ],
    }


def _strings(*names: tuple[str, str]) -> list[Column]:
    return [Column(name, "string", says) for name, says in names]


def _documents(report: Opened) -> Table:
    columns = _strings(
        ("id", "the document's id"),
        ("title", "its title"),
        ("kind", "official, digest, translation, article or table; a digest may not be quoted as the original"),
        ("language", "en, zh or und"),
        ("date", "its date"),
        ("source", "where it was read from"),
        ("sha256", "SHA-256 of the file"),
        ("text_sha256", "SHA-256 of the text that the places are offsets into"),
    )
    documents = [*report.documents, *([report.check.article] if report.check is not None else [])]
    rows = [(d.id, d.title, d.kind, d.language, d.date, d.source, d.sha256, d.text_sha256) for d in documents]
    return Table("documents", "The documents", columns, rows)


def _findings(made: Comparison) -> Table:
    columns = _strings(
        ("theme", "the theme's id in the codebook"),
        ("name", "its name"),
        ("name_zh", "its name in Chinese"),
        ("within", "the broader theme that it is counted in"),
        ("finding", "shared, divergent or only"),
        ("documents", "ids of the documents that speak to it, parted by a space"),
        ("differs", "in what they differ, parted by a space"),
        ("reasons", "why"),
    )
    rows = [
        (
            f.theme, f.name, f.name_zh, made.within.get(f.theme), f.finding, " ".join(f.documents),
            " ".join(difference.kind for difference in f.differs), "; ".join(reason.text for reason in f.reasons),
        )
        for f in made.findings
    ]  # fmt: skip
    return Table("findings", "What the documents share, where they part, what stands in one alone", columns, rows)


def _passages(made: Comparison) -> Table:
    columns = [Column("theme", "string", "the finding's theme"), Column("provision", "string", "the provision's id")]
    rows = [
        (f.theme, p.provision, p.document, p.start, p.end, p.page, p.text, round(p.score, 4))
        for f in made.findings
        for p in f.passages
    ]
    score = Column("score", "double", "how surely it is on the theme, 0 to 1")
    return Table("passages", "The passages of each finding", [*columns, *_PLACE, score], rows)


def _crosswalk(made: Comparison) -> Table:
    columns = [
        *_strings(
            ("source_document", "id of the document on the one side"),
            ("source", "its provision"),
            ("document", "id of the document on the other side"),
            ("id", "the provision that answers"),
            ("relation", "as in NIST IR 8477, seen from the source"),
            ("rationale", "why they relate, as in NIST IR 8477: by wording, meaning or function"),
        ),
        Column("score", "double", "probability that an expert would link the two"),
        Column("strength", "integer", "strength of the relationship, 0 to 10, as in NIST IR 8477"),
        *_strings(("differs", "in what they differ"), ("reasons", "why")),
    ]
    rows = [
        (
            m.source_document, m.source, m.document, m.id, m.relation, m.rationale or "",
            round(m.score, 4), m.strength if m.strength is not None else "", " ".join(m.differs),
            "; ".join(reason.text for reason in m.reasons),
        )
        for m in made.matches
    ]  # fmt: skip
    return Table("crosswalk", "Which provision answers which", columns, rows)


def _provisions(made: Comparison) -> Table:
    columns = [
        *_PLACE,
        *_strings(
            ("provision", "the provision's id"),
            ("number", "its printed number"),
            ("path", "the headings above it"),
            ("themes", "codes of the codebook, parted by a space"),
            ("strength", "how firmly it speaks"),
            ("posture", "competition, cooperation or neutral"),
            ("forum", "national, allied, multilateral or none"),
            ("lead", "who leads, parted by a semicolon"),
        ),
    ]
    rows = [
        (
            p.document, p.start, p.end, p.page_start, p.text, p.id, p.number, " › ".join(p.path),
            " ".join(code.id for code in c.themes), c.strength.id, c.posture.id, c.forum.id,
            "; ".join(actor.name for actor in c.lead),
        )
        for provisions, codings in zip(made.provisions, made.codings, strict=True)
        for p, c in zip(provisions, codings, strict=True)
    ]  # fmt: skip
    return Table("provisions", "Every provision with its codes", columns, rows)


def _quotations(check: ArticleCheck) -> Table:
    columns = [
        *_strings(("id", "the quotation's id"), ("quote", "the article's words"), ("verdict", "what was found")),
        *_strings(("speaker", "who is said to have said it"), ("cited_document", "the document that is cited")),
        *_PLACE,
        *_strings(("reasons", "why"), ("warnings", "what to mind")),
    ]
    rows = [
        (
            v.id, v.text, v.verdict, v.speaker, v.cited_document, v.document,
            v.matched[0].start if v.matched else None, v.matched[-1].end if v.matched else None, v.page,
            v.matched_text, "; ".join(map(str, v.reasons)), "; ".join(map(str, v.warnings)),
        )
        for v in check.verdicts
    ]  # fmt: skip
    return Table("quotations", "The article's quotations", columns, rows)


def _claims(check: ArticleCheck) -> Table:
    texts = {document.id: document.text for document in check.documents}
    columns = [
        *_strings(("id", "the claim's id"), ("claim", "the article's words"), ("verdict", "what was found")),
        *_PLACE,
        *_strings(("reasons", "why"), ("warnings", "what to mind")),
    ]
    rows: list[Sequence[Cell]] = []
    for claim in check.claims:
        why = ("; ".join(map(str, claim.reasons)), "; ".join(map(str, claim.warnings)))
        head = (claim.id, claim.text, claim.verdict)
        if not claim.evidence:
            rows.append((*head, claim.document, None, None, None, None, *why))
        for e in claim.evidence:
            rows.append((*head, e.document, *e.span, e.page, e.span.cut(texts[e.document]), *why))
    return Table("claims", "The article's claims, a line for each passage that decides one", columns, rows)

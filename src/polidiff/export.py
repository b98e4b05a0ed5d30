"""A report on disk, in one of the field's formats: documents to send on, tables, figures, linked data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

from polidiff import manifest
from polidiff.errors import InputError
from polidiff.output import FolderWriter, json_bytes, set_aside, write_file

if TYPE_CHECKING:
    from polidiff.interchange.claimreview import Published
    from polidiff.interchange.opened import Opened
    from polidiff.interchange.refi_in import Project
    from polidiff.model import Comparison, Document, Provision
    from polidiff.wording import Locale

__all__ = ["FORMATS", "export", "take_in"]


@dataclass(frozen=True, slots=True)
class Job:
    """One export: the report that was opened, the page's language, and what only the user knows."""

    report: Opened
    tongue: Locale
    published: Published | None
    progress: Callable[[str, int, int], None]

    @property
    def name(self) -> str:
        """The stem of files made of it: ``comparison``, ``article`` or ``against``."""
        return "comparison" if self.report.comparison is not None else self._else

    @property
    def page(self) -> Path:
        """The report's page in the language asked for. Raises :class:`InputError` where it is missing."""
        stem = "index" if self.report.comparison is not None else self._else
        page = self.report.folder / (f"{stem}.zh.html" if self.tongue == "zh" else f"{stem}.html")
        if not page.is_file():
            raise InputError(str(page), "the report's page is missing", "give the whole folder of the report")
        return page

    @property
    def _else(self) -> str:
        return "article" if self.report.against is None else "against"

    def comparison(self, to: str) -> Comparison:
        """The report's comparison. Raises :class:`InputError` where there is none, of which ``to`` is made."""
        return self.report.comparison or self.lacks("comparison", to)

    def lacks(self, what: str, to: str) -> NoReturn:
        """Raise the error for a report that doesn't have what a format is made of."""
        raise InputError(str(self.report.path), f"it holds no {what}, which {to} is made of", "choose another --to")


def export(
    report: str | Path | Opened,
    to: str,
    output: str | Path | None = None,
    *,
    language: Locale = "en",
    published: Published | None = None,
    force: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[Path, ...]:
    """Write a report (a folder of ``compare -o`` or ``check -o``, or its JSON) in the format ``to``; return the files.

    A workspace's codes come as :func:`polidiff.workspace.coded` gives them.

    ``output`` is the file, or for a format of several files (``csv``, ``png``, ``svg``) the folder; without it the
    files go into the report's folder. ``published`` is for ClaimReview. A file that lies there and is another one is
    refused, unless ``force``: it is then kept as ``NAME.1``. Raises :class:`polidiff.errors.InputError`.
    """
    from polidiff.interchange.opened import Opened, open_report

    opened = report if isinstance(report, Opened) else open_report(Path(report))
    files = exported(opened, to, language=language, published=published, progress=progress)
    if output is not None and len(files) == 1 and to not in SEVERAL:
        return (write_file(Path(output), next(iter(files.values())), force=force),)
    folder = opened.folder if output is None else Path(output)
    named = {name if output is None else name.rpartition("/")[2]: content for name, content in files.items()}
    writer = FolderWriter(folder)
    for name in manifest.changed(folder, named):
        set_aside(folder / name, "is there already, and polidiff didn't write it so", force=force)
    for name, content in named.items():
        writer.data(name, content)
    placed = writer.commit()
    if output is None:
        manifest.add(folder, opened.path.name, files, (to, language))
    return placed


def exported(
    report: Opened,
    to: str,
    *,
    language: Locale = "en",
    published: Published | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> dict[str, bytes]:
    """Return the files of a format, each under its name in the report's folder. Raises InputError."""
    made = FORMATS.get(to)
    if made is None:
        raise InputError("--to", f"no format {to}", f"the formats are {', '.join(FORMATS)}")
    job = Job(report, language, published, progress or (lambda what, done, total: None))
    if report.against is not None and to not in OF_ONE:
        job.lacks("comparison and no article", to)
    return made(job)


def take_in(file: str | Path, folder: str | Path) -> tuple[Project, tuple[Path, ...]]:
    """Read a REFI-QDA project or codebook and write its texts, codes and people's codings into ``folder``.

    Returns what was read and the files. Raises :class:`polidiff.errors.InputError`.
    """
    from polidiff.interchange.refi_in import project_files, read_refi

    project = read_refi(Path(file))
    writer = FolderWriter(Path(folder))
    for name, text in project_files(project).items():
        writer.text(name, text)
    return project, writer.commit()


def _office(job: Job, to: Literal["docx", "xlsx"]) -> dict[str, bytes]:
    from polidiff import report

    opened, word = job.report, to == "docx"
    if opened.comparison is not None:
        whole = report.word_document if word else report.workbook
        made = whole(opened.comparison, opened.check, language=job.tongue)
    elif opened.against is not None and not word:
        made = report.against_workbook(opened.against, language=job.tongue)
    elif opened.check is not None:
        alone = report.article_word_document if word else report.article_workbook
        made = alone(opened.check, opened.method, language=job.tongue)
    else:
        job.lacks("comparison and no article", to)
    return {f"{job.name}{_suffix(job)}.{to}": made}


def _suffix(job: Job) -> str:
    return ".zh" if job.tongue == "zh" else ""


def _pdf(job: Job) -> dict[str, bytes]:
    from polidiff.report.printing import printed

    page = job.page
    job.progress(f"printing {page.name}", 0, 1)
    made = printed(page)
    job.progress(f"printing {page.name}", 1, 1)
    return {f"{job.name}{_suffix(job)}.pdf": made}


def _html(job: Job) -> dict[str, bytes]:
    return {job.page.name: job.page.read_bytes()}


def _drawn(job: Job) -> dict[str, str]:
    from polidiff import report

    return report.figure_files(job.comparison("a figure"), language=job.tongue)


def _svg(job: Job) -> dict[str, bytes]:
    return {f"figures/{name}{_suffix(job)}.svg": svg.encode() for name, svg in _drawn(job).items()}


def _png(job: Job) -> dict[str, bytes]:
    from polidiff.report.printing import picture

    drawn = _drawn(job)
    made: dict[str, bytes] = {}
    for name, svg in drawn.items():
        job.progress("drawing figures", len(made), len(drawn))
        made[f"figures/{name}{_suffix(job)}.png"] = picture(svg)
    job.progress("drawing figures", len(drawn), len(drawn))
    return made


def _csv(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.tables import METADATA, csv_files, csvw

    # The mark at the start tells Excel that the file is in UTF-8; readers of CSV on the Web drop it.
    files = csv_files(job.report)
    made = {f"csv/{name}": b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass") for name, text in files.items()}
    return {**made, f"csv/{METADATA}": json_bytes(csvw(job.report))}


def _claimreview(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.claimreview import claim_reviews

    check = job.report.check or job.lacks("article's check", "claimreview")
    return {"claimreview.json": json_bytes(claim_reviews(check, job.report.method, job.published))}


def _webannotation(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.annotations import annotation_page

    return {"annotations.jsonld": json_bytes(annotation_page(job.report))}


def _parquet(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.tables import parquet_files

    return {f"parquet/{name}": data for name, data in parquet_files(job.report).items()}


def _oscal(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.oscal import assessment, catalog, mappings, token

    made = {
        "oscal/mapping-collection.json": json_bytes(mappings(job.report)),
        "oscal/assessment-results.json": json_bytes(assessment(job.report)),
    }
    for document, provisions in _split(job, "oscal"):
        made[f"oscal/{token(document.id)}.oscal-catalog.json"] = json_bytes(catalog(job.report, document, provisions))
    return made


def _split(job: Job, to: str) -> Iterator[tuple[Document, tuple[Provision, ...]]]:
    made = job.comparison(to)
    return zip(made.documents, made.provisions, strict=True)


def _akn(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.akn import akoma_ntoso

    return {f"akn/{one.id}.akn.xml": akoma_ntoso(one, provisions) for one, provisions in _split(job, "akn")}


def _stratml(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.stratml import stratml

    made = {f"stratml/{one.id}.stratml.xml": stratml(one, provisions) for one, provisions in _split(job, "stratml")}
    for (one, provisions), codings in zip(_split(job, "stratml"), job.comparison("stratml").codings, strict=True):
        made[f"stratml/{one.id}.part2.stratml.xml"] = stratml(one, provisions, codings)
    return made


def _eli(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.eli import eli

    return {"eli.jsonld": json_bytes(eli(_split(job, "eli")))}


def _qdpx(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.refi import qdpx

    job.comparison("qdpx")
    return {f"{job.report.path.stem}.qdpx": qdpx(job.report)}


def _qdc(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.refi import qdc

    return {"codebook.qdc": qdc(job.comparison("qdc").codebook)}


def _skos(job: Job) -> dict[str, bytes]:
    from polidiff.coding.skos import to_skos

    return {"codebook.skos.rdf": to_skos(job.comparison("skos").codebook)}


def _ris(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.citations import ris

    return {"sources.ris": ris(job.report.documents).encode("utf-8", "replace")}


def _bibtex(job: Job) -> dict[str, bytes]:
    from polidiff.interchange.citations import bibtex

    return {"sources.bib": bibtex(job.report.documents).encode("utf-8", "replace")}


def _brief(job: Job) -> dict[str, bytes]:
    from polidiff import report

    made = job.comparison("brief")
    told = report.brief(made, language=job.tongue)
    return {f"brief{_suffix(job)}.{to}": report.brief_file(made, told, to) for to in ("docx", "html", "md")}


OF_CODES = ("csv", "webannotation", "parquet", "akn", "stratml", "eli", "qdpx", "qdc", "skos", "ris", "bibtex")
"""Formats that say something of documents and their codes where nothing was compared."""

FORMATS: dict[str, Callable[[Job], dict[str, bytes]]] = {
    "docx": partial(_office, to="docx"),
    "brief": _brief,
    "pdf": _pdf,
    "html": _html,
    "xlsx": partial(_office, to="xlsx"),
    "svg": _svg,
    "png": _png,
    "csv": _csv,
    "claimreview": _claimreview,
    "webannotation": _webannotation,
    "parquet": _parquet,
    "oscal": _oscal,
    "akn": _akn,
    "stratml": _stratml,
    "eli": _eli,
    "qdpx": _qdpx,
    "qdc": _qdc,
    "skos": _skos,
    "ris": _ris,
    "bibtex": _bibtex,
}
"""Format → the function that makes its files, each under its name in the report's folder."""

NOT_AGAIN = frozenset({"pdf", "png", "html", "claimreview"})
"""Formats that only a browser makes, that are there already, or that hold what only the user knows."""

OF_ONE = frozenset({"pdf", "html", "xlsx", "ris", "bibtex"})
"""Formats of one document against all others."""

SEVERAL = frozenset({"brief", "svg", "png", "csv", "parquet", "oscal", "akn", "stratml"})
"""Formats of several files."""

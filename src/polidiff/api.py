"""The Python verbs: the same names as the commands, from sources to records."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from polidiff import alignment as align_room
from polidiff import bundle
from polidiff import checking as check_room
from polidiff import coding as coding_room
from polidiff import comparison as compare_room
from polidiff import provisions as split_room
from polidiff import readers as read_room
from polidiff import verification as verify_room
from polidiff.checking.checker import ClaimChecker
from polidiff.coding.fit import FIRST, chosen
from polidiff.coding.strictness import Strictness, at
from polidiff.comparison.comparison import TASKS
from polidiff.comparison.themed import without_answers
from polidiff.comparison.versions import diff as compare_versions
from polidiff.encode import Encoder
from polidiff.encode import default_encoder as default_encoder
from polidiff.errors import InputError, SourceNotFound
from polidiff.executors import Executor
from polidiff.interchange.claimreview import Published
from polidiff.judges.protocol import Judge, KeptJudge, Memory, Recorder
from polidiff.judges.protocol.requests import Task
from polidiff.judges.recorded import recorded
from polidiff.model import (
    ArticleCheck,
    Claim,
    ClaimVerdict,
    Cluster,
    Codebook,
    Coding,
    Comparison,
    Document,
    Heading,
    Provision,
    Quote,
    Scale,
    Verdict,
)
from polidiff.model.briefs import Brief
from polidiff.model.codec import JsonObject
from polidiff.model.outputs import comparison_file
from polidiff.model.shown import Records
from polidiff.model.versions import VersionDiff
from polidiff.ranking.index import How
from polidiff.ranking.search import SearchHit
from polidiff.ranking.search import search as search_passages
from polidiff.readers.choices import NONE, Choices
from polidiff.readers.fetch import fetch as fetch_document
from polidiff.version import __version__
from polidiff.wording import Locale

Source = str | Path | Document
CodebookName = str | Path | Codebook
Comparable = Source | align_room.CodedDocument
Progress = Callable[[str, int, int], None]

DEMO_DOCUMENTS = ("us-ai-action-plan-2025.digest.en", "cn-global-ai-governance-2025.digest.en")
DEMO_ARTICLE = "demo-article"


def read(
    source: Source, *, id: str | None = None, choices: Choices = NONE, progress: Progress | None = None
) -> Document:
    """Read a document from a path, an ``https`` address, ``-`` or the name of a bundled or catalogued document.

    ``choices`` says what its bytes do not: short name, country, date, and which columns of a table hold ids and words.
    Raises a subclass of :class:`polidiff.errors.InputError` for what cannot be read.
    """
    if isinstance(source, Document):
        return source
    tell = None if progress is None else _step_progress(progress, f"reading {source}")
    return read_room.read(source, id=id, choices=choices, progress=tell)


def _step_progress(progress: Progress, what: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(what, done, total)


def split(source: Source) -> Records[Provision]:
    """Split a document into provisions, in the document's order, containers before their children."""
    return Records(split_room.split(read(source)))


def outline(source: Source) -> Records[Heading]:
    """Return a document's headings, in order."""
    return Records(split_room.outline(read(source)))


def search(
    *sources: Source,
    words: str,
    top: int = 20,
    how: How = "both",
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Records[SearchHit]:
    """Find the provisions of documents that answer words, a phrase in quotation marks or a question, best first."""
    documents = [read(source, progress=progress) for source in sources]
    made = [(document, split_room.split(document)) for document in documents]
    return Records(search_passages(made, words, encoder or default_encoder(), top=top, how=how))


def code(
    source: Source,
    *,
    codebook: CodebookName = "ai-plans",
    scale: Scale = "plan",
    strictness: Strictness = "usual",
) -> Records[Coding]:
    """Code each provision of a document, in the order of :func:`split`. Raises CodebookError.

    ``codebook`` may be ``auto``: the bundled one that fits the document. ``strictness`` says how many of the labels
    that are ``printed`` may be wrong: 1 in 20, in 10 or in 5.
    """
    document = read(source)
    provisions = split_room.split(document)
    book = _codebook(codebook)
    codings = coding_room.code(document, provisions, book, scale=scale)
    if codebook == "auto" and (fitting := chosen([(provisions, codings)])) != book:
        codings = coding_room.code(document, provisions, fitting, scale=scale)
    return Records(at(codings, strictness))


def _codebook(codebook: CodebookName) -> Codebook:
    if isinstance(codebook, Codebook):
        return codebook
    return coding_room.load_codebook(FIRST if codebook == "auto" else codebook)


def coded(
    source: Comparable,
    *,
    codebook: CodebookName = "ai-plans",
    scale: Scale = "plan",
    level: str | None = None,
    progress: Progress | None = None,
) -> align_room.CodedDocument:
    """Read, split and code one document, to be compared often: what :func:`compare` and :func:`align` take too.

    Kept are its leaves, or its provisions of the kind ``level`` in place of their parts. Raises InputError where it has
    no provision.
    """
    if isinstance(source, align_room.CodedDocument):
        return source
    document = read(source, progress=progress)
    provisions = split_room.split(document)
    if not provisions:
        raise _nothing(document)
    tell = None if progress is None else _step_progress(progress, f"coding {document.id}")
    book = _codebook(codebook)
    codings = coding_room.code(document, provisions, book, scale=scale, mentions=True, progress=tell)
    return replace(align_room.make_side(document, provisions, codings, level), codebook=book, scale=scale)


def _all_coded(
    sources: Sequence[Comparable],
    codebook: CodebookName | None,
    scale: Scale,
    level: str | None,
    progress: Progress | None,
) -> tuple[list[align_room.CodedDocument], Codebook]:
    """Every source coded, with one codebook: the one named, else that of the documents which are coded already.

    For ``auto``, which None means where no document is coded, the bundled one that fits every document.
    """
    known = [one.codebook for one in sources if isinstance(one, align_room.CodedDocument) and one.codebook is not None]
    if codebook == "auto" or (codebook is None and not known):
        return _fitting(sources, scale, level, progress)
    book = _codebook(codebook) if codebook is not None else known[0]
    if any(other != book for other in known):
        what = f"a document was coded with another codebook than {book.id}"
        raise InputError("codebook", what, "code all documents that are compared with the same one")
    return [coded(one, codebook=book, scale=scale, level=level, progress=progress) for one in sources], book


def fitting_codebook(sources: Sequence[Comparable], *, scale: Scale = "plan") -> Codebook:
    """Return the bundled codebook that fits every document."""
    return _fitting(sources, scale, None, None)[1]


def _fitting(
    sources: Sequence[Comparable], scale: Scale, level: str | None, progress: Progress | None
) -> tuple[list[align_room.CodedDocument], Codebook]:
    """Every source coded with the bundled codebook that fits them all."""
    read_once = [one if isinstance(one, align_room.CodedDocument) else read(one, progress=progress) for one in sources]
    first = coding_room.load_codebook(FIRST)
    sides = [coded(one, codebook=first, scale=scale, level=level, progress=progress) for one in read_once]
    book = chosen([(side.provisions, side.codings) for side in sides])
    if book != first:
        sides = [coded(one, codebook=book, scale=scale, level=level, progress=progress) for one in read_once]
    return sides, book


def _nothing(document: Document) -> InputError:
    return InputError(
        document.source or document.id, "no provision was found in it", "see what was read with: polidiff read"
    )


def align(
    a: Comparable,
    b: Comparable,
    *,
    top: int = 10,
    codebook: CodebookName | None = None,
    encoder: Encoder | None = None,
    scale: Scale = "plan",
    level: str | None = None,
    progress: Progress | None = None,
) -> align_room.Alignment:
    """Align the leaves of ``a`` with those of ``b``: for each, its best ``top`` and how likely it stands alone.

    ``level`` names a kind of provision (``article``) that takes the place of its parts.
    """
    (left, right), _ = _all_coded((a, b), codebook, scale, level, progress)
    return align_room.align(left, right, encoder or default_encoder(), top, progress=progress)


def align_all(
    *sources: Comparable,
    top: int = 10,
    codebook: CodebookName | None = None,
    encoder: Encoder | None = None,
    scale: Scale = "plan",
    level: str | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> tuple[tuple[align_room.Alignment, ...], tuple[Cluster, ...]]:
    """Align each of two to fifty documents with each other one, and gather what answers one another in all of them.

    Alignments come in the order of the sources, both ways for each pair. ``executor`` says where pairs are
    aligned (:func:`polidiff.executors.executor`). Raises InputError.
    """
    sides, _ = _all_coded(sources, codebook, scale, level, progress)
    found = align_room.align_all(sides, encoder or default_encoder(), top, progress=progress, executor=executor)
    return tuple(found.values()), align_room.clusters(sides, found)


def compare(
    *sources: Comparable,
    codebook: CodebookName | None = None,
    encoder: Encoder | None = None,
    scale: Scale = "plan",
    level: str | None = None,
    strictness: Strictness = "usual",
    judge: Judge | None = None,
    budget: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Comparison:
    """Compare two documents or more, theme by theme and matter by matter.

    A source may be coded before (:func:`coded`), and is then not read again; ``scale`` and ``level`` are its own.
    ``codebook`` is that of the documents which are coded already, else the bundled one that fits, when None. ``judge``
    is asked what would be undecided (:mod:`polidiff.judges.protocol`), at most ``budget`` questions, the weightiest
    first. ``strictness`` says how many of the learnt labels that are ``printed`` may be wrong: 1 in 20, in 10 or in 5.
    ``executor`` says where pairs are aligned (:func:`polidiff.executors.executor`).
    """
    sides, book = _all_coded(sources, codebook, scale, level, progress)
    sides = [replace(side, codings=at(side.codings, strictness)) for side in sides]
    used = encoder or default_encoder()
    made = compare_room.compare(sides, book, used, progress, judge=judge, budget=budget, executor=executor)
    said = (*((("level", level),) if level else ()), *((("strictness", strictness),) if strictness != "usual" else ()))
    return replace(made, method=(*made.method, *said))


def diff(old: Source, new: Source, *, encoder: Encoder | None = None, progress: Progress | None = None) -> VersionDiff:
    """Return what became of each provision of ``old`` in ``new``: two versions, or two translations, of a document.

    Two documents of one id are told apart as ``ID-old`` and ``ID-new``. Raises InputError where one has no provision.
    """
    sides = [read(source, progress=progress) for source in (old, new)]
    if sides[0].id == sides[1].id:
        sides = [replace(side, id=f"{side.id}-{name}") for side, name in zip(sides, ("old", "new"), strict=True)]
    reads = [(document, split_room.split(document)) for document in sides]
    for document, provisions in reads:
        if not provisions:
            raise _nothing(document)
    return compare_versions(reads[0], reads[1], lambda: encoder or default_encoder())


def write_diff(found: VersionDiff, folder: str | Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write a diff as :func:`write_report` does: the page in both languages, ``diff.json``, texts and a manifest."""
    return bundle.write(bundle.of_diff(found), folder, force=force)


def check(
    article: Source,
    against: Sequence[Source],
    *,
    claims: bool = False,
    encoder: Encoder | None = None,
    judge: Judge | None = None,
    progress: Progress | None = None,
) -> ArticleCheck:
    """Check each quotation of an article against the documents, and with ``claims`` each statement about them too.

    ``judge`` is asked about each claim (:mod:`polidiff.judges.protocol`): a
    :class:`polidiff.judges.protocol.FolderJudge`, for example. Its answers count with words of the documents alone.
    """
    checker = ClaimChecker(against, encoder=encoder, judge=judge, progress=progress)
    return checker.check_article(article, claims=claims, progress=progress)


def load_quotes(path: str | Path) -> tuple[Quote, ...]:
    """Return given quotations from JSON Lines: objects with ``id``, ``quote`` and ``cited_document`` (or null).

    Raises :class:`polidiff.errors.InputError` that names the line at fault.
    """
    remedy = 'each line is an object like {"id": "q1", "quote": "…", "cited_document": null}'
    return check_room.given_quotes(_rows(path, "--quotes", "quotation", ("quote", "cited_document"), remedy))


def load_claims(path: str | Path) -> tuple[Claim, ...]:
    """Return given claims from JSON Lines: objects with ``id``, ``claim`` and ``document`` (or null).

    Raises :class:`polidiff.errors.InputError` that names the line at fault.
    """
    remedy = 'each line is an object like {"id": "c1", "claim": "…", "document": null}'
    return check_room.given_claims(_rows(path, "--claims", "claim", ("claim", "document"), remedy))


def _rows(
    path: str | Path, option: str, what: str, names: tuple[str, str], remedy: str
) -> list[tuple[str, str, str | None]]:
    rows: list[tuple[str, str, str | None]] = []
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise SourceNotFound(str(path), "no such file", f"check the path given with {option}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "cannot be read as UTF-8 text", remedy) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append((str(row["id"]), str(row[names[0]]), row.get(names[1])))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(str(path), f"line {number} is not a {what}", remedy) from error
    return rows


def check_quotes(
    quotes: Sequence[Quote], against: Sequence[Source], *, progress: Progress | None = None
) -> Records[Verdict]:
    """Check given quotations against the documents, in their order."""
    return Records(ClaimChecker(against, progress=progress).check_quotes(quotes))


def check_claims(
    claims: Sequence[Claim],
    against: Sequence[Source],
    *,
    encoder: Encoder | None = None,
    judge: Judge | None = None,
    progress: Progress | None = None,
) -> Records[ClaimVerdict]:
    """Test given claims against the documents, in their order; one that names a document against it alone."""
    return Records(ClaimChecker(against, encoder=encoder, judge=judge, progress=progress).check_claims(claims))


def record(comparison: Comparison, check: ArticleCheck | None = None) -> JsonObject:
    """Return a comparison as the plain dictionary of ``comparison.json``."""
    from polidiff import report as report_room

    return comparison_file(comparison, check, report_room.briefs(comparison))


def write_report(
    comparison: Comparison,
    folder: str | Path,
    check: ArticleCheck | None = None,
    *,
    answers: Memory | None = None,
    decisions: Sequence[JsonObject] | None = None,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the page in both languages, ``comparison.json``, ``comparison.xlsx``, figures, texts and a manifest.

    ``answers`` are a judge's kept answers, which go into ``judge.jsonl``: places and labels, no words. ``decisions``
    are those of people on a workspace.
    Files in the folder that polidiff doesn't write are left alone. Everything is made ready beside the old files
    first and then put in their place, so a failure leaves the old report whole. A folder that holds a report of other
    documents is refused, unless ``force``: it is then kept as ``NAME.1``. Raises
    :class:`polidiff.errors.OutputError`.
    """
    kept = None if answers is None else bundle.kept_lines(answers)
    made = bundle.of_comparison(comparison, check, answers=kept, decisions=decisions)
    return bundle.write(made, folder, force=force)


def brief(
    *sources: Comparable,
    codebook: CodebookName | None = None,
    encoder: Encoder | None = None,
    scale: Scale = "plan",
    level: str | None = None,
    language: Locale = "en",
    progress: Progress | None = None,
) -> tuple[Comparison, Brief]:
    """Return a comparison told in sentences, each with its passages: of one report on disk, or of documents.

    ``polidiff.report.brief_file`` makes a file of it. Raises those errors that :func:`compare` does.
    """
    from polidiff import report as report_room
    from polidiff.interchange.opened import open_report

    if len(sources) == 1 and isinstance(sources[0], str | Path):
        held = open_report(Path(sources[0])).comparison
        if held is None:
            raise InputError(str(sources[0]), "no comparison in it", "give the folder that compare -o wrote")
    else:
        held = compare(*sources, codebook=codebook, encoder=encoder, scale=scale, level=level, progress=progress)
    return held, report_room.brief(held, language=language)


def judge_report(
    report: str | Path,
    asked: Callable[[Memory], Judge],
    *,
    encoder: Encoder | None = None,
    budget: int | None = None,
    tasks: Sequence[Task] = TASKS,
    progress: Progress | None = None,
) -> tuple[Comparison, ArticleCheck | None, Recorder]:
    """Ask a judge what is undecided in a report on disk, at most ``budget`` questions of these ``tasks``.

    ``asked`` makes the judge from the answers that the report holds already. Returns the comparison with what was
    proved, the check that was in the report, and what was asked. Nothing is written: see :func:`write_report`. Raises
    :class:`InputError` for what is no report of a comparison, and those of the judge.
    """
    from polidiff.interchange.opened import open_report

    opened = open_report(Path(report))
    if opened.comparison is None:
        raise InputError(str(report), "no comparison in it", "give the folder that compare -o wrote")
    held = opened.comparison
    sides = [
        align_room.CodedDocument(document, provisions, without_answers(codings))
        for document, provisions, codings in zip(held.documents, held.provisions, held.codings, strict=True)
    ]
    recorder = Recorder(asked(Memory.read(opened.folder / bundle.ANSWERS)))
    used = encoder or default_encoder()
    made = compare_room.compare(sides, held.codebook, used, progress, judge=recorder, budget=budget, tasks=tasks)
    return made, opened.check, recorder


def themes(
    *sources: Comparable, codebook: CodebookName | None = None, progress: Progress | None = None
) -> tuple[Codebook, list[JsonObject]]:
    """Return the matters of these documents, weightiest first: as a codebook to edit, and each with its passages."""
    from polidiff.comparison.matters import codebook_of, matter_records, matters

    sides, book = _all_coded(sources, codebook, "plan", None, progress)
    found = matters(sides, default_encoder())
    return codebook_of(found, sides, book), matter_records(found, sides)


def write_check(
    check: ArticleCheck,
    folder: str | Path,
    *,
    published: Published | None = None,
    encoder: Encoder | None = None,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write an article's check: the page in both languages, ``check.json``, ClaimReview, texts and a manifest.

    ``published`` says where the article and the review stand, for ClaimReview. Old files are treated as
    :func:`write_report` treats them. Raises :class:`polidiff.errors.OutputError`.
    """
    method = [("polidiff", __version__)]
    if check.claims:
        method.append(("encoder", (encoder or default_encoder()).identity))
    return bundle.write(bundle.of_check(check, tuple(method), published), folder, force=force)


def demo(
    folder: str | Path = "polidiff-demo", *, force: bool = False, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write the founding comparison (United States, China) and an article's check, from bundled digests."""
    comparison, checked, asked = demo_comparison(progress=progress)
    return write_report(comparison, folder, checked, answers=asked.kept, force=force)


def demo_comparison(*, progress: Progress | None = None) -> tuple[Comparison, ArticleCheck, Recorder]:
    """Return the founding comparison, the check of the demo's article, and what was asked of a judge.

    All is bundled: the digests, the article, and what a large language model has answered.
    """
    documents = [read(name) for name in DEMO_DOCUMENTS]
    asked = Recorder(KeptJudge(recorded("demo")))
    comparison = compare(*documents, judge=asked, progress=progress)
    return comparison, check(DEMO_ARTICLE, documents, claims=True, progress=progress), asked


def fetch(name: str, *, progress: Progress | None = None) -> Path:
    """Fetch a catalogued official document into the cache and return its path."""
    tell = None if progress is None else _step_progress(progress, f"reading {name}")
    return fetch_document(name, progress=tell)


def verify(output: str | Path, sources: Sequence[str | Path] = (), *, strict: bool = False) -> verify_room.VerifyReport:
    """Prove an output: its words against its documents, and every file of a report's folder as a whole."""
    files = [Path(source) for source in sources]
    return verify_room.verify(Path(output), files, strict=strict, again=bundle.again)

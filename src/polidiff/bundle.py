"""A report's folder: every file of it, made of records, or made again of what lies in it; and how it is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from polidiff import manifest
from polidiff.errors import BrokenLaw, OutputError
from polidiff.interchange.claimreview import Published, claim_reviews
from polidiff.interchange.opened import Opened, open_report
from polidiff.model.codec import JsonObject
from polidiff.model.forms import text_file
from polidiff.model.outputs import Method, against_file, check_file, comparison_file, diff_file
from polidiff.output import FolderWriter, json_bytes, set_aside, text_bytes
from polidiff.verification import Problem, Remade, same_parts
from polidiff.version import __version__

if TYPE_CHECKING:
    from polidiff.judges.protocol import Memory
    from polidiff.model import ArticleCheck, Comparison, Document, Finding
    from polidiff.model.against import Against
    from polidiff.model.versions import VersionDiff

__all__ = ["ANSWERS", "Bundle", "made_again", "of_against", "of_check", "of_comparison", "of_diff", "write"]

RECORDS = ("comparison.json", "check.json", "diff.json", "against.json")
"""The record of each kind of output."""

ANSWERS = "judge.jsonl"
"""The file of a judge's kept answers: places and labels, no words."""


@dataclass(frozen=True)
class Bundle:
    """The files of one output by their names in its folder, and what the manifest says that they were made from.

    ``record`` is the name of the JSON file that all the others are made of.
    """

    record: str
    files: dict[str, bytes]
    made: JsonObject


def kept_lines(answers: Memory) -> bytes:
    """Return a judge's kept answers as the content of :data:`ANSWERS`."""
    return text_bytes("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in answers.records()))


def of_comparison(
    comparison: Comparison,
    check: ArticleCheck | None = None,
    *,
    answers: bytes | None = None,
    decisions: Sequence[JsonObject] | None = None,
) -> Bundle:
    """Return the report of a comparison: the page in both languages, the record, the workbook, figures and texts.

    ``answers`` is the content of :data:`ANSWERS`; ``decisions`` are those of people, which go into the record.
    """
    from polidiff import report

    comparison = replace(comparison, method=_calibrated(comparison.method, comparison.matters, check))
    told = {one.language: one for one in report.briefs(comparison)}
    held = comparison_file(comparison, check, tuple(told.values()))
    if decisions is not None:
        held["decisions"] = list(decisions)
    record = json_bytes(held)
    files = {
        "index.html": _page(report.page(comparison, check, language="en", told=told["en"]), record),
        "index.zh.html": _page(report.page(comparison, check, language="zh", told=told["zh"]), record),
        "comparison.json": record,
        "comparison.xlsx": report.workbook(comparison, check),
    }
    for name, svg in report.figure_files(comparison).items():
        files[f"figures/{name}.svg"] = text_bytes(svg)
    if answers is not None:
        files[ANSWERS] = answers
    article = None if check is None else check.article
    files |= _texts([*comparison.documents, *(() if check is None else check.documents)], article)
    made = manifest.facts(comparison.documents, article, comparison.codebook, comparison.method, answers)
    return Bundle("comparison.json", files, made)


def _page(html: str, record: bytes) -> bytes:
    """A page as it lies in the folder: in its head it names the record that it is made of, by SHA-256."""
    named = f'<meta name="polidiff-record" content="sha256:{manifest.sha256(record)}">'
    return text_bytes(html.replace("</head>", f"{named}\n</head>", 1))


def _calibrated(method: Method, matters: Iterable[Finding], check: ArticleCheck | None) -> Method:
    """``method`` with the calibrations of judges that reasons name, by their hashes."""
    told = [reason for one in matters for reason in one.reasons]
    told += [reason for one in (check.claims if check is not None else ()) for reason in one.reasons]
    used = {str(dict(reason.parameters)["calibration"]) for reason in told if reason.code == "judge.measured"}
    others = tuple(pair for pair in method if pair[0] != "calibration")
    return (*others, ("calibration", ", ".join(sorted(used)))) if used else others


def of_check(check: ArticleCheck, method: Method, published: Published | None = None) -> Bundle:
    """Return an article's check: the page and the corrected article in both languages, record, ClaimReview, texts."""
    from polidiff import report

    method = _calibrated(method, (), check)
    linked = claim_reviews(check, method, published)
    embedded = json.dumps(linked, ensure_ascii=False)
    told = {} if published is None else {name: value for name, value in asdict(published).items() if value}
    record = json_bytes(check_file(check, method, tuple(told.items())))
    files = {
        "article.html": _page(report.article_page(check, method, language="en", linked=embedded), record),
        "article.zh.html": _page(report.article_page(check, method, language="zh", linked=embedded), record),
        "check.json": record,
        "claimreview.json": json_bytes(linked),
        **report.corrected_files(check, language="en"),
        **report.corrected_files(check, language="zh"),
        **_texts(check.documents, check.article),
    }
    return Bundle("check.json", files, manifest.facts(check.documents, check.article, None, method))


def of_diff(found: VersionDiff) -> Bundle:
    """Return two versions of a document: the page in both languages, the record, and the texts."""
    from polidiff import report

    sides = (found.old, found.new)
    record = json_bytes(diff_file(found))
    files = {
        "diff.html": _page(report.diff_page(found, language="en"), record),
        "diff.zh.html": _page(report.diff_page(found, language="zh"), record),
        "diff.json": record,
        **_texts(sides, None),
    }
    return Bundle("diff.json", files, manifest.facts(sides, None, None, found.method))


def of_against(found: Against) -> Bundle:
    """Return one document against all others: the page in both languages, the record, the workbook, and the texts."""
    from polidiff import report

    documents = (found.document, *found.quoted)
    record = json_bytes(against_file(found))
    files = {
        "against.html": _page(report.against_page(found, language="en"), record),
        "against.zh.html": _page(report.against_page(found, language="zh"), record),
        "against.json": record,
        "against.xlsx": report.against_workbook(found),
        **_texts(documents, None),
    }
    return Bundle("against.json", files, manifest.facts(documents, None, None, found.method))


def made_again(opened: Opened) -> Bundle:
    """Return the files that a report on disk should hold: all of them made of its record and its texts."""
    if opened.comparison is not None:
        kept = opened.folder / ANSWERS
        answers = kept.read_bytes() if kept.is_file() else None
        decisions = opened.record.get("decisions")
        return of_comparison(opened.comparison, opened.check, answers=answers, decisions=decisions)
    if opened.against is not None:
        return of_against(opened.against)
    assert opened.check is not None, "a report that opens holds one of the three"
    return of_check(opened.check, opened.method, opened.published)


def again(folder: Path, sources: Mapping[str, Path]) -> Remade:
    """Make a report's folder again, and find again what it says of its documents: what ``verify`` compares it with.

    ``sources`` are the files that its documents were read from, by id. Raises InputError for what is no whole report.
    """
    from polidiff.rederived import reading, rederived

    _, outputs = manifest.made_from(folder)
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    counts: Counter[str] = Counter()
    unchecked: list[str] = []
    for name in RECORDS:
        if not (folder / name).is_file():
            continue
        told = outputs.get(name, {})
        outputs[name] = told
        if name == "diff.json":
            continue
        opened = open_report(folder / name)
        version = dict(opened.method).get("polidiff")
        if version != __version__ and version == opened.record.get("polidiff") == told.get("version"):
            unchecked.append(f"{name}: made by polidiff {version}, and this is {__version__}: give it to that version")
            continue
        try:
            with reading(opened.documents, opened.check, sources) as again:
                made = made_again(opened)
                found = rederived(name, opened.documents, opened.comparison, opened.check, again)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, StopIteration, BrokenLaw) as error:
            what = f"no page can be made of it: its parts don't fit one another ({type(error).__name__}: {error})"
            problems.append(Problem(name, "", "", what))
            continue
        problems += found.problems
        counts += found.counts
        files |= made.files | _exports(opened, told)
        listed = {one for one in told.get("files", ()) if (folder / one).is_file()}
        kept: JsonObject = {"libraries": told.get("libraries")}
        if kept["libraries"] != made.made["libraries"]:
            unchecked.append(f"{name}: made with {kept['libraries']}, and here are {made.made['libraries']}")
        if "exports" in told:
            kept["exports"] = [[to, "zh" if language == "zh" else "en"] for to, language in told["exports"]]
        outputs[name] = {**made.made, "files": sorted({*made.files, *listed}), **kept}
    listed = {one for made in outputs.values() for one in made.get("files", ())}
    known = {one: (folder / one).read_bytes() for one in listed - files.keys()}
    digests = {one: manifest.sha256(data) for one, data in known.items()}
    digests |= {one: manifest.sha256(_packed_alike(folder / one, files[one])) for one in listed & files.keys()}
    files[manifest.MANIFEST] = manifest.statement(digests, outputs)
    return Remade(files, tuple(problems), counts, tuple(unchecked), frozenset(known))


def _packed_alike(path: Path, made: bytes) -> bytes:
    """``made``, or what lies at ``path`` where that has the same parts and is only packed by another library."""
    if path.suffix in {".xlsx", ".docx"} and path.is_file():
        held = path.read_bytes()
        return held if same_parts(held, made) else made
    return made


def _exports(opened: Opened, told: JsonObject) -> dict[str, bytes]:
    """The exports in a report's folder, made again; those that need a browser or are told more are left out."""
    from polidiff.export import NOT_AGAIN, exported

    made: dict[str, bytes] = {}
    for to, language in told.get("exports", ()):
        if to not in NOT_AGAIN:
            made |= exported(opened, to, language="zh" if language == "zh" else "en")
    return made


def _texts(documents: Sequence[Document], article: Document | None) -> dict[str, bytes]:
    held = [*documents, *(() if article is None else (article,))]
    return {text_file(one.id): text_bytes(one.text) for one in held}


def write(bundle: Bundle, folder: str | Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write an output and its manifest; files that polidiff doesn't write are left alone.

    Everything is made ready beside the old files first, so a failure leaves the old output whole. A folder that holds
    an output of other documents is refused, unless ``force``: it is then kept beside, as ``NAME.1``. Raises
    :class:`polidiff.errors.OutputError`.
    """
    folder = Path(folder)
    aside: Path | None = None
    if (held := _other(bundle, folder)) is not None:
        aside = set_aside(folder, f"holds a report of other documents ({held})", force=force)
    writer = FolderWriter(folder)
    for name, data in bundle.files.items():
        writer.data(name, data)
    statement, gone = manifest.merged(folder, bundle.record, bundle.files, bundle.made)
    writer.data(manifest.MANIFEST, statement)
    try:
        placed = writer.commit()
    except OutputError:
        if aside is not None:
            aside.rename(folder.resolve())
        raise
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    return placed


def _other(bundle: Bundle, folder: Path) -> str | None:
    """The documents of the output in ``folder`` of the same kind, where they are others; None where it may be replaced.

    The same article may have been changed since. A text that another output of the folder needs must stay as it is.
    """
    for name in RECORDS:
        try:
            record = json.loads((folder / name).read_bytes())
            held = {one["id"]: one["text_sha256"] for one in record["documents"]}
            article = record.get("article") or {}
            named = ", ".join([*held, *([article["id"]] if article else [])])
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return f"{name}, which can't be read"
        mine = {one["id"]: one["text_sha256"] for one in bundle.made["sources"]}
        own = bundle.made.get("article", {})
        if name == bundle.record:
            if held != mine or (article and article["id"] != own.get("id")):
                return named
        elif any(held.get(one, digest) != digest for one, digest in mine.items()):
            return named
    return None

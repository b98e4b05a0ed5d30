"""Articles that were checked against the documents of a workspace: what was found, kept as files by their names."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

from polidiff import api
from polidiff.checking.checker import ClaimChecker
from polidiff.errors import InputError
from polidiff.export import export
from polidiff.model import ArticleCheck, ClaimVerdict, Document, Reason, Verdict, codec
from polidiff.report import article_body
from polidiff.report.articles import numbered
from polidiff.report.cards import Found
from polidiff.version import __version__
from polidiff.wording import Locale
from polidiff.workspace.decisions import Anchor, Target
from polidiff.workspace.state import DecisionState
from polidiff.workspace.store import Store

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

F = TypeVar("F", Verdict, ClaimVerdict)

__all__ = [
    "FILES",
    "CheckedArticle",
    "as_markdown",
    "check_article",
    "check_of",
    "checked_articles",
    "checked_file",
    "files_of",
    "first_verdicts",
    "overrule",
    "take_back",
    "verdict_target",
]

FILES = (
    "article.corrected.docx",
    "article.corrected.zh.docx",
    "article.letter.docx",
    "article.letter.zh.docx",
    "article.corrected.html",
    "article.corrected.zh.html",
    "article.html",
    "article.zh.html",
    "article.docx",
    "check.json",
    "claimreview.json",
)
"""What is kept of an article's check to be sent on; ``body.en`` and ``body.zh`` are what the workbench shows."""

WORDS = "words"
"""The article's own words, to be changed and checked again."""

RECORD, VERSIONS = "record", "versions"
"""The check as it was made, without the documents, and which versions of them it was made against."""

LIST = "articles"
"""The setting that holds the list of checked articles."""

MOST = 200
"""Articles in the list; older ones fall out of it."""


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """An article that was checked: its name, how much was found in it, and against which documents."""

    id: str
    name: str
    title: str
    language: str
    quotes: int
    claims: int
    documents: tuple[str, ...]


def check_article(
    work: Workspace, article: Document, name: str, progress: Callable[[str, int, int], None] | None = None
) -> CheckedArticle:
    """Check an article's quotations and claims against the current documents, and keep what came of it.

    The same article against the same versions has the same id. Raises InputError.
    """
    current = work.library.current()
    documents = [work.library.read(held.document, held.version)[0] for held in current.values()]
    named = "\0".join((article.sha256, __version__, *(f"{held.document} {held.version}" for held in current.values())))
    found = hashlib.sha256(named.encode()).hexdigest()[:16]
    tell = progress or (lambda step, done, total: None)
    checker = ClaimChecker(documents, encoder=work.encoder)
    tell("quotes", 0, 1)
    first = checker.check_article(article, claims=False)
    tell("found.quotes", len(first.verdicts), 0)
    work.store.keep(
        {
            _early(article.sha256, language): article_body(first, language=language).encode()
            for language in get_args(Locale)
        }
    )
    tell("claims", 0, 1)
    checked = checker.check_article(article, claims=True)
    tell("found.claims", len(checked.claims), 0)
    tell("writing", 0, 1)
    versions = {held.document: held.version for held in current.values()}
    kept_for_later = {
        RECORD: codec.pack(replace(checked, documents=())),
        VERSIONS: json.dumps(versions).encode(),
        WORDS: as_markdown(article).encode(),
    }
    work.store.keep({_key(found, file): data for file, data in kept_for_later.items()})
    _write(work, found, checked)
    made = CheckedArticle(
        found,
        name,
        article.title or name,
        article.language,
        len(checked.verdicts),
        len(checked.claims),
        tuple(document.id for document in documents),
    )
    kept = [one for one in checked_articles(work.store) if one.id != found]
    work.store.set({LIST: json.dumps([asdict(one) for one in (made, *kept)[:MOST]], ensure_ascii=False)})
    return made


def _write(work: Workspace, article: str, checked: ArticleCheck) -> None:
    """Keep what comes of a check, as people decided it."""
    ruled = _as_decided(work, checked)
    with tempfile.TemporaryDirectory(prefix="polidiff-") as place:
        folder = Path(place)
        api.write_check(ruled, folder, encoder=work.encoder)
        export(folder, "docx", folder / "article.docx")
        files = {file: (folder / file).read_bytes() for file in FILES}
    for language in get_args(Locale):
        files[f"body.{language}"] = article_body(ruled, language=language).encode()
    made = {_key(article, file): data for file, data in files.items()}
    work.store.drop(list(made))
    work.store.keep(made)


def check_of(work: Workspace, article: str) -> ArticleCheck | None:
    """Return a check as it was made, for :func:`overrule`; None where an older version kept none."""
    data, versions = (checked_file(work.store, article, file) for file in (RECORD, VERSIONS))
    if data is None or versions is None:
        return None
    check = codec.unpack(ArticleCheck, data)
    documents = (work.library.read(name, version)[0] for name, version in json.loads(versions).items())
    return replace(check, documents=tuple(documents))


def verdict_target(check: ArticleCheck, one: Found) -> Target:
    """Return what a decision on the verdict on a quotation or a claim is about."""
    article = check.article
    anchor = Anchor(article.id, article.text_sha256, one.start or 0, one.end or 0)
    return Target("verdict", (anchor,), f"{'claim' if isinstance(one, ClaimVerdict) else 'quote'}={one.verdict}")


def overrule(work: Workspace, article: str, number: int, said: str, *, by: str, when: datetime, why: str = "") -> None:
    """Say that the article is ``right`` or ``wrong`` in what verdict ``number`` (from 1, in its order) is on.

    What was kept of the check is made again. Raises InputError where there is no such verdict.
    """
    check = check_of(work, article)
    found = {} if check is None else dict(numbered(check))
    if check is None or number not in found:
        raise InputError(article, f"has no verdict {number}", "check the article again, and choose one of its verdicts")
    work.decide(verdict_target(check, found[number]), "label", value=said, by=by, when=when, why=why)
    _write(work, article, check)


def take_back(work: Workspace, article: str, number: int, *, by: str, when: datetime) -> None:
    """Take back what was said of a verdict. Raises InputError where nothing was, or by somebody else."""
    check = check_of(work, article)
    if check is not None and number in (found := dict(numbered(check))):
        work.decide(verdict_target(check, found[number]), "undo", by=by, when=when)
        _write(work, article, check)


def _as_decided(work: Workspace, check: ArticleCheck) -> ArticleCheck:
    """Return a check with what people overruled of it."""
    standings = work.standings()
    verdicts = tuple(_ruled(one, standings.get(verdict_target(check, one))) for one in check.verdicts)
    claims = tuple(_ruled(one, standings.get(verdict_target(check, one))) for one in check.claims)
    return replace(check, verdicts=verdicts, claims=claims)


def _ruled(one: F, held: DecisionState | None) -> F:
    row = None if held is None else held.decided
    if row is None:
        return one
    verdict = "not_said" if isinstance(one, ClaimVerdict) and one.verdict == "not_found" else one.verdict
    if row.value == "right":
        said = Reason.of("verdict.right", by=row.by, verdict=verdict)
        if row.why:
            said = Reason.of("verdict.right.why", by=row.by, verdict=verdict, why=row.why)
    else:
        said = Reason.of("verdict.wrong", by=row.by, verdict=verdict)
        if row.why:
            said = Reason.of("verdict.wrong.why", by=row.by, verdict=verdict, why=row.why)
    made = replace(one, reasons=(said, *one.reasons))
    return replace(made, unsure=False) if isinstance(made, ClaimVerdict) else made


def first_verdicts(store: Store, sha256: str, language: Locale) -> str:
    """Return what was found in an article that is being checked, as the page shows it; empty where nothing is yet."""
    key = _early(sha256, language)
    return store.results([key]).get(key, b"").decode("utf-8", "replace")


def checked_articles(store: Store) -> tuple[CheckedArticle, ...]:
    """Return the articles that were checked, the last one first."""
    try:
        rows = json.loads(store.settings().get(LIST, "[]"))
        return tuple(CheckedArticle(**{**row, "documents": tuple(row["documents"])}) for row in rows)
    except (ValueError, TypeError, KeyError):
        return ()


def as_markdown(article: Document) -> str:
    """The article's words to be changed, as Markdown, so that headings and paragraphs are read as such again."""
    made = []
    for block in article.blocks:
        words = article.text[block.start : block.end]
        if block.kind == "title":
            words = f"# {words}"
        elif block.kind == "heading":
            words = f"{'#' * min(max(block.level, 2), 6)} {words}"
        elif block.kind == "item":
            words = f"- {words}"
        made.append(words)
    return "\n\n".join(one for one in made if one.strip())


def checked_file(store: Store, article: str, file: str) -> bytes | None:
    """Return one of :data:`FILES` of a checked article, its body, or its :data:`WORDS`; None where none are held."""
    return store.results([_key(article, file)]).get(_key(article, file))


def files_of(store: Store, article: str) -> tuple[str, ...]:
    """Return which of :data:`FILES` are held of a checked article: one that an older version checked has fewer."""
    held = store.results([_key(article, name) for name in FILES])
    return tuple(name for name in FILES if _key(article, name) in held)


def _early(sha256: str, language: Locale) -> str:
    return f"article:{sha256}:first.{language}"


def _key(article: str, file: str) -> str:
    return f"article:{article}:{file}"

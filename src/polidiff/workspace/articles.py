"""Articles that were checked against the documents of a workspace: what was found, kept as files by their names."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from polidiff import api
from polidiff.checking.checker import ClaimChecker
from polidiff.export import export
from polidiff.model import Document
from polidiff.report import article_body
from polidiff.version import __version__
from polidiff.wording import Locale
from polidiff.workspace.store import Store

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = [
    "FILES",
    "CheckedArticle",
    "as_markdown",
    "check_article",
    "checked_articles",
    "checked_file",
    "files_of",
    "first_verdicts",
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
    with tempfile.TemporaryDirectory(prefix="polidiff-") as place:
        folder = Path(place)
        api.write_check(checked, folder, encoder=work.encoder)
        export(folder, "docx", folder / "article.docx")
        files = {file: (folder / file).read_bytes() for file in FILES}
    for language in get_args(Locale):
        files[f"body.{language}"] = article_body(checked, language=language).encode()
    files[WORDS] = as_markdown(article).encode()
    work.store.keep({_key(found, file): data for file, data in files.items()})
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

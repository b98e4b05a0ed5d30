"""A workspace's own codebook: a code edited, added or dropped, what that would change, and who changed it when."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from polidiff.alignment import CodedDocument, make_side
from polidiff.coding.codebook import faults_of
from polidiff.coding.coder import code as code_document
from polidiff.coding.tables import slug, tables_of, unique
from polidiff.errors import CodebookError
from polidiff.lang.words import has_cjk
from polidiff.model import Codebook, Coding, Document, Finding, Provision, Scale, Theme, codec
from polidiff.model.comparisons import TREATED
from polidiff.workspace.decisions import author, moment
from polidiff.workspace.kept import checked_codebook, key

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = ["Edit", "Moved", "as_theme", "coded_again", "dropped", "edited", "edits", "moved", "save", "take_back"]

_SLOT = "codebook.edits"
TEXTS = ("name", "name_zh", "definition", "definition_zh", "include", "exclude")
"""The fields of a code that are plain texts."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the codebook: who made it, when (ISO 8601), of which code (empty for the whole), and in what it
    consists (``changed``, ``added``, ``dropped``, ``loaded``). ``was`` names the codebook before it in the store."""

    by: str
    when: str
    what: str
    code: str
    was: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A passage that would gain a code or lose it: the scores before and after, 0 where it isn't given."""

    provision: Provision
    code: str
    before: float
    after: float

    @property
    def gained(self) -> bool:
        """Whether it would be given the code."""
        return self.after >= TREATED


def edited(book: Codebook, code: str | None, fields: Mapping[str, str]) -> tuple[Codebook, str]:
    """Return the codebook with a code as the fields of a form say, a new one for None; and the code's id.

    ``terms`` are one a line, English and Chinese together; ``parent`` and ``head`` are ids, the parent may be empty.
    What isn't in ``fields`` stays. Raises :class:`CodebookError` with the first fault.
    """
    old = next((theme for theme in book.themes if theme.id == code), None)
    given = {name: " ".join(fields[name].split()) for name in (*TEXTS, "head", "parent") if name in fields}
    if old is None:
        name = given.get("name") or given.get("name_zh", "")
        taken = {theme.id for theme in book.themes}
        heads = [head for head, _, _ in book.heads]
        old = Theme(unique(slug(name), taken), heads[0] if heads else "", name, name, name, "", "", (), ())
    named = {**{field: getattr(old, field) for field in TEXTS}, **given}
    named["name"] = named["name"] or named["name_zh"]
    named["definition"] = named["definition"] or named["definition_zh"]
    en, zh = _terms(fields["terms"]) if "terms" in fields else (old.en_terms, old.zh_terms)
    parent = given.get("parent", old.parent or "") or None
    texts = {field: named[field] for field in TEXTS}
    new = replace(old, **texts, head=given.get("head", old.head), parent=parent, en_terms=en, zh_terms=zh)
    if code is None:
        themes = (*book.themes, new)
    else:
        themes = tuple(new if theme.id == code else theme for theme in book.themes)
    return _checked(book, themes), new.id


def dropped(book: Codebook, code: str) -> Codebook:
    """Return the codebook without a code; those under it come under the one above. Raises :class:`CodebookError`."""
    parent = book.theme(code).parent
    themes = (replace(one, parent=parent) if one.parent == code else one for one in book.themes if one.id != code)
    return _checked(book, tuple(themes))


def as_theme(finding: Finding, book: Codebook, documents: Sequence[str]) -> Theme:
    """Return a matter that polidiff proposes as a code: under its theme, found by the phrases of its name."""
    phrases = [*re.split(r",\s*|、", finding.name), *re.split(r",\s*|、", finding.name_zh)]
    en, zh = _terms("\n".join(phrases))
    above = next((theme for theme in book.themes if theme.id == finding.theme), None)
    head = above.head if above is not None else book.heads[0][0] if book.heads else ""
    name = finding.name or finding.name_zh
    where = ", ".join(documents)
    return Theme(
        "", head, name, finding.name_zh or name, f"What {where} say on {name}.", "", "", en, zh,
        parent=above.id if above is not None else None,
    )  # fmt: skip


def _terms(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Terms, one a line: the English ones, the Chinese ones."""
    lines = [" ".join(line.split()) for line in re.split(r"[\r\n;；]", text)]
    terms = list(dict.fromkeys(line for line in lines if line))
    return tuple(one for one in terms if not has_cjk(one)), tuple(one for one in terms if has_cjk(one))


def _checked(book: Codebook, themes: tuple[Theme, ...]) -> Codebook:
    stem, _, count = book.version.partition("+")
    version = f"{stem}+{int(count) + 1 if count.isdecimal() else 1}"
    made = replace(book, version=version, themes=themes)
    if faults := faults_of(tables_of(made)):
        raise CodebookError(book.id, faults[0], "correct the code, and try again")
    return made


def coded_again(
    reads: Iterable[tuple[Document, tuple[Provision, ...]]], book: Codebook, scale: Scale
) -> tuple[CodedDocument, ...]:
    """Return documents coded with another codebook, as a comparison would code them. Nothing is kept."""
    return tuple(
        make_side(document, provisions, code_document(document, provisions, book, scale=scale, mentions=True))
        for document, provisions in reads
    )


def moved(before: Sequence[CodedDocument], after: Sequence[CodedDocument]) -> tuple[Moved, ...]:
    """Return the passages that gain or lose a code between two codings of the same documents, in their order."""
    made = []
    for old, new in zip(before, after, strict=True):
        for provision, one, other in zip(old.provisions, old.codings, new.codings, strict=True):
            was, now = _scores(one), _scores(other)
            for name in dict.fromkeys((*was, *now)):
                change = Moved(provision, name, was.get(name, 0.0), now.get(name, 0.0))
                if (change.before >= TREATED) != change.gained:
                    made.append(change)
    return tuple(made)


def _scores(coding: Coding) -> dict[str, float]:
    return {code.id: code.score for code in coding.themes}


def edits(work: Workspace) -> tuple[Edit, ...]:
    """Return the changes of the workspace's codebook, oldest first."""
    return tuple(Edit(**one) for one in json.loads(work.store.settings().get(_SLOT, "[]")))


def save(work: Workspace, book: Codebook, *, by: str, when: datetime, what: str, code: str = "") -> None:
    """Make a codebook the workspace's, and note who did; comparisons are made anew. Raises InputError without a name.

    What people decided of codes that stay holds on.
    """
    old = codec.dump(work.method(make=False).codebook)
    name = key("codebook", old.decode("ascii"))
    work.store.keep({name: old})
    work.remember(book)
    _note(work, (*edits(work), Edit(author(by), moment(when), what, code, name)))


def take_back(work: Workspace) -> bool:
    """Undo the last change; return whether there was one."""
    made = edits(work)
    held = work.store.results([made[-1].was]).get(made[-1].was) if made else None
    if held is None:
        return False
    work.remember(checked_codebook(held.decode("ascii"), work.store.name))
    _note(work, made[:-1])
    return True


def _note(work: Workspace, made: Sequence[Edit]) -> None:
    record = [{name: getattr(one, name) for name in Edit.__slots__} for one in made]
    work.store.set({_SLOT: json.dumps(record)})

"""The codebook desk: each code with its passages and the coder's doubts; edited with a look at what that changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.alignment import CodedDocument
from polidiff.coding import BUNDLED, load_codebook
from polidiff.coding.codebook import parse_codebook
from polidiff.coding.tables import tables_of, to_toml
from polidiff.comparison.passages import passage_of
from polidiff.errors import CodebookError
from polidiff.model import Codebook, Theme
from polidiff.model.comparisons import TREATED
from polidiff.report.names import book_title
from polidiff.report.passages import PassageView
from polidiff.web.pages import Page
from polidiff.web.routing import View, get, post
from polidiff.web.snapshot import Snapshot
from polidiff.web.views.deciding import name_of_reader, remember
from polidiff.web.views.waiting import waiting
from polidiff.wording import Locale
from polidiff.workspace import Target, codes
from polidiff.workspace.apply import decided
from polidiff.workspace.pipeline import decided_sides

MOST = 12
"""Passages that are shown at once; all are a click away."""

DOUBT = 0.2
"""How near to one half a score is where the coder doubts."""

MOST_MATTERS = 24
"""Matters that are proposed as codes."""


@dataclass(frozen=True)
class Given:
    """A passage that the coder gives a code, or nearly: how it is shown, its score, and where it is decided."""

    view: PassageView
    score: float
    decide: str
    said: str


@dataclass(frozen=True)
class Trial:
    """What an edit would change: passages that gain the code or lose it, and how many do with other codes."""

    gained: list[PassageView]
    lost: list[PassageView]
    others: list[tuple[str, int, int]]
    counts: list[tuple[str, int, int]]

    @property
    def nothing(self) -> bool:
        """Whether no passage changes."""
        return not (self.gained or self.lost or self.others)


def show(page: Page) -> Response:
    """All codes by head, with how many passages of each document have each; and the matters that could be codes."""
    snapshot, fresh = page.desk.snapshot(patience=0)
    book = page.desk.codebook()
    with page.desk.workspace() as work:
        edits = codes.edits(work)
    counts = _counts(_sides(snapshot)) if snapshot is not None else {}
    rows = sorted(book.themes, key=lambda one: _order(book, one))
    return page.render(
        "codes.html",
        here_is="codes",
        fresh=fresh or snapshot is None,
        book=book,
        bench=snapshot.bench(page.tongue) if snapshot is not None else None,
        heads=[(_head(book, head, page.tongue), list(held)) for head, held in groupby(rows, key=lambda one: one.head)],
        counts=counts,
        named=lambda one: named(one, page.tongue),
        matters=_matters(snapshot, book) if snapshot is not None else [],
        edits=list(reversed(edits)),
        bundled=[load_codebook(name) for name in BUNDLED if name != book.id],
        book_title=lambda one: book_title(one, page.tongue),
        problem=page.query.get("problem", ""),
    )


def one(page: Page) -> Response:
    """One code: what it means, its passages, where the coder doubts, and the form to change it."""
    return _code(page, _theme(page))


def new(page: Page) -> Response:
    """The form of a new code; of a matter that polidiff proposes where one is named."""
    return _code(page, _blank(page), new=True)


def change(page: Page) -> Response:
    """Try a change of a code, save it, or drop the code."""
    code = page.request.path_params.get("code")
    old = _theme(page) if code is not None else None
    book, what = page.desk.codebook(), str(page.form.get("what", ""))
    fields = {name: str(value) for name, value in page.form.items() if isinstance(value, str)}
    try:
        if what.startswith("drop") and old is not None:
            made, ident = codes.dropped(book, old.id), old.id
        else:
            made, ident = codes.edited(book, code, fields)
    except CodebookError as error:
        return _code(page, _typed(book, old, fields), new=old is None, fault=str(error))
    if what in ("try", "drop.try"):
        theme = next((one for one in made.themes if one.id == ident), old)
        assert theme is not None
        return _code(page, theme, new=old is None, trial=_trial(page, made, ident), drops=what == "drop.try")
    by = name_of_reader(page)
    verb = "added" if old is None else "dropped" if what == "drop" else "changed"
    with page.desk.workspace() as work:
        codes.save(work, made, by=by, when=page.desk.now(), what=verb, code=ident)
    page.desk.wake()
    return remember(page, by, page.go("/codes" if verb == "dropped" else f"/codes/{ident}"))


def whole(page: Page) -> Response:
    """Take another codebook whole (bundled, or a file), or take the last change back."""
    what = str(page.form.get("what", ""))
    if what == "back":
        with page.desk.workspace() as work:
            codes.take_back(work)
        page.desk.wake()
        return page.go("/codes")
    by, name = name_of_reader(page), str(page.form.get("name", ""))
    file = page.form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        file.file.seek(0)
        book = parse_codebook(file.file.read().decode("utf-8-sig", "replace"), file.filename)
    elif name in BUNDLED:
        book = load_codebook(name)
    else:
        return page.go("/codes", problem="file")
    with page.desk.workspace() as work:
        codes.save(work, book, by=by, when=page.desk.now(), what="loaded")
    page.desk.wake()
    return remember(page, by, page.go("/codes"))


def download(page: Page) -> Response:
    """The codebook as the file that commands take."""
    book = page.desk.codebook()
    headers = {"content-disposition": f'attachment; filename="{book.id}.toml"'}
    return Response(to_toml(tables_of(book)), media_type="text/plain; charset=utf-8", headers=headers)


def named(theme: Theme, tongue: Locale) -> str:
    """The name of a code in a reader's language, or in the one that there is."""
    return (theme.name_zh if tongue == "zh" else theme.name) or theme.id


def _theme(page: Page) -> Theme:
    name = page.request.path_params["code"]
    found = next((one for one in page.desk.codebook().themes if one.id == name), None)
    if found is None:
        raise HTTPException(404)
    return found


def _blank(page: Page) -> Theme:
    snapshot, _ = page.desk.snapshot(patience=0)
    book, matter = page.desk.codebook(), page.query.get("matter", "")
    if snapshot is not None and matter:
        for finding in snapshot.comparison.matters:
            if finding.matter == matter:
                return codes.as_theme(finding, book, finding.documents)
        raise HTTPException(404)
    return Theme("", book.heads[0][0] if book.heads else "", "", "", "", "", "", (), ())


def _typed(book: Codebook, old: Theme | None, fields: Mapping[str, str]) -> Theme:
    """The code as it stands in a form that was refused, so that nothing typed is lost."""
    theme = old or Theme("", book.heads[0][0] if book.heads else "", "", "", "", "", "", (), ())
    texts: dict[str, Any] = {name: fields[name] for name in (*codes.TEXTS, "head") if name in fields}
    return replace(theme, **texts, en_terms=tuple(fields.get("terms", "").splitlines()), zh_terms=())


def _code(
    page: Page, theme: Theme, *, new: bool = False, trial: Trial | None = None, fault: str = "", drops: bool = False
) -> Response:
    snapshot, fresh = page.desk.snapshot(patience=0)
    if snapshot is None:
        return waiting(page, "codes")
    book = page.desk.codebook()
    given = [] if new else _given(page, snapshot, theme.id)
    doubted = sorted((one for one in given if not one.said and abs(one.score - 0.5) <= DOUBT), key=_doubt)
    held = [one for one in given if one.score >= TREATED]
    every = page.query.get("all") == "1"
    return page.render(
        "code.html",
        here_is="codes",
        status=400 if fault else 200,
        fresh=fresh,
        theme=theme,
        new=new,
        trial=trial,
        fault=fault,
        drops=drops,
        bench=snapshot.bench(page.tongue),
        named=lambda one: named(one, page.tongue),
        head=_head(book, theme.head, page.tongue),
        heads=book.heads,
        parents=[one for one in book.themes if one.id != theme.id and theme.id not in _above(book, one)],
        above=next((one for one in book.themes if one.id == theme.parent), None),
        doubted=doubted[:MOST],
        held=held if every else held[:MOST],
        count=len(held),
        finding=theme.id in snapshot.findings,
    )


def _doubt(given: Given) -> float:
    return abs(given.score - 0.5)


def _above(book: Codebook, theme: Theme) -> list[str | None]:
    """The codes above one, which can't be put under it."""
    parents, found = {one.id: one.parent for one in book.themes}, [theme.parent]
    while found[-1] is not None:
        found.append(parents[found[-1]])
    return found


def _head(book: Codebook, head: str, tongue: Locale) -> str:
    return next(((zh if tongue == "zh" else name) or ident for ident, name, zh in book.heads if ident == head), head)


def _order(book: Codebook, theme: Theme) -> tuple[int, int, bool]:
    """Codes by head, each below the one above it."""
    heads = [ident for ident, _, _ in book.heads]
    places = {one.id: place for place, one in enumerate(book.themes)}
    root = theme.parent if theme.parent in places else theme.id
    return (heads.index(theme.head) if theme.head in heads else -1), places[root], theme.parent is not None


def _sides(snapshot: Snapshot) -> list[CodedDocument]:
    """The documents with their codes as people decided them."""
    held = snapshot.comparison
    both = zip(held.documents, held.provisions, held.codings, strict=True)
    return [CodedDocument(document, provisions, codings) for document, provisions, codings in both]


def _counts(sides: Sequence[CodedDocument]) -> dict[str, Counter[str]]:
    """How many passages have each code, by document."""
    made: dict[str, Counter[str]] = {}
    for side in sides:
        for coding in side.codings:
            for code in coding.themes:
                if code.score >= TREATED:
                    made.setdefault(code.id, Counter())[side.document.id] += 1
    return made


def _given(page: Page, snapshot: Snapshot, code: str) -> list[Given]:
    """The passages that have a code, or nearly, the surest first."""
    with page.desk.workspace() as work:
        standings = work.standings()
    bench, made = snapshot.bench(page.tongue), []
    for side in _sides(snapshot):
        for provision, coding in zip(side.provisions, side.codings, strict=True):
            held = next((one for one in coding.themes if one.id == code), None)
            if held is None:
                continue
            anchor = snapshot.places.anchor(side.document.id, provision.span)
            target = Target("code", (anchor,), f"theme:{code}")
            number = snapshot.numbers.get(target)
            standing = standings.get(target)
            made.append(
                Given(
                    bench.view(passage_of(provision, held.score, held.cues)),
                    held.score,
                    snapshot.items[number].name if number is not None else "",
                    standing.decided.by if standing is not None and standing.decided is not None else "",
                )
            )
    return sorted(made, key=lambda one: -one.score)


def _trial(page: Page, book: Codebook, code: str) -> Trial | None:
    """What a codebook would change in the documents that are compared, as people decided their codes."""
    snapshot, _ = page.desk.snapshot(patience=0)
    if snapshot is None:
        return None
    before = _sides(snapshot)
    with page.desk.workspace() as work:
        method = replace(work.method(make=False), codebook=book)
        reads = [work.places().documents[side.document.id] for side in before]
        proposal = replace(snapshot.proposal, sides=codes.coded_again(reads, book, method.scale))
        after = decided_sides(work.store, proposal, method, decided(work.standings().values(), snapshot.places))
    changes = codes.moved(before, after)
    bench = snapshot.bench(page.tongue)
    own = [one for one in changes if one.code == code]
    names = {theme.id: named(theme, page.tongue) for theme in (*page.desk.codebook().themes, *book.themes)}
    others = Counter(one.code for one in changes if one.code != code)
    gained = Counter(one.code for one in changes if one.code != code and one.gained)
    was, now = _counts(before).get(code, Counter()), _counts(after).get(code, Counter())
    return Trial(
        [bench.view(passage_of(one.provision, one.after)) for one in own if one.gained],
        [bench.view(passage_of(one.provision, one.before)) for one in own if not one.gained],
        [(names[ident], gained[ident], count - gained[ident]) for ident, count in others.most_common()],
        [(side.document.id, was[side.document.id], now[side.document.id]) for side in before],
    )


def _matters(snapshot: Snapshot, book: Codebook) -> list[tuple[str, str, str, int]]:
    """The matters to which several documents speak and that are no codes yet: id, both names, how many passages."""
    known = {name.casefold() for one in book.themes for name in (one.name, one.name_zh)}
    made: dict[str, tuple[str, str, str, int]] = {}
    for finding in snapshot.comparison.matters:
        name, name_zh = finding.name or finding.name_zh, finding.name_zh or finding.name
        if finding.matter is None or finding.matter in made or name.casefold() in known:
            continue
        if len(finding.documents) > 1:
            passages = len(snapshot.members.get(finding.matter, ()))
            made[finding.matter] = finding.matter, name, name_zh, passages
    return list(made.values())[:MOST_MATTERS]


VIEW = View(
    "codes",
    "/codes",
    (
        get("/codes", show),
        post("/codes", whole),
        get("/codes.toml", download),
        get("/codes/new", new),
        post("/codes/new", change),
        get("/codes/{code}", one),
        post("/codes/{code}", change),
    ),
)

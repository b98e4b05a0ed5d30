"""A REFI-QDA project (.qdpx) or codebook (.qdc) of another program: its texts, codes and people's codings come in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polidiff.errors import InputError

__all__ = ["Given", "Project", "project_files", "read_refi"]


@dataclass(frozen=True)
class Given:
    """A code that somebody gave to words of a source: ``text[start:end]``, in Unicode code points."""

    user: str
    source: str
    start: int
    end: int
    code: str


@dataclass(frozen=True)
class Project:
    """A project: text by source's name; codes as (id, name, broader code or None, description); what was given.

    ``notes`` are (name, who wrote it, words). ``left`` names what could not come in, a line each: pictures, sound,
    areas of PDF pages, groups of codes, places outside of their text.
    """

    sources: dict[str, str]
    codes: tuple[tuple[str, str, str | None, str], ...]
    given: tuple[Given, ...]
    left: tuple[str, ...]
    notes: tuple[tuple[str, str, str], ...] = ()


def read_refi(path: Path) -> Project:
    """Read a .qdpx or .qdc file. Raises InputError for what is neither, or breaks the standard's form."""
    from polidiff.readers.archive import Archive, parse_xml

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"can't be read ({error.strerror})", "check the path") from None
    if not data.startswith(b"PK"):
        return _Reading(None, parse_xml(data, path.name), path.name).project()
    archive = Archive(data, path.name)
    root = next((archive.xml(name) for name in _projects(archive.names)), None)
    if root is None:
        raise InputError(str(path), "no project.qde in it", "export it as REFI-QDA project (.qdpx) again")
    return _Reading(archive, root, path.name).project()


def _projects(names: frozenset[str]) -> list[str]:
    """Return the members that may be the project's file: some programs name it after the project, or put it deeper."""
    held = [name for name in names if name.lower().endswith(".qde") and not name.startswith("__MACOSX/")]
    return sorted(held, key=lambda name: (name.count("/"), not name.endswith("project.qde"), name))


class _Reading:
    """One project while it is read."""

    def __init__(self, archive: Any, root: Any, name: str) -> None:
        self._archive, self._root, self._name = archive, root, name
        self._codes: dict[str, tuple[str, str | None, str]] = {}
        self._users: dict[str, str] = {}
        self._left: list[str] = []
        self._sources: dict[str, str] = {}
        self._given: list[Given] = []

    def project(self) -> Project:
        codes = next((el for el in self._root.iter() if _local(el) in ("Codes", "CodeBook")), None)
        if _local(self._root) not in ("Project", "CodeBook") or codes is None:
            raise InputError(self._name, "no REFI-QDA project or codebook", "export it as .qdpx or .qdc again")
        for held in (codes, *_children(codes, "Codes")):
            for code in _children(held, "Code"):
                self._code(code, None)
        for user in self._root.iter():
            if _local(user) == "User":
                self._users[_id(user.get("guid"))] = user.get("name") or user.get("id") or "unnamed"
        for sources in _children(self._root, "Sources"):
            for source in sources:
                self._source(source)
        ids = self._ids()
        rows = [(ids[g], n, ids[above] if above else None, d) for g, (n, above, d) in self._codes.items()]
        given = [Given(g.user, g.source, g.start, g.end, ids[g.code]) for g in self._given]
        notes = [self._note(note) for held in _children(self._root, "Notes") for note in _children(held, "Note")]
        sets = sum(len(_children(held, "Set")) for held in _children(self._root, "Sets"))
        if sets:
            self._left.append(f"{sets} groups of codes or documents")
        cases = sum(len(_children(held, "Case")) for held in _children(self._root, "Cases"))
        if cases:
            self._left.append(f"{cases} cases with their variables")
        return Project(self._sources, tuple(rows), tuple(given), tuple(self._left), tuple(filter(None, notes)))

    def _note(self, note: Any) -> tuple[str, str, str] | None:
        name = note.get("name") or "note"
        words = self._text(note, name)
        user = self._users.get(_id(note.get("creatingUser")), "unnamed")
        return None if words is None else (name, user, words)

    def _ids(self) -> dict[str, str]:
        from polidiff.coding.tables import slug, unique

        made: dict[str, str] = {}
        taken: set[str] = set()
        for identity, (name, _, _) in self._codes.items():
            made[identity] = unique(slug(name), taken)
            taken.add(made[identity])
        return made

    def _code(self, code: Any, above: str | None) -> None:
        identity = _id(code.get("guid"))
        told = " ".join("".join(el.itertext()) for el in _children(code, "Description")).strip()
        self._codes[identity] = (code.get("name") or "unnamed", above, told)
        for narrower in _children(code, "Code"):
            self._code(narrower, identity)

    def _source(self, source: Any) -> None:
        kind = _local(source)
        name = source.get("name") or kind
        if kind == "PDFSource":
            areas = sum(len(_children(one, "Coding")) for one in _children(source, "PDFSelection"))
            if areas:
                self._left.append(f"{name}: {areas} codes given to areas of its pages, not to words")
            inner = next(iter(_children(source, "Representation")), None)
            if inner is None:
                self._left.append(f"{name}: a PDF without its text; read the PDF itself with polidiff")
                return
            source = inner
        elif kind != "TextSource":
            self._left.append(f"{name}: {kind} is no text")
            return
        text = self._text(source, name)
        if text is None:
            return
        if not text.strip():
            self._left.append(f"{name}: its plain text is empty")
            return
        while name in self._sources:
            name += " (2)"
        self._sources[name] = text
        for selection in _children(source, "PlainTextSelection"):
            try:
                start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
            except ValueError:
                start, end = -1, -1
            self._codings(selection, name, start, end, text)
        self._codings(source, name, 0, len(text), text)  # codes of the whole source

    def _codings(self, selection: Any, name: str, start: int, end: int, text: str) -> None:
        for coding in _children(selection, "Coding"):
            user = self._users.get(_id(coding.get("creatingUser") or selection.get("creatingUser")), "unnamed")
            for code in [_id(el.get("targetGUID")) for el in _children(coding, "CodeRef")] or [""]:
                if not 0 <= start < end <= len(text) or code not in self._codes:
                    self._left.append(f"{name} {start}:{end}: no such place or code")
                    continue
                self._given.append(Given(user, name, start, end, code))

    def _text(self, source: Any, name: str) -> str | None:
        held = next(iter(_children(source, "PlainTextContent")), None)
        if held is not None:
            return "".join(held.itertext())
        data = self._member(source.get("plainTextPath") or "")
        if data is None:
            self._left.append(f"{name}: its plain text is not in the project")
            return None
        text: str = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
        return text

    def _member(self, path: str) -> bytes | None:
        """Return what a source's path names in the project, whatever case or folder its program gave it."""
        from urllib.parse import unquote

        name = unquote(path.partition(":")[2] if ":/" in path else path).replace("\\", "/").rpartition("/")[2].lower()
        if self._archive is None or not name:
            return None
        held = (one for one in sorted(self._archive.names) if one.rpartition("/")[2].lower() == name)
        data: bytes | None = next((self._archive.read(one) for one in held), None)
        return data


def _local(el: Any) -> str:
    return el.tag.rpartition("}")[2] if isinstance(el.tag, str) else ""


def _children(el: Any, name: str) -> list[Any]:
    return [child for child in el if _local(child) == name]


def _id(text: str | None) -> str:
    return (text or "").strip("{} ").lower()


def project_files(project: Project) -> dict[str, str]:
    """Return a project as polidiff's own files, by name.

    ``documents/NAME.txt`` are the texts, ``codebook.toml`` the codes, ``codings/PERSON.csv`` a row a provision with the
    codes that this person gave to most of it, or inside of it: what ``polidiff agreement`` and ``code --learn`` read;
    ``notes.md`` what people noted.
    """
    from polidiff.coding.tables import to_toml

    named = _names(project.sources)
    made = {f"documents/{name}.txt": project.sources[source] for source, name in named.items()}
    if project.notes:
        made["notes.md"] = "\n".join(f"## {name}\n\n*{user}*\n\n{words}\n" for name, user, words in project.notes)
    if project.codes:
        made["codebook.toml"] = to_toml(_tables(project))
    units = _units(project, named)
    for number, user in enumerate(sorted({one.user for one in project.given}), 1):
        name = "".join(c if c.isalnum() else "-" for c in user).strip("-") or f"person-{number}"
        made[f"codings/{name}.csv"] = _rows(project, user, units)
    return made


def _names(sources: dict[str, str]) -> dict[str, str]:
    from polidiff.coding.tables import unique

    made: dict[str, str] = {}
    for source in sources:
        stem = Path(source.replace("\\", "/")).name.removesuffix(".txt")
        plain = "".join(c if c.isalnum() or c in "-_." else "-" for c in stem).strip("-.") or "source"
        made[source] = unique(plain, set(made.values()))
    return made


def _tables(project: Project) -> dict[str, Any]:
    themes = []
    for identity, name, above, told in project.codes:
        theme = {"id": identity, "head": "codes", "name": name, "name_zh": name, "definition": told or name}
        themes.append({**theme, **({"parent": above} if above else {}), "en_terms": [name.lower()]})
    head = {"id": "codes", "name": "Codes", "name_zh": "编码"}
    return {"id": "imported", "version": "1", "title": "Imported codes", "head": [head], "theme": themes}


def _units(project: Project, named: dict[str, str]) -> dict[str, list[tuple[str, int, int]]]:
    from polidiff.provisions import split
    from polidiff.readers import read_bytes

    made = {}
    for source, text in project.sources.items():
        name = named[source]
        document = read_bytes(text.encode("utf-8", "replace"), name=f"{name}.txt", id=name)
        made[source] = [(f"{name} {one.id}", one.start, one.end) for one in split(document) if one.leaf]
    return made


def _rows(project: Project, user: str, units: dict[str, list[tuple[str, int, int]]]) -> str:
    import csv
    import io

    given: dict[str, set[str]] = {unit: set() for rows in units.values() for unit, _, _ in rows}
    for one in project.given:
        if one.user != user:
            continue
        for unit, start, end in units[one.source]:
            common = min(end, one.end) - max(start, one.start)
            if 2 * common >= min(end - start, one.end - one.start) and common > 0:
                given[unit].add(one.code)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "codes"])
    writer.writerows((unit, ";".join(sorted(codes))) for unit, codes in given.items())
    return out.getvalue()

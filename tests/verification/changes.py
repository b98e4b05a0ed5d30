"""A made report, and changes to it at random: one visible thing of each kind at a time, as a forger would make them."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.readers.made_pdf import make_pdf

from polidiff import api, bundle
from polidiff.errors import InputError
from polidiff.export import export
from polidiff.verification import Problem, Remade, VerifyReport
from polidiff.verification import verify as verify_files
from polidiff.verification.differences import first_place

NORTH = """# Artificial Intelligence Plan of the North

Ministry of Harbours, 3 May 2024

## Pillar I: Research

### Compute for science

- The Ministry of Science shall fund a national computing centre for AI with 40 million crowns by 2027.[^1]
- Universities should publish the datasets that public money paid for, so that researchers can train models on them.

### Open models

- The Ministry of Science will support open-source and open-weight models for start-ups and universities.

## Pillar II: Rules

- Agencies must review every regulation that hinders the use of AI systems and repeal it by the end of 2025.
- The Office of Safety should test frontier models for risks to national security before they are released.

## Pillar III: Abroad

- The Foreign Office will export the full stack of artificial intelligence technology to allies and partners.
- The Trade Office must enforce export controls on semiconductor chips against rivals.

[^1]: Crowns of the year 2023.
"""
SOUTH = [
    ("h1", "Artificial Intelligence Strategy of the South"),
    ("p", "Department of Technology, 12 June 2024"),
    ("h2", "1 Research and skills"),
    (
        "p",
        "The Department of Technology should build computing for AI research with 15 million marks by 2030.",
    ),
    ("p", "Schools will teach artificial intelligence to every pupil, and workers must be offered training."),
    ("break", ""),
    ("h2", "2 Rules and trust"),
    (
        "p",
        "Regulators shall license high-risk artificial intelligence systems and must publish their audits.",
    ),
    ("p", "The Safety Institute will evaluate frontier models together with international partners."),
    ("break", ""),
    ("h2", "3 The world"),
    ("p", "The South will work in the United Nations for shared standards of artificial intelligence governance."),
    ("p", "Developing countries should receive support for capacity building and open-source models."),
]
ARTICLE = """Two plans, side by side

The North says that agencies “must review every regulation that hinders the use of AI systems”.
The plan of the North promises "40 million crowns" for a computing centre by 2027.
The South's strategy says that regulators “shall license high-risk artificial intelligence systems”.
The South will fund computing with 90 million marks. It also says that “schools will teach artificial intelligence”.
"""

Files = dict[str, bytes]
Change = Callable[[Random, Files], Files]


def made_report(folder: Path) -> Path:
    """Write the report of two made documents and an article, with its Word documents and tables; return its folder."""
    (folder / "north.md").write_text(NORTH, encoding="utf-8")
    (folder / "south.pdf").write_bytes(make_pdf(SOUTH, foot=lambda page: str(page)))
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    documents = [api.read(folder / name) for name in ("north.md", "south.pdf")]
    check = api.check(folder / "article.txt", documents, claims=True)
    report = folder / "report"
    api.write_report(api.compare(*documents), report, check)
    api.write_check(check, report)
    for to, language in (("docx", "en"), ("csv", "en")):
        export(report, to, language="zh" if language == "zh" else "en")
    return report


def files_of(report: Path) -> Files:
    """Return every file of a report by its name in the folder."""
    return {p.relative_to(report).as_posix(): p.read_bytes() for p in sorted(report.rglob("*")) if p.is_file()}


def _pick(random: Random, files: Files, pattern: str) -> str:
    return random.choice([name for name in files if re.fullmatch(pattern, name)])


def _other_letters(random: Random, text: str) -> str:
    """``text`` with one letter or digit that is another one."""
    at = random.choice([i for i, char in enumerate(text) if char.isalnum()])
    other = random.choice([c for c in ("0123456789" if text[at].isdigit() else "abcdefghiklmnorstu") if c != text[at]])
    return text[:at] + other + text[at + 1 :]


# Pages


_SHOWN = re.compile(rb"(?<=>)[^<>{}]*[^<>{}\s][^<>{}]*(?=<)")


def _texts(page: bytes) -> list[re.Match[bytes]]:
    body = page.index(b"<body")
    found = ((one, html.unescape(one[0].decode())) for one in _SHOWN.finditer(page, body))
    return [one for one, words in found if any(char.isalnum() for char in words)]


def _on_page(wanted: Callable[[str], bool]) -> Change:
    def change(random: Random, files: Files) -> Files:
        name = _pick(random, files, r"(index|article)(\.zh)?\.html")
        page = files[name]
        words = [found for found in _texts(page) if wanted(html.unescape(found[0].decode()))]
        found = random.choice(words)
        said = html.escape(_other_letters(random, html.unescape(found[0].decode())), quote=False)
        return {name: page[: found.start()] + said.encode() + page[found.end() :]}

    return change


def _passage_gone(random: Random, files: Files) -> Files:
    name = _pick(random, files, r"index(\.zh)?\.html")
    shown = re.compile(rb"<(q|p|blockquote|span)\b[^>]*data-start=[^>]*>.*?</\1>", re.S)
    found = random.choice(list(shown.finditer(files[name])))
    page = files[name]
    if random.random() < 0.5:
        return {name: page[: found.start()] + page[found.end() :]}
    return {name: page[: found.end()] + found[0] + page[found.end() :]}


# Records


Leaf = tuple[list[Any], Any]


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[Leaf]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))
    else:
        yield list(path), value


def _put(record: Any, path: list[Any], value: Any) -> None:
    for key in path[:-1]:
        record = record[key]
    record[path[-1]] = value


def _changed(random: Random, value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return random.choice([one for one in (True, False, None) if one is not value])
    if isinstance(value, int):
        return value + random.choice((-1, 1, 7))
    if isinstance(value, float):
        return round(value + random.choice((-0.25, -0.01, 0.01, 0.25)), 4)
    return _other_letters(random, value) if any(char.isalnum() for char in value) else f"{value}x"


def _written(record: Any) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def _in_record(wanted: Callable[[list[Any], Any], bool], names: str = r"(comparison|check)\.json") -> Change:
    def change(random: Random, files: Files) -> Files:
        name = _pick(random, files, names)
        record = json.loads(files[name])
        leaves = [leaf for leaf in _leaves(record) if wanted(*leaf)]
        path, value = random.choice(leaves)
        _put(record, path, _changed(random, value))
        return {name: _written(record)}

    return change


def _key(*keys: str) -> Callable[[list[Any], Any], bool]:
    def wanted(path: list[Any], value: Any) -> bool:
        return value is not None and any(part in keys for part in path[-2:])

    return wanted


def _finding(random: Random, files: Files) -> Files:
    record = json.loads(files["comparison.json"])
    finding = random.choice(record["findings"])
    kinds = ["shared", "divergent", "only", "undecided"]
    finding["finding"] = random.choice([kind for kind in kinds if kind != finding["finding"]])
    return {"comparison.json": _written(record)}


def _verdict(random: Random, files: Files) -> Files:
    name = _pick(random, files, r"(comparison|check)\.json")
    record = json.loads(files[name])
    kind = random.choice(["verdicts", "claims"])
    one = random.choice(record["article"][kind])
    kinds = ["supported", "overstated", "contradicted", "not_found"]
    kinds = kinds if kind == "claims" else ["verbatim", "typographic", "trimmed", "altered", "not_found"]
    one["verdict"] = random.choice([other for other in kinds if other != one["verdict"]])
    return {name: _written(record)}


def _attributed(random: Random, files: Files) -> Files:
    record = json.loads(files["comparison.json"])
    rows = [p for finding in record["findings"] for p in finding["passages"]]
    rows += [row for coding in record["codings"] for row in coding["lead"]]
    rows += [v for v in record["article"]["verdicts"] if v.get("speaker")]
    row = random.choice(rows)
    if "document" in row and "provision" in row:
        row["document"] = random.choice([d["id"] for d in record["documents"] if d["id"] != row["document"]])
    else:
        key = "name" if "name" in row else "speaker"
        row[key] = _other_letters(random, row[key])
    return {"comparison.json": _written(record)}


def _dropped(random: Random, files: Files) -> Files:
    record = json.loads(files["comparison.json"])
    lists = [f["passages"] for f in record["findings"] if f["passages"]]
    lists += [record["provisions"], record["crosswalk"], record["findings"], record["codings"]]
    chosen = random.choice(lists)
    at = random.randrange(len(chosen))
    if random.random() < 0.5:
        del chosen[at]
    else:
        chosen.insert(at, json.loads(json.dumps(chosen[at])))
    return {"comparison.json": _written(record)}


# Office files, figures, tables, texts


def _in_zip(names: str, part: str, words: re.Pattern[bytes]) -> Change:
    def change(random: Random, files: Files) -> Files:
        name = _pick(random, files, names)
        with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
            parts = {item.filename: archive.read(item) for item in archive.infolist()}
        places = [
            (at, found)
            for at, data in parts.items()
            if re.fullmatch(part, at)
            for found in words.finditer(data)
            if any(char.isalnum() for char in found[1].decode())
        ]
        at, found = random.choice(places)
        said = _other_letters(random, html.unescape(found[1].decode()))
        parts[at] = parts[at][: found.start(1)] + html.escape(said, quote=False).encode() + parts[at][found.end(1) :]
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for part_name, data in parts.items():
                archive.writestr(part_name, data)
        return {name: made.getvalue()}

    return change


def _bar(random: Random, files: Files) -> Files:
    name = _pick(random, files, r"figures/.*\.svg")
    shapes = re.compile(rb"<(?:rect|circle|path|line|text|tspan)\b[^>]*>")
    number = re.compile(rb'\s(?:x|y|width|height|cx|cy|r|x1|x2|y1|y2|d)="([^"]*\d[^"]*)"')
    svg = files[name]
    places = [found for shape in shapes.finditer(svg) for found in number.finditer(svg, shape.start(), shape.end())]
    places += [found for found in re.finditer(rb">([^<>]*\w[^<>]*)<", svg) if found.start() > svg.index(b"<svg")]
    found = random.choice(places)
    said = found[1].decode()
    digits = [i for i, char in enumerate(said) if char.isdigit()] or [i for i, c in enumerate(said) if c.isalnum()]
    at = random.choice(digits)
    other = random.choice([c for c in "0123456789" if c != said[at]])
    return {name: svg[: found.start(1)] + (said[:at] + other + said[at + 1 :]).encode() + svg[found.end(1) :]}


def _cell_of_table(random: Random, files: Files) -> Files:
    name = _pick(random, files, r"csv/.*\.csv")
    return {name: _other_letters(random, files[name].decode("utf-8-sig")).encode("utf-8-sig")}


def _text(random: Random, files: Files) -> Files:
    name = _pick(random, files, r"documents/.*\.txt")
    return {name: _other_letters(random, files[name].decode()).encode()}


def _file(random: Random, files: Files) -> Files:
    """One byte of any file."""
    name = random.choice([name for name in files if name != "manifest.json"])
    data = bytearray(files[name])
    data[random.randrange(len(data))] ^= 1 << random.randrange(7)
    return {name: bytes(data)}


def _brief(random: Random, files: Files) -> Files:
    """A sentence of the brief, on the page or in the record, where the report has one."""
    record = json.loads(files["comparison.json"])
    leaves = [leaf for leaf in _leaves(record.get("briefs", [])) if isinstance(leaf[1], str) and leaf[1].strip()]
    told = [name for name in files if "brief" in name]
    if told and (not leaves or random.random() < 0.5):
        name = random.choice(told)
        if name.endswith(".docx"):
            return _in_zip(re.escape(name), r"word/document\.xml", _RUN)(random, files)
        return {name: _other_letters(random, files[name].decode()).encode()}
    if not leaves:
        return _on_page(lambda words: len(words) > 40)(random, files)
    path, value = random.choice(leaves)
    _put(record["briefs"], path, _changed(random, value))
    return {"comparison.json": _written(record)}


_RUN = re.compile(rb"<w:t(?: [^>]*)?>([^<]*\w[^<]*)</w:t>")
_CELL = re.compile(rb"<(?:t|v)(?: [^>]*)?>([^<]*\w[^<]*)</(?:t|v)>")


def _number(words: str) -> bool:
    return any(char.isdigit() for char in words)


KINDS: dict[str, Change] = {
    "label on a page": _on_page(lambda words: len(words.strip()) < 40 and not _number(words)),
    "sentence on a page": _on_page(lambda words: len(words.strip()) >= 40),
    "count on a page": _on_page(_number),
    "passage dropped or doubled on a page": _passage_gone,
    "finding": _finding,
    "verdict": _verdict,
    "count in a record": _in_record(_key("counts", "n", "searched", "characters", "pages", "reviews")),
    "heading": _in_record(_key("path", "title", "number")),
    "attribution": _attributed,
    "page number": _in_record(_key("page", "page_start", "page_end", "runs", "page_labels")),
    "passage dropped or doubled in a record": _dropped,
    "brief's sentence": _brief,
    "workbook's cell": _in_zip(r".*\.xlsx", r"xl/(sharedStrings|worksheets/sheet\d+)\.xml", _CELL),
    "Word document": _in_zip(r".*\.docx", r"word/(document|footnotes)\.xml", _RUN),
    "figure's bar": _bar,
    "table's cell": _cell_of_table,
    "document's text": _text,
    "field of a record": _in_record(lambda path, value: True, r"(comparison|check|claimreview)\.json"),
    "manifest": _in_record(lambda path, value: True, r"manifest\.json"),
    "byte of a file": _file,
}
"""Each kind of visible thing → what changes one of them at random and returns the files that are other now."""


def manifest_again(files: Files) -> bytes:
    """Return the manifest with today's hash of every file, as a forger would write it who knows of it."""
    made = json.loads(files["manifest.json"])
    for row in made["subject"]:
        row["digest"]["sha256"] = hashlib.sha256(files[row["name"]]).hexdigest()
    return _written(made)


class Tried:
    """A report to which changes are made one at a time; what is read of unchanged files is shared."""

    def __init__(self, report: Path) -> None:
        self.report = report
        self.files = files_of(report)
        self._made: tuple[str, Remade] | None = None

    def _again(self, folder: Path, sources: Any) -> Remade:
        """The folder made again; once for the same records, texts and packed files (their own hash is told)."""
        digest = hashlib.sha256()
        for name in sorted(self.files):
            if name in bundle.RECORDS or name.startswith("documents/") or name.endswith((".docx", ".xlsx")):
                digest.update((folder / name).read_bytes())
        digest.update(json.dumps(json.loads((folder / "manifest.json").read_bytes()).get("predicate")).encode())
        if self._made is None:
            self._made = digest.hexdigest(), bundle.again(folder, sources)
        return self._made[1] if self._made[0] == digest.hexdigest() else bundle.again(folder, sources)

    def verify(self) -> VerifyReport:
        """Verify the report as it lies there."""
        return verify_files(self.report, again=self._again)

    def change(self, random: Random, kind: str, *, forged: bool) -> tuple[str, VerifyReport] | None:
        """Make a change, verify and undo it. ``forged``: the manifest gets the new hashes. None where nothing changed.

        Returns what was changed, and what was found.
        """
        changed = KINDS[kind](random, self.files)
        changed = {name: data for name, data in changed.items() if data != self.files[name]}
        if not changed:
            return None
        told = dict(changed)
        if forged and "manifest.json" not in changed:
            changed["manifest.json"] = manifest_again(self.files | changed)
        what = "; ".join(f"{name} {' '.join(first_place(name, data, self.files[name]))}" for name, data in told.items())
        try:
            for name, data in changed.items():
                (self.report / name).write_bytes(data)
            return what, self.verify()
        except InputError as error:
            return what, VerifyReport((Problem(error.where, "", "", error.what),), ())
        finally:
            for name in changed:
                (self.report / name).write_bytes(self.files[name])


def tried(folder: Path) -> Tried:
    """Make a report in ``folder`` and return it, ready to be changed; its sources lie beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return Tried(made_report(folder))

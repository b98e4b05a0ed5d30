"""Prove the words that a page or a workbook shows as a document's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from polidiff.errors import InputError
from polidiff.verification.load import Output, read_bytes
from polidiff.verification.office import DAMAGED, RefusedXml, xlsx_named_sheets
from polidiff.verification.report import Ledger, excerpt, first_difference
from polidiff.verification.words import squeeze
from polidiff.wording import LOCALES, say

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_IMPLIED = {
    "p": {"p"},
    "li": {"li"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"tr", "td", "th"},
    "option": {"option"},
}


@dataclass(slots=True)
class Shown:
    """An element that claims a document's words: its attributes, its line in the file, and the text inside."""

    document: str
    start: str
    end: str
    line: int
    text: list[str] = field(default_factory=list)
    done: bool = False


class _Page(HTMLParser):
    """Gather every element with ``data-document``, ``data-start`` and ``data-end``, with the text inside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[Shown] = []
        self._open: list[tuple[str, Shown | None]] = []
        self._active: list[Shown] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._add("\n")
        if tag in _VOID:
            return
        while self._open and self._open[-1][0] in _IMPLIED.get(tag, ()):
            self._pop()
        values = dict(attrs)
        mine: Shown | None = None
        if "data-start" in values or "data-end" in values:
            document = values.get("data-document") or (self._active[-1].document if self._active else "")
            mine = Shown(document, values.get("data-start") or "", values.get("data-end") or "", self.getpos()[0])
            self.shown.append(mine)
            self._active.append(mine)
        self._open.append((tag, mine))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or all(name != tag for name, _ in self._open):
            return
        while self._open:
            if self._pop() == tag:
                break

    def _pop(self) -> str:
        name, mine = self._open.pop()
        if mine is not None:
            mine.done = True
            self._active.remove(mine)
        return name

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, data: str) -> None:
        for shown in self._active:
            shown.text.append(data)


def prove_page(path: Path, output: Output, ledger: Ledger) -> int:
    """Prove every element of an HTML page that claims a document's words; return how many claim any."""
    try:
        text = read_bytes(path).decode("utf-8")
    except (InputError, UnicodeDecodeError) as error:
        ledger.fault(path.name, "", "", f"cannot be read as UTF-8 ({error})")
        return 0
    page = _Page()
    page.feed(text)
    page.close()
    for shown in page.shown:
        place = f"line {shown.line}"
        held = output.held(shown.document)
        words = "".join(shown.text)
        if held is None:
            ledger.fault(path.name, place, shown.document, f"{excerpt(words)} names no document of this output")
            continue
        if not (shown.start.isdecimal() and shown.end.isdecimal() and shown.start.isascii() and shown.end.isascii()):
            ledger.fault(
                path.name, place, held.id, f"data-start {shown.start!r}, data-end {shown.end!r} are not a span"
            )
            continue
        start, end = int(shown.start), int(shown.end)
        if held.text is None:
            continue
        real = held.text[start:end].replace("\0", "\ufffd")
        if words == real.replace("\r\n", "\n").replace("\r", "\n"):
            words = real
        if words != real:
            what = f"the page does not show the words at {start}:{end}: {first_difference(words, real)}"
            ledger.fault(path.name, place, held.id, what)
            continue
        ledger.counts["passages shown on a page"] += 1
    return len(page.shown)


def prove_workbook(path: Path, output: Output, ledger: Ledger) -> None:
    """Prove the rows of every sheet with a column of words and one of their place (``Words A`` and ``Place A``).

    A place is ``start-end``, or several with a comma between; a workbook calls documents by a short name, so the words
    must be what the place cuts from one of the output's documents.
    """
    try:
        sheets = xlsx_named_sheets(read_bytes(path))
    except (InputError, RefusedXml, *DAMAGED) as error:
        ledger.fault(path.name, "", "", f"cannot be read as a workbook ({error})")
        return
    texts = [held.text for held in output.documents.values() if held.text is not None]
    for name, rows in sheets.items():
        for words_at, place_at in _columns(rows[0] if rows else []):
            for index, row in enumerate(rows[1:], start=2):
                words, place = (row[at] if at < len(row) else "" for at in (words_at, place_at))
                spans = [(int(start), int(end)) for start, end in _PLACE.findall(place)]
                if not words or not spans:
                    continue
                cuts = [text[spans[0][0] : spans[-1][1]] for text in texts]
                if any(_same_in_a_cell(words, cut) for cut in cuts):
                    ledger.counts["rows of a workbook"] += 1
                else:
                    what = f"{excerpt(words)} is not what {place} cuts from any document of this output"
                    ledger.fault(path.name, f"sheet {name}, row {index}", "", what)


_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _columns(names: list[str]) -> list[tuple[int, int]]:
    """The pairs (column of words, column of their place) of a sheet, by its first row."""
    found = []
    for at, name in enumerate(names):
        for locale in LOCALES:
            words, there, place = (say(f"column.{key}", locale) for key in ("words", "words_there", "place"))
            if name.startswith(place):
                suffix = name[len(place) :]
                found += [(names.index(head), at) for head in (words + suffix, there) if head in names][:1]
    return found


def _same_in_a_cell(words: str, cut: str) -> bool:
    """Whether a cell shows ``cut``: a workbook has no control characters, its own line ends, and a longest cell."""
    shown, real = squeeze(words), squeeze(_UNSPEAKABLE.sub("\ufffd", cut))
    for locale in LOCALES:
        if words.endswith(cut_short := say("cell.cut", locale)):
            return real.startswith(squeeze(words.removesuffix(cut_short)))
    return shown == real

"""The proof itself: records, page and workbook against the canonical text, and that text against the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from polidiff.verification.load import Held, Output, open_outputs, read_bytes
from polidiff.verification.office import RefusedXml
from polidiff.verification.order import Order, unreadable
from polidiff.verification.page import prove_page, prove_workbook
from polidiff.verification.paper import prove_paper
from polidiff.verification.report import Ledger, VerifyReport, excerpt
from polidiff.verification.second import Unreadable, read_again
from polidiff.verification.sources import find_source
from polidiff.verification.walk import Quoted, prove_records
from polidiff.verification.whole import Again, prove_whole
from polidiff.verification.words import Stream, Trace, fold, stream, trace

WHOLE_TEXT_FLOOR = 0.9
"""Least part of a canonical text's words that must stand in its source at all, in any order; below it the text is
another document's."""

LISTED = 40
"""Problems of one document's words that are listed one by one; the rest are counted."""


def verify(
    output: Path, sources: Sequence[Path] = (), *, strict: bool = False, again: Again | None = None
) -> VerifyReport:
    """Prove an output against its documents, without any of the code that made it.

    ``output`` is a folder that ``polidiff compare -o`` or ``polidiff check -o`` wrote, its ``comparison.json`` or
    ``check.json``, or a JSON Lines file of provisions or verdicts; ``sources`` are files or folders in which to look
    for the documents' sources (for JSON Lines: the documents themselves). Every quotation must be cut by its span from
    the canonical text, in the records, on the page and in the workbook; the text's hash must hold; and the quoted
    words must stand in the source as a second reader reads it. A source that is not at hand is reported as not
    checked, and fails the proof only where ``strict``. ``again`` makes a report's folder again (:class:`Remade`): with
    it every file of the folder is proved as a whole.

    Raises :class:`polidiff.errors.InputError` where the output cannot be opened at all.
    """
    ledger = Ledger()
    sources = [Path(source) for source in sources]
    opened = open_outputs(Path(output), sources, ledger)
    for one in opened:
        _prove(one, sources, ledger)
    if again is not None and not any(one.lines for one in opened):
        found = {held.id: held.source for one in opened for held in one.all if held.source is not None}
        prove_whole(opened[0].folder, again, found, ledger)
    return ledger.close(strict)


def _prove(opened: Output, sources: Sequence[Path], ledger: Ledger) -> None:
    """Prove one opened output: its records, what its pages and workbooks show, its texts against their sources."""
    quoted = prove_records(opened, ledger)
    shown = sum(prove_page(page, opened, ledger) for page in opened.pages)
    if opened.pages and not shown and quoted:
        ledger.fault(opened.pages[0].name, "", "", "shows no passage that can be proved, though the records hold some")
    for workbook in opened.workbooks:
        prove_workbook(workbook, opened, ledger)
    for paper in opened.papers:
        prove_paper(paper, opened, ledger)
    for held in opened.all:
        _prove_source(opened, held, [q for q in quoted if q.document == held.id], sources, ledger)


def _prove_source(output: Output, held: Held, quoted: list[Quoted], sources: Sequence[Path], ledger: Ledger) -> None:
    """Prove a document's quoted words, and its text as a whole, against its source."""
    if held.text is None:
        if output.lines and held.source is not None:
            _words_only(held, quoted, ledger)
        elif output.lines:
            ledger.unchecked.append(
                f"document {held.id}: its canonical text is not at hand; give the report folder, or its text"
            )
        return
    if output.lines and not {"sha256", "source_sha256"} & held.record.keys() and held.source is None:
        return
    raw = find_source(output, held, sources, ledger)
    if raw is None:
        return
    name = held.source.name if held.source is not None else held.id
    media_type = str(held.record.get("media_type", ""))
    if media_type == "text/plain" and not _plain(held, raw):
        what = "a plain-text source is its own canonical text, but the two differ"
        ledger.fault(str(held.record.get("text_file", output.name)), "", held.id, what)
    try:
        readings = read_again(raw, name, media_type)
    except (Unreadable, RefusedXml) as error:
        ledger.unchecked.append(f"document {held.id}: {name} could not be read a second time: {error}")
        return
    streams = [stream(pages) for pages in readings]
    _whole(output, held, streams, ledger)
    _passages(held, quoted, streams, ledger, pdf=raw.startswith(b"%PDF"))


def _words_only(held: Held, quoted: list[Quoted], ledger: Ledger) -> None:
    """Prove quoted words in a source that stands in for a canonical text; their spans are counted as not proved."""
    assert held.source is not None
    if not quoted:
        return
    raw = read_bytes(held.source)
    try:
        readings = read_again(raw, held.source.name, "")
    except (Unreadable, RefusedXml) as error:
        ledger.unchecked.append(f"document {held.id}: {held.source.name} could not be read a second time: {error}")
        return
    ledger.places += len({(quote.file, quote.place, quote.start, quote.end) for quote in quoted})
    _passages(held, quoted, [stream(pages) for pages in readings], ledger, pdf=raw.startswith(b"%PDF"))


def _plain(held: Held, raw: bytes) -> bool:
    """Whether the canonical text is the source's own text (a byte order mark aside)."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1252"):
        try:
            if raw.decode(encoding) == held.text:
                return True
        except UnicodeDecodeError:
            continue
    return False


def _whole(output: Output, held: Held, streams: list[Stream], ledger: Ledger) -> None:
    """Fail a canonical text most of whose words are not in the source at all."""
    assert held.text is not None
    words = Counter[str]()
    for word, count in Counter(held.text.split()).items():
        words[fold(word)[0]] += count
    del words[""]
    if not words:
        return
    present = sum(count for key, count in words.items() if any(key in reading.key for reading in streams))
    share = present / sum(words.values())
    if share < WHOLE_TEXT_FLOOR:
        what = f"only {share:.0%} of its words stand in the source, so it is not this source's text"
        ledger.fault(str(held.record.get("text_file", output.name)), "", held.id, what)


def _passages(held: Held, quoted: list[Quoted], streams: list[Stream], ledger: Ledger, *, pdf: bool) -> None:
    """Look for every distinct quoted span in the second reader's text."""
    found = total = listed = 0
    pages = len(streams[0].breaks)
    paged = [reading for reading in streams if len(reading.breaks) == pages] if pdf else []
    order = Order(held.text or "", held.record.get("runs"), paged)
    traced: set[tuple[int, int, str | None]] = set()
    for quote in quoted:
        span = (quote.start, quote.end)
        if (*span, quote.text) in traced:
            continue
        traced.add((*span, quote.text))
        words = _words(held, quote)
        best = _best(words, streams)
        found, total = found + best.found, total + best.total
        if best.differences and unreadable(words, streams):
            ledger.disputed[held.id, quote.page or 0, "characters of a private font"] += 1
        elif best.differences and quote.text is None and (page := order.page(*span, best)):
            ledger.disputed[held.id, page, "the order of words"] += 1
        elif best.differences:
            listed += 1
            if listed <= LISTED:
                where = f"span {quote.start}:{quote.end}" if quote.text is None else excerpt(quote.text)
                ledger.fault(quote.file, quote.place, held.id, _say(where, best))
        else:
            ledger.counts["passages found in their source"] += 1
    if listed > LISTED:
        ledger.fault("", "", held.id, f"{listed - LISTED} more passages differ from the source")
    if total:
        ledger.shares[held.id] = found / total
    if pdf:
        begins: dict[tuple[int, int, str | None], tuple[str, set[int]]] = {}
        for quote in quoted:
            place = (quote.start, quote.end, quote.text)
            if place not in begins:
                begins[place] = _begins(_words(held, quote), streams[0])
            _page(held, quote, *begins[place], streams[0], ledger)


def _words(held: Held, quote: Quoted) -> str:
    """The words to look for: cut from the canonical text, or as given where none is at hand."""
    if quote.text is not None:
        return quote.text
    assert held.text is not None
    return held.text[quote.start : quote.end]


def _best(passage: str, streams: list[Stream]) -> Trace:
    """The passage in the reading that has it best; later readings are only tried where earlier ones differ."""
    best: Trace | None = None
    for reading in streams:
        found = trace(passage, reading)
        if best is None or found.badness < best.badness:
            best = found
        if not best.differences:
            break
    return best or Trace(0, 0, None)


def _say(where: str, result: Trace) -> str:
    """The differences of the passage ``where`` in one line."""
    parts = []
    for mine, theirs in result.differences[:3]:
        if mine and theirs:
            parts.append(f"{excerpt(mine)} here, {excerpt(theirs)} in the source")
        elif mine:
            parts.append(f"{excerpt(mine)} is not in the source")
        else:
            parts.append(f"the source has {excerpt(theirs)} in between")
    more = len(result.differences) - 3
    tail = f"; and {more} more" if more > 0 else ""
    return f"{where} differs from the source as a second reader has it: {'; '.join(parts)}{tail}"


SHORT = 40
"""Folded characters by which the place of a passage is looked for."""


def _begins(words: str, source: Stream) -> tuple[str, set[int]]:
    """The first of ``words``, folded, and the pages on which they stand."""
    key = fold(words[: 4 * SHORT])[0][:SHORT]
    pages: set[int] = set()
    at = source.key.find(key)
    while at >= 0 and key:
        pages.add(source.page_at(at))
        at = source.key.find(key, at + 1)
    return key, pages


def _page(held: Held, quote: Quoted, key: str, pages: set[int], source: Stream, ledger: Ledger) -> None:
    """Prove that a passage's first words stand on the page that is given for it."""
    if quote.page is None:
        return
    last = len(source.breaks) + 1
    if quote.page > last:
        ledger.fault(quote.file, quote.place, held.id, f"page {quote.page} of a document of {last} pages")
        return
    if not pages:
        return
    if quote.page not in pages:
        words = (fold(word)[0] for word in _words(held, quote).split())
        if len(key) < SHORT and all(word in source.page(quote.page) for word in words):
            return  # a title, in another order here, whose words also run at the head of other pages
        where = ", ".join(str(page) for page in sorted(pages)[:5])
        ledger.fault(quote.file, quote.place, held.id, f"page {quote.page} is given, the words begin on page {where}")
    else:
        ledger.counts["pages confirmed"] += 1

"""Damaged and hostile files, made from small documents of every format by a seed, in a fixed order."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.readers.made_pdf import make_pdf, sentences

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


class Damaged(NamedTuple):
    """``label`` says what was done to what; ``name`` is the file's name."""

    label: str
    name: str
    data: bytes


def sound() -> list[tuple[str, bytes]]:
    """Return a small document of every format, undamaged."""
    import docx
    import openpyxl

    story = [("h1", "Harbours"), ("p", sentences(1, 5)), ("bullet", sentences(2, 1)), ("dash", sentences(3, 1))]
    story += [("h2", "Yards"), ("p", sentences(4, 40)), ("zh", "第一条 港口应当开放。船舶可以进入。")]
    notes = {1: [("1", "See the journal.")]}
    word = docx.Document()
    word.add_heading("Harbours", 1)
    word.add_paragraph("Ships may enter.", style="List Number")
    word.add_paragraph("Yards are open.", style="List Bullet")
    table = word.add_table(2, 2)
    table.cell(0, 0).text = "id"
    table.cell(1, 1).text = "Ships may enter."
    docx_bytes, xlsx_bytes = io.BytesIO(), io.BytesIO()
    word.save(docx_bytes)
    book = openpyxl.Workbook()
    for row in (("id", "text"), ("A.1", "Ships may enter."), ("A.2", "Yards are open.")):
        book.active.append(row)
    book.save(xlsx_bytes)
    html = (
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Harbours</title></head><body><main>"
        "<h1>Harbours</h1><p>Ships may <b>enter</b>.<sup><a href='#n1' id=r1>1</a></sup></p><ol type=i start=4><li>One"
        "<ul><li>Two</li></ul></li></ol><table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
        "<blockquote>Said.</blockquote><p id=n1><a href='#r1'>1</a> See. 船 😀 שלום</p></main></body></html>"
    )
    akn = (
        f'<?xml version="1.0" encoding="UTF-8"?><akomaNtoso xmlns="{AKN}"><act><meta><identification>'
        '<FRBRWork><FRBRdate date="2024-01-02"/></FRBRWork></identification></meta><body><chapter><num>1</num>'
        "<heading>Ports</heading><article eId='a1'><num>Article 1</num><paragraph><num>1.</num><content><p>Ships may "
        "enter.<authorialNote marker='1'><p>See.</p></authorialNote></p></content></paragraph></article></chapter>"
        "</body></act></akomaNtoso>"
    )
    stratml = (
        '<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core"><Name>Harbours</Name><StrategicPlanCore>'
        "<Goal><Name>Open</Name><SequenceIndicator>1</SequenceIndicator><Objective><Name>Ships</Name><Description>"
        "Ships may enter.</Description></Objective></Goal></StrategicPlanCore></StrategicPlan>"
    )
    markdown = (
        "---\nlanguage: en\n---\n# Harbours\n\nShips[^1] *may* enter.\n\n1. One\n   - Two\n\n| a | b |\n|---|---|\n"
    )
    markdown += "| c | d |\n\n> Said.\n\n[^1]: See.\n"
    return [
        ("made.pdf", make_pdf(story, head=lambda page: "The plan", foot=str, notes=notes)),
        ("columns.pdf", make_pdf(story * 3, columns=2, foot=lambda page: f"{page} of 9")),
        ("made.html", html.encode()),
        ("wide.html", html.encode("utf-16")),
        ("made.docx", timeless(docx_bytes.getvalue())),
        ("made.xlsx", timeless(xlsx_bytes.getvalue())),
        ("made.xml", akn.encode()),
        ("strat.xml", stratml.encode()),
        ("made.md", markdown.encode()),
        ("made.txt", "Harbours\n\n1. Ships may enter.\n2. Yards are open.\n第一条 港口应当开放。\n".encode("gb18030")),
        ("made.csv", b'id,text\nA.1,"Ships may enter."\nA.2,"Yards ""are"" open."\n'),
        ("made.jsonl", b'{"id":"A.1","text":"Ships may enter."}\n{"id":"A.2","text":"Yards are open."}\n'),
    ]


def damaged(count: int, seed: int = 1, corpora: Path | None = None, *, hostile_too: bool = True) -> Iterator[Damaged]:
    """Yield ``count`` damaged files: hostile ones first, then sound ones that chance has damaged."""
    rng = random.Random(seed)
    given = 0
    if hostile_too:
        for case in hostile():
            if given == count:
                return
            yield case
            given += 1
    pool = sound()
    if corpora is not None:
        for path in sorted(corpora.iterdir()):
            data = path.read_bytes() if path.suffix in {".pdf", ".html", ".md"} else b""
            if data:
                pool.append((path.name, data if len(data) < 400_000 else data[:200_000] + data[-200_000:]))
    while given < count:
        name, data = pool[given % len(pool)]
        names, made = [], data
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            harm = rng.choice(HARMS)
            names.append(harm.__name__.strip("_"))
            made = harm(made, rng, pool)
        if rng.random() < 0.15:
            new = "x." + rng.choice(["pdf", "html", "docx", "xlsx", "xml", "md", "txt", "csv", "jsonl", "bin", ""])
            names.append(f"renamed {new}")
            name = new
        yield Damaged(f"{pool[given % len(pool)][0]}: {', '.join(names)} (#{given})", name, made)
        given += 1


Pool = Sequence[tuple[str, bytes]]


def _cut(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _behead(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    return data[rng.randrange(min(len(data), 2000) + 1) :]


def _flip(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    made = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200))):
        if made:
            made[rng.randrange(len(made))] ^= 1 << rng.randrange(8)
    return bytes(made)


def _blank(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    start = rng.randrange(len(data) + 1)
    size = rng.choice((1, 16, 300, 5000))
    return data[:start] + bytes([rng.choice((0, 32, 255))]) * min(size, len(data) - start) + data[start + size :]


def _splice(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    other = rng.choice(pool)[1]
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other)) :]


def _repeat(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    start = rng.randrange(len(data) + 1)
    end = min(len(data), start + rng.choice((10, 200, 3000)))
    return data[:end] + data[start:end] * rng.choice((1, 5, 50)) + data[end:]


def _drop(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.choice((1, 10, 500)) :]


def _noise(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(rng.choice((1, 20, 2000))) + data[at:]


def _number(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    """Set one of the file's numbers to another: lengths, offsets, counts, spans."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    made = data
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 3, 10)))), key=lambda m: -m.start()):
        new = rng.choice((b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e309", b"007"))
        made = made[: match.start()] + new + made[match.end() :]
    return made


def _names(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    """Put one of the file's names in the place of another: tags, attributes, PDF keys."""
    found = list(re.finditer(rb"[</][A-Za-z:]{1,20}", data))
    if len(found) < 2:
        return data
    made = data
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 4)))), key=lambda m: -m.start()):
        made = made[: match.start()] + rng.choice(found)[0] + made[match.end() :]
    return made


def _inside(data: bytes, rng: random.Random, pool: Pool) -> bytes:
    """Damage one member of an archive, or one compressed stream of a PDF, and close it again."""
    harm = rng.choice(HARMS[:-1])
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = {name: archive.read(name) for name in archive.namelist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error, RuntimeError):
            return harm(data, rng, pool)
        victim = rng.choice(sorted(members))
        members[victim] = harm(members[victim], rng, pool)
        return archive_of(members)
    streams = list(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.S))
    if not streams:
        return harm(data, rng, pool)
    stream = rng.choice(streams)
    body = stream[1]
    try:
        body = zlib.compress(harm(zlib.decompress(body), rng, pool))
    except zlib.error:
        body = harm(body, rng, pool)
    return data[: stream.start(1)] + body + b"\n" + data[stream.end(1) :]


HARMS: list[Callable[[bytes, random.Random, Pool], bytes]] = [
    _cut, _behead, _flip, _flip, _blank, _splice, _repeat, _drop, _noise, _number, _number, _names, _inside,
]  # fmt: skip


def archive_of(members: dict[str, bytes]) -> bytes:
    """Return a ZIP file of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def timeless(data: bytes) -> bytes:
    """Return an archive without the time at which it was made, so that the same seed gives the same files."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return archive_of(
        {name: re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", b"2026-01-01T00:00:00Z", body) for name, body in members.items()}
    )


def docx_with(**parts: bytes) -> bytes:
    """Return a DOCX file with some of its parts (``document``, ``numbering``, ``styles`` …) replaced."""
    data = next(data for name, data in sound() if name == "made.docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members.update({f"word/{part}.xml": body for part, body in parts.items()})
    return archive_of(members)


def word_xml(body: str) -> bytes:
    """Return a DOCX main part with this body."""
    return f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


def pdf_of(objects: Sequence[bytes], root: int = 1) -> bytes:
    """Return a PDF of these object bodies, numbered from 1."""
    made = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, root, len(made))
    )


def stream(body: bytes, extra: bytes = b"", *, packed: bool = False) -> bytes:
    """Return a PDF stream object."""
    if packed:
        body, extra = zlib.compress(body, 9), extra + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(body), extra, body)


def page_pdf(content: bytes, *more: bytes, packed: bool = False, resources: bytes = b"", page: bytes = b"") -> bytes:
    """Return a PDF of one page; ``more`` are further objects from number 6 on."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"
    sheet = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>%s>>"
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            sheet % (resources, page),
            stream(content, packed=packed),
            font,
            *more,
        ]
    )


LINE = b"BT /F 11 Tf 70 700 Td (Ships may enter the harbour.) Tj ET\n"


def hostile() -> Iterator[Damaged]:
    """Yield files made to hang, bloat or crash a reader."""
    yield from _hostile_archives()
    yield from _hostile_markup()
    yield from _hostile_plain()
    yield from _hostile_pdfs()


def _hostile_archives() -> Iterator[Damaged]:
    zeros = b"\0" * (160 << 20)
    yield Damaged("zip bomb in a DOCX", "bomb.docx", docx_with(document=zeros))
    spaces = word_xml("<w:p><w:r><w:t>" + "a " * (30 << 20) + "</w:t></w:r></w:p>")
    yield Damaged("a paragraph of 60 MB", "long.docx", docx_with(document=spaces))
    inner = docx_with()
    for _ in range(6):
        inner = docx_with(document=inner)
    yield Damaged("archives in archives", "nested.docx", inner)
    yield Damaged("archive of archives", "nested.zip", archive_of({f"{n}.zip": inner for n in range(9)}))
    many = {f"word/{n}.xml": b"" for n in range(12_000)}
    yield Damaged("many members", "many.docx", archive_of({"[Content_Types].xml": b"<Types/>", **many}))
    yield Damaged("members that climb", "climb.docx", archive_of({"../../../etc/x": b"", "word/document.xml": b"<a/>"}))
    good = docx_with()
    at = good.rfind(b"PK\x01\x02")
    yield Damaged("a size that lies", "lie.docx", good[: at + 24] + b"\xff\xff\xff\x7f" + good[at + 28 :])
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]><w:document xmlns:w="{W}">&l11;</w:document>'
    yield Damaged("entity bomb in a DOCX", "laughs.docx", docx_with(document=bomb.encode()))
    deep = "<w:sdt><w:sdtContent>" * 5000
    yield Damaged("deep DOCX", "deep.docx", docx_with(document=word_xml(deep)))
    tables = "<w:tbl><w:tr><w:tc>" * 100 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 100
    yield Damaged("tables in tables", "tables.docx", docx_with(document=word_xml(tables)))
    span = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    )
    yield Damaged("a cell over many columns", "span.docx", docx_with(document=word_xml(span + "</w:tr></w:tbl>")))
    styles = f'<w:styles xmlns:w="{W}">' + "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 9}"/></w:style>' for n in range(9)
    )
    words = '<w:p><w:pPr><w:pStyle w:val="s1"/></w:pPr><w:r><w:t>Ships may enter.</w:t></w:r></w:p>'
    looped = docx_with(document=word_xml(words), styles=(styles + "</w:styles>").encode())
    yield Damaged("styles in a ring", "ring.docx", looped)
    for form in ("upperRoman", "lowerLetter", "chineseCounting", "decimal", "ordinalText", "none"):
        for start in ("999999999999", "-5", "x"):
            numbering = (
                f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
                f'<w:start w:val="{start}"/>'
                f'<w:numFmt w:val="{form}"/><w:lvlText w:val="%1.%9."/></w:lvl></w:abstractNum><w:num w:numId="1">'
                '<w:abstractNumId w:val="1"/></w:num></w:numbering>'
            )
            place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
            item = f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>a</w:t></w:r></w:p>"
            data = docx_with(document=word_xml(item * 3), numbering=numbering.encode())
            yield Damaged(f"numbering {form} from {start}", "numbers.docx", data)
    data = next(data for name, data in sound() if name == "made.xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    members["xl/worksheets/sheet1.xml"] = sheet.replace(b'r="A1"', b'r="XFD1048576"').replace(b'r="1"', b'r="1048576"')
    yield Damaged("a sheet of a million rows", "rows.xlsx", archive_of(members))
    members["xl/worksheets/sheet1.xml"] = sheet.replace(b"<row", b'<row r="99999999999"')
    yield Damaged("a row beyond the last", "beyond.xlsx", archive_of(members))
    members["xl/worksheets/sheet1.xml"] = bomb.encode()
    yield Damaged("entity bomb in an XLSX", "laughs.xlsx", archive_of(members))


def _hostile_markup() -> Iterator[Damaged]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]>'
    yield Damaged("entity bomb", "laughs.xml", f'{head}<akomaNtoso xmlns="{AKN}">&l11;</akomaNtoso>'.encode())
    yield Damaged("entity bomb in HTML", "laughs.html", f"{head}<html><body><p>&l11; a</p></body></html>".encode())
    outside = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield Damaged(
        "entity from outside", "out.xml", f'{outside}<akomaNtoso xmlns="{AKN}"><p>&x;</p></akomaNtoso>'.encode()
    )
    big = '<!DOCTYPE a [<!ENTITY x "' + "a" * 100_000 + '">]>'
    quad = f'{big}<akomaNtoso xmlns="{AKN}">{"&x;" * 100_000}</akomaNtoso>'
    yield Damaged("quadratic entities", "quad.xml", quad.encode())
    for tag in ("div", "b", "ul><li", "blockquote", "table><tr><td", "a", "font", "section", "ol><li", "sup", "p"):
        for depth in (200, 3000, 60_000):
            shut = "".join(f"</{part}>" for part in reversed(tag.split("><"))) * depth
            for body in (f"<{tag}>" * depth + "Ships" + shut, f"<{tag}>" * depth + "Ships"):
                if depth < 60_000 or not body.endswith(shut):
                    yield Damaged(f"{depth} of {tag}", "deep.html", f"<html><body>{body}</body></html>".encode())
    for depth in (250, 5000, 200_000):
        inner = "<section>" * depth + "<p>Ships</p>" + "</section>" * depth
        yield Damaged(
            f"{depth} sections", "deep.xml", f'<akomaNtoso xmlns="{AKN}"><act>{inner}</act></akomaNtoso>'.encode()
        )
    rows = '<tr><td colspan="999999999" rowspan=99999999>a</td></tr><tr><td rowspan=-1 colspan=x>b</td></tr>'
    spans = f"<table>{rows}</table>"
    yield Damaged("cells over many columns", "span.html", f"<html><body>{spans * 50}</body></html>".encode())
    wide = "<tr>" + "<td rowspan=60000 colspan=1000>a</td>" * 40 + "</tr>"
    yield Damaged(
        "cells over many rows", "rows.html", f"<html><body><table>{wide * 400}</table></body></html>".encode()
    )
    for kind in "1aAiI":
        for start in ("99999999999999", "-7", "x", "1e9", ""):
            items = f"<ol type={kind} start={start}><li>a<li value={start}>b</ol>"
            yield Damaged(f"list {kind} from {start}", "list.html", f"<html><body>{items}</body></html>".encode())
    yield Damaged(
        "a giant attribute", "attr.html", b"<html><body><p title='" + b"a" * (12 << 20) + b"'>Ships</p></body></html>"
    )
    yield Damaged(
        "many attributes", "attrs.html", b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">Ships"
    )
    picture = b"data:image/png;base64," + b"QUJD" * (3 << 20)
    yield Damaged("a giant picture", "image.html", b"<html><body><p>Ships <img src='%s'></p></body></html>" % picture)
    yield Damaged("open brackets", "open.html", b"<html><body>" + b"<" * 500_000 + b"Ships")
    yield Damaged("open comments", "comment.html", b"<!--" * 100_000 + b"<html><body>Ships")
    yield Damaged("open declarations", "decl.html", b"<?x " * 100_000 + b"<html><p>Ships")
    yield Damaged("spaces before markup", "spaces.html", b" " * (4 << 20) + b"<html><body>Ships")
    yield Damaged("many notes", "notes.html", b"<html><body>" + b"".join(
        b"<p>a<sup><a href='#n%d' id='r%d'>%d</a></sup></p><p id='n%d'><a href='#r%d'>%d</a> b</p>" % ((n,) * 6)
        for n in range(6000)) + b"</body></html>")  # fmt: skip
    yield Damaged("notes in a ring", "noting.html", b"<html><body>" + b"".join(
        b"<p id='n%d'>a<a href='#n%d'>%d</a></p>" % (n, (n + 1) % 50, n) for n in range(50)))  # fmt: skip
    rings = "".join(f"<note id='x{n}'><noteRef href='#x{(n + 1) % 9}'/></note>" for n in range(9))
    ring = f'<akomaNtoso xmlns="{AKN}"><act><body><p>a<noteRef href="#x1"/></p>{rings}</body></act></akomaNtoso>'
    yield Damaged("XML notes in a ring", "ring.xml", ring.encode())
    yield Damaged(
        "unknown encoding", "enc.html", b"<html><head><meta charset='x-none-\xff'></head><body>Ships</body></html>"
    )
    yield Damaged(
        "unknown XML encoding", "enc.xml", b'<?xml version="1.0" encoding="EBCDIC-37"?><akomaNtoso>a</akomaNtoso>'
    )
    numbers = "&#" + "9" * 5000 + "; &#xD800; &#0; &#x110000; Ships"
    yield Damaged("character references", "refs.html", f"<html><body><p>{numbers}</p></body></html>".encode())


def _hostile_plain() -> Iterator[Damaged]:
    for piece, count in (
        ("[", 50_000), ("![", 30_000), ("> ", 20_000), ("*", 100_000), ("**a _", 20_000), ("`" * 3 + "a", 20_000),
        ("[a](", 30_000), ("<a ", 30_000), ("- ", 20_000), ("1. ", 20_000), ("# ", 50_000), ("| a ", 50_000),
        ("[^1]: ", 20_000), ("&amp", 50_000), ("~~", 50_000), ("a_", 50_000), ("![a][", 20_000), ("\\", 100_000),
        ("]", 100_000), ("<!--", 30_000), ("[x]: y\n", 20_000), ("    - a\n", 20_000), ("`a``b", 20_000),
    ):  # fmt: skip
        yield Damaged(f"{count} of {piece.strip()!r}", "x.md", (piece * count + "\n\nShips may enter.\n").encode())
    nest = "".join("  " * min(n, 400) + f"- {n}\n" for n in range(2000))
    yield Damaged("a stair of lists", "stair.md", nest.encode())
    table = "|".join("a" * 1 for _ in range(3000))
    yield Damaged(
        "a table of 3,000 columns", "wide.md", f"{table}\n{'|'.join('-' * 3 for _ in range(3000))}\n{table}\n".encode()
    )
    yield Damaged("a line of 8 MB", "line.txt", b"Ships may enter. " * (1 << 19))
    yield Damaged("a word of 8 MB", "word.txt", b"a" * (8 << 20))
    yield Damaged("two million lines", "lines.txt", b"\n1.\n" * 1_000_000)
    yield Damaged("numbers upon numbers", "numbers.txt", b"1.1.1.1.1.1.1.1.1.1.1.1.1.1." * 100_000)
    yield Damaged("Roman numbers", "roman.txt", b"MMMMMMMMMMMMMMMMDCLXVI. a\n" * 50_000)
    yield Damaged("Chinese numbers", "zh.txt", ("第" + "一百" * 100_000 + "条 港口").encode())
    yield Damaged("combining marks", "marks.txt", ("a" + "\u0301" * 1_000_000).encode())
    yield Damaged("right to left marks", "bidi.txt", "\u202e\u2066שלום ".encode() * 50_000)
    yield Damaged("half a surrogate", "half.txt", b"\xff\xfe\x00\xd8a\x00")
    yield Damaged("UTF-32 beyond Unicode", "utf32.txt", b"\xff\xfe\x00\x00" + b"\xff\xff\xff\x7f" * 20)
    yield Damaged("zeros", "zeros.txt", bytes(5 << 20))
    yield Damaged("an open quotation mark", "open.csv", b'id,text\n1,"' + b"a,b\n" * 1_000_000)
    yield Damaged("100,000 columns", "wide.csv", b",".join(b"c%d" % n for n in range(100_000)) + b"\n1,2\n")
    yield Damaged("one id for all", "same.csv", b"id,text\n" + b"A,Ships may enter.\n" * 100_000)
    yield Damaged("a cell of 5 MB", "cell.csv", b"id,text\n1," + b"a" * (5 << 20) + b"\n")
    yield Damaged("deep JSON", "deep.jsonl", b'{"id":"1","text":' + b"[" * 200_000 + b"\n")
    yield Damaged("deep JSON, closed", "deep.jsonl", b'{"id":"1","text":"a","x":' + b"[" * 900 + b"]" * 900 + b"}\n")
    yield Damaged("a long number in JSON", "number.jsonl", b'{"id":' + b"9" * 200_000 + b',"text":"a"}\n')
    yield Damaged(
        "JSON of other kinds", "kinds.jsonl", b'{"id":null,"text":{"a":1}}\n[1]\n"a"\nNaN\n{"id":[],"text":"\\ud800"}\n'
    )
    yield Damaged("front matter without an end", "front.md", b"---\n" + b"a: b\n" * 100_000)
    yield Damaged("nothing", "empty.pdf", b"")
    yield Damaged("white space", "white.md", b" \n\t" * 1000)


def _hostile_pdfs() -> Iterator[Damaged]:
    yield Damaged("a stream that grows to 300 MB", "bomb.pdf", page_pdf(b"0 0 m\n" * (50 << 20), packed=True))
    twice = zlib.compress(zlib.compress(b"\0" * (200 << 20), 9), 9)
    filters = b"/Filter[/FlateDecode/FlateDecode]"
    yield Damaged("compressed twice", "twice.pdf", page_pdf(LINE, stream(twice, filters), page=b"/Annots 6 0 R"))
    image = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    draw = LINE + b"q 500 0 0 500 0 0 cm /I Do Q\n"
    huge = page_pdf(draw, stream(b"\0" * 99, image, packed=True), resources=b"/XObject<</I 6 0 R>>")
    yield Damaged("a giant picture", "image.pdf", huge)
    scan = page_pdf(draw[len(LINE) :], stream(b"\0" * 99, image, packed=True), resources=b"/XObject<</I 6 0 R>>")
    yield Damaged("a giant picture without words", "scan.pdf", scan)
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 6 0 R>>>>"
    yield Damaged(
        "a form in itself", "self.pdf", page_pdf(draw, stream(b"/I Do\n" * 9, form), resources=b"/XObject<</I 6 0 R>>")
    )
    chain = [
        stream(
            b"/I Do\n" * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I %d 0 R>>/Font<</F 5 0 R>>>>" % (n + 7),
        )
        for n in range(9)
    ]
    bomb = page_pdf(draw, *chain, stream(LINE, form), resources=b"/XObject<</I 6 0 R>>")
    yield Damaged("a billion forms", "laughs.pdf", bomb)
    yield Damaged(
        "pages in a ring",
        "ring.pdf",
        pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"]),
    )
    kids = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 3) for n in range(3000)]
    yield Damaged("a deep tree of pages", "tree.pdf", pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", *kids]))
    count = pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>",
            b"<</Type/Page/Parent 2 0 R>>",
        ]
    )
    yield Damaged("two billion pages", "count.pdf", count)
    same = b"<</Type/Pages/Kids[" + b"3 0 R " * 15_000 + b"]/Count 15000>>"
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    yield Damaged(
        "one page 15,000 times", "same.pdf", pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", same, leaf, stream(LINE)])
    )
    for box in (
        b"[0 0 0 0]",
        b"[0 0 1e30 1e30]",
        b"[-1e9 -1e9 1e9 1e9]",
        b"[nan nan nan nan]",
        b"[842 595 0 0]",
        b"[]",
    ):
        data = page_pdf(LINE, page=b"/CropBox%s/UserUnit 1e9/Rotate 45" % box).replace(b"[0 0 595 842]", box)
        yield Damaged(f"a page of {box.decode()}", "box.pdf", data)
    for words in (
        b"BT /F 1e30 Tf (Ships) Tj ET", b"BT /F 0 Tf (Ships) Tj ET", b"BT /F -11 Tf 70 700 Td (Ships may enter) Tj ET",
        b"BT /F 11 Tf 0 0 0 0 0 0 Tm (Ships) Tj ET", b"BT /F 11 Tf 1e20 0 0 1e20 0 0 Tm (Ships) Tj ET",
        b"BT /F 11 Tf 1e20 1e20 Td (Ships) Tj ET", b"q " * 200_000 + LINE, b"BT " * 100_000 + LINE,
        b"[" * 100_000 + LINE, b"<<" * 50_000 + LINE, b"(" * 100_000 + LINE,
        b"BT /F 11 Tf 70 700 Td [" + b"(a) -9999 " * 20_000 + b"] TJ ET",
        b"BT /F 11 Tf " + b"0 -0.001 Td (a) Tj " * 30_000 + b"ET",
        b"BT /F 11 Tf 70 700 Td " + b"(a) Tj 0 0 Td " * 20_000 + b"ET",
        b"BT /F 11 Tf 70 700 Td (" + b"a" * 500_000 + b") Tj ET",
        b"".join(b"%d %d 3 3 re f\n" % (n % 595, n % 842) for n in range(60_000)) + LINE,
    ):  # fmt: skip
        yield Damaged(f"page content {words[:40]!r}", "content.pdf", page_pdf(words, packed=True))
    outline = b"<</Title(a)/Parent 6 0 R/First 6 0 R/Last 6 0 R/Next 6 0 R/Count 9>>"
    ring = page_pdf(LINE, outline).replace(b"<</Type/Catalog", b"<</Type/Catalog/Outlines 6 0 R")
    yield Damaged("bookmarks in a ring", "outline.pdf", ring)
    labels = b"<</Nums[0<</S/r/St 999999999>>]/Kids[6 0 R]/Limits[0 9]>>"
    named = page_pdf(LINE, labels).replace(b"<</Type/Catalog", b"<</Type/Catalog/PageLabels 6 0 R")
    yield Damaged("page labels in a ring", "labels.pdf", named)
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n" + (
        b"1 beginbfrange <00> <ff> <D800> endbfrange endcmap"
    )
    odd = page_pdf(LINE, stream(cmap)).replace(b"/BaseFont", b"/ToUnicode 6 0 R/BaseFont")
    yield Damaged("words that are half surrogates", "surrogates.pdf", odd)
    yield Damaged("a head alone", "head.pdf", b"%PDF-1.7\n" + b"\0" * 3000)
    yield Damaged("a head far from the start", "far.pdf", b"a" * 900 + page_pdf(LINE))
    yield Damaged(
        "an object stream in itself",
        "objstm.pdf",
        page_pdf(LINE, stream(b"6 0 <<>>", b"/Type/ObjStm/N 99999999/First 4")),
    )

"""Footnotes of a Word document, which python-docx has no hand for, and a package whose bytes don't depend on the clock.

A note that quotes a document has its words in runs of the character style ``PolidiffWords`` and, in a run of
``PolidiffPlace``, the document's id and the span that cuts them: ``us-plan 120-345``. ``polidiff verify`` proves these.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

WORDS, PLACE = "PolidiffWords", "PolidiffPlace"
_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
STAMP = (2000, 1, 1, 0, 0, 0)
"""The date of every file in the package, and of the document itself."""


class Notes:
    """The footnotes of one document; :meth:`attach` writes them into its package."""

    def __init__(self, book: WordDocument) -> None:
        self.book = book
        self._root = _element("footnotes")
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            note = _child(self._root, "footnote", type=kind, id=str(number))
            _child(_child(_child(note, "p"), "r"), kind)
        self._count = 0
        _styles(book)

    def add(self, paragraph: Paragraph, before: str, words: str, after: str, place: str, language: str) -> int:
        """Add a note at the end of ``paragraph`` and return its number: ``before``, the words, ``after``, the place."""
        self._count += 1
        number = str(self._count)
        mark = _child(paragraph._p, "r")
        _child(_child(mark, "rPr"), "rStyle", val="FootnoteReference")
        _child(mark, "footnoteReference", id=number)
        own = _child(_child(self._root, "footnote", id=number), "p")
        _child(_child(own, "pPr"), "pStyle", val="FootnoteText")
        head = _child(own, "r")
        _child(_child(head, "rPr"), "rStyle", val="FootnoteReference")
        _child(head, "footnoteRef")
        _run(own, f" {before}")
        _run(own, words, WORDS, language)
        _run(own, after)
        if place:
            _run(own, place, PLACE)
        return self._count

    def again(self, paragraph: Paragraph, number: int) -> None:
        """Refer to the note ``number`` once more, by a raised number of its own."""
        mark = _child(paragraph._p, "r")
        _child(_child(mark, "rPr"), "rStyle", val="FootnoteReference")
        _child(mark, "t").text = str(number)

    def attach(self) -> None:
        """Put the notes into the document's package, and say so in its settings."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from lxml import etree

        blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        main = self.book.part
        assert main.package is not None
        main.relate_to(Part(PackURI("/word/footnotes.xml"), _TYPE, blob, main.package), _RELATION)
        settings = self.book.settings.element
        about = _element("footnotePr")
        for number in ("-1", "0"):
            _child(about, "footnote", id=number)
        compat = settings.find(_name("compat"))
        if compat is None:
            settings.append(about)
        else:
            compat.addprevious(about)


def package(book: WordDocument) -> bytes:
    """The document's bytes, each file of it in the order of its name and with the same date."""
    made = BytesIO()
    book.save(made)
    out = BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            target.writestr(zipfile.ZipInfo(name, STAMP), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def speakable(text: str) -> str:
    """``text`` as XML can hold it."""
    return _UNSPEAKABLE.sub("\ufffd", text)


def _styles(book: WordDocument) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    text = book.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.element.set(_name("styleId"), "FootnoteText")
    text.base_style = book.styles["Normal"]
    text.font.size = Pt(8.5)
    text.paragraph_format.space_after = Pt(2)
    mark = book.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.element.set(_name("styleId"), "FootnoteReference")
    mark.font.superscript = True
    for name in (WORDS, PLACE):
        style = book.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.size = Pt(7.5 if name == PLACE else 8.5)


def _run(paragraph: Any, text: str, style: str = "", language: str = "") -> None:
    """A run of ``text``; its line breaks are line breaks."""
    run = _child(paragraph, "r")
    if style or language:
        about = _child(run, "rPr")
        if style:
            _child(about, "rStyle", val=style)
        if language == "zh":
            _child(about, "rFonts", hint="eastAsia")
            _child(about, "lang", eastAsia="zh-CN")
    for number, line in enumerate(speakable(text).split("\n")):
        if number:
            _child(run, "br")
        own = _child(run, "t")
        own.text = line
        own.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _name(tag: str) -> str:
    return f"{{{_NS}}}{tag}"


def _element(tag: str) -> Any:
    from lxml import etree

    return etree.Element(_name(tag), nsmap={"w": _NS})


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    from lxml import etree

    made = etree.SubElement(parent, _name(tag))
    for key, value in attributes.items():
        made.set(_name(key), value)
    return made

"""How every Word document of polidiff looks, and what its file says of itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from polidiff.report.docx.footnotes import STAMP, speakable
from polidiff.wording import Locale

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

STYLES = ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3")


def framed(book: WordDocument, title: str, tongue: Locale) -> None:
    """Set fonts, margins and the file's own facts."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    for name in STYLES:
        style = book.styles[name]
        style.font.name = "Cambria"
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "SimSun")
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.font.color.rgb = RGBColor(0x1D, 0x1B, 0x18)
    book.styles["Normal"].font.size = Pt(10.5)
    book.styles["Title"].font.size = Pt(22)
    book.styles["Subtitle"].font.size, book.styles["Subtitle"].font.italic = Pt(10), False
    for name, after in (("Normal", 5), ("List Bullet", 2), ("Subtitle", 2)):
        book.styles[name].paragraph_format.space_after = Pt(after)
    for section in book.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.3)
    about = book.core_properties
    about.title, about.author, about.last_modified_by = speakable(title)[:250], "polidiff", "polidiff"
    about.comments, about.language = "", "zh-CN" if tongue == "zh" else "en"
    about.created = about.modified = datetime(*STAMP[:3])

"""Bills and resolutions of the United States Congress in the DTD of the House and the Senate (bill.dtd, res.dtd)."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from polidiff.readers.draft import Draft
from polidiff.readers.xml.law import LawWalker, Place, first_of, words_of
from polidiff.readers.xml.parts import XmlParts, local

_POINTS = "subsection paragraph subparagraph clause subclause item subitem"


class _Walker(LawWalker):
    divisions: ClassVar[frozenset[str]] = frozenset(
        ["title", "subtitle", "part", "subpart", "chapter", "subchapter", "division", "subdivision"]
    )
    sections: ClassVar[frozenset[str]] = frozenset(["section"])
    points: ClassVar[frozenset[str]] = frozenset(_POINTS.split())
    numbers: ClassVar[frozenset[str]] = frozenset(["enum"])
    titles: ClassVar[frozenset[str]] = frozenset(["header"])
    texts: ClassVar[frozenset[str]] = frozenset(["text", "continuation-text", "whereas", "after-quoted-block-text"])
    quotes: ClassVar[frozenset[str]] = frozenset(["quoted-block", "quoted-block-continuation-text"])
    notes_in: ClassVar[frozenset[str]] = frozenset(["footnote"])
    asides: ClassVar[frozenset[str]] = frozenset(["attestation", "endorsement", "action", "pre-form"])
    contents: ClassVar[frozenset[str]] = frozenset(["toc"])
    skipped: ClassVar[frozenset[str]] = frozenset(
        ["metadata", "pagebreak", "linebreak", "dublinCore", "after-quoted-block"]
    )
    bold: ClassVar[frozenset[str]] = frozenset(["bold"])
    struck: ClassVar[frozenset[str]] = frozenset(["deleted-phrase"])

    def special(self, el: Any, name: str, place: Place) -> bool:
        if name == "quote":
            self.say("“", place.style)
            self.children(el, place)
            self.line.cut_space()
            self.line.add("”", place.style)
        elif name == "form":
            self.flush(place)
            for part in el.iter():
                kind = {"official-title": "title", "legis-num": "furniture", "legis-type": "furniture"}.get(local(part))
                if kind is not None and words_of(part):
                    self.drafts.append(Draft("title" if kind == "title" else "furniture", words_of(part)))
        else:
            return False
        return True

    def number(self, el: Any, name: str) -> str:
        enum = super().number(el, name)
        if not enum or name in self.points:
            return enum
        if name == "section":
            return f"{'SECTION' if el.get('section-type') == 'section-one' else 'SEC.'} {enum}"
        return f"{name.upper() if name in ('title', 'division') else name.capitalize()} {enum.rstrip('.')}—"

    def after_title(self, name: str) -> str:
        return ".—"

    def marks(self, el: Any) -> tuple[str, str]:
        after = next((words_of(child) for child in el if local(child) == "after-quoted-block"), "")
        return "“", f"”{after}"


def read_us_bill(root: Any) -> XmlParts:
    """Return the bill: "SEC. 2." and the marks of quoted law, which the page prints and the file implies, are added."""
    walker = _Walker()
    body = [el for el in root if local(el) in ("form", "preamble", "legis-body", "resolution-body", "attestation")]
    for el in body or [root]:
        if local(el) == "legis-body" and root.tag == "bill":
            walker.drafts.append(Draft("paragraph", ENACTS))
        walker.element(el, Place())
        walker.flush(Place())
    short = first_of(root, "short-title")
    title = words_of(short if short is not None else first_of(root, "official-title", "title"))
    date = first_of(root, "action-date", "date")
    stamp = re.sub(r"\D", "", str(date.get("date") or words_of(date)))[:8] if date is not None else ""
    made = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}" if len(stamp) == 8 else ""
    return XmlParts(walker.drafts, walker.notes, title, {"jurisdiction": "US", "date": made})


ENACTS = (
    "Be it enacted by the Senate and House of Representatives of the United States of America in Congress assembled,"
)
"""The enacting formula, which the stylesheet prints before the body of every bill (1 U.S.C. 101)."""

"""Formex 4 to 6 of the European Union's Publications Office: acts, their consolidated versions, annexes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, ClassVar

from polidiff.readers.xml.law import LawWalker, Place, words_of
from polidiff.readers.xml.parts import XmlParts, local


class _Walker(LawWalker):
    points: ClassVar[frozenset[str]] = frozenset(["PARAG", "NP", "CONSID", "ITEM", "SUBDIV"])
    numbers: ClassVar[frozenset[str]] = frozenset(["NO.PARAG", "NO.P"])
    texts: ClassVar[frozenset[str]] = frozenset(
        [
            "ALINEA",
            "P",
            "TXT",
            "VISA",
            "GR.CONSID.INIT",
            "PREAMBLE.INIT",
            "PREAMBLE.FINAL",
            "COMMENT",
            "DEFINITION",
            "ENACTING.TERMS.CJT",
        ]
    )
    quotes: ClassVar[frozenset[str]] = frozenset(["QUOT.S"])
    asides: ClassVar[frozenset[str]] = frozenset(["FINAL", "SIGNATURE"])
    contents: ClassVar[frozenset[str]] = frozenset(["TOC"])
    skipped: ClassVar[frozenset[str]] = frozenset(
        [
            "BIB.INSTANCE",
            "BIB.DATA",
            "FAM.COMP",
            "INFO.CONSLEG",
            "INFO.PROD",
            "MARGIN",
            "INCL.ELEMENT",
            "LINK",
            "PAGE.HEADER",
        ]
    )

    def special(self, el: Any, name: str, place: Place) -> bool:
        handler = {
            "QUOT.START": self._mark,
            "QUOT.END": self._mark,
            "HT": self._type,
            "NOTE": self._footnote,
            "ARTICLE": self._article,
            "DIVISION": self._division,
            "GR.SEQ": self._division,
            "TITLE": self._title,
            "NP": self._np,
            "ITEM": self._np,
            "CONSID": self._np,
        }.get(name)
        return handler is not None and handler(el, place)

    def _mark(self, el: Any, place: Place) -> bool:
        code = str(el.get("CODE") or "")
        char = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else '"'
        if local(el) == "QUOT.END":
            self.line.cut_space()
        self.say(char, place.style)
        return True

    def _type(self, el: Any, place: Place) -> bool:
        kind = str(el.get("TYPE") or "").upper()
        style = place.style._replace(
            bold=place.style.bold or "BOLD" in kind,
            italic=place.style.italic or "ITALIC" in kind,
            raised=kind == "SUP",
            struck=place.style.struck or kind == "STROKE",
        )
        if kind == "UC" and not len(el):
            self.say((el.text or "").upper(), style)
        else:
            self.children(el, replace(place, style=style))
        return True

    def _footnote(self, el: Any, place: Place) -> bool:
        self.note(el, str(el.get("NUMBERING") or "") if re.fullmatch(r"\*+|\d+", str(el.get("NUMBERING"))) else "")
        return True

    def _article(self, el: Any, place: Place) -> bool:
        inner = replace(place, level=max(place.level + 1, 3), depth=0)
        for part in el:
            if local(part) not in ("TI.ART", "STI.ART"):
                self.element(part, inner)
            elif place.kind == "quote":
                self.text(part, place)
            else:
                self.heading([part], inner)
        self.flush(inner)
        return True

    def _division(self, el: Any, place: Place) -> bool:
        self.flush(place)
        self.children(el, replace(place, level=place.level + 1, depth=0))
        self.flush(place)
        return True

    def _title(self, el: Any, place: Place) -> bool:
        """The act's own title in lines, or the heading of a division, an annex or a table."""
        self.flush(place)
        if local(el.getparent()) in ("ACT", "CONS.DOC", "AGR", "PROT", "GENERAL", "DECISION"):
            for line in [p for p in el.iter() if local(p) == "P"] or [el]:
                self.text(line, replace(place, kind="title"))
            return True
        for part in el:
            if local(part) in ("TI", "STI"):
                self.heading([part], replace(place, level=max(place.level, 1)))
        return True

    def _np(self, el: Any, place: Place) -> bool:
        """An item or a recital whose only content is a numbered paragraph is that paragraph."""
        name = local(el)
        if name in ("ITEM", "CONSID"):
            self.border(place)
            self.children(el, place)
            self.border(place)
            return True
        return False


def read_formex(root: Any) -> XmlParts:
    """Return the act with its recitals, articles and annexes; the marks of quotations are those that the file names."""
    walker = _Walker()
    walker.walk(root)
    title = " ".join(draft.text for draft in walker.drafts if draft.kind == "title")
    title = title or next((draft.text for draft in walker.drafts if draft.kind == "heading"), "")
    meta = {"jurisdiction": "EU", "date": "", "language": ""}
    for el in root.iter():
        name = local(el)
        if name == "DATE" and not meta["date"] and re.fullmatch(r"\d{8}", str(el.get("ISO") or "")):
            day = str(el.get("ISO"))
            meta["date"] = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        elif name == "LG.DOC" and not meta["language"]:
            meta["language"] = words_of(el).lower()
    return XmlParts(walker.drafts, walker.notes, title, meta)

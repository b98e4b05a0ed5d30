"""Crown Legislation Markup Language (CLML) of legislation.gov.uk: acts and instruments of the United Kingdom."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, ClassVar

from polidiff.readers.draft import Draft, set_title
from polidiff.readers.xml.law import LawWalker, Place, first_of, words_of
from polidiff.readers.xml.parts import XmlParts, local

_BRACKETED = frozenset(["P2", "P3", "P4", "P5", "P6", "P7"])


class _Walker(LawWalker):
    divisions: ClassVar[frozenset[str]] = frozenset(
        [
            "Group",
            "Part",
            "Chapter",
            "Pblock",
            "PsubBlock",
            "Schedule",
            "Appendix",
            "EUPart",
            "EUTitle",
            "EUChapter",
            "EUSection",
            "EUSubsection",
        ]
    )
    points: ClassVar[frozenset[str]] = frozenset(["P1", *_BRACKETED, "ListItem"])
    numbers: ClassVar[frozenset[str]] = frozenset(["Number", "Pnumber"])
    titles: ClassVar[frozenset[str]] = frozenset(["Title", "Subtitle", "TitleBlock"])
    texts: ClassVar[frozenset[str]] = frozenset(
        ["Text", "IntroductoryText", "EnactingText", "DateText", "LongTitle", "Para", "FragmentText"]
    )
    quotes: ClassVar[frozenset[str]] = frozenset(["BlockAmendment"])
    asides: ClassVar[frozenset[str]] = frozenset(
        ["SignedSection", "Signatory", "MadeDate", "LaidDate", "ComingIntoForce"]
    )
    contents: ClassVar[frozenset[str]] = frozenset(["Contents"])
    skipped: ClassVar[frozenset[str]] = frozenset(
        ["Metadata", "Commentaries", "CommentaryRef", "Versions", "Resources", "Footnotes", "MarginNotes", "Reference"]
    )

    def __init__(self, root: Any) -> None:
        super().__init__()
        self._notes = {str(el.get("id")): el for el in root.iter() if local(el) == "Footnote" and el.get("id")}

    def special(self, el: Any, name: str, place: Place) -> bool:
        if name == "P1group":
            self._section(el, place)
        elif name in ("PrimaryPrelims", "SecondaryPrelims"):
            for child in el:
                kind = {"Title": "title", "Number": "furniture"}.get(local(child))
                if kind is None:
                    self.element(child, place)
                elif words_of(child):
                    self.drafts.append(Draft("title" if kind == "title" else "furniture", words_of(child)))
            self.flush(place)
        elif name == "FootnoteRef":
            found = self._notes.get(str(el.get("Ref")))
            if found is not None:
                self.note(found, "")
        elif name == "AppendText":
            self.line.cut_space()
            self.children(el, place)
        elif name == "Repeal" and el.get("RetainText") == "true":
            self.children(el, replace(place, style=place.style._replace(struck=True)))
        else:
            return False
        return True

    def _section(self, el: Any, place: Place) -> None:
        """A titled section: its title stands in the group, its number in the first numbered part of the group."""
        titles = self.title(el, "P1group")
        units = [child for child in el if local(child) == "P1"]
        if place.kind == "quote" or not units or not titles:
            for title in titles:
                self.text(title, place)
            self._rest(el, place)
            return
        inner = replace(place, level=place.level + 1, depth=0)
        self.heading(titles, inner, super().number(units[0], "P1"))
        for child in units[0]:
            if local(child) not in self.numbers:
                self.element(child, inner)
                self.border(inner)
        for child in el:
            if child is not units[0] and child not in titles:
                self.element(child, place if local(child) == "P1" else inner)
        self.flush(inner)

    def number(self, el: Any, name: str) -> str:
        found = next((child for child in el if local(child) in self.numbers), None)
        bare = words_of(found)
        if name == "ListItem":
            return str(el.get("NumberOverride") or "")
        if not bare or found is None or name not in _BRACKETED:
            return bare
        before, after = found.get("PuncBefore"), found.get("PuncAfter")
        if before is None and after is None:
            return bare if bare.startswith("(") else f"({bare})"
        return f"{before or ''}{bare}{after or ''}"

    def marks(self, el: Any) -> tuple[str, str]:
        form = str(el.get("Format") or "double").lower()
        return {"single": ("‘", "’"), "none": ("", "")}.get(form, ("“", "”"))


def read_clml(root: Any) -> XmlParts:
    """Return the act or instrument; brackets of numbers and marks of inserted words are added as printed."""
    walker = _Walker(root)
    walker.walk(root)
    prelims = first_of(root, "PrimaryPrelims", "SecondaryPrelims")
    title = words_of(first_of(prelims, "Title")) if prelims is not None else ""
    title = title or words_of(first_of(root, "title"))
    if title and not any(draft.text == title for draft in walker.drafts[:4]):
        walker.drafts.insert(0, Draft("title", title))
    set_title(walker.drafts, title)
    dates = [el for el in root.iter() if local(el) in ("EnactmentDate", "Made", "ComingIntoForce", "DateOfEnactment")]
    date = next((str(el.get("Date")) for el in dates if re.match(r"\d{4}-\d\d-\d\d", str(el.get("Date") or ""))), "")
    return XmlParts(walker.drafts, walker.notes, title, {"jurisdiction": "GB", "date": date[:10]})

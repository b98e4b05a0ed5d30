"""Canada's acts and regulations as the Department of Justice publishes them (LIMS: ``Statute``, ``Regulation``)."""

from __future__ import annotations

from typing import Any, ClassVar

from polidiff.readers.draft import Draft, set_title
from polidiff.readers.xml.law import LawWalker, Place, first_of, words_of
from polidiff.readers.xml.parts import XmlParts, local


class _Walker(LawWalker):
    divisions: ClassVar[frozenset[str]] = frozenset(["Schedule"])
    sections: ClassVar[frozenset[str]] = frozenset(["Section"])
    points: ClassVar[frozenset[str]] = frozenset(
        ["Subsection", "Paragraph", "Subparagraph", "Clause", "Subclause", "Subsubclause", "Item"]
    )
    numbers: ClassVar[frozenset[str]] = frozenset(["Label"])
    titles: ClassVar[frozenset[str]] = frozenset(["MarginalNote"])
    texts: ClassVar[frozenset[str]] = frozenset(
        [
            "Text",
            "Enacts",
            "Preamble",
            "Provision",
            "Definition",
            "ContinuedSectionSubsection",
            "ContinuedParagraph",
            "ContinuedSubparagraph",
            "ContinuedClause",
            "ContinuedDefinition",
            "ContinuedFormulaParagraph",
            "FormulaText",
        ]
    )
    quotes: ClassVar[frozenset[str]] = frozenset(["AmendedText", "ReadAsText", "QuotedText"])
    notes_in: ClassVar[frozenset[str]] = frozenset(["Footnote"])
    asides: ClassVar[frozenset[str]] = frozenset(
        ["HistoricalNote", "SignatureBlock", "RecentAmendments", "Order", "RegistrationDate", "ConsolidationDate"]
    )
    contents: ClassVar[frozenset[str]] = frozenset(["TableOfProvisions"])
    skipped: ClassVar[frozenset[str]] = frozenset(["Identification", "BilingualItemFr", "Repealed-Fr"])

    def special(self, el: Any, name: str, place: Place) -> bool:
        if name == "Heading":
            level = str(el.get("level") or "1")
            titles = [child for child in el if local(child) == "TitleText"]
            here = Place(level=int(level) if level.isdecimal() else 1)
            self.heading(titles, here, self.number(el, name))
            self._below = here.level
        elif name == "ScheduleFormHeading":
            parts = [child for child in el if local(child) in ("TitleText", "OriginatingRef")]
            self.heading(parts, Place(level=1), self.number(el, name))
            self._below = 1
        elif name == "MarginalNote" and local(el.getparent()) != "Section":
            self.drafts.append(Draft("caption", words_of(el)))
        else:
            return False
        return True

    _below = 0

    def title(self, el: Any, name: str) -> list[Any]:
        """A section's marginal note is its title; that of a subsection stands beside it as a caption."""
        if name == "Section":
            return super().title(el, name)
        for child in super().title(el, name):
            if words_of(child):
                self.flush(Place())
                self.drafts.append(Draft("caption", words_of(child)))
        return []

    def heading(self, parts: list[Any], place: Place, number: str = "") -> None:
        """File a heading; that of a section stands below the last heading of a part."""
        below = place.level if place.level > self._below else self._below + 1
        super().heading(parts, Place(level=below), number)


def read_lims(root: Any) -> XmlParts:
    """Return the act or regulation: long title, headings, sections with their marginal notes as titles."""
    walker = _Walker()
    for name in ("ShortTitle", "LongTitle"):
        el = first_of(root, name)
        if el is not None:
            walker.drafts.append(Draft("title", words_of(el)))
    walker.walk(root)
    title = words_of(first_of(root, "ShortTitle", "LongTitle"))
    set_title(walker.drafts, title)
    meta = {"jurisdiction": "CA", "date": _date(root), "language": ""}
    meta["language"] = next((str(v)[:2] for k, v in root.attrib.items() if str(k).endswith("}lang")), "")
    return XmlParts(walker.drafts, walker.notes, title, meta)


def _date(root: Any) -> str:
    """The date of the consolidation that the file names, else of its last amendment or its coming into force."""
    held = {local_name(key): str(value) for key, value in root.attrib.items()}
    for wanted in ("current-date", "pit-date", "lastAmendedDate", "inforce-start-date"):
        if len(held.get(wanted, "")) >= 10:
            return held[wanted][:10]
    return ""


def local_name(key: Any) -> str:
    """Return an attribute's name without its namespace."""
    return str(key).rpartition("}")[2]

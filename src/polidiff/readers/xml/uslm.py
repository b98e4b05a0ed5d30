"""United States Legislative Markup (USLM 1 and 2): bills, public laws, the Code, compilations."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from polidiff.readers.draft import Draft, set_title
from polidiff.readers.xml.law import LawWalker, Place, first_of, words_of
from polidiff.readers.xml.parts import XmlParts, local

_LEVELS = (
    "title subtitle part subpart chapter subchapter division subdivision article subarticle preliminary appendix "
    "compiledAct courtRules courtRule reorganizationPlans reorganizationPlan schedule"
)
_POINTS = "subsection paragraph subparagraph clause subclause item subitem subsubitem level listItem"


class _Walker(LawWalker):
    divisions: ClassVar[frozenset[str]] = frozenset(_LEVELS.split())
    sections: ClassVar[frozenset[str]] = frozenset(["section"])
    points: ClassVar[frozenset[str]] = frozenset(_POINTS.split())
    numbers: ClassVar[frozenset[str]] = frozenset(["num"])
    titles: ClassVar[frozenset[str]] = frozenset(["heading", "subheading"])
    texts: ClassVar[frozenset[str]] = frozenset(
        [
            "chapeau",
            "content",
            "continuation",
            "text",
            "p",
            "proviso",
            "enactingFormula",
            "resolvingClause",
            "recital",
            "preamble",
        ]
    )
    crossings: ClassVar[frozenset[str]] = frozenset(["crossHeading", "crossheading"])
    quotes: ClassVar[frozenset[str]] = frozenset(["quotedContent"])
    notes_in: ClassVar[frozenset[str]] = frozenset(["footnote"])
    asides: ClassVar[frozenset[str]] = frozenset(
        [
            "preface",
            "signatures",
            "attestation",
            "endorsement",
            "sourceCredit",
            "note",
            "notes",
            "editorialNote",
            "statutoryNote",
            "action",
        ]
    )
    contents: ClassVar[frozenset[str]] = frozenset(["toc"])
    skipped: ClassVar[frozenset[str]] = frozenset(["meta", "page", "marker", "editorialContent"])

    def special(self, el: Any, name: str, place: Place) -> bool:
        if el.get("display") == "no":
            return True
        if name == "longTitle":
            self.flush(place)
            for child in el:
                if words_of(child):
                    self.drafts.append(
                        Draft("title" if local(child) == "officialTitle" else "furniture", words_of(child))
                    )
            return True
        return False


def read_uslm(root: Any) -> XmlParts:
    """Return the bill, law or part of the Code as marked up: numbers and quotation marks stand in its text."""
    walker = _Walker()
    walker.walk(root)
    short = next((el for el in root.iter() if local(el) == "shortTitle" and el.get("role") in ("act", None)), None)
    named = first_of(root, "officialTitle", "title")
    title = words_of(short if short is not None else named)
    set_title(walker.drafts, title)
    meta = {"jurisdiction": "US", "date": _date(root)}
    return XmlParts(walker.drafts, walker.notes, title, meta)


def _date(root: Any) -> str:
    for wanted in ("approvedDate", "date", "currentThroughPublicLaw", "created", "issued", "processedDate"):
        for el in root.iter():
            if local(el) != wanted:
                continue
            match = re.match(r"\d{4}-\d\d-\d\d", str(el.get("date") or words_of(el)))
            if match and wanted != "processedDate":
                return match.group()
    return ""

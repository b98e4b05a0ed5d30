"""What each document is called on the page, and which letter, colour and pattern it wears throughout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from polidiff.lang.countries import code_of, country_of, name_of
from polidiff.lang.data import load_list
from polidiff.lang.titles import SHORT, first_words, lowered, party_of, stateless
from polidiff.lang.words import has_cjk
from polidiff.model import Codebook, Document, Finding
from polidiff.readers.names import OF_PARTIES, party_on_cover, printed_title
from polidiff.wording import Locale, say
from polidiff.wording.catalogue import phrase

_SERIES = "abcdef"

LONGEST_CODE = 3
BARS = 2
"""Words of a web page's line that tell it from a heading."""
_HEAD = re.compile(r"\s*[:：(（|]\s*|\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the comparison, as the reader meets it.

    ``label`` is short (a jurisdiction where that tells the documents apart, else a short title, else the jurisdiction
    with its year or date, else the id; where one goes by its title, all that can do so) and
    ``named`` is the same within a sentence; ``series`` is the class that carries colour and pattern.
    """

    index: int
    id: str
    title: str
    label: str
    named: str
    series: str
    language: str
    is_digest: bool


def book_title(book: Codebook, tongue: Locale) -> str:
    """What a page in ``tongue`` calls a codebook; one of the user's own keeps its title."""
    return (phrase(f"codebook.{book.id}", tongue) if tongue == "zh" else "") or book.title


def parties(documents: tuple[Document, ...], tongue: Locale) -> tuple[Party, ...]:
    """Name each of ``documents``, in order."""
    names = [_names(document, tongue) for document in documents]
    counts = Counter(name for own in names for name in set(own))
    counts.update(place(one.jurisdiction, tongue) for one in documents if of_party(one))
    labels = [
        next((name for name in own if counts[name] == 1), document.id)
        for document, own in zip(documents, names, strict=True)
    ]
    titles = [
        [name for name in _titles(document) if counts[name] == 1 and name != document.id] for document in documents
    ]
    if any(label in own for label, own in zip(labels, titles, strict=True)):
        where = [place(document.jurisdiction, tongue) for document in documents]
        called = zip(labels, where, titles, strict=True)
        labels = [next(iter(own), label) if label == country else label for label, country, own in called]
    return tuple(
        Party(
            index=index,
            id=document.id,
            title=title_of(document),
            label=label,
            named=_within(document, label, tongue),
            series=_SERIES[index % len(_SERIES)],
            language=lang(document.language),
            is_digest=document.is_digest,
        )
        for index, (document, label) in enumerate(zip(documents, labels, strict=True))
    )


def finding_name(finding: Finding, tongue: Locale) -> str:
    """Return what a page calls a theme or a matter; a matter's words from a document begin with a large letter."""
    other = finding.name or finding.name_zh or finding.theme
    name = (finding.name_zh if tongue == "zh" else finding.name) or other
    first = name.split(maxsplit=1)[0] if name else ""
    return name[:1].upper() + name[1:] if first.islower() else name


def title_of(document: Document) -> str:
    """Return a document's title as a page prints it; its id where it has none."""
    return printed_title(document.title) or document.id


def headings(title: str, path: Iterable[str]) -> tuple[str, ...]:
    """Return the headings above a passage of the document of a title, as a page prints them.

    They are not in capitals. The title isn't among them, nor the line of a web page that carried it.
    """
    own, bars = printed_title(title).casefold(), load_list("publishers")["names"]["bars"]
    shown = [printed_title(one) if one.isupper() else " ".join(one.split()) for one in path]
    return tuple(one for one in shown if one.casefold() != own and sum(word in one for word in bars) < BARS)


def of_party(document: Document) -> bool:
    """Whether a party speaks in a document, and no country."""
    return document.genre in OF_PARTIES or party_of(document.issuer or "") != ""


def _names(document: Document, tongue: Locale) -> list[str]:
    """What a document may be called in short, the shortest first; the first that no other bears is its label."""
    where, date = "" if of_party(document) else place(document.jurisdiction, tongue), document.date or ""
    dated = [say("label.dated", tongue, where=where, date=part) for part in (date[:4], date)] if where and date else []
    short = _titles(document)
    party = (
        (party_of(document.issuer or "") or party_of(_title(document)) or party_on_cover(document))
        if of_party(document)
        else ""
    )
    return [name for name in (where, party, *short[:-1], *dated, short[-1]) if name]


def _title(document: Document) -> str:
    return lowered(stateless(document.name or document.title))


def _titles(document: Document) -> list[str]:
    """What a document may be called by its title or its issuer; the first words of its title last."""
    title = _title(document)
    head = _HEAD.split(title, maxsplit=1)[0].strip()
    short = [one for one in (title, head, document.issuer or "") if 0 < len(one) <= SHORT and one != document.id]
    if short and " " in short[0]:
        short[0] = short[0][:1].upper() + short[0][1:]
    return [*short, first_words(lowered(stateless(document.title)))]


def place(jurisdiction: str | None, tongue: Locale) -> str:
    """The name of a jurisdiction given by code (``US``) or by name; empty when there is none."""
    if not jurisdiction:
        return ""
    code = country_of(jurisdiction) or code_of(jurisdiction)
    name = name_of(code, tongue)
    return jurisdiction.strip() if name == code and len(code) > LONGEST_CODE else name


def _within(document: Document, label: str, tongue: Locale) -> str:
    """``label`` as it stands within a sentence: some countries take an article in English, titles marks in Chinese."""
    jurisdiction = document.jurisdiction
    if tongue == "en" and jurisdiction and label == place(jurisdiction, tongue):
        code = country_of(jurisdiction) or code_of(jurisdiction)
        return f"the {label}" if code in load_list("countries")["with_article"] else label
    if tongue == "zh" and has_cjk(label) and label in stateless(document.name or document.title):
        return f"《{label}》"
    return label


def lang(language: str) -> str:
    """The value of a ``lang`` attribute: empty for an undetermined language, as HTML asks."""
    return {"en": "en", "zh": "zh-Hans", "und": ""}.get(language, language)

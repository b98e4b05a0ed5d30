"""The short names by which an article means a document at hand: acronyms, 以下简称, issuers, countries.

Names that can only be those of one document are found anywhere (:func:`explained`). Words that mean a document only
where they are what a sentence speaks of (“Labour”, “Tokyo”) are hints (:class:`Hints`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from polidiff.lang.countries import places_of
from polidiff.lang.words import has_cjk
from polidiff.model import Document, Span

__all__ = ["PLACED_AT", "Hint", "Hints", "explained", "standing"]

HEAD = 1500
"""Characters at the head of a document where its country stands if it speaks for it."""

OFTEN = 10
"""How often a document writes a word that is taken for a name of its own though the article only opens sentences so."""

_EXPLAINED = re.compile(
    r"[”\"’'》]?\s*[(（,，]\s*(?:hereinafter|henceforth|or|known as|以下简称为?|下称|简称)?[,，]?\s*"
    r"(?:the\s+)?[“\"‘'《]?"
    r"(?P<name>[A-Z][A-Za-z&./-]{1,11}(?:-\d+)?|[\u4e00-\u9fff]{2,12})[”\"’'》]?\s*[)）,，]"
)
_SAID_ZH = re.compile(r"(?:以下)?简称为?|下称")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_MID_SENTENCE = re.compile(r"(?<=[\w,;] )[A-Z][^\W\d_]+(?:[’'][^\W\d_]+)?")
_IDLE = frozenset(
    re.findall(
        r"\w+",
        "the and for from with act law bill plan plans strategy order draft final version report digest summary "
        "national government party manifesto policy paper action document state city council commission "
        "parliament union regulation committee ministry office department agency administration authority",
    )
)
_BODY = re.compile(
    r"\b(?:[A-Z][\w’'-]+\s+){1,4}(?:Party|Commission|Council|Ministry|Department|Office|Administration|Authority|Agency)\b"
)
_BODY_ZH = re.compile(r"中共中央|中央|国务院|(?:(?<=^)|(?<=[年，、》\s]))[\u4e00-\u9fff]{2,3}?(?=省|市|自治区)")
_KIND_ZH = re.compile(
    r"(?:而|但|则|也)?(?:及其|和|与)?(?:各?成员国)?在?其?"
    r"[省市]?的?(?:政府|方面|当局|官方)?(?:工作)?(?:报告|文件|计划|方案|规划|战略|法律|意见)?"
)
_AROUND_PARTY = frozenset(
    re.findall(
        r"\w+",
        "the party government administration authorities side ministers officials council commission city state "
        "department ministry its and member members states bloc submission contribution pledge indc ndc",
    )
)


PLACED_AT = re.compile(
    r"\b(?:at|across|throughout|into|against|around|near|outside|inside|from)\s+(?:the\s+)?$", re.IGNORECASE
)
"""Words before a country that make it the place of something and not its doer."""


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


P = TypeVar("P", bound=_Placed)


def standing(items: Sequence[P], span: Span) -> Sequence[P]:
    """Those of ``items``, in the order of their spans, that begin in ``span``."""
    low = bisect_left(items, span.start, key=lambda item: item.span.start)
    return items[low : bisect_left(items, span.end, key=lambda item: item.span.start)]


def explained(text: str, named: Sequence[tuple[Span, str | None]]) -> Iterator[tuple[Span, str | None]]:
    """Yield where a name that ``text`` explains (“the Harbour Plan (HP)”) stands again, with what it names.

    ``named`` are the places of names with the document's id, or None for one that isn't at hand; a name explained
    beside two is none.
    """
    names: dict[str, set[str | None]] = {}
    for span, document in named:
        match = _EXPLAINED.match(text, span.end)
        if match is None or (match.group()[0] in ",，" and not _SAID_ZH.search(match.group())):
            continue
        name = match["name"]
        if has_cjk(name) and not _SAID_ZH.search(match.group()):
            continue
        if not has_cjk(name) and sum(c.isupper() for c in name) < 2:
            continue
        names.setdefault(name, set()).add(document)
    for name, means in names.items():
        if len(means) != 1:
            continue
        pattern = re.escape(name) if has_cjk(name) else rf"(?<![\w-]){re.escape(name)}(?![\w-])"
        for match in re.finditer(rf"《{pattern}》|{pattern}", text):
            yield Span(match.start(), match.end()), next(iter(means))


@dataclass(frozen=True, slots=True)
class Hint:
    """A word that means one of ``documents`` where a sentence speaks of it; ``code`` is the country that it names."""

    span: Span
    documents: tuple[str, ...]
    code: str | None = None


class Hints:
    """The words of documents at hand, and their countries, in an article.

    A document's own words are those of its title, id, issuer and name that no other one has. The article never writes
    them without a capital; within a sentence it writes them at least once, or the document is full of them.
    """

    def __init__(self, documents: Sequence[Document], places: Mapping[str, str | None], titles: Mapping[str, str]):
        self._places = places
        self._owner = _owners({d.id: set(_own_words(d, titles[d.id])) for d in documents})
        texts = {d.id: d.text for d in documents}
        self._names = {word for word, name in self._owner.items() if _is_name(word, texts[name])}
        bodies = {d.id: {*_own_bodies(d, titles[d.id]), *_acronyms(d)} for d in documents}
        self._bodies = _owners(bodies)
        self._speaks = {
            d.id: {place.code for place in places_of(f"{d.title}\n{d.text[:HEAD]}")} & {places[d.id]} for d in documents
        }

    def of(self, text: str) -> list[Hint]:
        """Return the hints in ``text``, in order, none overlapping another."""
        low = set(re.findall(r"(?<![\w’'])[a-z][\w’']*", text))
        inside = self._names | {_bare(word) for word in _MID_SENTENCE.findall(text)}
        found: list[Hint] = []
        for body, whose in self._bodies.items():
            pattern = re.escape(body).replace("'", "['’]").replace(r"\ ", r"\s+")
            for match in re.finditer(pattern if has_cjk(body) else rf"(?<!\w){pattern}(?!\w)", text):
                found.append(Hint(Span(match.start(), match.end()), (whose,)))
        found.sort(key=lambda hint: hint.span)
        countries = {code: self.of_country(code) for code in {place.code for place in places_of(text)}}
        new = [Hint(Span(p.start, p.end), countries[p.code], p.code) for p in places_of(text)]
        found = sorted([*found, *(hint for hint in new if not _taken(found, hint.span))], key=lambda hint: hint.span)
        words = []
        for match in _WORD.finditer(text):
            word = _bare(match.group())
            owner = self._owner.get(word)
            span = Span(match.start(), match.end())
            ordinary = word not in inside or {word, match.group().casefold()} & low
            if owner is None or not match.group()[0].isupper() or ordinary:
                continue
            if not _taken(found, span):
                words.append(Hint(span, (owner,)))
        return sorted([*found, *words], key=lambda hint: hint.span)

    def of_country(self, code: str) -> tuple[str, ...]:
        """The documents of a country: those that name it at their head, where only some do."""
        theirs = [name for name, place in self._places.items() if place == code]
        speaking = [name for name in theirs if code in self._speaks[name]]
        return tuple(sorted(speaking or theirs))

    def only(self, phrase: str, start: int, hints: Sequence[Hint]) -> tuple[str, ...]:
        """The documents that ``phrase``, which begins at ``start``, means if it is nothing but a hint; else none."""
        span = Span(start, start + len(phrase))
        inside = [hint for hint in hints if hint.span.within(span) and hint.documents]
        if not inside or len({hint.documents for hint in inside}) > 1:
            return ()
        before, after = phrase[: inside[0].span.start - start], phrase[inside[-1].span.end - start :]
        between = phrase[inside[0].span.start - start : inside[-1].span.end - start]
        for hint in inside:
            between = between.replace(phrase[hint.span.start - start : hint.span.end - start], " ")
        lead = re.split(r"[,，;:]\s*", before)[-1]
        left = {_bare(word) for word in _WORD.findall(f"{lead} {between} {after}")} - {"s", ""}
        left = {word for word in left if not _KIND_ZH.fullmatch(word)}
        return inside[0].documents if left <= _AROUND_PARTY else ()


def _taken(items: Sequence[Hint], span: Span) -> bool:
    """Whether one of ``items`` overlaps ``span``."""
    at = bisect_left(items, span.end, key=lambda item: item.span.start)
    return any(item.span.overlaps(span) for item in items[max(0, at - 2) : at])


def _owners(words: Mapping[str, set[str]]) -> dict[str, str]:
    """The document of each word that only one has."""
    shared = Counter(word for own in words.values() for word in own)
    return {word: name for name, own in words.items() for word in sorted(own) if shared[word] == 1}


def _own_bodies(document: Document, title: str) -> Iterator[str]:
    """The bodies that a document's head names in full, as parties and ministries do their own."""
    for match in _BODY.finditer(" ".join(f"{title} . {document.text[:600]}".replace("’", "'").split())):
        yield match.group().removeprefix("The ")
    for match in _BODY_ZH.finditer(f"{title}\n{document.issuer or ''}"):
        yield match.group()


def _acronyms(document: Document) -> Iterator[str]:
    """The capitals that a document's issuer goes by (FINMA), as given, or by its initials where its text uses them."""
    issuer = document.issuer or ""
    yield from re.findall(r"\b[A-Z]{3,8}\b", issuer)
    initials = "".join(re.findall(r"\b[A-Z]", issuer))
    if 3 <= len(initials) <= 8 and re.search(rf"\b{initials}\b", document.text):
        yield initials


def _own_words(document: Document, title: str) -> Iterator[str]:
    """The telling words of a document's title, id, issuer and name."""
    given = f"{title} {document.name} {document.issuer or ''} {document.id.replace('-', ' ').replace('_', ' ')}"
    for match in _WORD.finditer(given):
        word = _bare(match.group())
        if len(word) >= 3 and word not in _IDLE and not has_cjk(word) and not places_of(match.group().capitalize()):
            yield word


def _is_name(word: str, text: str) -> bool:
    """Whether a document writes a word often, and always with a capital, as the name of its own city or office."""
    written = Counter(match.group()[0].isupper() for match in re.finditer(rf"(?<!\w){word}(?!\w)", text, re.IGNORECASE))
    return written[True] >= OFTEN and not written[False]


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word.casefold())

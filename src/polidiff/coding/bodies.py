"""Bodies that a document names: where a name stands in its text, and one name for each body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from polidiff.lang.data import load_list
from polidiff.model import Document

__all__ = ["Body", "Register", "register_of"]

#: Words that make a run of capitalised words the name of a body, at its beginning or its end.
_FIRST = "|".join(load_list("bodies")["first"])
_LAST = "|".join(load_list("bodies")["last"])
_CAP = r"(?:U\.S\.|U\.K\.|[A-Z][\w&’'-]*)"
_LINK = r"(?:of the|for the|on the|to the|of|for|on|in|&)"
_RUN = re.compile(rf"{_CAP}(?:[ \n]+(?:{_LINK}[ \n]+)?{_CAP})*")
_CAPS = rf"{_CAP}(?:[ \n]{_CAP})*"
_LIST_NAME = re.compile(
    rf"(?:{_CAP}[ \n]+)*(?:{_FIRST})[ \n]+{_LINK}[ \n]+{_CAPS}(?:(?:,[ \n]{_CAP})+,)?[ \n]and[ \n]{_CAPS}"
)
_PAIR_NAME = re.compile(rf"{_CAP}(?:[ \n]{_CAP})*[ \n](?:and|&)[ \n]{_CAP}(?:[ \n]{_CAP})*")
_ENDS_BODY = re.compile(rf"(?:^|[ \n-])(?:{_LAST})$|\b(?:{_FIRST})[ \n](?:of|for|on)\b")
_ACRONYM = re.compile(r"[A-Z][A-Z&]*[A-Z](?:-[A-Z]+)?(?![A-Za-z])")
_DEFINED = re.compile(r"\([“\"]?(?:the )?[“\"‘']?([A-Z][A-Za-z&-]{1,9})[”\"’']?\)")
_LAW = re.compile(
    r"\b(?:Act|Law|Code|Regulation|Directive|Framework|Plan|Program|Programme|Strategy|Treaty|Standard|Resource|Zones|Model)s?$"
)
_HAS_HEAD = re.compile(rf"\b(?:{_FIRST}|{_LAST})\b")
_NOT_BODIES = frozenset(load_list("bodies")["not_bodies"])
#: Head words that are no name when they stand alone.
_BARE = frozenset((_FIRST + "|" + _LAST).split("|")) - {"Congress", "Parliament", "Treasury", "Cabinet", "Commission"}
_POSSESSIVE = re.compile(r"[’']s\s+(?=(?:[a-z]+\s+)?[A-Z])")


@dataclass(frozen=True, slots=True)
class Body:
    """A body's name in a text: ``start:end`` in that text, and the one name that the body goes by."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Register:
    """A document's own abbreviations of bodies: ``short`` leads from the full name to the abbreviation it defines.

    ``laws`` are abbreviations that the document gives to something else than a body (an act, a technique).
    """

    short: dict[str, str]
    laws: frozenset[str] = frozenset()

    def name(self, printed: str) -> str:
        """Return the one name for a body as printed: its abbreviation where the document defines one."""
        plain = " ".join(printed.split())
        plain = re.sub(r"^[Tt]he ", "", plain)
        return self.short.get(plain) or self.short.get(re.sub(r"^U\.[SK]\. ", "", plain), plain)

    def read(self, text: str, start: int) -> Body | None:
        """Read the name of a body that begins at ``start`` (an article before it is passed over), or return None."""
        article = re.compile(r"(?:[Tt]he|an?|its|their|our)\s+").match(text, start)
        begin = article.end() if article else start
        for full in self._longest(text, begin):
            end = begin + len(full)
            defined = re.compile(r"\s*\(" + re.escape(self.short[full]) + r"\)").match(text, end)
            end = defined.end() if defined else end
            return self._owned(text, begin, end, self.short[full])
        acronym = _ACRONYM.match(text, begin)
        if acronym and acronym.group() not in _NOT_BODIES | self.laws:
            return self._owned(text, begin, acronym.end(), acronym.group())
        listed = _LIST_NAME.match(text, begin)
        pair = _PAIR_NAME.match(text, begin)
        run = _RUN.match(text, begin)
        if listed and not _has_acronym(listed.group()):
            end = listed.end()
        elif pair and not _has_acronym(pair.group()) and _is_pair_name(pair.group()):
            end = pair.end()
        elif run and _HAS_HEAD.search(run.group()):
            end = run.end()
        else:
            return None
        name = text[begin:end]
        tail = re.search(r"[’']s?$", name)
        if tail:
            end = begin + tail.start()
            name = text[begin:end]
        if not _ENDS_BODY.search(name) or name in _BARE:
            return None
        return self._owned(text, begin, end, self.name(name))

    def _longest(self, text: str, start: int) -> list[str]:
        return [full for full in self.short if text.startswith(full, start)][:1]

    def _owned(self, text: str, begin: int, end: int, name: str) -> Body:
        """Go on from “DOJ” to “DOJ’s Office of Legal Policy” or “DOE National Laboratories”."""
        possessive = _POSSESSIVE.match(text, end)
        if possessive:
            after = re.compile(rf"(?:[a-z]+ )?({_CAP}(?:[ \n]+(?:{_LINK}[ \n]+)?{_CAP})*)").match(
                text, possessive.end()
            )
            if after and _HAS_HEAD.search(after.group(1)):
                inner = self.read(text, after.start(1))
                stop = max(after.end(), inner.end if inner else 0)
                printed = text[begin:stop]
                own = re.search(r"\(([A-Z][A-Za-z&-]{1,9})\)$", printed)
                return Body(
                    begin, stop, own.group(1) if own else self.short.get(after.group(1), " ".join(printed.split()))
                )
        elif text[begin:end] == name and _ACRONYM.fullmatch(name):
            listed = re.compile(r" " + _LIST_NAME.pattern).match(text, end)
            after = listed or re.compile(rf" {_CAP}(?:[ \n]+(?:{_LINK}[ \n]+)?{_CAP})*").match(text, end)
            if after and _HAS_HEAD.search(after.group()):
                return Body(begin, after.end(), " ".join(text[begin : after.end()].split()))
        return Body(begin, end, name)


def _is_pair_name(text: str) -> bool:
    """Whether “A and B” is one name (“Trade and Development Agency”): only its end says that it is a body."""
    first, _, second = re.sub(r"[ \n]&[ \n]", " and ", " ".join(text.split())).rpartition(" and ")
    return _HAS_HEAD.search(first) is None and _ENDS_BODY.search(second) is not None and " " in second


def _has_acronym(text: str) -> bool:
    return any(word.strip(",").isupper() and len(word.strip(",")) > 1 for word in text.split())


def register_of(document: Document) -> Register:
    """Return the abbreviations of bodies that a document defines, longest full name first.

    “Department of Labor (DOL)”: the words before the bracket are taken as far as their initials spell the
    abbreviation, or from the nearest word that can begin a body's name.
    """
    text = document.text
    short: dict[str, str] = {}
    laws: set[str] = set()
    for match in _DEFINED.finditer(text):
        acronym = match.group(1)
        if not any(letter.isupper() for letter in acronym[1:]) or acronym in _NOT_BODIES:
            continue
        window = text[max(0, match.start() - 120) : match.start()].rstrip()
        full = _spelled(window, acronym)
        if full is not None and _HAS_HEAD.search(full):
            short.setdefault(full, acronym)
        elif _LAW.search(window):
            laws.add(acronym)
    ordered = dict(sorted(short.items(), key=lambda item: (-len(item[0]), item[0])))
    return Register(ordered, frozenset(laws - set(short.values())))


def _spelled(window: str, acronym: str) -> str | None:
    words = [(m.start(), m.group()) for m in re.finditer(r"[A-Za-z][\w.&’'-]*", window)]
    letters = [c.lower() for c in acronym if c.isalpha()]
    limit = min(len(words), 2 * len(letters) + 3)
    best: int | None = None
    fallback: int | None = None
    for count in range(1, limit + 1):
        chosen = words[-count:]
        if not chosen[0][1][0].isupper() or re.search(r"[.;:()]\s", window[chosen[0][0] :]):
            continue
        initials = "".join(part[0].lower() for _, word in chosen for part in re.split(r"-", word) if part)
        capitals = "".join(word[0].lower() for _, word in chosen if word[0].isupper())
        target = "".join(letters)
        if target in (initials, capitals) or (
            count <= len(letters) + 2 and _subsequence(target, initials) and initials[0] == target[0]
        ):
            best = chosen[0][0]
            break
        if fallback is None and chosen[0][1] in _FIRST.split("|") and count >= 3:
            fallback = chosen[0][0]
    best = fallback if best is None else best
    return None if best is None else re.sub(r"^The |[’']s$", "", window[best:])


def _subsequence(small: str, big: str) -> bool:
    letters = iter(big)
    return all(letter in letters for letter in small)

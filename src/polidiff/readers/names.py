"""What documents are called: the titles that files say they have, kinds by title, and short names fit for a table."""

from __future__ import annotations

import re

from polidiff.lang.data import load_list
from polidiff.lang.lexicon import is_word
from polidiff.lang.titles import party_of
from polidiff.model import Document

OF_PARTIES = frozenset({"manifesto"})
"""Kinds of documents in which no country speaks."""
COVER, LONGEST_LINE = 10, 90
"""Blocks among which a cover names the party, and characters of such a line at most."""

LONGEST = 60
"""Characters that a short name has at most; half as many in Chinese."""

_HAN = re.compile("[\u3400-\u9fff]")
_QUOTED = re.compile(r"[(（][‘“「]?([A-Z][\w’' -]{3,60}(?:Act|Law|Regulation|Directive|Code))[’”」]?[)）]")
_NUMBERED = re.compile(
    r"^((?:Commission |Council )?(?:(?:Delegated|Implementing) )?"
    r"(?:Regulation|Directive|Decision|Règlement|Décision|Reglamento|Decisión|Verordnung|Richtlinie|Regolamento)"
    r" \((?:EU|EC|EEC|UE|CE|EG)\) (?:(?:No|nº|n°|Nr\.) )?\d+/\d+)",
    re.I,
)
_NOTICE = re.compile(r"关于(?:重新|联合)?(?:印发|发布|公布|转发)[《〈]?(.+?)[》〉]?(?:的通知|的公告)$")
_TOLD = re.compile(r"(?:印发|发布|公布|出台|就)《(.+?)》")
BOOK = re.compile(r"《(.+?)》")
"""A title in Chinese marks."""
_FILE = re.compile(r"^(?=\S*\d)[\w.]+(?:[-_][\w.]+){2,}(?: \S+)?$")
"""A file's name without its ending: three words or more, joined, with a number."""
_PART = re.compile(r"\b(?:Chapter|Volume|Module)(?: \w+)?$")
_CAPITALS = re.compile(r"\b[A-Z]{4,}(?: [A-Z]{4,})+\b")
_NAME = 7
"""Letters of a single word in capitals that may be an abbreviation."""
_BRACKETED = re.compile(r" \([^()]*\)$")
_PARTS = re.compile(r"\s*(?::|：| [–—|] |\n)\s*")


def told_title(title: str) -> str:
    """Return the title that a file says it has, or nothing where a program put its own words or a file's name there."""
    data = load_list("publishers")["names"]
    words = " ".join(title.split())
    for program in data["programs"]:
        words = words.removeprefix(program)
    named = words.lower().rpartition(".")
    if words.lower() in data["placeholders"] or (named[1] and named[2] in data["files"]) or _FILE.match(words):
        return ""
    return words


def kind_of(title: str) -> str:
    """Return the kind of document that a title names (``plan``, ``law``, ``order`` …), or nothing.

    A Chinese title ends with its kind; a notice that passes on a document is of that one's kind.
    """
    passed = _NOTICE.search(title) or _TOLD.search(title)
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", BOOK.sub(r"\1", passed.group(1) if passed else title)).rstrip("》 ”")
    kinds = [(word, str(kind)) for kind, words in load_list("publishers")["kinds"].items() for word in words]
    ends = [(len(word), kind) for word, kind in kinds if _HAN.search(word) and bare.endswith(word)]
    if ends:
        return max(ends)[1]
    english = ((word, kind) for word, kind in kinds if not _HAN.search(word))
    return next(
        (k for word, k in english if re.search(rf"\b(?:{re.escape(word)}|{re.escape(word.upper())})\b", title)), ""
    )


def short_name(title: str, language: str = "en") -> str:
    """Return a name fit for a table, from a title as printed: no capitals throughout, no subtitle that it can spare.

    A name that an act gives itself in brackets is taken; a notice that passes on a document has that one's name.
    """
    words = " ".join(title.split())
    for dropped in load_list("publishers")["names"]["dropped"]:
        words = words.replace(dropped, "").strip()
    if _HAN.search(words) and language != "en":
        return _short_chinese(words)
    called = _QUOTED.search(words)
    numbered = _NUMBERED.match(words)
    if called is not None:
        words = called.group(1)
    elif numbered is not None:
        words = numbered.group(1)
    words = _lowered(words)
    if len(words) > LONGEST:
        words = _BRACKETED.sub("", words)
    if len(words) > LONGEST:
        parts = [part for part in _PARTS.split(words) if part]
        if len(parts) > 1 and _PART.search(parts[-1]):
            return f"{_cut(words.removesuffix(parts[-1]).rstrip(': –—|'), LONGEST - 2 - len(parts[-1]))}: {parts[-1]}"
        telling = [part for part in parts if kind_of(part) and len(part) <= LONGEST]
        words = telling[0] if telling else min((p for p in parts if len(p) > 12), key=len, default=words)
    return _cut(words, LONGEST)


def printed_title(title: str) -> str:
    """Return a title as a page prints it: not in capitals, and that of the document where a headline tells of it."""
    words = " ".join(title.split())
    told = None if _NOTICE.search(words) else _TOLD.search(words)
    return told.group(1) if told is not None else _lowered(words)


def _short_chinese(words: str) -> str:
    passed = _NOTICE.search(words) or _TOLD.search(words)
    if passed is not None:
        words = passed.group(1)
    elif (book := BOOK.fullmatch(words)) is not None:
        words = book.group(1)
    return _cut(words, LONGEST // 2)


def _cut(words: str, longest: int) -> str:
    if len(words) <= longest:
        return words
    head = words[: longest - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:，；：") + "…"


def _lowered(words: str) -> str:
    """Set capitals in small letters: a whole title or a part of it, and two words or more of English; names aside."""
    return ": ".join(_small(part) if _shouted(part) else _runs_lowered(part) for part in words.split(": "))


def _shouted(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    long = " " in words or len(letters) > _NAME
    return bool(letters) and long and sum(char.isupper() for char in letters) * 10 >= len(letters) * 8


def _runs_lowered(words: str) -> str:
    """Set runs of words in capitals in small letters where a lexicon knows each of them."""

    def lowered(match: re.Match[str]) -> str:
        return _small(match.group()) if all(is_word(word) for word in match.group().split()) else match.group()

    return _CAPITALS.sub(lowered, words)


def _small(words: str) -> str:
    names = load_list("publishers")["names"]
    capitals, small = {w.upper(): w for w in names["capitals"]}, frozenset(names["small"])
    out = []
    for index, word in enumerate(words.split()):
        bare = word.strip("‘’“”\"'(),.:;")
        low = bare.lower()
        if bare.upper() in capitals:
            out.append(word.replace(bare, capitals[bare.upper()]))
        elif index and low in small and not out[-1].endswith((":", "–", "—")):
            out.append(word.lower())
        else:
            at = next((i for i, char in enumerate(word) if char.isalpha()), 0)
            out.append(word[:at] + word[at : at + 1].upper() + word[at + 1 :].lower())
    return " ".join(out)


def party_on_cover(document: Document) -> str:
    """Return the party that a short line at the head names beside the word for what it publishes; empty without one."""
    lines = (document.text[block.start : block.end] for block in document.blocks[:COVER])
    found = (party_of(line) for line in lines if len(line) <= LONGEST_LINE and kind_of(line) in OF_PARTIES)
    return next((one for one in found if one), "")

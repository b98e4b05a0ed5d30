"""Who is to do what: a sentence of a plan or a law taken apart into subject, modal, verb and object, as spans of it.

The rules are general: an imperative (“Led by X, publish …”), or a subject with a modal (“Providers shall keep …”,
“We will build …”, “处理者应当……”). What is neither has no clause. :func:`shortened` cuts a clause at its borders.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from polidiff.lang.data import load_list
from polidiff.lang.sentences import sentences
from polidiff.lang.words import has_cjk
from polidiff.model import Language, Span

__all__ = ["Act", "Clause", "clauses", "formal", "leans", "shortened", "standing", "turns", "vague"]

Act = Literal["order", "will", "must", "should", "may", "ban", "propose", "aim"]
_D = load_list("clauses")
_ZH = _D["chinese"]
_VERBS = frozenset(load_list("imperatives")["verbs"])
_NUMBER = r"(?:(?:\d+(?:\.\d+)*|[a-zA-Z]|[ivx]+)[.)]\s+|\((?:\d+(?:\.\d+)*|[a-zA-Z]{1,2}|[ivx]+)\)\s*)"
_MARKER = re.compile(rf"\s*(?:{_NUMBER}|[•·–—●▪\ue000-\uf8ff-]\s*)+")
_LED = re.compile(
    r"(?:(?:Jointly\s|Co-)?[Ll]ed\s+by|Through|Via|At|Under|Within|By|In|Over|Working|Building|With|As)\b"
)
_PAUSE = re.compile(r",[”\"’']?\s+(?=[a-z])")
_ADVERB = "|".join(_D["adverbs"])
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
_SIDE = re.compile(rf"\b(?:{'|'.join(_D['within'])})\b", re.IGNORECASE)
_OWN = re.compile(rf"(?:{'|'.join(_D['own'])})\Z", re.IGNORECASE)
_LEANING = re.compile(rf"(?:{'|'.join(_D['leaning'])})\b", re.IGNORECASE)
_ACTS: tuple[tuple[Act, re.Pattern[str]], ...] = tuple(
    (act, re.compile(rf"\b(?:{'|'.join(words)})(?P<no>\s+(?:not|never))?\s+(?=[a-z])"))
    for act, words in _D["modal"].items()
)
_BE = re.compile(
    rf"(?:(?:{_ADVERB})\s+)*(?:be|have been)\s+(?:(?:{_ADVERB})\s+)*\w+(?:ed|en|n|t|made|put|set|held|led|built)\b"
)
_JOINED = re.compile(r"(?:,\s+(?:and\s+)?|\s+and\s+|\s+or\s+|,?\s+and/or\s+|\s*/\s*)([a-z]+)\b")
_SOFT = re.compile("|".join(word.replace(" ", r"\s+") for word in _D["soft"]))
_WEAK = (re.compile(r",\s|\s(?=(?:and|or|that|to)\s)"), re.compile(r"\s(?=(?:for|in|on|with|from|by|across)\s)"))
_CONJUNCTION = re.compile(r"(?:But|And|Now|So|Yet|Thus|Therefore|However|Hence|but|and)\b,?\s+")
_TURNING = re.compile(rf"\b(?:{'|'.join(_D['turning'])})\b", re.IGNORECASE)
_OTHER = frozenset(_D["other"])
_HANGING, _FINITE = frozenset(_D["hanging"]), frozenset(_D["finite"])
_PREPOSITIONS = frozenset(_D["prepositions"])
_WITH = re.compile(r" and (?:its|their|all) .*", re.DOTALL)
"""Whom an author names beside himself: “the Union and its member states”."""
_PARTICLE = re.compile(r"\s(?:out|up|down|off|back|forward|together)(?=[\s,])")
_LIMITING = re.compile(rf"(?:{'|'.join(_D['limiting'])})\b", re.IGNORECASE)
_BELONGING = frozenset(_D["belonging"])
_HEADING = re.compile(r"(?:\s+(?:[A-Z][\w’'-]*,?|\d+|(?:and|of|the|for|in|to|a|on|with|&|or)\b))+")
_RUNS_ON = re.compile(
    r"(?:\s(?!(?:that|which|who|whose|how|what|where|whether|if|as|so|when|why|because|while|than)\b)[^\s,;:]+){1,14}?"
    r"\s(?:is|are|was|were|has|have|should|must|will|may|also)\s"
)
_TAIL = re.compile(r"(?:[;,]\s*(?:and|or)\s*)?[.。；;!！,，:\s]*$")
_NOW = re.compile(rf"\b(?:{'|'.join(_D['as_it_is'])})\b", re.IGNORECASE)
_POINTING = re.compile("|".join(_D["pointing"]))
_FORMULA = re.compile("|".join(_D["formulae"]), re.IGNORECASE)
_STANDING = re.compile("|".join(_D["standing"]), re.IGNORECASE)
_SUBJECT_WORDS = 9
_ZH_MODAL: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("ban", re.compile("|".join(_ZH["ban"]))),
    ("must", re.compile("|".join(_ZH["must"]) + r"(?=[\u4e00-\u9fff])")),
    ("may", re.compile("|".join(_ZH["may"]))),
)
_OPENING_ZH = re.compile(rf"(?:除|[^，。；]{{0,16}}(?:{'|'.join(_ZH['opening'])}))[^，。；]*\Z")
_ZH_MARKER = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百\d]+[）)、.．]\s*|第[一二三四五六七八九十百\d]+[条章节]\s*)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One act of a text, as spans of that text.

    ``subject`` is None where the text only orders the act, and ``own`` says that the author himself is to act.
    ``condition`` are opening words without which the act isn't told (“Where no screen is there, …”). ``whole`` runs
    from it, the subject, or else the verb, to the end of the sentence; ``verb`` holds the verb with the
    adverbs and verbs that are joined to it; ``rest`` is what follows. ``passive`` acts have no actor. In Chinese the
    verb is empty, and ``rest`` is the whole act.
    """

    act: Act
    sentence: Span
    subject: Span | None
    own: bool
    modal: Span | None
    verb: Span
    rest: Span
    passive: bool = False
    negated: bool = False
    condition: Span | None = None

    @property
    def whole(self) -> Span:
        """From the condition, the subject, or else the verb, to the sentence's end, without its stop."""
        return Span((self.condition or self.subject or self.verb).start, self.rest.end)


@lru_cache(maxsize=8192)
def clauses(text: str, language: Language, names: tuple[str, ...] = ()) -> tuple[Clause, ...]:
    """Return the act of each sentence of ``text`` that has one, in order.

    ``names`` are forms by which the author is called (his country, his party), beside those that are always his own.
    """
    found: list[Clause] = []
    for sentence in sentences(text, language):
        end = sentence.start + len(_TAIL.sub("", text[sentence.start : sentence.end]))
        chinese = has_cjk(text[sentence.start : end])
        made = _chinese(text, sentence, end) if chinese else _english(text, sentence, end, names)
        if made is not None:
            found.append(made)
    return tuple(found)


def leans(words: str) -> bool:
    """Whether words speak of what stands elsewhere in the text (“前款”, “such reports”)."""
    if has_cjk(words):
        return any(one in words for one in _ZH["leaning"])
    return _POINTING.search(words) is not None


def formal(words: str) -> bool:
    """Whether words are a formula that most laws or plans hold, and say nothing of this one."""
    return _FORMULA.search(words) is not None


def standing(words: str) -> bool:
    """Whether words tell how things are already, rather than what is to be done."""
    return _STANDING.search(words) is not None


def vague(verb: str) -> bool:
    """Whether an English verb commits its subject to little by itself."""
    return verb.lower().split()[-1] in _vague() if verb.split() else True


@cache
def _vague() -> frozenset[str]:
    return frozenset(_D["vague"])


def _english(text: str, sentence: Span, end: int, names: tuple[str, ...]) -> Clause | None:
    marker = _MARKER.match(text, sentence.start, end)
    start = marker.end() if marker else sentence.start
    joint = _CONJUNCTION.match(text, start, end)
    start = joint.end() if joint else start
    order = _verb(text, start, end, known=True)
    if order is None and _LED.match(text, start, end):
        for pause in _PAUSE.finditer(text, start, end):
            if any(pattern.search(text, start, pause.start()) for _, pattern in _ACTS):
                break
            order = _verb(text, pause.end(), end, known=True)
            if order is not None:
                break
    if order is not None and not _a_noun(text, order, end) and not _HEADING.fullmatch(text, order.end, end):
        return Clause("order", sentence, None, True, None, order, Span(order.end, end))
    return _declared(text, sentence, start, end, names)


def _a_noun(text: str, order: Span, end: int) -> bool:
    """Whether what looks like an order opens a subject: “Open models should be tested”, “Keep Britain Tidy is …”."""
    if re.match(r"\s*(?:[A-Z][\w’'-]*\s+|\([A-Z]+\)\s+)+(?:is|are|was|were|has|have)\b", text[order.end : end]):
        return True
    if order.cut(text).lower().split()[-1] not in _D["clausal"] and _RUNS_ON.match(text, order.end, end):
        return True
    if re.match(r"(?:\s+(?:[A-Z][\w’'-]*|and|of|the|for|in))+:\s", text[order.end : end]):
        return True
    comma = text.find(",", order.end, end)
    stop = comma if comma >= 0 else end
    plain = order.cut(text).lower() in _OTHER
    return plain and any(pattern.search(text, order.end, stop) for act, pattern in _ACTS if act in ("must", "should"))


def _verb(text: str, at: int, end: int, *, known: bool) -> Span | None:
    """The verb at ``at`` with adverbs before it and verbs joined to it; ``known`` asks for one of the list."""
    adverb = re.compile(rf"(?:(?:{_ADVERB})\s+)*", re.IGNORECASE).match(text, at, end)
    start = adverb.end() if adverb else at
    word = _WORD.match(text, start, end)
    if word is None or (known and word.group().lower() not in _VERBS - _BELONGING):
        return None
    after = text[word.end() : end].lstrip()
    if known and re.match(r"(?:(?:is|are|was|were|has|have|can|will|of|must|should|may)(?:\W|$)|[,:;)–—-])", after):
        return None
    if known and (head := _WORD.match(after)) and head.group()[0].isupper() and head.group().lower() in _VERBS:
        return None
    stop = word.end()
    while (joined := _JOINED.match(text, stop, end)) and (joined.group(1) in _VERBS or "/" in joined.group()):
        follows = text[joined.end() : joined.end() + 1]
        if follows not in (" ", ",", "/"):
            break
        stop = joined.end()
    particle = _PARTICLE.match(text, stop, end)
    stop = particle.end() if particle is not None else stop
    rest = text[stop:end].strip()
    return Span(at, stop) if rest and not (known and re.match(r"(?:and|or)\b", rest)) else None


def _declared(text: str, sentence: Span, start: int, end: int, names: tuple[str, ...]) -> Clause | None:
    """The first act with a modal whose subject stands right before it in the main clause."""
    hits = sorted((m.start(), act, m) for act, pattern in _ACTS for m in pattern.finditer(text, start, end))
    for at, act, match in hits:
        begin = _subject(text, start, at)
        if begin is None:
            continue
        subject = Span(begin, at - 1 if text[at - 1].isspace() else at)
        words = subject.cut(text)
        first = _WITH.sub("", words.removeprefix("The ").removeprefix("the "))
        own = _OWN.match(words) is not None or first in names
        if match.group().strip() in _D["describing"] and not own:
            continue
        passive = _BE.match(text, match.end(), end) is not None
        verb = _verb(text, match.end(), end, known=False)
        if verb is None:
            return None
        negated = match["no"] is not None
        return Clause(
            "ban" if negated and act in ("must", "may") else act, sentence, subject, own,
            Span(at, match.end() - 1), verb, Span(verb.end, end), passive, negated, _condition(text, start, begin),
        )  # fmt: skip
    return None


def _condition(text: str, start: int, begin: int) -> Span | None:
    """The opening words before a subject, where they limit what is said of it."""
    return Span(start, begin) if _LIMITING.match(text, start, begin) else None


def _subject(text: str, start: int, at: int) -> int | None:
    """Where the subject that ends at ``at`` begins: at the sentence's start, or after an opening phrase's comma."""
    before = text[start:at]
    if re.search(r"[:;]\s", before):
        return None
    begin = start
    comma = before.rfind(", ")
    if comma >= 0:
        opening = before[: comma + 1]
        if not re.match(
            r"(?:To|In|By|For|As|On|With|From|Over|Through|Within|Under|Alongside|Where|When|If|While)\b", opening
        ):
            return None
        begin = start + comma + 2
    joint = _CONJUNCTION.match(text, begin, at)
    begin = joint.end() if joint else begin
    words = text[begin:at].split()
    if not 1 <= len(words) <= _SUBJECT_WORDS or _SIDE.search(" ".join(words)) or _LEANING.match(words[0]):
        return None
    if words[0].lower() in _PREPOSITIONS or text[begin:at].count("(") != text[begin:at].count(")"):
        return None
    held = {word.lower() for word in words}
    if _NOW.search(" ".join(words)) or held & _FINITE or words[-1].lower() in _HANGING:
        return None
    return begin


def _chinese(text: str, sentence: Span, end: int) -> Clause | None:
    marker = _ZH_MARKER.match(text, sentence.start, end)
    start = marker.end() if marker else sentence.start
    if end - start < 4:
        return None
    for act, pattern in _ZH_MODAL:
        match = pattern.search(text, start, min(end, start + _ZH["longest"] + 4))
        if match is None:
            continue
        subject = text[start : match.start()]
        if 1 < len(subject) <= _ZH["longest"] and not set(subject) & set(_ZH["no_subject"]):
            span = Span(start, match.start())
            own = subject in ("国家", "政府", "我国", "我们")
            return Clause(
                act, sentence, span, own, Span(*match.span()), Span(match.end(), match.end()), Span(match.end(), end)
            )
    return Clause("order", sentence, None, True, None, Span(start, start), Span(start, end))


def shortened(text: str, span: Span, most: int) -> tuple[Span, bool]:
    """Return ``span`` cut to at most ``most`` words (Chinese: twice the characters), and whether that is to be marked.

    It is cut at the last border of a clause behind which nothing stands that turns what was said; where there is none
    in the second half of what is in reach, at a lesser border or between words, and marked.
    """
    if has_cjk(span.cut(text)):
        return _shortened_zh(text, span, 2 * most)
    words = list(re.finditer(r"\S+", text[span.start : span.end]))
    if len(words) <= most:
        hanging = words[-1].group().lower() in _D["listing"]
        return _balanced(text, span, marked=hanging, whole=not hanging)
    reach = span.start + words[most - 1].end()
    least = span.start + words[min(most // 2, len(words) - 1)].start()
    soft = [m.start() for m in _SOFT.finditer(text, least, reach + 1) if m.start() <= reach]
    for joined in _JOINED.finditer(text, least, reach + 12):
        if joined.group(1) in _VERBS and joined.start() <= reach and not _SIDE.search(text, span.start, joined.start()):
            soft.append(joined.start())
    soft = sorted(at for at in soft if not _listing(text, span.start, at))
    if soft:
        cut = Span(span.start, soft[-1])
        return _balanced(text, cut, marked=turns(text, Span(cut.end, span.end)))
    half = span.start + words[most // 2].start()
    weak = next((found for one in _WEAK if (found := [m.start() for m in one.finditer(text, half, reach + 1)])), [])
    return _balanced(text, Span(span.start, weak[-1] if weak else reach), marked=True)


def turns(text: str, span: Span) -> bool:
    """Whether words at ``span``, which were left away, may turn what stands before them."""
    words = span.cut(text)
    if has_cjk(words):
        return any(word in words for word in _ZH["turning"])
    return _TURNING.search(words) is not None


def _listing(text: str, start: int, at: int) -> bool:
    """Whether a cut at ``at`` would fall into a list of three or more, whose rest isn't told then."""
    return (
        re.search(r", [\w-]+(?: [\w-]+)?,?$", text[start:at]) is not None
        and re.match(r",? and\b", text[at:]) is not None
    )


def _balanced(text: str, span: Span, *, marked: bool, whole: bool = False) -> tuple[Span, bool]:
    """``span`` cut before a bracket or a mark that isn't closed in it, and, where it is cut, before hanging words."""
    start, end = span
    for opening, closing in ("()", "“”", "（）", "[]", "《》"):
        piece = text[start:end]
        if piece.count(opening) > piece.count(closing):
            end, marked, whole = start + piece.rfind(opening), True, False
    while True:
        piece = text[start:end].rstrip(" ,;:–—-\n\t")
        last = re.search(r"[A-Za-z.]+$", piece)
        if whole or last is None or last.group().lower() not in _HANGING:
            return Span(start, start + len(piece)), marked
        end = start + last.start()


def _ends_zh(piece: str, at: int) -> bool:
    """Whether a Chinese clause may end at the mark ``at``: behind no condition (“……的，”) and no mere opening."""
    last = re.split("[，；。：]", piece[:at])[-1].removeprefix("或者").removeprefix("并")
    return at >= 6 and not last.endswith("的") and _OPENING_ZH.match(last) is None


def _shortened_zh(text: str, span: Span, most: int) -> tuple[Span, bool]:
    if span.end - span.start <= most:
        return span, False
    piece = text[span.start : span.start + most + 1]
    borders = [at for at, char in enumerate(piece) if char in _ZH["marks"] and _ends_zh(piece, at)]
    if not borders:
        longer = text[span.start : min(span.end, span.start + 2 * most)]
        further = [at for at in range(most, len(longer)) if longer[at] in _ZH["marks"] and _ends_zh(longer, at)]
        if further:
            return _balanced(text, Span(span.start, span.start + further[0]), marked=False)
        if span.end - span.start <= 2 * most:
            return span, False
        at = max(piece[:most].rfind("、"), 0) or most
        return _balanced(text, Span(span.start, span.start + at), marked=True)
    end = span.start + borders[-1]
    return _balanced(text, Span(span.start, end), marked=turns(text, Span(end, span.end)))

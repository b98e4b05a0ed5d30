"""Who an article says is speaking: the words around a quotation that ascribe it.

Read in this order: the words just after the quotation ("…," they wrote), the words before it in its sentence (the plan
says "…"), the end of its sentence ("…" in Europe, they wrote), and what the paragraph spoke of before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from polidiff.checking.article.document_names import Mention
from polidiff.checking.article.kinds import KINDS
from polidiff.model import Span

Voice = Literal["document", "pronoun", "plural", "authors", "other", "same", "none"]

_SAID = (
    r"said|says|say|saying|wrote|writes|write|writing|written|told|tells|argued?|argues|arguing|added|adds|noted|notes|"
    r"stated|states|stating|warned|warns|warning|claimed|claims|insisted|insists|explained|explains|declared|declares|"
    r"asked|remarked|observed|concluded|concludes|tweeted|posted|testified|joked|quipped|commented|announced|promised|"
    r"recalled|acknowledged|admitted|complained|predicted|suggested|emphasi[sz]ed|stressed|cautioned|countered|replied"
)
_SHOWN = (
    r"reads?|reading|calls? for|calling for|called for|calls?|calling|called|describes?|described|describing|vows?|"
    r"vowed|pledges?|pledged|promises?|emphasi[sz]es?|stresses|underlines?|underscores?|champions?|championed|urges?|"
    r"urged|demands?|demanded|seeks?|sought|aims?|aimed|commits?|committed|requires?|required|directs?|directed|"
    r"proposes?|proposed|recommends?|recommended|frames?|framed|sets out|lays out|laid out|makes?|uses?|includes?|"
    r"included|contains?|asserts?|asserted|affirms?|opens?|concludes?|puts? it|goes|is|are|was|were|tasks?|instructs?|"
    r"orders?|ordered|mentions?|refers|speaks|spoke|talks|envisions?|envisages?|presents?|lists?|defines?|defined|"
    r"quotes?|quoted|wants?|wanted|hopes?|hoped"
)
_ORIGIN = re.compile(r"\b(?:according to|per|as per|in the words of|quoting|citing|from)\s+", re.IGNORECASE)
_NP = r"(?:[^,.;:—–“\"()]|(?<=\b[A-Z])\.|(?<=\b(?:Dr|Mr|Ms))\.|(?<=\bMrs)\.){2,90}"
_AFTER_SAID_NP = re.compile(rf"^[\s,—–-]*(?:(?:as|and|which)\s+)?(?:{_SAID}|reads?)\b\s*(?P<np>{_NP})?")
_AFTER_NP_SAID = re.compile(
    rf"^[\s,—–-]*(?:as\s+)?(?P<np>(?:[\w’'.&-]+\s+){{0,9}}?[\w’'.&-]+)\s+(?P<verb>{_SAID}|reads?|puts?\s+it)\b(?!\s+(?:that|to)\b[^.]*[“\"])"
)
_AFTER_ORIGIN = re.compile(rf"^[\s,—–-]*(?:according to|per|as per|in the words of)\s+(?P<np>{_NP})", re.I)
_END_SAID = re.compile(rf",\s*(?P<np>(?:[\w’'.&-]+\s+){{0,7}}?[\w’'.&-]+)\s+(?P<verb>{_SAID})\s*[.!?]?$")
_END_ORIGIN = re.compile(r",\s*(?:according to|per)\s+(?P<np>[^,;:“\"]{2,90}?)[.!?]?$", re.I)
_VERB = re.compile(
    rf"(?<!\ba )(?<!\bthe )(?<!\bits )(?<!\bno )(?<!\bof )(?<!\bmember )\b(?-i:(?![A-Z][a-z]))"
    rf"(?P<verb>{_SAID}|{_SHOWN})\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",\s*(?:for (?:its|their|his|her) (?:own )?part|by contrast|in contrast|by comparison|on the other hand|meanwhile|"
    r"however|though|too|in turn|instead|likewise|similarly|also|conversely|again|as well|in its turn)\s*,",
    re.IGNORECASE,
)
_ITSELF = re.compile(r"(?:it|its|itself|they|he|she|them|theirs?)(?: and (?:its|their) [\w ]+)?$", re.IGNORECASE)
_STRONG = re.compile(rf"^(?:{_SAID})$", re.IGNORECASE)
_BE = re.compile(r"(?:is|are|was|were|goes|makes?|uses?|includes?|included|contains?)$", re.I)
_CLAUSE = re.compile(
    r"[,;:—–()][”\"’']?\s+|\b(?:that|while|whereas|but|because|although|though|when|where|which|who|and then)\s+"
)
_NAME = re.compile(r"(?:[A-Z][\w’'.-]+|(?:of|and|de|von|van|der|la|el|bin|al)\b)(?:\s+|$)")
_PRONOUN = re.compile(
    r"\b(?:it|its|itself|the document|(?:the|this|that|both|same)\s+(?:\w+\s+){0,2}?"
    rf"(?:{'|'.join(KINDS)}|white paper|text|version|party|government|administration|ministry|commission|council))"
    r"\b(?!['’]s)",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:elsewhere\s+)?(?:the|its|one|a|an|this|these|those|another)?\s*(?:\w+\s+)?(?:text|texts|document|documents|"
    r"wording|words|passage|passages|original|drafters?|authors?|officials?|section|sections|chapter|foreword|preamble|"
    r"introduction|paragraph|line|sentence|article|ministers|recitals?|clause|annex|heading|part|version|policymakers|"
    r"translation|part of it|provision|provisions)\b",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"^(?:one|an?|another|some|several|many|most|two|three|four|other|senior|former|unnamed)\b[\w\s’'.-]{0,40}?"
    r"\bofficials?\b(?!\s+(?:text|document|version|wording|translation|plan|strategy|title)s?\b)",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"^(?:they|he|she|the (?:two|pair|authors|researchers|three)|他|她|他们|她们)$", re.IGNORECASE)
_BOTH = re.compile(r"^both\b|^(?:these|the two)\b", re.IGNORECASE)

_AS = re.compile(
    rf"(?:^|[,;—–]\s+)[Aa]s\s+(?P<np>[^,.;:—–“\"()]{{2,60}}?)\s+(?:put|puts|has put|{_SAID})(?:\s+it)?\s*[,:]"
)
_WOULD = re.compile(
    r";\s+(?P<np>(?:[Tt]he\s+)?[A-Z][\w’'.&-]*(?:\s+[\w’'.&-]+){0,6}?)\s+(?:would|will)\s+(?:\w+\s+){1,6}[“\"]?$"
)
_ROLE = re.compile(
    r"^(?:a|an|the|one|his|her|their|some|many|several|most|other|two|three)\b|\b(?:critics?|experts?|analysts?|observers?|"
    r"sources?|opponents?|supporters?|advocates?|lawyers?|lobbyists?|campaigners?|researchers?|scientists?|ministers?|"
    r"spokes\w+|executives?|diplomats?|economists?|reporters?)\b",
    re.IGNORECASE,
)
_BRINGS_IN = re.compile(
    r"(?:^|[,;:]\s+|\band\s+)(?:in|in its|under|according to|introducing|launching|from)\s+(?:the\s+)?[“\"'‘]?$", re.I
)

_SAID_ZH = (
    "写道|指出|提出|说道|说|表示|称|强调|规定|要求|认为|明确|提到|载明|宣称|写明|宣布|主张|呼吁|承诺|倡导|警告|补充|解释|介绍|透露|重申|中写|里写|"
    "声称|告诉记者|回应"
)
_BEFORE_ZH = re.compile(
    rf"(?P<np>[^，。；：！？\n“”]{{0,60}}?)(?:在[^，。；：]{{1,20}}中|中|里|还|也|则|曾|明确|进一步)?(?P<verb>{_SAID_ZH})"
    r"(?:了|道|过|到)?[：:，,\s]*$"
)
_BEFORE_IS_ZH = re.compile(
    r"(?P<np>[^，。；：！？\n“”]{1,60}?)的?(?:有关|相关|原)?(?:表述|原文|措辞|说法|内容|条文)(?:是|为)[：:，,\s]*$"
)
_ORIGIN_ZH = re.compile(
    r"(?:根据|按照|依据|依照|据)(?P<np>[^，。；：！？\n“”]{1,60}?)(?:的?(?:报道|规定|说法|表述))?[，,：:\s]*$"
)
_AFTER_ZH = re.compile(rf"^[，,。\s]*(?P<np>[^，。；：！？\n“”]{{1,30}}?)(?P<verb>{_SAID_ZH})(?:道)?(?=[，。：:]|$)")
_CLAUSE_ZH = re.compile(rf"(?:^|[，。；])(?P<np>[^，。；：“”]{{1,30}}?)(?:{_SAID_ZH})(?:道|了)?[，：:]")
_JOINED_ZH = re.compile(r"^(?:并且?|还|也|又|同时|则|其中|但|而且?|此外|另外)+")
_GENERIC_ZH = re.compile(
    r"^(?:有关|相关|该|其|此|这一|上述)?(?:文件|条文|原文|文本|正文|前言|序言|官方|起草者|作者|条款|规定|原话)?(?:的.{0,6})?$"
)
_PRONOUN_ZH = re.compile(
    r"^(?:该|本|这一|这份|这部|此|上述)(?:计划|方案|战略|办法|法案|条例|文件|规划|倡议|行动计划|法)|^(?:它|其)$|^(?:计划|方案|战略|办法|法案|法律|报告|意见|规划)$"
)


@dataclass(frozen=True, slots=True)
class Ascription:
    """Who speaks: the noun phrase ``speaker`` at ``span``, what kind of voice it is, and the document it names."""

    voice: Voice
    speaker: str
    span: Span
    mention: Mention | None = None
    direct: bool = True


def sort_speaker(phrase: str, span: Span, mentions: list[Mention]) -> Ascription | None:
    """Say what kind of voice the noun phrase ``phrase`` at ``span`` is; None when it is no voice."""
    inside = [m for m in mentions if m.span.overlaps(span)]
    words = phrase.strip(' ,.;:—–\n\t\xa0\ue000”“"’')
    if not words:
        return None
    if inside and not _person_before_document(words, inside, span):
        named = phrase[max(0, inside[-1].span.start - span.start) : inside[-1].span.end - span.start].strip()
        shown = named if named and len(words) > len(named) + 20 else words
        return Ascription("document", shown, span, inside[-1])
    if _PLURAL.match(words):
        return Ascription("plural", words, span)
    if _BOTH.match(words):
        return Ascription("none", words, span)
    if _PRONOUN_ZH.match(words) or _PRONOUN.match(words):
        return Ascription("pronoun", words, span)
    if _OFFICIAL.match(words):
        return Ascription("other", _short(words), span)
    if _GENERIC.match(words) or _GENERIC_ZH.match(words):
        return Ascription("authors", words, span)
    if "\ue000" in words or not (re.search(r"[A-Z\u4e00-\u9fff]", words) or _ROLE.search(words)):
        return None
    if words[0].islower() and not _ROLE.match(words) and not re.match(r"[a-z]{1,4}\s+[A-Z]", words):
        return None
    return Ascription("other", _short(words), span)


def _person_before_document(words: str, inside: list[Mention], span: Span) -> bool:
    """Whether the phrase is a person's with a document in it ("Jane Roe, who drafted the British plan")."""
    if not inside:
        return False
    lead = words[: max(0, inside[0].span.start - span.start)]
    lead = re.sub(
        r"\b(?:the|in|of|from|under|both|that|and|but|on this point|relevant|part|text)\b", "", lead, flags=re.I
    )
    return len(re.findall(r"\b[A-Z][a-z]+", lead)) >= 2


def _short(words: str) -> str:
    """A speaker without what follows the name ("of the Institute", "who leads …")."""
    words = re.sub(r"在[^，。]{1,12}(?:上|中|时|后|里)$", "", words)
    found = re.split(r",|\s+(?:from|of|at|who|in|with|for)\s+(?=[A-Z]|the\b)", words, maxsplit=1)
    return found[0].strip() or words


def after(text: str, start: int, end: int, mentions: list[Mention]) -> Ascription | None:
    """Read the words right after a quotation, ``text[start:end]`` being the rest of its sentence."""
    rest = text[start:end]
    for pattern in (_AFTER_ORIGIN, _AFTER_SAID_NP, _AFTER_NP_SAID, _AFTER_ZH):
        match = pattern.match(rest)
        if match and match.group("np"):
            span = Span(start + match.start("np"), start + match.end("np"))
            found = sort_speaker(_unverbed(match.group("np")), span, mentions)
            if found is not None and (pattern is not _AFTER_SAID_NP or _is_subject(found)):
                return found
    return None


def at_end(text: str, start: int, end: int, mentions: list[Mention]) -> Ascription | None:
    """Read an ascription at the end of the quotation's sentence: "…" in Europe, they wrote."""
    rest = text[start:end].rstrip()
    for pattern in (_END_SAID, _END_ORIGIN):
        match = pattern.search(rest)
        if match:
            span = Span(start + match.start("np"), start + match.end("np"))
            found = sort_speaker(match.group("np"), span, mentions)
            if found is not None:
                return found
    return None


def _is_subject(found: Ascription) -> bool:
    """Whether what follows "said" can be who said it ("said Jane Roe", not "said yesterday")."""
    return found.voice != "other" or bool(re.match(r"(?:the |a |an )?.{0,60}?[A-Z]|(?:the|a|an|one)\b", found.speaker))


def _unverbed(phrase: str) -> str:
    return re.split(r"\s+(?:in|on|during|at|to|after|when)\s+(?:an?|the|his|her|their)\b", phrase, maxsplit=1)[0]


def before(text: str, start: int, end: int, mentions: list[Mention]) -> Ascription | None:
    """Read the words before a quotation, ``text[start:end]`` being its sentence so far (other quotations masked)."""
    lead = _ASIDE.sub(lambda aside: " " * len(aside.group()), text[start:end])
    plain = _before_zh(lead, start, mentions) or _quoted_by(lead, start, mentions) or _acting(lead, start, mentions)
    if plain is not None:
        return plain
    origin = _origin(lead, start, mentions)
    verbs = [
        m for m in _VERB.finditer(lead) if not any(n.span.start <= start + m.start() < n.span.end for n in mentions)
    ]
    chosen: Ascription | None = None
    strong = False
    for match in reversed(verbs):
        found = _subject(lead, start, match.start(), mentions)
        strong = _STRONG.match(match.group("verb")) is not None
        far = len(lead) - match.end() > 30 or _BE.match(match.group("verb")) is not None
        if found is None or (chosen is not None and not (strong and found.voice in ("document", "other"))):
            continue
        if found.voice != "other" or strong or not far:
            chosen = found
            if not goes_back(found):
                break
    if origin is not None and (chosen is None or chosen.voice != "other" or not strong):
        return origin
    if chosen is not None and chosen.voice == "other":
        inside = [m for m in mentions if start <= m.span.start < chosen.span.start]
        if inside and _introduces(text[start : inside[-1].span.start]) and _only_comma(text, inside[-1], chosen):
            return Ascription("document", chosen.speaker, chosen.span, inside[-1])
    if chosen is not None and chosen.voice != "none":
        return chosen
    near, subject = _nearest(text, start, end, mentions), _indirect(lead, start, verbs, mentions)
    return subject if near is None or (goes_back(near) and subject and subject.voice == "other") else near


def goes_back(found: Ascription) -> bool:
    """Whether a speaker is a bare pronoun, which stands for whoever its own sentence names before it."""
    return _ITSELF.match(found.speaker.strip()) is not None


def _acting(lead: str, start: int, mentions: list[Mention]) -> Ascription | None:
    """Whoever would do what is quoted, behind a semicolon: “…; Britain would build “…””."""
    found = _WOULD.search(lead)
    if found is None:
        return None
    return sort_speaker(found.group("np"), Span(start + found.start("np"), start + found.end("np")), mentions)


def _quoted_by(lead: str, start: int, mentions: list[Mention]) -> Ascription | None:
    """Who is named by “as … put it”."""
    found = _AS.search(lead)
    if found is None:
        return None
    return sort_speaker(found.group("np"), Span(start + found.start("np"), start + found.end("np")), mentions)


def _origin(lead: str, start: int, mentions: list[Mention]) -> Ascription | None:
    """The source that is named as such (“according to …”), the last one that says who it is."""
    origin = None
    for match in _ORIGIN.finditer(lead):
        stop = re.compile(r"[,;:]|$").search(lead, match.end())
        phrase_end = stop.start() if stop else len(lead)
        if match.group().strip().casefold() == "from" and (phrase_end < len(lead) or _VERB.search(lead, match.end())):
            continue
        span = Span(start + match.end(), start + phrase_end)
        origin = sort_speaker(lead[match.end() : phrase_end], span, mentions) or origin
    return origin


def _nearest(text: str, start: int, end: int, mentions: list[Mention]) -> Ascription | None:
    """The document named last before the quotation, or the pronoun that stands for one."""
    lead = text[start:end]
    near = [m for m in mentions if start <= m.span.start < end]
    generic = list(_PRONOUN.finditer(lead))
    if near and (not generic or start + generic[-1].start() < near[-1].span.end or _possessed(lead, generic[-1])):
        named = near[-1]
        return Ascription("document", text[named.span.start : named.span.end], named.span, named)
    if generic:
        first = generic[0]
        return Ascription("pronoun", first.group(), Span(start + first.start(), start + first.end()))
    return None


def _indirect(lead: str, start: int, verbs: Sequence[re.Match[str]], mentions: list[Mention]) -> Ascription | None:
    """Whoever is the subject of the last verb that has one."""
    for match in reversed(verbs):
        found = _subject(lead, start, match.start(), mentions)
        if found is not None:
            return Ascription(found.voice, found.speaker, found.span, found.mention, direct=False)
    return None


def _possessed(lead: str, match: re.Match[str]) -> bool:
    return match.group().casefold() in ("it", "its", "itself")


def _introduces(lead: str) -> bool:
    """Whether the words before a document's name bring it in as the source: "In", "Introducing", "According to"."""
    return _BRINGS_IN.search(lead) is not None


def _only_comma(text: str, mention: Mention, person: Ascription) -> bool:
    between = text[mention.span.end : person.span.start]
    return len(between) < 40 and not re.search(r"\b(?:was|were|is|are|unveiled|released|published)\b", between)


def _subject(lead: str, start: int, verb: int, mentions: list[Mention]) -> Ascription | None:
    """The noun phrase before the verb at ``verb``: from the start of its clause."""
    clause = 0
    for match in _CLAUSE.finditer(lead, 0, verb):
        if not any(m.span.start <= start + match.start() < m.span.end for m in mentions):
            clause = match.end()
    phrase = lead[clause:verb]
    phrase = re.sub(
        r"^\s*(?:(?:in|on|at|by|to|for|with|as|and|but|so|yet|still|moreover|however|then|also|even|meanwhile)\s+)+",
        "",
        phrase,
        flags=re.I,
    )
    offset = verb - len(phrase)
    trimmed = re.sub(
        r"\s+(?:also|then|has|have|had|is|was|were|even|now|once|later|further|explicitly|would|will)\s*$",
        "",
        phrase,
        flags=re.I,
    )
    trimmed = re.sub(r"\s+(?:also|then|has|have|had)\s*$", "", trimmed, flags=re.I).rstrip()
    if not trimmed.strip():
        return None
    return sort_speaker(trimmed, Span(start + offset, start + offset + len(trimmed)), mentions)


def _before_zh(lead: str, start: int, mentions: list[Mention]) -> Ascription | None:
    for pattern in (_ORIGIN_ZH, _BEFORE_IS_ZH, _BEFORE_ZH):
        match = pattern.search(lead)
        if match is None:
            continue
        phrase = _JOINED_ZH.sub("", match.group("np").strip())
        span = Span(start + match.end("np") - len(phrase), start + match.end("np"))
        if not phrase:
            voice: Voice = "authors" if pattern is _BEFORE_IS_ZH else "same"
            return Ascription(voice, match.group().strip(), Span(start + match.start(), start + match.end()))
        found = sort_speaker(phrase, span, mentions)
        if found is not None:
            return found
    said = list(_CLAUSE_ZH.finditer(lead))
    if said:
        span = Span(start + said[-1].start("np"), start + said[-1].end("np"))
        return sort_speaker(said[-1].group("np"), span, mentions)
    return None

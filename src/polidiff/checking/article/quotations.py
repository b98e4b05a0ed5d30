"""Read an article: its quotations, who is speaking in each, and the document each is ascribed to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.checking.article.aliases import PLACED_AT, standing
from polidiff.checking.article.attribution import Ascription, after, at_end, before, goes_back
from polidiff.checking.article.document_names import DocumentNames, Mention
from polidiff.checking.article.kinds import KINDS, KINDS_ZH
from polidiff.checking.quotes.edits import tokens
from polidiff.checking.quotes.folding import Key
from polidiff.checking.quotes.index import QuoteIndex
from polidiff.checking.quotes.quotation_marks import Quoted, demangled, quoted, units
from polidiff.model import Document, Quote, Span

_STOP = re.compile(r"[.!?](?=[\s”\"’'）)]|$)|[。！？]")
_SHORT_FORM = re.compile(r"(?:\b(?:[A-Z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|No|vs|e\.g|i\.e|etc|St|Jr|Inc|Co))$")
_CUE = re.compile(
    r"\b(?:called|titled|entitled|named|dubbed|headlined|known as|so-called|in its|in the|in|book|report)\s*,?\s*$",
    re.I,
)
_PART = re.compile(rf"{_STOP.pattern}|;|；|\b(?:while|whereas|but)\b")
_WORK = re.compile(rf"\b(?:{'|'.join(KINDS)}|white paper|book|speech|address|essay|summit)\b", re.IGNORECASE)
_NEW_SENTENCE = re.compile(r"\s+[“\"‘]?[A-Z]|\s*$|[\u4e00-\u9fff]")
_LINKED = re.compile(r"^[\s,，、]*(?:and|or|as well as|but also|but|as|to|while|和|以及|与|及)?[\s,]*$", re.I)


@dataclass(slots=True)
class _Thread:
    """What a paragraph has spoken of so far."""

    mention: Mention | None = None
    last: Ascription | None = None
    person: Ascription | None = None


def find_quotes(
    article: Document, documents: Sequence[Document], library: QuoteIndex | None = None
) -> tuple[Quote, ...]:
    """Return the quotations of ``article`` in order; titles of works and single words in scare quotes are left out."""
    text = demangled(article.text)
    shelf = DocumentNames(documents, article.language)
    library = library or QuoteIndex(documents)
    found = quoted(article)
    mentions = shelf.mentions(text)
    titles = [q for q in found if _is_title(q, text, shelf)]
    mentions = _outside(mentions, [q for q in found if q not in titles])
    mentions = _with_titles(mentions, titles, text, shelf)
    masked = _mask(text, [q for q in found if q not in titles])
    spoken = _Spoken(mentions, masked, shelf)
    blocks = [span for span, _ in units(article)]
    quotes: list[Quote] = []
    thread, here = _Thread(), -1
    carried: Ascription | None = None
    previous: Quoted | None = None
    for q in found:
        if q in titles:
            continue
        if q.block != here:
            carried = thread.last
            new = _Thread(person=thread.person)
            thread, here = new, q.block
            previous = None
        ascribed = _ascribe(q, masked, mentions, spoken.points, blocks, thread, previous, carried)
        previous = q
        if _is_scare(q, article.text, ascribed):
            continue
        sentence = _sentence(masked, q, blocks[q.block])
        quote = _quote(q, sentence, article.text, ascribed, thread, spoken, shelf, library, len(quotes))
        if quote is not None:
            quotes.append(quote)
    return tuple(quotes)


class _Spoken:
    """What "the plan" means where its paragraph names none: the one document of that kind that the article names."""

    def __init__(self, mentions: list[Mention], text: str, shelf: DocumentNames) -> None:
        self._shelf, self._hints, self._text = shelf, shelf.hints(), text
        self._hinted = self._hints.of(text)
        single = (
            Mention(hint.documents[0], hint.span)
            for hint in self._hinted
            if len(hint.documents) == 1 and not PLACED_AT.search(text, max(0, hint.span.start - 20), hint.span.start)
        )
        self.points = _first_of_sentences([*mentions, *single], mentions, text)
        self._named: dict[str, dict[str, Mention]] = {}
        for mention in self.points:
            words = re.findall(r"[^\W\d_]+", mention.span.cut(text).casefold()) or [""]
            for kind in (words[-1].rstrip("s"), ""):
                self._named.setdefault(kind, {}).setdefault(mention.id, mention)

    def one_of_kind(self, phrase: str) -> Mention | None:
        """The one document that “the act” or “the commission” can mean among those at hand, or None."""
        words = re.findall(r"[^\W\d_]+", phrase.casefold()) or [""]
        known = {point.id for point in self.points}
        for name in re.findall(r"(?<!^)\b[A-Z]\w{3,}", phrase):
            if len(fits := self._shelf.of_word(name)) == 1:
                return Mention(fits[0], Span(0, 0), fits[0] not in self._shelf.held)
        fits = ()
        if words[-1] in _KINDS:
            fits = self._shelf.of_kind(words[-1])
        elif words[-1] in _BODIES:
            fits = self._shelf.of_body(words[-1])
        fits = tuple(name for name in fits if name in known)
        return Mention(fits[0], Span(0, 0), fits[0] not in self._shelf.held) if len(fits) == 1 else None

    def of(self, phrase: str, at: int) -> Mention | None:
        """The document that ``phrase`` ("it", "the act") means: the one of its kind that is named, else the last."""
        words = re.findall(r"[^\W\d_]+", phrase.casefold()) or [""]
        everything = self._named.get("", {})
        if len(everything) == 1:
            return next(iter(everything.values()))
        named = self._named.get(words[-1].rstrip("s"), {}) if words[-1] in KINDS else {}
        if len(named) == 1:
            return next(iter(named.values()))
        return next((point for point in reversed(self.points) if point.span.start < at), None)

    def hinted(self, span: Span, last: Mention | None) -> Mention | None:
        """The document whose country or issuer the words at ``span`` are and nothing else ("London"), or None."""
        near = standing(self._hinted, span)
        words = span.cut(self._text)
        means = self._hints.of_country("EU") if _BLOC.match(words) else self._hints.only(words, span.start, near)
        if len(means) == 1:
            return Mention(means[0], span)
        return last if last is not None and last.id in means else None

    def own(self, ascribed: Ascription, sentence: Span) -> Mention | None:
        """The document of whoever a pronoun's own sentence names in it ("the European Commission") or before it."""
        inside = standing(self._hinted, ascribed.span)
        if not inside and goes_back(ascribed):
            lead = standing(self._hinted, Span(sentence.start, max(sentence.start, ascribed.span.start)))
            inside = [hint for hint in lead if not _BESIDE.search(self._text, sentence.start, hint.span.start)]
        if not inside or len(inside[-1].documents) != 1:
            return self.hinted(ascribed.span, None)
        return Mention(inside[-1].documents[0], inside[-1].span)


_BLOC = re.compile(r"\s*(?:the|that|this)\s+(?:European\s+)?bloc\s*$", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:\b(?:unlike|like|than|with|to|for|by|at|across|throughout|into|against|around|near|outside|inside|from)\s+"
    r"(?:the\s+)?|[与和比像跟])$",
    re.IGNORECASE,
)
"""Words before a country that make it no speaker."""
_BODIES = frozenset(("party", "commission", "council", "committee", "ministry", "department", "agency"))
_KINDS = frozenset((*KINDS, *KINDS_ZH, "法律", "报告"))


def _first_of_sentences(points: list[Mention], named: list[Mention], text: str) -> list[Mention]:
    """The first name of a document in each part of a sentence, else the first word that hints at one."""
    kept: list[Mention] = []
    names = {mention.span for mention in named}
    for point in sorted(points, key=lambda point: point.span):
        same = bool(kept) and not _PART.search(text, kept[-1].span.end, point.span.start)
        if not same or (point.span in names and kept[-1].span not in names):
            kept.append(point)
    return kept


def _outside(mentions: list[Mention], quotes: list[Quoted]) -> list[Mention]:
    starts = [q.span.start for q in quotes]
    kept = []
    for mention in mentions:
        at = bisect_left(starts, mention.span.end)
        if not any(mention.span.overlaps(q.span) for q in quotes[max(0, at - 2) : at]):
            kept.append(mention)
    return kept


def _with_titles(mentions: list[Mention], titles: list[Quoted], text: str, shelf: DocumentNames) -> list[Mention]:
    """Add the titles set off by marks: beside a document's name they name it too; else they may resolve by words."""
    added = []
    for title in titles:
        if any(m.span.overlaps(title.span) for m in mentions):
            continue
        beside = [m for m in mentions if 0 <= title.outer.start - m.span.end <= 3]
        if beside:
            added.append(Mention(beside[-1].id, title.outer, beside[-1].digest_only))
            continue
        target = shelf.resolve(title.span.cut(text), None, None)
        if target is not None:
            added.append(Mention(target[0], title.outer, target[1]))
    return sorted([*mentions, *added], key=lambda m: m.span)


def _mask(text: str, quotes: list[Quoted]) -> str:
    """``text`` with the words of the quotations blotted out; a stop that ends the article's sentence too is kept."""
    parts, at = [], 0
    for q in quotes:
        size = q.span.end - q.span.start
        last = text[q.span.end - 1 : q.span.end]
        ends = last in tuple(".!?。！？") and _NEW_SENTENCE.match(text, q.outer.end) is not None
        parts += [text[at : q.span.start], "\ue000" * (size - ends), last if ends else ""]
        at = q.span.end
    return "".join(parts) + text[at:]


def _is_title(q: Quoted, text: str, shelf: DocumentNames) -> bool:
    """Whether the marks set off the title of a work, not somebody's words."""
    if q.set_off:
        return False
    inner = q.span.cut(text).strip(" ,.;:，。")
    if shelf.is_title(inner):
        return True
    words = re.findall(r"[^\W\d_][\w’'-]*", inner)
    long = [w for w in words if len(w) > 3]
    if len(words) < 2 or len(words) > 16 or not long or any(w[0].islower() for w in long):
        return False
    lead = text[max(0, q.outer.start - 40) : q.outer.start]
    cue = _CUE.search(lead) is not None
    apposed = re.search(rf"\b(?:{'|'.join(KINDS)}|report|book|essay|op-ed|paper)s?,?\s*$", lead, re.I) is not None
    return (cue or apposed) and (_WORK.search(inner) is not None or apposed)


def _is_scare(q: Quoted, text: str, ascribed: Ascription | None) -> bool:
    """Whether the marks only hold a word at arm's length: one word that nobody is said to have said."""
    if q.set_off:
        return False
    inner = q.span.cut(text)
    words = tokens(inner)
    han = sum(0x4E00 <= ord(c) <= 0x9FFF for c in inner)
    few = len(words) <= 1 or (han == len(words) and han <= 3)
    so_called = re.search(r"\bso-called\s*$|所谓的?\s*$", text[max(0, q.outer.start - 14) : q.outer.start], re.I)
    if so_called and len(words) <= 4:
        return True
    return few and (ascribed is None or not ascribed.direct or ascribed.voice in ("none", "authors"))


def _sentence(masked: str, q: Quoted, block: Span) -> Span:
    start = block.start
    for match in _STOP.finditer(masked, block.start, q.outer.start):
        if match.group() == "." and _SHORT_FORM.search(masked[max(0, match.start() - 5) : match.start()]):
            following = masked[match.end() :].lstrip()[:1]
            if not (following.isupper() and masked[match.start() - 1].islower()):
                continue
        start = match.end()
    end = block.end
    for match in _STOP.finditer(masked, q.outer.end, block.end):
        if match.group() == "." and _SHORT_FORM.search(masked[max(0, match.start() - 5) : match.start()]):
            continue
        end = match.end()
        break
    return Span(start, end)


def _ascribe(
    q: Quoted,
    masked: str,
    mentions: list[Mention],
    points: list[Mention],
    blocks: Sequence[Span],
    thread: _Thread,
    previous: Quoted | None,
    carried: Ascription | None,
) -> Ascription | None:
    """Who says quotation ``q``; ``thread`` is brought up to date."""
    if q.runs_on and carried is not None:
        thread.last = carried
        return carried
    if q.set_off:
        ascribed = _introduced(masked, mentions, blocks[q.block - 1]) if q.block else None
        thread.last = ascribed
        _remember(thread, ascribed)
        return ascribed
    block = blocks[q.block]
    sentence = _sentence(masked, q, block)
    for mention in standing(points, Span(block.start, sentence.start)):
        thread.mention = mention
    mentions = list(standing(mentions, block))
    tail_end = sentence.end
    ascribed = after(masked, q.outer.end, tail_end, mentions) if tail_end > q.outer.end else None
    if ascribed is None:
        ascribed = before(masked, sentence.start, q.outer.start, mentions)
        if ascribed is None or not ascribed.direct or ascribed.voice not in ("other", "plural"):
            ended = at_end(masked, q.outer.end, tail_end, mentions) if tail_end > q.outer.end else None
            ascribed = ended or ascribed
    if ascribed is None and previous is not None and thread.last is not None:
        between = masked[previous.outer.end : q.outer.start]
        lead = masked[sentence.start : q.outer.start]
        broken = previous.outer.end <= thread.last.span.start < q.outer.start and previous.outer.start >= sentence.start
        if broken or _LINKED.match(between) or not lead.strip(' \n\xa0“"‘'):
            ascribed = thread.last
    if ascribed is not None and ascribed.voice == "same":
        ascribed = thread.last or Ascription("pronoun", ascribed.speaker, ascribed.span)
    _remember(thread, ascribed)
    thread.last = ascribed
    return ascribed


def _introduced(masked: str, mentions: list[Mention], block: Span) -> Ascription | None:
    """Who says a block quote: the last sentence of ``block``, the paragraph before it, if that introduces it."""
    lead = block.cut(masked).rstrip()
    if not lead.endswith((":", "：", ",", "，", "—", "says", "reads")):
        return None
    start = 0
    for match in _STOP.finditer(lead, 0, max(0, len(lead) - 1)):
        start = match.end()
    return before(masked, block.start + start, block.start + len(lead), mentions)


def _remember(thread: _Thread, ascribed: Ascription | None) -> None:
    if ascribed is None:
        return
    if ascribed.mention is not None:
        thread.mention = ascribed.mention
    if ascribed.voice == "other":
        thread.person = ascribed


def _quote(
    q: Quoted,
    sentence: Span,
    text: str,
    ascribed: Ascription | None,
    thread: _Thread,
    spoken: _Spoken,
    shelf: DocumentNames,
    library: QuoteIndex,
    count: int,
) -> Quote | None:
    span = _without_own_stop(q, text, library)
    words = span.cut(text)
    if not Key.of(words).data:
        return None
    mention: Mention | None = None
    third = False
    speaker = None
    where = None
    if ascribed is not None:
        speaker, where = " ".join(ascribed.speaker.split()), ascribed.span
        if ascribed.voice == "document":
            mention = ascribed.mention
        elif ascribed.voice == "pronoun":
            mention = (
                spoken.own(ascribed, sentence)
                or spoken.one_of_kind(ascribed.speaker)
                or thread.mention
                or spoken.of(ascribed.speaker, q.span.start)
            )
            if mention is not None:
                speaker = " ".join(mention.span.cut(text).split()) or speaker
        elif ascribed.voice == "plural":
            if thread.person is not None:
                third, speaker = True, " ".join(thread.person.speaker.split())
            else:
                mention = thread.mention
        elif ascribed.voice == "other" and (hinted := spoken.hinted(ascribed.span, thread.mention)) is not None:
            mention = hinted
            thread.mention = hinted
        elif ascribed.voice == "other" and ascribed.direct:
            third = not (shelf.is_government(speaker) and library.places(Key.of(words).data))
    return Quote(
        id=f"q{count + 1:04d}",
        text=words,
        start=span.start,
        end=span.end,
        speaker=speaker,
        ascription=where,
        cited_document=mention.id if mention is not None else None,
        third_party=third,
        original=mention.id if mention is not None and mention.digest_only else None,
        carried=mention is not None and not q.set_off and not _stands_in(mention.span, sentence),
    )


def _stands_in(name: Span, sentence: Span) -> bool:
    return name.start < name.end and name.overlaps(sentence)


def _without_own_stop(q: Quoted, text: str, library: QuoteIndex) -> Span:
    """The quotation without the closing mark that belongs to the article ("… dominance,” he said).

    A full stop or comma inside of the marks stays if a document has it at that place.
    """
    start, end = q.span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    span = Span(start, end)
    if q.set_off or end - start < 2 or text[end - 1] not in ",.，。":
        return span
    inner = text[start : end - 1].rstrip()
    if inner.endswith((".", "…", "。")):
        return span
    if text[end - 1] in ",，" or (inner[:1].islower() and len(tokens(inner)) <= 4):
        return Span(start, start + len(inner))
    data = Key.of(inner).data
    found = False
    for place in library.places(data)[:8]:
        found = True
        hit = library.span(place, place + len(data))
        following = library.documents[hit.document].text[hit.span.end : hit.span.end + 1]
        if following == text[end - 1] or (following in "。." and text[end - 1] in "。."):
            return span
    return Span(start, start + len(inner)) if found else span

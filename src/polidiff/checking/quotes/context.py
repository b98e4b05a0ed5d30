"""Quotations out of context: what the document's own sentence says around the words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from polidiff.checking.quotes.folding import typographic
from polidiff.model import Document, Reason, Span

_END = re.compile(r"[.!?](?=[\"”’')\]]*\s)|[。！？；]|\n")
_ABBREVIATION = re.compile(r"\b(?:U\.S|U\.K|U\.N|E\.U|e\.g|i\.e|No|Art|Mr|Ms|Dr|vs|cf|et al|[A-Z])$")
_NEGATED = re.compile(
    r"\b(?:not(?! (?:only|just|merely|simply))|never|no longer|neither|nor|rather than|"
    r"instead of|without|cannot|reject(?:s|ed|ing)?|den(?:y|ies|ied)|"
    r"far from|no|oppos(?:e|es|ed|ing))\b(?:[ \t]+\S+){0,4}[ \t]*[\"“‘']*$|"
    r"(?:n['’]t)\b(?:[ \t]+\S+){0,3}[ \t]*$"
    r"|(?:不是|并非|不得|不应当?|不会|没有|禁止|反对|而非|不能|无法|未)[^，。；]{0,6}$",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"(?:^|[\s,;(—–-])(?:if|unless|provided that|so long as|as long as|in the event that|should it|were it)\b|"
    r"(?:如果|如有|若|倘若|假如|除非|只要)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:critics?|opponents?|some|others|many|skeptics?|sceptics?|respondents?|stakeholders?|consultees|"
    r"commentators?|observers?|participants?|competitors?|adversaries)\b(?:[ \t]+\S+){0,5}?[ \t]+(?:say|said|argue|"
    r"argued|claim|claimed|felt|feel|believe|believed|suggest|suggested|think|thought|noted|stated|maintain|fear|warn|warned)\b|"
    r"(?:有人|批评者|有观点|有意见|部分受访者)[^，。；]{0,6}(?:认为|称|指出|表示)",
    re.IGNORECASE,
)


def sentence(document: Document, span: Span) -> Span:
    """Return the sentence (or line) of ``document`` that holds ``span``."""
    text = document.text
    low = max(0, span.start - 1200)
    start = low
    for match in _END.finditer(text, low, span.start):
        if match.group() == "." and _ABBREVIATION.search(text[max(0, match.start() - 6) : match.start()]):
            continue
        start = match.end()
    end = min(len(text), span.end + 1200)
    if text[span.end - 1 : span.end] not in set(".!?。！？；"):
        for match in _END.finditer(text, span.end, end):
            if match.group() == "." and _ABBREVIATION.search(text[max(0, match.start() - 6) : match.start()]):
                continue
            end = match.end() if match.group() != "\n" else match.start()
            break
    else:
        end = span.end
    while start < span.start and (text[start].isspace() or text[start] in "\"”’')]"):
        start += 1
    return Span(start, max(end, span.end))


def _inside_marks(document: Document, span: Span) -> bool:
    """Whether curly quotation marks are open around ``span`` in its block or line, and close after it."""
    text = document.text
    start = text.rfind("\n", max(0, span.start - 3000), span.start) + 1
    end = text.find("\n", span.end)
    before, after = text[start : span.start], text[span.end : end if end >= 0 else len(text)]
    if before.count("“") <= before.count("”") or span.cut(text).count("“") != span.cut(text).count("”"):
        return False
    return after.count("”") > after.count("“")


_DOUBTS = {"recognised": "doubt.recognised", "letters": "doubt.letters", "unseen": "doubt.unseen"}
"""The reason for each doubt about a page (:attr:`Page.doubt`)."""


def warnings_for(quote: str, document: Document, span: Span) -> tuple[Reason, ...]:
    """Return warnings on the words at ``span``: struck through, on a page in doubt, or meant otherwise by ``document``.

    The last kind (denied, conditional, somebody else's) holds the document's sentence. The words of the quotation
    itself are not looked at for it: its reader sees them.
    """
    return (*_struck(quote, document, span), *doubts(document, (span,)), *_meant_otherwise(document, span))


def doubts(document: Document, spans: Iterable[Span]) -> tuple[Reason, ...]:
    """Return a warning for each page in doubt that ``spans`` rest on, in order, each page once."""
    unsure = {page.number: page.doubt for page in document.pages if page.doubt}
    if not unsure:
        return ()
    pages = sorted({piece.page for span in spans for piece in document.pieces_in(span) if piece.page in unsure})
    return tuple(Reason.of(_DOUBTS[unsure[page]], document=document.id, page=page) for page in pages)


def _struck(quote: str, document: Document, span: Span) -> tuple[Reason, ...]:
    cuts = document.struck_in(span)
    if not cuts:
        return ()
    words, spans = tuple(one_line(document.cut(cut)) for cut in cuts), tuple(tuple(cut) for cut in cuts)
    passed = typographic(quote) == typographic(document.in_force(span))
    return (
        Reason.of("struck.passed_over" if passed else "struck.quoted", document=document.id, spans=spans, words=words),
    )


def _meant_otherwise(document: Document, span: Span) -> tuple[Reason, ...]:
    whole = sentence(document, span)
    before = document.text[whole.start : span.start]
    found = []
    if _NEGATED.search(before):
        found.append("context.denied")
    if re.search(r"(?:non|un|anti)[-‐‑]$", document.text[max(0, span.start - 5) : span.start], re.IGNORECASE):
        found.append("context.prefix")
    if _CONDITIONAL.search(" " + before):
        found.append("context.condition")
    if _REPORTED.search(before):
        found.append("context.reported")
    if _inside_marks(document, span):
        found.append("context.quoted")
    sentence_words = one_line(document.cut(whole))
    return tuple(Reason.of(code, document=document.id, span=tuple(whole), words=sentence_words) for code in found)


def one_line(words: str) -> str:
    """Return a document's words with line breaks and runs of spaces as one space."""
    return " ".join(words.split())

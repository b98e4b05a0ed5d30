"""Prove a verdict on a quotation: that what it says of the words follows from the words."""

from __future__ import annotations

import re
from typing import Any

from polidiff.verification.load import Held
from polidiff.verification.report import Ledger, excerpt, first_difference
from polidiff.verification.words import fold, in_order, segments, squeeze

_CLOSING = ".,;:!?。，、；：！？…"
_JOINS = re.compile(r"\s*(?:\[?…\]?|\.\.\.|\|)\s*")
SHORTEST = 12
"""Least characters of a quotation whose presence in a document says that it was found."""

_WORDS_OF = frozenset({"verbatim", "typographic", "trimmed", "misattributed", "altered", "spliced"})


def prove_verdict(record: dict[str, Any], held: Held, file: str, place: str, ledger: Ledger) -> list[tuple[int, int]]:
    """Prove one verdict against the document in which its words are said to stand; return the spans that hold.

    ``matched_text`` must be what ``matched_start:matched_end`` (or the pieces of ``matched``) cut, and the quotation's
    words must bear the verdict out: the same characters for ``verbatim``, the same words for ``typographic``, the
    pieces in order for ``trimmed``, the same words in a document other than the cited one for ``misattributed``.
    """
    verdict = record.get("verdict")
    if held.text is None:
        return []
    evidence = [] if _in_several(record) else _evidence(record, held, file, place, ledger)
    pieces = _pieces(record, held, file, place, ledger)
    if pieces is None:
        return evidence
    if not pieces:
        if verdict in _WORDS_OF and record.get("kind") != "claim":
            ledger.fault(file, place, held.id, f"verdict {verdict} without the words that it rests on")
        return evidence
    cut = [held.text[start:end] for start, end in pieces]
    whole = held.text[min(start for start, _ in pieces) : max(end for _, end in pieces)]
    given = record.get("matched_text")
    if given is not None and given != whole and not _joined(str(given), cut):
        what = (
            f"matched {pieces[0][0]}:{pieces[-1][1]} does not cut matched_text: {first_difference(str(given), whole)}"
        )
        ledger.fault(file, place, held.id, what)
        return evidence
    ledger.counts["matched words cut by their span"] += 1
    if record.get("kind") != "claim":
        _bear_out(record, str(verdict), str(record["text"]), cut, whole, held, file, place, ledger)
    _edits(record, held, file, place, ledger)
    return evidence + pieces


def prove_words(
    record: dict[str, Any], held: Held, file: str, place: str, ledger: Ledger
) -> list[tuple[int, int, str]]:
    """Prove a verdict where only the document's file is at hand, and not the text that its spans cut.

    Return (start, end, words) of all that the file must hold: the matched words, the deciding words of a claim, the
    document's side of each edit. That the verdict follows from the matched words is proved here.
    """
    out: list[tuple[int, int, str]] = []
    given = record.get("matched_text")
    kind, verdict = record.get("kind"), str(record.get("verdict"))
    if isinstance(given, str) and given.strip():
        pieces = _apart(given, record.get("matched"))
        begin = record.get("matched_start")
        at = begin if isinstance(begin, int) and not isinstance(begin, bool) else 0
        out += [(at, at + len(piece), piece) for piece in pieces]
        if kind != "claim":
            _bear_out(record, verdict, str(record["text"]), pieces, given, held, file, place, ledger)
    elif verdict in _WORDS_OF and kind != "claim":
        ledger.fault(file, place, held.id, f"verdict {verdict} without the words that it rests on")
    evidence = record.get("evidence_text")
    if isinstance(evidence, str) and evidence.strip():
        out += [(0, len(piece), piece) for piece in _apart(evidence, record.get("evidence"))]
    edits = record.get("edits")
    for edit in edits if isinstance(edits, list) else []:
        words = edit.get("source") if isinstance(edit, dict) else None
        if isinstance(words, str) and words.strip():
            out.append((0, len(words), words))
    return out


def _apart(text: str, spans: Any) -> list[str]:
    """``text`` as one piece, or as the pieces that an omission mark joins where it has several spans."""
    if not isinstance(spans, list) or len(spans) < 2 or not all(isinstance(span, list) for span in spans):
        return [text]
    ends = [part for span in spans for part in span if isinstance(part, int)]
    if ends and max(ends) - min(ends) == len(text):
        return [text]
    return [piece for piece in _JOINS.split(text) if piece.strip()]


def prove_absence(record: dict[str, Any], held: Held, file: str, place: str, ledger: Ledger) -> None:
    """Prove a ``not_found``: the quotation does not stand to the letter in the document that is cited for it.

    A digest is left out: words ascribed to the plan that it digests are not found there, whatever the digest says.
    """
    quote = squeeze(str(record["text"])).strip(_CLOSING)
    if held.text is None or held.kind == "digest" or len(quote) < SHORTEST:
        return
    if quote in squeeze(held.text):
        ledger.fault(file, place, held.id, f"called not_found, but {excerpt(str(record['text']))} stands in it")
    else:
        ledger.counts["absences confirmed"] += 1


def _pieces(record: dict[str, Any], held: Held, file: str, place: str, ledger: Ledger) -> list[tuple[int, int]] | None:
    """The spans of the matched words, in order; None after a fault."""
    start, end, matched = record.get("matched_start"), record.get("matched_end"), record.get("matched")
    pieces = [tuple(piece) if isinstance(piece, list) else () for piece in matched] if isinstance(matched, list) else []
    if not pieces and start is not None:
        pieces = [(start, end)]
    if not pieces and record.get("matched_text"):
        ledger.fault(file, place, held.id, f"matched words {excerpt(str(record['matched_text']))} stand without a span")
        return None
    assert held.text is not None
    for piece in pieces:
        whole = len(piece) == 2 and all(isinstance(part, int) and not isinstance(part, bool) for part in piece)
        if not whole or not 0 <= piece[0] <= piece[1] <= len(held.text):
            ledger.fault(file, place, held.id, f"matched span {list(piece)} lies outside of the document")
            return None
    if pieces and start is not None and (start, end) != (pieces[0][0], pieces[-1][1]):
        what = f"matched_start:matched_end {start}:{end} are not the ends of matched {[list(p) for p in pieces]}"
        ledger.fault(file, place, held.id, what)
        return None
    return [(piece[0], piece[1]) for piece in pieces]


def _joined(given: str, cut: list[str]) -> bool:
    """Whether the given words are the pieces with an omission mark or white space between them."""
    if len(cut) < 2:
        return False
    return squeeze(_JOINS.sub("", given)) == squeeze(_JOINS.sub("", "".join(cut)))


def _bear_out(
    record: dict[str, Any],
    verdict: str,
    quote: str,
    cut: list[str],
    whole: str,
    held: Held,
    file: str,
    place: str,
    ledger: Ledger,
) -> None:
    """Prove the verdict from the quotation and the words it was matched with."""
    words = "".join(cut)
    key = fold(words)[0]
    if verdict == "verbatim" and not _same_characters(quote, words) and not _same_characters(quote, whole):
        what = f"called verbatim, but the quotation is not the document's words: {first_difference(quote, whole)}"
        ledger.fault(file, place, held.id, what)
    elif verdict == "typographic" and fold(quote)[0] not in {key, fold(whole)[0]}:
        what = f"called typographic, but words differ: {first_difference(quote, whole)}"
        ledger.fault(file, place, held.id, what)
    elif verdict == "trimmed" or (verdict == "misattributed" and fold(quote)[0] != key):
        missing = in_order(segments(quote), fold("".join(_all_pieces(record, held, whole)))[0])
        if missing is not None:
            ledger.fault(file, place, held.id, f"called {verdict}, but {excerpt(missing)} is not in the words matched")
    elif verdict == "altered" and _same_characters(quote, whole):
        ledger.fault(
            file, place, held.id, f"called altered, but {excerpt(quote)} is the document's words to the letter"
        )
    cited = record.get("cited_document")
    if verdict == "misattributed" and cited == held.id:
        ledger.fault(file, place, held.id, "called misattributed, but found in the very document cited")
    ledger.counts["verdicts borne out by the words"] += 1


def _all_pieces(record: dict[str, Any], held: Held, whole: str) -> list[str]:
    """The matched words and, in the document's order, the words listed elsewhere in the same document."""
    start = record.get("matched_start")
    found = [(start if isinstance(start, int) else 0, whole)]
    elsewhere = record.get("elsewhere")
    for other in elsewhere if isinstance(elsewhere, list) else []:
        if isinstance(other, dict) and other.get("document") == held.id and isinstance(other.get("start"), int):
            found.append((other["start"], str(other.get("text", ""))))
    return [text for _, text in sorted(found)]


def _same_characters(quote: str, words: str) -> bool:
    """The same characters, white space aside; a closing mark may belong to the sentence around a quotation."""
    a, b = squeeze(quote), squeeze(words)
    return a == b or a.strip(_CLOSING) == b.strip(_CLOSING) != ""


def _edits(record: dict[str, Any], held: Held, file: str, place: str, ledger: Ledger) -> None:
    """Prove that each edit's words are cut by its spans, from the quotation and from the document."""
    edits = record.get("edits")
    assert held.text is not None
    for index, edit in enumerate(edits if isinstance(edits, list) else []):
        if not isinstance(edit, dict):
            continue
        for side, whole in (("quote", str(record["text"])), ("source", held.text)):
            span, words = edit.get(f"{side}_span"), edit.get(side)
            if not isinstance(span, list) or len(span) != 2 or not isinstance(words, str):
                continue
            if not all(isinstance(part, int) for part in span) or whole[span[0] : span[1]] != words:
                what = f"{side}_span {span} does not cut {excerpt(words)}"
                ledger.fault(file, f"{place}.edits[{index}]", held.id, what)


def _in_several(record: dict[str, Any]) -> bool:
    """Whether a claim's passages stand in several documents: each is a record of its own then, proved as such."""
    passages = record.get("passages")
    names = {p.get("document") for p in passages if isinstance(p, dict)} if isinstance(passages, list) else set()
    return len(names) > 1


def _evidence(record: dict[str, Any], held: Held, file: str, place: str, ledger: Ledger) -> list[tuple[int, int]]:
    """Prove a claim's deciding words: ``evidence`` is one span, or several; ``evidence_text`` their words."""
    value, text = record.get("evidence"), record.get("evidence_text")
    assert held.text is not None
    if not isinstance(value, list) or not value:
        return []
    pieces = [value] if all(isinstance(part, int) for part in value) else value
    if not all(
        isinstance(piece, list) and len(piece) == 2 and all(isinstance(p, int) for p in piece) for piece in pieces
    ):
        return []
    spans = [(piece[0], piece[1]) for piece in pieces]
    if not all(0 <= start <= end <= len(held.text) for start, end in spans):
        ledger.fault(file, place, held.id, f"evidence {value} lies outside of the document")
        return []
    cut = [held.text[start:end] for start, end in spans]
    whole = held.text[spans[0][0] : spans[-1][1]]
    if isinstance(text, list) and text != cut:
        ledger.fault(
            file, place, held.id, f"evidence {value} does not cut evidence_text {excerpt(' | '.join(map(str, text)))}"
        )
        return []
    if isinstance(text, str) and text not in {whole, cut[0]} and not _joined(text, cut):
        ledger.fault(file, place, held.id, f"evidence does not cut evidence_text: {first_difference(text, whole)}")
        return []
    return spans

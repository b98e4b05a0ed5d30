"""Prove the words that a Word document quotes in its footnotes."""

from __future__ import annotations

import re
from pathlib import Path

from polidiff.errors import InputError
from polidiff.verification.load import Output, read_bytes
from polidiff.verification.office import DAMAGED, RefusedXml, docx_notes
from polidiff.verification.report import Ledger, excerpt, first_difference
from polidiff.verification.words import squeeze

_PLACE = re.compile(r"(?P<document>.+) (?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def prove_paper(path: Path, output: Output, ledger: Ledger) -> None:
    """Prove every footnote that gives a document's words and their place; other notes are left alone."""
    try:
        notes = docx_notes(read_bytes(path))
    except (InputError, RefusedXml, *DAMAGED) as error:
        ledger.fault(path.name, "", "", f"cannot be read as a Word document ({error})")
        return
    for number, (words, place) in enumerate(notes, start=1):
        where = f"footnote {number}"
        cited = _PLACE.fullmatch(place)
        held = output.held(cited["document"]) if cited else None
        if cited is None or held is None:
            ledger.fault(path.name, where, "", f"{excerpt(words)} names no document of this output")
            continue
        if held.text is None:
            continue
        real = _UNSPEAKABLE.sub("\ufffd", held.text[int(cited["start"]) : int(cited["end"])])
        if squeeze(words) != squeeze(real):
            what = f"{place} does not cut the words of the note: {first_difference(words, real)}"
            ledger.fault(path.name, where, held.id, what)
        else:
            ledger.counts["footnotes of a Word document"] += 1

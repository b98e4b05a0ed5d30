"""The pipeline's reasons, notes and warnings in the page's language.

The pipeline words a reason once, in English. A sentence of a known form is said in Chinese here; what has no form here
is shown as it is, marked as English. Words quoted in it and names of documents and themes are carried over unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from polidiff.report._forms import FORMS
from polidiff.report.strings import Locale

_COMPILED = tuple((re.compile(form, re.DOTALL), chinese) for form, chinese in FORMS)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the language it is in."""

    text: str
    lang: str


def localise(text: str, tongue: Locale) -> Said:
    """Return a sentence of the pipeline in the page's language where its form is known, else as it is in English."""
    if tongue == "zh":
        for form, chinese in _COMPILED:
            match = form.fullmatch(text)
            if match is not None:
                return Said(match.expand(chinese), "zh-Hans")
    return Said(text, "en")

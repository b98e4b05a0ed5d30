"""Every word that polidiff itself says to a person, in English and Chinese.

The words are data: ``LANGUAGE/MATTER.toml``, the same keys and fields in each language. A new language is a folder.
Documents' words are never in here: they are shown as printed, in their own language.
"""

from polidiff.wording.catalogue import LOCALES, Locale, known, say, term
from polidiff.wording.phrases import listed, percent, quoted, upper
from polidiff.wording.reasons import reason_text, reason_texts

__all__ = [
    "LOCALES",
    "Locale",
    "known",
    "listed",
    "percent",
    "quoted",
    "reason_text",
    "reason_texts",
    "say",
    "term",
    "upper",
]

"""Reasons put into words: the template of a reason's code, filled with its parameters.

A template's field names a parameter and, behind a colon, how it is said: a number's format (``.2f``), ``term KIND``
(the name of a vocabulary's label), ``quoted`` (each in quotation marks), ``interval`` (a share with the lower and upper
bounds of its 95% interval), ``sides`` (documents, each with its position in English and in Chinese) or ``sides KIND``
(documents, each with a label). A list is said with commas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from polidiff.model import Reason
from polidiff.wording.catalogue import LOCALES, Locale, catalogue, say, term
from polidiff.wording.phrases import quoted

Called = Callable[[str], str]
DOCUMENTS = frozenset({"cited", "digests", "document", "documents"})
"""Parameters that are ids of documents."""
THEMES = "themes"
"""The parameter that holds ids of themes; ``called`` names these as well."""


def reason_text(reason: Reason, locale: Locale, called: Called = str) -> str:
    """Return a reason in words, its documents and themes named as ``called`` says.

    A code without words (from a later version's file) stands with its parameters.
    """
    held = catalogue(locale, "reasons")
    fields = dict(reason.parameters)
    template = held.get(f"{reason.code}.one") if fields.get("n") == 1 else None
    template = template or held.get(reason.code)
    if template is None:
        return f"{reason.code} {fields}" if fields else reason.code
    made = template.format(**{name: _Shown(name, value, locale, called) for name, value in fields.items()})
    return _NAME.sub("", made)


_NAME = re.compile(" \0(?=[\u3000-\u9fff\uff00-\uffef])|(?<=[\u3000-\u9fff\uff00-\uffef])\0 |\0")
"""The edges of a document's name, with the space that stands there in Chinese before and after Latin letters only."""


def reason_texts(reasons: Iterable[Reason], locale: Locale, gap: str = "\n") -> str:
    """Return several reasons in words, ``gap`` between them."""
    return gap.join(reason_text(reason, locale) for reason in reasons)


class _Shown(NamedTuple):
    """A parameter that a template's field says in its own way."""

    name: str
    value: Any
    locale: Locale
    called: Called

    def __format__(self, spec: str) -> str:
        way, _, kind = spec.partition(" ")
        if way == "term":
            return term(kind, self.value, self.locale)
        if way == "interval":
            share, low, high = self.value
            return say("interval", self.locale, share=share, low=low, high=high)
        if way == "sides":
            return self._sides(kind)
        if not isinstance(self.value, tuple):
            return self._named(self.value) if self.name in DOCUMENTS else format(self.value, spec)
        called = self._named if self.name in DOCUMENTS else self.called if self.name == THEMES else str
        items = map(called, self.value)
        return say("comma", self.locale).join(quoted(item) if way == "quoted" else item for item in items)

    def _named(self, document: str) -> str:
        return f"\0{self.called(document)}\0"

    def _sides(self, kind: str) -> str:
        """Documents, each with its label, or with its position's name, of which there is one a language."""
        at = 0 if kind else LOCALES.index(self.locale)
        return say("semicolon", self.locale).join(
            say(
                "side.of",
                self.locale,
                document=self.called(document),
                side=term(kind, names[at], self.locale) if kind else names[at],
            )
            for document, *names in self.value
        )

"""The documents as sources to cite: RIS and BibTeX, and quotations with their source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from polidiff.model import Document, Span
from polidiff.readers.names import printed_title
from polidiff.wording import Locale, say

__all__ = ["Form", "bibtex", "quotation", "ris"]


def ris(documents: Iterable[Document]) -> str:
    """Return an entry a document; lines are ended by CR LF, as the format has them."""
    out: list[str] = []
    for one in documents:
        rows = [("TY", "STAT" if one.genre == "law" else "GOVDOC"), ("ID", one.id), ("TI", printed_title(one.title))]
        rows += [("AU", printed_title(one.issuer))] if one.issuer else []
        rows += [("PY", one.date[:4]), ("DA", one.date.replace("-", "/"))] if one.date else []
        rows += [("CY", one.jurisdiction)] if one.jurisdiction else []
        rows += [("UR", one.source)] if one.source.startswith("https://") else []
        rows += [("LA", one.language), ("N1", f"SHA-256 {one.sha256}")]
        rows += [("N1", f"{one.kind}, not the original")] if one.kind in ("digest", "translation") else []
        out += [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows]
        out.append("ER  - \r\n")
    return "".join(out)


def bibtex(documents: Iterable[Document]) -> str:
    """Return a ``@techreport`` a document (``@misc`` where no issuer is known), for BibTeX and biblatex."""
    out: list[str] = []
    for one in documents:
        issuer = printed_title(one.issuer or "")
        kind = "techreport" if issuer else "misc"
        fields = [
            ("title", printed_title(one.title)),
            *([("author", issuer), ("institution", issuer)] if issuer else []),
        ]
        fields += [("year", one.date[:4]), ("date", one.date)] if one.date else []
        fields += [("url", one.source)] if one.source.startswith("https://") else []
        fields += [("langid", {"en": "english", "zh": "chinese"}.get(one.language, one.language))]
        note = f"SHA-256 {one.sha256}" + (f"; {one.kind}" if one.kind in ("digest", "translation") else "")
        rows = [f"  {name} = {_held(name, value)}" for name, value in [*fields, ("note", note)]]
        out.append(
            f"@{kind}{{{re.sub(r'[^A-Za-z0-9:.-]+', '-', one.id).strip('-') or 'document'},\n"
            + ",\n".join(rows)
            + "\n}\n"
        )
    return "\n".join(out)


Form = Literal["text", "markdown", "footnote", "bibtex", "ris"]
"""How a quotation is given on: as text, as Markdown, as a footnote, or with its source as an entry."""


def quotation(document: Document, span: Span, form: Form, language: Locale = "en") -> str:
    """Return a document's words at ``span`` with their source: who issued it, its title, its date, the page."""
    words = " ".join(document.cut(span).split())
    first, last = document.pages_of(span)
    pages = "" if first is None else str(first) if first == last else f"{first}–{last}"
    if form == "ris":
        more = [("SP", str(first)), ("EP", str(last))] if first is not None else []
        rows = "".join(f"{tag}  - {value}\r\n" for tag, value in [*more, ("N2", words)])
        return ris([document]).replace("ER  - ", f"{rows}ER  - ")
    if form == "bibtex":
        made = [("pages", pages.replace("–", "--"))] if pages else []
        fields = "".join(f",\n  {name} = {_held(name, value)}" for name, value in [*made, ("annote", words)])
        return bibtex([document]).removesuffix("\n}\n") + fields + "\n}\n"
    title, issuer = printed_title(document.title), printed_title(document.issuer or "")
    named = [
        "" if issuer and title.casefold().startswith(issuer.casefold()) else issuer,
        f"*{title}*" if form == "markdown" else title,
        document.date or "",
        say("page.number", language, number=pages),
    ]
    source = say("quote.gap", language).join(one for one in (named if pages else named[:-1]) if one)
    if form == "markdown":
        return f"> {words}\n>\n> — {source}\n"
    said = say(f"quote.{form}", language, words=words, source=source)
    return re.sub(r"([.!?])(”)\.$|([。！？])(”)。$", lambda m: (m[1] or m[3]) + (m[2] or m[4]), said)


def _held(name: str, value: str) -> str:
    """A field's words in braces; a title and a body's name in two, so that no style changes their letters."""
    return f"{{{{{_tex(value)}}}}}" if name in ("title", "author", "institution") else f"{{{_tex(value)}}}"


def _tex(text: str) -> str:
    plain = " ".join(text.split())
    return re.sub(
        r"[&%$#_{}~^\\]",
        lambda m: {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"}.get(m[0], f"\\{m[0]}"),
        plain,
    )

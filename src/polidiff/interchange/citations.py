"""The documents as sources to cite: RIS and BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable

from polidiff.model import Document

__all__ = ["bibtex", "ris"]


def ris(documents: Iterable[Document]) -> str:
    """Return an entry a document; lines are ended by CR LF, as the format has them."""
    out: list[str] = []
    for one in documents:
        rows = [("TY", "STAT" if one.genre == "law" else "GOVDOC"), ("ID", one.id), ("TI", one.title)]
        rows += [("AU", one.issuer)] if one.issuer else []
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
        kind = "techreport" if one.issuer else "misc"
        fields = [("title", one.title), *([("author", one.issuer), ("institution", one.issuer)] if one.issuer else [])]
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

"""Akoma Ntoso 3.0 (OASIS LegalDocML): a document's headings and provisions, each with its id, number and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from polidiff.interchange.refi import clean
from polidiff.model import Document, Provision

__all__ = ["akoma_ntoso"]

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NO_DATE = "1970-01-01"


def akoma_ntoso(document: Document, provisions: Sequence[Provision]) -> bytes:
    """Return the document as ``<doc>``: headings as ``hcontainer`` with a heading, provisions inside of them.

    A container's words before its first part are its ``intro``; words between and after parts are not written.
    """
    from lxml import etree

    root = etree.fromstring(f'<akomaNtoso xmlns="{AKN}"/>')
    doc = _put(root, "doc", name=document.genre or "plan")
    _meta(_put(doc, "meta"), document)
    preface = _put(doc, "preface")
    title = _put(_put(preface, "p"), "docTitle")
    title.text = clean(document.title) or document.id
    body = _put(doc, "mainBody")
    _Tree(body, provisions).write()
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=False)
    return made


class _Tree:
    """Headings and provisions as nested elements, in the document's order."""

    def __init__(self, body: Any, provisions: Sequence[Provision]) -> None:
        self._body = body
        self._children: dict[str | None, list[Provision]] = {}
        ids = {one.id for one in provisions}
        for one in provisions:
            self._children.setdefault(one.parent if one.parent in ids else None, []).append(one)
        self._open: list[tuple[str, Any]] = []
        self._headings = 0

    def write(self) -> None:
        """Write all provisions without a parent under their headings, and their parts inside of them."""
        for one in self._children.get(None, ()):
            self._provision(self._under(one.path), one)
        if len(self._body) == 0:
            _put(_put(_put(self._body, "hcontainer", eId="empty", name="empty"), "content"), "p")

    def _under(self, path: tuple[str, ...]) -> Any:
        same = 0
        while same < min(len(path), len(self._open)) and self._open[same][0] == path[same]:
            same += 1
        del self._open[same:]
        for title in path[same:]:
            above = self._open[-1][1] if self._open else self._body
            self._headings += 1
            made = _put(above, "hcontainer", eId=f"heading_{self._headings}", name="heading")
            _put(made, "heading").text = clean(title)
            self._open.append((title, made))
        return self._open[-1][1] if self._open else self._body

    def _provision(self, above: Any, one: Provision) -> None:
        made = _put(above, "hcontainer", eId=_token(one.id), name=one.kind)
        if one.number:
            _put(made, "num").text = clean(one.number)
        parts = self._children.get(one.id, [])
        if not parts:
            _put(_put(made, "content"), "p").text = clean(one.text)
            return
        lead = one.text[: max(0, parts[0].start - one.start)].strip()
        if lead:
            _put(_put(made, "intro"), "p").text = clean(lead)
        for part in parts:
            self._provision(made, part)


def _meta(meta: Any, document: Document) -> None:
    held = _put(meta, "identification", source="#polidiff")
    country = (document.jurisdiction or "un").lower()[:2]
    date = document.date if document.date and re.fullmatch(r"\d{4}-\d\d-\d\d", document.date) else NO_DATE
    work = f"/akn/{country}/doc/{date}/{_token(document.id)}"
    language = {"en": "eng", "zh": "zho"}.get(document.language, "und")
    for name, place in (
        ("FRBRWork", work),
        ("FRBRExpression", f"{work}/{language}"),
        ("FRBRManifestation", f"{work}/{language}.xml"),
    ):
        one = _put(held, name)
        _put(one, "FRBRthis", value=f"{place}/!main")
        _put(one, "FRBRuri", value=place)
        if name == "FRBRWork":
            _put(one, "FRBRalias", value=clean(document.title) or document.id, name="title")
        _put(one, "FRBRdate", date=date, name="issued")
        _put(one, "FRBRauthor", href="#polidiff" if name == "FRBRManifestation" else "#issuer")
        if name == "FRBRWork":
            _put(one, "FRBRcountry", value=country)
        if name == "FRBRExpression":
            _put(one, "FRBRlanguage", language=language)
    references = _put(meta, "references", source="#polidiff")
    issuer = clean(document.issuer or "unknown")
    _put(references, "TLCOrganization", eId="issuer", href="/ontology/organization/issuer", showAs=issuer)
    _put(references, "TLCOrganization", eId="polidiff", href="/ontology/organization/polidiff", showAs="polidiff")


def _put(parent: Any, name: str, /, **attributes: str) -> Any:
    from lxml import etree

    made = etree.SubElement(parent, f"{{{AKN}}}{name}")
    for key, value in attributes.items():
        made.set(key, value)
    return made


def _token(text: str) -> str:
    made = re.sub(r"[^\w.-]", "_", text)
    return made if re.match(r"[^\W\d]", made) else f"p_{made}"

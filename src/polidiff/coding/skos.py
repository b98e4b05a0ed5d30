"""Codebooks in and out of SKOS (RDF/XML).

SKOS is W3C's vocabulary for concept schemes (https://www.w3.org/TR/skos-reference/). A theme is a ``skos:Concept``; its
terms are ``altLabel``, those with signs of the term language ``hiddenLabel``; heads are ``skos:Collection``. What SKOS
has no word for (axis, positions) stands under ``urn:polidiff:codebook:``, so that a codebook comes back as it went.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from polidiff.coding.tables import contents, slug, unique
from polidiff.errors import CodebookError
from polidiff.lang.words import has_cjk
from polidiff.model import Codebook, Theme

__all__ = ["from_skos", "to_skos"]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
OWN = "urn:polidiff:codebook:"
_XML = "http://www.w3.org/XML/1998/namespace"
_TERMS = (f"{{{SKOS}}}altLabel", f"{{{SKOS}}}hiddenLabel", f"{{{OWN}}}term")
_INCLUDED, _EXCLUDED = "Included: ", "Excluded: "


def to_skos(codebook: Codebook) -> bytes:
    """Return the codebook as SKOS in RDF/XML, UTF-8."""
    from lxml import etree

    root = etree.Element(f"{{{RDF}}}RDF", nsmap={"rdf": RDF, "skos": SKOS, "dct": DCT, "polidiff": OWN})
    base = f"{OWN}{codebook.id}"
    scheme = _node(root, "ConceptScheme", base)
    _put(scheme, DCT, "identifier", codebook.id)
    _put(scheme, DCT, "title", codebook.title, "en")
    for field in codebook.fields:
        _put(scheme, DCT, "subject", field)
    _put(scheme, DCT, "hasVersion", codebook.version)
    for identity, name, name_zh in codebook.heads:
        head = _node(root, "Collection", f"{base}:head:{identity}")
        _labels(head, identity, name, name_zh)
        for theme in codebook.themes:
            if theme.head == identity:
                _put(head, SKOS, "member", target=f"{base}:{theme.id}")
    for theme in codebook.themes:
        _concept(_node(root, "Concept", f"{base}:{theme.id}"), theme, base)
    made: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return made


def _concept(concept: Any, theme: Theme, base: str) -> None:
    """Write a theme into its concept."""
    _put(concept, SKOS, "inScheme", target=base)
    _labels(concept, theme.id, theme.name, theme.name_zh)
    _put(concept, SKOS, "definition", theme.definition, "en")
    if theme.definition_zh:
        _put(concept, SKOS, "definition", theme.definition_zh, "zh")
    for mark, note in ((_INCLUDED, theme.include), (_EXCLUDED, theme.exclude)):
        if note:
            _put(concept, SKOS, "scopeNote", mark + note, "en")
    if theme.parent:
        _put(concept, SKOS, "broader", target=f"{base}:{theme.parent}")
    for language, terms in (("en", theme.en_terms), ("zh", theme.zh_terms)):
        for term in terms:
            if term in (theme.name, theme.name_zh):  # S13: no label is both the preferred and another one
                _put(concept, OWN, "term", term, language)
            else:
                _put(concept, SKOS, "hiddenLabel" if _signed(term) else "altLabel", term, language)
    for example in theme.examples:
        _put(concept, SKOS, "example", example)
    if theme.axis:
        _put(concept, OWN, "axis", theme.axis)
    for position in theme.positions:
        inner = _put(_put(concept, OWN, "position"), SKOS, "Concept")
        _labels(inner, position.id, position.name, position.name_zh)
        for term in position.terms:
            _put(inner, SKOS, "hiddenLabel", term)


def _labels(node: Any, identity: str, name: str, name_zh: str) -> None:
    _put(node, SKOS, "notation", identity)
    _put(node, SKOS, "prefLabel", name, "en")
    if name_zh != name:
        _put(node, SKOS, "prefLabel", name_zh, "zh")


def _node(root: Any, kind: str, about: str) -> Any:
    made = _put(root, SKOS, kind)
    made.set(f"{{{RDF}}}about", about)
    return made


def _put(parent: Any, space: str, name: str, text: str = "", language: str = "", target: str = "") -> Any:
    """Add an element below ``parent`` and return it."""
    from lxml import etree

    made = etree.SubElement(parent, f"{{{space}}}{name}")
    if text:
        made.text = text
    if language:
        made.set(f"{{{_XML}}}lang", language)
    if target:
        made.set(f"{{{RDF}}}resource", target)
    return made


def from_skos(path: str | Path) -> dict[str, Any]:
    """Return a SKOS file (RDF/XML) as the tables of a codebook file; raises CodebookError where it is none.

    A concept without a definition gets its label as one; one without terms is looked for by its label.
    """
    from lxml import etree

    data = contents(Path(path))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise CodebookError(str(path), f"not RDF/XML: {error.msg}", "export the scheme as RDF/XML") from None
    nodes = [node for node in root if isinstance(node.tag, str)]
    concepts = [node for node in nodes if _is(node, "Concept")]
    if not concepts:
        raise CodebookError(str(path), "no skos:Concept in it", "export the scheme as RDF/XML with its concepts")
    ids: dict[str, str] = {}
    for node in concepts:
        about = node.get(f"{{{RDF}}}about") or node.get(f"{{{RDF}}}ID") or ""
        ids[about] = unique(slug(_text(node, "notation") or re.split(r"[/#:]", about)[-1]), set(ids.values()))
    heads: list[dict[str, str]] = []
    of_head: dict[str, str] = {}
    for node in nodes:
        if _is(node, "Collection"):
            name = _text(node, "prefLabel", "en")
            head = {"id": slug(_text(node, "notation") or name), "name": name}
            if zh := _text(node, "prefLabel", "zh", strict=True):
                head["name_zh"] = zh
            heads.append(head)
            for member in node.findall(f"{{{SKOS}}}member"):
                of_head.setdefault(member.get(f"{{{RDF}}}resource", ""), head["id"])
    if any(about not in of_head for about in ids):
        heads.append({"id": "all", "name": "All"})
    scheme = next((node for node in nodes if _is(node, "ConceptScheme")), None)
    fields = [] if scheme is None else _texts(scheme, "subject", space=DCT)
    title = (_text(scheme, "title", space=DCT) or _text(scheme, "prefLabel")) if scheme is not None else ""
    return {
        "id": slug((_text(scheme, "identifier", space=DCT) if scheme is not None else "") or Path(path).stem),
        "version": (_text(scheme, "hasVersion", space=DCT) if scheme is not None else "") or "1",
        "title": title or Path(path).stem,
        **({"fields": fields} if fields else {}),
        "head": heads,
        "theme": [_theme(node, ids, of_head) for node in concepts],
    }


def _theme(node: Any, ids: dict[str, str], of_head: dict[str, str]) -> dict[str, Any]:
    about = node.get(f"{{{RDF}}}about") or node.get(f"{{{RDF}}}ID") or ""
    name = _text(node, "prefLabel", "en")
    theme: dict[str, Any] = {"id": ids[about], "head": of_head.get(about, "all"), "name": name}
    if zh := _text(node, "prefLabel", "zh", strict=True):
        theme["name_zh"] = zh
    theme["definition"] = _text(node, "definition", "en") or name
    if zh := _text(node, "definition", "zh", strict=True):
        theme["definition_zh"] = zh
    for note in _texts(node, "scopeNote"):
        key = "exclude" if note.startswith(_EXCLUDED) else "include"
        theme[key] = note.removeprefix(_EXCLUDED).removeprefix(_INCLUDED)
    broader = node.find(f"{{{SKOS}}}broader")
    if broader is not None and (parent := ids.get(broader.get(f"{{{RDF}}}resource", ""))):
        theme["parent"] = parent
    labels = [child for child in node if child.tag in _TERMS]
    terms = [" ".join((child.text or "").split()) for child in labels]
    theme["en_terms"] = list(dict.fromkeys(term for term in terms if term and not has_cjk(term)))
    theme["zh_terms"] = list(dict.fromkeys(term for term in terms if has_cjk(term)))
    if not terms:
        theme["zh_terms" if has_cjk(name) else "en_terms"] = [name]
    if examples := _texts(node, "example"):
        theme["examples"] = examples
    if axis := _text(node, "axis", space=OWN):
        theme["axis"] = axis
    if positions := node.findall(f"{{{OWN}}}position/{{{SKOS}}}Concept"):
        theme["position"] = [
            {
                "id": _text(each, "notation"),
                "name": _text(each, "prefLabel", "en"),
                "name_zh": _text(each, "prefLabel", "zh"),
                "terms": _texts(each, "hiddenLabel"),
            }
            for each in positions
        ]
    return theme


def _signed(term: str) -> bool:
    return "*" in term or "..." in term or "…" in term


def _is(node: Any, kind: str) -> bool:
    if node.tag == f"{{{SKOS}}}{kind}":
        return True
    return any(each.get(f"{{{RDF}}}resource") == SKOS + kind for each in node.findall(f"{{{RDF}}}type"))


def _texts(node: Any, name: str, space: str = SKOS) -> list[str]:
    return [text for each in node.findall(f"{{{space}}}{name}") if (text := " ".join((each.text or "").split()))]


def _text(node: Any, name: str, language: str = "", space: str = SKOS, *, strict: bool = False) -> str:
    """The first text of a property, in a language where one is wanted and there, or the first of all."""
    found = node.findall(f"{{{space}}}{name}")
    wanted = [each for each in found if (each.get(f"{{{_XML}}}lang") or "").split("-")[0] == language]
    chosen = wanted or ([] if strict else found)
    return " ".join((chosen[0].text or "").split()) if chosen else ""

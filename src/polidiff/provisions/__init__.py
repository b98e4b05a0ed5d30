"""The split room: a Document → its outline and its provisions.

Five kinds of document are told apart by what their text does, never by name: acts (articles that count upwards),
orders and bills (sections that count upwards), statutes (titled sections with subsections), Chinese laws (第一条,
第二条 …) and everything else (plans, digests, frameworks).

Ids are stable, readable and unique in a document: ``art-5.1.b`` (article 5, paragraph 1, point b), ``rec-12``
(recital or recommendation 12), ``annex-III.1.a``, ``sec-4.a.i`` (``sec-4.0``: the section's own text before its first
subsection), ``art-7.k2.3`` (第七条第二款第三项; an article of one 款 has its items at ``art-4.3``), ``a017`` and
``i018`` (the 17th and 18th list item: an action, an item), ``p6`` (the sixth paragraph of running text),
``row-GV.OC-01`` (a row of a table that a document prints; the rows of a framework table keep their own ids).
``.s2`` is the second unlabelled paragraph of a provision, ``.b1`` its first bullet, ``.t3`` the third run of sentences
of a text that is too long to be read side by side, ``~2`` the second bearer of the same id.
"""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.lang.sentences import sentences
from polidiff.model import Document, Heading, Provision
from polidiff.provisions import acts, chinese, orders, plans, refs, statutes, tree
from polidiff.provisions.units import units

__all__ = ["leaves", "outline", "sentences", "split"]


def split(document: Document) -> tuple[Provision, ...]:
    """Return the provisions of ``document`` in document order, a container before what it holds."""
    return tuple(refs.resolve(tree.provisions(document, _build(document).roots)))


def outline(document: Document) -> tuple[Heading, ...]:
    """Return the headings of ``document`` in order, with levels from 1 (the highest) on."""
    return tuple(_build(document).headings)


def leaves(provisions: Sequence[Provision]) -> tuple[Provision, ...]:
    """Return the provisions that hold no others, in order: what steps that compare work on."""
    return tuple(provision for provision in provisions if provision.leaf)


def _build(document: Document) -> tree.Tree:
    found = units(document)
    text = document.text
    if document.kind not in ("digest", "table"):
        if chinese.looks_like_law(document, found):
            return chinese.build(document, found)
        if acts.looks_like_act(text, found):
            return acts.build(document, found)
        if orders.looks_like_order(text, found):
            return orders.build(document, found)
        if statutes.looks_like_statute(text, found, marked=document.media_type == "application/xml"):
            return statutes.build(document, found)
    return plans.build(document, found)

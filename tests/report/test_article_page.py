"""The page of an article's check: every quotation and claim marked, its card beside it, proved and without a script."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import report_factory as factory
from lxml import html

from polidiff import api
from polidiff.model import Note
from polidiff.report import article_page

METHOD = (("polidiff", "0.0"), ("encoder", "none"))


@pytest.fixture(scope="module", params=["en", "zh"])
def tree(request: pytest.FixtureRequest) -> html.HtmlElement:
    return html.fromstring(article_page(factory.check(), METHOD, language=request.param))


def test_the_whole_article_is_there_with_every_quotation_and_claim_marked(tree: html.HtmlElement) -> None:
    checked = factory.check()
    marked = [mark.text_content() for mark in tree.xpath("//p[contains(@class, 'words')]//mark")]
    assert marked == [verdict.text for verdict in checked.verdicts]
    claims = ["".join(part.itertext()) for part in tree.xpath("//p[contains(@class, 'words')]//span[@class]")]
    assert all(any(claim.text in one for one in claims) for claim in checked.claims)
    labels = tree.xpath("//a[contains(@class, 'q-tag')]")
    assert len(labels) == len(checked.verdicts) + len(checked.claims)
    for label in labels:
        assert label.text_content().strip()[0] in "✓Δ+⇄▲≠☞⇆✗"
        assert tree.get_element_by_id(label.get("href")[1:]).tag == "li"


def test_a_card_stands_beside_the_paragraph_that_it_is_about(tree: html.HtmlElement) -> None:
    for stanza in tree.xpath("//div[starts-with(@class, 'stanza')]"):
        numbers = [label.get("href") for label in stanza.xpath(".//a[contains(@class, 'q-tag')]")]
        assert sorted(f"#{card.get('id')}" for card in stanza.xpath(".//li[@id]")) == sorted(numbers)


def test_the_documents_words_are_cut_by_their_span(tree: html.HtmlElement) -> None:
    texts = {document.id: document.text for document in factory.check().documents}
    shown = tree.xpath("//*[@data-document]")
    assert len(shown) > 30
    for element in shown:
        start, end = int(element.get("data-start")), int(element.get("data-end"))
        assert element.text_content() == texts[element.get("data-document")][start:end]


def test_what_is_left_out_and_what_both_say_is_shown(tree: html.HtmlElement) -> None:
    words = tree.get_element_by_id("leaving").text_content()
    assert "shared software" in words
    assert "应开放资源" in words


def test_links_lead_somewhere_and_ids_are_unique(tree: html.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")}
    assert inner <= set(ids)


def test_hostile_linked_data_can_not_leave_its_element() -> None:
    linked = json.dumps({"text": "</script><script>alert(1)</script><!--"})
    page = article_page(factory.check(), METHOD, linked=linked)
    (data,) = html.fromstring(page).xpath("//script[@type='application/ld+json']")
    assert json.loads(data.text) == json.loads(linked)
    assert "alert(1)</script>" not in page


def test_a_quotation_in_a_note_is_marked_there_and_one_between_paragraphs_keeps_its_card() -> None:
    checked = factory.check()
    article = checked.article
    (last, before) = (article.blocks[-1], article.blocks[-2])
    note = Note("1", last.start, last.end)
    moved = replace(article, blocks=article.blocks[:-2], notes=(note,))
    tree = html.fromstring(article_page(replace(checked, article=moved), METHOD))
    words = [p.text_content() for p in tree.xpath("//p[contains(@class, 'words')]")]
    assert sum(article.text[last.start : last.end] in one for one in words) == 1
    assert not any(article.text[before.start : before.end] in one for one in words)
    ids = set(tree.xpath("//@id"))
    assert {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")} <= ids
    assert len(tree.xpath("//li[starts-with(@id, 'verdict-')]")) == len(checked.verdicts) + len(checked.claims)


def test_an_article_with_nothing_to_check_says_so() -> None:
    page = article_page(replace(factory.check(), verdicts=(), claims=()), METHOD)
    assert "No quotation and no claim" in page


def test_every_reason_in_the_demos_article_is_said_in_chinese() -> None:
    documents = [api.read(name) for name in api.DEMO_DOCUMENTS]
    checked = api.check(api.DEMO_ARTICLE, documents, claims=True)
    shown = html.fromstring(article_page(checked, METHOD, language="zh"))
    cards = shown.xpath("//li[starts-with(@id, 'verdict-')]")
    assert len(cards) == len(checked.verdicts) + len(checked.claims) > 20
    english = [one.text_content() for card in cards for one in card.xpath(".//ul//*[@lang='en']")]
    assert english == []

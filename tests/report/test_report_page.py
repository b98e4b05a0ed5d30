"""The page: proved quotations, links that lead somewhere, hostile documents, both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
import report_factory as factory
from lxml import html

from polidiff.model import Comparison, Notice, Reason
from polidiff.report import figure_files, page, workbook

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>]]>{{ 7*7 }}&amp;"


@pytest.fixture(scope="module")
def made() -> Comparison:
    return factory.comparison()


@pytest.fixture(scope="module", params=["en", "zh"])
def written(request: pytest.FixtureRequest, made: Comparison) -> str:
    return page(made, factory.check(made), language=request.param)


def test_every_quotation_is_its_documents_text(made: Comparison, written: str) -> None:
    texts = {document.id: document.text for document in made.documents}
    quoted = html.fromstring(written).xpath("//*[@data-document]")
    assert len(quoted) > 100
    for element in quoted:
        start, end = int(element.get("data-start")), int(element.get("data-end"))
        assert element.text_content() == texts[element.get("data-document")][start:end]


def test_every_finding_and_verdict_is_on_the_page(made: Comparison, written: str) -> None:
    tree = html.fromstring(written)
    assert len(tree.xpath("//article[contains(@class, 'theme')]")) == len(made.findings)
    assert len(tree.xpath("//li[starts-with(@id, 'verdict-')]")) == len(factory.QUOTED) + len(factory.CLAIMED)
    words = " ".join(tree.text_content().split())
    for _, quote in [*factory.QUOTED, *factory.CLAIMED]:
        assert quote in words


def test_passages_that_answer_each_other_stand_side_by_side(made: Comparison) -> None:
    tree = html.fromstring(page(made))
    theme = tree.xpath("//article[.//h4[contains(., 'Regulation')]]")[0]
    first = theme.xpath(".//div[@class='pair']")[0]
    sides = [quote.text_content() for quote in first.xpath(".//blockquote")]
    assert "remove red tape" in sides[0]
    assert "加强监管" in sides[1]
    assert [mark.text for mark in first.xpath(".//mark[@class='parts']")] != []
    assert "Divergent" in theme.text_content()
    assert "Where they part" in first.text_content()


def test_a_divergence_opens_with_the_words_that_show_it() -> None:
    rows = [row for row in factory.NORTH if row[0] != "rules" or "fewer" in row[-1] or "light" in row[-1]]
    rows.sort(key=lambda row: "fewer" in row[-1])
    made = factory.comparison()
    north = factory.document("north", "Northland", "en", rows)
    tree = html.fromstring(page(factory.compared([north, made.documents[1]], [rows, factory.SOUTH])))
    theme = tree.xpath("//article[.//h4[contains(., 'Regulation')]]")[0]
    first = theme.xpath(".//div[@class='pair']")[0]
    assert "fewer permits" in first.xpath(".//mark[@class='parts']")[0].text_content()


def test_a_theme_in_one_alone_shows_the_search_of_the_other(made: Comparison) -> None:
    tree = html.fromstring(page(made))
    theme = tree.xpath("//article[.//h4[contains(., 'Defence')]]")[0]
    silence = " ".join(theme.xpath(".//aside")[0].text_content().split())
    assert "Southland silent on this theme" in silence
    assert "All 13 of its provisions" in silence
    assert "7%" in silence
    assert "军队" in silence


def test_every_link_leads_to_one_anchor_of_the_page(written: str) -> None:
    tree = html.fromstring(written)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = tree.xpath("//a/@href")
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert {link for link in links if not link.startswith("#")} <= {"index.html", "index.zh.html"}


def test_a_passage_links_to_its_own_words_in_the_full_text(made: Comparison) -> None:
    tree = html.fromstring(page(made))
    for figure in tree.xpath("//figure[contains(@class, 'passage')]"):
        target = figure.xpath(".//a[@class='in-full']/@href")[0][1:]
        shown = figure.xpath(".//blockquote")[0].text_content()
        assert tree.get_element_by_id(target).text_content() == shown


def test_nothing_is_loaded_and_nothing_is_allowed(written: str) -> None:
    tree = html.fromstring(written)
    assert not tree.xpath("//link | //img | //iframe | //object | //embed | //form | //base | //script[@src]")
    assert not tree.xpath("//@style | //@*[starts-with(name(), 'on')]")
    assert "url(http" not in written
    assert "@import" not in written
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_headings_come_in_order(written: str) -> None:
    levels = [int(h.tag[1]) for h in html.fromstring(written).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_passages_name_their_language_and_digests_are_named(written: str) -> None:
    tree = html.fromstring(written)
    assert set(tree.xpath("//blockquote/@lang")) == {"en", "zh-Hans"}
    digest = tree.xpath("//figure[contains(@class, 's-b')][contains(@class, 'passage')]")
    assert digest
    assert all(one.xpath(".//*[contains(@class, 'digest')]") for one in digest)


def test_hostile_words_stay_words(made: Comparison) -> None:
    south = made.documents[1]
    rows = [(*row[:-1], row[-1] + HOSTILE) for row in factory.NORTH]
    evil = replace(
        factory.document('n"><script>x', HOSTILE, "en", rows),
        jurisdiction=HOSTILE,
        source="javascript:alert(1)",
        date=HOSTILE,
    )
    compared = factory.compared([evil, south], [rows, factory.SOUTH])
    compared = replace(compared, method=((HOSTILE, HOSTILE),))
    check = factory.check(made)
    check = replace(
        check,
        verdicts=tuple(
            replace(v, speaker=HOSTILE, warnings=(Reason.of("elsewhere.same", document=HOSTILE),))
            for v in check.verdicts
        ),
    )
    written = page(compared, check)
    tree = html.fromstring(written)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img | //@onerror | //a[starts-with(@href, 'javascript')]")
    assert "49" not in tree.xpath("//title")[0].text
    for element in tree.xpath("//blockquote[@data-document='n\"><script>x']"):
        start, end = int(element.get("data-start")), int(element.get("data-end"))
        assert element.text_content() == evil.text[start:end]
    for drawn in figure_files(compared).values():
        assert "<script" not in drawn
    assert workbook(compared, check)


def test_the_chinese_page_speaks_chinese(made: Comparison) -> None:
    tree = html.fromstring(page(made, factory.check(made), language="zh"))
    assert tree.get("lang") == "zh-Hans"
    for element in tree.xpath("//*[@lang and @lang != 'zh-Hans'] | //style | //script"):
        element.drop_tree()
    labels = tree.xpath("//h2 | //figcaption/p | //summary | //legend | //p[@class='deck']")
    assert labels
    assert all(re.search("[\u4e00-\u9fff]", label.text_content()) for label in labels if label.text_content().strip())


def test_twice_the_same_bytes(made: Comparison) -> None:
    again = factory.comparison()
    assert page(made, factory.check(made)) == page(again, factory.check(again))
    assert figure_files(made) == figure_files(again)
    assert workbook(made, factory.check(made)) == workbook(again, factory.check(again))


def test_three_documents() -> None:
    tree = html.fromstring(page(factory.three()))
    theme = tree.xpath("//article[.//h4[contains(., 'Regulation')]]")[0]
    assert len(theme.xpath(".//table[@class='differs']//th[@scope='col']")) == 3
    assert len(tree.xpath("//details[starts-with(@id, 'text-')]")) == 3


def test_nothing_found_is_said(made: Comparison) -> None:
    empty = replace(made, findings=(), matches=(), uniques=())
    assert "finds no theme" in page(empty)
    assert not {"themes", "distance", "positions"} & set(figure_files(empty))


def test_a_narrower_theme_is_shown_within_its_broader_one_and_not_counted_beside_it(made: Comparison) -> None:
    themes = tuple(replace(theme, parent="rules" if theme.id == "safety" else None) for theme in made.codebook.themes)
    nested = replace(made, codebook=replace(made.codebook, themes=themes))
    tree = html.fromstring(page(nested))
    broad = tree.xpath("//article[.//h4[contains(., 'Regulation')]]")[0]
    assert broad.xpath(".//details[.//strong[. = 'Safety testing']]//article//h5[contains(., 'Safety testing')]")
    numbers = [int(n.text) for n in tree.xpath("//ul[@class='tally']//span[@class='n']")]
    assert sum(numbers) == len(made.findings) - 1


def test_a_chinese_page_says_in_chinese_what_was_read_how_and_what_was_left_out(made: Comparison) -> None:
    turned = Notice(Reason.of("left_out.turned.pages", words="DRAFT", pages="2"), 2)
    theme = made.codebook.themes[0]
    whole = replace(
        made,
        documents=(replace(made.documents[0], warnings=(turned,)), *made.documents[1:]),
        method=(*made.method, ("scale", "plan"), ("left_out", f"{theme.name} (Ada: of another matter)")),
    )
    method = html.fromstring(page(whole, language="zh")).get_element_by_id("method").text_content()
    assert "斜置的文字未予读取：“DRAFT”" in method
    assert "规划" in method
    assert f"{theme.name_zh} (Ada: of another matter)" in method
    assert theme.name not in method

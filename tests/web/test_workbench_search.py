"""Search: words, phrases, meaning across languages, and what narrows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.web.conftest import Bench, item_of, token_of
from tests.workspace.plans import NOON, NORTH, write_plan

from polidiff.ranking.query import question
from polidiff.workspace import Workspace
from polidiff.workspace.corpus import Filter, Index, open_corpus

CHINESE = (
    "# 东国人工智能计划",
    "## 算力",
    "- 应建设全国统一的算力中心，供科研机构使用。",
    "## 教育",
    "- 教育部门应培训教师掌握人工智能。",
    "## 贸易",
    "- 应加强对先进芯片的出口管制。",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("search")
    with Workspace.init(folder / "two.polidiff", when=NOON) as work:
        work.add(write_plan(folder, "north", NORTH), when=NOON)
        work.add(write_plan(folder, "dong", CHINESE), when=NOON)
        return open_corpus(work).index


def texts(index: Index, asked: str, how: str = "both", **narrowed: object) -> list[str]:
    from polidiff.web.finder import Finder

    encode = Finder("", None).encode  # type: ignore[arg-type]
    found = index.search(question(asked), how, Filter(**narrowed), encode)  # type: ignore[arg-type]
    return [hit.provision.text for hit in found.hits]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (
            "computing centre",
            "The Ministry of Industry should fund a national computing centre for AI research with a supercomputer.",
        ),
        ("computing centre", "应建设全国统一的算力中心，供科研机构使用。"),
        ("export control of chips", "应加强对先进芯片的出口管制。"),
        (
            "出口管制",
            "The Ministry of Trade should restrict the export of AI technology and control exports of AI chips.",
        ),
        ("培训教师", "The Ministry of Education should train teachers in artificial intelligence."),
        ("who trains the teachers?", "教育部门应培训教师掌握人工智能。"),
    ],
)
def test_a_question_finds_its_answer_in_both_languages(index: Index, asked: str, wanted: str) -> None:
    assert wanted in texts(index, asked)[:3]


def test_words_find_other_forms_of_the_word(index: Index) -> None:
    assert texts(index, "exporting chip", "words", documents=("north",)) == [
        "The Ministry of Trade should restrict the export of AI technology and control exports of AI chips."
    ]


def test_a_phrase_stands_together(index: Index) -> None:
    assert texts(index, "“data centers”", "words") == [
        "The Ministry of Energy should build power plants for data centers."
    ]
    assert texts(index, '"centers data"', "words") == []
    assert texts(index, "“算力中心”") == ["应建设全国统一的算力中心，供科研机构使用。"]


@pytest.mark.parametrize(
    "asked", ['"', '""', "* ^ NEAR( ) AND OR NOT", "a:b -c {d}", "'; DROP TABLE provisions; --", "（）", "\x00"]
)
def test_no_question_is_a_fault(index: Index, asked: str) -> None:
    texts(index, asked)


def test_filters_narrow(index: Index) -> None:
    assert all("Ministry" in text for text in texts(index, "", documents=("north",), strength="recommendation"))
    assert texts(index, "", actor="ministry of trade") == [
        "The Ministry of Trade should restrict the export of AI technology and control exports of AI chips."
    ]
    assert texts(index, "computing centre", documents=("dong",)) == ["应建设全国统一的算力中心，供科研机构使用。"]


def test_a_theme_counts_as_it_was_decided(browser: TestClient) -> None:
    page = browser.get("/review?kind=codes&theme=compute").text
    name = item_of(page)
    passage = html.fromstring(page).xpath("string(//section//blockquote)")
    assert passage in html.fromstring(browser.get("/search?theme=compute").text).text_content()
    browser.post("/review?kind=codes", data={"token": token_of(page), "at": name, "verb": "reject", "by": "Ada"})
    assert passage not in html.fromstring(browser.get("/search?theme=compute").text).text_content()


def test_words_that_answer_are_marked_and_the_text_stays_whole(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/search?q=teachers&how=words").text)
    found = page.xpath("//ol//blockquote")
    assert [mark.text for quote in found for mark in quote.xpath(".//mark")] == ["teachers", "teachers"]
    assert found[0].text_content() in {
        "The Ministry of Education should train teachers in artificial intelligence.",
        "The Department of Schools will train teachers to use artificial intelligence.",
    }


def test_results_are_paged_and_the_pages_can_be_bookmarked(bench: Bench, tmp_path: Path) -> None:
    lines = ["# Long plan", *[f"- The council should review rule number {n} each year." for n in range(45)]]
    with Workspace.init(tmp_path / "long.polidiff", when=NOON) as work:
        work.add(write_plan(tmp_path, "long", lines), when=NOON)
    client = bench(tmp_path / "long.polidiff")
    seen: list[str] = []
    for number in (1, 2, 3):
        page = html.fromstring(client.get(f"/search?q=council&how=words&page={number}").text)
        seen += [quote.text_content() for quote in page.xpath("//ol//blockquote")]
    assert len(seen) == len(set(seen)) == 45


def test_where_no_provision_has_all_words_those_with_some_come_in_either_language(index: Index) -> None:
    found = texts(index, "semiconductors for harbour pilots", "words")
    assert "应加强对先进芯片的出口管制。" in found


def test_it_is_told_how_much_each_document_has_and_which_has_nothing(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/search?q=teachers&how=words&lang=en").text)
    [spread] = page.xpath("//p[@class='spread']")
    assert spread.text_content().startswith("In 2 of 3 documents:")
    assert sorted(one.get("href").partition("document=")[2] for one in spread.xpath(".//a")) == ["north", "south"]
    assert "Eastland" in page.xpath("string(//details[summary[starts-with(., '1 document')]])")
    narrowed = browser.get("/search?q=teachers&how=words&document=north").text
    assert 'class="spread"' not in narrowed


def test_what_holds_all_words_is_counted_apart_from_what_holds_some(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/search?lang=en&q=power+plants+for+data+centers").text)
    [whole] = page.xpath("//p[@class='spread']")
    assert whole.text_content().startswith("With all of the words, in 1 of 3 documents:")
    assert whole.getnext().text_content().startswith("Some of the words, or near in meaning:")

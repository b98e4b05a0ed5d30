"""Who commits to a matter, on a page: in groups, each with what it rests on, in both languages."""

from __future__ import annotations

from lxml import html
from starlette.testclient import TestClient


def _text(page: str) -> str:
    return " ".join(html.fromstring(page).xpath("//main")[0].text_content().split())


def test_the_page_says_what_was_searched_and_stands_in_its_address(browser: TestClient) -> None:
    page = browser.get("/who?q=train+teachers&lang=en").text
    assert "3 documents" in _text(page)
    assert "train teachers" in html.fromstring(page).xpath("//blockquote")[0].text_content()
    assert html.fromstring(page).xpath("//input[@name='q']/@value") == ["train teachers"]


def test_a_chinese_reader_gets_a_chinese_page(browser: TestClient) -> None:
    page = _text(browser.get("/who?q=train+teachers&lang=zh").text)
    assert "已检索 3 份文件" in page
    assert "documents" not in page


def test_without_a_matter_nothing_is_said(browser: TestClient) -> None:
    page = browser.get("/who?lang=en").text
    assert "Name one matter" in _text(page)
    assert not html.fromstring(page).xpath("//blockquote")


def test_search_leads_there(browser: TestClient) -> None:
    assert "/who?q=teachers" in browser.get("/search?q=teachers").text

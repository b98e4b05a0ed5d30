"""The view Article: a pasted article is checked in the background and kept, whatever its text tries."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.web.conftest import token_of
from tests.workspace.plans import NORTH

from polidiff.readers.registry import read_bytes
from polidiff.web.views.article import headline
from polidiff.workspace.articles import as_markdown

Bench = Callable[..., TestClient]

QUOTED = max(NORTH, key=len).removeprefix("- ").rstrip(".")
ARTICLE = f"""What the north wants

The northern plan says “{QUOTED}”.

It also says “every boat shall be painted purple by the king”.

<script>alert(1)</script> & <img src=x onerror=alert(2)>
"""


def checked(browser: TestClient, text: str) -> str:
    """Paste an article, wait for it, and return the address of its page."""
    answer = browser.post("/article", data={"token": token_of(browser.get("/article").text), "text": text})
    assert answer.status_code == 303
    end = time.monotonic() + 120
    while time.monotonic() < end:
        page = browser.get("/article?lang=en").text
        found = re.search(r'href="(/article/[0-9a-f]{16})', page)
        if found is not None:
            return found.group(1)
        assert "failed" not in page
        time.sleep(0.2)
    raise AssertionError("the article was not checked")


@pytest.fixture
def busy(bench: Bench) -> TestClient:
    """A browser on a workbench that does its long work."""
    return bench(background=True)


def test_each_quotation_has_its_verdict_beside_it_in_both_languages(busy: TestClient) -> None:
    place = checked(busy, ARTICLE)
    page = busy.get(f"{place}?lang=en").text
    assert "Verbatim" in page
    assert "Not found" in page
    assert "painted purple" in page
    assert "未找到" in busy.get(f"{place}?lang=zh").text
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    for name in ("article.html", "article.docx", "check.json", "claimreview.json"):
        answer = busy.get(f"{place}/{name}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]


def test_a_check_opens_by_itself_is_narrowed_and_made_again_from_its_words(busy: TestClient) -> None:
    token = token_of(busy.get("/article").text)
    way = busy.post("/article?lang=en", data={"token": token, "text": ARTICLE, "lang": "en"}).headers["location"]
    end = time.monotonic() + 120
    said = ""
    while (answer := busy.get(way)).status_code != 303 and time.monotonic() < end:
        said = max(said, answer.text, key=len)
        time.sleep(0.05)
    place = answer.headers["location"].partition("?")[0]
    assert place.startswith("/article/")
    assert "Holding quotations against the documents" in said
    assert 'class="checked show-bad"' in busy.get(f"{place}?show=bad").text
    opened = busy.get(f"{place}/read/article.corrected.html")
    assert opened.status_code == 200
    assert "sandbox" in opened.headers["content-security-policy"]
    assert busy.get(f"{place}/article.letter.docx").content[:2] == b"PK"
    assert busy.get(f"{place}/read/check.json").status_code == 404
    page = html.fromstring(busy.get(place).text)
    [words] = page.xpath("//textarea[@name='text']")
    assert words.text_content().strip().removeprefix("# ") == ARTICLE.strip()
    [name] = page.xpath("//input[@name='name']/@value")
    again = busy.post("/article", data={"token": token, "text": words.text_content(), "name": name})
    assert again.headers["location"].startswith("/article?task=")


def test_what_was_checked_is_there_after_a_restart(busy: TestClient, bench: Bench) -> None:
    place = checked(busy, ARTICLE)
    again = bench()
    assert place in again.get("/article").text
    assert again.get(place).status_code == 200


def test_nothing_else_can_be_asked_for(browser: TestClient) -> None:
    for path in ("/article/0123456789abcdef", "/article/..%2f..%2fetc/passwd", "/article/x/body.en"):
        assert browser.get(path).status_code == 404


def test_an_empty_form_is_said_and_a_foreign_one_refused(browser: TestClient) -> None:
    answer = browser.post("/article", data={"token": token_of(browser.get("/article").text), "text": "  "})
    assert "Paste a text" in browser.get(answer.headers["location"] + "&lang=en").text
    assert browser.post("/article", data={"text": "x"}).status_code == 403


def test_the_words_that_are_changed_keep_the_title_and_the_paragraphs() -> None:
    read = read_bytes(b"# On bridges\n\nOne.\n\nTwo.\n\n## More\n\n- Three.\n", name="a.md", id="a")
    again = read_bytes(as_markdown(read).encode(), name="a.md", id="a")
    assert again.title == "On bridges"
    assert [block.kind for block in again.blocks] == [block.kind for block in read.blocks]
    assert again.text == read.text


def test_a_verdict_is_overruled_with_name_and_reason_everywhere_and_taken_back(busy: TestClient) -> None:
    place = checked(busy, ARTICLE)
    page = html.fromstring(busy.get(f"{place}?lang=en").text)
    [number] = [
        one.get("value") for one in page.xpath("//select[@name='number']/option") if "purple" in one.text_content()
    ]
    fields = {"token": token_of(busy.get(place).text), "number": number}
    assert busy.post(place, data={**fields, "verb": "right"}).status_code == 400, "nobody said who he is"
    answer = busy.post(place, data={**fields, "verb": "right", "by": "Ada", "why": "it is on the cover"})
    assert answer.status_code == 303
    said = "This is right, says Ada, against the verdict “Not found”: it is on the cover"
    page = html.fromstring(busy.get(f"{place}?lang=en").text)
    assert said in page.text_content()
    assert "Right, by a person’s word" in page.text_content()
    [other] = {one.get("value") for one in page.xpath("//form[.//button[@value='wrong']]//option")} - {number}
    busy.post(place, data={**fields, "number": other, "verb": "wrong", "why": "the plan was changed"})
    assert (
        "This is wrong, says Ada, against the verdict “Verbatim”: the plan was changed"
        in busy.get(f"{place}?lang=en").text
    )
    assert "purple" not in busy.get(f"{place}/claimreview.json").text
    letter = zipfile.ZipFile(io.BytesIO(busy.get(f"{place}/article.letter.docx").content)).read("word/document.xml")
    assert "says Ada" in letter.decode()
    corrected = html.fromstring(busy.get(f"{place}/read/article.corrected.html").text).text_content()
    assert "these words are in no document held here" not in corrected
    assert said in corrected
    trail = busy.get("/report/decisions.csv").text
    assert "it is on the cover" in trail
    assert "verdict" in trail
    assert "no longer" not in busy.get("/documents?lang=en").text.lower()
    busy.post(place, data={**fields, "verb": "undo"})
    assert said not in busy.get(f"{place}?lang=en").text


def test_a_pasted_article_is_called_by_its_first_line() -> None:
    assert headline("# What the north *wants*\n\nBoats.") == "What the north *wants*"
    assert headline("") == ""
    long = headline("North and south " * 20)
    assert long.endswith("…")
    assert len(long) <= 72


def test_an_article_without_a_heading_goes_by_its_first_line(busy: TestClient) -> None:
    first = "Northland will fund a national computing centre for research, and Southland will train its teachers."
    page = html.fromstring(busy.get(f"{checked(busy, f'{first} More follows.')}?lang=en").text)
    assert page.xpath("string(//h1)").startswith("Northland will fund")

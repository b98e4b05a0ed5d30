"""Side by side as a reader meets it: what answers a provision stands across from it, with why and what was decided."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.readers.made_pdf import make_pdf
from tests.web.conftest import Bench, token_of
from tests.workspace.plans import Clock, write_plan

from polidiff.cli import run
from polidiff.workspace import Workspace


def rows_of(page: str) -> list[html.HtmlElement]:
    return html.fromstring(page).xpath("//div[contains(concat(' ', @class, ' '), ' row ')]")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(
    "view",
    ["/side", "/side?a=south&b=north&c=east", "/side?only=alone", "/side?theme=nothing", "/side?q=train&only=all"],
)
@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_the_table_answers_in_both_languages(browser: TestClient, view: str, tongue: str) -> None:
    answer = browser.get(f"{view}{'&' if '?' in view else '?'}lang={tongue}")
    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    assert page.get("lang") == ("zh-Hans" if tongue == "zh" else "en")
    assert len(page.xpath("//h1")) == 1
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not page.xpath("//*[@style]|//style|//script[not(@src)]|//*[@onclick]")
    assert all(f"lang={tongue}" in link for link in page.xpath("//main//a/@href"))


def test_what_answers_a_provision_stands_across_from_it(browser: TestClient) -> None:
    rows = [row.xpath("./div") for row in rows_of(browser.get("/side?a=north&b=south").text)]
    [(left, right)] = [row for row in rows if "national computing" in words(row[0])]
    assert "The Ministry of Industry should fund a national computing centre" in words(left)
    assert "The Department of Science will fund a national computing centre" in words(right)
    assert "Differs in: " in words(right.xpath(".//p[contains(@class, 'tie')]")[0])


def test_every_provision_has_a_row_in_the_documents_order(browser: TestClient, workspace: Path) -> None:
    with Workspace.open(workspace) as work:
        expected = [one.text for one in work.places().documents["north"][1] if one.leaf]
    rows = rows_of(browser.get("/side?a=north&b=south&only=all&order=text").text)
    assert [row.xpath(".//blockquote")[0].text_content() for row in rows] == expected


def test_only_answers_are_shown_by_matter_and_the_rest_is_one_click_away(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/side?a=north&b=south").text)
    rows = page.xpath("//div[contains(concat(' ', @class, ' '), ' row ')]")
    assert rows
    assert not page.xpath("//p[@class='silent']")
    assert page.xpath("//div[@class='heading']/h2")
    [rest] = page.xpath("//p[@class='lede']/a[starts-with(text(), 'Show the')]")
    alone = rows_of(browser.get(rest.get("href")).text)
    assert rest.text_content() == f"Show the {len(alone)} without one"
    whole = rows_of(browser.get("/side?a=north&b=south&only=all").text)
    assert len(rows) + len(alone) == len(whole)


def test_words_are_found_within_and_what_differs_is_marked(browser: TestClient) -> None:
    rows = [row.xpath("./div") for row in rows_of(browser.get("/side?a=north&b=south&q=supercomputer%20National").text)]
    assert all("supercomputer" in words(row[0]) + words(row[1]) for row in rows)
    [(left, right)] = [row for row in rows if "supercomputer" in words(row[0])]
    assert left.xpath(".//mark[@class='parts']")[0].text_content() == "Ministry of Industry should"
    assert right.xpath(".//mark[@class='parts']")[0].text_content() == "Department of Science will"
    assert rows_of(browser.get("/side?a=north&b=south&q=nonsense").text) == []


def test_every_row_has_an_address_of_its_own(browser: TestClient) -> None:
    row = rows_of(browser.get("/side?a=north&b=south").text)[-1]
    [address] = row.xpath(".//a[@class='to-row']/@href")
    path, _, place = address.partition("#")
    [there] = html.fromstring(browser.get(path).text).xpath(f"//*[@id='{place}']")
    assert "lit" in there.get("class")


def test_a_provision_without_an_answer_says_so_with_the_nearest(browser: TestClient) -> None:
    rows = rows_of(browser.get("/side?a=north&b=south&only=alone").text)
    assert rows
    for row in rows:
        assert "likely to answer this" in words(row)
        assert row.xpath(".//q")


def test_all_words_shown_are_the_documents_own(browser: TestClient, workspace: Path) -> None:
    with Workspace.open(workspace) as work:
        texts = {name: read[0].text for name, read in work.places().documents.items()}
    page = html.fromstring(browser.get("/side?a=north&b=south&c=east").text)
    shown = page.xpath("//*[@data-document]")
    assert len(shown) > 10
    for one in shown:
        start, end = int(one.get("data-start")), int(one.get("data-end"))
        assert one.text_content() == texts[one.get("data-document")][start:end]


@pytest.mark.parametrize(("columns", "tongue"), [("a=north&b=south", "en"), ("a=south&b=north", "zh")])
def test_a_verdict_that_two_point_apart_is_shown_as_given(browser: TestClient, columns: str, tongue: str) -> None:
    way = html.fromstring(browser.get("/side?a=north&b=south").text).xpath("//p[contains(@class, 'tie')]//a/@href")[0]
    review = browser.get(way).text
    name = html.fromstring(review).xpath("//form[@id='decide']//input[@name='at']/@value")[0]
    given = {"token": token_of(review), "at": name, "verb": "opposed", "by": "Ada"}
    browser.post(way.partition("#")[0], data=given)
    said, who = ("they point apart", "decided by Ada") if tongue == "en" else ("两者方向相反", "Ada 判定")
    there = browser.get(f"/side?{columns}&lang={tongue}").text
    [tie] = [one for one in map(words, html.fromstring(there).xpath("//p[contains(@class, 'tie')]")) if "Ada" in one]
    assert tie.startswith(said)
    assert f"✓ {who}" in tie
    [pin] = [row.xpath(".//a[@class='pin']/@href")[0] for row in rows_of(there) if f"✓ {who}" in words(row)]
    answers = html.fromstring(browser.get(pin).text).xpath("//section[@class='answer']")
    assert any(words(one).startswith(f"{said} ✓ {who}") for one in answers)


def test_a_decision_shows_on_the_link(browser: TestClient) -> None:
    page = browser.get("/side?a=north&b=south&only=linked").text
    way = html.fromstring(page).xpath("//p[contains(@class, 'tie')]//a/@href")[0]
    review = browser.get(way).text
    name = html.fromstring(review).xpath("//form[@id='decide']//input[@name='at']/@value")[0]
    browser.post(way.partition("#")[0], data={"token": token_of(review), "at": name, "verb": "accept", "by": "Ada"})
    assert "accepted by Ada" in browser.get("/side?a=north&b=south&only=linked").text
    assert "accepted by Ada" in browser.get("/side?a=south&b=north&only=linked").text
    browser.post(way.partition("#")[0], data={"token": token_of(review), "at": name, "verb": "reject", "by": "Ada"})
    after = browser.get("/side?a=north&b=south&only=linked").text
    assert way not in html.fromstring(after).xpath("//p[contains(@class, 'tie')]//a/@href")
    assert "Rejected by Ada" in browser.get("/side?a=north&b=south&only=all").text


def test_a_row_opens_with_the_reasons(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/side?a=north&b=south&only=linked").text)
    opened = browser.get(page.xpath("//a[@class='pin']/@href")[0])
    assert opened.status_code == 200
    shown = html.fromstring(opened.text)
    assert len(shown.xpath("//blockquote")) >= 2
    assert "Why:" in words(shown)


@pytest.mark.parametrize("odd", ["/side?a=nowhere", "/side/rows?b=../etc", "/side/passage?at=x", "/side/page?number=1"])
def test_what_is_not_there_is_refused(browser: TestClient, odd: str) -> None:
    assert browser.get(odd).status_code == 404


def test_a_long_table_comes_in_windows(bench: Bench, tmp_path: Path) -> None:
    clock = Clock()
    lines = [f"- The agency should inspect bridge {number} with sensors." for number in range(150)]
    path = tmp_path / "long.polidiff"
    with Workspace.init(path, when=clock(), title="Long") as work:
        work.add(write_plan(tmp_path, "long", ["# Long plan", "## Bridges", *lines]), when=clock())
        work.add(write_plan(tmp_path, "short", ["# Short plan", "## Bridges", *lines[:2]]), when=clock())
        work.compare()
    browser = bench(path)
    seen: list[str] = []
    address = "/side?a=long&b=short&only=all&order=text"
    while address:
        page = browser.get(address).text
        seen += [row.xpath(".//blockquote")[0].text_content() for row in rows_of(page)]
        following = html.fromstring(page).xpath("//a[@rel='next']/@href")
        address = following[0] if following else ""
    assert len(seen) == len(set(seen)) == 150
    fragment = browser.get("/side/rows?a=long&b=short&only=all&order=text&from=120")
    assert [row.xpath(".//blockquote")[0].text_content() for row in rows_of(fragment.text)] == seen[120:]
    ident = rows_of(fragment.text)[5].get("id").removeprefix("r-")
    near = rows_of(browser.get(f"/side?a=long&b=short&only=all&order=text&at={ident}").text)
    assert seen[125] in [row.xpath(".//blockquote")[0].text_content() for row in near]


def test_a_pdfs_page_is_shown_with_the_passage_marked(bench: Bench, tmp_path: Path) -> None:
    data = make_pdf([("h1", "Quays"), ("bullet", "The agency should inspect the quays of every harbour each spring.")])
    file, path, clock = tmp_path / "quays.pdf", tmp_path / "pages.polidiff", Clock()
    file.write_bytes(data)
    other = write_plan(
        tmp_path, "ports", ["# Ports", "- The council should inspect the quays of each harbour in spring."]
    )
    with Workspace.init(path, when=clock(), title="Quays") as work:
        work.add(file, when=clock())
        work.add(other, when=clock())
        work.compare()
    browser = bench(path)
    pin = html.fromstring(browser.get("/side?a=quays&b=ports").text).xpath("//a[@class='pin']/@href")[-1]
    assert "needs the file of quays" in browser.get(pin).text
    assert browser.get("/side/page?document=quays&number=1").status_code == 404

    assert run(["add", str(path), str(file)]) == 0
    page = html.fromstring(browser.get(pin).text)
    assert page.xpath("//*[local-name()='rect'][@class='box-of']")
    [address] = page.xpath("//*[local-name()='image']/@href")
    picture = browser.get(address)
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert browser.get("/side/page?document=quays&number=2").status_code == 404

"""Tables over a workspace: sorted, narrowed, counted, paged, and as a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from lxml import html
from starlette.testclient import TestClient

from polidiff.web.worker import Order, carry_out


def _rows(page: str) -> list[list[str]]:
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
        for row in html.fromstring(page).xpath("//table//tbody/tr")
    ]


def _csv(client: TestClient, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/browse.csv?{query}")
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_each_table_has_its_rows(browser: TestClient) -> None:
    documents = _rows(browser.get("/browse?table=documents").text)
    assert {row[0] for row in documents} == {"north", "south", "east"}
    provisions = _rows(browser.get("/browse?table=provisions").text)
    assert sum(int(row[6]) for row in documents) == len(provisions)
    codings = _csv(browser, "table=codings&theme=compute")
    assert codings
    assert {row["theme"] for row in codings} == {"compute"}
    assert len(_csv(browser, "table=findings")) == len(_rows(browser.get("/browse?table=findings").text))


def test_a_table_is_narrowed_and_sorted_by_its_address(browser: TestClient) -> None:
    found = _rows(browser.get("/browse?table=provisions&q=train+teachers&document=south").text)
    assert len(found) == 1
    assert "train teachers" in found[0][-1]
    lengths = [len(row["text"]) for row in _csv(browser, "table=provisions&sort=length&down=1&q=national")]
    assert lengths == sorted(lengths, reverse=True)
    strengths = [row["strength"] for row in _csv(browser, "table=provisions&sort=strength")]
    assert strengths == sorted(strengths)


def test_facets_say_how_many_rows_each_leaves(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/browse?table=provisions").text)
    link = next(one for one in page.xpath("//details//a") if "strength=" in one.get("href"))
    count = int(link.getnext().text_content())
    assert len(_rows(browser.get(link.get("href")).text)) == min(count, 50)


def test_facets_of_codings_count_codings(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/browse?table=codings").text)
    for kind in ("theme=", "strength=", "country="):
        for link in [one for one in page.xpath("//details//a") if kind in one.get("href")][:2]:
            rows = _csv(browser, link.get("href").partition("?")[2])
            assert len(rows) == int(link.getnext().text_content())


def test_another_order_is_refused_in_a_sentence(browser: TestClient) -> None:
    assert browser.get("/browse?table=provisions&sort=colour").status_code == 400
    assert browser.get("/browse?table=nothing").status_code == 200


def test_a_document_is_set_against_all_others(browser: TestClient, workspace: Path) -> None:
    assert "/against/north" in browser.get("/documents/north").text
    assert "is being set against" in browser.get("/against/north").text
    carry_out(str(workspace), Order("against", id="north"), lambda *_: None)
    shown = html.fromstring(browser.get("/against/north").text)
    assert "north" in {one.get("data-document") for one in shown.xpath("//blockquote")}
    assert len(shown.xpath("//section[@id='searched']//tbody/tr")) == 2
    assert "检索范围" in browser.get("/against/north?lang=zh").text
    assert browser.get("/against/nowhere").status_code == 404

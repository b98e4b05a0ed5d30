"""The codebook desk: what a change of a theme would do is seen before it is saved, and can be taken back."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Bench, token_of

HARBOUR = {"name": "Ports", "definition": "What ports do.", "terms": "port\nports", "parent": "", "by": "Ada"}


def _counts(page: str) -> list[tuple[str, str]]:
    table = page.partition('id="h-trial"')[2].partition("</table>")[0]
    return re.findall(r'<td class="n">(\d+)</td><td class="n">(\d+)</td>', table)


def test_a_theme_shows_its_definition_its_words_its_passages_and_where_to_decide(browser: TestClient) -> None:
    page = browser.get("/codes/compute").text
    assert "supercomputer" in page
    assert "supercomputer</mark>" in page.partition('id="h-held"')[2]
    assert re.search(r'href="/review\?show=all&amp;kind=codes&amp;at=[^"]+compute', page)


@pytest.mark.parametrize("view", ["/codes", "/codes/compute", "/codes/new", "/codes?lang=zh", "/codes/compute?all=1"])
def test_every_page_of_the_desk_answers(browser: TestClient, view: str) -> None:
    assert browser.get(view).status_code == 200


def test_a_new_theme_is_tried_saved_compared_and_taken_back(bench: Bench) -> None:
    browser = bench(background=True)
    fields = {**HARBOUR, "token": token_of(browser.get("/codes/new").text)}
    tried = browser.post("/codes/new", data={**fields, "what": "try"})
    assert tried.status_code == 200
    assert _counts(tried.text)[0] == ("0", "1")
    assert "Every port shall report each year." in tried.text.partition('id="h-trial"')[2]
    assert browser.get("/codes/ports").status_code == 404

    saved = browser.post("/codes/new", data={**fields, "what": "save"})
    assert saved.headers["location"] == "/codes/ports"
    desk = browser.app.state.desk  # type: ignore[attr-defined]
    made, fresh = desk.snapshot(60)
    assert fresh
    assert any(theme.id == "ports" for theme in made.comparison.codebook.themes)
    assert "Ada</bdi> added <bdi>ports" in browser.get("/codes").text

    browser.post("/codes", data={"token": fields["token"], "what": "back"})
    assert browser.get("/codes/ports").status_code == 404


def test_fewer_words_lose_passages_and_other_themes_keep_theirs(browser: TestClient) -> None:
    page = browser.get("/codes/compute").text
    fields = {"token": token_of(page), "terms": "abacus", "what": "try"}
    tried = browser.post("/codes/compute", data=fields).text
    assert int(_counts(tried)[0][0]) > int(_counts(tried)[0][1])
    assert "lose the theme" in tried


def test_a_theme_that_is_no_theme_is_refused_and_what_was_typed_stays(browser: TestClient) -> None:
    page = browser.get("/codes/new").text
    fields = {"token": token_of(page), "name": "", "definition": "Words I typed", "terms": "x", "what": "try"}
    refused = browser.post("/codes/new", data=fields)
    assert refused.status_code == 400
    assert "Words I typed" in refused.text
    assert 'role="alert"' in refused.text


def test_a_dropped_theme_is_asked_about_before_it_goes(browser: TestClient) -> None:
    fields = {"token": token_of(browser.get("/codes/compute").text), "by": "Ada"}
    asked = browser.post("/codes/compute", data={**fields, "what": "drop.try"}).text
    assert 'value="drop"' in asked
    assert browser.get("/codes/compute").status_code == 200
    assert browser.post("/codes/compute", data={**fields, "what": "drop"}).headers["location"] == "/codes"
    assert browser.get("/codes/compute").status_code == 404


def test_the_codebook_comes_as_a_file_and_goes_in_again(browser: TestClient) -> None:
    file = browser.get("/codes.toml")
    assert file.headers["content-disposition"].endswith('.toml"')
    token = token_of(browser.get("/codes").text)
    changed = file.text.replace('"compute"', '"computing_power"')
    given = {"file": ("mine.toml", changed.encode(), "text/plain")}
    assert browser.post("/codes", data={"token": token, "by": "Ada"}, files=given).status_code == 303
    assert browser.get("/codes/computing_power").status_code == 200
    bad = {"file": ("mine.toml", b"id = ", "text/plain")}
    refused = browser.post("/codes", data={"token": token, "by": "Ada"}, files=bad)
    assert refused.status_code == 400
    assert "mine.toml" in refused.text
